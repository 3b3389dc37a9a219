"""Cutting work into periods of time: calendar weeks, or so many tasks each."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from evalwidgets.analysis.results import LeftOut, nonempty
from evalwidgets.errors import RatingsError

Period = str | int
"""A calendar period of pandas ("D", "W", "M", "Q"), or a number of tasks of one reviewer."""

_UNIT = {"D": "day", "W": "week", "M": "month", "Q": "quarter"}


class Mark(NamedTuple):
    """Something that happened: charts over time draw a line there."""

    when: pd.Timestamp
    label: str


def with_periods(rows: pd.DataFrame, period: Period) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return the ratings with the start of their `period`, and what has no time.

    Parameters
    ----------
    rows : DataFrame
        With `task, reviewer, submitted_at`. A task belongs to the period in which its
        reviewer began it, with all its criteria.
    period : str or int
        "D", "W" (Monday to Sunday), "M", "Q" in UTC; or n: each reviewer's tasks in
        order of time, n at a time, a period being named by its first rating.

    Raises
    ------
    RatingsError
        If the period is neither.
    """
    check_period(period)
    when = pd.to_datetime(rows["submitted_at"], utc=True)
    timed = rows[when.notna()].assign(submitted_at=when[when.notna()])
    missing = LeftOut("rating without a time", len(rows) - len(timed), "its period is not known")
    begun = timed.groupby(["reviewer", "task"], observed=True)["submitted_at"].transform("min")
    if isinstance(period, int):
        start = _every(timed.assign(begun=begun), period)
    else:
        start = begun.dt.tz_localize(None).dt.to_period(period).dt.start_time.dt.tz_localize("UTC")
    return timed.assign(period=start), nonempty(missing)


def check_period(period: Period) -> None:
    """Check that a period is a known calendar letter or a whole number of tasks.

    Raises
    ------
    RatingsError
        If it is neither.
    """
    known = period in _UNIT if isinstance(period, str) else period >= 1
    if not known:
        msg = f"period: expected one of {', '.join(_UNIT)} or a number of tasks, got {period!r}."
        raise RatingsError(msg)


def period_name(start: pd.Timestamp, period: Period) -> str:
    """Return a period in words, for example "the week of 21 September"."""
    day = f"{start.day} {start:%B}"
    if period == "W":
        return f"the week of {day}"
    if period in ("M", "Q"):
        return f"the {_UNIT[str(period)]} of {start:%B %Y}"
    return day


def version_marks(ratings: pd.DataFrame) -> tuple[Mark, ...]:
    """Return when each rubric version after the first was first used."""
    if "rubric_version" not in ratings or "submitted_at" not in ratings or ratings.empty:
        return ()
    keys = [key for key in ("rubric", "rubric_version") if key in ratings]
    when = pd.to_datetime(ratings["submitted_at"], utc=True)
    used = ratings[keys].assign(when=when).groupby(keys, observed=True)["when"].min().reset_index()
    used = used.sort_values("when", kind="stable")
    later = used[used["rubric"].duplicated()] if "rubric" in used else used.iloc[1:]
    return tuple(
        Mark(when, f"rubric {version}")
        for when, version in zip(later["when"], later["rubric_version"], strict=True)
    )


def _every(timed: pd.DataFrame, n: int) -> pd.Series[pd.Timestamp]:
    """Return the begin of each group of n tasks of one reviewer in order of time."""
    tasks = timed.drop_duplicates(["reviewer", "task"])[["reviewer", "task", "begun"]]
    tasks = tasks.sort_values(["reviewer", "begun", "task"], kind="stable")
    group = tasks.groupby("reviewer", observed=True).cumcount() // n
    start = tasks.groupby([tasks["reviewer"], group], observed=True)["begun"].transform("min")
    tasks = tasks.assign(start=start)
    placed = timed[["reviewer", "task"]].merge(tasks, on=["reviewer", "task"], how="left")
    return placed["start"].set_axis(timed.index)
