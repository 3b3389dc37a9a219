"""How many gold tasks are enough? What a verdict on n of them is worth, by exact sums."""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binom

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.gold.accuracy import verdict_on
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.results import ResultTable
from evalwidgets.errors import RatingsError

SIZES = (10, 20, 40, 60, 80, 120)
"""Gold tasks that a plan compares by default."""
MOST = 2000
"""More gold tasks than this are not looked for."""
RATES = tuple(round(0.5 + step / 100, 2) for step in range(51))
"""True rates that a plan looks at by default: 50 % to 100 %."""


@dataclass(frozen=True, eq=False, repr=False)
class GoldPlan(ResultTable):
    """What verdicts on n gold tasks are worth, for reviewers of known true rate.

    Columns of `rows`, one row per `n_tasks` and true `rate`: the probabilities of
    `passed`, `not_yet` and `not_enough` evidence by our rule (the whole interval above
    or below the target), and `passed_by_point`, of reaching the target by the plain
    percentage.
    """

    target: float
    half_width: float
    n_needed: int
    """Gold tasks that tell a rate at the target to within the half-width."""

    @property
    def finding(self) -> str:
        """How many gold tasks the margin takes, and how often luck decides with the fewest."""
        fewest = int(self.rows["n_tasks"].min())
        weak = max(0.0, self.target - 0.1)
        lucky = float(binom.sf(_reaching(fewest, self.target) - 1, fewest, weak))
        return (
            f"Telling {self.target:.0%} to within {self.half_width * 100:g} points takes {self.n_needed} "
            f"gold tasks; with {fewest}, a reviewer who is right {weak:.0%} of the time reaches the bar "
            f"by luck in {lucky:.0%} of tries"
        )

    def _shown(self) -> pd.DataFrame:
        tens = (self.rows["rate"] * 20).round(6) % 1 == 0
        return self.rows[tens].round(2)


def plan_gold(
    target: float = 0.8,
    *,
    half_width: float = 0.1,
    sizes: Sequence[int] = SIZES,
    rates: Sequence[float] = RATES,
    min_tasks: int = 10,
    confidence_level: float = 0.95,
) -> GoldPlan:
    """Return how likely each verdict is on n gold tasks, for reviewers of known true rate.

    Parameters
    ----------
    target : float
        The share of answers that should be within tolerance of gold.
    half_width : float
        The margin that `n_needed` is for.
    sizes : sequence of int
        Numbers of gold tasks to compare.
    rates : sequence of float
        True rates of reviewers.
    min_tasks : int
        Fewer gold tasks never make a verdict, as in `gold_accuracy`.
    confidence_level : float
        Of the Wilson interval on which the verdict rests.

    Raises
    ------
    RatingsError
        If a number is out of range.

    Notes
    -----
    Read a row as "of 100 reviewers whose true rate is this, so many pass". A plain bar of
    80 % on 10 tasks passes 38 % of those who are right 70 % of the time and fails 18 % of
    those who are right 85 %. Our rule passes hardly any of the former; its price is "not
    enough evidence", which more tasks resolve. It speaks of one criterion, one answer per
    task, tasks drawn like those to come; answers of one task on several criteria hang
    together and are worth fewer. Exact binomial sums.
    """
    _check_share("target", target)
    if not sizes or min(sizes) < 1:
        msg = f"sizes: expected numbers of gold tasks from 1 on, got {list(sizes)}."
        raise RatingsError(msg)
    if not rates or not all(0 <= rate <= 1 for rate in rates):
        msg = f"rates: expected true rates from 0 to 1, got {list(rates)}. Write 0.8 for 80 %."
        raise RatingsError(msg)
    p = np.asarray(rates, dtype=np.float64)
    parts = [_chances(n, target, p, min_tasks, confidence_level) for n in dict.fromkeys(sizes)]
    return GoldPlan(
        rows=pd.concat(parts, ignore_index=True),
        left_out=(),
        confidence_level=confidence_level,
        method="exact binomial sums over Wilson verdicts",
        target=target,
        half_width=half_width,
        n_needed=gold_tasks_needed(target, half_width, confidence_level=confidence_level),
    )


