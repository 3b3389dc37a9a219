"""Sums over tasks, and what becomes of a statistic of them without a task or with other draws.

A *unit* is what an interval leaves out or draws again: a task, or a cluster of tasks that
share one source. Units that are alike are one *kind*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from evalwidgets.analysis.arrays import FloatArray, IntArray

# Numbers held at once (32 MB), so that wide scales cost time and not memory.
_BATCH = 1 << 22


class Jackknifed(Protocol):
    """A number of a set of units that can be taken again without some of them."""

    @property
    def units(self) -> IntArray:
        """How many units of each kind there are, shape (kinds,)."""

    @property
    def clustered(self) -> bool:
        """Whether units are clusters, not tasks."""

    def whole(self) -> float:
        """Return the number for all units; nan where it is not defined."""

    def without(self) -> FloatArray:
        """Return the number without one unit of each kind, shape (kinds,)."""


class Resampled(Jackknifed, Protocol):
    """A number of a set of units that can also be taken of other draws of them."""

    @property
    def width(self) -> int:
        """How many numbers one draw holds at once, for batches."""

    def drawn(self, times: IntArray) -> FloatArray:
        """Return the number of draws, given how often each has each kind: (draws, kinds) -> (draws,)."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of tasks that are alike, grouped in units.

    Parameters
    ----------
    n : array of shape (rows,)
        How many tasks each row stands for.
    cluster : array of shape (rows,) or None
        The cluster of each row, ascending. None: every task is a unit, and each row a kind.
    """

    n: IntArray
    cluster: IntArray | None = None

    @cached_property
    def _starts(self) -> IntArray:
        """The first row of each cluster."""
        if self.cluster is None:
            return np.arange(len(self.n))
        return np.flatnonzero(np.diff(self.cluster, prepend=-1))

    @cached_property
    def units(self) -> IntArray:
        """How many units of each kind there are."""
        return self.n if self.cluster is None else np.ones(len(self._starts), dtype=np.int64)

    def times(self, times: IntArray) -> FloatArray:
        """Return how often the tasks of each row are drawn: (draws, kinds) -> (draws, rows)."""
        if self.cluster is None:
            return times.astype(np.float64)
        sizes = np.diff(self._starts, append=len(self.n))
        return np.asarray(np.repeat(times, sizes, axis=1) * self.n, dtype=np.float64)

    def parts(self, width: int) -> Iterator[tuple[slice, slice]]:
        """Give batches as slices of rows with their slices of kinds; a cluster is never cut."""
        kinds, rows = len(self._starts), len(self.n)
        edges = np.append(self._starts, rows)
        step = max(1, _BATCH // max(width, 1))
        first = 0
        while first < kinds:
            last = max(first + 1, int(np.searchsorted(edges, edges[first] + step, side="right")) - 1)
            last = min(last, kinds)
            yield slice(int(edges[first]), int(edges[last])), slice(first, last)
            first = last

    def per_unit(self, terms: FloatArray, rows: slice, kinds: slice) -> FloatArray:
        """Return what one unit of each kind adds, of the terms of one batch of rows."""
        if self.cluster is None:
            return terms
        starts = self._starts[kinds] - rows.start
        weights = self.n[rows] if terms.ndim == 1 else self.n[rows, None]
        return np.asarray(np.add.reduceat(terms * weights, starts, axis=0))

    def unit_of(self, kinds: slice) -> IntArray | slice:
        """Return for each row of a batch its place among the kinds of the batch."""
        if self.cluster is None:
            return slice(None)
        sizes = np.diff(self._starts, append=len(self.n))[kinds]
        return np.repeat(np.arange(len(sizes)), sizes)


@dataclass(frozen=True, eq=False)
class Additive:
    """A number that is a function of sums over tasks.

    Parameters
    ----------
    rows : Rows
        What is summed over.
    terms : callable
        From a slice of rows to what a task of each adds, shape (rows, q).
    value : callable
        From sums (..., q) to the number (...); nan where undefined.
    q : int
        How many terms there are.
    """

    rows: Rows
    terms: Callable[[slice], FloatArray]
    value: Callable[[FloatArray], FloatArray]
    q: int

    @property
    def units(self) -> IntArray:
        """How many units of each kind there are."""
        return self.rows.units

    @property
    def clustered(self) -> bool:
        """Whether units are clusters, not tasks."""
        return self.rows.cluster is not None

    @property
    def width(self) -> int:
        """How many numbers one draw holds at once."""
        return max(len(self.rows.n), self.q)

    @cached_property
    def sums(self) -> FloatArray:
        """The terms summed over all tasks."""
        sums = np.zeros(self.q)
        for rows, _ in self.rows.parts(self.q):
            sums += self.rows.n[rows] @ self.terms(rows)
        return sums

    def whole(self) -> float:
        """Return the number for all units."""
        return float(self.value(self.sums))

    def without(self) -> FloatArray:
        """Return the number without one unit of each kind."""
        return np.concatenate(
            [
                self.value(self.sums - self.rows.per_unit(self.terms(rows), rows, kinds))
                for rows, kinds in self.rows.parts(self.q)
            ]
        )

    def drawn(self, times: IntArray) -> FloatArray:
        """Return the number of each draw of the units."""
        of_rows = self.rows.times(times)
        sums = np.zeros((len(times), self.q))
        for rows, _ in self.rows.parts(self.q):
            sums += of_rows[:, rows] @ self.terms(rows)
        return self.value(sums)


def divided(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Return the quotient, nan where the denominator is 0."""
    out: FloatArray = np.full(np.shape(denominator), np.nan)
    np.divide(numerator, denominator, out=out, where=np.asarray(denominator) != 0)
    return out


def batches(n: int, width: int) -> Iterator[slice]:
    """Give slices of n rows that hold at most a few million numbers of this width."""
    step = max(1, _BATCH // max(width, 1))
    for start in range(0, n, step):
        yield slice(start, min(start + step, n))
