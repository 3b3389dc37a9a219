"""From count patterns to a number with its interval: jackknife and bootstrap over tasks.

Tasks are what was sampled, so tasks are left out or drawn again, never single ratings.
Tasks with the same pattern are interchangeable: a jackknife needs one replicate per
pattern, a bootstrap draws how often each pattern comes (a multinomial), and both give
exactly what the same procedure on single tasks gives.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypedDict

import numpy as np

from evalwidgets.analysis.arrays import FloatArray, Level
from evalwidgets.analysis.coefficients import Coefficient
from evalwidgets.analysis.intervals import Interval, student_t_quantile
from evalwidgets.analysis.patterns import CountPatterns
from evalwidgets.analysis.results import NO_INTERVAL, Estimate, counted
from evalwidgets.errors import RatingsError

IntervalMethod = Literal["jackknife", "bootstrap"]

# Numbers held at once (32 MB), so that wide scales cost time and not memory.
_BATCH = 1 << 22
# Below this a standard error is the dust of floating point.
_DUST = 1e-12
# With more undefined replicates than this the defined ones no longer tell the spread.
_UNDEFINED = 0.05


class IntervalOptions(TypedDict, total=False):
    """How an interval is made; every coefficient takes these by keyword (see `estimate`)."""

    interval: IntervalMethod
    confidence_level: float
    n_boot: int
    seed: int


@dataclass(frozen=True)
class _Spread:
    """An interval with how it was made, or none with why not."""

    interval: Interval | None
    method: str
    note: str = ""


def estimate(
    coefficient: Coefficient,
    patterns: CountPatterns,
    *,
    interval: IntervalMethod = "jackknife",
    confidence_level: float = 0.95,
    n_boot: int = 1000,
    seed: int = 0,
) -> Estimate:
    """Return a coefficient of the patterns with its interval.

    Parameters
    ----------
    coefficient : Coefficient
        What to compute.
    patterns : CountPatterns
        What to compute it from.
    interval : {"jackknife", "bootstrap"}
        Delete one task at a time, with Student's t on tasks - 1 degrees of freedom
        (needs no seed and covered best on small sets), or percentiles of `n_boot`
        draws of the tasks.
    confidence_level : float
        How often such an interval holds the true value.
    n_boot, seed : int
        For the bootstrap.

    Notes
    -----
    The interval speaks of other tasks with these reviewers, not of other reviewers.
    """
    used = patterns.paired() if coefficient.needs_pairs else patterns
    sums = total_terms(coefficient, used)
    value = float(coefficient.value(sums)) if used.n_tasks else math.nan
    if math.isnan(value):
        spread = _Spread(None, NO_INTERVAL, why_undefined(patterns))
    elif interval == "jackknife":
        spread = _jackknife(coefficient, used, sums, value, confidence_level)
    elif interval == "bootstrap":
        spread = _bootstrap(coefficient, used, confidence_level, n_boot, seed)
    else:
        msg = f"interval: expected 'jackknife' or 'bootstrap', got {interval!r}."
        raise RatingsError(msg)
    return Estimate(
        name=coefficient.name,
        estimate=None if math.isnan(value) else value,
        low=spread.interval.low if spread.interval else None,
        high=spread.interval.high if spread.interval else None,
        confidence_level=confidence_level,
        method=spread.method,
        n_tasks=used.n_tasks,
        n_reviewers=used.n_reviewers,
        n_ratings=used.n_ratings,
        left_out=used.left_out,
        note=spread.note,
    )


def total_terms(coefficient: Coefficient, patterns: CountPatterns) -> FloatArray:
    """Return the coefficient's terms summed over all tasks."""
    width = coefficient.terms(patterns.counts[:1]).shape[1]
    sums = np.zeros(width)
    for part in _batches(len(patterns.n), width):
        sums += patterns.n[part] @ coefficient.terms(patterns.counts[part])
    return sums


def jackknife_replicates(coefficient: Coefficient, patterns: CountPatterns, sums: FloatArray) -> FloatArray:
    """Return the coefficient without one task of each pattern, shape (patterns,)."""
    parts = [
        coefficient.value(sums - coefficient.terms(patterns.counts[part]))
        for part in _batches(len(patterns.n), len(sums))
    ]
    return np.concatenate(parts)


