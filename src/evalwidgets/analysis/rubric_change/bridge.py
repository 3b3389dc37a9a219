"""The bridge set: tasks rated under two versions of a rubric, and which scores may be pooled."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import KEY, blind_answers
from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import student_t_quantile
from evalwidgets.analysis.ratings import require_columns
from evalwidgets.analysis.results import LeftOut, ResultTable, counted, listed
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.core.rubric_diff import RubricDiff
from evalwidgets.errors import RatingsError

Verdict = Literal["pool", "apart", "not enough"]

LEVELS_MARGIN = 0.25
"""A mean that moves by less than a quarter of a level is no reason to keep scores apart."""
SHARE_MARGIN = 0.1
"""Of the ratings with one answer, on scales without order."""
FEWEST = 5
"""Tasks rated under both versions, below which no interval says anything."""

_COLUMNS = [
    *("criterion", "answer", "n_tasks", "n_reviewers", "paired", "before", "after"),
    *("shift", "low", "high", "verdict", "note"),
]


@dataclass(frozen=True, eq=False, repr=False)
class Bridge(ResultTable):
    """How far each criterion moved between two versions, with its interval.

    `rows` has one row a criterion: `criterion`, `answer` (on a scale without order the
    answer whose share moved most, else empty), `n_tasks, n_reviewers`, `paired` (whether
    the same people are compared with themselves), `before, after` (mean level, or share
    of the answer), `shift` with `low` and `high`, `verdict` (`pool`, `apart`, `not
    enough`) and `note`.
    """

    before: str
    after: str

    @property
    def finding(self) -> str:
        """Which scores may be pooled, as one sentence without its stop."""
        parts = [
            f"{words}: {listed(names, most=12)}"
            for verdict, words in (
                ("pool", "may be pooled"),
                ("apart", "must be kept apart"),
                ("not enough", "not enough evidence"),
            )
            if (names := list(self.rows.loc[self.rows["verdict"] == verdict, "criterion"]))
        ]
        what = f"Scores under {self.before} and {self.after}"
        return f"{what}; {'; '.join(parts)}" if parts else f"{what}: no task was rated under both"


def bridge(
    ratings: pd.DataFrame,
    rubric: Any,
    *,
    before: str,
    after: str,
    diff: RubricDiff | None = None,
    margin: float = LEVELS_MARGIN,
    confidence_level: float = 0.95,
) -> Bridge:
    """Return the shift of each criterion between two versions, from tasks rated under both.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table with `rubric_version`; of several revisions the first counts.
    rubric : Rubric, Scale or list of Scale
        The scales, as they are in both versions.
    before, after : str
        The two versions.
    diff : RubricDiff, optional
        What changed; a criterion whose meaning changed (a major step) is never pooled,
        however little its mean moved.
    margin : float
        In levels: what is too small to matter.
    confidence_level : float
        How often an interval holds the true shift.

    Returns
    -------
    Bridge

    Raises
    ------
    RatingsError
        If the ratings have no column `rubric_version`.

    Notes
    -----
    The unit is the task: of each, the mean difference after minus before, of reviewers who
    rated it under both versions where there are any (then nobody's severity is in it), else
    of all. The interval is Student's t over tasks. Scores may be pooled when the whole
    interval lies within the margin: that no shift was *found* is not enough. They are kept
    apart when the interval lies outside of 0 and reaches beyond the margin. Reviewers who
    see a task again may remember it, so a bridge set measures the version and the second
    look together; mix fresh reviewers in. Source of the test by an interval within a
    margin: Schuirmann (1987), J. Pharmacokinet. Biopharm. 15, 657-680.
    """
    require_columns(ratings, (*KEY, "value", "rubric_version"), "ratings")
    if not margin > 0:
        msg = f"margin: expected a number above 0 (in levels), got {margin!r}."
        raise RatingsError(msg)
    scales = scales_of(rubric)[0]
    sides: list[pd.DataFrame] = []
    left_out: list[LeftOut] = []
    for version in (before, after):
        rows, out = blind_answers(ratings[ratings["rubric_version"] == version], scales)
        sides.append(rows[~rows["na"]])
        left_out += out
    changed = {one.criterion for one in diff.changes if one.touches_gold} if diff else set()
    told = []
    for scale in scales:
        old, new = (side[side["criterion"] == scale.id] for side in sides)
        row = _row(scale, _Both.of(old, new), margin, confidence_level)
        told.append(_kept_apart(row) if scale.id in changed else row)
    rows = pd.DataFrame(told, columns=_COLUMNS)
    return Bridge(rows, tuple(left_out), confidence_level, "Student's t over tasks", before, after)


class _Shift(NamedTuple):
    """A mean under both versions, its change, and the interval of the change."""

    before: float
    after: float
    shift: float
    low: float
    high: float

    @classmethod
    def of(cls, old: FloatArray, new: FloatArray, tail: float) -> _Shift:
        """Return it from the means of each task; `tail` is what the interval leaves on either side."""
        change = new - old
        error = float(change.std(ddof=1)) / math.sqrt(len(change))
        half = student_t_quantile(1 - tail, len(change) - 1) * error
        middle = float(change.mean())
        return cls(float(old.mean()), float(new.mean()), middle, middle - half, middle + half)

    def verdict(self, margin: float) -> tuple[Verdict, str]:
        """Return whether scores may be pooled, and why."""
        if -margin < self.low and self.high < margin:
            return "pool", f"the whole interval lies within {margin:g}"
        if self.low > 0 or self.high < 0:
            return "apart", f"moved {'up' if self.shift > 0 else 'down'} by {abs(self.shift):.2f}"
        return "not enough", f"the interval holds 0 and reaches beyond {margin:g}"


class _Both(NamedTuple):
    """The ratings of one criterion on tasks that were rated under both versions."""

    old: pd.DataFrame
    new: pd.DataFrame
    paired: bool
    """Whether each reviewer is compared with themselves."""

    @classmethod
    def of(cls, old: pd.DataFrame, new: pd.DataFrame) -> _Both:
        """Return what can be compared: the same people where there are any, else the same tasks."""
        people = old.merge(new, on=["task", "reviewer"])[["task", "reviewer"]]
        if people["task"].nunique() >= FEWEST:
            return cls(old.merge(people), new.merge(people), paired=True)
        tasks = set(old["task"]) & set(new["task"])
        return cls(old[old["task"].isin(tasks)], new[new["task"].isin(tasks)], paired=False)

    @property
    def counts(self) -> tuple[int, int, bool]:
        """How many tasks and reviewers, and whether they are paired."""
        people = pd.concat([self.old["reviewer"], self.new["reviewer"]])
        return int(self.old["task"].nunique()), int(people.nunique()), self.paired

    @property
    def answers(self) -> list[Any]:
        """The answers that were given, in order."""
        return sorted(pd.concat([self.old["value"], self.new["value"]]).unique(), key=str)

    def shift(self, answer: Any, tail: float) -> _Shift:
        """Return the shift of the mean level, or (with an answer) of the share of that answer."""
        means = [self._means(side, answer) for side in (self.old, self.new)]
        return _Shift.of(means[0], means[1], tail)

    def _means(self, side: pd.DataFrame, answer: Any) -> FloatArray:
        marks = side["value"] if answer is None else side["value"].map(lambda given: given == answer)
        by_task = marks.astype(float).groupby(side["task"]).mean()  # sorted by task, so both sides align
        return np.asarray(by_task, dtype=np.float64)


def _row(scale: Scale, both: _Both, margin: float, confidence_level: float) -> tuple[Any, ...]:
    """Return the row of a criterion; without an order, of the answer whose share moved most."""
    tasks = both.counts[0]
    if tasks < FEWEST:
        note = f"{counted(tasks, 'task')} rated under both; at least {FEWEST} are needed"
        return (scale.id, "", *both.counts, *[np.nan] * 5, "not enough", note)
    tail = (1 - confidence_level) / 2
    if scale.is_numeric:
        moved = both.shift(None, tail)
        return (scale.id, "", *both.counts, *moved, *moved.verdict(margin))
    # Of several answers the one that moved most is told, so all intervals hold together (Bonferroni).
    shifts = {str(one): both.shift(one, tail / len(both.answers)) for one in both.answers}
    answer = max(shifts, key=lambda one: abs(shifts[one].shift))
    return (scale.id, answer, *both.counts, *shifts[answer], *shifts[answer].verdict(SHARE_MARGIN))


def _kept_apart(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the row of a criterion whose meaning changed: no mean makes its scores the same."""
    *facts, _, note = row
    return (*facts, "apart", f"its meaning changed; {note}")
