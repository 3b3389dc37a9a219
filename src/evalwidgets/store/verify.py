"""Is a store sound? Its file, and every row against what its payload says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, Row, Table, select
from sqlalchemy.exc import DatabaseError

from evalwidgets.core.lesson_events import lesson_event_from_json
from evalwidgets.core.lesson_state import replay_lesson
from evalwidgets.core.opening import Opening
from evalwidgets.core.review import Review
from evalwidgets.core.round_events import event_from_json
from evalwidgets.core.round_state import replay
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.campaign_log import KINDS, LogKind
from evalwidgets.store.rows import from_payload, rating_rows, sha256, to_row
from evalwidgets.store.schema import (
    PLACE,
    lesson_event,
    opening,
    rating,
    review,
    round_event,
    rubric,
)

_E = TypeVar("_E")

_MOST = 100
"""How many problems are worth listing."""


def problems(connection: Connection) -> tuple[str, ...]:
    """Return what is wrong with a store, one sentence each; nothing when it is sound."""
    found: list[str] = []
    for one in _all(connection):
        found.append(one)
        if len(found) == _MOST:
            return (*found, f"... and perhaps more: this list ends at {_MOST}.")
    return tuple(found)


def _all(connection: Connection) -> Iterator[str]:
    try:
        if connection.dialect.name == "sqlite":
            yield from _of_file(connection)
        yield from _of_reviews(connection)
        yield from _of_rubrics(connection)
        yield from _of_rounds(connection)
        yield from _of_openings(connection)
        yield from _of_lessons(connection)
        for kind in KINDS:
            yield from _of_campaign_log(connection, kind)
    except DatabaseError as error:
        yield f"file: {error.orig}"


def _of_file(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"file: {said}"
    for table, number, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table}: row {number} belongs to no review"


def _of_reviews(connection: Connection) -> Iterator[str]:
    ratings = _ratings(connection)
    order = (review.c.campaign, review.c.reviewer, review.c.reviewer_seq)
    sequence: dict[tuple[str, str], int] = defaultdict(int)
    revision: dict[tuple[str, ...], int] = defaultdict(int)
    for row in connection.execute(select(review).order_by(*order)):
        yield from _of_review(row, ratings.get((row.campaign, row.id), []))
        yield from _next(row, sequence, (row.campaign, row.reviewer), "reviewer_seq")
        yield from _next(row, revision, tuple(row._mapping[name] for name in PLACE), "revision")


def _ratings(connection: Connection) -> dict[tuple[str, str], list[dict[str, Any]]]:
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    query = select(rating).order_by(rating.c.campaign, rating.c.review, rating.c.criterion)
    for row in connection.execute(query).mappings():
        grouped[row["campaign"], row["review"]].append(dict(row))
    return grouped


def _of_review(row: Row[Any], ratings: list[dict[str, Any]]) -> Iterator[str]:
    where = f"review {row.id}"
    if sha256(row.payload) != row.payload_hash:
        yield f"{where}: the payload is not the one that was hashed"
    try:
        told: Review = from_payload(row.payload)
    except ValidationError as error:
        yield f"{where}: the payload is no review ({error.error_count()} problems)"
        return
    stored = row._mapping
    for name, value in to_row(told).items():
        if stored[name] != value:
            yield f"{where}: {name} is {stored[name]!r}, the payload says {value!r}"
    if ratings != rating_rows(told):
        yield f"{where}: its ratings are not those of the payload"


def _next(row: Row[Any], last: dict[Any, int], key: tuple[str, ...], name: str) -> Iterator[str]:
    number = row._mapping[name]
    if number != last[key] + 1:
        yield f"review {row.id}: {name} is {number} where {last[key] + 1} was expected; a review is missing"
    last[key] = number


def _of_rubrics(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(rubric).order_by(rubric.c.rubric_hash)):
        if sha256(row.body) != row.rubric_hash:
            yield f"rubric {row.rubric} {row.version}: the content is not the one that was hashed"


def _of_rounds(connection: Connection) -> Iterator[str]:
    rows = _in_order(connection, round_event, "campaign", "round")
    for (campaign, name), log in _grouped(rows, "campaign", "round").items():
        where = f"round {name} of {campaign}"
        yield from _of_sequence(where, log)
        yield from _of_log(where, log, event_from_json, replay)


def _of_lessons(connection: Connection) -> Iterator[str]:
    rows = _in_order(connection, lesson_event, "campaign", "reviewer")
    for (campaign, learner), log in _grouped(rows, "campaign", "reviewer").items():
        yield from _of_sequence(f"lessons of {learner} in {campaign}", log)
    for (campaign, learner, name), log in _grouped(rows, "campaign", "reviewer", "round").items():
        where = f"lesson {name} of {learner} in {campaign}"
        yield from _of_log(where, log, lesson_event_from_json, replay_lesson)


def _of_campaign_log(connection: Connection, kind: LogKind[Any, Any]) -> Iterator[str]:
    rows = _in_order(connection, kind.table, "campaign")
    for (campaign,), log in _grouped(rows, "campaign").items():
        where = f"{kind.noun} of {campaign}"
        yield from _of_sequence(where, log)
        yield from _of_log(where, log, kind.read, kind.replay, ("kind", kind.subject))


def _in_order(connection: Connection, table: Table, *keys: str) -> list[Row[Any]]:
    order = [table.c[name] for name in (*keys, "seq")]
    return list(connection.execute(select(table).order_by(*order)))


def _grouped(rows: list[Row[Any]], *keys: str) -> dict[tuple[str, ...], list[Row[Any]]]:
    groups: dict[tuple[str, ...], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(row._mapping[name] for name in keys)].append(row)
    return groups


def _of_sequence(where: str, log: list[Row[Any]]) -> Iterator[str]:
    if [row.seq for row in log] != list(range(1, len(log) + 1)):
        yield f"{where}: an event is missing"


def _of_log(
    where: str,
    log: list[Row[Any]],
    read: Callable[[str], _E],
    told: Callable[[Iterable[_E]], object],
    columns: tuple[str, ...] = ("kind",),
) -> Iterator[str]:
    """Tell whether a log is the one that was hashed, and tells a story that can have happened."""
    if any(sha256(row.payload) != row.payload_hash for row in log):
        yield f"{where}: an event is not the one that was hashed"
        return
    try:
        events = [read(row.payload) for row in log]
        told(events)
        for row, event in zip(log, events, strict=True):
            if any(row._mapping[name] != getattr(event, name) for name in columns):
                yield f"{where}: the columns of event {row.seq} are not those of the payload"
    except ValidationError as error:
        yield f"{where}: an event is none ({error.error_count()} problems)"
    except EvalWidgetsError as error:
        yield f"{where}: {error}"


def _of_openings(connection: Connection) -> Iterator[str]:
    last: dict[tuple[str, str], int] = defaultdict(int)
    order = (opening.c.campaign, opening.c.reviewer, opening.c.seq)
    for row in connection.execute(select(opening).order_by(*order)):
        where = f"opening {row.seq} by {row.reviewer} in {row.campaign}"
        if row.seq != last[row.campaign, row.reviewer] + 1:
            yield f"{where}: the one before it is missing"
        last[row.campaign, row.reviewer] = row.seq
        if sha256(row.payload) != row.payload_hash:
            yield f"{where}: the payload is not the one that was hashed"
        try:
            told = Opening.model_validate_json(row.payload)
        except ValidationError as error:
            yield f"{where}: the payload is no opening ({error.error_count()} problems)"
            continue
        if _columns(told) != _columns(row):
            yield f"{where}: its columns are not those of the payload"


def _columns(one: Opening | Row[Any]) -> tuple[str, ...]:
    return one.campaign, one.reviewer, one.round, one.kind
