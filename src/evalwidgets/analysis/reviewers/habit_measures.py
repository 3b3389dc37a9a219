"""What habits are measured by: one number per reviewer with its uncertainty, all reviewers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evalwidgets.analysis.arrays import BoolArray, FloatArray, IntArray
from evalwidgets.analysis.intervals import jackknife_error, student_t_quantile, wilson_interval
from evalwidgets.analysis.reviewers.panel import (
    HURRIED,
    Panel,
    column_means,
    consensus_of_others,
    shifts_of,
)

GROUPS = 100
"""More tasks than this are left out in groups, which changes an interval hardly and the time a lot."""
_MIN_PAIRS = 5  # fewer answers in common make no correlation
_DUST = 1e-12


@dataclass(frozen=True, eq=False)
class Measure:
    """One number per reviewer; NaN where it cannot be known. Arrays of shape (reviewers,)."""

    estimate: FloatArray
    error: FloatArray
    df: IntArray
    parts: tuple[FloatArray, FloatArray] = (np.zeros(0), np.zeros(0))
    """The two numbers whose difference it is, where it is one."""

    def interval(self, confidence_level: float) -> tuple[FloatArray, FloatArray]:
        """Return low and high, by Student's t."""
        quantile = [student_t_quantile(0.5 + confidence_level / 2, max(int(df), 1)) for df in self.df]
        half = np.array(quantile) * self.error
        return self.estimate - half, self.estimate + half


@dataclass(frozen=True, eq=False)
class Rate(Measure):
    """A share of tasks; `df` holds how many tasks."""

    def interval(self, confidence_level: float) -> tuple[FloatArray, FloatArray]:
        """Return low and high, by Wilson; NaN where there are no tasks."""
        ends = [
            wilson_interval(share * n, n, confidence_level) if n else (np.nan, np.nan)
            for share, n in zip(self.estimate, self.df.astype(float), strict=True)
        ]
        low, high = np.array(ends).T.reshape(2, -1)
        return low, high


def pull_against_peers(panel: Panel) -> Measure:
    """Return by how much own answers spread less (-) or more (+) than the others' over the same tasks.

    Notes
    -----
    Covariance with the others, divided by the covariance among the others, minus 1.
    Noise has no part in the covariance of two reviewers, so it bends nothing.
    """

    def statistic(kept: IntArray) -> FloatArray:
        total, free = _covariances(panel.steps[:, kept])
        own, own_n = total.sum(axis=1), free.sum(axis=1)
        among, among_n = (total.sum() - 2 * own) / 2, (free.sum() - 2 * own_n) / 2
        with np.errstate(invalid="ignore", divide="ignore"):
            rest = among / among_n
            slope = np.where((rest > _DUST) & (own_n > 0), own / own_n / rest, np.nan)
        return np.asarray(slope - 1)

    return _jackknifed(panel, statistic)


def halo(panel: Panel) -> Measure:
    """Return how much more a reviewer's criteria move together than the others' do.

    Notes
    -----
    A trend over time is taken away first: one who drifts moves all criteria together.
    """
    place = _places(panel)
    deviations = np.stack([_without_trend(_from_others(steps), place) for steps in panel.steps])

    def own(kept: IntArray) -> FloatArray:
        return _mean_correlation(deviations[:, kept])

    def statistic(kept: IntArray) -> FloatArray:
        mine = own(kept)
        return mine - _mean_of_others(mine)

    every = np.arange(panel.steps.shape[1])
    measure = _jackknifed(panel, statistic)
    mine = own(every)
    return Measure(measure.estimate, measure.error, measure.df, (mine, _mean_of_others(mine)))


def haste(panel: Panel) -> Measure:
    """Return the share of tasks that took less than 30 % of what the team takes for them."""
    seconds = panel.per_task("seconds")
    timed = ~np.isnan(seconds)
    n = np.asarray(timed.sum(axis=0), dtype=np.int64)
    if not timed.any():
        return Rate(np.full(len(n), np.nan), np.full(len(n), np.nan), n * 0)
    overall = float(np.median(seconds[timed]))
    usual = np.array(
        [np.median(row[one]) if one.sum() > 2 else overall for row, one in zip(seconds, timed, strict=True)]
    )
    with np.errstate(invalid="ignore"):
        fast = (seconds < HURRIED * usual[:, None]).sum(axis=0)
    share = np.where(n > 0, fast / np.maximum(n, 1), np.nan)
    return Rate(share, np.full(len(n), np.nan), n)


def order_effect(panel: Panel) -> Measure:
    """Return the correlation of a deviation with the same reviewer's answer to the task before."""
    place = _places(panel)
    deviations = np.stack([_from_others(steps) for steps in panel.steps])
    before = np.full(panel.steps.shape, np.nan)
    for reviewer, own in enumerate(place.T):
        order = np.argsort(own, kind="stable")[: int((~np.isnan(own)).sum())]
        before[:, order[1:], reviewer] = panel.steps[:, order[:-1], reviewer]
    usable = ~np.isnan(deviations) & ~np.isnan(before)
    later = np.stack([_detrended(block, place, one) for block, one in zip(deviations, usable, strict=True)])
    earlier = np.stack([_detrended(block, place, one) for block, one in zip(before, usable, strict=True)])

    def statistic(kept: IntArray) -> FloatArray:
        own, previous = later[:, kept], earlier[:, kept]
        size = np.sqrt((own**2).sum(axis=(0, 1)) * (previous**2).sum(axis=(0, 1)))
        enough = (usable[:, kept].sum(axis=(0, 1)) >= _MIN_PAIRS) & (size > _DUST)
        product = (own * previous).sum(axis=(0, 1))
        return np.asarray(np.where(enough, product / np.maximum(size, _DUST), np.nan))

    return _jackknifed(panel, statistic)


