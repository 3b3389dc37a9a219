"""What ratings vary by: tasks, reviewers, and what is left; with ratings missing anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.moments import MomentSums, moments_of
from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.codes import CodedRatings, code_ratings
from evalwidgets.analysis.intervals import jackknife_error, student_t_quantile
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import LeftOut, ResultTable, listed, nonempty
from evalwidgets.analysis.scales import Scale, scales_of

SOURCES = ("task", "reviewer", "residual")
"""The components: what ratings should show, who gave them, and the rest."""
# Below this a variance is the dust of floating point.
_DUST = 1e-12


class Components(NamedTuple):
    """The three variances of one criterion, and those without each task."""

    variance: FloatArray
    """Task, reviewer, residual; may be negative, nan where they cannot be told apart."""
    without: FloatArray
    """The same with each task left out, shape (tasks, 3)."""
    n_tasks: int
    n_reviewers: int
    n_ratings: int
    left_out: tuple[LeftOut, ...]
    note: str
    """Why there are no variances; empty when there are."""


@dataclass(frozen=True, eq=False, repr=False)
class VarianceTable(ResultTable):
    """Variance components by criterion, in the rubric's order.

    Columns of `rows`: `criterion, label, n_tasks, n_reviewers, n_ratings`; for each of
    `task, reviewer, residual`: the variance in squared levels, `_low, _high`, and
    `_share` of the three; `note`.
    """

    @property
    def finding(self) -> str:
        """Which criterion tells tasks apart best and least."""
        known = self.rows[self.rows["task_share"].notna()].sort_values("task_share", kind="stable")
        if known.empty:
            return "No criterion has enough ratings to tell tasks from reviewers"
        least, most = known.iloc[0], known.iloc[-1]
        best = f"{most['task_share']:.0%} of the variance on {most['label']} comes from the tasks themselves"
        return best if len(known) == 1 else f"{best}, {least['task_share']:.0%} on {least['label']}"

    def _shown(self) -> pd.DataFrame:
        shares = [f"{source}_share" for source in SOURCES]
        return self.rows[["label", "n_tasks", "n_reviewers", *SOURCES, *shares, "note"]].round(2)


def variance_components(
    ratings: pd.DataFrame, rubric: Any, *, confidence_level: float = 0.95
) -> VarianceTable:
    """Return how much of each criterion's variance comes from tasks, reviewers and the rest.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    rubric : Rubric, Scale or list of Scale
        Only ordered scales with numbers enter; levels count as equally far apart.
    confidence_level : float
        Of the intervals.

    Notes
    -----
    Read the shares: *task* is what one wants to measure, *reviewer* is severity (who
    rates higher everywhere), *residual* is everything else, above all that reviewers
    see single tasks differently. Among trained reviewers severity is small and the
    residual large. A component that comes out below 0 is shown as 0 and `note` says
    so: it is too small to be seen. The intervals leave out one task at a time; they
    speak of other tasks with these reviewers, so that of the reviewer component is too
    narrow for other teams. It misleads when who rates what depends on the answers.
    Source: Henderson (1953), Biometrics 9, 226-252, method 1; Brennan (2001),
    Generalizability Theory, ch. 7.
    """
    parts, left_out = criterion_components(ratings, rubric)
    rows = [_row(scale, part, confidence_level) for scale, part in parts]
    return VarianceTable(
        rows=pd.DataFrame(rows, columns=_COLUMNS),
        left_out=left_out,
        confidence_level=confidence_level,
        method="method of moments, delete-one-task jackknife with t",
    )


def criterion_components(
    ratings: pd.DataFrame, rubric: Any
) -> tuple[list[tuple[Scale, Components]], tuple[LeftOut, ...]]:
    """Return the components of each numeric criterion that was rated, and what was left out."""
    check_ratings(ratings)
    scales, _ = scales_of(rubric)
    numeric = [scale for scale in scales if scale.is_numeric]
    kept = ratings["criterion"].isin([scale.id for scale in numeric])
    others = LeftOut("rating", int((~kept).sum()), "not on a numeric scale of this rubric")
    rated = set(ratings.loc[kept, "criterion"])
    coded = [
        (scale, code_ratings(ratings[ratings["criterion"] == scale.id], levels=scale.declared))
        for scale in numeric
        if scale.id in rated
    ]
    return [(scale, components_of(one)) for scale, one in coded], nonempty(others)


def components_of(coded: CodedRatings) -> Components:
    """Return the variance components of one criterion's ratings."""
    note = _why_not(coded)
    unknown, none = np.full(3, np.nan), np.zeros((0, 3))
    n_tasks = len(np.unique(coded.task))
    counts = (n_tasks, coded.n_reviewers, len(coded.task))
    if note:
        return Components(unknown, none, *counts, coded.left_out, note)
    moments = moments_of(coded, np.array(coded.levels, dtype=float)[coded.level])
    variance = _variances(moments.sums())
    if np.isnan(variance).any():
        note = "The ratings do not overlap enough to tell tasks, reviewers and the rest apart"
    return Components(variance, _variances(moments.sums_without()), *counts, coded.left_out, note)


