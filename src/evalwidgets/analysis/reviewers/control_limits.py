"""Control limits: how far a period may lie from the baseline by chance alone."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from scipy.special import betaln

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import student_t_quantile


class Limits(NamedTuple):
    """A line over the periods and the two limits it should stay within."""

    centre: float
    line: FloatArray
    low: FloatArray
    high: FloatArray


def ewma_limits(
    means: FloatArray,
    n: FloatArray,
    *,
    sigma: float,
    df: int,
    baseline: int,
    weight: float,
    width: float,
) -> Limits:
    """Return the exponentially weighted mean of periods and its exact limits.

    Parameters
    ----------
    means, n : array of shape (periods,)
        The mean of each period and of how many tasks.
    sigma, df : float, int
        The standard deviation of single tasks, and on how many degrees of freedom.
    baseline : int
        The centre line is the mean of this many first periods.
    weight : float
        The share of the newest period (lambda), 0 to 1.
    width : float
        Half the width of the limits in standard errors (L).

    Notes
    -----
    The line and the centre are both weighted sums of the same period means, so the
    variance of their difference is exact for unequal n: it counts that the baseline is
    itself an estimate, and grows over the first periods as it should. For few degrees
    of freedom `width` is widened to the same tail of Student's t.
    Source: Roberts (1959), Technometrics 1, 239-250; Lucas & Saccucci (1990),
    Technometrics 32, 1-12, for the choice of weight and width.
    """
    periods = len(means)
    base = np.where(np.arange(periods) < baseline, n, 0.0)
    base /= base.sum()
    ages = np.subtract.outer(np.arange(periods), np.arange(periods))
    recent = np.where(ages >= 0, weight * (1 - weight) ** np.maximum(ages, 0), 0.0)
    # The line starts at the centre: what the periods so far do not weigh, the baseline does.
    combined = recent + (1 - recent.sum(axis=1, keepdims=True)) * base
    error = sigma * np.sqrt((combined - base) ** 2 @ (1 / n))
    half = student_t_quantile(NormalDist().cdf(width), df) * error
    centre = float(base @ means)
    return Limits(centre, combined @ means, centre - half, centre + half)


def rate_limits(
    right: FloatArray, n: FloatArray, *, baseline: int, design_effect: float, width: float
) -> Limits:
    """Return the rate of each period and limits by its n (a p-chart).

    Parameters
    ----------
    right, n : array of shape (periods,)
        How many ratings of how many.
    baseline : int
        The centre line is the rate of this many first periods.
    design_effect : float
        How many ratings are worth one: ratings of a task hang together.
    width : float
        Half the width in standard errors of a normal; the same tail is taken here.

    Notes
    -----
    The textbook limits (centre ± 3 s.e.) are wrong near 0 and 1, where these rates
    lie: with a baseline of 40 right of 40 they have no width, and one miss alarms. So
    the limits are the tails of the beta-binomial prediction from the baseline (with
    half a success and half a failure added, Jeffreys): exact in n, and wider when the
    baseline is short.
    """
    alpha, beta = (float(counts[:baseline].sum()) / design_effect + 0.5 for counts in (right, n - right))
    tail = NormalDist().cdf(-width)
    trials = np.maximum(1, np.rint(n / design_effect)).astype(np.int64)
    ends = {size: _prediction(int(size), alpha, beta, tail) for size in np.unique(trials)}
    low, high = np.array([ends[size] for size in trials], dtype=float).reshape(-1, 2).T
    centre = float(right[:baseline].sum() / n[:baseline].sum())
    return Limits(centre, right / n, low, high)


def _prediction(trials: int, alpha: float, beta: float, tail: float) -> tuple[float, float]:
    """Return the lowest and highest rate that are not in the tails of a beta-binomial."""
    k = np.arange(trials + 1)
    choose = -betaln(trials - k + 1, k + 1) - np.log(trials + 1)
    chances = np.exp(choose + betaln(k + alpha, trials - k + beta) - betaln(alpha, beta))
    below = np.cumsum(chances)
    low = int(np.searchsorted(below, tail))
    high = int(np.searchsorted(below, 1 - tail))
    # Half a rating beyond: the rate of unequal sizes falls between the whole numbers.
    return max(0.0, (low - 0.5) / trials), min(1.0, (high + 0.5) / trials)
