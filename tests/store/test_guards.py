"""A stored review cannot be changed by accident, from whichever program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evalwidgets.store.engine import sqlite_module
from evalwidgets.store.reviews import ReviewStore, open_store

from ..samples import ROOT
from .samples import ROUND, a_draft, a_review, a_rubric

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


@pytest.fixture
def as_reviewers(postgresql: str) -> Iterator[str]:
    """Return the address of a made store for a role that owns nothing of it."""
    import psycopg

    open_store(postgresql).close()
    told = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    grants = (
        told.partition("```sql\n")[2].partition("```")[0].replace("public", postgresql.rpartition("%3D")[2])
    )
    with psycopg.connect(postgresql, autocommit=True) as lead:
        lead.execute(grants)
        yield postgresql.replace("postgres:", "reviewers:", 1)
        lead.execute("DROP OWNED BY reviewers; DROP ROLE reviewers")


def test_reviewers_need_to_own_nothing(as_reviewers: str) -> None:
    """With the grants of docs/security.md a role keeps drafts and reviews, and reads those of everybody."""
    with open_store(as_reviewers) as store:
        store.remember_rubric(a_rubric())
        store.save_draft(a_draft(), **ROUND)
        store.save_draft(a_draft(seconds=5), **ROUND)
        store.discard_draft("t1", **ROUND)
        store.submit(a_review())
        store.submit(a_review(reviewer="ben"))

        assert [review.reviewer for review in store.reviews()] == ["ana", "ben"]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER review_append_only ON review",
        "ALTER TABLE review DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION review_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "UPDATE review SET payload = '{}'",
        "DELETE FROM rating",
        "TRUNCATE review, rating",
        "DROP TABLE review",
    ],
)
def test_who_owns_nothing_cannot_lift_the_guard(as_reviewers: str, statement: str) -> None:
    """Only the owner of the tables could."""
    import psycopg

    with (
        psycopg.connect(as_reviewers) as other,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        other.execute(statement)
