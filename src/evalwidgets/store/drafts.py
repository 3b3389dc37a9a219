"""Drafts: what a reviewer has said but not submitted, kept so that a restart loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field, field_validator
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, func, insert, select

from evalwidgets.core.review import Key, Sheet
from evalwidgets.core.value import Value
from evalwidgets.store.queries import by_id
from evalwidgets.store.rows import clean_keys, packed
from evalwidgets.store.schema import PLACE, draft, review, server_time

_ADD = insert(draft).values(saved_at=server_time())
_REMOVE = delete(draft).where(*(draft.c[name] == bindparam(f"at_{name}") for name in PLACE))


class Draft(Value):
    """An unsubmitted review.

    It carries the id that the review will have, so that what is resumed after a
    restart is still submitted only once.
    """

    review: str
    """The UUID made when the task was shown."""
    task: Key
    sheet: Sheet = Sheet()
    shown_at: AwareDatetime
    seconds: float = Field(0, ge=0, allow_inf_nan=False)
    """Active time so far."""

    @field_validator("review")
    @classmethod
    def _is_uuid(cls, value: str) -> str:
        return str(UUID(value))

    @field_validator("shown_at")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        return value.astimezone(UTC)


def to_row(one: Draft, place: dict[str, str]) -> dict[str, Any]:
    """Return the columns of a draft.

    Raises
    ------
    StoreError
        If it would not come back as it went in, or is too large.
    """
    payload = packed(one, f"The draft for task {one.task!r}")
    return {**clean_keys(**place, task=one.task), "review": one.review, "payload": payload}


def put(connection: Connection, row: dict[str, Any]) -> None:
    """Store a draft in place of the one before; one whose review is submitted is late and is dropped."""
    if by_id(connection, row["review"]) is None:
        remove(connection, row)
        connection.execute(_ADD, row)


def remove(connection: Connection, place: Any) -> None:
    """Remove the draft at a place, if there is one."""
    connection.execute(_REMOVE, {f"at_{name}": place[name] for name in PLACE})


def drafts_of(connection: Connection, place: dict[str, str]) -> dict[str, Draft]:
    """Return the drafts of one reviewer in one round, by task."""
    here = [draft.c[name] == value for name, value in place.items()]
    query = select(draft.c.task, draft.c.payload).where(*here, ~_submitted()).order_by(draft.c.task)
    rows = connection.execute(query)
    return {task: Draft.model_validate_json(payload) for task, payload in rows}


def count_drafts(connection: Connection, campaign: str, name: str, rubric: str) -> dict[str, int]:
    """Return how many drafts each reviewer of a round has."""
    here = (draft.c.campaign == campaign, draft.c.round == name, draft.c.rubric == rubric)
    counted = select(draft.c.reviewer, func.count().label("drafts"))
    query = counted.where(*here, ~_submitted()).group_by(draft.c.reviewer)
    return {row.reviewer: row.drafts for row in connection.execute(query)}


def _submitted() -> ColumnElement[bool]:
    return exists().where(and_(review.c.campaign == draft.c.campaign, review.c.id == draft.c.review))
