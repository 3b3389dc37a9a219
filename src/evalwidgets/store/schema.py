"""The tables of a store, the same on SQLite and PostgreSQL.

`campaign` comes first in every key, so that a large store can be partitioned by it.
The two tables that belong to no campaign are `rubric`, which is addressed by its
content, and `meta`, which says what the store is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

metadata = MetaData()

# PostgreSQL sorts text by the server's language unless told otherwise.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC; SQLite, which knows no zones, keeps it bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time as the engine wants it."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the time as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class server_time(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function that it is
    """The database's own clock at the moment of the statement."""

    type = Moment()
    inherit_cache = True


@compiles(server_time, "sqlite")
def _sqlite_time(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ARG001
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@compiles(server_time)
def _any_time(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ARG001
    return "clock_timestamp()"


class in_payload(FunctionElement[str]):  # noqa: N801 - reads as the SQL function that it is
    """One value of a review's payload: text as it is, anything else as JSON."""

    type = Text()
    inherit_cache = True


@compiles(in_payload, "sqlite")
def _in_sqlite_payload(element: Any, compiler: Any, **options: Any) -> str:
    payload, name = (compiler.process(part, **options) for part in element.clauses)
    return f"json_extract({payload}, '$.' || {name})"


@compiles(in_payload)
def _in_any_payload(element: Any, compiler: Any, **options: Any) -> str:
    payload, name = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({payload} AS json) ->> {name})"


def _column(name: str, kind: Any = TEXT, *, optional: bool = False) -> Column[Any]:
    return Column(name, kind, nullable=optional)


PAYLOAD_BYTES = 65_536
PLACE = ("campaign", "reviewer", "task", "rubric", "round")

review = Table(
    "review",
    metadata,
    *map(_column, ("campaign", "id", *PLACE[1:])),
    _column("revision", Integer),
    _column("reviewer_seq", Integer),
    *map(_column, ("state", "task_hash", "rubric_version", "rubric_hash")),
    _column("confidence", Integer, optional=True),
    _column("seconds", Double),
    _column("position", Integer),
    _column("submitted_at", Moment),
    _column("stored_at", Moment),
    _column("payload"),
    _column("payload_hash"),
    PrimaryKeyConstraint("campaign", "id"),
    UniqueConstraint(*PLACE, "revision", name="review_place"),
    UniqueConstraint("campaign", "reviewer", "reviewer_seq", name="review_sequence"),
    CheckConstraint("revision >= 1", name="review_revision"),
    CheckConstraint("state IN ('submitted', 'skipped')", name="review_state"),
    CheckConstraint(f"length(payload) <= {PAYLOAD_BYTES}", name="review_payload"),
    Index("review_by_id", "id"),
    Index("review_by_round", "campaign", "round", "task"),
)

rating = Table(
    "rating",
    metadata,
    *map(_column, ("campaign", "review", "criterion")),
    _column("value", optional=True),
    _column("second", Integer, optional=True),
    _column("na", optional=True),
    _column("note"),
    PrimaryKeyConstraint("campaign", "review", "criterion"),
    ForeignKeyConstraint(["campaign", "review"], ["review.campaign", "review.id"]),
    CheckConstraint("(value IS NULL) <> (na IS NULL)", name="rating_given"),
)

draft = Table(
    "draft",
    metadata,
    *map(_column, (*PLACE, "review", "payload")),
    _column("saved_at", Moment),
    PrimaryKeyConstraint(*PLACE),
    CheckConstraint(f"length(payload) <= {PAYLOAD_BYTES}", name="draft_payload"),
)

rubric = Table(
    "rubric",
    metadata,
    *map(_column, ("rubric_hash", "rubric", "version", "body")),
    _column("stored_at", Moment),
    PrimaryKeyConstraint("rubric_hash"),
)

round_event = Table(
    "round_event",
    metadata,
    *map(_column, ("campaign", "round")),
    _column("seq", Integer),
    *map(_column, ("kind", "payload", "payload_hash")),
    _column("stored_at", Moment),
    PrimaryKeyConstraint("campaign", "round", "seq"),
    CheckConstraint("seq >= 1", name="round_event_seq"),
    CheckConstraint(f"length(payload) <= {PAYLOAD_BYTES}", name="round_event_payload"),
)
"""What happened in each round, in order; the first is its opening."""

opening = Table(
    "opening",
    metadata,
    *map(_column, ("campaign", "reviewer")),
    _column("seq", Integer),
    *map(_column, ("round", "kind", "payload", "payload_hash")),
    _column("stored_at", Moment),
    PrimaryKeyConstraint("campaign", "reviewer", "seq"),
    CheckConstraint("seq >= 1", name="opening_seq"),
    CheckConstraint(f"length(payload) <= {PAYLOAD_BYTES}", name="opening_payload"),
)
"""What each person deliberately opened, in order: measured evidence, covered pictures."""

lesson_event = Table(
    "lesson_event",
    metadata,
    *map(_column, ("campaign", "reviewer")),
    _column("seq", Integer),
    *map(_column, ("round", "kind", "payload", "payload_hash")),
    _column("stored_at", Moment),
    PrimaryKeyConstraint("campaign", "reviewer", "seq"),
    CheckConstraint("seq >= 1", name="lesson_event_seq"),
    CheckConstraint(f"length(payload) <= {PAYLOAD_BYTES}", name="lesson_event_payload"),
)
"""What happened in each learner's lessons, in order; `round` is the lesson's name."""


def _campaign_log(name: str, subject: str) -> Table:
    """Return the table of a log that each campaign has one of; `subject` is what an event is about."""
    return Table(
        name,
        metadata,
        _column("campaign"),
        _column("seq", Integer),
        *map(_column, (subject, "kind", "payload", "payload_hash")),
        _column("stored_at", Moment),
        PrimaryKeyConstraint("campaign", "seq"),
        CheckConstraint("seq >= 1", name=f"{name}_seq"),
        CheckConstraint(f"length(payload) <= {PAYLOAD_BYTES}", name=f"{name}_payload"),
    )


gold_event = _campaign_log("gold_event", "task")
"""How gold was made: proposed, seconded, changed, contested, in order."""

adjudication_event = _campaign_log("adjudication_event", "task")
"""What was settled by a person, and what was sent back, in order."""

gap_event = _campaign_log("gap_event", "gap")
"""What happened to each gap of the rubric, in order."""

rubric_event = _campaign_log("rubric_event", "rubric")
"""Which version of a rubric was published when, in order."""

slice_event = _campaign_log("slice_event", "name")
"""Every saved query with its versions, in order."""

meta = Table("meta", metadata, _column("name"), _column("value"), PrimaryKeyConstraint("name"))
