"""Kappas that know who rated: Cohen's for two reviewers, Conger's for many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Unpack

import numpy as np
import pandas as pd
from scipy import sparse

from evalwidgets.analysis.agreement.coefficients import chance_corrected, kappa_of_margins, pair_agreement
from evalwidgets.analysis.agreement.patterns import alike_rows, patterns_of_counts, task_counts
from evalwidgets.analysis.agreement.resampling import Evidence, IntervalOptions, estimate_of, why_undefined
from evalwidgets.analysis.agreement.sums import Additive, Rows, divided
from evalwidgets.analysis.agreement.weights import Weights, agreement_weights
from evalwidgets.analysis.arrays import FloatArray, IntArray, Level, Levels
from evalwidgets.analysis.codes import CodedRatings, code_ratings
from evalwidgets.analysis.ratings import check_ratings, check_two_reviewers
from evalwidgets.analysis.results import Estimate, LeftOut, nonempty


def cohen_kappa(
    ratings: pd.DataFrame,
    *,
    reviewers: tuple[Level, Level],
    levels: Levels | None,
    criterion: str | None = None,
    weights: Weights | None = None,
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return Cohen's kappa of two reviewers on the tasks that both rated.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; others' ratings do not enter.
    reviewers : tuple of two
        Whom to compare.
    levels : sequence or None
        The *declared* values of the scale; None for open scales.
    criterion : str or None
        Which criterion; may be omitted when the table holds one.
    weights : None or {"linear", "quadratic", "ordinal"}
        How much credit a near answer gets; None counts only the same answer.
    **how
        interval, confidence_level, n_boot, seed, clusters: as in `resampling.estimate`.

    Raises
    ------
    UnknownName
        If a reviewer has no rating.
    RatingsError
        If the two are one.

    Notes
    -----
    Read it as agreement beyond what two people with these habits would reach by chance;
    1 is perfect, 0 chance. It misleads when one level is very common (it sinks, as
    alpha does) and when the two use the scale differently: a strict and a lenient
    reviewer are forgiven part of it, because their habits count as chance. Quadratic
    weights make it nearly ICC(A,1): not a second witness. Weights go by the *declared*
    levels; libraries that take the positions of the observed ones give another number
    when a level in between is unused (1, 3, 5 of 1 to 5: 0.40 against 0.49).
    Source: Cohen (1960), Educational and Psychological Measurement 20, 37-46; weighted:
    Cohen (1968), Psychological Bulletin 70, 213-220.
    """
    check_ratings(ratings)
    check_two_reviewers(ratings, reviewers)
    theirs = ratings[ratings["reviewer"].isin(reviewers)]
    coded = code_ratings(theirs, levels=levels, criterion=criterion)
    matrix = agreement_weights(coded.levels, weights)
    first, second, tasks, left_out = _both(coded, reviewers)
    clusters = how.get("clusters")
    cluster = None if clusters is None else coded.clusters(clusters)[tasks]
    name = f"Cohen's kappa of {reviewers[0]} and {reviewers[1]}" + (f" ({weights})" if weights else "")
    return estimate_of(
        name,
        _cohen(first, second, matrix, cluster),
        Evidence(len(tasks), 2, 2 * len(tasks), left_out),
        lambda: _why_not(reviewers, coded.levels[first[0]] if len(tasks) else None, len(tasks)),
        **how,
    )