def middle_shares(panel: Panel) -> tuple[FloatArray, FloatArray]:
    """Return the share of answers strictly inside the scale: own, and the others' on the same tasks."""
    tops = np.array([len(scale.levels) - 1 for scale in panel.scales], dtype=float)[:, None, None]
    given = ~np.isnan(panel.steps)
    inside = np.where(given, (panel.steps > 0) & (panel.steps < tops), np.nan)
    others = np.stack([consensus_of_others(block) for block in inside])
    return _share(inside), _share(others)


def _share(block: FloatArray) -> FloatArray:
    flat = block.reshape(-1, block.shape[2])
    some = (~np.isnan(flat)).any(axis=0)
    return np.asarray(np.where(some, column_means(flat), np.nan))


def _jackknifed(panel: Panel, statistic: Callable[[IntArray], FloatArray]) -> Measure:
    """Return the statistic with its error from leaving out one task (or group of tasks) at a time."""
    given = np.asarray((~np.isnan(panel.steps)).any(axis=0))
    n_tasks = panel.steps.shape[1]
    every = np.arange(n_tasks)
    whole = statistic(every)
    count = min(n_tasks, GROUPS)
    if count < 2:
        return Measure(whole, np.full(len(whole), np.nan), np.ones(len(whole), dtype=np.int64))
    group = every % count
    without = np.stack([statistic(every[group != one]) for one in range(count)])
    df = np.minimum(given.sum(axis=0), count) - 1
    return Measure(whole, jackknife_error(without), np.asarray(df, dtype=np.int64))


def _covariances(steps: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return summed cross-products of each two reviewers over criteria, and their degrees of freedom."""
    given = (~np.isnan(steps)).astype(float)
    values = np.nan_to_num(steps)
    turned = values.transpose(0, 2, 1)
    n = given.transpose(0, 2, 1) @ given
    sums = turned @ given
    cross = turned @ values - sums * sums.transpose(0, 2, 1) / np.maximum(n, 1)
    enough = n > 1
    total, free = np.where(enough, cross, 0.0).sum(axis=0), np.where(enough, n - 1, 0.0).sum(axis=0)
    np.fill_diagonal(total, 0.0)
    np.fill_diagonal(free, 0.0)
    return total, free


def _from_others(steps: FloatArray) -> FloatArray:
    """Return deviations from the consensus of the others, shifts and pulls taken away."""
    fair = steps - shifts_of(steps).expected
    return fair - consensus_of_others(fair)


def _mean_correlation(deviations: FloatArray) -> FloatArray:
    """Return each reviewer's mean correlation between criteria; NaN where there is none."""
    given = (~np.isnan(deviations)).astype(float)
    values = np.nan_to_num(deviations)
    n = np.einsum("ctr,dtr->rcd", given, given)
    sums = np.einsum("ctr,dtr->rcd", values, given)
    squares = np.einsum("ctr,dtr->rcd", values**2, given)
    product = np.einsum("ctr,dtr->rcd", values, values)
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = product - sums * sums.transpose(0, 2, 1) / n
        variance = squares - sums**2 / n
        correlation = covariance / np.sqrt(variance * variance.transpose(0, 2, 1))
    usable = (n >= _MIN_PAIRS) & np.isfinite(correlation) & ~np.eye(len(deviations), dtype=bool)
    weight = np.where(usable, n, 0.0)
    total = weight.sum(axis=(1, 2))
    mean = (weight * np.where(usable, correlation, 0.0)).sum(axis=(1, 2)) / np.maximum(total, 1)
    return np.asarray(np.where(total > 0, mean, np.nan))


def _mean_of_others(own: FloatArray) -> FloatArray:
    return np.asarray(consensus_of_others(own[None, :])[0])


def _places(panel: Panel) -> FloatArray:
    """Return the place of each task in each reviewer's work (0, 1, ...); NaN where it is unknown."""
    when = panel.per_task("submitted_at")
    if np.isnan(when).all():
        when = panel.per_task("position")
    place = np.argsort(np.argsort(when, axis=0, kind="stable"), axis=0, kind="stable").astype(float)
    return np.where(np.isnan(when), np.nan, place)


def _without_trend(block: FloatArray, place: FloatArray) -> FloatArray:
    """Return deviations without a straight trend over the work, where the order is known."""
    given = ~np.isnan(block)
    timed = given & ~np.isnan(place)
    return np.where(timed, _detrended(block, place, timed), block)


def _detrended(block: FloatArray, place: FloatArray, usable: BoolArray) -> FloatArray:
    """Return each reviewer's numbers without mean and straight trend over the work; 0 where unusable."""
    values = np.where(usable, block, np.nan)
    level = np.where(usable, values - column_means(values), 0.0)
    times = np.where(usable, place, np.nan)
    centred = np.where(usable, times - column_means(times), 0.0)
    slope = (level * centred).sum(axis=0) / np.maximum((centred**2).sum(axis=0), _DUST)
    return np.where(usable, level - slope * centred, 0.0)
