"""The tables of pairs of reviewers, and how their mean changes without each task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from evalwidgets.analysis.agreement.coefficients import chance_corrected
from evalwidgets.analysis.agreement.sums import divided
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.codes import CodedRatings

# Numbers in one block of the pairs' tables (32 MB).
_BLOCK = 1 << 22


@dataclass(frozen=True, eq=False)
class PairTables:
    """What each pair of reviewers did on the tasks that both rated; arrays (reviewers, reviewers).

    Parameters
    ----------
    n : array
        Tasks in common; on the diagonal the tasks of one.
    credit : array
        Agreement weights summed over them.
    chance : array
        What the two reviewers' habits on them give, times n^2.
    matrix : array of shape (levels, levels)
        The agreement weights.
    corrected : bool
        Whether the measure is corrected for chance (a kappa).
    """

    n: FloatArray
    credit: FloatArray
    chance: FloatArray
    matrix: FloatArray
    corrected: bool

    @cached_property
    def agreement(self) -> FloatArray:
        """The measure of each pair; nan where it does not exist."""
        return _agreement(self.n, self.credit, self.chance, corrected=self.corrected)

    @cached_property
    def weight(self) -> FloatArray:
        """What each pair weighs in the mean: tasks in common, 0 with oneself or without a measure."""
        known = np.isfinite(self.agreement) & ~np.eye(len(self.n), dtype=bool)
        return np.where(known, self.n, 0.0)

    @property
    def mean(self) -> float | None:
        """The measure over pairs, weighted by tasks in common; None where no pair has one."""
        whole = float(self.weight.sum())
        return float(self.weighted.sum()) / whole if whole else None

    @cached_property
    def weighted(self) -> FloatArray:
        """The measure times the weight; 0 without a measure."""
        return self.weight * np.where(self.weight > 0, self.agreement, 0.0)


def pair_tables(coded: CodedRatings, matrix: FloatArray, *, corrected: bool) -> PairTables:
    """Return the tables of all pairs; `matrix` holds the agreement weights of levels."""
    size = len(coded.reviewers)
    n, credit, chance = (np.zeros((size, size)) for _ in range(3))
    for rows, columns, product in _products(coded, len(matrix), half=True):
        shape = (rows.stop - rows.start, columns.stop - columns.start)
        pair, c, d, times = _cells(product, len(matrix), shape[1])
        mine = _habits(pair, c, times, len(matrix), shape[0] * shape[1])
        theirs = _habits(pair, d, times, len(matrix), shape[0] * shape[1])
        weighted = np.bincount(pair, weights=times * matrix[c, d], minlength=len(mine))
        n[rows, columns] = mine.sum(axis=1).reshape(shape)
        credit[rows, columns] = weighted.reshape(shape)
        chance[rows, columns] = ((mine @ matrix) * theirs).sum(axis=1).reshape(shape)
    for table in (n, credit, chance):
        table += np.triu(table, 1).T - np.tril(table, -1)
    return PairTables(n, credit, chance, matrix, corrected)


def means_without(coded: CodedRatings, tables: PairTables) -> FloatArray:
    """Return the weighted mean over pairs without each task that two reviewers rated.

    A task changes only the pairs of those who rated it, each by one answer:
    n - 1, credit - W_cd, chance - (W b)_c - (a W)_d + W_cd.
    """
    size, matrix = len(coded.reviewers), tables.matrix
    expected = _expected(coded, matrix)
    order = np.lexsort((coded.reviewer, coded.task))
    task, who, level = coded.task[order], coded.reviewer[order], coded.level[order]
    _, first, votes = np.unique(task, return_index=True, return_counts=True)
    moved = np.zeros((2, len(first)))
    for part in _task_batches(votes):
        unit, one, other = _pairs_within(first[part], votes[part])
        a, b, c, d = who[one], who[other], level[one], level[other]
        pair, back = a * size + b, b * size + a
        weight = matrix[c, d]
        left = tables.n.ravel()[pair] - 1
        chance = tables.chance.ravel()[pair] - expected[back, c] - expected[pair, d] + weight
        value = _agreement(left, tables.credit.ravel()[pair] - weight, chance, corrected=tables.corrected)
        still = np.where(np.isfinite(value), left, 0.0)
        change = (
            still * np.where(still > 0, value, 0.0) - tables.weighted.ravel()[pair],
            still - tables.weight.ravel()[pair],
        )
        for row, one_change in zip(moved, change, strict=True):
            row[part] = np.bincount(unit, weights=one_change, minlength=part.stop - part.start)
    # Each pair stands twice in the tables and once in the changes.
    return divided(tables.weighted.sum() / 2 + moved[0], tables.weight.sum() / 2 + moved[1])


def _agreement(n: FloatArray, credit: FloatArray, chance: FloatArray, *, corrected: bool) -> FloatArray:
    observed = divided(credit, n)
    return chance_corrected(observed, divided(chance, n * n)) if corrected else observed


def _products(
    coded: CodedRatings, k: int, *, half: bool = False
) -> Iterator[tuple[slice, slice, sparse.coo_array]]:
    """Give X X' for a few reviewers at a time, with all others or (half) with those from them on.

    X has a row for each reviewer and level and a column for each task; X X' counts how
    often one gave c where the other gave d.
    """
    size = len(coded.reviewers)
    ones = np.ones(len(coded.task), dtype=np.int32)
    cells = (coded.reviewer * k + coded.level, coded.task)
    given = sparse.csr_array((ones, cells), shape=(size * k, len(coded.tasks)))
    for rows in _slices(size, _BLOCK // max(size * k * k, 1)):
        columns = slice(rows.start if half else 0, size)
        product = given[rows.start * k : rows.stop * k] @ given[columns.start * k :].T.tocsr()
        yield rows, columns, product.tocoo()


def _slices(n: int, step: int) -> Iterator[slice]:
    for start in range(0, n, max(1, step)):
        yield slice(start, min(start + max(1, step), n))


def _cells(product: sparse.coo_array, k: int, size: int) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """Return of each filled cell the pair, what the first and the second gave, and how often."""
    one, c = np.divmod(product.row, k)
    other, d = np.divmod(product.col, k)
    return one * np.int64(size) + other, c, d, product.data.astype(np.float64)


def _habits(pair: IntArray, level: IntArray, times: FloatArray, k: int, pairs: int) -> FloatArray:
    """Return how often one of each pair gave each level on the tasks in common."""
    given = np.bincount(pair * k + level, weights=times, minlength=pairs * k)
    return np.asarray(given.reshape(pairs, k), dtype=np.float64)


def _expected(coded: CodedRatings, matrix: FloatArray) -> FloatArray:
    """Return the first one's habits times W for each ordered pair, shape (pairs, levels)."""
    size, k = len(coded.reviewers), len(matrix)
    parts = []
    for rows, _, product in _products(coded, k):
        pair, c, _, times = _cells(product, k, size)
        parts.append(_habits(pair, c, times, k, (rows.stop - rows.start) * size) @ matrix)
    return np.concatenate(parts)


def _task_batches(votes: IntArray) -> Iterator[slice]:
    """Give slices of tasks with half a million pairs of ratings each."""
    upto = np.cumsum(votes * (votes - 1) // 2)
    start = 0
    while start < len(votes):
        done = upto[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(upto, done + _BLOCK // 8, side="right")))
        yield slice(start, stop)
        start = stop


def _pairs_within(first: IntArray, votes: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return for each pair of ratings of one task: the task's place, and the two rows."""
    task = np.repeat(np.arange(len(votes)), votes)
    row = np.repeat(first - np.cumsum(votes) + votes, votes) + np.arange(len(task))
    after = np.repeat(first + votes, votes) - row - 1
    unit, one = np.repeat(task, after), np.repeat(row, after)
    other = np.arange(len(one)) - np.repeat(np.cumsum(after) - after, after) + one + 1
    return unit, one, other
