"""The rules that tell one cause of disagreement from another, for all tasks of a criterion at once.

Every rule looks at the *residuals*: answers in steps of the scale after each reviewer's
own shift has been taken away. It says for each task how strongly it speaks (0: not at
all) and of whom. Distances are for a scale of five levels: longer scales stretch them,
shorter ones never shrink them below a step, so a single step is never a cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from evalwidgets.analysis.arrays import BoolArray, FloatArray, IntArray
from evalwidgets.analysis.gold.gold_health import TIGHT
from evalwidgets.analysis.reviewers.panel import Shifts
from evalwidgets.analysis.scales import Scale

# Distances in levels of a five-level scale, tuned on simulated panels of six reviewers
# with planted causes (tests/analysis/test_planted_truth.py keeps them honest).
CONTESTED = 2.0
"""Raw answers must lie this far apart: one step is within every tolerance."""
GOLD_OFF = 1.3
"""How far a tight panel's median must lie from gold."""
SLIP_GAP = 1.2
"""How far one reviewer must lie from the next."""
CAMP_GAP = 0.9
"""How far two camps must lie apart."""
SHIFTED = 0.5
"""A shift that is worth acting on (Facets practice: half a score point)."""
EXPLAINED = 1.5
"""Residuals must lie within this once shifts are taken away, for severity to explain a task."""
UNSURE = -0.3
"""Mean confidence (1 to 3) of six reviewers, against their own means, that counts as low."""
MANY_SECONDS = 1 / 3
"""Share of reviewers whose "also defensible" level points towards the others."""
MIN_SPLIT = 1 / 3
"""Share of reviewers that the smaller side of a split needs to be more than a slip."""
_STEADY = 0.35  # nobody is credited with being steadier than this: levels are rounded
_SURE_SLIP = 6.0  # so many of one's own standard deviations away is as clear as it gets


class Verdict(NamedTuple):
    """What one rule says: strength 0 to 1 of shape (tasks,), and who, (tasks, reviewers)."""

    strength: FloatArray
    members: BoolArray


@dataclass(frozen=True, eq=False)
class Cells:
    """One ordered criterion, task by task; every task has two answers or more.

    All arrays have the shape (tasks, reviewers); NaN where there is nothing.
    """

    scale: Scale
    steps: FloatArray
    residuals: FloatArray
    shifts: Shifts
    second: FloatArray
    confidence: FloatArray
    """Against the reviewer's own mean."""
    hurried: BoolArray
    unsteady: BoolArray
    """Whether the reviewer said something else on another occasion."""
    off_gold: FloatArray
    """Steps from the nearest accepted level; NaN without gold."""
    misses_gold: BoolArray
    """Whether gold does not accept the answer, tolerance included."""
    flagged: BoolArray
    """Whether the reviewer flagged the task as outside the rubric."""

    @cached_property
    def unit(self) -> float:
        """By how much distances are stretched on this scale."""
        return max(1.0, (len(self.scale.levels) - 1) / 4)

    @cached_property
    def given(self) -> BoolArray:
        """Where there is an answer."""
        return ~np.isnan(self.steps)

    @cached_property
    def n(self) -> IntArray:
        """How many answered."""
        return np.asarray(self.given.sum(axis=1), dtype=np.int64)

    @cached_property
    def range(self) -> FloatArray:
        """Highest minus lowest answer as given."""
        return _range(self.steps)

    @cached_property
    def contested(self) -> BoolArray:
        """Where reviewers really disagree."""
        return self.range >= CONTESTED * self.unit

    @cached_property
    def median(self) -> FloatArray:
        """The median residual."""
        return np.asarray(np.nanmedian(self.residuals, axis=1))

    @cached_property
    def bridges(self) -> FloatArray:
        """Share of reviewers whose second level lies nearer to the panel than their first."""
        centre = np.nanmedian(self.steps, axis=1)[:, None]
        with np.errstate(invalid="ignore"):
            nearer = np.abs(self.second - centre) < np.abs(self.steps - centre)
        return np.asarray(nearer.sum(axis=1) / self.n)

    @cached_property
    def sureness(self) -> FloatArray:
        """Mean confidence against each reviewer's own; 0 where nobody stated any."""
        return mean_where(self.confidence, ~np.isnan(self.confidence))

    @cached_property
    def unsure(self) -> BoolArray:
        """Where reviewers say themselves that they are not sure."""
        # The fewer reviewers, the more their mean confidence swings by itself.
        low = UNSURE * np.sqrt(np.maximum(6 / self.n, 1.0))
        return np.asarray((self.bridges >= MANY_SECONDS) | (self.sureness <= low))

    @cached_property
    def own_noise(self) -> FloatArray:
        """How far each reviewer usually lies from the others, this task not counted."""
        away = np.where(self.given, self.residuals - self.median[:, None], 0.0) ** 2
        others = self.given.sum(axis=0) - self.given
        return np.asarray(np.sqrt(np.maximum((away.sum(axis=0) - away) / np.maximum(others, 1), _STEADY**2)))


