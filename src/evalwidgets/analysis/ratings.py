"""The tidy table of ratings: checked, cut to one criterion, to what was said first.

One row per rating with at least `task, reviewer, criterion, value`. What does not
enter a statistic is counted and said: later revisions, "not applicable", empty
values, duplicates.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import pandas as pd

from evalwidgets.analysis.results import LeftOut, listed, nonempty
from evalwidgets.errors import RatingsError, UnknownName, did_you_mean

REQUIRED = ("task", "reviewer", "criterion", "value")
REVIEW_KEY = ("campaign", "round", "rubric", "task", "reviewer")
"""What one review is known by; its revisions share it. Columns that are absent do not count."""


class RatingsWarning(UserWarning):
    """RatingsWarning is issued when a number can be computed but should be read with care."""


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


def check_reviewers(ratings: pd.DataFrame, reviewers: Iterable[Any]) -> None:
    """Check that each of the reviewers has a rating.

    Raises
    ------
    UnknownName
        For the first one who has none.
    """
    known = ratings["reviewer"].unique()
    for reviewer in reviewers:
        if reviewer not in known:
            raise UnknownName("reviewer", reviewer, known, "the ratings")


def check_two_reviewers(ratings: pd.DataFrame, reviewers: tuple[Any, Any]) -> None:
    """Check that the reviewers are two, and have ratings.

    Raises
    ------
    UnknownName
        If one has no rating.
    RatingsError
        If both are the same.
    """
    check_reviewers(ratings, reviewers)
    if len(set(reviewers)) != 2:
        msg = f"reviewers: expected two different reviewers, got {tuple(reviewers)!r}."
        raise RatingsError(msg)


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
    return kept, nonempty(*left_out)


def is_not_applicable(ratings: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows were answered "not applicable" (an `na` reason and no value)."""
    if "na" not in ratings:
        return pd.Series(data=False, index=ratings.index)
    reason = ratings["na"]
    return ratings["value"].isna() & reason.notna() & ~reason.isin(["", False])
