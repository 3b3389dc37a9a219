"""The register of gaps: clauses ranked by what speaks for them, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from evalwidgets.analysis.gaps.said import rows_of, times
from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_book import Gap, GapBook

SOURCES = {"flag": "flags", "learner": "learners", "cause": "causes", "decision": "decisions"}
"""Source of a signal to the column that counts it."""
COLUMNS = (
    *("clause", "criterion", "lower", "gap", "state", "title", "score"),
    *("n_tasks", "n_people", "n_signals", *SOURCES.values(), "n_since", "votes"),
    *("examples", "quotes", "where", "with_tag", "others_with_tag"),
    *("age", "decision", "version"),
)
UNSETTLED = ("suggested", "open", "decided")
MOST_QUOTES = 6
"""From either end, half of them."""
_ORDER = {"suggested": 0, "open": 0, "decided": 0, "closed": 1, "dismissed": 2}


class Quote(NamedTuple):
    """What somebody wrote where a clause is unclear; who, stays in the store."""

    task: str
    text: str
    level: Any = None
    review: str = ""


def gap_register(signals: pd.DataFrame, book: GapBook, *, now: datetime) -> pd.DataFrame:
    """Return the register: one row a gap, and one for each clause that only signals speak for.

    Parameters
    ----------
    signals : DataFrame
        What `gap_signals` returned.
    book : GapBook
        The gaps and what became of them.
    now : datetime
        Until when age counts, with its zone.

    Returns
    -------
    DataFrame
        What is not settled first, then by score. `state` is *suggested* where nobody has
        raised a gap yet; `flags, learners, causes, decisions` count signals; `n_since` those
        that came after the gap was settled; `votes` are the backers; `examples` are
        tasks, the strongest first; `quotes` are of `Quote`, lowest and highest answers
        in turn; `where` is the label that the tasks share; `age` in whole days.

    Notes
    -----
    The score says how often the clause was stumbled over *independently*: signals are
    picked so that no person and no task counts twice and their strengths sum to the most
    (a maximum matching). One loud person counts once however many tasks they flag; one
    hard task or wrong gold counts once however many people stumble there; both together count
    twice. A gap's backers speak at each of its examples, fully. It ranks; it is no
    probability, and nothing is unclear just because it is first.
    """
    clauses = {_clause(rows.iloc[0]): rows for _, rows in signals.groupby("clause", sort=False)}
    gaps = list(book.gaps.values())
    rows = [_row(gap.raised.clause, gap, clauses.get(gap.raised.clause, signals[:0]), now) for gap in gaps]
    held = {gap.raised.clause for gap in gaps}
    rows += [_row(clause, None, told, now) for clause, told in clauses.items() if clause not in held]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.astype({"lower": "Int64", "age": "Int64"})
    order = table.assign(place=table["state"].map(_ORDER), tasks=-table["n_tasks"], less=-table["score"])
    order = order.sort_values(["place", "less", "tasks", "clause", "gap"], kind="stable")
    return table.loc[order.index].reset_index(drop=True)


def score_of(said: Iterable[tuple[str, str, float]]) -> float:
    """Return the largest sum of strengths in which no person and no task counts twice.

    Parameters
    ----------
    said : iterable of (person, task, strength)
        Of several signals of one person at one task the strongest counts.
    """
    strongest: dict[tuple[str, str], float] = {}
    for person, task, strength in said:
        strongest[person, task] = max(strength, strongest.get((person, task), 0.0))
    people, tasks = (list(dict.fromkeys(key[side] for key in strongest)) for side in (0, 1))
    table = np.zeros((len(people), len(tasks)))
    for (person, task), strength in strongest.items():
        table[people.index(person), tasks.index(task)] = strength
    return float(table[linear_sum_assignment(table, maximize=True)].sum())


def quotes_of(signals: pd.DataFrame, gap: Gap | None = None) -> tuple[Quote, ...]:
    """Return what was written, lowest and highest answers in turn, the examples' own words first."""
    levels = dict(zip(zip(signals["task"], signals["review"], strict=True), signals["level"], strict=True))
    first = [
        Quote(one.task, one.quote, levels.get((one.task, one.review)), one.review)
        for one in (gap.examples if gap else ())
        if one.quote
    ]
    told = signals[signals["quote"].fillna("").str.strip() != ""]
    level = pd.to_numeric(told["level"], errors="coerce")
    told = told.assign(number=level).sort_values(
        ["number", "strength"], ascending=[True, False], kind="stable"
    )
    by_level = [Quote(row.task, row.quote.strip(), row.level, row.review) for row in rows_of(told)]
    rows = _each_once(by_level)
    ends = [one for pair in zip(rows, reversed(rows), strict=True) for one in pair]
    return _each_once([*first, *ends])[:MOST_QUOTES]


def _row(clause: Clause, gap: Gap | None, told: pd.DataFrame, now: datetime) -> tuple[Any, ...]:
    heard = [*zip(told["reviewer"], told["task"], told["strength"], strict=True)]
    if gap is not None:
        heard += [(name, task, 1.0) for name in gap.backers for task in gap.tasks]
    counts = told["source"].value_counts()
    first = told.iloc[0] if len(told) else None
    return (
        str(clause),
        clause.criterion,
        clause.lower,
        gap.name if gap else "",
        gap.state if gap else "suggested",
        gap.raised.title if gap else "",
        score_of(heard),
        len({*told["task"], *(gap.tasks if gap else ())}),
        len({*told["reviewer"], *(gap.backers if gap else ())}),
        len(told),
        *(int(counts.get(source, 0)) for source in SOURCES),
        _n_since(told, gap),
        len(gap.backers) if gap else 0,
        _examples(told, gap),
        quotes_of(told, gap),
        *(
            ("", float("nan"), float("nan"))
            if first is None
            else first[["where", "with_tag", "others_with_tag"]]
        ),
        gap.days_open(now) if gap else _days(told["at"].min(), now),
        gap.decided.decision if gap and gap.decided else "",
        gap.closed.version if gap and gap.closed else "",
    )


def _examples(told: pd.DataFrame, gap: Gap | None) -> tuple[str, ...]:
    """Return the gap's own tasks, then those with most signals, each weighed by its strength."""
    weight = told.groupby("task", sort=False)["strength"].sum().sort_values(ascending=False, kind="stable")
    return tuple(dict.fromkeys([*(gap.tasks if gap else ()), *map(str, weight.index)]))


def _n_since(told: pd.DataFrame, gap: Gap | None) -> int:
    ended = (gap.closed or gap.dismissed) if gap else None
    return int((times(told["at"]) > pd.Timestamp(ended.at)).sum()) if ended else 0


def _days(since: Any, now: datetime) -> int | None:
    return None if pd.isna(since) else max(0, (pd.Timestamp(now) - since).days)


def _clause(row: pd.Series) -> Clause:
    return Clause(criterion=row["criterion"], lower=None if pd.isna(row["lower"]) else int(row["lower"]))


def _each_once(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    first: dict[str, Quote] = {}
    for one in quotes:
        first.setdefault(one.text, one)
    return tuple(first.values())