def gold_suspect(cells: Cells) -> Verdict:
    """Reviewers agree with each other, and not with gold."""
    off = mean_where(cells.off_gold, ~np.isnan(cells.off_gold))
    raw = np.abs(median_where(cells.off_gold, ~np.isnan(cells.off_gold)))
    loose = spread_where(cells.residuals, cells.given)
    missed = mean_where(cells.misses_gold.astype(float), cells.given)
    fires = (raw >= GOLD_OFF * cells.unit) & (loose < TIGHT * cells.unit) & (missed > 1 - MIN_SPLIT)
    far = np.minimum(1.0, np.abs(off) / (2 * GOLD_OFF * cells.unit))
    strength = far * (1 - loose / (2 * TIGHT * cells.unit)) * evidence(cells.n)
    return Verdict(np.where(fires, strength, 0.0), cells.given & cells.misses_gold)


def slip(cells: Cells) -> Verdict:
    """One reviewer is far from all others, who agree; needs three."""
    lone, gap = _loneliest(cells)
    rest = cells.given & ~lone
    loose = spread_where(cells.residuals, rest)
    centre = median_where(cells.residuals, rest)
    apart = np.abs(np.where(lone, cells.residuals - centre[:, None], 0.0)).sum(axis=1)
    usual = np.where(lone, cells.own_noise, 0.0).sum(axis=1)
    fires = (cells.n >= 3) & cells.contested & (gap >= SLIP_GAP * cells.unit) & (loose < TIGHT * cells.unit)
    defended = np.abs(np.where(lone, cells.second, np.nan) - np.nanmedian(cells.steps, axis=1)[:, None])
    fires &= ~(defended <= 0.5).any(axis=1)
    # Mean confidence dips by chance as well: only plain doubt speaks against a slip.
    fires &= (cells.bridges < MANY_SECONDS) & (cells.sureness > 2 * UNSURE)
    rest_off = np.abs(median_where(cells.off_gold, rest & ~np.isnan(cells.off_gold)))
    against = (rest_off >= GOLD_OFF * cells.unit) & ~(lone & cells.misses_gold).any(axis=1)
    strength = np.minimum(1.0, apart / np.maximum(usual, _STEADY) / _SURE_SLIP) * evidence(cells.n)
    raised = (lone & (cells.hurried | cells.unsteady)).any(axis=1)
    strength = np.where(raised, (1 + strength) / 2, strength)
    return Verdict(np.where(fires & ~against, strength, 0.0), lone)


def two_camps(cells: Cells) -> Verdict:
    """Two camps of two or more, each tight and sure."""
    low, gap = _split(cells)
    high = cells.given & ~low
    loose = np.maximum(spread_where(cells.residuals, low), spread_where(cells.residuals, high))
    fires = (gap >= CAMP_GAP * cells.unit) & (loose < TIGHT * cells.unit) & cells.contested
    fires &= ~cells.unsure
    strength = np.minimum(1.0, gap / (2 * cells.unit)) * (1 - loose / (2 * TIGHT * cells.unit))
    members = minority(low, high)
    # One task alone never speaks as clearly as the same camps on several.
    return Verdict(np.where(fires, 0.7 * strength * (1 - cells.bridges), 0.0), members)


def hard_task(cells: Cells) -> Verdict:
    """Answers are wide, in one heap or unsure; needs three."""
    left = _range(cells.residuals)
    wide = cells.contested & (left >= EXPLAINED * cells.unit) & (cells.n >= 3)
    # A noisy team spreads over two levels without being divided: that alone is no hard task.
    loose = spread_where(cells.residuals, cells.given) >= TIGHT * cells.unit
    fires = wide & (cells.unsure | (loose & (_widest_gap(cells.steps) <= cells.unit)))
    doubt = np.minimum(1.0, cells.bridges / 0.5) * 0.45 + np.clip(-cells.sureness / 0.6, 0, 1) * 0.25
    return Verdict(np.where(fires, 0.3 + doubt, 0.0), cells.given)


