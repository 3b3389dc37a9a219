"""What-if replay: which past results would differ if the rubric were another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.results import LeftOut, Told, counted, nonempty
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.core.overall import Overall, overall_score
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import canonical_json
from evalwidgets.errors import RubricError

_SCORES = [
    *("review", "task", "reviewer", "before", "after", "change", "differs"),
    *("fired_before", "fired_after", "why_before", "why_after"),
]
_JUDGED = ["task", "reviewer", "criterion", "value", "before", "after", "differs"]


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf(Told):
    """Past results by the rubric as it is and as it would be.

    Parameters
    ----------
    scores : DataFrame
        One row a review: `review, task, reviewer`, the overall score `before` and `after`
        (NaN where there is none, and `why_before`, `why_after` say why), `change` (after
        minus before), `differs`, and what capped it: `fired_before`, `fired_after` (tuples
        of sentences).
    judged : DataFrame
        One row a blind rating that gold judges: `task, reviewer, criterion, value`, whether
        it is within tolerance `before` and `after`, and `differs`. Empty without gold.
    left_out : tuple of LeftOut
        What could not be replayed, and why.
    """

    scores: pd.DataFrame
    judged: pd.DataFrame
    left_out: tuple[LeftOut, ...]

    @property
    def finding(self) -> str:
        """How many scores and judgements would differ, as one sentence without its stop."""
        scores = f"{self.scores['differs'].sum()} of {counted(len(self.scores), 'score')}"
        if self.judged.empty:
            return f"{scores} would differ"
        return f"{scores} and {self.judged['differs'].sum()} of {len(self.judged)} judgements would differ"

    @property
    def differing(self) -> pd.DataFrame:
        """The reviews whose score would differ, the largest change first."""
        rows = self.scores[self.scores["differs"]]
        size = rows["change"].abs().fillna(float("inf"))
        order = size.sort_values(ascending=False, kind="stable").index
        return rows.loc[order].reset_index(drop=True)

    def _repr_html_(self) -> str:
        shown = self.differing[["task", "reviewer", "before", "after", "change"]].head(10).round(3)
        return f"<p>{self}</p>{shown.to_html(index=False, border=0, justify='left', na_rep='none')}"


def what_if(
    reviews: Iterable[Review],
    before: Rubric,
    after: Rubric,
    *,
    tasks: Mapping[str, Task] | Iterable[Task] = (),
    gold: pd.DataFrame | None = None,
) -> WhatIf:
    """Replay past reviews under a changed rubric, before it is published.

    Parameters
    ----------
    reviews : iterable of Review
        What was said; only submitted reviews under this rubric are replayed. Give current
        revisions for scores as they stand; of several revisions the first is judged by gold.
    before, after : Rubric
        The rubric as it is, and with another cap, weight, aggregation or tolerance.
    tasks : mapping or iterable of Task
        For conditions that rest on tags.
    gold : DataFrame, optional
        As `gold_table` returns it; needed for a change of tolerance to show.

    Returns
    -------
    WhatIf

    Raises
    ------
    RubricError
        If they are not two versions of one rubric.

    Notes
    -----
    Equal answers to tasks of equal tags give equal scores, so each different sheet is
    computed once; a test holds the result to that of computing every review from scratch.
    Answers stay as they were given. Where a change alters what a level means, what people
    would have answered under it is not known, and only a bridge set tells
    (`bridge`).
    """
    if before.id != after.id:
        msg = f"expected two versions of one rubric, got {before.id} and {after.id}."
        raise RubricError([msg])
    everything = tuple(reviews)
    kept = [one for one in everything if one.rubric == before.id and one.state == "submitted"]
    judged, not_judged = _judged(kept, before, after, gold)
    others = LeftOut("review", len(everything) - len(kept), "skipped, or under another rubric")
    return WhatIf(_scores(kept, before, after, tasks), judged, nonempty(others, *not_judged))


def _scores(
    reviews: list[Review], before: Rubric, after: Rubric, tasks: Mapping[str, Task] | Iterable[Task]
) -> pd.DataFrame:
    known = dict(tasks) if isinstance(tasks, Mapping) else {task.id: task for task in tasks}
    tags = {name: canonical_json(task.tags) for name, task in known.items()}
    done: dict[tuple[str, str | None], tuple[Overall, Overall]] = {}
    rows = []
    for review in reviews:
        sheet = (_said(review), tags.get(review.task))
        if sheet not in done:
            task = known.get(review.task)
            done[sheet] = (overall_score(before, review, task), overall_score(after, review, task))
        rows.append((review.id, review.task, review.reviewer, *_row(*done[sheet])))
    table = pd.DataFrame(rows, columns=_SCORES)
    return table.astype({"before": float, "after": float, "change": float, "differs": bool})


def _said(review: Review) -> str:
    """Return what of a review its score rests on: values, and what was not applicable."""
    return canonical_json({name: [one.value, one.given] for name, one in review.answers.items()})


def _row(before: Overall, after: Overall) -> tuple[Any, ...]:
    both = before.score is not None and after.score is not None
    return (
        before.score,
        after.score,
        after.score - before.score if both else None,  # type: ignore[operator]
        before.score != after.score,
        tuple(cap.because for cap in before.fired),
        tuple(cap.because for cap in after.fired),
        before.why,
        after.why,
    )


def _judged(
    reviews: list[Review], before: Rubric, after: Rubric, gold: pd.DataFrame | None
) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return which blind ratings are within tolerance of gold by either rubric."""
    if gold is None:
        return pd.DataFrame(columns=_JUDGED).astype({"differs": bool}), ()
    old, new = _by_id(before), _by_id(after)
    same = [name for name, scale in old.items() if name in new and new[name].levels == scale.levels]
    ratings = _ratings(reviews)
    ratings = ratings[ratings["criterion"].isin(same)]
    judged = [compare_with_gold(ratings, gold, [scales[name] for name in same]) for scales in (old, new)]
    rows = (
        judged[0]
        .rows[["task", "reviewer", "criterion", "value"]]
        .assign(before=judged[0].rows["within"].astype(bool), after=judged[1].rows["within"].astype(bool))
    )
    changed = LeftOut("criterion", len(old) - len(same), "its scale is another one")
    rows = rows.assign(differs=rows["before"] != rows["after"])
    return rows, nonempty(changed, *judged[0].left_out)


def _by_id(rubric: Rubric) -> dict[str, Scale]:
    return {scale.id: scale for scale in scales_of(rubric)[0]}


def _ratings(reviews: list[Review]) -> pd.DataFrame:
    """Return the tidy table of reviews, as far as gold judges it."""
    rows = [
        (one.task, one.reviewer, name, answer.value, answer.na, one.revision, one.round, one.submitted_at)
        for one in reviews
        for name, answer in one.answers.items()
        if answer.given
    ]
    columns = ["task", "reviewer", "criterion", "value", "na", "revision", "round", "submitted_at"]
    return pd.DataFrame(rows, columns=columns).astype({"value": object})
