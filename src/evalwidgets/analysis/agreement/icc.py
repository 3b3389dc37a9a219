"""Intraclass correlation: how much of the variance of ratings is the tasks'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
from evalwidgets.analysis.agreement.moments import Moments, MomentSums, moments_of
from evalwidgets.analysis.agreement.resampling import Evidence, Spread, jackknife, with_spread
from evalwidgets.analysis.agreement.sums import divided
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
    found = _Icc(chosen, moments_of(coded, values, clusters))
    n_tasks = len(np.unique(coded.task))
    whole = found.whole() if n_tasks > 1 else np.nan
    complete = len(coded.task) == n_tasks * coded.n_reviewers
    if np.isnan(whole):
        spread = Spread(None, NO_INTERVAL, _why_undefined(coded, n_tasks))
    elif complete and clusters is None:
        in_order = values[np.lexsort((coded.reviewer, coded.task))]
        squares = mean_squares(in_order.reshape(n_tasks, coded.n_reviewers))
        spread = _f_spread(chosen, squares, confidence_level)
    else:
        spread = jackknife(found, whole, confidence_level)
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
    if not np.isfinite(one).all():
        # Satterthwaite's degrees of freedom vanish: tasks differ less than chance makes them.
        return Spread(None, NO_INTERVAL, "Tasks differ so little that the published interval does not exist")
    if form.endswith("k)"):
        one = Interval(*(of_the_mean(end, squares.k) for end in one))
    return Spread(one, "F distribution")


def _icc_of(form: Form, sums: MomentSums) -> FloatArray:
    """Return the form from the sums; nan where the variances cannot be told apart."""
    k = divided(sums.tasks, sums.inverse_sizes) if form.endswith("k)") else np.ones_like(sums.ratings)
    if form.startswith("ICC(1"):
        task = divided(sums.between - (sums.tasks - 1) * sums.within, sums.size)
        noise = sums.within
    else:
        task, _, residual = sums.variances()
        noise = residual if form.startswith("ICC(C") else sums.within
    whole = task + noise / k
    # A variance that is nothing but rounding has no share.
    dust = 1e-12 * divided(sums.squares, sums.ratings)
    return divided(task, np.where(np.abs(whole) <= dust, 0.0, whole))


@dataclass(frozen=True, eq=False)
class _Icc:
    """An ICC by the method of moments, and without each unit."""

    form: Form
    moments: Moments

    @property
    def units(self) -> IntArray:
        return self.moments.units

    @property
    def clustered(self) -> bool:
        return self.moments.clustered

    def whole(self) -> float:
        return float(_icc_of(self.form, self.moments.sums()))

    def without(self) -> FloatArray:
        return _icc_of(self.form, self.moments.sums_without())
