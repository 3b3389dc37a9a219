"""The histogram of count patterns: the one sufficient statistic of agreement.

How many tasks have n1 votes for level 1, n2 for level 2 and so on. Every coefficient
among exchangeable reviewers, its jackknife and its bootstrap over tasks are short
functions of it, and ten million ratings make a few thousand patterns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.clusters import Clusters
from evalwidgets.analysis.arrays import IntArray, Level, Levels
from evalwidgets.analysis.codes import CodedRatings, code_ratings, single_ratings
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import LeftOut

_KEY_LIMIT = 2**62


@dataclass(frozen=True, eq=False)
class CountPatterns:
    """How many tasks share each vector of votes.

    Parameters
    ----------
    levels : tuple
        The declared values of the scale, one per column of `counts`.
    counts : array of shape (patterns, levels)
        Votes for each level.
    n : array of shape (patterns,)
        How many tasks have this pattern.
    n_reviewers : int
        How many different reviewers voted.
    left_out : tuple of LeftOut
        What was not counted.
    cluster : array of shape (patterns,) or None
        The cluster of each row, ascending, where tasks share a source: then a row is a
        pattern within one cluster.
    """

    levels: tuple[Level, ...]
    counts: IntArray
    n: IntArray
    n_reviewers: int
    left_out: tuple[LeftOut, ...] = ()
    cluster: IntArray | None = None

    @property
    def votes(self) -> IntArray:
        """How many ratings a task of each pattern has."""
        votes: IntArray = self.counts.sum(axis=1)
        return votes

    @property
    def n_tasks(self) -> int:
        """How many tasks have at least one rating."""
        return int(self.n.sum())

    @property
    def n_ratings(self) -> int:
        """How many ratings there are."""
        return int(self.n @ self.votes)

    @property
    def used(self) -> IntArray:
        """Votes for each level over all tasks."""
        return self.n @ self.counts

    def paired(self) -> CountPatterns:
        """Return the tasks with two ratings and more, saying how many had one."""
        several = self.votes > 1
        singles = int(self.n[~several].sum())
        if not singles:
            return self
        return replace(
            self,
            counts=self.counts[several],
            n=self.n[several],
            left_out=(*self.left_out, single_ratings(singles)),
            cluster=None if self.cluster is None else self.cluster[several],
        )


def count_patterns(
    ratings: pd.DataFrame,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    clusters: Clusters | None = None,
) -> CountPatterns:
    """Return the count patterns of one criterion's ratings.

    Parameters
    ----------
    ratings, levels, criterion
        As in `evalwidgets.analysis.codes.code_ratings`.
    clusters : mapping or Series, optional
        From each task to what it shares with others, such as its source picture:
        intervals then leave out, or draw, whole clusters.
    """
    coded = code_ratings(ratings, levels=levels, criterion=criterion)
    return patterns_of_counts(
        task_counts(coded),
        levels=coded.levels,
        n_reviewers=coded.n_reviewers,
        left_out=coded.left_out,
        cluster=None if clusters is None else coded.clusters(clusters),
    )


def as_patterns(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None,
    clusters: Clusters | None,
) -> CountPatterns:
    """Return the patterns of a checked table, or the patterns that are given as they are."""
    if isinstance(ratings, CountPatterns):
        return ratings
    check_ratings(ratings)
    return count_patterns(ratings, levels=levels, criterion=criterion, clusters=clusters)


def task_counts(coded: CodedRatings) -> IntArray:
    """Return votes per task and level, an array of shape (tasks, levels)."""
    n_tasks, n_levels = len(coded.tasks), len(coded.levels)
    cell = coded.task * n_levels + coded.level
    return np.bincount(cell, minlength=n_tasks * n_levels).reshape(n_tasks, n_levels)


def patterns_of_counts(
    counts: IntArray,
    *,
    levels: Levels,
    n_reviewers: int,
    n: IntArray | None = None,
    left_out: tuple[LeftOut, ...] = (),
    cluster: IntArray | None = None,
) -> CountPatterns:
    """Return the patterns of a table of votes.

    Parameters
    ----------
    counts : array of shape (rows, levels)
        Votes of one task, or of `n` tasks that are alike, per row.
    levels : sequence
        The declared values of the columns.
    n_reviewers : int
        How many different reviewers voted.
    n : array of shape (rows,) or None
        How many tasks each row stands for: one by default, `count(*)` from a database.
    left_out : tuple of LeftOut
        Carried on.
    cluster : array of shape (rows,), optional
        The cluster of each row: rows of different clusters stay apart.
    """
    first, inverse = alike_rows(counts, cluster)
    tasks = np.bincount(inverse, weights=n, minlength=len(first)).astype(np.int64)
    kept = counts[first].sum(axis=1) > 0
    first, tasks = first[kept], tasks[kept]
    of_cluster = None if cluster is None else cluster[first]
    return CountPatterns(tuple(levels), counts[first], tasks, n_reviewers, left_out, of_cluster)


def alike_rows(counts: IntArray, cluster: IntArray | None = None) -> tuple[IntArray, IntArray]:
    """Return the first row of each different pattern, and the pattern of each row.

    Notes
    -----
    A row is read as one number in a mixed radix (base = most votes for that level + 1),
    so equal patterns are equal numbers. Where the next digit would overflow 64 bits the
    numbers so far are renumbered 0, 1, 2 ..., which is exact and costs one sort. The
    cluster is the first digit, so patterns come in the order of their clusters.
    """
    keys = np.zeros(len(counts), dtype=np.int64) if cluster is None else cluster
    size = int(keys.max(initial=0)) + 1
    for votes in counts.T:
        base = int(votes.max(initial=0)) + 1
        if size * base > _KEY_LIMIT:
            distinct, keys = np.unique(keys, return_inverse=True)
            size = len(distinct)
        keys = keys * base + votes
        size *= base
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return first, inverse
