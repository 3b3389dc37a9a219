"""Concordance: whether reviewers put the tasks in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from evalwidgets.analysis.agreement.resampling import Evidence, Spread, jackknife, with_spread
from evalwidgets.analysis.agreement.sums import batches, divided
from evalwidgets.analysis.arrays import FloatArray, IntArray, Level, Levels
from evalwidgets.analysis.codes import CodedRatings, code_ratings
from evalwidgets.analysis.intervals import Interval
from evalwidgets.analysis.ratings import check_ratings, check_reviewers
from evalwidgets.analysis.results import NO_INTERVAL, Estimate, LeftOut, nonempty

# Answers told apart, times reviewers, that an interval is made for: its cost grows with the square.
_WIDEST = 4000


@dataclass(frozen=True)
class Concordance:
    """Kendall's W with its test.

    Parameters
    ----------
    estimate : Estimate
        W, from 0 to 1, with its interval.
    statistic : float or None
        Friedman's chi-square, m (n - 1) W; None where W is not defined.
    df : int
        Tasks minus one.
    p_value : float or None
        How often unrelated orders would agree at least so well.
    """

    estimate: Estimate
    statistic: float | None
    df: int
    p_value: float | None

    def __str__(self) -> str:
        """Return the estimate's sentence and the test's."""
        if self.statistic is None:
            return str(self.estimate)
        test = f"Friedman's chi-square {self.statistic:.2f} on {self.df} df, p = {self.p_value:.2g}."
        return f"{self.estimate} {test}"

    def __repr__(self) -> str:
        """Return the same sentence: what a saved notebook shows as text."""
        return str(self)


def kendall_w(
    ratings: pd.DataFrame,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    reviewers: Sequence[Level] | None = None,
    confidence_level: float = 0.95,
) -> Concordance:
    """Return Kendall's W, corrected for ties, on the tasks that all these reviewers rated.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table.
    levels : sequence or None
        The *declared* values of the scale in order; None for numbers on open scales.
    criterion : str or None
        Which criterion; may be omitted when the table holds one.
    reviewers : sequence or None
        Whose orders to compare; all by default. Fewer reviewers share more tasks.
    confidence_level : float
        Of the delete-one-task jackknife with t.

    Raises
    ------
    UnknownName
        If one of `reviewers` has no rating.

    Notes
    -----
    Read it as "do they rank the tasks alike?": 1 is one order, 0 none. It forgives
    everything but the order: a reviewer who gives every task one level less has the
    same ranks, so it says nothing of severity and is no measure of agreement on levels.
    It misleads with many ties (five levels make little but ties), and it is above 0 by
    chance alone, by about 1 / m with m reviewers, so read the p-value with it. Ranks need
    complete tasks: everything else is left out and counted.
    Source: Kendall & Babington Smith (1939), Annals of Mathematical Statistics 10,
    275-287; Siegel (1956) for ties.
    """
    check_ratings(ratings)
    if reviewers is not None:
        check_reviewers(ratings, reviewers)
        ratings = ratings[ratings["reviewer"].isin(list(reviewers))]
    coded = code_ratings(ratings, levels=levels, criterion=criterion)
    table, left_out = _complete(coded)
    concordance = _Orders(table)
    n, m = table.shape
    whole = concordance.whole() if n > 1 and m > 1 else np.nan
    if np.isnan(whole):
        spread = Spread(None, NO_INTERVAL, _why_undefined(coded, n, m))
    elif len(np.unique(table)) * m > _WIDEST:
        spread = Spread(None, NO_INTERVAL, f"An interval is not made of more than {_WIDEST} kinds of answer")
    else:
        spread = jackknife(concordance, whole, confidence_level)
    if spread.interval:
        spread = spread._replace(interval=Interval(max(0.0, spread.interval.low), spread.interval.high))
    estimate = with_spread("Kendall's W", whole, spread, Evidence(n, m, n * m, left_out), confidence_level)
    if np.isnan(whole):
        return Concordance(estimate, None, max(n - 1, 0), None)
    statistic = m * (n - 1) * whole
    return Concordance(estimate, statistic, n - 1, float(chdtrc(n - 1, statistic)))


def _complete(coded: CodedRatings) -> tuple[IntArray, tuple[LeftOut, ...]]:
    """Return level codes of the tasks that every reviewer rated, shape (tasks, reviewers)."""
    votes = np.bincount(coded.task, minlength=len(coded.tasks))
    whole = (votes == coded.n_reviewers) & (votes > 0)
    some = LeftOut(
        "task that not all of the reviewers rated",
        int(np.count_nonzero(votes) - np.count_nonzero(whole)),
        "ranks need complete tasks",
    )
    kept = coded.kept(whole[coded.task])
    order = np.lexsort((kept.reviewer, kept.task))
    table = kept.level[order].reshape(np.count_nonzero(whole), coded.n_reviewers)
    return table, nonempty(*coded.left_out, some)


def _why_undefined(coded: CodedRatings, n: int, m: int) -> str:
    if not len(coded.task):
        return "There are no ratings"
    if m < 2:
        return "Only one reviewer rated, and orders need two"
    if not n:
        return f"No task was rated by all {m} reviewers; choose fewer with reviewers=[...]"
    if n < 2:
        return "Only one task was rated by all reviewers, and one task has no order"
    return "Every reviewer gave all tasks the same level, so nobody put them in an order"


@dataclass(frozen=True, eq=False)
class _Orders:
    """Kendall's W of level codes, shape (tasks, reviewers), and W without each task.

    Taking task u away lowers the rank of task i by 1 where u lay below and by 1/2 where
    they were tied. With X the answers as 0 and 1 (tasks x reviewers and levels) those
    losses are X V' with V = X K', so the sum of squares needs X'X and no table of
    tasks x tasks.
    """

    table: IntArray
    clustered: bool = False

    @property
    def units(self) -> IntArray:
        return np.ones(len(self.table), dtype=np.int64)

    @cached_property
    def _codes(self) -> IntArray:
        """Each answer's place among the used levels of all reviewers: reviewer * k + level."""
        levels, codes = np.unique(self.table, return_inverse=True)
        places: IntArray = codes.reshape(self.table.shape) + len(levels) * np.arange(self.table.shape[1])
        return places

    @cached_property
    def _given(self) -> IntArray:
        """How often each reviewer gave each used level, shape (reviewers, levels)."""
        m, k = self.table.shape[1], len(np.unique(self.table))
        return np.bincount(self._codes.ravel(), minlength=m * k).reshape(m, k)

    @cached_property
    def _shift(self) -> FloatArray:
        """Each task's sum of ranks, minus the mean."""
        given = self._given
        ranks = (np.cumsum(given, axis=1) - (given - 1) / 2).ravel()
        n, m = self.table.shape
        return np.asarray(ranks[self._codes].sum(axis=1) - m * (n + 1) / 2)

    def whole(self) -> float:
        ties = float((self._given**3 - self._given).sum())
        return float(_w(np.asarray((self._shift**2).sum()), len(self.table), self.table.shape[1], ties))

    def without(self) -> FloatArray:
        n, m = self.table.shape
        given = self._given
        k = given.shape[1]
        ties = (given**3 - given).sum() - (3 * given * (given - 1)).ravel()[self._codes].sum(axis=1)
        lost = np.kron(np.eye(m), np.tril(np.ones((k, k)), -1) + np.eye(k) / 2)
        products, weighted, shift = np.zeros((m * k, m * k)), np.zeros(m * k), self._shift + m / 2
        for part in batches(n, m * k):
            answers = self._answers(part)
            products += answers.T @ answers
            weighted += shift[part] @ answers
        squares = np.empty(n)
        for part in batches(n, m * k):
            losses = self._answers(part) @ lost.T
            crossed = ((losses @ products) * losses).sum(axis=1) - 2 * losses @ weighted
            squares[part] = (shift**2).sum() + crossed - self._shift[part] ** 2
        return _w(squares, n - 1, m, ties)

    def _answers(self, part: slice) -> FloatArray:
        codes = self._codes[part]
        answers = np.zeros((len(codes), self._given.size))
        np.put_along_axis(answers, codes, 1.0, axis=1)
        return answers


def _w(squares: FloatArray, n: int, m: int, ties: float | FloatArray) -> FloatArray:
    """Return W of the sum of squared rank sums around their mean; nan where no order was given."""
    room = m**2 * (n**3 - n) - m * np.asarray(ties, dtype=np.float64)
    return divided(12 * squares, np.broadcast_to(room, np.shape(squares)))
