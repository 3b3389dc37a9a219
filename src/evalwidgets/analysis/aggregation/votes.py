"""The votes of each task in order of the scale: what consensus is counted from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import FloatArray, IntArray, Level
from evalwidgets.analysis.codes import CodedRatings
from evalwidgets.analysis.intervals import student_t_quantile


class Middle(NamedTuple):
    """Two answers of each task around its middle, and how sure they hold the median."""

    low: FloatArray
    high: FloatArray
    confidence: FloatArray


@dataclass(frozen=True, eq=False)
class TaskVotes:
    """The ratings of one criterion sorted by task and level, tasks without ratings left out.

    Parameters
    ----------
    tasks : Index
        Their names.
    task, level : array of shape (ratings,)
        Codes, in the order of the ratings.
    levels : tuple
        The declared levels.
    n, most, n_leading, first_lead : array of shape (tasks,)
        Ratings; votes of the most common answer; how many answers have as many; the
        first of them.
    """

    tasks: pd.Index
    task: IntArray
    level: IntArray
    levels: tuple[Level, ...]
    n: IntArray
    most: IntArray
    n_leading: IntArray
    first_lead: IntArray
    leads: tuple[IntArray, IntArray]
    """Task and level of every answer that leads its task."""

    def tied(self) -> list[tuple[Level, ...]]:
        """Return for each task the answers that share the lead, or an empty tuple."""
        shared: list[list[Level]] = [[] for _ in self.n]
        for task, level in zip(*(codes.tolist() for codes in self.leads), strict=True):
            if self.n_leading[task] > 1:
                shared[task].append(self.levels[level])
        return [tuple(one) for one in shared]

    def median(self) -> Middle:
        """Return the lower and the upper median."""
        return self._between((self.n - 1) // 2, self.n // 2, np.full(len(self.n), np.nan))

    def median_range(self, confidence_level: float) -> Middle:
        """Return the narrowest symmetrical order statistics that hold the median surely enough.

        Notes
        -----
        Where even the lowest and the highest rating do not reach the level they are
        given, with the confidence that they do reach: 1 - 2 (1/2)^n for n ratings.
        """
        depths = {int(n): _depth(int(n), confidence_level) for n in np.unique(self.n)}
        depth = np.array([depths[int(n)][0] for n in self.n], dtype=np.int64)
        confidence = np.array([depths[int(n)][1] for n in self.n])
        return self._between(depth, self.n - 1 - depth, confidence)

    def mean(self, confidence_level: float) -> tuple[FloatArray, FloatArray]:
        """Return the mean and half its interval, from the spread within all tasks; nan without."""
        value = self._values()
        mean = np.bincount(self.task, value) / np.maximum(self.n, 1)
        df = len(value) - len(self.n)
        if df < 1:
            return mean, np.full(len(mean), np.nan)
        error = math.sqrt(float(((value - mean[self.task]) ** 2).sum()) / df)
        return mean, student_t_quantile(0.5 + confidence_level / 2, df) * error / np.sqrt(self.n)

    def _values(self) -> FloatArray:
        return np.array(self.levels, dtype=float)[self.level]

    def _between(self, low: IntArray, high: IntArray, confidence: FloatArray) -> Middle:
        """Return the values at two ranks (from 0) of each task."""
        ordered = self._values()[np.lexsort((self.level, self.task))]
        start = np.cumsum(self.n) - self.n
        return Middle(ordered[start + low], ordered[start + high], confidence)


def count_votes(coded: CodedRatings) -> TaskVotes:
    """Return the votes of each task; scales of any width, because only given answers are counted."""
    present, task = np.unique(coded.task, return_inverse=True)
    wide = max(len(coded.levels), 1)
    cells, votes = np.unique(task * wide + coded.level, return_counts=True)
    of, level = np.divmod(cells, wide)
    n = np.bincount(task, minlength=len(present))
    most = np.zeros(len(present), dtype=np.int64)
    np.maximum.at(most, of, votes)
    lead = votes == most[of]
    first = np.zeros(len(present), dtype=np.int64)
    # From the last to the first, so that the first one stays.
    first[of[lead][::-1]] = level[lead][::-1]
    return TaskVotes(
        tasks=coded.tasks.take(present),
        task=task,
        level=coded.level,
        levels=coded.levels,
        n=n,
        most=most,
        n_leading=np.bincount(of[lead], minlength=len(present)),
        first_lead=first,
        leads=(of[lead], level[lead]),
    )


def _depth(n: int, confidence_level: float) -> tuple[int, float]:
    """Return how many ratings to leave off at each end, and how sure the rest holds the median."""
    depth, tail = 0, 0.5**n
    while 1 - 2 * (tail + math.comb(n, depth + 1) * 0.5**n) >= confidence_level:
        depth += 1
        tail += math.comb(n, depth) * 0.5**n
    return depth, max(0.0, 1 - 2 * tail)