def severity(cells: Cells) -> Verdict:
    """Reviewers' steady shifts explain it: without them no disagreement is left."""
    expected = cells.shifts.expected
    steady = (np.abs(expected) > cells.shifts.error) & (np.abs(expected) >= SHIFTED * cells.unit)
    centre = np.nanmedian(cells.steps, axis=1)[:, None]
    with np.errstate(invalid="ignore"):
        pushed = cells.given & steady & ((cells.steps - centre) * expected > 0)
    left = _range(np.where(steady, cells.residuals, cells.steps))
    fires = cells.contested & pushed.any(axis=1) & (left <= EXPLAINED * cells.unit)
    fires &= left <= cells.range - SHIFTED * cells.unit
    largest = np.where(pushed, np.abs(expected), 0.0).max(axis=1)
    explained = 1 - left / np.maximum(cells.range, 1e-9)
    return Verdict(np.where(fires, explained * np.minimum(1.0, largest / cells.unit), 0.0), pushed)


def outside_rubric(cells: Cells) -> Verdict:
    """Somebody flagged the task as outside the rubric, and answers otherwise than the panel."""
    share = cells.flagged.sum(axis=1) / np.maximum(cells.n, 1)
    with np.errstate(invalid="ignore"):
        apart = np.abs(cells.residuals - cells.median[:, None]) >= CAMP_GAP * cells.unit
    # A flag is for the whole task: it speaks of the criteria on which its reviewer stands apart.
    concerned = (cells.flagged & apart).any(axis=1) | (share >= 0.5)
    fires = cells.contested & concerned & (cells.flagged & cells.given).any(axis=1)
    return Verdict(np.where(fires, 0.4 + 0.6 * np.minimum(1.0, share), 0.0), cells.flagged & cells.given)


def evidence(n: IntArray | int) -> FloatArray:
    """Return how much n reviewers can show, 0 to 1: a quarter for two, three quarters for six."""
    return np.asarray(1 - 1.5 / np.asarray(n, dtype=float))


def minority(one: BoolArray, other: BoolArray) -> BoolArray:
    """Return the smaller of two sides, task by task; the first where they are equal."""
    return np.where((one.sum(axis=1) <= other.sum(axis=1))[:, None], one, other)


def mean_where(values: FloatArray, where: BoolArray) -> FloatArray:
    """Return the mean over reviewers of the chosen values; 0 where none is chosen."""
    return np.asarray(np.where(where, values, 0.0).sum(axis=1) / np.maximum(where.sum(axis=1), 1))


def median_where(values: FloatArray, where: BoolArray) -> FloatArray:
    """Return the median over reviewers of the chosen values; 0 where none is chosen."""
    some = where.any(axis=1)
    chosen = np.where(where, values, np.nan)
    chosen[~some] = 0.0
    return np.asarray(np.nanmedian(chosen, axis=1)) if chosen.size else np.zeros(len(values))


def spread_where(values: FloatArray, where: BoolArray) -> FloatArray:
    """Return the mean distance from the median of the chosen values."""
    return mean_where(np.abs(values - median_where(values, where)[:, None]), where)


def _range(values: FloatArray) -> FloatArray:
    return np.asarray(np.nanmax(values, axis=1) - np.nanmin(values, axis=1))


def _widest_gap(values: FloatArray) -> FloatArray:
    gaps = np.diff(np.sort(values, axis=1), axis=1)
    return np.asarray(np.nan_to_num(gaps).max(axis=1, initial=0.0))


def _loneliest(cells: Cells) -> tuple[BoolArray, FloatArray]:
    """Return who lies furthest from the next, at either end, and how far."""
    ordered, last, at = _ordered(cells)
    below = ordered[:, 1] - ordered[:, 0]
    above = ordered[at, last] - ordered[at, last - 1]
    ends = np.where(below >= above, ordered[:, 0], ordered[at, last])
    return cells.given & (cells.residuals == ends[:, None]), np.maximum(below, above)


def _split(cells: Cells) -> tuple[BoolArray, FloatArray]:
    """Return the lower side of the widest gap that leaves two or more on each, and the gap (0: none)."""
    ordered, last, at = _ordered(cells)
    gaps = np.diff(ordered, axis=1)
    place = np.arange(gaps.shape[1])
    inner = (place >= 1) & (place[None, :] <= (last - 2)[:, None])
    gaps = np.where(inner, np.nan_to_num(gaps), 0.0)
    widest = gaps.argmax(axis=1)
    gap = gaps[at, widest]
    low = cells.given & (cells.residuals <= ordered[at, widest][:, None]) & (gap > 0)[:, None]
    return low, gap


def _ordered(cells: Cells) -> tuple[FloatArray, IntArray, IntArray]:
    """Return residuals from low to high, the place of the last, and the row numbers."""
    return np.sort(cells.residuals, axis=1), cells.n - 1, np.arange(len(cells.n))