def gold_tasks_needed(target: float = 0.8, half_width: float = 0.1, *, confidence_level: float = 0.95) -> int:
    """Return the fewest gold tasks that tell a rate near the target to within a margin.

    Parameters
    ----------
    target : float
        The rate that reviewers should reach, between 0 and 1.
    half_width : float
        Half the width of the Wilson interval there.
    confidence_level : float
        Of that interval.

    Raises
    ------
    RatingsError
        If a number is out of range, or more than 2,000 tasks would be needed.

    Notes
    -----
    For one criterion and one reviewer, one answer per task. At 80 % the margin is 23
    points with 10 tasks, 17 with 20, 12 with 40, 9 with 80.
    """
    _check_share("target", target)
    _check_share("half_width", half_width)
    for n in range(1, MOST + 1):
        interval = wilson_interval(target * n, n, confidence_level)
        if (interval.high - interval.low) / 2 <= half_width:
            return n
    msg = (
        f"half_width={half_width:g}: not even {MOST} gold tasks tell a rate so exactly. Allow a wider margin."
    )
    raise RatingsError(msg)


def gold_tasks_for_verdict(
    target: float = 0.8,
    rate: float = 0.9,
    *,
    probability: float = 0.8,
    min_tasks: int = 10,
    confidence_level: float = 0.95,
) -> int:
    """Return the fewest gold tasks on which a reviewer probably gets the right verdict.

    Parameters
    ----------
    target : float
        The rate that reviewers should reach.
    rate : float
        The reviewer's true rate: above the target the right verdict is *pass*, below it
        *not yet*.
    probability : float
        How likely the right verdict should be.
    min_tasks, confidence_level
        As in `plan_gold`.

    Raises
    ------
    RatingsError
        If the true rate is the target, where no number of tasks decides, or lies so near
        that more than 2,000 would be needed.

    Notes
    -----
    Counts are whole, so a few tasks more can make the right verdict slightly less likely
    again; the answer is the first number that reaches the probability. Target 80 %: who
    is right 90 % of the time needs 100 tasks, who is right 95 % needs 40.
    """
    _check_share("target", target)
    _check_share("probability", probability)
    if rate == target or not 0 <= rate <= 1:
        msg = f"rate: expected a true rate from 0 to 1 other than the target {target:g}, got {rate:g}."
        raise RatingsError(msg)
    for n in range(max(min_tasks, 1), MOST + 1):
        below, passing = _bounds(n, target, min_tasks, confidence_level)
        chance = binom.sf(passing - 1, n, rate) if rate > target else binom.cdf(below, n, rate)
        if chance >= probability:
            return n
    msg = f"rate={rate:g}: not even {MOST} gold tasks tell it from the target {target:g} so surely."
    raise RatingsError(msg)


def _chances(n: int, target: float, p: FloatArray, min_tasks: int, confidence_level: float) -> pd.DataFrame:
    below, passing = _bounds(n, target, min_tasks, confidence_level)
    passed, not_yet = binom.sf(passing - 1, n, p), binom.cdf(below, n, p)
    return pd.DataFrame(
        {
            "n_tasks": n,
            "rate": p,
            "passed": passed,
            "not_yet": not_yet,
            "not_enough": 1 - passed - not_yet,
            "passed_by_point": binom.sf(_reaching(n, target) - 1, n, p),
        }
    )


def _bounds(n: int, target: float, min_tasks: int, confidence_level: float) -> tuple[int, int]:
    """Return the most right answers of n that are "not yet", and the fewest that pass.

    -1 and n + 1 where no count gets that verdict. Both ends of the interval grow with the
    count, so each bound is found by halving.
    """

    def verdict(right: int) -> str:
        return verdict_on(wilson_interval(right, n, confidence_level), target, n, min_tasks)

    below = _first(n, lambda right: verdict(right) != "not yet") - 1
    return below, _first(n, lambda right: verdict(right) == "pass")


def _first(n: int, holds: Callable[[int], bool]) -> int:
    """Return the smallest count from 0 to n for which it holds, n + 1 if it never does."""
    return bisect.bisect_left(range(n + 1), 1, key=lambda count: int(holds(count)))


def _reaching(n: int, target: float) -> int:
    """Return the fewest right answers of n whose plain percentage reaches the target."""
    # 0.8 * 10 is 8.000000000000002 in floats, and 8 of 10 do reach 80 %.
    return math.ceil(target * n - 1e-9)


def _check_share(name: str, value: float) -> None:
    if not 0 < value < 1:
        msg = f"{name}: expected a share between 0 and 1, got {value!r}. Write 0.8 for 80 %."
        raise RatingsError(msg)
