"""How worn gold is: who has seen which gold task how often, and which teaches or tests little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalwidgets.analysis.gold.gold_health import MIN_REVIEWERS, gold_health
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import ResultTable, counted, listed

MOST_SEEN = 0.8
"""Seen by more than this share of all people, a gold task examines hardly anybody any more."""
MOST_TIMES = 4
"""Shown more often than this to the people who saw it, on average, it is remembered, not judged.

Practice brings a missed boundary back on days 1, 3 and 7, so four times is what learning takes.
"""
MIN_PEOPLE = 5
"""Fewer people than this neither wear a task out nor make it too easy."""


@dataclass(frozen=True, eq=False, repr=False)
class GoldExposure(ResultTable):
    """How worn each gold task is, the most seen first.

    Columns of `rows`: `task, n_people` (who saw it), `seen` (their share of all people),
    `n_shown` (showings: once for each person and round or lesson), `last_at` (the last
    time; NaT where the ratings have no times), `n_answers` and `within` (answers at each
    person's first sight, and their share within tolerance), `hardest` (the criterion that
    is missed most, in words), `over_exposed, easily_missed, too_easy` and `why`.
    """

    n_people: int = 0

    @property
    def finding(self) -> str:
        """How many gold tasks are worn, and how many are missed by most."""
        if self.rows.empty:
            return "There is no gold yet"
        n = counted(len(self.rows), "task")
        parts = [
            f"{int(self.rows[name].sum())} {words}"
            for name, words in (
                ("over_exposed", "over-exposed"),
                ("easily_missed", "missed by most on some criterion"),
                ("too_easy", "missed by nobody"),
            )
            if self.rows[name].any()
        ]
        unseen = int((self.rows["n_people"] == 0).sum())
        parts += [f"{unseen} seen by nobody yet"] if unseen else []
        return f"Of {n} with gold {listed(parts) or 'none is worn, and none is missed by most'}"

    def _shown(self) -> pd.DataFrame:
        columns = ["task", "n_people", "seen", "n_shown", "last_at", "within", "why"]
        shown = self.rows[columns].assign(last_at=self.rows["last_at"].dt.strftime("%Y-%m-%d").fillna(""))
        return shown.round(2).head(20)


def gold_exposure(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    *,
    most_seen: float = MOST_SEEN,
    most_times: float = MOST_TIMES,
    min_people: int = MIN_PEOPLE,
    confidence_level: float = 0.95,
) -> GoldExposure:
    """Return for each gold task who has seen it, how often, and how it fares at first sight.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table with lessons in it: ``store.ratings(campaign, lessons=True)``.
    gold, rubric
        As in `gold_accuracy`.
    most_seen : float
        Seen by more than this share of all people, a task is over-exposed.
    most_times : float
        Shown more often than this to each who saw it, on average, it is too.
    min_people : int
        Fewer people never make a task over-exposed or too easy.
    confidence_level : float
        Of the intervals of `gold_health`, by whose shares a task is easily missed.

    Notes
    -----
    *Easily missed*: more than half of at least three people missed one of its criteria at
    first sight. Then gold is wrong, the rule is unclear, or the task is a good, hard one;
    the number cannot tell which, so look. *Too easy*: nobody missed anything; such a task
    warms up but tells no two people apart. Skipped tasks were seen too, but leave no
    rating, so exposure is a little higher than counted.
    """
    check_ratings(ratings)
    own = ratings[ratings["task"].isin(gold["task"])]
    tasks = pd.Index(gold["task"].drop_duplicates(), name="task")
    seen = _seen(own, tasks)
    first = _first_sight(own)
    health = gold_health(first, gold, rubric, confidence_level=confidence_level)
    table = seen.join(_judged(health.rows, tasks))
    people = int(ratings["reviewer"].nunique())
    many = table["n_people"] >= min_people
    worn = (table["n_people"] > most_seen * people) | (table["n_shown"] > most_times * table["n_people"])
    table = table.assign(
        seen=table["n_people"] / max(people, 1),
        over_exposed=many & worn,
        too_easy=many & (table["within"] == 1.0),
    )
    table["why"] = [_why(row) for _, row in table.iterrows()]
    rows = table.reset_index().sort_values(
        ["n_people", "n_shown", "task"], ascending=[False, False, True], kind="stable", ignore_index=True
    )
    return GoldExposure(
        rows=rows[_COLUMNS],
        left_out=health.left_out,
        confidence_level=confidence_level,
        method=health.method,
        n_people=people,
    )


_COLUMNS = [
    *("task", "n_people", "seen", "n_shown", "last_at", "n_answers", "within", "hardest"),
    *("over_exposed", "easily_missed", "too_easy", "why"),
]


def _seen(own: pd.DataFrame, tasks: pd.Index) -> pd.DataFrame:
    """Return for each task how many people saw it, how often, and when last."""
    sittings = [name for name in ("campaign", "round") if name in own]
    shown = own.drop_duplicates(["task", "reviewer", *sittings])
    by_task = shown.groupby("task", observed=True)["reviewer"]
    table = pd.DataFrame({"n_people": by_task.nunique(), "n_shown": by_task.size()}).reindex(tasks)
    last = own.groupby("task", observed=True)["submitted_at"].max() if "submitted_at" in own else None
    moments = pd.Series(last, index=tasks, dtype="datetime64[us, UTC]")
    return table.fillna(0).astype(int).assign(last_at=moments)


def _first_sight(own: pd.DataFrame) -> pd.DataFrame:
    """Return the ratings of each person's first review of each task; later ones may remember gold."""
    if "submitted_at" not in own:
        return own
    when = own.groupby(["task", "reviewer"], observed=True)["submitted_at"].transform("min")
    return own[own["submitted_at"] == when]


def _judged(health: pd.DataFrame, tasks: pd.Index) -> pd.DataFrame:
    """Return for each task how its gold fares, and which criterion is missed most."""
    told = health[health["n_reviewers"] >= MIN_REVIEWERS].assign(missed=lambda part: part["share"] > 0.5)
    sums = health.groupby("task", observed=True)[["n_reviewers", "n_missing"]].sum().reindex(tasks)
    answers = sums["n_reviewers"].fillna(0).astype(int)
    worst = told.sort_values("share", ascending=False, kind="stable").drop_duplicates("task")
    worst = worst.set_index("task").reindex(tasks)
    missed = worst["missed"].fillna(value=False).astype(bool)
    parts = zip(worst["n_missing"], worst["n_reviewers"], worst["label"], strict=True)
    words = [f"{n:.0f} of {of:.0f} miss {label}" if n > 0 else "" for n, of, label in parts]
    return pd.DataFrame(
        {
            "n_answers": answers,
            "within": 1 - sums["n_missing"] / sums["n_reviewers"].where(answers > 0),
            "hardest": words,
            "easily_missed": missed,
        },
        index=tasks,
    )


def _why(row: pd.Series) -> str:
    """Return in words why a task is flagged; empty where it is not."""
    parts = []
    if row["over_exposed"]:
        parts.append(f"{row['n_people']} people saw it {row['n_shown']} times; bring in new gold")
    if row["easily_missed"]:
        parts.append(f"{row['hardest']} at first sight: is gold wrong, or the rule unclear?")
    if row["too_easy"]:
        parts.append("nobody misses anything; it tells no two people apart")
    return "; ".join(parts)
