"""Bundles on the way out and back, with reviewers who answer what they are asked."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import evalwidgets as ew
from evalwidgets.store.bundle.opened import Bundle
from evalwidgets.store.kept_session import KeptSession

from ..samples import answer_all, every_control, write_manifest

PLACE = {"campaign": "spring", "round": "r1"}


def tasks_in(folder: Path, count: int = 3, **changes: Any) -> ew.TaskSet:
    """Return edit tasks with pictures, and tags that a reviewer may not see."""
    secret = {"model": "secretmodel-9", "truth": "goldenanswer", "subjects": ["figure"]}
    return ew.read_tasks(write_manifest(folder, count, tags=secret, **changes))


def write(tasks: ew.TaskSet, folder: Path, *reviewers: str, **more: Any) -> list[Path]:
    """Write bundles of the rubric with every control."""
    return [*ew.write_bundles(tasks, every_control(), folder, reviewers=reviewers, **{**PLACE, **more})]


def clock(start: datetime | None = None, step: float = 30) -> Iterator[datetime]:
    """Yield moments, some seconds apart."""
    now = start or datetime.now(UTC)
    while True:
        yield now
        now += timedelta(seconds=step)


def session_of(bundle: Bundle, ticks: Iterator[datetime] | None = None) -> KeptSession:
    """Return the session of a bundle's reviewer, as the panel makes it."""
    more = {} if ticks is None else {"now": lambda: next(ticks)}
    place: dict[str, Any] = {"campaign": bundle.campaign, "round": bundle.round, "seed": bundle.seed}
    return KeptSession(bundle.tasks, bundle.rubric, bundle.store, bundle.reviewer, **place, **more)


def answer(bundle: Bundle, count: int = 1, ticks: Iterator[datetime] | None = None, **other: Any) -> None:
    """Answer the next tasks of a bundle."""
    kept = session_of(bundle, ticks)
    for _ in range(count):
        answer_all(kept.session, **other)
        kept.submit()


def hand_in(bundle: Bundle, out: Path | None = None) -> Path:
    """Return a bundle, finished or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return ew.return_bundle(bundle, out)


def kinds(report: ew.MergeReport) -> list[str]:
    """Return the kinds of what is odd, without what is only missing."""
    return [odd.kind for odd in report.odd if odd.kind != "missing"]
