"""The sums that variance components are made of, for all ratings and without each task or cluster.

Every rating is taken as level = mean + task + reviewer + rest, crossed and drawn at
random. The expectations of four sums of squares (over all ratings, task totals, reviewer
totals, the grand total) are linear in the three variances, so three differences give them
in closed form, whatever is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from evalwidgets.analysis.agreement.clusters import Clusters
from evalwidgets.analysis.agreement.sums import Rows, divided
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.codes import CodedRatings

# Below this share of the ratings the differences are no three equations.
_RANK = 1e-9


class MomentSums(NamedTuple):
    """What variance components are made of; arrays of one shape."""

    ratings: FloatArray
    tasks: FloatArray
    reviewers: FloatArray
    total: FloatArray
    squares: FloatArray
    """sum y^2."""
    by_task: FloatArray
    """sum over tasks of (sum y)^2 / m."""
    by_reviewer: FloatArray
    """sum over reviewers of (sum y)^2 / m."""
    task_sizes: FloatArray
    """sum over tasks of m^2."""
    reviewer_sizes: FloatArray
    """sum over reviewers of m^2."""
    inverse_sizes: FloatArray
    """sum over tasks of 1 / m."""

    @property
    def between(self) -> FloatArray:
        """The sum of squares between tasks."""
        return np.asarray(self.by_task - divided(self.total**2, self.ratings))

    @property
    def within(self) -> FloatArray:
        """The mean square within tasks: reviewer and residual variance together."""
        return divided(self.squares - self.by_task, self.ratings - self.tasks)

    @property
    def size(self) -> FloatArray:
        """By how much the variance of tasks counts between them: m for m ratings a task, nearly."""
        return np.asarray(self.ratings - divided(self.task_sizes, self.ratings))

    def variances(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the variance of task, reviewer and residual; nan where they cannot be told apart.

        Notes
        -----
        Source: Henderson (1953), Biometrics 9, 226-252, method 1.
        """
        beside = divided(self.squares - self.by_reviewer, self.ratings - self.reviewers)
        loads = self.tasks - divided(self.reviewer_sizes, self.ratings)
        room = self.size + loads - (self.tasks - 1)
        told = np.where(np.abs(room) > _RANK * self.ratings, room, 0.0)
        residual = divided(self.size * beside + loads * self.within - self.between, told)
        return beside - residual, self.within - residual, residual


@dataclass(frozen=True, eq=False)
class Moments:
    """The sums of what each reviewer gave in each unit (a task, or a cluster of tasks)."""

    rows: Rows
    """One row for each unit and reviewer in it; n is 1."""
    reviewer: IntArray
    given: FloatArray
    """How many ratings and their sum, shape (rows, 2)."""
    of_unit: FloatArray
    """Per unit: tasks, sum y^2, (sum y)^2 / m, m^2 and 1 / m summed over its tasks."""
    clustered: bool

    @property
    def units(self) -> IntArray:
        """How many units of each kind there are."""
        return self.rows.units

    @cached_property
    def _reviewers(self) -> FloatArray:
        """How many ratings each reviewer gave and their sum, shape (reviewers, 2)."""
        return np.stack([np.bincount(self.reviewer, weights=one) for one in self.given.T], axis=1)

    def sums(self) -> MomentSums:
        """Return the sums over all ratings."""
        return _sums(self.of_unit.sum(axis=0), _of_reviewers(self._reviewers).sum(axis=0))

    def sums_without(self) -> MomentSums:
        """Return the sums without each unit, arrays of shape (units,)."""
        theirs = _of_reviewers(self._reviewers)
        left = _of_reviewers(self._reviewers[self.reviewer] - self.given)
        kinds = slice(0, len(self.units))
        moved = self.rows.per_unit(left - theirs[self.reviewer], slice(0, len(left)), kinds)
        return _sums(self.of_unit.sum(axis=0) - self.of_unit, theirs.sum(axis=0) + moved)


def moments_of(coded: CodedRatings, values: FloatArray, clusters: Clusters | None = None) -> Moments:
    """Return the moments of ratings; `values` are their levels as numbers."""
    centred = values - values.mean() if len(values) else values
    present, task = np.unique(coded.task, return_inverse=True)
    sizes = np.bincount(task).astype(np.float64)
    total, squares = np.bincount(task, weights=centred), np.bincount(task, weights=centred**2)
    unit = np.arange(len(present), dtype=np.int64)
    if clusters is not None:
        # Codes of the clusters that are left, without gaps.
        _, unit = np.unique(coded.clusters(clusters)[present], return_inverse=True)
    terms = [np.ones(len(present)), squares, total**2 / sizes, sizes**2, 1 / sizes]
    of_unit: FloatArray = np.stack([np.bincount(unit, weights=one) for one in terms], axis=1)
    reviewers = max(len(coded.reviewers), 1)
    pair, of_rating = np.unique(unit[task] * reviewers + coded.reviewer, return_inverse=True)
    counts = np.bincount(of_rating).astype(np.float64)
    given: FloatArray = np.stack([counts, np.bincount(of_rating, weights=centred)], axis=1)
    rows = Rows(np.ones(len(pair), dtype=np.int64), pair // reviewers)
    return Moments(rows, pair % reviewers, given, of_unit, clusters is not None)


def _sums(tasks: FloatArray, reviewers: FloatArray) -> MomentSums:
    n, squares, by_task, sizes, inverse = np.moveaxis(tasks, -1, 0)
    present, ratings, total, by_reviewer, loads = np.moveaxis(reviewers, -1, 0)
    return MomentSums(ratings, n, present, total, squares, by_task, by_reviewer, sizes, loads, inverse)


def _of_reviewers(given: FloatArray) -> FloatArray:
    """Return of n and sum: whether present, n, sum, sum^2 / n and n^2; each adds up over reviewers."""
    n, total = given[:, 0], given[:, 1]
    return np.stack([n > 0, n, total, total**2 / np.maximum(n, 1), n**2], axis=1)
