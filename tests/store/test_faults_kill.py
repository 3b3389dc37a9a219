"""SIGKILL at any moment: what was acknowledged is stored, once and whole."""

from __future__ import annotations

import os
import random
import select
from contextlib import closing
from pathlib import Path

import pytest

from evalwidgets.errors import StoreError
from evalwidgets.store.engine import sqlite_module
from evalwidgets.store.reviews import open_store

from .faults import Say, Writer, acknowledged_are_stored, start
from .samples import a_review

KILLS = int(os.environ.get("EVALWIDGETS_KILLS", "120"))
"""In every run; 300 and more for a long one."""
WRITERS, EACH = 8, 300


def submit_from(address: object, lane: str, first: int, last: int, say: Say) -> None:
    """Submit the lane's reviews in turn, and say each id after its submit has returned."""
    with open_store(address) as store:
        for number in range(first, last):
            say(store.submit(a_review(reviewer=lane, task=f"t{number}")).id)


class Lane:
    """One reviewer whose kernel is killed again and again, and who goes on where the tick was missing."""

    def __init__(self, address: object, name: str) -> None:
        self.acks: list[str] = []
        self._address, self._name = address, name
        self._writer: Writer

    def begin(self) -> None:
        """Start a writer at the first review that was not acknowledged: the same id is asked again."""
        first = len(self.acks)
        self._writer = start(lambda say: submit_from(self._address, self._name, first, 10**6, say))

    def kill(self, chance: random.Random) -> None:
        """Kill the writer at a random moment, and keep what it had said."""
        self._writer.wait_for(chance.choice([0, 0, 1, 2, 4, 8]))
        # The random moment is the test: with no review to wait for, the store is still being opened.
        select.select([], [], [], chance.uniform(0, 0.02))
        self.acks += self._writer.kill()


@pytest.mark.slow
def test_kills_lose_nothing_and_store_nothing_twice(db: Path) -> None:
    """Two writers are killed again and again, at random moments from opening to writing."""
    chance = random.Random(1)
    lanes = [Lane(db, "lane one"), Lane(db, "lane two")]
    with open_store(db) as store:
        store.submit(a_review())  # what a first use loads, the children then need not load each time

    for _ in range(KILLS // 2):
        for lane in lanes:
            lane.begin()
        for lane in lanes:
            lane.kill(chance)

    acks = [ack for lane in lanes for ack in lane.acks]
    assert len(acks) > KILLS
    assert len(acks) == len(set(acks))
    stored = acknowledged_are_stored(db, acks)
    assert len(acks) <= stored - 1 <= len(acks) + len(lanes)
    with open_store(db) as store:
        assert store.verify() == ()


@pytest.mark.slow
def test_eight_writers_at_once_are_all_served(db: Path) -> None:
    """Hundreds of reviews from each of eight processes into one file: none is lost, none is refused."""
    open_store(db).close()

    writers = [
        start(lambda say, lane=f"w{number}": submit_from(db, lane, 0, EACH, say)) for number in range(WRITERS)
    ]
    acks = [ack for writer in writers for ack in writer.finish()]

    assert len(acks) == WRITERS * EACH
    assert acknowledged_are_stored(db, acks) == WRITERS * EACH


def test_a_server_whose_sessions_are_killed_loses_nothing(postgresql: str) -> None:
    """On PostgreSQL, 40 ended sessions: the writer asks again with the same id, nothing is lost or double."""
    import psycopg

    def work(say: Say) -> None:
        with open_store(postgresql) as store:
            for number in range(400):
                review = a_review(task=f"t{number}")
                for _ in range(50):
                    try:
                        say(store.submit(review).id)
                        break
                    except StoreError as error:
                        assert "submit the same review again" in str(error)  # noqa: PT017

    chance = random.Random(4)
    writer = start(work)
    with psycopg.connect(postgresql, autocommit=True) as killer:
        for _ in range(40):
            writer.wait_for(1)
            select.select([], [], [], chance.uniform(0, 0.03))
            killer.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'evalwidgets' AND datname = current_database()"
            )
    acks = writer.finish()

    with open_store(postgresql) as store:
        stored = [review.id for review in store.reviews(current=False)]
        assert sorted(stored) == sorted(acks)
        assert len(set(acks)) == 400
        assert store.verify() == ()


def test_the_judge_itself_notices(db: Path) -> None:
    """The checker that all kill tests rest on fails on a lost review and on half a review."""
    with open_store(db) as store:
        review = store.submit(a_review())
    assert acknowledged_are_stored(db, [review.id]) == 1

    with pytest.raises(AssertionError, match="1 acknowledged reviews are lost"):
        acknowledged_are_stored(db, [review.id, "another"])
    with closing(sqlite_module().connect(str(db))) as connection:
        connection.execute("DROP TRIGGER rating_no_delete")
        connection.execute("DELETE FROM rating WHERE criterion = 'text'")
        connection.commit()
    with pytest.raises(AssertionError, match="half a review"):
        acknowledged_are_stored(db, [review.id])
