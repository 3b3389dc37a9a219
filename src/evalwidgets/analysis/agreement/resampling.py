"""From a number to the number with its interval: jackknife and bootstrap over tasks or clusters.

Tasks are what was sampled, so tasks are left out or drawn again, never single ratings;
where tasks share a source, whole clusters are. Units that are alike (tasks with the same
pattern of votes) are interchangeable: a jackknife needs one replicate per kind, a bootstrap
draws how often each kind comes (a multinomial), and both give exactly what the same
procedure on single units gives.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple, TypedDict

import numpy as np

from evalwidgets.analysis.agreement.clusters import Clusters
from evalwidgets.analysis.agreement.coefficients import Coefficient
from evalwidgets.analysis.agreement.patterns import CountPatterns
from evalwidgets.analysis.agreement.sums import Jackknifed, Resampled, batches
from evalwidgets.analysis.arrays import FloatArray, IntArray, Level
from evalwidgets.analysis.intervals import Interval, student_t_quantile
from evalwidgets.analysis.results import NO_INTERVAL, Estimate, LeftOut, counted
from evalwidgets.errors import RatingsError

IntervalMethod = Literal["jackknife", "bootstrap"]

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
    clusters: Clusters | None


class Evidence(NamedTuple):
    """What a number rests on."""

    n_tasks: int
    n_reviewers: int
    n_ratings: int
    left_out: tuple[LeftOut, ...] = ()


class Spread(NamedTuple):
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
    clusters: Clusters | None = None,
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
    clusters : mapping or Series, optional
        From each task to what it shares with others: clusters are left out or drawn
        instead of tasks. Patterns must have been counted with them.

    Raises
    ------
    RatingsError
        If the interval is unknown, or patterns were counted without their clusters.

    Notes
    -----
    The interval speaks of other tasks with these reviewers, not of other reviewers.
    Ten edits of one photograph say less than edits of ten: without `clusters` their
    interval is too narrow. With fewer than about ten clusters it is rough.
    """
    if clusters is not None and patterns.cluster is None:
        msg = (
            "clusters: these patterns were counted without clusters, which cannot be told from them. "
            "Use count_patterns(..., clusters=...)."
        )
        raise RatingsError(msg)
    used = patterns.paired() if coefficient.needs_pairs else patterns
    return estimate_of(
        coefficient.name,
        coefficient.of(used),
        Evidence(used.n_tasks, used.n_reviewers, used.n_ratings, used.left_out),
        lambda: why_undefined(patterns),
        interval=interval,
        confidence_level=confidence_level,
        n_boot=n_boot,
        seed=seed,
    )


def estimate_of(
    name: str,
    resampled: Resampled,
    evidence: Evidence,
    why: Callable[[], str],
    *,
    interval: IntervalMethod = "jackknife",
    confidence_level: float = 0.95,
    n_boot: int = 1000,
    seed: int = 0,
    clusters: Clusters | None = None,  # noqa: ARG001 - already in the units of `resampled`
) -> Estimate:
    """Return a number with its interval; `why` says why it is not defined, if it is not."""
    if interval not in ("jackknife", "bootstrap"):
        msg = f"interval: expected 'jackknife' or 'bootstrap', got {interval!r}."
        raise RatingsError(msg)
    whole = resampled.whole() if evidence.n_tasks else math.nan
    if math.isnan(whole):
        spread = Spread(None, NO_INTERVAL, why())
    elif interval == "jackknife":
        spread = jackknife(resampled, whole, confidence_level)
    else:
        spread = bootstrap(resampled, confidence_level, n_boot, seed)
    return with_spread(name, whole, spread, evidence, confidence_level)


def with_spread(
    name: str, whole: float, spread: Spread, evidence: Evidence, confidence_level: float
) -> Estimate:
    """Return the estimate of a number (nan where it is not defined) and what is known of its spread."""
    low, high = spread.interval or (None, None)
    return Estimate(
        name=name,
        estimate=None if math.isnan(whole) else whole,
        low=low,
        high=high,
        confidence_level=confidence_level,
        method=spread.method,
        note=spread.note,
        **evidence._asdict(),
    )


