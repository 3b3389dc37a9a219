"""What speaks for a gap in the rubric: one observation a row, each with the clause that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.causes.causes import Causes
from evalwidgets.analysis.gaps.boundaries import Opinions, between, clauses_of, dividing
from evalwidgets.analysis.gaps.said import Said, rows_of, said_in
from evalwidgets.analysis.gaps.where import add_where
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.core.cause import CauseId
from evalwidgets.core.gap_events import Source
from evalwidgets.core.review import Review
from evalwidgets.core.round_events import CauseConfirmed, Decided

COLUMNS = (
    *("clause", "criterion", "lower", "task", "reviewer", "source", "strength"),
    *("quote", "level", "review", "at", "where", "with_tag", "others_with_tag"),
)
GAP_FLAGS: Mapping[str, float] = {
    "guideline_silent": 0.6,
    "guideline_conflict": 0.6,
    "novel_pattern": 0.4,
}
"""Flags that speak of the rubric, and how strongly. An unclear instruction is the task's fault."""
DISAGREED = 0.5
"""How strongly a learner speaks who knows gold and does not agree with it."""
OF_GOLD = 0.1
"""The same where the panel contradicts gold: the learner then speaks of gold, not of the rubric."""
SETTLED = 1.0
"""How strongly a lead or a meeting speaks: a confirmed cause, a decision."""


class _Observation(NamedTuple):
    opinions: Opinions
    task: str
    reviewer: str
    source: Source
    strength: float
    quote: str
    level: Any
    review: str
    at: Any


class _Camps(NamedTuple):
    """Two camps on one task and criterion."""

    opinions: Opinions
    strength: float


