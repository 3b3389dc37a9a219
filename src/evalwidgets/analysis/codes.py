"""Ratings as whole numbers: what counting is done on, without duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.clusters import Clusters, cluster_codes
from evalwidgets.analysis.arrays import BoolArray, IntArray, Level, Levels
from evalwidgets.analysis.ratings import pick_criterion, rated
from evalwidgets.analysis.results import LeftOut, listed
from evalwidgets.errors import RatingsError, did_you_mean


@dataclass(frozen=True, eq=False)
class CodedRatings:
    """The ratings of one criterion as whole numbers: three aligned arrays.

    `task[i]` and `reviewer[i]` point into `tasks` and `reviewers`, `level[i]` into
    `levels`, the declared scale.
    """

    task: IntArray
    reviewer: IntArray
    level: IntArray
    tasks: pd.Index
    reviewers: pd.Index
    levels: tuple[Level, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def n_reviewers(self) -> int:
        """How many reviewers have at least one rating here."""
        return int(np.count_nonzero(np.bincount(self.reviewer, minlength=1)))

    def clusters(self, clusters: Clusters) -> IntArray:
        """Return the cluster of each of `tasks`; 0 for those without a rating."""
        rated = np.bincount(self.task, minlength=len(self.tasks)) > 0
        codes = np.zeros(len(self.tasks), dtype=np.int64)
        codes[rated] = cluster_codes(self.tasks[rated], clusters)
        return codes

    def kept(self, rows: BoolArray) -> CodedRatings:
        """Return the ratings of these rows; the codes keep their meaning."""
        return replace(self, task=self.task[rows], reviewer=self.reviewer[rows], level=self.level[rows])

    def paired(self) -> CodedRatings:
        """Return the ratings of tasks with two and more, saying how many had one."""
        votes = np.bincount(self.task, minlength=len(self.tasks))
        singles = int(np.count_nonzero(votes == 1))
        if not singles:
            return self
        kept = self.kept(votes[self.task] > 1)
        return replace(kept, left_out=(*self.left_out, single_ratings(singles)))


def code_ratings(
    ratings: pd.DataFrame, *, levels: Levels | None, criterion: str | None = None
) -> CodedRatings:
    """Return one criterion's ratings as codes, without duplicates.

    Parameters
    ----------
    ratings : DataFrame
        A tidy table (see `check_ratings`).
    levels : sequence or None
        The declared values of the scale in order, used or not. None is for open
        scales only (counts, sets): then the values that occur, sorted.
    criterion : str or None
        Which criterion; may be omitted when there is one.

    Raises
    ------
    RatingsError
        If a value is not among the declared levels.
    """
    chosen, left_out = rated(pick_criterion(ratings, criterion))
    task, tasks = _factorize(chosen["task"])
    reviewer, reviewers = _factorize(chosen["reviewer"])
    level, declared = level_codes(chosen["value"], levels)
    duplicate = _duplicates(task, reviewer, len(reviewers))
    if duplicate is not None:
        repeats = LeftOut(
            "rating given twice", int(duplicate.sum()), "same reviewer and task; the first one counts"
        )
        left_out = (*left_out, repeats)
        task, reviewer, level = task[~duplicate], reviewer[~duplicate], level[~duplicate]
    return CodedRatings(task, reviewer, level, tasks, reviewers, declared, left_out)


def single_ratings(n: int) -> LeftOut:
    """Return how tasks with one rating are said to be left out."""
    return LeftOut("task with a single rating", n, "nothing to compare")


def as_hashable(values: pd.Series[Level]) -> pd.Series[Level]:
    """Return the values with lists (the answers of `multi`) as sorted tuples."""
    if values.dtype != object or not {list, tuple} & set(map(type, values)):
        return values
    # Not with .map, which would turn whole numbers beside None into floats.
    return pd.Series([hashable(value) for value in values], index=values.index, dtype=object)


def hashable(value: Level) -> Level:
    """Return a list as a sorted tuple, so that sets of options compare; else the value itself."""
    return tuple(sorted(value, key=str)) if isinstance(value, list | tuple) else value


def _factorize(values: pd.Series[Level]) -> tuple[IntArray, pd.Index]:
    """Return codes and labels; whole numbers in a narrow range need no hash table."""
    if len(values) and values.dtype.kind in "iu":
        numbers = values.to_numpy()
        least, most = int(numbers.min()), int(numbers.max())
        if most - least < 2 * len(numbers):
            return (numbers - least).astype(np.int64, copy=False), pd.RangeIndex(least, most + 1)
    codes, labels = pd.factorize(values)
    if len(codes) and codes.min() < 0:
        msg = (
            f"{values.name}: expected a name on every row, {int((codes < 0).sum())} of {len(codes)} rows "
            f"have none. Drop them with ratings.dropna(subset=[{str(values.name)!r}])."
        )
        raise RatingsError(msg)
    return codes.astype(np.int64, copy=False), pd.Index(labels)


def level_codes(
    values: pd.Series[Level], levels: Levels | None, what: str = "ratings"
) -> tuple[IntArray, tuple[Level, ...]]:
    """Return each value's place among the levels, and the levels.

    Parameters
    ----------
    values : Series
        Values without gaps.
    levels : sequence or None
        The declared levels; None for those that occur, sorted.
    what : str
        How an error calls the values.

    Raises
    ------
    RatingsError
        If a value is not declared, or a level is declared twice.
    """
    codes, labels = _factorize(as_hashable(values))
    occurs = np.bincount(codes, minlength=len(labels)) > 0
    occurring = list(labels[occurs])
    declared = _sorted(occurring) if levels is None else tuple(levels)
    position = {level: code for code, level in enumerate(declared)}
    if len(position) < len(declared):
        msg = f"levels: expected different values, got {listed(declared, most=12)}."
        raise RatingsError(msg)
    unknown = [value for value in occurring if value not in position]
    if unknown:
        refuse_values(unknown, declared, what)
    translate = np.array([position.get(label, -1) for label in labels], dtype=np.int64)
    return (translate[codes] if len(labels) else codes), declared


def refuse_values(unknown: Sequence[Level], declared: Levels, what: str) -> NoReturn:
    """Raise the error for values that the scale does not declare.

    Raises
    ------
    RatingsError
        Always, with the nearest declared level.
    """
    hint = did_you_mean(str(unknown[0]), [str(level) for level in declared])
    if isinstance(unknown[0], str) and any(str(level) == unknown[0] for level in declared):
        hint = f" {unknown[0]!r} is text where the level is a number: convert the column first."
    msg = (
        f"{what}: expected values among the declared levels {listed(declared, most=12)}, "
        f"got {listed((repr(value) for value in unknown), most=6)}.{hint} "
        "Pass the rubric's levels, or correct the values."
    )
    raise RatingsError(msg)


def _sorted(values: Sequence[Level]) -> tuple[Level, ...]:
    """Return numbers in order, anything else in the order of its text."""
    try:
        return tuple(sorted(values))
    except TypeError:
        return tuple(sorted(values, key=str))


def _duplicates(task: IntArray, reviewer: IntArray, n_reviewers: int) -> BoolArray | None:
    """Return which rows repeat an earlier task and reviewer, or None when none does."""
    pair = task * max(n_reviewers, 1) + reviewer
    ordered = np.sort(pair)
    # Sorting tells whether there are any; only then is it worth finding which.
    if not (ordered[1:] == ordered[:-1]).any():
        return None
    return pd.Series(pair).duplicated().to_numpy()