def _why_not(coded: CodedRatings) -> str:
    n_tasks, n_ratings = len(np.unique(coded.task)), len(coded.task)
    if not n_ratings:
        return "There are no ratings"
    if coded.n_reviewers < 2:
        return "Only one reviewer rated: the reviewer cannot be told from the tasks"
    if n_tasks < 2:
        return "Only one task was rated: nothing shows how tasks differ"
    if n_tasks == n_ratings:
        return "No task was rated twice: a task cannot be told from its one rating"
    if len(np.unique(coded.level)) < 2:
        return f"All {n_ratings} ratings are the same: there is no variance to divide"
    return ""


def _variances(sums: MomentSums) -> FloatArray:
    """Return task, reviewer and residual variance in the last axis."""
    variance = np.stack(sums.variances(), axis=-1)
    return np.where(np.abs(variance) < _DUST, 0.0, variance)


_COLUMNS = [
    *("criterion", "label", "n_tasks", "n_reviewers", "n_ratings"),
    *(f"{source}{end}" for source in SOURCES for end in ("", "_low", "_high", "_share")),
    "note",
]


def _row(scale: Scale, part: Components, confidence_level: float) -> dict[str, Any]:
    shown = np.maximum(part.variance, 0)
    low, high = _ends(part, confidence_level)
    numbers: dict[str, float] = {}
    for i, source in enumerate(SOURCES):
        share = shown[i] / shown.sum() if shown.sum() > 0 else np.nan
        numbers |= {source: shown[i], f"{source}_low": low[i], f"{source}_high": high[i]}
        numbers[f"{source}_share"] = share
    return {
        "criterion": scale.id,
        "label": scale.name,
        "n_tasks": part.n_tasks,
        "n_reviewers": part.n_reviewers,
        "n_ratings": part.n_ratings,
        **numbers,
        "note": part.note or _negative(part.variance),
    }


def _negative(variance: FloatArray) -> str:
    below = [source for source, one in zip(SOURCES, variance, strict=True) if one < 0]
    verb = "component is" if len(below) == 1 else "components are"
    return f"The {listed(below)} {verb} too small to be seen and shown as 0" if below else ""


def _ends(part: Components, confidence_level: float) -> tuple[FloatArray, FloatArray]:
    """Return the ends of the jackknife intervals, none below 0; nan without."""
    n = len(part.without)
    if part.note or n < 3 or np.isnan(part.without).any():
        return np.full(3, np.nan), np.full(3, np.nan)
    half = student_t_quantile(0.5 + confidence_level / 2, n - 1) * jackknife_error(part.without)
    return np.maximum(part.variance - half, 0), np.maximum(part.variance + half, 0)