def conger_kappa(
    ratings: pd.DataFrame,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    weights: Weights | None = None,
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return Conger's kappa: Cohen's for any number of reviewers, with missing ratings.

    Parameters
    ----------
    ratings, levels, criterion, weights, **how
        As in `cohen_kappa`.

    Notes
    -----
    Read it as `fleiss_kappa`, except that each reviewer's own habits make the chance:
    for two reviewers who rated the same tasks it is Cohen's kappa. It misleads where
    names are slots ("rater 1" is not one person), and with reviewers of a handful of
    ratings, whose habits are guesses; a reviewer who rated once counts as one who
    always gives that level. It is no function of count patterns: who gave which level
    matters. As in R's irrCAC, tasks with a single rating enter the habits and not the
    observed agreement. Source: Conger (1980), Psychological Bulletin 88, 322-328;
    missing ratings: Gwet (2014), ch. 3.
    """
    check_ratings(ratings)
    coded = code_ratings(ratings, levels=levels, criterion=criterion)
    matrix = agreement_weights(coded.levels, weights)
    clusters = how.get("clusters")
    counts = task_counts(coded)
    rated = np.flatnonzero(counts.sum(axis=1))
    unit = np.zeros(len(counts), dtype=np.int64)
    unit[rated] = np.arange(len(rated)) if clusters is None else coded.clusters(clusters)[rated]
    conger = _conger(coded, counts, unit, matrix, clustered=clusters is not None)
    name = "Conger's kappa" + (f" ({weights})" if weights else "")
    patterns = patterns_of_counts(counts, levels=coded.levels, n_reviewers=coded.n_reviewers)
    evidence = Evidence(len(rated), coded.n_reviewers, len(coded.task), coded.left_out)
    return estimate_of(name, conger, evidence, lambda: why_undefined(patterns), **how)


def _both(
    coded: CodedRatings, reviewers: tuple[Level, Level]
) -> tuple[IntArray, IntArray, IntArray, tuple[LeftOut, ...]]:
    """Return the level codes of the two on the tasks that both rated, and those tasks."""
    given = np.full((2, len(coded.tasks)), -1, dtype=np.int64)
    for row, code in zip(given, coded.reviewers.get_indexer(pd.Index(reviewers)), strict=True):
        theirs = coded.reviewer == code
        row[coded.task[theirs]] = coded.level[theirs]
    tasks = np.flatnonzero((given >= 0).all(axis=0))
    alone = LeftOut(
        "task that only one of the two rated",
        int((given >= 0).any(axis=0).sum()) - len(tasks),
        "nothing to compare",
    )
    return given[0, tasks], given[1, tasks], tasks, nonempty(*coded.left_out, alone)


def _cohen(first: IntArray, second: IntArray, matrix: FloatArray, cluster: IntArray | None) -> Additive:
    """Return kappa of the table of pairs: tasks in the same cell are alike."""
    k = len(matrix)
    cells, of_task = alike_rows((first * k + second)[:, None], cluster)
    one, other = np.eye(k)[first[cells]], np.eye(k)[second[cells]]
    table = np.concatenate([one, other, ((one @ matrix) * other).sum(axis=1)[:, None]], axis=1)
    rows = Rows(np.bincount(of_task, minlength=len(cells)), None if cluster is None else cluster[cells])
    return kappa_of_margins(rows, lambda part: table[part], matrix)


def _why_not(reviewers: tuple[Level, Level], level: Level, n_tasks: int) -> str:
    if not n_tasks:
        return f"{reviewers[0]} and {reviewers[1]} have no task in common"
    return (
        f"Both gave {level} to all {n_tasks} tasks: percent agreement is 1, and agreement beyond "
        "chance cannot be told from a scale that nobody used"
    )


@dataclass(frozen=True, eq=False)
class _Conger:
    """Conger's kappa of what each reviewer gave in each unit.

    p_e is the mean of p_g' W p_h over ordered pairs of reviewers:
    (T' W T - sum of p_g' W p_g) / (r (r-1)) with T the sum of the shares p_g.
    """

    rows: Rows
    """One row for each unit and reviewer in it; n is 1."""
    reviewer: IntArray
    counts: FloatArray
    """What the reviewer gave in the unit, shape (rows, levels)."""
    agreement: FloatArray
    """Per unit: agreement summed over tasks, and tasks with two ratings and more."""
    matrix: FloatArray
    clustered: bool

    @property
    def units(self) -> IntArray:
        return self.rows.units

    @property
    def width(self) -> int:
        return max(len(self.units), self._given.size)

    @cached_property
    def _given(self) -> FloatArray:
        """What each reviewer gave in all, shape (reviewers, levels)."""
        given = [np.bincount(self.reviewer, weights=column) for column in self.counts.T]
        return np.stack(given, axis=1)

    def whole(self) -> float:
        return float(self._value(self.agreement.sum(axis=0), *self._totals(self._given)))

    def without(self) -> FloatArray:
        given = self._given
        total, own, r = self._totals(given)
        shares, forms = self._shares(given)
        agreement = self.agreement.sum(axis=0) - self.agreement
        values = []
        for part, kinds in self.rows.parts(8 * len(self.matrix)):
            who = self.reviewer[part]
            left = given[who] - self.counts[part]
            less_shares, less_forms = self._shares(left)
            gone = self.rows.per_unit((left.sum(axis=-1) == 0).astype(float), part, kinds)
            moved = self.rows.per_unit(less_shares - shares[who], part, kinds)
            turned = self.rows.per_unit(less_forms - forms[who], part, kinds)
            values.append(self._value(agreement[kinds], total + moved, own + turned, r - gone))
        return np.concatenate(values)

    def drawn(self, times: IntArray) -> FloatArray:
        k, reviewers = len(self.matrix), len(self._given)
        row, level = np.nonzero(self.counts)
        unit = np.asarray(self.rows.cluster)[row]
        cells = (self.counts[row, level], (self.reviewer[row] * k + level, unit))
        table = sparse.csr_array(cells, shape=(reviewers * k, len(self.units)))
        given = (table @ times.T.astype(np.float64)).T.reshape(len(times), reviewers, k)
        return self._value(times @ self.agreement, *self._totals(given))

    def _shares(self, given: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return p_g and p_g' W p_g; zeros for a reviewer without ratings."""
        n = given.sum(axis=-1, keepdims=True)
        shares = given / np.maximum(n, 1)
        return shares, ((shares @ self.matrix) * shares).sum(axis=-1)

    def _totals(self, given: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        shares, forms = self._shares(given)
        present = np.count_nonzero(given.sum(axis=-1), axis=-1)
        return shares.sum(axis=-2), forms.sum(axis=-1), np.asarray(present, dtype=np.float64)

    def _value(self, agreement: FloatArray, total: FloatArray, own: FloatArray, r: FloatArray) -> FloatArray:
        between = ((total @ self.matrix) * total).sum(axis=-1) - own
        observed = divided(agreement[..., 0], agreement[..., 1])
        return chance_corrected(observed, divided(between, r * (r - 1)))


def _conger(
    coded: CodedRatings, counts: IntArray, unit: IntArray, matrix: FloatArray, *, clustered: bool
) -> _Conger:
    k, votes = len(matrix), counts.sum(axis=1)
    pair, of_rating = np.unique(unit[coded.task] * len(coded.reviewers) + coded.reviewer, return_inverse=True)
    given = np.bincount(of_rating * k + coded.level, minlength=len(pair) * k).reshape(len(pair), k)
    agreement = np.where(votes > 1, pair_agreement(counts, matrix), 0.0)
    n_units = int(unit.max(initial=-1)) + 1
    summed = [np.bincount(unit, weights=one, minlength=n_units) for one in (agreement, votes > 1)]
    reviewers = pair % max(len(coded.reviewers), 1)
    rows = Rows(np.ones(len(pair), dtype=np.int64), pair // max(len(coded.reviewers), 1))
    return _Conger(rows, reviewers, given.astype(float), np.stack(summed, axis=1), matrix, clustered)