def bootstrap_replicates(
    coefficient: Coefficient, patterns: CountPatterns, *, n_boot: int, seed: int
) -> FloatArray:
    """Return the coefficient of `n_boot` draws of the tasks with replacement."""
    rng = np.random.default_rng(seed)
    tasks, width = patterns.n_tasks, coefficient.terms(patterns.counts[:1]).shape[1]
    values = []
    for draws in _batches(n_boot, max(len(patterns.n), width)):
        times = rng.multinomial(tasks, patterns.n / tasks, size=draws.stop - draws.start)
        sums = np.zeros((len(times), width))
        for part in _batches(len(patterns.n), width):
            sums += times[:, part] @ coefficient.terms(patterns.counts[part])
        values.append(coefficient.value(sums))
    return np.concatenate(values)


def why_undefined(patterns: CountPatterns) -> str:
    """Return the sentence for a coefficient that does not exist on these patterns."""
    if not patterns.n_tasks:
        return "There are no ratings"
    paired = patterns.paired()
    if patterns.n_reviewers < 2:
        return "Only one reviewer rated, and agreement needs two"
    if not paired.n_tasks:
        return "No task was rated by two reviewers, so there is nothing to compare"
    return (
        f"All {paired.n_ratings} ratings are the same ({only_level(paired)}): percent agreement is 1, "
        "and agreement beyond chance cannot be told from a scale that nobody used"
    )


def only_level(patterns: CountPatterns) -> Level:
    """Return the level that holds the most votes."""
    return patterns.levels[int(patterns.used.argmax())]


def _jackknife(
    coefficient: Coefficient,
    patterns: CountPatterns,
    sums: FloatArray,
    value: float,
    confidence_level: float,
) -> _Spread:
    n, weights = patterns.n_tasks, patterns.n
    if n < 2:
        return _Spread(None, NO_INTERVAL, "One task shows nothing of how tasks differ")
    replicates = jackknife_replicates(coefficient, patterns, sums)
    if np.isnan(replicates).any():
        return _Spread(None, NO_INTERVAL, "The number rests on a single task: it vanishes without it")
    centre = weights @ replicates / n
    error = math.sqrt((n - 1) / n * float(weights @ (replicates - centre) ** 2))
    if error < _DUST:
        return _Spread(None, NO_INTERVAL, _all_alike(n))
    half = student_t_quantile(0.5 + confidence_level / 2, n - 1) * error
    # No coefficient of agreement exceeds 1.
    return _Spread(Interval(value - half, min(1.0, value + half)), "delete-one-task jackknife with t")


def _bootstrap(
    coefficient: Coefficient,
    patterns: CountPatterns,
    confidence_level: float,
    n_boot: int,
    seed: int,
) -> _Spread:
    replicates = bootstrap_replicates(coefficient, patterns, n_boot=n_boot, seed=seed)
    defined = replicates[~np.isnan(replicates)]
    undefined = n_boot - len(defined)
    if undefined > _UNDEFINED * n_boot:
        note = f"{undefined} of {n_boot} bootstrap draws leave the number undefined"
        return _Spread(None, NO_INTERVAL, note)
    if np.ptp(defined) < _DUST:
        return _Spread(None, NO_INTERVAL, _all_alike(patterns.n_tasks))
    tail = (1 - confidence_level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    note = f"{undefined} of {n_boot} bootstrap draws were undefined and not used" if undefined else ""
    return _Spread(Interval(float(low), float(high)), f"bootstrap over tasks ({n_boot} draws)", note)


def _all_alike(n_tasks: int) -> str:
    return (
        f"The number is the same whichever tasks are taken, so {counted(n_tasks, 'task')} cannot show "
        "how much it would vary; read the interval of percent agreement"
    )


def _batches(n: int, width: int) -> Iterator[slice]:
    """Return slices of n rows that hold at most `_BATCH` numbers of this width."""
    step = max(1, _BATCH // max(width, 1))
    for start in range(0, n, step):
        yield slice(start, min(start + step, n))
