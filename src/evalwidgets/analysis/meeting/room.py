"""Who has finished a round and who has not: progress without a single score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from evalwidgets.analysis.ratings import require_columns
from evalwidgets.analysis.results import LeftOut, Told, counted, listed
from evalwidgets.errors import RatingsError

Status = Literal["submitted", "in progress", "not started"]
STATUSES: tuple[Status, ...] = ("submitted", "in progress", "not started")
_OPTIONAL: dict[str, Any] = {"skipped": 0, "drafts": 0, "seconds": 0.0, "flags": 0, "last_at": pd.NaT}
_NAMED = 3


@dataclass(frozen=True, eq=False, repr=False)
class Room(Told):
    """How far each reviewer of a round has come.

    Parameters
    ----------
    rows : DataFrame
        One row per reviewer, in the order given: `reviewer, status, done, skipped, total,
        left, seconds, flags, last_at`. Skipped tasks are behind the reviewer too.
    left_out : tuple of LeftOut
        Always empty: everybody who was asked is counted.
    """

    rows: pd.DataFrame
    left_out: tuple[LeftOut, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether everybody has submitted everything."""
        return len(self.rows) > 0 and bool(self.rows["status"].eq("submitted").all())

    @property
    def finding(self) -> str:
        """How many have finished, and who has how much left."""
        if self.rows.empty:
            return "Nobody has been asked to review yet"
        finished = int(self.rows["status"].eq("submitted").sum())
        if self.finished:
            return "The only reviewer has finished" if finished == 1 else f"All {finished} have finished"
        said = f"{finished} of {len(self.rows)} have finished"
        waiting = self.rows[self.rows["status"] != "submitted"].sort_values("left", kind="stable")
        started = waiting["status"] == "in progress"
        if len(waiting) > _NAMED:
            parts = [_many(int(started.sum()), "in progress"), _many(int((~started).sum()), "not started")]
            return "; ".join([said, *filter(None, parts)])
        return f"{said}; {listed(map(_left, *(waiting[name] for name in ('reviewer', 'status', 'left'))))}"

    def _repr_html_(self) -> str:
        return self.rows.to_html(index=False, border=0, justify="left", na_rep="")


def room(progress: pd.DataFrame) -> Room:
    """Return how far each reviewer has come.

    Parameters
    ----------
    progress : DataFrame
        One row per reviewer: `reviewer, done` (submitted tasks), `total`, and where known
        `skipped, drafts` (begun, not submitted), `seconds` (active time), `flags, last_at`.
        No scores, so that it can be shown while the blind phase is open.

    Raises
    ------
    RatingsError
        If a column is missing, or a reviewer stands there twice.
    """
    require_columns(progress, ("reviewer", "done", "total"), "progress")
    twice = progress["reviewer"][progress["reviewer"].duplicated()]
    if len(twice):
        msg = (
            f"progress: expected one row per reviewer, got several for {listed(twice.unique())}. Add them up."
        )
        raise RatingsError(msg)
    missing = {name: value for name, value in _OPTIONAL.items() if name not in progress}
    rows = progress.assign(**missing).reset_index(drop=True)
    rows = rows.fillna({"skipped": 0, "drafts": 0, "seconds": 0.0, "flags": 0})
    behind = rows["done"] + rows["skipped"]
    rows["left"] = (rows["total"] - behind).clip(lower=0)
    rows["status"] = [
        STATUSES[0] if total and not left else STATUSES[1] if past else STATUSES[2]
        for total, left, past in zip(rows["total"], rows["left"], behind + rows["drafts"], strict=True)
    ]
    order = ["reviewer", "status", "done", "skipped", "total", "left", "seconds", "flags", "last_at"]
    return Room(rows[order])


def _left(reviewer: str, status: Status, left: int) -> str:
    if status == "not started":
        return f"{reviewer} has not started"
    return f"{reviewer} has {counted(int(left), 'task')} left"


def _many(n: int, what: str) -> str:
    verb = "is" if n == 1 else "are"
    if what == "not started":
        verb = "has" if n == 1 else "have"
    return f"{n} {verb} {what}" if n else ""
