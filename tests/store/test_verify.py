"""Damage and tampering are found, and named."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from evalwidgets.core.lesson_events import Ended
from evalwidgets.store.engine import sqlite_module
from evalwidgets.store.guards import GUARDED
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.rows import sha256

from .samples import NOON, a_lesson, a_proposal, a_review, a_second_look


def tamper(db: Path, statement: str) -> None:
    """Change a store as its owner could: take the guards off first."""
    with closing(sqlite_module().connect(str(db))) as connection:
        for table in GUARDED:
            for verb in ("update", "delete", "replace"):
                connection.execute(f"DROP TRIGGER {table.name}_no_{verb}")
        assert connection.execute(statement).rowcount > 0
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE review SET payload = replace(payload, 'hat', 'cap')",
            "payload is not the one that was hashed",
        ),
        ("UPDATE review SET payload = '{}'", "payload is no review"),
        ("UPDATE review SET reviewer = 'bo'", "reviewer is 'bo', the payload says 'ana'"),
        ("UPDATE review SET submitted_at = '2020-01-01 00:00:00.000000'", "submitted_at is"),
        (
            "UPDATE rating SET value = '1' WHERE criterion = 'accuracy'",
            "ratings are not those of the payload",
        ),
        ("DELETE FROM rating WHERE criterion = 'accuracy'", "ratings are not those of the payload"),
        ("DELETE FROM review WHERE revision = 1", "revision is 2 where 1 was expected; a review is missing"),
        ("DELETE FROM review WHERE task = 't2'", "reviewer_seq is 3 where 2 was expected"),
        ("DELETE FROM review WHERE task = 't2'", "rating: row 5 belongs to no review"),
    ],
)
def test_tampering_is_named(file_store: ReviewStore, db: Path, statement: str, found: str) -> None:
    """Each change behind the store's back is found."""
    for review in (a_review(), a_review(task="t2"), a_review(revision=2)):
        file_store.submit(review)
    assert file_store.verify() == ()

    tamper(db, statement)

    assert any(found in problem for problem in file_store.verify()), file_store.verify()


def test_a_changed_rubric_is_found(file_store: ReviewStore, db: Path, rubric) -> None:
    """A remembered rubric is checked against its hash."""
    file_store.remember_rubric(rubric)

    tamper(db, "UPDATE rubric SET body = body || ' '")

    assert file_store.verify() == (
        f"rubric {rubric.id} {rubric.version}: the content is not the one that was hashed",
    )


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE lesson_event SET payload = '{}' WHERE seq = 2",
            "lesson practice 1 of ana in spring: an",
        ),
        ("DELETE FROM lesson_event WHERE seq = 1", "lessons of ana in spring: an event is missing"),
        ("DELETE FROM lesson_event WHERE seq = 1", "does not. Begin the lesson first."),
        ("UPDATE lesson_event SET kind = 'began' WHERE seq = 2", "the columns of event 2 are not those"),
        ("UPDATE gold_event SET payload = '{}' WHERE seq = 2", "gold of spring: an event is not the one"),
        ("DELETE FROM gold_event WHERE seq = 1", "gold of spring: an event is missing"),
        ("DELETE FROM gold_event WHERE seq = 1", "no proposal waits"),
        ("UPDATE gold_event SET task = 't9' WHERE seq = 1", "the columns of event 1 are not those"),
    ],
)
def test_a_log_that_was_changed_is_named(
    file_store: ReviewStore, db: Path, statement: str, found: str
) -> None:
    """What learners did and how gold was made is checked, event by event and as a story."""
    file_store.lessons.begin(a_lesson())
    file_store.lessons.log("spring", "ana", "practice 1", Ended(at=NOON))
    file_store.gold.log("spring", a_proposal())
    file_store.gold.log("spring", a_second_look())
    assert file_store.verify() == ()

    tamper(db, statement)

    assert any(found in problem for problem in file_store.verify()), file_store.verify()


def test_an_event_that_is_none_is_named(file_store: ReviewStore, db: Path) -> None:
    """A payload with the right hash that no program wrote is found all the same."""
    file_store.gold.log("spring", a_proposal())

    tamper(db, f"UPDATE gold_event SET payload = '{{}}', payload_hash = '{sha256('{}')}'")

    assert file_store.verify() == ("gold of spring: an event is none (1 problems)",)


def test_a_damaged_file_is_found(db: Path) -> None:
    """Overwritten pages are reported, not raised."""
    with open_store(db) as store:
        for number in range(60):
            store.submit(a_review(task=f"t{number}", note="x" * 2_000))
    with db.open("r+b") as file:
        file.seek(-20 * 4_096, os.SEEK_END)  # the reviews; the tables' own description comes first
        file.write(b"\xa5" * 20 * 4_096)

    with open_store(db) as store:
        problems = store.verify()

    assert problems
    assert problems[0].startswith("file: ")


def test_a_long_list_of_problems_ends(file_store: ReviewStore, db: Path) -> None:
    """A hundred problems are enough to read."""
    for number in range(120):
        file_store.submit(a_review(task=f"t{number}"))

    tamper(db, "UPDATE review SET payload_hash = ''")

    assert len(file_store.verify()) == 101
