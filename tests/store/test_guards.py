"""A stored review cannot be changed by accident, from whichever program."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from evalwidgets.store.engine import sqlite_module
from evalwidgets.store.reviews import ReviewStore, open_store

from .samples import a_review

ACCIDENTS = [
    "UPDATE review SET payload = '{}'",
    "DELETE FROM review",
    "UPDATE rating SET value = '0'",
    "DELETE FROM rating WHERE criterion = 'accuracy'",
    "UPDATE rubric SET body = ''",
]
REST = (
    "state, task_hash, rubric_version, rubric_hash, seconds, position, submitted_at,"
    " stored_at, payload, payload_hash"
)
REPLACEMENTS = [
    "INSERT OR REPLACE INTO review SELECT * FROM review",
    f"REPLACE INTO review (campaign, id, reviewer, task, rubric, round, revision, reviewer_seq, {REST})"
    f" SELECT campaign, 'other', reviewer, task, rubric, round, revision, 99, {REST} FROM review",
    "INSERT OR REPLACE INTO rating SELECT campaign, review, criterion, '0', null, null, '' FROM rating",
    "INSERT INTO rating SELECT campaign, review, criterion, '0', null, null, '' FROM rating WHERE true"
    " ON CONFLICT DO UPDATE SET value = '0'",
]


@pytest.mark.parametrize("statement", [*ACCIDENTS[:4], *REPLACEMENTS])
def test_another_program_cannot_rewrite_a_review(file_store: ReviewStore, db: Path, statement: str) -> None:
    """A plain connection without any of our settings is refused, and nothing has changed."""
    module = sqlite_module()
    file_store.submit(a_review())

    with (
        closing(module.connect(str(db))) as other,
        pytest.raises(module.IntegrityError, match="never changes and never goes"),
    ):
        other.execute(statement)

    assert file_store.reviews() == [a_review()]
    assert file_store.verify() == ()


@pytest.mark.parametrize("statement", [*ACCIDENTS, "TRUNCATE review, rating"])
def test_a_server_refuses_the_same(postgresql: str, statement: str) -> None:
    """On PostgreSQL the owner's own statements are refused too."""
    import psycopg

    with open_store(postgresql) as store, psycopg.connect(postgresql) as other:
        store.submit(a_review())

        with pytest.raises(psycopg.errors.RaiseException, match="never changes and never goes"):
            other.execute(statement)
        other.rollback()

        assert store.reviews() == [a_review()]
