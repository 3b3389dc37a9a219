"""Intraclass correlation: how much of the variance of ratings is the tasks'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.clusters import Clusters
from evalwidgets.analysis.agreement.mean_squares import (
    MeanSquares,
    agreement_interval,
    mean_squares,
    of_the_mean,
    ratio_interval,
)
from evalwidgets.analysis.agreement.resampling import Evidence, Spread, jackknife, with_spread
from evalwidgets.analysis.agreement.sums import Rows, divided
from evalwidgets.analysis.agreement.weights import level_values
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.codes import CodedRatings, code_ratings
from evalwidgets.analysis.intervals import Interval
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import NO_INTERVAL, Estimate, counted
from evalwidgets.errors import RatingsError, did_you_mean

Form = Literal["ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"]

_ALSO: dict[str, Form] = {
    "ICC(1)": "ICC(1,1)",
    "ICC(2,1)": "ICC(A,1)",
    "ICC(3,1)": "ICC(C,1)",
    "ICC(k)": "ICC(1,k)",
    "ICC(2,k)": "ICC(A,k)",
    "ICC(3,k)": "ICC(C,k)",
}
FORMS: tuple[Form, ...] = ("ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)")


def icc(
    ratings: pd.DataFrame,
    *,
    form: str = "ICC(A,1)",
    criterion: str | None = None,
    confidence_level: float = 0.95,
    clusters: Clusters | None = None,
) -> Estimate:
    """Return an intraclass correlation of numeric ratings.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; values are numbers and count as equally spaced.
    form : str
        The first sign says what counts as error, in the names of McGraw and Wong or of
        Shrout and Fleiss: ``ICC(A,1)`` = ``ICC(2,1)`` absolute agreement (a strict
        reviewer is error), ``ICC(C,1)`` = ``ICC(3,1)`` consistency (a constant shift is
        forgiven), ``ICC(1,1)`` everything but the task (who rated is not known). ``k``
        in place of the second 1 is the mean of all reviewers of a task instead of one.
    criterion : str or None
        Which criterion; may be omitted when the table holds one.
    confidence_level : float
        Of the interval.
    clusters : mapping or Series, optional
        From each task to what it shares with others; then the jackknife over clusters.

    Raises
    ------
    RatingsError
        If the form is unknown or values are not numbers.

    Notes
    -----
    Read ICC(A,1) as the share of variance that is the tasks' when a stranger of this
    team rates one: it is nearly the mean quadratic kappa and interval alpha, not
    independent evidence. ICC(A,k) is the reliability of the team's *mean* and is high
    with many reviewers however much they differ. It misleads when the tasks hardly
    differ (all good pictures): then it is low whatever the care taken. It may be
    negative: reviewers differ more within tasks than tasks do.

    Complete tables have the published F intervals. With missing ratings the variance
    components come from four sums (method of moments; equal to the mean squares when
    nothing is missing), k is the harmonic mean of the ratings per task, and the
    interval is the delete-one-task jackknife with t. Tasks with one rating are left out.
    Source: Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428; McGraw & Wong
    (1996), Psychological Methods 1, 30-46; moments: Gwet (2014), ch. 9.
    """
    check_ratings(ratings)
    chosen = _form(form)
    coded = code_ratings(ratings, levels=None, criterion=criterion).paired()
    values = level_values(coded.levels)[coded.level] if len(coded.level) else np.zeros(0)
    moments = _moments(coded, values - values.mean() if len(values) else values, chosen, clusters)
    n_tasks = len(np.unique(coded.task))
    whole = moments.whole() if n_tasks > 1 else np.nan
    complete = len(coded.task) == n_tasks * coded.n_reviewers
    if np.isnan(whole):
        spread = Spread(None, NO_INTERVAL, _why_undefined(coded, n_tasks))
    elif complete and clusters is None:
        in_order = values[np.lexsort((coded.reviewer, coded.task))]
        squares = mean_squares(in_order.reshape(n_tasks, coded.n_reviewers))
        spread = _f_spread(chosen, squares, confidence_level)
    else:
        spread = jackknife(moments, whole, confidence_level)
    evidence = Evidence(n_tasks, coded.n_reviewers, len(coded.task), coded.left_out)
    return with_spread(chosen, whole, spread, evidence, confidence_level)


def _form(form: str) -> Form:
    for known in FORMS:
        if form == known or _ALSO.get(form) == known:
            return known
    names = [*FORMS, *_ALSO]
    msg = f"form: expected {', '.join(names)}, got {form!r}.{did_you_mean(str(form), names)}"
    raise RatingsError(msg)


def _why_undefined(coded: CodedRatings, n_tasks: int) -> str:
    if not n_tasks:
        return "No task was rated by two reviewers, so there is nothing to compare"
    if n_tasks < 2:
        return "Only one task was rated by two reviewers, so tasks have no variance"
    if len(np.unique(coded.level)) < 2:
        return f"All {len(coded.task)} ratings are the same ({coded.levels[coded.level[0]]}): no variance"
    return (
        "The variance of tasks cannot be told from that of reviewers: the ratings differ by nothing "
        "but who gave them, or too few reviewers share tasks"
    )


def _f_spread(form: Form, squares: MeanSquares, confidence_level: float) -> Spread:
    """Return the published interval of a complete table; that of a mean is stepped up from one."""
    if squares.error <= 1e-12 * squares.tasks:
        note = f"The reviewers differ by nothing but a shift, so {counted(squares.n, 'task')} cannot show how"
        return Spread(None, NO_INTERVAL, f"{note} much they vary")
    if form.startswith("ICC(A"):
        one = agreement_interval(squares, confidence_level=confidence_level)
    else:
        one_way = form.startswith("ICC(1")
        one = ratio_interval(squares, one_way=one_way, confidence_level=confidence_level)
    if form.endswith("k)"):
        one = Interval(*(of_the_mean(end, squares.k) for end in one))
    return Spread(one, "F distribution")


class _Sums(NamedTuple):
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


def _icc_of(form: Form, sums: _Sums) -> FloatArray:
    """Return the form from the sums; nan where the variances cannot be told apart."""
    m, tasks, reviewers = sums.ratings, sums.tasks, sums.reviewers
    between = sums.by_task - divided(sums.total**2, m)
    sizes, loads = m - divided(sums.task_sizes, m), tasks - divided(sums.reviewer_sizes, m)
    dust = 1e-12 * divided(sums.squares, m)
    k = divided(tasks, sums.inverse_sizes) if form.endswith("k)") else np.ones_like(m)
    within = divided(sums.squares - sums.by_task, m - tasks)
    if form.startswith("ICC(1"):
        task = divided(between - (tasks - 1) * within, sizes)
        return _share(task, within / k, dust)
    beside = divided(sums.squares - sums.by_reviewer, m - reviewers)
    error = divided(sizes * beside + loads * within - between, sizes + loads - (tasks - 1))
    task = beside - error
    return _share(task, (error if form.startswith("ICC(C") else within) / k, dust)


def _share(task: FloatArray, noise: FloatArray, dust: FloatArray) -> FloatArray:
    """Return the tasks' share of the variance; nan where there is none but rounding."""
    whole = task + noise
    return divided(task, np.where(np.abs(whole) <= dust, 0.0, whole))


