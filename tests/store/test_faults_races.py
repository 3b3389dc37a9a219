"""Many at once: one winner, everybody answered, nobody blocked."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

from evalwidgets.errors import Conflict
from evalwidgets.store.engine import sqlite_module
from evalwidgets.store.reviews import ReviewStore, open_store

from .faults import Say, acknowledged_are_stored, start
from .samples import ROUND, a_draft, a_review, new_id

AT_ONCE, ROUNDS = 8, 20


def race(address: str, submit) -> list[list[str]]:
    """Let eight processes submit at once, twenty times over; return what each of them said."""
    import multiprocessing

    barrier = multiprocessing.get_context("fork").Barrier(AT_ONCE)

    def work(tab: int, say: Say) -> None:
        try:
            with open_store(address) as store:
                for number in range(ROUNDS):
                    barrier.wait(60)
                    say(submit(store, tab, number))
        except BaseException:
            barrier.abort()  # nobody waits for one that failed
            raise

    open_store(address).close()
    tabs = [start(lambda say, tab=tab: work(tab, say)) for tab in range(AT_ONCE)]
    return [tab.finish() for tab in tabs]


def test_a_click_that_arrives_eight_times_stores_one_review(address: str) -> None:
    """The same review from eight processes at once is one row, and all eight get it back."""

    def submit(store: ReviewStore, tab: int, number: int) -> str:
        review = a_review(task=f"t{number}")
        stored = store.submit(review.model_copy(update={"seconds": float(tab)}))
        assert stored.content == review.content
        return f"{stored.id} {stored.seconds}"

    said = race(address, submit)

    for number in range(ROUNDS):
        assert len({tab[number] for tab in said}) == 1
    with open_store(address) as store:
        assert len(store.reviews(current=False)) == ROUNDS
        assert store.verify() == ()


def test_eight_windows_have_one_winner_and_seven_conflicts(address: str) -> None:
    """Different answers for one place: one is stored, and the seven others are shown that one."""

    def submit(store: ReviewStore, tab: int, number: int) -> str:
        review = a_review(id=new_id(tab, number), task=f"t{number}", note=f"from window {tab}")
        try:
            return f"won {store.submit(review).id}"
        except Conflict as conflict:
            return f"lost {conflict.stored.id}"

    said = race(address, submit)

    with open_store(address) as store:
        stored = {review.task: review.id for review in store.reviews(current=False)}
        assert len(stored) == ROUNDS
        for number in range(ROUNDS):
            winner = stored[f"t{number}"]
            answers = Counter(tab[number] for tab in said)
            assert answers == {f"won {winner}": 1, f"lost {winner}": AT_ONCE - 1}


def test_one_reviewer_in_eight_windows_on_eight_tasks_loses_none(address: str) -> None:
    """Reviews of one reviewer for different tasks at once all get their own place in the sequence."""

    def submit(store: ReviewStore, tab: int, number: int) -> str:
        return store.submit(a_review(task=f"t{tab}-{number}")).id

    said = race(address, submit)

    with open_store(address) as store:
        assert {review.id for review in store.reviews()} == {name for tab in said for name in tab}
        assert len(store.reviews()) == AT_ONCE * ROUNDS
        assert store.verify() == ()


def test_eight_windows_that_save_drafts_while_one_submits_are_all_served(address: str) -> None:
    """Autosaves of one place from many processes never fail, and none outlives the submit of its review."""

    def submit(store: ReviewStore, tab: int, number: int) -> str:
        review = a_review(task=f"t{number}")
        if tab == 0:
            return store.submit(review).id
        store.save_draft(a_draft(task=review.task, review=review.id, seconds=float(tab)), **ROUND)
        return "saved"

    race(address, submit)

    with open_store(address) as store:
        assert len(store.reviews()) == ROUNDS
        assert store.drafts(**ROUND) == {}


def test_a_forgotten_cursor_blocks_nobody(db: Path) -> None:
    """A lead's notebook that holds half a query open does not delay one of 500 reviews."""
    with open_store(db) as store, closing(sqlite_module().connect(str(db), isolation_level=None)) as lead:
        acks = [store.submit(a_review(task=f"before {number}")).id for number in range(2)]
        lead.execute("BEGIN")
        cursor = lead.execute("SELECT payload FROM review")
        cursor.fetchone()

        acks += [store.submit(a_review(task=f"t{number}")).id for number in range(500)]

        assert len(store.reviews()) == 502
        assert len(cursor.fetchall()) == 1
    assert acknowledged_are_stored(db, acks) == 502
