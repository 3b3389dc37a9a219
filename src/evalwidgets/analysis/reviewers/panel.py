"""All blind answers as one block, criteria x tasks x reviewers, and who is shifted against the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import KEY, blind_answers
from evalwidgets.analysis.arrays import BoolArray, FloatArray, IntArray, Level
from evalwidgets.analysis.codes import level_codes
from evalwidgets.analysis.intervals import student_t_quantile
from evalwidgets.analysis.ratings import first_revisions, is_not_applicable
from evalwidgets.analysis.results import LeftOut
from evalwidgets.analysis.scales import Scale

MIN_TASKS = 8
"""Fewer tasks than this show no steady shift: none is removed (as in `reviewer_severity`)."""
OCCASIONS = ("round", "repeat")
"""Columns that tell several reviews of one task by one reviewer apart."""
HURRIED = 0.3
"""Share of the usual time below which an answer counts as hurried."""
_ROUNDS = 30
_DUST = 1e-12
# Steps squared: a pull is believed only where tasks differ, not from a consensus that hardly varies.
_RIDGE = 1.0


@dataclass(frozen=True, eq=False)
class Panel:
    """What each reviewer first said of each task on each criterion.

    Parameters
    ----------
    scales : tuple of Scale
        The criteria that somebody answered, in the order of the rubric.
    tasks, reviewers : Index
        What the rows and columns stand for; reviewers are sorted.
    steps : array of shape (criteria, tasks, reviewers)
        The answer's place on its scale (0 for the lowest level); NaN where there is
        none. On choices a code: only same or not the same means anything. On open
        numeric scales the number itself.
    na : array of shape (criteria, tasks, reviewers)
        Whether the answer was "not applicable".
    levels : tuple of tuples
        What the steps of each criterion stand for; empty on open numeric scales.
    left_out : tuple of LeftOut
        What was not used.
    """

    scales: tuple[Scale, ...]
    tasks: pd.Index
    reviewers: pd.Index
    steps: FloatArray
    na: BoolArray
    levels: tuple[tuple[Level, ...], ...]
    left_out: tuple[LeftOut, ...]
    _ratings: pd.DataFrame
    _place: tuple[IntArray, IntArray, IntArray]

    def column(self, name: str, criterion: int) -> FloatArray:
        """Return a column of numbers as tasks x reviewers; NaN where absent."""
        block = np.full(self.steps.shape[1:], np.nan)
        if name in self._ratings:
            of_criterion = self._place[0] == criterion
            values = _numbers(self._ratings[name])[of_criterion]
            block[self._place[1][of_criterion], self._place[2][of_criterion]] = values
        return block

    def per_task(self, name: str) -> FloatArray:
        """Return a column that is one number per review, as tasks x reviewers; NaN where absent."""
        block = np.full(self.steps.shape[1:], np.nan)
        for number in range(len(self.scales)):
            block = np.where(np.isnan(block), self.column(name, number), block)
        return block

    def level(self, criterion: int, step: float) -> Level | None:
        """Return the answer that a step stands for; None for NaN."""
        if np.isnan(step):
            return None
        levels = self.levels[criterion]
        return levels[int(step)] if levels else step

    def ordered(self) -> list[int]:
        """Return the places of the criteria whose steps are numbers."""
        return [place for place, scale in enumerate(self.scales) if is_ordered(scale)]


def _numbers(column: pd.Series) -> FloatArray:
    """Return a column as numbers: times as seconds, anything that is no number as NaN."""
    if isinstance(column.dtype, pd.DatetimeTZDtype) or column.dtype.kind == "M":
        since = column - column.min()
        return np.asarray(since.dt.total_seconds(), dtype=float)
    numbers = pd.to_numeric(column, errors="coerce")
    return np.asarray(numbers.to_numpy(dtype=float, na_value=np.nan))


def is_ordered(scale: Scale) -> bool:
    """Return whether steps of the scale can be counted: numeric with three levels or more, or open."""
    return scale.is_numeric and (not scale.levels or len(scale.levels) > 2)


def panel_of(ratings: pd.DataFrame, scales: Sequence[Scale]) -> Panel:
    """Return the blind answers on these scales as a block.

    Notes
    -----
    It holds criteria x tasks x reviewers numbers, present or not: meant for teams and
    campaigns, not for crowds of thousands.
    """
    rows, left_out = blind_answers(ratings, scales)
    answered = set(rows["criterion"])
    present = tuple(scale for scale in scales if scale.id in answered)
    task, tasks = pd.factorize(rows["task"])
    reviewer, reviewers = pd.factorize(rows["reviewer"], sort=True)
    criterion = pd.Index([scale.id for scale in present]).get_indexer(pd.Index(rows["criterion"]))
    place = (criterion.astype(np.int64), task.astype(np.int64), reviewer.astype(np.int64))
    shape = (len(present), len(tasks), len(reviewers))
    steps, na = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    na[place] = rows["na"].to_numpy(dtype=bool)
    levels = []
    for number, scale in enumerate(present):
        given = (criterion == number) & ~rows["na"].to_numpy(dtype=bool)
        places, known = steps_on(scale, rows.loc[given, "value"], "ratings")
        steps[number, task[given], reviewer[given]] = places
        levels.append(known)
    return Panel(
        present,
        pd.Index(tasks),
        pd.Index(reviewers),
        steps,
        na,
        tuple(levels),
        left_out,
        _more_columns(ratings, rows),
        place,
    )


def steps_on(scale: Scale, values: pd.Series, what: str) -> tuple[FloatArray, tuple[Level, ...]]:
    """Return each value's place on the scale, and what the places stand for.

    Raises
    ------
    RatingsError
        If the scale does not declare a value.
    """
    if scale.is_numeric and not scale.levels:
        return values.to_numpy(dtype=float), ()
    # The options of `multi` are declared one by one, while an answer is a set of them.
    sets = any(isinstance(value, tuple) for value in values)
    codes, levels = level_codes(values, None if sets else scale.declared, f"{what}, criterion {scale.id}")
    return codes.astype(float), levels


def _more_columns(ratings: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return all columns of the ratings that the blind answers stand for, in their order."""
    first = first_revisions(ratings)
    answered = first[first["value"].notna() | is_not_applicable(first)]
    single = answered[~answered.duplicated(KEY)]
    at = pd.MultiIndex.from_frame(single[KEY]).get_indexer(pd.MultiIndex.from_frame(rows[KEY]))
    return single.iloc[at].reset_index(drop=True)


