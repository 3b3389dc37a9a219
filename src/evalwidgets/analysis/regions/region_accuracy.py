"""Reviewers' regions against gold: what each found, missed and marked beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.intervals import rate_over_tasks
from evalwidgets.analysis.regions.marked import Marked, marked
from evalwidgets.analysis.regions.matching import MatchRule, Method, families_of
from evalwidgets.analysis.regions.outcomes import Outcome, outcomes_of
from evalwidgets.analysis.results import LeftOut, ResultTable, counted, nonempty
from evalwidgets.core.gold import Gold


@dataclass(frozen=True, eq=False, repr=False)
class RegionAccuracy(ResultTable):
    """What each reviewer found of gold's regions.

    Columns of `rows`, one row for all reviewers together (`ALL`) and one for each:
    `reviewer, n_tasks, required` (regions to be found), `found, missed, extra, tolerated`
    (marked, and neither asked for nor wrong), `other_family` (of the missed, those marked
    with a class of another family), `recall` (found of required), `precision` (found of
    found and extra), each with `_low` and `_high`, `f1` and `note`.
    """

    name: str
    """What the criterion is called."""
    regions: pd.DataFrame
    """Region by region: `task, reviewer`, and what `Outcome` holds."""
    families: pd.DataFrame
    """`family, required, found, recall`: which kinds of defects are overlooked."""

    @property
    def finding(self) -> str:
        """How much of gold is found, and who finds least."""
        whole = self.rows[self.rows["reviewer"] == ALL]
        if whole.empty or not whole["required"].iloc[0]:
            return f"{self.name}: no task that was answered has a region that must be found"
        row = whole.iloc[0]
        head = (
            f"{self.name}: reviewers found {row['found']:.0f} of {counted(int(row['required']), 'region')} "
            f"({row['recall']:.0%}) and marked {row['extra']:.0f} beyond gold"
        )
        people = self.rows[(self.rows["reviewer"] != ALL) & self.rows["recall"].notna()]
        if len(people) < 3:
            return head
        least = people.iloc[int(people["recall"].argmin())]
        return f"{head}; {least['reviewer']} found least ({least['recall']:.0%})"

    def _shown(self) -> pd.DataFrame:
        counts = ["reviewer", "n_tasks", "required", "found", "missed", "extra", "tolerated"]
        return self.rows[[*counts, "recall", "recall_low", "recall_high", "precision", "f1"]].round(2)


def region_accuracy(
    ratings: pd.DataFrame,
    gold: Mapping[str, Gold],
    rubric: Any = None,
    *,
    criterion: str | None = None,
    method: Method = "optimal",
    min_iou: float = 0.5,
    max_distance: float = 0.05,
    confidence_level: float = 0.95,
) -> RegionAccuracy:
    """Return what each reviewer found of gold's regions.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; the criterion's values are lists of regions. Of several revisions
        the first counts.
    gold : mapping of task to Gold
        As `read_gold` returns it; that of other rubrics is left out. A task whose gold
        has no regions is one on which nothing should be marked.
    rubric : Rubric or mapping of class to family, optional
        Which classes belong together.
    criterion : str, optional
        Which criterion, where the rubric asks for regions more than once.
    method, min_iou, max_distance
        When two regions mark the same thing; see `match_regions`.
    confidence_level : float
        Of the intervals of recall and precision, clustered by task.

    Raises
    ------
    RatingsError
        If a value is no list of regions, or it cannot be told which criterion is meant.

    Notes
    -----
    Regions that must be found are matched first; of what is left, whatever fits a
    tolerated region costs nothing. A second region on the same spot is extra: one region
    a defect. `other_family` parts people who overlooked a defect from people who called
    it something else. Precision misleads where gold is not complete: look at `regions`
    for what several reviewers marked beyond gold before blaming them.
    """
    rule = MatchRule(families_of(rubric), method, min_iou, max_distance)
    given = marked(ratings, rubric, criterion)
    name = getattr(rubric, "id", None)
    known = {task: one for task, one in gold.items() if name is None or one.rubric == name}
    judged = given.only(known)
    regions = _regions(judged, known, rule)
    without = LeftOut("answer without gold", given.n_answers - judged.n_answers, "nothing to compare with")
    return RegionAccuracy(
        rows=_rows(judged, regions, confidence_level),
        left_out=nonempty(*given.left_out, without),
        confidence_level=confidence_level,
        method="Wilson, clustered by task",
        name=given.name,
        regions=regions,
        families=_families(regions),
    )


_KEY = ["task", "reviewer"]
_COUNTS = ["found", "missed", "extra", "tolerated"]


def _regions(judged: Marked, gold: Mapping[str, Gold], rule: MatchRule) -> pd.DataFrame:
    rows = [
        (task, reviewer, *outcome)
        for task, answers in judged.by_task.items()
        for reviewer, own in answers.items()
        for outcome in outcomes_of(own, gold[task].regions, rule)
    ]
    regions = pd.DataFrame(rows, columns=[*_KEY, *Outcome._fields])
    return regions.astype({"closeness": np.float64, "other_family": bool})


def _rows(judged: Marked, regions: pd.DataFrame, confidence_level: float) -> pd.DataFrame:
    rows = []
    for reviewer in [ALL, *judged.reviewers] if judged.n_answers else []:
        n_tasks = sum(reviewer in (ALL, *answers) for answers in judged.by_task.values())
        theirs = regions if reviewer == ALL else regions[regions["reviewer"] == reviewer]
        rows.append({"reviewer": reviewer, "n_tasks": n_tasks, **_numbers(theirs, confidence_level)})
    columns = ["reviewer", "n_tasks", *_numbers(regions, confidence_level)]
    return pd.DataFrame(rows, columns=columns)


def _numbers(regions: pd.DataFrame, confidence_level: float) -> dict[str, Any]:
    """Return counts and rates of one reviewer's regions, or of all."""
    outcome = regions["outcome"]
    counts = {name: int((outcome == name).sum()) for name in _COUNTS}
    required, marked_ = outcome.isin(["found", "missed"]), outcome.isin(["found", "extra"])
    every = 2 * counts["found"] + counts["missed"] + counts["extra"]
    return {
        "required": int(required.sum()),
        **counts,
        "other_family": int(regions["other_family"].sum()),
        **_rate("recall", regions[required], confidence_level),
        **_rate("precision", regions[marked_], confidence_level),
        "f1": 2 * counts["found"] / every if every else float("nan"),
        "note": _note(bool(required.any()), bool(marked_.any())),
    }


def _rate(name: str, regions: pd.DataFrame, confidence_level: float) -> dict[str, float]:
    """Return the share of regions that are found, with its interval; nan where there is none."""
    if regions.empty:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"), float("nan"))
    found = regions["outcome"] == "found"
    low, high = rate_over_tasks(found, regions["task"], confidence_level)
    return {name: float(found.mean()), f"{name}_low": low, f"{name}_high": high}


def _note(any_required: bool, any_marked: bool) -> str:
    if any_required and any_marked:
        return ""
    if any_required:
        return "Marked nothing, so precision is not defined"
    return "Nothing had to be found, so recall is not defined" + (
        "" if any_marked else "; nothing was marked"
    )


def _families(regions: pd.DataFrame) -> pd.DataFrame:
    """Return how many regions of each family were to be found, and were."""
    required = regions[regions["outcome"].isin(["found", "missed"])]
    found = (required["outcome"] == "found").groupby(required["family"])
    table = pd.DataFrame({"required": found.size(), "found": found.sum(), "recall": found.mean()})
    return table.sort_values("required", ascending=False, kind="stable").rename_axis("family").reset_index()
