"""The tidy table of ratings: checked, cut to one criterion, turned into codes.

One row per rating with at least `task, reviewer, criterion, value`. What does not
enter a statistic is counted and said: later revisions, "not applicable", empty
values, duplicates.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import IntArray, Level, Levels
from evalwidgets.analysis.results import LeftOut, listed
from evalwidgets.errors import RatingsError, UnknownName, did_you_mean

REQUIRED = ("task", "reviewer", "criterion", "value")
REVIEW_KEY = ("campaign", "round", "rubric", "task", "reviewer")
"""What one review is known by; its revisions share it. Columns that are absent do not count."""


class RatingsWarning(UserWarning):
    """RatingsWarning is issued when a number can be computed but should be read with care."""


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


def check_ratings(ratings: pd.DataFrame) -> None:
    """Check that a table has the columns of ratings; warn when it mixes rubric versions.

    Raises
    ------
    RatingsError
        If it is no DataFrame or lacks `task`, `reviewer`, `criterion` or `value`.

    Warns
    -----
    RatingsWarning
        If one rubric is present in several versions: a level may have changed meaning.
    """
    require_columns(ratings, REQUIRED, "ratings")
    if "rubric_version" not in ratings:
        return
    keys = [key for key in ("rubric", "rubric_version") if key in ratings]
    sizes = ratings.groupby(keys, observed=True, sort=True).size().reset_index(name="n")
    groups = sizes.groupby("rubric") if "rubric" in sizes else [("the rubric", sizes)]
    for rubric, versions in groups:
        if len(versions) > 1:
            held = zip(versions["rubric_version"], versions["n"], strict=True)
            newest = versions["rubric_version"].iloc[-1]
            msg = (
                f"The ratings mix versions of {rubric} "
                f"({listed(f'{version}: {n}' for version, n in held)} ratings); levels may have "
                f"changed meaning. Take one with ratings[ratings.rubric_version == {newest!r}]."
            )
            warnings.warn(msg, RatingsWarning, stacklevel=3)


def require_columns(table: pd.DataFrame, columns: Sequence[str], what: str) -> None:
    """Check that a table is a DataFrame with these columns.

    Raises
    ------
    RatingsError
        Naming every missing column and the nearest existing one.
    """
    if not isinstance(table, pd.DataFrame):
        msg = f"{what}: expected a pandas DataFrame, got {type(table).__name__}."
        raise RatingsError(msg)
    missing = [column for column in columns if column not in table]
    if missing:
        present = [str(column) for column in table.columns]
        hints = "".join(did_you_mean(column, present) for column in missing)
        msg = (
            f"{what}: expected the columns {', '.join(columns)}; missing {', '.join(missing)}."
            f"{hints} Present: {', '.join(present) or 'none'}. Rename with .rename(columns=...)."
        )
        raise RatingsError(msg)


def first_revisions(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return each review's earliest revision: what was said before anything was revealed.

    Statistics of blind agreement and accuracy take these by themselves. Without a
    `revision` column every row is kept.
    """
    return _revisions(ratings, "min")


def last_revisions(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return each review's latest revision: what stands after re-votes and corrections."""
    return _revisions(ratings, "max")


def _revisions(ratings: pd.DataFrame, which: Literal["min", "max"]) -> pd.DataFrame:
    if "revision" not in ratings or ratings["revision"].nunique() < 2:
        return ratings
    keys = [key for key in REVIEW_KEY if key in ratings]
    chosen = ratings.groupby(keys, observed=True, dropna=False)["revision"].transform(which)
    return ratings.loc[ratings["revision"] == chosen]


def pick_criterion(ratings: pd.DataFrame, criterion: str | None) -> pd.DataFrame:
    """Return the ratings of one criterion.

    Raises
    ------
    UnknownName
        If no rating has this criterion.
    RatingsError
        If no criterion is named and the ratings hold several.
    """
    known = ratings["criterion"].unique()
    if criterion is not None:
        if len(ratings) and criterion not in known:
            raise UnknownName("criterion", criterion, known, "the ratings")
        return ratings if len(known) < 2 else ratings[ratings["criterion"] == criterion]
    if len(known) > 1:
        msg = (
            f"ratings: expected one criterion, got {len(known)} ({listed(known)}). "
            "A statistic never mixes criteria: choose one with criterion=...."
        )
        raise RatingsError(msg)
    return ratings


def rated(ratings: pd.DataFrame) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return first revisions that carry a value, and what was left out."""
    first = first_revisions(ratings)
    empty = first["value"].isna()
    not_applicable = empty & is_not_applicable(first)
    n_na = int(not_applicable.sum())
    left_out = (
        LeftOut("rating from a later revision", len(ratings) - len(first), "the first one is blind"),
        LeftOut("rating not applicable", n_na, "no level was given"),
        LeftOut("rating without a value", int(empty.sum()) - n_na, "not rated"),
    )
    kept = first[~empty] if empty.any() else first
    return kept, tuple(one for one in left_out if one.n)


def is_not_applicable(ratings: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows were answered "not applicable" (an `na` reason and no value)."""
    if "na" not in ratings:
        return pd.Series(data=False, index=ratings.index)
    reason = ratings["na"]
    return ratings["value"].isna() & reason.notna() & ~reason.isin(["", False])


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
    level, declared = _level_codes(chosen["value"], levels)
    duplicate = _duplicates(task, reviewer, len(reviewers))
    if duplicate is not None:
        repeats = LeftOut(
            "rating given twice", int(duplicate.sum()), "same reviewer and task; the first one counts"
        )
        left_out = (*left_out, repeats)
        task, reviewer, level = task[~duplicate], reviewer[~duplicate], level[~duplicate]
    return CodedRatings(task, reviewer, level, tasks, reviewers, declared, left_out)


def as_hashable(values: pd.Series[Level]) -> pd.Series[Level]:
    """Return the values with lists (the answers of `multi`) as sorted tuples."""
    return values.map(hashable) if values.dtype == object else values


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
    return codes.astype(np.int64, copy=False), pd.Index(labels)


def _level_codes(values: pd.Series[Level], levels: Levels | None) -> tuple[IntArray, tuple[Level, ...]]:
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
        refuse_values(unknown, declared, "ratings")
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


def _duplicates(task: IntArray, reviewer: IntArray, n_reviewers: int) -> np.ndarray | None:
    """Return which rows repeat an earlier task and reviewer, or None when none does."""
    pair = task * max(n_reviewers, 1) + reviewer
    ordered = np.sort(pair)
    # Sorting tells whether there are any; only then is it worth finding which.
    if not (ordered[1:] == ordered[:-1]).any():
        return None
    return pd.Series(pair).duplicated().to_numpy()