class Shifts(NamedTuple):
    """How each reviewer lies against the others on one criterion.

    `shift`, `low` and `high` have the shape (reviewers,): the mean deviation with its
    interval (infinite where nothing is known). `expected` and `error` have the shape
    (tasks, reviewers): the deviation to expect at the level of this task, from the
    reviewer's other tasks, and its half interval.
    """

    shift: FloatArray
    low: FloatArray
    high: FloatArray
    expected: FloatArray
    error: FloatArray


def shifts_of(steps: FloatArray, confidence_level: float = 0.95) -> Shifts:
    """Return each reviewer's steady deviation from the consensus of the others.

    Parameters
    ----------
    steps : array of shape (tasks, reviewers)
        Answers in steps; NaN where there is none.
    confidence_level : float
        Of the intervals.

    Notes
    -----
    A line per reviewer: deviation = shift + pull * (consensus of the others - its mean).
    The pull keeps one who rates all tasks towards the middle from looking as if they
    slipped at both ends. The consensus of the others is their mean after taking away
    their own lines, so that it does not matter who happened to rate which task. What is
    expected on a task leaves that task out (in closed form, by its leverage). Shifts are
    against the team: they add up to nothing, and with two reviewers nobody can tell
    which of them is off.
    """
    given = ~np.isnan(steps)
    fitted = np.zeros(steps.shape)
    for _ in range(_ROUNDS):
        line = _fit_lines(steps, consensus_of_others(steps - fitted))
        if np.abs(line.fitted - fitted).max(initial=0.0) < _DUST:
            break
        fitted = np.where(given, line.fitted, 0.0)
    known = line.n >= MIN_TASKS
    quantile = np.array([student_t_quantile(0.5 + confidence_level / 2, max(m - 2, 1)) for m in line.n])
    half = np.where(known, quantile * line.error / np.sqrt(np.maximum(line.n, 1)), np.inf)
    left = np.maximum(1 - line.leverage, _DUST)
    expected = line.fitted - line.leverage * line.rest / left
    error = quantile * line.error * np.sqrt(line.leverage / left)
    return Shifts(
        line.shift,
        line.shift - half,
        line.shift + half,
        np.where(known, expected, 0.0),
        np.where(known, error, np.inf),
    )


class _Lines(NamedTuple):
    """A least-squares line per reviewer; arrays of shape (reviewers,) or (tasks, reviewers)."""

    shift: FloatArray
    n: IntArray
    error: FloatArray
    """Standard deviation around the line."""
    fitted: FloatArray
    rest: FloatArray
    leverage: FloatArray


def _fit_lines(steps: FloatArray, consensus: FloatArray) -> _Lines:
    """Fit deviation against consensus, reviewer by reviewer, centred over the team."""
    given = ~np.isnan(consensus)
    n = np.asarray(given.sum(axis=0), dtype=np.int64)
    deviation = np.where(given, steps - consensus, 0.0)
    off = np.where(given, consensus - column_means(consensus), 0.0)
    squares = (off**2).sum(axis=0)
    usable = (n >= MIN_TASKS) & (squares > _DUST)
    shift = column_means(np.where(given, deviation, np.nan))
    pull = np.where(usable, (off * deviation).sum(axis=0) / (squares + _RIDGE), 0.0)
    # Against the team: shifts and pulls add up to nothing, else the consensus would wander.
    shift = shift - np.average(shift, weights=n) if n.any() else shift
    pull = pull - np.average(pull, weights=n * usable) * usable if (n * usable).any() else pull
    fitted = np.where(given, shift + pull * off, shift)
    rest = np.where(given, deviation - fitted, 0.0)
    leverage = 1 / np.maximum(n, 1) + np.where(usable, off**2 / (squares + _RIDGE), 0.0)
    error = np.sqrt((rest**2).sum(axis=0) / np.maximum(n - 2, 1))
    return _Lines(shift, n, error, fitted, rest, np.where(given, leverage, 0.0))


def consensus_of_others(steps: FloatArray) -> FloatArray:
    """Return, for each answer, the mean of the others' on that task; NaN where there is no other."""
    given = ~np.isnan(steps)
    values = np.where(given, steps, 0.0)
    others = given.sum(axis=1, keepdims=True) - given
    sums = values.sum(axis=1, keepdims=True) - values
    usable = given & (others > 0)
    return np.where(usable, sums / np.maximum(others, 1), np.nan)


def usual_seconds(panel: Panel) -> FloatArray:
    """Return each reviewer's median time per task; NaN without times."""
    seconds = panel.per_task("seconds")
    given = ~np.isnan(seconds)
    return np.array(
        [np.median(own[one]) if one.any() else np.nan for own, one in zip(seconds.T, given.T, strict=True)]
    )


def column_means(block: FloatArray) -> FloatArray:
    """Return the mean of each column over what is there; 0 where nothing is."""
    given = ~np.isnan(block)
    return np.asarray(np.where(given, block, 0.0).sum(axis=0) / np.maximum(given.sum(axis=0), 1))
