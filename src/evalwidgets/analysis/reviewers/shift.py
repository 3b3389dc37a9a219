"""One reviewer's deviations from gold, taken apart: shift, pull to the middle, change over time.

The plain mean of "given minus gold" mixes three things. A reviewer who pulls every
answer to the middle looks strict when gold is mostly high, and a lenient one looks
fair, because nobody can go above the top. So one small linear model is fitted per
reviewer::

    deviation = shift of the criterion + pull * (gold - middle of the scale) + trend * time

The shift is then the deviation to expect where gold lies mid-scale, half-way through
the work. Ratings of one task hang together, so the error is from leaving out one task
at a time (the jackknife form of the cluster-robust error, MacKinnon & White 1985).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.intervals import Interval, jackknife_error, student_t_quantile

# Below this a direction of the design is absent (gold that never varies, one session only).
_RANK = 1e-9


@dataclass(frozen=True)
class Effect:
    """One number of the model with its standard error."""

    estimate: float
    error: float
    df: int

    def interval(self, confidence_level: float, comparisons: int = 1) -> Interval:
        """Return the t interval; with several comparisons all hold together (Bonferroni)."""
        tail = (1 - confidence_level) / 2 / comparisons
        half = student_t_quantile(1 - tail, self.df) * self.error
        return Interval(self.estimate - half, self.estimate + half)


@dataclass(frozen=True)
class Shift:
    """What the model says of one reviewer.

    Parameters
    ----------
    pooled : Effect
        The shift over all criteria, each rating counting the same.
    by_criterion : tuple of Effect
        The shift on each criterion.
    pull : Effect or None
        Levels towards (-) or away from (+) the middle per level of distance from it;
        None when gold does not vary, so that it cannot be told from the shift.
    trend : Effect or None
        Change from the first to the last task; None without a time.
    """

    pooled: Effect
    by_criterion: tuple[Effect, ...]
    pull: Effect | None
    trend: Effect | None


def fit_shift(
    deviation: FloatArray,
    *,
    task: IntArray,
    criterion: IntArray,
    off_middle: FloatArray,
    time: FloatArray | None = None,
) -> Shift:
    """Fit the model to one reviewer's ratings.

    Parameters
    ----------
    deviation : array of shape (ratings,)
        Given minus nearest accepted, in levels.
    task, criterion : array of shape (ratings,)
        Codes 0, 1, ...; every criterion occurs, tasks are the clusters.
    off_middle : array of shape (ratings,)
        Gold minus the middle of the scale, in levels.
    time : array of shape (ratings,) or None
        From -0.5 (first task) to 0.5 (last).
    """
    n_criteria = int(criterion.max()) + 1
    design = np.eye(n_criteria)[criterion]
    added = {}
    for name, column in (("pull", off_middle), ("trend", time)):
        if column is None:
            continue
        wider = np.column_stack([design, column])
        if np.linalg.matrix_rank(wider, tol=_RANK * len(wider)) == wider.shape[1]:
            added[name], design = design.shape[1], wider
    coefficients, replicates = _jackknifed(design, deviation, task)
    df = max(1, len(replicates) - 1 - len(added))
    shares = np.bincount(criterion, minlength=n_criteria) / len(criterion)

    def effect(contrast: FloatArray) -> Effect:
        error = jackknife_error(replicates @ contrast)
        return Effect(float(coefficients @ contrast), float(error), df)

    axes = np.eye(design.shape[1])
    pooled = np.zeros(design.shape[1])
    pooled[:n_criteria] = shares
    return Shift(
        pooled=effect(pooled),
        by_criterion=tuple(effect(axes[i]) for i in range(n_criteria)),
        pull=effect(axes[added["pull"]]) if "pull" in added else None,
        trend=effect(axes[added["trend"]]) if "trend" in added else None,
    )


def _jackknifed(design: FloatArray, deviation: FloatArray, task: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the least-squares coefficients, and those without each task (tasks, q)."""
    n_tasks, width = int(task.max()) + 1, design.shape[1]
    products = np.zeros((n_tasks, width, width))
    moments = np.zeros((n_tasks, width))
    np.add.at(products, task, design[:, :, None] * design[:, None, :])
    np.add.at(moments, task, design * deviation[:, None])
    total, moment = products.sum(axis=0), moments.sum(axis=0)
    # The pseudo-inverse: without its one odd task a direction may vanish, which widens the error.
    whole = np.linalg.pinv(total, hermitian=True) @ moment
    without = np.linalg.pinv(total - products, rcond=_RANK, hermitian=True)
    replicates = np.einsum("tij,tj->ti", without, moment - moments)
    return whole, replicates
