"""Dawid-Skene: the likely true answer of each task, and what each reviewer makes of which truth.

Every reviewer has a table of habits (of a true A they say B so often), every answer a
prior share. Expectation and maximisation take turns: the habits weigh the votes, the
weighted votes tell the habits. Both steps are one sparse product, tasks x (reviewer,
answer), so time and memory grow with the ratings and not with tasks x reviewers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from evalwidgets.analysis.arrays import FloatArray, IntArray, Levels
from evalwidgets.analysis.codes import code_ratings
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import ResultTable, counted

SMOOTHING = 0.01
"""Ratings added to each cell of each table of habits, so that "never yet" is not "never"."""
MIN_TASKS = 10
"""A reviewer with fewer tasks is not named best or worst."""
_TINY = np.finfo(float).tiny


class Fit(NamedTuple):
    """The fitted model in arrays."""

    posterior: FloatArray
    """Chance of each answer being true, shape (tasks, levels)."""
    confusion: FloatArray
    """Chance of each answer given each truth, shape (reviewers, true, given)."""
    prior: FloatArray
    log_likelihood: float
    n_iterations: int
    converged: bool


@dataclass(frozen=True, eq=False, repr=False)
class DawidSkene(ResultTable):
    """The likely true answers: one row per task.

    Columns of `rows`: `task, n` (ratings)`, majority` (None when tied)`, share` (of the
    most common answer)`, value` (the likeliest)`, probability, changed` (whether the
    model overrules a majority).
    """

    posterior: pd.DataFrame
    """Chance of each answer, by task."""
    confusion: pd.DataFrame
    """Chance of each answer (columns) by reviewer and truth; each row sums to 1."""
    reviewers: pd.DataFrame
    """By reviewer: `n` ratings, `accuracy` (how often right on tasks as they come), `note`."""
    prior: pd.Series[float]
    log_likelihood: float
    n_iterations: int
    converged: bool
    note: str

    @property
    def finding(self) -> str:
        """How often the model overrules the majority, and who is right most and least often."""
        if self.rows.empty:
            return "There are no ratings to combine"
        told = f"{counted(len(self.rows), 'task')}, {int(self.rows['changed'].sum())} against the majority"
        known = self.reviewers[self.reviewers["note"] == ""].sort_values("accuracy", kind="stable")
        if self.note or len(known) < 2:
            return f"Dawid-Skene answers {told}" + (f"; {self.note}" if self.note else "")
        least, most = known.iloc[0], known.iloc[-1]
        return (
            f"Dawid-Skene answers {told}; {most['reviewer']} is right most often "
            f"({most['accuracy']:.0%}), {least['reviewer']} least ({least['accuracy']:.0%})"
        )


def dawid_skene(
    ratings: pd.DataFrame,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    smoothing: float = SMOOTHING,
    max_iterations: int = 200,
    min_iterations: int = 20,
    tolerance: float = 1e-4,
) -> DawidSkene:
    """Return the likely true answer of each task of a nominal criterion.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    levels : sequence or None
        The declared answers; None for those that occur.
    criterion : str or None
        Which criterion; may be omitted when there is one.
    smoothing, max_iterations, min_iterations, tolerance
        As in `fit_dawid_skene`.

    Notes
    -----
    Read `probability` with care: the model takes reviewers' errors as independent given
    the truth, so when several make the same mistake (one unclear rule) it is far too
    sure, and the majority's camp becomes the truth. It repays where reviewers differ
    much in skill and each has rated many tasks; with fewer than three reviewers a task,
    or a dozen tasks a reviewer, take the majority. "Right" here means as the model
    believes, not as gold says. It knows no order of levels: for ordinal scales take
    the median.
    Source: Dawid & Skene (1979), Applied Statistics 28, 20-28.
    """
    check_ratings(ratings)
    coded = code_ratings(ratings, levels=levels, criterion=criterion)
    tasks, task = np.unique(coded.task, return_inverse=True)
    people, who = np.unique(coded.reviewer, return_inverse=True)
    # One reviewer alone cannot be weighed against anybody: one step gives the answers back.
    steps = max_iterations if len(people) > 1 else 1
    fit = fit_dawid_skene(
        task, who, coded.level, n_levels=len(coded.levels),
        smoothing=smoothing, max_iterations=steps,
        min_iterations=min_iterations, tolerance=tolerance,
    )  # fmt: skip
    answers = pd.Index(coded.levels, tupleize_cols=False)
    names = coded.reviewers.take(people)
    votes = np.bincount(task * len(answers) + coded.level, minlength=len(tasks) * len(answers))
    given = np.bincount(who, minlength=len(people))
    return DawidSkene(
        rows=_rows(coded.tasks.take(tasks), answers, votes.reshape(len(tasks), len(answers)), fit),
        left_out=coded.left_out,
        confidence_level=0.95,
        method=f"EM, {fit.n_iterations} iterations",
        posterior=pd.DataFrame(fit.posterior, index=coded.tasks.take(tasks), columns=answers),
        confusion=_confusion(names, answers, fit),
        reviewers=_reviewers(names, given, fit),
        prior=pd.Series(fit.prior, index=answers, name="prior"),
        log_likelihood=fit.log_likelihood,
        n_iterations=fit.n_iterations,
        converged=fit.converged,
        note=_note(len(tasks), len(people), len(task), fit),
    )


def fit_dawid_skene(
    task: IntArray,
    reviewer: IntArray,
    level: IntArray,
    *,
    n_levels: int,
    smoothing: float = SMOOTHING,
    max_iterations: int = 200,
    min_iterations: int = 20,
    tolerance: float = 1e-4,
) -> Fit:
    """Fit the model to ratings as codes 0, 1, ...; a reviewer may rate a task more than once.

    Parameters
    ----------
    task, reviewer, level : array of shape (ratings,)
        Codes; tasks and reviewers without gaps.
    n_levels : int
        How many answers are declared.
    smoothing : float
        Ratings added to each cell of each table of habits; 0 is the method as published.
    max_iterations, min_iterations : int
        It never stops before the least (the likelihood rests on plateaus), and says
        so when the most were not enough.
    tolerance : float
        It has converged when no chance, of an answer or of a habit, moves by more.
    """
    n_tasks, n_people = (int(codes.max()) + 1 if len(codes) else 0 for codes in (task, reviewer))
    shape = (n_tasks, n_people * n_levels)
    votes = csr_array((np.ones(len(task)), (task, reviewer * n_levels + level)), shape=shape)
    by_habit = votes.T.tocsr()
    uniform = np.full(n_levels, 1 / max(n_levels, 1))
    if not len(task):
        nothing = np.zeros((0, n_levels))
        return Fit(nothing, np.zeros((0, n_levels, n_levels)), uniform, 0.0, 0, converged=True)
    counts = np.bincount(task * n_levels + level, minlength=n_tasks * n_levels).reshape(n_tasks, -1)
    posterior = counts / counts.sum(axis=1, keepdims=True)
    habits, converged, likelihood, iteration = np.zeros((n_people, n_levels, n_levels)), False, 0.0, 0
    for iteration in range(1, max_iterations + 1):
        renewed, prior = _habits(by_habit @ posterior, posterior, smoothing)
        believed, likelihood = _beliefs(votes, renewed, prior)
        moved = max(np.abs(believed - posterior).max(), np.abs(renewed - habits).max())
        posterior, habits = believed, renewed
        converged = bool(moved < tolerance)
        if converged and iteration >= min_iterations:
            break
    return Fit(posterior, habits.transpose(0, 2, 1), prior, likelihood, iteration, converged)


def _habits(sums: FloatArray, posterior: FloatArray, smoothing: float) -> tuple[FloatArray, FloatArray]:
    """Return the chance of each answer by reviewer (reviewers, given, true), and the prior."""
    n_levels = posterior.shape[1]
    told = sums.reshape(-1, n_levels, n_levels) + smoothing
    total = told.sum(axis=1, keepdims=True)
    # Of a truth that a reviewer never met nothing is known: every answer is as likely.
    habits = np.divide(told, total, out=np.full(told.shape, 1 / n_levels), where=total > 0)
    return habits, posterior.mean(axis=0)


def _beliefs(votes: csr_array, habits: FloatArray, prior: FloatArray) -> tuple[FloatArray, float]:
    """Return the chance of each answer being true, by task, and the log likelihood."""
    logs = votes @ np.log(np.maximum(habits, _TINY)).reshape(-1, len(prior))
    logs += np.log(np.maximum(prior, _TINY))
    most = logs.max(axis=1, keepdims=True)
    chances = np.exp(logs - most)
    total = chances.sum(axis=1, keepdims=True)
    return chances / total, float((np.log(total) + most).sum())


def _rows(tasks: pd.Index, answers: pd.Index, votes: IntArray, fit: Fit) -> pd.DataFrame:
    most = votes.max(axis=1, initial=0)
    tied = (votes == most[:, None]).sum(axis=1) > 1
    first, likely = (np.argmax(one, axis=1) if len(tasks) else [] for one in (votes, fit.posterior))
    values = np.array([*answers, None], dtype=object)[:-1]
    return pd.DataFrame(
        {
            "task": tasks,
            "n": votes.sum(axis=1),
            "majority": pd.Series(np.where(tied, None, values[first]), dtype=object),
            "share": most / np.maximum(votes.sum(axis=1), 1),
            "value": pd.Series(values[likely], dtype=object),
            "probability": fit.posterior.max(axis=1, initial=0),
            "changed": (np.asarray(first) != np.asarray(likely)) & ~tied,
        }
    )


def _confusion(reviewers: pd.Index, answers: pd.Index, fit: Fit) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([list(reviewers), list(answers)], names=["reviewer", "true"])
    table = pd.DataFrame(fit.confusion.reshape(-1, len(answers)), index=index, columns=answers)
    return table.rename_axis(columns="given")


def _reviewers(reviewers: pd.Index, given: IntArray, fit: Fit) -> pd.DataFrame:
    right = np.einsum("rkk,k->r", fit.confusion, fit.prior)
    few = f"Fewer than {MIN_TASKS} tasks: the habits are a guess"
    note = np.where(given < MIN_TASKS, few, "")
    return pd.DataFrame({"reviewer": reviewers, "n": given, "accuracy": right, "note": note})


def _note(n_tasks: int, n_people: int, n_ratings: int, fit: Fit) -> str:
    if not n_ratings:
        return "there are no ratings"
    if n_people == 1:
        return "only one reviewer rated, whose answers it repeats"
    if n_ratings < 3 * n_tasks:
        return f"with {n_ratings / n_tasks:.1f} ratings a task, habits cannot be told from the truth"
    return "" if fit.converged else f"not converged after {fit.n_iterations} iterations"
