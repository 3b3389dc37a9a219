"""One submit: replay, conflict or one new review with its ratings, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import canonical_json
from evalwidgets.errors import Conflict, RoundRefusal, StoreError
from evalwidgets.store import drafts, queries
from evalwidgets.store.engine import Doors
from evalwidgets.store.lessons import lesson_of
from evalwidgets.store.rounds import state_of
from evalwidgets.store.rows import from_payload, rating_rows, sha256, to_row
from evalwidgets.store.schema import rating, rubric, server_time
from evalwidgets.store.schema import review as review_table

_ADD_REVIEW = insert(review_table).values(stored_at=server_time())
_ADD_RATINGS = insert(rating)
_ADD_RUBRIC = insert(rubric).values(stored_at=server_time())


def store_review(doors: Doors, review: Review) -> Review:
    """Store a review once and return the stored one; see `ReviewStore.submit`."""
    row = to_row(review)
    kept = from_payload(row["payload"])

    def work(connection: Connection) -> Review:
        replayed = _already_there(connection, kept)
        if replayed is None:
            _insert(connection, kept, row)
        return replayed or kept

    return doors.write(work)


def _already_there(connection: Connection, review: Review) -> Review | None:
    """Return the stored review if this is its replay, None if the place is free."""
    stored = queries.by_id(connection, review.id)
    if stored is not None:
        if stored.content_hash == review.content_hash:
            return stored
        raise Conflict(_changed(review, stored, queries.last_revision(connection, stored)), stored)
    last = queries.last_revision(connection, review)
    taken = queries.at_place(connection, review)
    if taken is not None:
        raise Conflict(_taken(taken, last), taken)
    if review.revision != last + 1:
        msg = (
            f"{_named(review)} cannot be revision {review.revision}: the next one is {last + 1}. "
            "Nothing was stored; look at what is stored, then submit with that revision."
        )
        raise StoreError(msg)
    _admit(connection, review, last)
    return None


def _admit(connection: Connection, review: Review, last: int) -> None:
    """Refuse what the review's round or lesson does not take now; one that was never opened takes all."""
    state = state_of(connection, review.campaign, review.round) or lesson_of(
        connection, review.campaign, review.reviewer, review.round
    )
    why = state.refusal(review, last) if state else ""
    if why:
        raise RoundRefusal(why)


def _insert(connection: Connection, review: Review, row: Mapping[str, Any]) -> None:
    # Two programs may read the same number here; the table's own UNIQUE then sends one back to try again.
    sequence = queries.last_sequence(connection, review) + 1
    connection.execute(_ADD_REVIEW, {**row, "reviewer_seq": sequence})
    rows = rating_rows(review)
    if rows:
        connection.execute(_ADD_RATINGS, rows)
    drafts.remove(connection, row)


def remember(doors: Doors, one: Rubric) -> None:
    """Keep a rubric's content under its hash, once."""
    body = canonical_json(one.model_dump(mode="json", by_alias=True))
    name = sha256(body)
    row = {"rubric_hash": name, "rubric": one.id, "version": one.version, "body": body}

    def work(connection: Connection) -> None:
        known = select(rubric.c.rubric_hash).where(rubric.c.rubric_hash == name)
        if connection.scalar(known) is None:
            connection.execute(_ADD_RUBRIC, row)

    doors.write(work)


def _named(review: Review) -> str:
    return f"The review of task {review.task!r} by {review.reviewer!r} in round {review.round!r}"


def _taken(stored: Review, last: int) -> str:
    return (
        f"{_named(stored)} has a revision {stored.revision} already, submitted from another window "
        f"(id {stored.id}). Nothing was overwritten: compare with `.stored`, and submit "
        f"revision {last + 1} if yours should supersede it."
    )


def _changed(review: Review, stored: Review, last: int) -> str:
    differ = ", ".join(_differences(review.content, stored.content))
    return (
        f"{_named(stored)} with id {stored.id} is stored already and differs in: {differ}. "
        f"A submitted review never changes: compare with `.stored`, and submit a new id with revision "
        f"{last + 1} if yours should supersede it."
    )


def _differences(given: Mapping[str, Any], stored: Mapping[str, Any]) -> list[str]:
    names = [name for name in given if name != "answers" and given[name] != stored[name]]
    ours, theirs = given["answers"], stored["answers"]
    answers = [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
    return [*answers, *names]
