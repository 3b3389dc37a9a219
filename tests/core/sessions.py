"""A session over five tasks, its clock, and one task done: what the tests of sessions share."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from evalwidgets.core.review import Review
from evalwidgets.core.session import Session

from ..samples import an_edit, answer_all, every_control

RUBRIC = every_control()
TASKS = [
    an_edit(f"t{number}", source=f"s{number // 2}", tags={"subjects": ("figure",) if number % 2 else ()})
    for number in range(5)
]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOTE = "the brim on the left"


def clock() -> Callable[[], datetime]:
    """Return a clock that moves on by a second at each look."""
    ticks = itertools.count()
    return lambda: NOON + timedelta(seconds=next(ticks))


def a_session(**options: Any) -> Session:
    """Return a session over five tasks of three sources."""
    return Session(RUBRIC, TASKS, "ana", now=clock(), **options)


def current(session: Session) -> str:
    """Return the id of the current task."""
    assert session.current is not None
    return session.current.id


def do_one(session: Session, **other: Any) -> Review:
    """Answer the current task and submit it."""
    answer_all(session, **other)
    review = session.submit()
    session.accept(review)
    return review
