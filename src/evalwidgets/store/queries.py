"""What is asked of the reviews: by id, by place, by what they are about, the latest only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rows import from_payload
from evalwidgets.store.schema import PLACE, review, rubric

_ORDER = (review.c.campaign, review.c.reviewer, review.c.reviewer_seq)
"""The order in which each reviewer submitted, which no clock can change."""


def chosen(query: Select[Any], filters: Mapping[str, str | None], *, current: bool) -> Select[Any]:
    """Return a query over reviews narrowed to those asked for, in order of submission."""
    wanted = [review.c[name] == value for name, value in filters.items() if value is not None]
    latest = [_is_latest()] if current else []
    return query.where(*wanted, *latest).order_by(*_ORDER)


def reviews_where(connection: Connection, condition: ColumnElement[bool]) -> Review | None:
    """Return the one review for which the condition holds, or None."""
    payload = connection.scalar(select(review.c.payload).where(condition))
    return None if payload is None else from_payload(payload)


def by_id(connection: Connection, name: str) -> Review | None:
    """Return the review with this id in any campaign, or None."""
    return reviews_where(connection, review.c.id == name)


def at_place(connection: Connection, other: Review) -> Review | None:
    """Return the stored review that has the place and revision of another one, or None."""
    return reviews_where(connection, and_(_same_place(other), review.c.revision == other.revision))


def last_revision(connection: Connection, other: Review) -> int:
    """Return the highest revision at a review's place, 0 when there is none."""
    return connection.scalar(select(func.max(review.c.revision)).where(_same_place(other))) or 0


def last_sequence(connection: Connection, other: Review) -> int:
    """Return how many reviews this reviewer has submitted in the campaign."""
    mine = and_(review.c.campaign == other.campaign, review.c.reviewer == other.reviewer)
    return connection.scalar(select(func.max(review.c.reviewer_seq)).where(mine)) or 0


def rubrics(connection: Connection) -> dict[str, Rubric]:
    """Return every remembered rubric by its hash."""
    query = select(rubric.c.rubric_hash, rubric.c.body).order_by(rubric.c.rubric, rubric.c.version)
    return {name: Rubric.model_validate_json(body) for name, body in connection.execute(query)}


def _same_place(other: Review) -> ColumnElement[bool]:
    return and_(*(review.c[name] == getattr(other, name) for name in PLACE))


def _is_latest() -> ColumnElement[bool]:
    later = review.alias("later")
    same = (later.c[name] == review.c[name] for name in PLACE)
    return ~exists().where(*same, later.c.revision > review.c.revision)