def jackknife(resampled: Jackknifed, whole: float, confidence_level: float) -> Spread:
    """Return the interval from leaving out one unit at a time, with Student's t."""
    unit = _unit(resampled)
    if resampled.units.sum() < 2:
        return Spread(None, NO_INTERVAL, f"One {unit} shows nothing of how {unit}s differ")
    return jackknife_spread(resampled.without(), resampled.units, whole, confidence_level, unit=unit)


def jackknife_spread(
    without: FloatArray,
    units: IntArray,
    whole: float,
    confidence_level: float,
    *,
    unit: str = "task",
    most: float = 1.0,
) -> Spread:
    """Return the jackknife interval of replicates, one for each kind of unit.

    Parameters
    ----------
    without : array of shape (kinds,)
        The number without one unit of each kind.
    units : array of shape (kinds,)
        How many units of each kind there are; two or more in all.
    whole : float
        The number with all units.
    confidence_level : float
        Of the interval.
    unit : str
        What sentences call a unit.
    most : float
        What the number cannot exceed; 1 for coefficients of agreement.
    """
    n = int(units.sum())
    if np.isnan(without).any():
        return Spread(None, NO_INTERVAL, f"The number rests on a single {unit}: it vanishes without it")
    centre = units @ without / n
    error = math.sqrt((n - 1) / n * float(units @ (without - centre) ** 2))
    if error < _DUST * math.sqrt(n):
        return Spread(None, NO_INTERVAL, _all_alike(n, unit))
    half = student_t_quantile(0.5 + confidence_level / 2, n - 1) * error
    return Spread(Interval(whole - half, min(most, whole + half)), f"delete-one-{unit} jackknife with t")


def bootstrap(resampled: Resampled, confidence_level: float, n_boot: int, seed: int) -> Spread:
    """Return the percentiles of `n_boot` draws of the units with replacement."""
    replicates = bootstrap_replicates(resampled, n_boot=n_boot, seed=seed)
    defined = replicates[~np.isnan(replicates)]
    undefined = n_boot - len(defined)
    unit = _unit(resampled)
    if undefined > _UNDEFINED * n_boot:
        note = f"{undefined} of {n_boot} bootstrap draws leave the number undefined"
        return Spread(None, NO_INTERVAL, note)
    if np.ptp(defined) < _DUST:
        return Spread(None, NO_INTERVAL, _all_alike(int(resampled.units.sum()), unit))
    tail = (1 - confidence_level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    note = f"{undefined} of {n_boot} bootstrap draws were undefined and not used" if undefined else ""
    return Spread(Interval(float(low), float(high)), f"bootstrap over {unit}s ({n_boot} draws)", note)


def bootstrap_replicates(resampled: Resampled, *, n_boot: int, seed: int) -> FloatArray:
    """Return the number of `n_boot` draws of the units with replacement."""
    rng = np.random.default_rng(seed)
    return np.concatenate(
        [
            resampled.drawn(drawn_times(resampled.units, part.stop - part.start, rng))
            for part in batches(n_boot, max(len(resampled.units), resampled.width))
        ]
    )


def drawn_times(units: IntArray, n_boot: int, rng: np.random.Generator) -> IntArray:
    """Return how often each kind comes in draws of all units with replacement."""
    n, kinds = int(units.sum()), len(units)
    if n > 2 * kinds:
        return rng.multinomial(n, units / n, size=n_boot)
    # Hardly any units are alike: drawing them one by one is many times cheaper.
    kind = np.repeat(np.arange(kinds), units)
    cell = kind[rng.integers(n, size=(n_boot, n))] + kinds * np.arange(n_boot)[:, None]
    return np.bincount(cell.ravel(), minlength=n_boot * kinds).reshape(n_boot, kinds)


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


def _unit(resampled: Jackknifed) -> str:
    return "cluster" if resampled.clustered else "task"


def _all_alike(n: int, unit: str) -> str:
    return (
        f"The number is the same whichever {unit}s are taken, so {counted(n, unit)} cannot show "
        "how much it would vary; read the interval of percent agreement"
    )
