"""Intervals that need no resampling: Wilson for rates, Student's t, clustered rates."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from evalwidgets.analysis.arrays import FloatArray


class Interval(NamedTuple):
    """The two ends of an interval."""

    low: float
    high: float

    def excludes(self, value: float) -> bool:
        """Return whether the value lies outside."""
        return value < self.low or value > self.high


def wilson_interval(successes: float, n: float, confidence_level: float = 0.95) -> Interval:
    """Return the score interval of a rate.

    Parameters
    ----------
    successes, n : float
        How many of how many; an effective n need not be whole.
    confidence_level : float
        How often such an interval holds the true rate.

    Returns
    -------
    Interval
        Within 0 and 1. With n = 0 it is the whole of 0 to 1: nothing is known.

    Notes
    -----
    Unlike the textbook p ± 1.96 s.e. it never leaves 0..1 and never shrinks to a
    point: 5 of 5 gives 0.57 to 1. It assumes independent trials; for several ratings
    of one task see `clustered_rate`. Source: Wilson (1927), JASA 22, 209-212.
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence_level / 2)
    rate = successes / n
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    # At 0 and at n the formula gives exactly 0 and 1; floats may miss it by an ulp.
    low = 0.0 if successes <= 0 else max(0.0, centre - half)
    high = 1.0 if successes >= n else min(1.0, centre + half)
    return Interval(low, high)


def clustered_rate(successes: FloatArray, sizes: FloatArray, confidence_level: float = 0.95) -> Interval:
    """Return the Wilson interval of a rate whose trials come in clusters (tasks).

    Parameters
    ----------
    successes, sizes : array of shape (clusters,)
        Successes and trials of each cluster.
    confidence_level : float
        As in `wilson_interval`.

    Notes
    -----
    Ratings of one task rise and fall together, so n ratings are worth fewer than n
    trials. The variance between clusters gives the design effect, n is divided by it
    (never below 1), and Wilson takes the rest. With every rating alike the design
    effect cannot be seen and n is the number of clusters, the cautious end. One
    trial a cluster gives Wilson itself. Source: Rao & Scott (1992), Biometrics 48,
    577-585; Kish (1965) for the design effect.
    """
    n, won = float(sizes.sum()), float(successes.sum())
    if n == 0:
        return wilson_interval(0, 0, confidence_level)
    rate, clusters = won / n, len(sizes)
    if rate in (0.0, 1.0):
        return wilson_interval(rate * clusters, clusters, confidence_level)
    between = float(((successes - rate * sizes) ** 2).sum()) / n**2
    design_effect = max(1.0, between / (rate * (1 - rate) / n))
    return wilson_interval(won / design_effect, n / design_effect, confidence_level)


def rate_over_tasks(hit: Any, task: Any, confidence_level: float = 0.95) -> Interval:
    """Return the interval of a share of ratings, tasks being the clusters.

    Parameters
    ----------
    hit, task : array or Series of shape (ratings,)
        Whether each rating counts, and the task that it is of.
    confidence_level : float
        As in `wilson_interval`.
    """
    codes, tasks = pd.factorize(np.asarray(task))
    won = np.bincount(codes, weights=np.asarray(hit, dtype=np.float64), minlength=len(tasks))
    sizes = np.bincount(codes, minlength=len(tasks))
    return clustered_rate(won.astype(np.float64), sizes.astype(np.float64), confidence_level)


def jackknife_error(without: FloatArray) -> FloatArray:
    """Return the standard error of numbers from what they are without each unit, the first axis.

    Notes
    -----
    Source: Tukey (1958); Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11.
    """
    n = len(without)
    return np.asarray(np.sqrt((n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0)))


def student_t_quantile(probability: float, df: float) -> float:
    """Return the quantile of Student's t distribution with `df` degrees of freedom."""
    if not 0 < probability < 1 or df <= 0:
        msg = f"expected 0 < probability < 1 and df > 0, got {probability!r} and {df!r}"
        raise ValueError(msg)
    return float(stdtrit(df, probability))
