"""Agreement on a clause by round or week, never across a version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.agreement.agreement import percent_agreement
from evalwidgets.analysis.arrays import Level
from evalwidgets.analysis.gaps.said import times
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.results import Estimate, or_nan

PERIODS = ("name", "start", "after", "estimate", "low", "high", "n_tasks", "n_reviewers", "note")


class Cut(NamedTuple):
    """How a clause cuts its scale, and how sure intervals shall be."""

    levels: tuple[Level, ...] | None
    confidence_level: float

    def how(self) -> Any:
        """Return what every coefficient is given."""
        return {"levels": self.levels, "confidence_level": self.confidence_level}


def same_side(rows: pd.DataFrame, cut: Cut) -> Estimate:
    """Return the share of pairs of reviewers on the same side, averaged over tasks.

    Where tasks show nothing of how they differ (all alike, or a single one) the interval
    is Wilson's, each task one trial: the cautious end.
    """
    share = percent_agreement(rows, **cut.how())
    if share.estimate is None:
        return share
    if share.low is None or share.high is None:
        low, high = wilson_interval(share.estimate * share.n_tasks, share.n_tasks, cut.confidence_level)
        return replace(share, low=low, high=high, method="Wilson, each task one trial", note="")
    return replace(share, low=max(0.0, share.low), high=min(1.0, share.high))


def periods_of(rows: pd.DataFrame, is_after: Any, cut: Cut) -> pd.DataFrame:
    """Return agreement by period, in order of time, those before the version first.

    A period is a round where there are several, else a week, else everything; what was
    rated under the version and what was not are two periods.
    """
    when = times(rows["submitted_at"]) if "submitted_at" in rows else pd.Series(pd.NaT, index=rows.index)
    name = _names(rows, when)
    groups = rows.assign(name=name, after=is_after, when=when).groupby(
        ["after", "name"], sort=False, dropna=False
    )
    found = [_period(key, part, cut) for key, part in groups]
    table = pd.DataFrame(found, columns=list(PERIODS))
    return table.sort_values(["after", "start", "name"], kind="stable", ignore_index=True)


def _period(key: Any, part: pd.DataFrame, cut: Cut) -> tuple[Any, ...]:
    after, name = key
    share = same_side(part.drop(columns=["name", "after", "when"]), cut)
    ends = (or_nan(share.low), or_nan(share.high))
    return (
        name,
        part["when"].min(),
        bool(after),
        or_nan(share.estimate),
        *ends,
        share.n_tasks,
        share.n_reviewers,
        share.note,
    )


def _names(rows: pd.DataFrame, when: pd.Series) -> pd.Series:
    if "round" in rows and len(rows["round"].unique()) > 1:
        return rows["round"].astype(str)
    if when.notna().any():
        start = when.dt.tz_localize(None).dt.to_period("W").dt.start_time
        return pd.Series(
            [f"{day.day} {day:%b}" if pd.notna(day) else "no date" for day in start], index=rows.index
        )
    return pd.Series("all", index=rows.index)
