"""The formulas of agreement, each as terms that add up over tasks and a value of the sums.

A coefficient that is a function of sums over tasks is computed, jackknifed and
bootstrapped by the same code (see `resampling`): only its terms and its value differ.
Write C for votes (patterns x levels), m for a task's votes, O for coincidences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.patterns import CountPatterns
from evalwidgets.analysis.scales import Metric
from evalwidgets.errors import RatingsError, did_you_mean

Distance = Callable[[FloatArray], FloatArray]
"""From level totals (..., k) to squared distances between levels (..., k, k)."""


@dataclass(frozen=True)
class Coefficient:
    """A statistic of additive terms.

    Parameters
    ----------
    name : str
        What sentences call it.
    terms : callable
        From votes (patterns, levels) to terms (patterns, q); a task adds its row.
    value : callable
        From sums of terms (..., q) to the coefficient (...); nan where undefined.
    needs_pairs : bool
        Whether tasks with a single rating are dropped first.
    """

    name: str
    terms: Callable[[IntArray], FloatArray]
    value: Callable[[FloatArray], FloatArray]
    needs_pairs: bool = True


def alpha_coefficient(patterns: CountPatterns, metric: Metric) -> Coefficient:
    """Return Krippendorff's alpha: 1 - (n-1) sum(O D) / sum(n_c n_k D).

    Notes
    -----
    O = C' diag(1/(m-1)) C - diag(C' 1/(m-1)) over tasks with m >= 2, n_c its row sums.
    Source: Krippendorff (2011), "Computing Krippendorff's alpha-reliability".
    """
    k = len(patterns.levels)
    distance = _distance(patterns, metric)

    def terms(counts: IntArray) -> FloatArray:
        votes = counts.astype(np.float64)
        pairs = votes[:, :, None] * votes[:, None, :]
        pairs[:, np.arange(k), np.arange(k)] -= votes
        coincidences = pairs / (votes.sum(axis=1) - 1)[:, None, None]
        return np.concatenate([votes, coincidences.reshape(len(votes), k * k)], axis=1)

    def value(sums: FloatArray) -> FloatArray:
        totals, coincidences = sums[..., :k], sums[..., k:].reshape(*sums.shape[:-1], k, k)
        n, d = totals.sum(axis=-1), distance(totals)
        observed = (coincidences * d).sum(axis=(-2, -1))
        expected = (totals[..., :, None] * totals[..., None, :] * d).sum(axis=(-2, -1))
        alpha: FloatArray = 1 - (n - 1) * _divide(observed, expected)
        return alpha

    return Coefficient(f"Krippendorff's alpha ({metric})", terms, value)


def percent_coefficient(weights: FloatArray, name: str) -> Coefficient:
    """Return the mean over tasks of the share of pairs of reviewers that agree."""

    def terms(counts: IntArray) -> FloatArray:
        return np.stack([np.ones(len(counts)), pair_agreement(counts, weights)], axis=1)

    return Coefficient(name, terms, lambda sums: _divide(sums[..., 1], sums[..., 0]))


def gwet_coefficient(weights: FloatArray, name: str) -> Coefficient:
    """Return Gwet's AC: (p_a - p_e) / (1 - p_e), p_e = sum(W) / (k (k-1)) sum(pi (1-pi)).

    Notes
    -----
    p_a is over tasks with two ratings and more; pi, the mean share of each level, is
    over all tasks, those with a single rating too (as R's irrCAC does).
    Source: Gwet (2008), BJMSP 61, 29-48; Gwet (2014), Handbook of Inter-Rater
    Reliability, ch. 5.
    """
    k = len(weights)
    spread = float(weights.sum()) / (k * (k - 1))

    def terms(counts: IntArray) -> FloatArray:
        votes = counts.sum(axis=1)
        paired = votes > 1
        agreement = np.where(paired, pair_agreement(counts, weights), 0.0)
        columns = [np.ones(len(counts)), paired.astype(np.float64), agreement]
        return np.concatenate([np.stack(columns, axis=1), counts / votes[:, None]], axis=1)

    def value(sums: FloatArray) -> FloatArray:
        observed = _divide(sums[..., 2], sums[..., 1])
        shares = sums[..., 3:] / sums[..., :1]
        expected = spread * (shares * (1 - shares)).sum(axis=-1)
        return _divide(observed - expected, 1 - expected)

    return Coefficient(name, terms, value, needs_pairs=False)


def pair_agreement(counts: IntArray, weights: FloatArray) -> FloatArray:
    """Return per task the weighted share of agreeing pairs; nan with fewer than two votes."""
    votes = counts.sum(axis=1)
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1)
    return _divide(agreeing, votes * (votes - 1.0))


def identity_weights(patterns: CountPatterns) -> FloatArray:
    """Return full agreement for the same level, none for another."""
    return np.eye(len(patterns.levels))


def within_weights(patterns: CountPatterns, within: float) -> FloatArray:
    """Return full agreement for levels at most `within` apart."""
    values = patterns.values()
    return (np.abs(values[:, None] - values[None, :]) <= within).astype(np.float64)


def quadratic_weights(patterns: CountPatterns) -> FloatArray:
    """Return agreement that falls with the squared distance, 0 at the ends of the scale."""
    values = _positions(patterns)
    apart = (values[:, None] - values[None, :]) / (values.max() - values.min())
    return np.asarray(1 - apart**2)


def linear_weights(patterns: CountPatterns) -> FloatArray:
    """Return agreement that falls with the distance, 0 at the ends of the scale."""
    values = _positions(patterns)
    apart = (values[:, None] - values[None, :]) / (values.max() - values.min())
    return np.asarray(1 - np.abs(apart))


def ordinal_weights(patterns: CountPatterns) -> FloatArray:
    """Return Gwet's ordinal weights: pairs of levels spanned, against those of the whole scale."""
    rank = np.arange(len(patterns.levels))
    span = np.abs(rank[:, None] - rank[None, :]) + 1.0
    return np.asarray(1 - span * (span - 1) / (len(rank) * (len(rank) - 1)))


def _positions(patterns: CountPatterns) -> FloatArray:
    """Return the levels as numbers, or their ranks where they are names in order."""
    if all(isinstance(level, str) for level in patterns.levels):
        return np.arange(len(patterns.levels), dtype=np.float64)
    return patterns.values()


def _distance(patterns: CountPatterns, metric: Metric) -> Distance:
    if metric == "nominal":
        different = 1 - identity_weights(patterns)
        return lambda totals: different  # noqa: ARG005 - the same whatever the totals
    if metric == "ordinal":
        return _ordinal_distance
    values = patterns.values() if metric in ("interval", "ratio") else np.empty(0)
    difference = values[:, None] - values[None, :]
    if metric == "interval":
        return lambda totals: difference**2  # noqa: ARG005 - the same whatever the totals
    if metric == "ratio":
        if (values < 0).any():
            msg = f"metric 'ratio': expected levels of 0 and more, got {patterns.levels!r}."
            raise RatingsError(msg)
        both = np.abs(values[:, None] + values[None, :])
        relative = np.divide(difference, both, out=np.zeros_like(both), where=both > 0) ** 2
        return lambda totals: relative  # noqa: ARG005 - the same whatever the totals
    known = ("nominal", "ordinal", "interval", "ratio")
    msg = f"metric: expected {', '.join(known)}, got {metric!r}.{did_you_mean(str(metric), known)}"
    raise RatingsError(msg)


def _ordinal_distance(totals: FloatArray) -> FloatArray:
    """Return squared differences of mid-ranks, the metric that looks at ranks only."""
    ranks = np.cumsum(totals, axis=-1) - totals / 2
    return np.asarray((ranks[..., :, None] - ranks[..., None, :]) ** 2)


def _divide(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Return the quotient, nan where the denominator is 0."""
    out: FloatArray = np.full(np.shape(denominator), np.nan)
    np.divide(numerator, denominator, out=out, where=np.asarray(denominator) != 0)
    return out