def gap_signals(
    reviews_or_ratings: Iterable[Review] | pd.DataFrame,
    rubric: Any,
    *,
    causes: Causes | None = None,
    differences: pd.DataFrame | None = None,
    decisions: Iterable[Decided | CauseConfirmed] = (),
    lessons: pd.DataFrame | None = None,
    gold: pd.DataFrame | None = None,
    labels: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Return what speaks for gaps in a rubric, one observation a row.

    Parameters
    ----------
    reviews_or_ratings : iterable of Review, or DataFrame
        What was said; reviews bring what was remarked on a flag, too. The first revisions
        count. Without those of lessons: learners have seen gold.
    rubric : Rubric, Scale or list of Scale
        Whose clauses.
    causes : Causes, optional
        What `suggest_causes` returned: *rule unclear* speaks for a gap.
    differences : DataFrame, optional
        Why learners differ from gold (the store's `lessons.differences`): *disagree* does.
    decisions : iterable, optional
        What meetings decided (*gap*) and which causes they confirmed. A confirmed cause
        takes the place of the suggested one.
    lessons : DataFrame, optional
        Ratings of lessons: what the learners answered.
    gold : DataFrame, optional
        Accepted answers, as `gold_accuracy` takes them: what a learner disagrees with.
    labels : mapping, optional
        Task to labels (see `task_labels`).

    Returns
    -------
    DataFrame
        `clause` as people read it, its `criterion` and `lower`, `task, reviewer` (for
        counting people; never to be shown), `source` (flag, learner, cause, decision),
        `strength` (0 to 1), `quote, level` (what this reviewer answered), `review, at`,
        and `where`: a label that the clause's tasks share, with the share of them
        (`with_tag`) and of all other tasks (`others_with_tag`) that bear it.

    Notes
    -----
    The clause of a cause is the boundary that parts the two camps best; of a learner's
    *disagree* the one between answer and gold; of a flag the one that parts the
    reviewers of that task, on the criterion on which they lie furthest apart, or the
    rubric as a whole where they do not. Where camps are known, all that is said of the
    same task and criterion is about their clause. How a boundary is chosen among several stands
    in `boundaries`. A cause is one observation for each reviewer of the two camps:
    it takes two to disagree.
    """
    scales = {scale.id: scale for scale in scales_of(rubric)[0]}
    told = list(decisions)
    confirmed = {(one.task, one.criterion): one.cause for one in told if isinstance(one, CauseConfirmed)}
    said = said_in(reviews_or_ratings)
    by_cell = dict(iter(said.answers.groupby(["task", "criterion"], sort=False, observed=True)))
    camps = _camps(causes, confirmed, by_cell, scales)
    found = [
        *_of_causes(camps, by_cell),
        *_of_learners(differences, _known(causes, confirmed), camps, lessons, gold, scales),
        *_of_flags(said, camps, scales),
        *_of_meetings(told, camps, by_cell, scales),
    ]
    found = [one for one in found if not one.opinions.criterion or one.opinions.criterion in scales]
    clauses = clauses_of([one.opinions for one in found])
    rows = [
        (str(clause), clause.criterion, clause.lower, *one[1:])
        for clause, one in zip(clauses, found, strict=True)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS[:11])).astype({"level": object})
    table = table.assign(
        lower=table["lower"].astype("Int64"),
        strength=table["strength"].astype(float),
        at=pd.to_datetime(table["at"], utc=True),
    )
    return add_where(table, labels, set(said.answers["task"]))


def _known(causes: Causes | None, confirmed: Mapping[Any, CauseId]) -> dict[tuple[str, str], str]:
    """Return the cause of each task and criterion: the confirmed one, else the suggested one."""
    rows = causes.rows if causes is not None else pd.DataFrame({"task": [], "criterion": [], "cause": []})
    suggested = zip(rows["task"], rows["criterion"], rows["cause"], strict=True)
    return {**{(task, name): cause for task, name, cause in suggested}, **confirmed}


def _camps(
    causes: Causes | None, confirmed: Mapping[Any, CauseId], by_cell: Mapping[Any, pd.DataFrame], scales: Any
) -> dict[tuple[str, str], _Camps]:
    """Return the two opinions wherever a rule is suggested to be unclear and no meeting said otherwise."""
    if causes is None:
        return {}
    found = {}
    for row in rows_of(causes.rows[causes.rows["cause"] == "rule_unclear"]):
        cell = by_cell.get((row.task, row.criterion))
        if cell is None or confirmed.get((row.task, row.criterion), "rule_unclear") != "rule_unclear":
            continue
        camp = cell["reviewer"].isin(row.reviewers)
        apart = between(scales.get(row.criterion), cell["value"][camp], cell["value"][~camp])
        found[row.task, row.criterion] = _Camps(Opinions(row.criterion, apart, row.tag), float(row.strength))
    return found


def _of_causes(
    camps: Mapping[tuple[str, str], _Camps], by_cell: Mapping[Any, pd.DataFrame]
) -> Iterable[_Observation]:
    """Yield one observation for each reviewer of the two camps of each rule that is unclear."""
    for cell, camp in camps.items():
        yield from _of_cell(by_cell[cell], camp.opinions, "cause", camp.strength)


def _of_cell(
    cell: pd.DataFrame, opinions: Opinions, source: Source, strength: float
) -> Iterable[_Observation]:
    for one in rows_of(cell.drop_duplicates("reviewer")):
        yield _Observation(
            opinions, one.task, one.reviewer, source, strength, one.note, one.value, one.review, one.at
        )


def _of_learners(
    differences: pd.DataFrame | None,
    known: Mapping[Any, str],
    camps: Mapping[tuple[str, str], _Camps],
    lessons: pd.DataFrame | None,
    gold: pd.DataFrame | None,
    scales: Mapping[str, Scale],
) -> Iterable[_Observation]:
    """Yield one observation for each *disagree*: the boundary between the answer and gold."""
    if differences is None or differences.empty:
        return
    told = [] if lessons is None else rows_of(said_in(lessons).answers)
    answers = {(row.task, row.reviewer, row.round, row.criterion): row for row in told}
    golds = {} if gold is None else {(row.task, row.criterion): row.accepted for row in rows_of(gold)}
    for one in rows_of(differences[differences["why"] == "disagree"]):
        answer = answers.get((one.task, one.learner, one.lesson, one.criterion))
        accepted = golds.get((one.task, one.criterion), ())
        apart = between(scales.get(one.criterion), [answer.value], accepted) if answer is not None else {}
        camp = camps.get((one.task, one.criterion))
        yield _Observation(
            camp.opinions if camp else Opinions(one.criterion, apart),
            one.task,
            one.learner,
            "learner",
            OF_GOLD if known.get((one.task, one.criterion)) == "gold_suspect" else DISAGREED,
            one.remark,
            answer.value if answer is not None else None,
            answer.review if answer is not None else "",
            one.at,
        )


def _of_flags(
    said: Said, camps: Mapping[tuple[str, str], _Camps], scales: Mapping[str, Scale]
) -> Iterable[_Observation]:
    """Yield one observation for each flag, on what reviewers of its task are most divided on."""
    flags = said.flags[said.flags["flag"].isin(list(GAP_FLAGS))]
    rows = said.answers[said.answers["task"].isin(flags["task"])]
    divided = {
        task: _most_divided(str(task), part, camps, scales) for task, part in rows.groupby("task", sort=False)
    }
    own = {
        (row.task, row.reviewer, row.review, row.criterion): (row.note, row.value) for row in rows_of(rows)
    }
    for one in rows_of(flags):
        opinions = divided.get(one.task, Opinions(""))
        note, level = own.get((one.task, one.reviewer, one.review, opinions.criterion), ("", None))
        yield _Observation(
            opinions,
            one.task,
            one.reviewer,
            "flag",
            GAP_FLAGS[one.flag],
            one.remark or note,
            level,
            one.review,
            one.at,
        )


def _most_divided(
    task: str, rows: pd.DataFrame, camps: Mapping[tuple[str, str], _Camps], scales: Mapping[str, Scale]
) -> Opinions:
    """Return the clearest camps of a task, else the criterion on which answers lie furthest apart."""
    clear = [camp for (name, _), camp in camps.items() if name == task]
    if clear:
        return max(clear, key=lambda camp: camp.strength).opinions
    best, widest = Opinions(""), 0.0
    for name, cell in rows.groupby("criterion", sort=False, observed=True):
        scale = scales.get(str(name))
        apart = dividing(scale, cell["value"])
        if not apart or scale is None or scale.length is None:
            continue
        levels = cell["value"].dropna().astype(float)
        width = float(levels.std(ddof=0)) / scale.length
        if width > widest:
            best, widest = Opinions(str(name), apart), width
    return best


def _of_meetings(
    told: Sequence[Decided | CauseConfirmed],
    camps: Mapping[tuple[str, str], _Camps],
    by_cell: Mapping[Any, pd.DataFrame],
    scales: Mapping[str, Scale],
) -> Iterable[_Observation]:
    """Yield what meetings said: a gap with its reason, a confirmed cause with both camps' words."""
    for one in told:
        cell = by_cell.get((one.task, one.criterion))
        apart = dividing(scales.get(one.criterion), cell["value"]) if cell is not None else {}
        camp = camps.get((one.task, one.criterion))
        opinions = camp.opinions if camp else Opinions(one.criterion, apart)
        if isinstance(one, Decided) and one.what == "gap":
            yield _Observation(opinions, one.task, one.by, "decision", SETTLED, one.reason, None, "", one.at)
        elif isinstance(one, CauseConfirmed) and one.cause == "rule_unclear" and cell is not None:
            yield from _of_cell(cell, opinions, "cause", SETTLED)