@dataclass(frozen=True, eq=False)
class _Moments:
    """An ICC by the method of moments, of what each reviewer gave in each unit."""

    form: Form
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
        return self.rows.units

    @cached_property
    def _reviewers(self) -> FloatArray:
        """How many ratings each reviewer gave and their sum, shape (reviewers, 2)."""
        return np.stack([np.bincount(self.reviewer, weights=one) for one in self.given.T], axis=1)

    def whole(self) -> float:
        moved = _of_reviewers(self._reviewers).sum(axis=0)
        return float(_icc_of(self.form, self._sums(self.of_unit.sum(axis=0), moved)))

    def without(self) -> FloatArray:
        theirs = _of_reviewers(self._reviewers)
        left = _of_reviewers(self._reviewers[self.reviewer] - self.given)
        kinds = slice(0, len(self.units))
        moved = self.rows.per_unit(left - theirs[self.reviewer], slice(0, len(left)), kinds)
        sums = self._sums(self.of_unit.sum(axis=0) - self.of_unit, theirs.sum(axis=0) + moved)
        return _icc_of(self.form, sums)

    def _sums(self, tasks: FloatArray, reviewers: FloatArray) -> _Sums:
        n, squares, by_task, sizes, inverse = np.moveaxis(tasks, -1, 0)
        present, ratings, total, by_reviewer, loads = np.moveaxis(reviewers, -1, 0)
        return _Sums(ratings, n, present, total, squares, by_task, by_reviewer, sizes, loads, inverse)


def _moments(coded: CodedRatings, values: FloatArray, form: Form, clusters: Clusters | None) -> _Moments:
    present, task = np.unique(coded.task, return_inverse=True)
    sizes = np.bincount(task).astype(np.float64)
    total, squares = np.bincount(task, weights=values), np.bincount(task, weights=values**2)
    unit = np.arange(len(present), dtype=np.int64)
    if clusters is not None:
        # Codes of the clusters that are left, without gaps.
        _, unit = np.unique(coded.clusters(clusters)[present], return_inverse=True)
    terms = [np.ones(len(present)), squares, total**2 / sizes, sizes**2, 1 / sizes]
    of_unit: FloatArray = np.stack([np.bincount(unit, weights=one) for one in terms], axis=1)
    reviewers = max(len(coded.reviewers), 1)
    pair, of_rating = np.unique(unit[task] * reviewers + coded.reviewer, return_inverse=True)
    given: FloatArray = np.stack(
        [np.bincount(of_rating) * 1.0, np.bincount(of_rating, weights=values)], axis=1
    )
    rows = Rows(np.ones(len(pair), dtype=np.int64), pair // reviewers)
    return _Moments(form, rows, pair % reviewers, given, of_unit, clusters is not None)


def _of_reviewers(given: FloatArray) -> FloatArray:
    """Return of n and sum: whether present, n, sum, sum^2 / n and n^2; each adds up over reviewers."""
    n, total = given[:, 0], given[:, 1]
    return np.stack([n > 0, n, total, total**2 / np.maximum(n, 1), n**2], axis=1)
