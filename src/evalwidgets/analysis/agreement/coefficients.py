"""The formulas of agreement as functions of count patterns.

A coefficient says only what it is called and what it is of patterns; `resampling` gives
each the same intervals. Write C for votes (patterns x levels), m for a task's votes, W for
agreement weights, pi for the mean share of each level.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evalwidgets.analysis.agreement.alpha import alpha_of
from evalwidgets.analysis.agreement.patterns import CountPatterns
from evalwidgets.analysis.agreement.sums import Additive, Resampled, Rows, divided
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.scales import Metric


@dataclass(frozen=True)
class Coefficient:
    """A statistic of count patterns.

    Parameters
    ----------
    name : str
        What sentences call it.
    of : callable
        From patterns to the number with its replicates.
    needs_pairs : bool
        Whether tasks with a single rating are dropped first.
    """

    name: str
    of: Callable[[CountPatterns], Resampled]
    needs_pairs: bool = True


def alpha_coefficient(level: Metric) -> Coefficient:
    """Return Krippendorff's alpha.

    Notes
    -----
    Source: Krippendorff (2011), "Computing Krippendorff's alpha-reliability"; see `alpha`.
    """
    return Coefficient(f"Krippendorff's alpha ({level})", lambda patterns: alpha_of(patterns, level))


def percent_coefficient(weights: FloatArray, name: str) -> Coefficient:
    """Return the mean over tasks of the share of pairs of reviewers that agree."""

    def terms(counts: IntArray) -> FloatArray:
        return np.stack([np.ones(len(counts)), pair_agreement(counts, weights)], axis=1)

    return _additive(name, terms, lambda sums: divided(sums[..., 1], sums[..., 0]), 2)


def fleiss_coefficient(weights: FloatArray, name: str) -> Coefficient:
    """Return Fleiss' kappa, p_e = pi' W pi.

    Notes
    -----
    Source: Fleiss (1971), Psychological Bulletin 76, 378-382; with weights and missing
    ratings Gwet (2014), ch. 2-3.
    """
    return _chance_corrected(weights, name, lambda pi: ((pi @ weights) * pi).sum(axis=-1))


def gwet_coefficient(weights: FloatArray, name: str) -> Coefficient:
    """Return Gwet's AC, p_e = sum(W) / (k (k-1)) sum(pi (1-pi)).

    Notes
    -----
    Source: Gwet (2008), BJMSP 61, 29-48; Gwet (2014), Handbook of Inter-Rater
    Reliability, ch. 5.
    """
    k = len(weights)
    spread = float(weights.sum()) / (k * (k - 1))
    return _chance_corrected(weights, name, lambda pi: spread * (pi * (1 - pi)).sum(axis=-1))


def brennan_prediger_coefficient(weights: FloatArray, name: str) -> Coefficient:
    """Return Brennan and Prediger's kappa, p_e = mean(W): every level equally likely.

    Notes
    -----
    Source: Brennan & Prediger (1981), Educational and Psychological Measurement 41,
    687-699.
    """
    uniform = float(weights.mean())
    return _chance_corrected(weights, name, lambda pi: np.full(pi.shape[:-1], uniform))


def specific_coefficient(level: int, name: str) -> Coefficient:
    """Return the specific agreement of one level: O_cc / n_c.

    Notes
    -----
    Source: Uebersax (1982), Educational and Psychological Measurement 42, 1181-1183.
    """

    def terms(counts: IntArray) -> FloatArray:
        votes = counts[:, level].astype(np.float64)
        same = votes * (votes - 1) / (counts.sum(axis=1) - 1)
        return np.stack([votes, same], axis=1)

    return _additive(name, terms, lambda sums: divided(sums[..., 1], sums[..., 0]), 2)


def pair_agreement(counts: IntArray, weights: FloatArray) -> FloatArray:
    """Return per task the weighted share of agreeing pairs; nan with fewer than two votes."""
    votes = counts.sum(axis=1)
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1)
    return divided(agreeing, votes * (votes - 1.0))


def _chance_corrected(
    weights: FloatArray, name: str, expected_of: Callable[[FloatArray], FloatArray]
) -> Coefficient:
    """Return (p_a - p_e) / (1 - p_e) for a p_e that is a function of pi.

    Notes
    -----
    p_a is over tasks with two ratings and more; pi, the mean share of each level, is
    over all tasks, those with a single rating too (as R's irrCAC does).
    """

    def terms(counts: IntArray) -> FloatArray:
        votes = counts.sum(axis=1)
        paired = votes > 1
        agreement = np.where(paired, pair_agreement(counts, weights), 0.0)
        columns = [np.ones(len(counts)), paired.astype(np.float64), agreement]
        return np.concatenate([np.stack(columns, axis=1), counts / votes[:, None]], axis=1)

    def value(sums: FloatArray) -> FloatArray:
        observed = divided(sums[..., 2], sums[..., 1])
        expected = expected_of(divided(sums[..., 3:], np.broadcast_to(sums[..., :1], sums[..., 3:].shape)))
        return chance_corrected(observed, expected)

    return _additive(name, terms, value, 3 + len(weights), needs_pairs=False)


def kappa_of_margins(rows: Rows, terms: Callable[[slice], FloatArray], weights: FloatArray) -> Additive:
    """Return weighted kappa of two sides: (p_a - p_e) / (1 - p_e), p_e being that of their margins.

    Parameters
    ----------
    rows : Rows
        What is summed over.
    terms : callable
        From a slice of rows to what each adds: how often one side gave each level, how
        often the other did, and the weighted agreement, shape (rows, 2 levels + 1).
    weights : array of shape (levels, levels)
        Agreement weights.
    """
    k = len(weights)

    def value(sums: FloatArray) -> FloatArray:
        n = sums[..., :k].sum(axis=-1)
        expected = ((sums[..., :k] @ weights) * sums[..., k:-1]).sum(axis=-1)
        return chance_corrected(divided(sums[..., -1], n), divided(expected, n * n))

    return Additive(rows, terms, value, 2 * k + 1)


def chance_corrected(observed: FloatArray, expected: FloatArray) -> FloatArray:
    """Return how far agreement exceeds chance, of the room there is; nan where there is none."""
    room = 1 - expected
    return divided(observed - expected, np.where(np.abs(room) < 1e-12, 0.0, room))


def _additive(
    name: str,
    terms: Callable[[IntArray], FloatArray],
    value: Callable[[FloatArray], FloatArray],
    q: int,
    *,
    needs_pairs: bool = True,
) -> Coefficient:
    def of(patterns: CountPatterns) -> Resampled:
        rows = Rows(patterns.n, patterns.cluster)
        return Additive(rows, lambda part: terms(patterns.counts[part]), value, q)

    return Coefficient(name, of, needs_pairs)
