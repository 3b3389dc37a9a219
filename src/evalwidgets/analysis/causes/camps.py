"""The same camps again and again: reviewers who read one clause differently, wherever it applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evalwidgets.analysis.arrays import BoolArray, FloatArray, IntArray
from evalwidgets.analysis.causes.cause_rules import CAMP_GAP, Cells, Verdict, median_where, minority
from evalwidgets.analysis.gold.gold_health import TIGHT
from evalwidgets.analysis.reviewers.panel import column_means

MIN_TASKS = 3
"""Camps must stand on so many tasks with one label to be the same camps."""
SAME = 0.6
"""Correlation of two tasks' residuals over reviewers from which their camps count as the same."""
MIN_SHARE = 0.5
"""Share of a label's tasks that must show the camps: else they are not about the label."""
_COMMON = 4  # fewer reviewers in common make no correlation


@dataclass(frozen=True, eq=False)
class Recurrence:
    """One pair of camps under one label.

    Parameters
    ----------
    label : str
        What the tasks share.
    tasks : array of int
        The tasks that show the camps.
    camp : array of shape (reviewers,)
        Who is in the smaller camp.
    strength : float
        0 to 1.
    fit : float
        How well the label fits the tasks that show the camps (F1, 0 to 1).
    """

    label: str
    tasks: IntArray
    camp: BoolArray
    strength: float
    fit: float


def recurring_camps(cells: Cells, labels: Sequence[Sequence[str]]) -> list[Recurrence]:
    """Return the camps that recur under a label, each with the label that fits it best.

    Parameters
    ----------
    cells : Cells
        One criterion.
    labels : sequence
        The labels of each task of `cells`.

    Notes
    -----
    Two tasks show the same camps when their residuals correlate over reviewers (beyond
    0.6 either way: a clause may push up here and down there). A label counts when three
    of its contested tasks hang together so, when averaging over them leaves two tight
    camps with two members each, and when at least half of all its tasks show them. Of
    several labels with the same camps the one is kept that holds most of the tasks that
    show them and least others.
    """
    profile = cells.residuals - np.nanmean(cells.residuals, axis=1, keepdims=True)
    same = _correlations(profile)
    best: dict[bytes, Recurrence] = {}
    for label, tasks in _tasks_by_label(labels).items():
        divided = tasks[cells.contested[tasks]]
        alike = np.abs(same[np.ix_(divided, divided)]) > SAME
        hanging = divided[alike.sum(axis=1) >= MIN_TASKS - 1]
        camp = _camp(cells, profile, same, hanging) if len(hanging) >= MIN_TASKS else None
        found = None if camp is None else _under_label(cells, label, tasks, camp)
        if found and (found.camp.tobytes() not in best or best[found.camp.tobytes()].fit < found.fit):
            best[found.camp.tobytes()] = found
    return sorted(best.values(), key=lambda one: -one.strength)


def as_verdict(cells: Cells, found: Sequence[Recurrence]) -> tuple[Verdict, dict[int, tuple[str, int]]]:
    """Return recurring camps as a rule's verdict, and each task's label with how many tasks show it."""
    strength = np.zeros(len(cells.n))
    members = np.zeros(cells.given.shape, dtype=bool)
    why: dict[int, tuple[str, int]] = {}
    for one in found:
        apart = np.abs(_separation(cells, one.camp))
        for task in one.tasks:
            if cells.contested[task] and not strength[task]:
                strength[task] = one.strength * min(1.0, apart[task] / (2 * cells.unit))
                members[task] = cells.given[task] & one.camp
                why[int(task)] = (one.label, len(one.tasks))
    return Verdict(strength, members), why


def labels_of_tasks(
    tasks: Iterable[str], labels: Mapping[str, Sequence[str]] | None
) -> list[tuple[str, ...]]:
    """Return the labels of each task in order; none where a task has none."""
    known = labels or {}
    return [tuple(known.get(task, ())) for task in tasks]


def _tasks_by_label(labels: Sequence[Sequence[str]]) -> dict[str, IntArray]:
    tasks: dict[str, list[int]] = {}
    for place, own in enumerate(labels):
        for label in own:
            tasks.setdefault(label, []).append(place)
    return {
        label: np.array(places, dtype=np.int64) for label, places in tasks.items() if len(places) >= MIN_TASKS
    }


def _correlations(profile: FloatArray) -> FloatArray:
    """Return the correlation of each two tasks over the reviewers that they share; 0 on the diagonal."""
    given = (~np.isnan(profile)).astype(float)
    values = np.nan_to_num(profile)
    n = given @ given.T
    sums, squares = values @ given.T, (values**2) @ given.T
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = values @ values.T - sums * sums.T / n
        variance = squares - sums**2 / n
        same = covariance / np.sqrt(variance * variance.T)
    same = np.where((n >= _COMMON) & np.isfinite(same), same, 0.0)
    np.fill_diagonal(same, 0.0)
    return np.asarray(same)


def _camp(cells: Cells, profile: FloatArray, same: FloatArray, hanging: IntArray) -> BoolArray | None:
    """Return the smaller camp that these tasks show together, if they show two camps at all."""
    anchor = hanging[np.abs(same[np.ix_(hanging, hanging)]).sum(axis=1).argmax()]
    way = np.where((same[anchor, hanging] >= 0) | (hanging == anchor), 1.0, -1.0)
    aligned = profile[hanging] * way[:, None]
    seen = (~np.isnan(aligned)).sum(axis=0)
    mean = column_means(aligned)
    there = np.flatnonzero(seen >= 2)
    order = there[np.argsort(mean[there], kind="stable")]
    gaps = np.diff(mean[order])[1:-1]
    if len(there) < _COMMON or gaps.max() < CAMP_GAP * cells.unit:
        return None
    cut = int(gaps.argmax()) + 2
    low, high = (np.isin(np.arange(len(mean)), part) for part in (order[:cut], order[cut:]))
    loose = max(float(np.abs(mean[side] - np.median(mean[side])).mean()) for side in (low, high))
    return minority(low[None, :], high[None, :])[0] if loose < TIGHT * cells.unit else None


def _under_label(cells: Cells, label: str, tasks: IntArray, camp: BoolArray) -> Recurrence | None:
    """Return how well the label fits the tasks on which the camp stands apart."""
    apart = _separation(cells, camp)
    shows = np.zeros(len(apart), dtype=bool)
    for way in (1, -1):
        side = way * apart >= CAMP_GAP * cells.unit
        # Three times one way: a clause may push up and down, but luck does both as well.
        if side[tasks].sum() >= MIN_TASKS:
            shows |= side
    known = ~np.isnan(apart)
    there = tasks[shows[tasks]]
    precision = len(there) / max(int(known[tasks].sum()), 1)
    recall = len(there) / max(int(shows.sum()), 1)
    if len(there) < MIN_TASKS or precision < MIN_SHARE:
        return None
    typical = float(np.median(np.abs(apart[there]))) / (1.5 * cells.unit)
    strength = min(1.0, typical) * precision * (1 - 1 / (1 + len(there)))
    return Recurrence(label, there, camp, strength, 2 * precision * recall / (precision + recall))


def _separation(cells: Cells, camp: BoolArray) -> FloatArray:
    """Return how far the camp lies above (+) or below (-) the rest, task by task; NaN where one is absent."""
    one, other = cells.given & camp, cells.given & ~camp
    apart = median_where(cells.residuals, one) - median_where(cells.residuals, other)
    return np.where(one.any(axis=1) & other.any(axis=1), apart, np.nan)
