"""Krippendorff's alpha of count patterns, with what it needs for wide scales too.

Write C for votes (rows x levels), m for a task's votes, N for the totals of levels, D for
squared distances, O for coincidences: O = C' diag(1/(m-1)) C - diag(C' 1/(m-1)) over tasks
with m >= 2, and alpha = 1 - (n-1) sum(O D) / sum(N N' D). No table of tasks x levels x
levels is ever made: with fixed distances sum(O D) is a sum over tasks, and ordinal
distances (r_c - r_k)^2 of mid-ranks r make it 2 (sum N r^2 - r' O r).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evalwidgets.analysis.agreement.patterns import CountPatterns
from evalwidgets.analysis.agreement.sums import Additive, Resampled, Rows, divided
from evalwidgets.analysis.agreement.weights import level_values
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.scales import Metric
from evalwidgets.errors import RatingsError, did_you_mean


def alpha_of(patterns: CountPatterns, level: Metric) -> Resampled:
    """Return Krippendorff's alpha of the patterns; tasks with one rating do not enter.

    Raises
    ------
    RatingsError
        If the level of measurement is unknown, or the levels do not have such a distance.
    """
    rows = Rows(patterns.n, patterns.cluster)
    if level == "ordinal":
        return _OrdinalAlpha(rows, patterns.counts)
    return _fixed_alpha(rows, patterns.counts, _distance(patterns, level))


def _fixed_alpha(rows: Rows, counts: IntArray, distance: FloatArray) -> Additive:
    k = counts.shape[1]

    def terms(part: slice) -> FloatArray:
        votes, share = _pairable(counts[part])
        apart = share * ((votes @ distance) * votes).sum(axis=1)
        return np.concatenate([votes, apart[:, None]], axis=1)

    def value(sums: FloatArray) -> FloatArray:
        totals, observed = sums[..., :k], sums[..., k]
        expected = ((totals @ distance) * totals).sum(axis=-1)
        alpha: FloatArray = 1 - (totals.sum(axis=-1) - 1) * divided(observed, expected)
        return alpha

    return Additive(rows, terms, value, k + 1)


@dataclass(frozen=True, eq=False)
class _OrdinalAlpha:
    """Alpha whose distances are ranks, which every task left out changes."""

    rows: Rows
    counts: IntArray

    @property
    def units(self) -> IntArray:
        return self.rows.units

    @property
    def clustered(self) -> bool:
        return self.rows.cluster is not None

    @property
    def width(self) -> int:
        return int(max(self.counts.shape))

    @cached_property
    def _sums(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The totals of levels, the same with each task as 1/(m-1), and C' diag(1/(m-1)) C."""
        k = self.counts.shape[1]
        totals, shared, products = np.zeros(k), np.zeros(k), np.zeros((k, k))
        for part, _ in self.rows.parts(k):
            votes, share = _pairable(self.counts[part])
            n = self.rows.n[part]
            totals += n @ votes
            shared += (n * share) @ votes
            products += votes.T @ (votes * (n * share)[:, None])
        return totals, shared, products

    def whole(self) -> float:
        totals, shared, products = self._sums
        rank = _ranks(totals)
        return float(_ordinal(totals, shared, rank, rank @ products @ rank))

    def without(self) -> FloatArray:
        totals, shared, products = self._sums
        values = []
        for part, kinds in self.rows.parts(4 * len(totals)):
            votes, share = _pairable(self.counts[part])
            left = totals - self.rows.per_unit(votes, part, kinds)
            rank = _ranks(left)
            of_row = rank[self.rows.unit_of(kinds)]
            own = self.rows.per_unit(share * (votes * of_row).sum(axis=1) ** 2, part, kinds)
            square = ((rank @ products) * rank).sum(axis=1) - own
            less = shared - self.rows.per_unit(votes * share[:, None], part, kinds)
            values.append(_ordinal(left, less, rank, square))
        return np.concatenate(values)

    def drawn(self, times: IntArray) -> FloatArray:
        of_rows = self.rows.times(times)
        votes, share = _pairable(self.counts)
        totals, weighted = of_rows @ votes, of_rows * share
        rank = _ranks(totals)
        square = (weighted * (rank @ votes.T) ** 2).sum(axis=1)
        values: FloatArray = _ordinal(totals, weighted @ votes, rank, square)
        return values


def _pairable(counts: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return votes and 1/(m-1) of tasks with two votes and more; zeros for the others."""
    sizes = counts.sum(axis=1)
    several = sizes > 1
    votes = np.where(several[:, None], counts, 0.0)
    share: FloatArray = np.where(several, 1.0 / np.maximum(sizes - 1, 1), 0.0)
    return votes, share


def _ranks(totals: FloatArray) -> FloatArray:
    """Return mid-ranks of the levels as shares of all ratings, around 0."""
    n = totals.sum(axis=-1, keepdims=True)
    return np.asarray((np.cumsum(totals, axis=-1) - totals / 2) / np.maximum(n, 1) - 0.5)


def _ordinal(totals: FloatArray, shared: FloatArray, rank: FloatArray, square: FloatArray) -> FloatArray:
    """Return alpha from totals, r and r'(O + diag)r; mid-ranks have the mean 0 (times 2, cancelled)."""
    n = totals.sum(axis=-1)
    spread = (totals * rank**2).sum(axis=-1)
    observed = spread + (shared * rank**2).sum(axis=-1) - square
    # A scale of which one level is used has a spread of rounding dust, never of 1e-9.
    used = np.count_nonzero(totals > 0.5, axis=-1) > 1
    alpha: FloatArray = 1 - (n - 1) * divided(observed, np.where(used, n * spread, 0.0))
    return alpha


def _distance(patterns: CountPatterns, level: Metric) -> FloatArray:
    if level == "nominal":
        return 1 - np.eye(len(patterns.levels))
    if level not in ("interval", "ratio"):
        known = ("nominal", "ordinal", "interval", "ratio")
        msg = f"level: expected {', '.join(known)}, got {level!r}.{did_you_mean(str(level), known)}"
        raise RatingsError(msg)
    values = level_values(patterns.levels)
    difference = values[:, None] - values[None, :]
    if level == "interval":
        return np.asarray(difference**2)
    if (values < 0).any():
        msg = f"level 'ratio': expected levels of 0 and more, got {patterns.levels!r}."
        raise RatingsError(msg)
    both = values[:, None] + values[None, :]
    return np.asarray(np.divide(difference, both, out=np.zeros_like(both), where=both > 0) ** 2)
