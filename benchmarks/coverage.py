"""Simulates how often our 95 % intervals hold the true value, and how wide they are.

Tasks are drawn anew in each simulation, reviewers answer independently given the task, and
the true value is that of a very large sample. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple

import numpy as np

from evalwidgets.analysis import gwet_ac2, krippendorff_alpha, percent_agreement
from evalwidgets.analysis.agreement.patterns import CountPatterns, patterns_of_counts
from evalwidgets.analysis.agreement.resampling import Evidence, estimate_of
from evalwidgets.analysis.agreement.weights import agreement_weights
from evalwidgets.analysis.gold.gold_cells import kappa_of_tables
from evalwidgets.analysis.intervals import clustered_rate, wilson_interval
from evalwidgets.analysis.results import Estimate

_LEVELS = (1, 2, 3, 4, 5)
_FLAT = (0.2, 0.2, 0.2, 0.2, 0.2)
_SHARES = {"flat": _FLAT, "skewed": (0.04, 0.06, 0.75, 0.09, 0.06)}
_EASY, _HARD = 0.9, 0.45  # how often a reviewer is right; half of the tasks are hard
_SPREAD = (0.35, 1.0)  # standard deviation of ordinal answers on easy and on hard tasks
_MANY = 200_000  # tasks of the sample that the true value is taken from
_LEVEL = 0.95


class Sample(NamedTuple):
    """One simulated set of tasks."""

    truth: np.ndarray
    """The true level of each task, as codes."""
    given: np.ndarray
    """The answers, shape (tasks, reviewers)."""
    seed: int
    """Of what an interval draws."""


@dataclass(frozen=True)
class World:
    """Where tasks and answers come from.

    Parameters
    ----------
    shares : str
        How the true levels are spread: flat, skewed, or any where it does not matter.
    reviewers : int
        Who all rate every task.
    ordinal : bool
        Whether wrong answers lie near the true one.
    """

    shares: str
    reviewers: int
    ordinal: bool

    def draw(self, tasks: int, rng: np.random.Generator) -> Sample:
        """Return tasks drawn anew, with their answers."""
        k = len(_LEVELS)
        truth = rng.choice(k, size=tasks, p=_SHARES.get(self.shares, _FLAT))
        hard = rng.integers(2, size=tasks)
        shape = (tasks, self.reviewers)
        if self.ordinal:
            spread = np.array(_SPREAD)[hard][:, None]
            given = np.rint(truth[:, None] + spread * rng.standard_normal(shape))
            given = np.clip(given, 0, k - 1).astype(np.int64)
            return Sample(truth, given, int(rng.integers(2**32)))
        right = rng.random(shape) < np.array([_EASY, _HARD])[hard][:, None]
        other = (truth[:, None] + rng.integers(1, k, size=shape)) % k
        given = np.where(right, truth[:, None], other)
        return Sample(truth, given, int(rng.integers(2**32)))


Ends = tuple[float, float] | None
"""An interval, or None where there is none."""


@dataclass(frozen=True)
class Method:
    """One statistic with one interval."""

    statistic: str
    interval: str
    ordinal: bool
    whole: Callable[[Sample], float]
    ends: Callable[[Sample], Ends]
    draws: bool = False
    """Whether it draws, and is slow."""
    alone: bool = False
    """Whether it is of one reviewer, so that the number of reviewers does not matter."""
    by_shares: bool = True
    """Whether the spread of the true levels matters; being right or alike does not depend on it."""


def methods(n_boot: int) -> list[Method]:
    """Return all statistics with all their intervals."""
    coefficients: dict[str, tuple[bool, Callable[..., Estimate]]] = {
        "alpha, nominal": (False, krippendorff_alpha),
        "alpha, ordinal": (True, _ordinal_alpha),
        "AC2, quadratic": (True, gwet_ac2),
        "percent agreement": (False, percent_agreement),
    }
    return [
        *(
            _coefficient(name, statistic, ordinal, interval, n_boot)
            for name, (ordinal, statistic) in coefficients.items()
            for interval in ("jackknife", "bootstrap")
        ),
        Method("kappa with gold, all", "jackknife", True, _kappa, _kappa_ends),
        Method("kappa with gold, one reviewer", "jackknife", True, _kappa, _kappa_ends, alone=True),
        Method("rate right, all", "clustered Wilson", False, _rate, _clustered_ends, by_shares=False),
        Method("rate right, all", "plain Wilson", False, _rate, _wilson_ends, by_shares=False),
        Method(
            "rate right, one reviewer",
            "plain Wilson",
            False,
            _rate,
            _wilson_ends,
            alone=True,
            by_shares=False,
        ),
    ]


def _ordinal_alpha(patterns: CountPatterns, **how: object) -> Estimate:
    return krippendorff_alpha(patterns, level="ordinal", **how)


def _coefficient(
    name: str, statistic: Callable[..., Estimate], ordinal: bool, interval: str, n_boot: int
) -> Method:
    def ends(sample: Sample) -> Ends:
        how = {"interval": interval, "n_boot": n_boot, "seed": sample.seed}
        return _ends_of(statistic(_patterns(sample.given), levels=_LEVELS, **how))

    def whole(sample: Sample) -> float:
        return statistic(_patterns(sample.given), levels=_LEVELS).estimate

    return Method(
        name,
        interval,
        ordinal,
        whole,
        ends,
        draws=interval == "bootstrap",
        by_shares=name != "percent agreement",
    )


def _patterns(given: np.ndarray) -> CountPatterns:
    tasks, k = len(given), len(_LEVELS)
    cell = np.arange(tasks)[:, None] * k + given
    counts = np.bincount(cell.ravel(), minlength=tasks * k).reshape(tasks, k)
    return patterns_of_counts(counts, levels=_LEVELS, n_reviewers=given.shape[1])


def _kappa_of(sample: Sample) -> Estimate:
    tasks, k = len(sample.given), len(_LEVELS)
    cell = (np.arange(tasks)[:, None] * k + sample.truth[:, None]) * k + sample.given
    tables = np.bincount(cell.ravel(), minlength=tasks * k * k).reshape(tasks, k * k)
    kappa = kappa_of_tables(tables, np.ones(tasks, dtype=np.int64), agreement_weights(_LEVELS, "quadratic"))
    evidence = Evidence(tasks, sample.given.shape[1], sample.given.size)
    return estimate_of("Kappa with gold", kappa, evidence, lambda: "Gold and all answers are the same")


def _kappa(sample: Sample) -> float:
    return _kappa_of(sample).estimate


def _kappa_ends(sample: Sample) -> Ends:
    return _ends_of(_kappa_of(sample))


def _ends_of(estimate: Estimate) -> Ends:
    return None if estimate.low is None else (estimate.low, estimate.high)


def _right(sample: Sample) -> np.ndarray:
    """Return how many answers of each task are right."""
    return (sample.given == sample.truth[:, None]).sum(axis=1).astype(float)


def _rate(sample: Sample) -> float:
    return float(_right(sample).sum() / sample.given.size)


def _clustered_ends(sample: Sample) -> Ends:
    tasks, reviewers = sample.given.shape
    return clustered_rate(_right(sample), np.full(tasks, float(reviewers)), _LEVEL)


def _wilson_ends(sample: Sample) -> Ends:
    return wilson_interval(float(_right(sample).sum()), sample.given.size, _LEVEL)


@dataclass(frozen=True)
class Covered:
    """How often intervals held the true value."""

    rate: float
    width: float
    given: int
    """How many simulations have an interval."""
    simulations: int

    def __str__(self) -> str:
        """Return for example ".923 (.41)", with what is below 95 % by more than chance marked."""
        if not self.given:
            return "no interval"
        error = (_LEVEL * (1 - _LEVEL) / self.given) ** 0.5
        low = "*" if self.rate < _LEVEL - 2 * error else ""
        absent = self.simulations - self.given
        without = f", {absent} without" if absent else ""
        return f"{self.rate:.3f}{low} ({self.width:.2f}{without})"


def covered(method: Method, world: World, tasks: int, simulations: int, seed: int) -> Covered:
    """Return how often the intervals of this many simulations hold the true value."""
    true = method.whole(world.draw(_MANY, np.random.default_rng([seed, 0])))
    rng = np.random.default_rng([seed, 1, tasks])
    intervals = [method.ends(world.draw(tasks, rng)) for _ in range(simulations)]
    kept = np.array([ends for ends in intervals if ends is not None]).reshape(-1, 2)
    held = (kept[:, 0] <= true) & (true <= kept[:, 1])
    if not len(kept):
        return Covered(float("nan"), float("nan"), 0, simulations)
    return Covered(float(held.mean()), float(np.ptp(kept, axis=1).mean()), len(kept), simulations)


def table(given: argparse.Namespace) -> Iterator[str]:
    """Give the lines of the table, each when it is ready."""
    yield f"| statistic | interval | levels | reviewers | {' | '.join(f'{n} tasks' for n in given.tasks)} |"
    yield f"|---|---|---|---:|{'---|' * len(given.tasks)}"
    for method in methods(given.draws):
        simulations = given.drawn_simulations if method.draws else given.simulations
        reviewers = (1,) if method.alone else given.reviewers
        for shares, people in product(_SHARES if method.by_shares else ("any",), reviewers):
            world = World(shares, people, method.ordinal)
            cells = [str(covered(method, world, tasks, simulations, given.seed)) for tasks in given.tasks]
            yield f"| {method.statistic} | {method.interval} | {shares} | {people} | {' | '.join(cells)} |"


def main() -> int:
    """Run the simulation and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run: too few simulations to judge by")
    parser.add_argument("--tasks", type=int, nargs="+", default=[20, 50, 100])
    parser.add_argument("--reviewers", type=int, nargs="+", default=[3, 8])
    parser.add_argument("--simulations", type=int, default=2000, help="of each case (default: 2000)")
    parser.add_argument("--drawn-simulations", type=int, default=1000, help="with bootstrap (default: 1000)")
    parser.add_argument("--draws", type=int, default=1000, help="of one bootstrap (default: 1000)")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if given.quick:
        given.simulations, given.drawn_simulations, given.draws = 50, 10, 200
    print(f"{date.today()}, {platform.platform()}, {os.cpu_count()} cores, numpy {np.__version__}")
    errors = [(_LEVEL * (1 - _LEVEL) / n) ** 0.5 for n in (given.simulations, given.drawn_simulations)]
    print(
        f"Share of {given.simulations} simulations ({given.drawn_simulations} with bootstrap) whose interval "
        f"holds the true value, and its mean width. Monte Carlo error {errors[0]:.3f} ({errors[1]:.3f}); "
        "* is below 0.95 by more than two of it.\n"
    )
    begun = time.process_time()
    for line in table(given):
        print(line, flush=True)
    print(f"\n{time.process_time() - begun:.0f} CPU s, seed {given.seed}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
