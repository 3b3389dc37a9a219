"""What is asked of the reviews: by id, by place, by what they are about, the latest only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, select

from evalwidgets.core.review import Review
from evalwidgets.core.round import SANDBOX
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rows import from_payload
from evalwidgets.store.schema import PLACE, lesson_event, review, rubric

_ORDER = (review.c.campaign, review.c.reviewer, review.c.reviewer_seq)
"""The order in which each reviewer submitted, which no clock can change."""


def _given(*names: str) -> ColumnElement[bool]:
    return and_(*(review.c[name] == bindparam(name) for name in names))


# Written once: building a statement costs more than running it, and submit runs them with the lock held.
_BY_ID = select(review.c.payload).where(_given("id"))
_AT_PLACE = select(review.c.payload).where(_given(*PLACE, "revision"))
_LAST_REVISION = select(func.max(review.c.revision)).where(_given(*PLACE))
_LAST_SEQUENCE = select(func.max(review.c.reviewer_seq)).where(_given("campaign", "reviewer"))


def chosen(
    query: Select[Any], filters: Mapping[str, str | None], *, current: bool, lessons: bool = False
) -> Select[Any]:
    """Return a query over reviews narrowed to those asked for, in order of submission.

    Reviews of lessons are there only with `lessons`, or when their round is named; those of
    a sandbox only when it is named.
    """
    latest = [_is_latest()] if current else []
    return query.where(*asked_for(filters, lessons=lessons), *latest).order_by(*_ORDER)


def asked_for(filters: Mapping[str, str | None], *, lessons: bool) -> list[ColumnElement[bool]]:
    """Return the conditions on reviews; what was tried in a sandbox is asked for by name only."""
    wanted = [review.c[name] == value for name, value in filters.items() if value is not None]
    if filters.get("round") is not None:
        return wanted
    work = [*wanted, review.c.round != SANDBOX]
    return work if lessons else [*work, ~_in_lesson()]


def by_id(connection: Connection, name: str) -> Review | None:
    """Return the review with this id in any campaign, or None."""
    return _one(connection.scalar(_BY_ID, {"id": name}))


def at_place(connection: Connection, other: Review) -> Review | None:
    """Return the stored review that has the place and revision of another one, or None."""
    return _one(connection.scalar(_AT_PLACE, {**_place(other), "revision": other.revision}))


def last_revision(connection: Connection, other: Review) -> int:
    """Return the highest revision at a review's place, 0 when there is none."""
    return connection.scalar(_LAST_REVISION, _place(other)) or 0


def last_sequence(connection: Connection, other: Review) -> int:
    """Return how many reviews this reviewer has submitted in the campaign."""
    mine = {"campaign": other.campaign, "reviewer": other.reviewer}
    return connection.scalar(_LAST_SEQUENCE, mine) or 0


def current(connection: Connection, campaign: str, name: str, rubric_id: str) -> list[Review]:
    """Return the reviews of a round that no later revision supersedes."""
    filters = {"campaign": campaign, "round": name, "rubric": rubric_id}
    query = chosen(select(review.c.payload), filters, current=True)
    return [from_payload(payload) for payload in connection.scalars(query)]


def versions_used(connection: Connection, campaign: str, reviewer: str, rubric_id: str) -> frozenset[str]:
    """Return the versions of a rubric under which somebody has worked in a campaign."""
    filters = {"campaign": campaign, "reviewer": reviewer, "rubric": rubric_id}
    query = select(review.c.rubric_version).where(*asked_for(filters, lessons=False)).distinct()
    return frozenset(connection.scalars(query))


def rubrics(connection: Connection) -> dict[str, Rubric]:
    """Return every remembered rubric by its hash."""
    query = select(rubric.c.rubric_hash, rubric.c.body).order_by(rubric.c.rubric, rubric.c.version)
    return {name: Rubric.model_validate_json(body) for name, body in connection.execute(query)}


def _place(other: Review) -> dict[str, str]:
    return {name: getattr(other, name) for name in PLACE}


def _one(payload: str | None) -> Review | None:
    return None if payload is None else from_payload(payload)


def _in_lesson() -> ColumnElement[bool]:
    same = (lesson_event.c[name] == review.c[name] for name in ("campaign", "reviewer", "round"))
    return exists().where(*same, lesson_event.c.kind == "began")


def _is_latest() -> ColumnElement[bool]:
    later = review.alias("later")
    same = (later.c[name] == review.c[name] for name in PLACE)
    return ~exists().where(*same, later.c.revision > review.c.revision)
