"""Which gold answer is given as which, and which answer of one reviewer as which of another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE, blind_answers
from evalwidgets.analysis.arrays import FloatArray, IntArray, Level
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.ratings import check_ratings, check_reviewers, check_two_reviewers, pick_criterion
from evalwidgets.analysis.results import LeftOut, Told, counted, nonempty, said
from evalwidgets.analysis.scales import Scale, scale_named


@dataclass(frozen=True, eq=False, repr=False)
class Confusion(Told):
    """Answers given (columns) for each gold answer, or each of another reviewer (rows).

    Parameters
    ----------
    scale : Scale
        The criterion.
    levels : tuple
        The names of rows and columns: the declared levels, then "N/A" where it occurs.
    matrix : array of shape (levels, levels)
        How many ratings (tasks, between two reviewers); columns are what was given.
    within : float
        The share of ratings within tolerance; nan with no rating, and `note` says so.
    reviewer : str
        Whose ratings; empty for all reviewers.
    left_out : tuple of LeftOut
        What was not counted.
    note : str
        How gold with several accepted values was placed.
    other : str
        The reviewer in the rows; empty where rows are gold.
    """

    scale: Scale
    levels: tuple[Level, ...]
    matrix: IntArray
    within: float
    reviewer: str = ""
    left_out: tuple[LeftOut, ...] = ()
    note: str = ""
    other: str = ""

    @property
    def axes(self) -> tuple[str, str]:
        """What rows and columns are called."""
        return (self.other, self.reviewer) if self.other else ("gold", "given")

    @property
    def n(self) -> int:
        """How many ratings are counted."""
        return int(self.matrix.sum())

    @property
    def exact(self) -> float:
        """The share of ratings that are accepted; nan with no rating."""
        return float(np.trace(self.matrix)) / self.n if self.n else float("nan")

    @property
    def shares(self) -> FloatArray:
        """Each row as shares of its sum; a row without ratings is 0."""
        sums = self.matrix.sum(axis=1, keepdims=True)
        return np.asarray(self.matrix / np.maximum(sums, 1))

    @property
    def tolerated(self) -> np.ndarray:
        """Which cells count as within tolerance: the band around the diagonal."""
        band = np.eye(len(self.levels), dtype=bool)
        if self.scale.is_numeric and self.scale.levels:
            values = np.array(self.scale.levels, dtype=float)
            near = np.abs(values[:, None] - values[None, :]) <= self.scale.tolerance
            band[: len(values), : len(values)] |= near
        return band

    @property
    def worst(self) -> tuple[Level, Level, int] | None:
        """Gold, given and how often, of the most common wrong answer; None if all are right."""
        wrong = self.matrix * (1 - np.eye(len(self.levels), dtype=np.int64))
        if not wrong.any():
            return None
        gold, given = np.unravel_index(int(wrong.argmax()), wrong.shape)
        return self.levels[gold], self.levels[given], int(wrong[gold, given])

    @property
    def finding(self) -> str:
        """How often right, or the same, and the most common difference."""
        if self.other:
            return self._finding_between()
        who = f"{self.reviewer} on {self.scale.name}" if self.reviewer else self.scale.name
        if not self.n:
            return f"{who}: no rating has a gold answer"
        parts = [f"{who}: {self.exact:.0%} exact", *self._within()]
        if self.worst:
            gold, given, n = self.worst
            parts.append(f"most often gold {gold} is given as {given} ({counted(n, 'time')})")
        return ", ".join(parts)

    def _within(self) -> list[str]:
        return [f"{self.within:.0%} within {self.scale.tolerance:g}"] if self.scale.tolerance else []

    def _finding_between(self) -> str:
        who = f"{self.other} and {self.reviewer} on {self.scale.name}"
        if not self.n:
            return f"{who}: no task was rated by both"
        parts = [f"{who}: {self.exact:.0%} the same", *self._within()]
        if self.worst:
            one, two, n = self.worst
            parts.append(f"most often {self.other}'s {one} is {self.reviewer}'s {two} ({counted(n, 'time')})")
        return ", ".join(parts)

    @property
    def table(self) -> pd.DataFrame:
        """The matrix as a DataFrame: index gold or the other reviewer, columns given."""
        rows, columns = self.axes
        return pd.DataFrame(
            self.matrix, index=pd.Index(self.levels, name=rows), columns=pd.Index(self.levels, name=columns)
        )

    def __str__(self) -> str:
        """Return the finding with n and what was left out."""
        n = counted(self.n, "task" if self.other else "rating")
        parts = [f"{self.finding}. {n}.", said(self.left_out), self.note]
        return " ".join(part for part in parts if part)

    def _repr_html_(self) -> str:
        return self.table.to_html(border=0)


def gold_confusion(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    *,
    criterion: str,
    reviewer: str | None = None,
) -> Confusion:
    """Return how the answers of one criterion fall for each gold answer.

    Parameters
    ----------
    ratings, gold, rubric
        As in `gold_accuracy`.
    criterion : str
        Which criterion.
    reviewer : str or None
        Whose ratings; all by default.

    Notes
    -----
    Read along a row: where do tasks of this gold level go? Mass below the diagonal
    (left) is strict, above (right) lenient, in the middle columns central tendency.
    Where gold accepts several values the row is the accepted one nearest to the
    answer (the higher of two equally near), so an accepted answer lies on the diagonal.
    It misleads when rows are small: read counts before percentages.
    """
    scale = scale_named(rubric, criterion)
    chosen = ratings
    if reviewer is not None:
        check_reviewers(ratings, [reviewer])
        chosen = ratings[ratings["reviewer"] == reviewer]
    compared = compare_with_gold(pick_criterion(chosen, criterion), gold, scale)
    rows = compared.rows
    given = rows["value"].where(~rows["na"], NOT_APPLICABLE)
    right = rows["nearest"].where(~rows["gold_na"], NOT_APPLICABLE)
    levels, matrix = _counted(scale, right, given)
    return Confusion(
        scale=scale,
        levels=levels,
        matrix=matrix,
        within=float(rows["within"].mean()) if len(rows) else float("nan"),
        reviewer=reviewer or "",
        left_out=compared.left_out,
        note=_note(gold, criterion),
    )


def reviewer_confusion(
    ratings: pd.DataFrame, rubric: Any, *, criterion: str, reviewers: tuple[str, str]
) -> Confusion:
    """Return how the answers of one reviewer fall for each answer of another.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    rubric : Rubric, Scale or list of Scale
        The declared scales.
    criterion : str
        Which criterion.
    reviewers : tuple of two str
        The reviewer in the rows, and the one in the columns.

    Raises
    ------
    UnknownName
        If the ratings have no such reviewer, or the rubric no such criterion.
    RatingsError
        If both reviewers are the same.

    Notes
    -----
    Read it as two people side by side, neither being right: mass on one side of the
    diagonal says that one rates higher, mass far from it that they read a level
    differently. Only tasks that both rated count. It misleads on few of them, and says
    nothing of who is nearer to gold.
    """
    scale = scale_named(rubric, criterion)
    check_ratings(ratings)
    one, two = reviewers
    check_two_reviewers(ratings, reviewers)
    rows, left_out = blind_answers(ratings[ratings["reviewer"].isin(reviewers)], [scale])
    answers = rows.assign(answer=rows["value"].where(~rows["na"], NOT_APPLICABLE)).set_index("task")
    theirs = {name: answers.loc[answers["reviewer"] == name, "answer"] for name in reviewers}
    both = pd.concat(theirs, axis="columns", join="inner")
    single = answers.index.nunique() - len(both)
    alone = LeftOut("task that one of them rated", single, "nothing to compare")
    levels, matrix = _counted(scale, both[one], both[two])
    found = Confusion(scale, levels, matrix, float("nan"), two, nonempty(*left_out, alone))
    within = float(matrix[found.tolerated].sum() / len(both)) if len(both) else float("nan")
    return replace(found, other=one, within=within)


def _counted(scale: Scale, rows: pd.Series, columns: pd.Series) -> tuple[tuple[Level, ...], IntArray]:
    """Return the levels, and how often each row level meets each column level."""
    levels = _levels(scale, columns, rows)
    place = {level: i for i, level in enumerate(levels)}
    where = rows.map(place).to_numpy(int) * len(levels) + columns.map(place).to_numpy(int)
    return levels, np.bincount(where, minlength=len(levels) ** 2).reshape(len(levels), len(levels))


def _levels(scale: Scale, given: pd.Series, right: pd.Series) -> tuple[Level, ...]:
    seen = {*given, *right}
    extra = (NOT_APPLICABLE,) if NOT_APPLICABLE in seen and NOT_APPLICABLE not in scale.levels else ()
    open_levels = sorted(seen - {NOT_APPLICABLE}, key=lambda level: (str(type(level)), level))
    return (*(scale.levels or open_levels), *extra)


def _note(gold: pd.DataFrame, criterion: str) -> str:
    accepted = gold.loc[gold["criterion"] == criterion, "accepted"]
    several = sum(isinstance(values, list | tuple) and len(values) > 1 for values in accepted)
    if not several:
        return ""
    return f"Gold of {counted(several, 'task')} accepts several values: the row is the nearest one."
