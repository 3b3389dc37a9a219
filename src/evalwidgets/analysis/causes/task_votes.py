"""How many reviewers gave each answer to each task: what spread, medians and sides are counted from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE
from evalwidgets.analysis.arrays import FloatArray, IntArray, Level
from evalwidgets.analysis.codes import level_codes
from evalwidgets.analysis.numbers import level_text
from evalwidgets.analysis.scales import FEW_LEVELS, Scale

_TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, eq=False)
class TaskVotes:
    """The votes on one criterion.

    Parameters
    ----------
    scale : Scale
        The criterion.
    levels : tuple
        The declared levels, or those that occur on an open scale.
    tasks : Index
        The tasks that were answered.
    counts : array of shape (tasks, levels + 1)
        How many gave each level; the last column is "not applicable".
    """

    scale: Scale
    levels: tuple[Level, ...]
    tasks: pd.Index
    counts: IntArray

    def distances(self) -> pd.Series[float]:
        """Return the mean distance of pairs, "not applicable" being 1 from everything else."""
        apart = 1 - np.eye(len(self.levels) + 1)
        if self.scale.is_numeric and self.levels:
            values = np.array(self.levels, dtype=float)
            length = self.scale.length or float(np.ptp(values)) or 1.0
            apart[:-1, :-1] = np.abs(values[:, None] - values[None, :]) / length
        n = self.counts.sum(axis=1)
        total = ((self.counts @ apart) * self.counts).sum(axis=1) / 2
        mean = np.where(n > 1, total / np.maximum(n * (n - 1) / 2, 1), np.nan)
        return pd.Series(mean, index=self.tasks)

    def typical(self) -> pd.Series[Level]:
        """Return the median level, or without order the answer given most, the first of equals.

        NaN (or None) where nobody gave any.
        """
        given = self.counts[:, :-1]
        if self.scale.is_numeric and self.levels:
            return pd.Series(_medians(given, np.array(self.levels, dtype=float)), index=self.tasks)
        levels = np.empty(len(self.levels) + 1, dtype=object)
        levels[:-1] = self.levels
        none = len(self.levels)
        most = np.where(given.any(axis=1), given.argmax(axis=1), none) if none else np.zeros(len(given), int)
        return pd.Series(levels[most], index=self.tasks, dtype=object)

    def smaller_side(self) -> pd.Series[int]:
        """Return how many stand on the smaller of two sides that lie clearly apart, 0 without two.

        On a scale with order the sides have a whole level between them (none on scales of
        three levels or fewer); without order they gave different answers.
        """
        given = self.counts[:, :-1]
        if not (self.scale.is_numeric and self.levels):
            ranked = np.sort(self.counts, axis=1)
            return pd.Series(ranked[:, -2] if ranked.shape[1] > 1 else 0, index=self.tasks)
        step = 1 if len(self.levels) <= FEW_LEVELS else 2
        below = given.cumsum(axis=1)[:, :-step]
        above = given[:, ::-1].cumsum(axis=1)[:, ::-1][:, step:]
        sides = np.minimum(below, above)
        return pd.Series(sides.max(axis=1) if sides.shape[1] else 0, index=self.tasks)

    def answers(self, row: IntArray) -> str:
        """Return each answer in the scale's order, with how often when more than once."""
        names = [*map(level_text, self.levels), NOT_APPLICABLE]
        said = [name if n == 1 else f"{name}{_TIMES}{n}" for name, n in zip(names, row, strict=True) if n]
        return " · ".join(said)

    def splits(self, row: IntArray) -> str:
        """Return the lowest and highest number given, or the sizes of the groups of a choice."""
        if not self.scale.is_numeric:
            return ":".join(str(n) for n in sorted(row[row > 0], reverse=True))
        given = np.flatnonzero(row[:-1])
        ends = dict.fromkeys(str(self.levels[place]) for place in (given[0], given[-1])) if len(given) else ()
        return " ".join(filter(None, ["\N{EN DASH}".join(ends), NOT_APPLICABLE if row[-1] else ""]))


def votes_by_task(part: pd.DataFrame, scale: Scale) -> TaskVotes:
    """Return the votes in blind answers (see `blind_answers`) to one criterion."""
    given = ~part["na"].to_numpy(dtype=bool)
    what = f"ratings, criterion {scale.id}"
    codes, levels = level_codes(part.loc[given, "value"], scale.declared, what)
    answer = np.full(len(part), len(levels), dtype=np.int64)
    answer[given] = codes
    task, tasks = pd.factorize(part["task"])
    width = len(levels) + 1
    counts = np.bincount(task * width + answer, minlength=len(tasks) * width)
    return TaskVotes(scale, levels, pd.Index(tasks), counts.reshape(len(tasks), width))


def _medians(counts: IntArray, levels: FloatArray) -> FloatArray:
    """Return the median of each row of counts; NaN where nothing was counted."""
    order = np.argsort(levels, kind="stable")
    reached = counts[:, order].cumsum(axis=1)
    n = reached[:, -1:]
    lower = (reached >= (n + 1) // 2).argmax(axis=1)
    upper = (reached >= n // 2 + 1).argmax(axis=1)
    middle = (levels[order][lower] + levels[order][upper]) / 2
    return np.where(n[:, 0] > 0, middle, np.nan)
