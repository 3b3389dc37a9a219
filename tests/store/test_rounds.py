"""Rounds in the store: one log, no second word, and no look at answers before their time."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from evalwidgets.core.review import Answer
from evalwidgets.core.round import RE_VOTE
from evalwidgets.core.round_events import Closed, RoundEvent, VoteClosed, VoteOpened
from evalwidgets.errors import RoundError, RoundRefusal, UnknownName
from evalwidgets.store.reviews import ReviewStore, open_store

from .samples import NOON, a_draft, a_review, a_round, new_id

PLACE = ("spring", "r2")
LEAD: dict[str, Any] = {"by": "lee", "at": NOON + timedelta(hours=1)}
CLOSED = Closed(**LEAD)
VOTE = VoteOpened(task="t1", criterion="accuracy", **LEAD)


def log(store: ReviewStore, *events: RoundEvent) -> None:
    """Open the round and add events to its log."""
    store.rounds.open(a_round())
    for event in events:
        store.rounds.log(*PLACE, event)


def test_a_round_stands_where_its_log_left_it_after_a_restart(address: str) -> None:
    """What was logged is read back by another program as the same state."""
    with open_store(address) as store:
        log(store, CLOSED, VOTE)
        before = store.rounds[PLACE]

    with open_store(address) as store:
        assert before == store.rounds[PLACE]
        assert (a_round(), "meeting", "accuracy") == (before.round, before.phase, before.vote.criterion)


def test_rounds_are_listed_as_opened(store: ReviewStore) -> None:
    """Names come in the order of opening; another campaign has its own."""
    for name in ("zebra", "apple"):
        store.rounds.open(a_round(name=name))
    store.rounds.open(a_round(campaign="autumn"))

    assert ["zebra", "apple"] == store.rounds.names("spring")


def test_a_round_is_opened_once(store: ReviewStore) -> None:
    """The second opening is refused, and the first one stands."""
    store.rounds.open(a_round())

    with pytest.raises(RoundError, match="exists already"):
        store.rounds.open(a_round(tasks=("t3",)))
    assert ("t1", "t2") == store.rounds[PLACE].round.tasks


def test_an_unknown_round_is_named_with_the_nearest(store: ReviewStore) -> None:
    """A misspelt round is answered with the ones that exist."""
    store.rounds.open(a_round())

    with pytest.raises(UnknownName, match=r"No round 'r3'.*Known: r2"):
        store.rounds["spring", "r3"]
    with pytest.raises(UnknownName, match="No round 'r3'"):
        store.rounds.log("spring", "r3", CLOSED)


def test_the_blind_phase_is_closed_once_whoever_is_first(address: str) -> None:
    """Of six leads who close at the same moment one does, and five are told that it is closed."""
    with open_store(address) as store:
        log(store)
    ends: list[str] = []
    start = threading.Barrier(6)

    def close() -> None:
        with open_store(address) as store:
            start.wait()
            try:
                store.rounds.log(*PLACE, CLOSED)
                ends.append("closed")
            except RoundError as error:
                ends.append(str(error))

    leads = [threading.Thread(target=close) for _ in range(6)]
    for lead in leads:
        lead.start()
    for lead in leads:
        lead.join()

    assert 1 == ends.count("closed")
    assert 5 == sum("closed already" in end for end in ends)


def test_after_the_blind_phase_only_a_re_vote_is_stored(store: ReviewStore) -> None:
    """A late review is refused with the reason; a re-vote counts while its vote is open, once more never."""
    first = a_review(round="r2")
    again = a_review(round="r2", revision=2, reason=RE_VOTE, answers={"accuracy": Answer(value=4)})
    log(store)
    store.submit(first)
    store.rounds.log(*PLACE, CLOSED)

    with pytest.raises(RoundRefusal, match="closed the blind phase"):
        store.submit(a_review(round="r2", task="t2"))
    store.rounds.log(*PLACE, VOTE)
    store.submit(again)
    store.rounds.log(*PLACE, VoteClosed(**LEAD))
    with pytest.raises(RoundRefusal, match="re-vote on task 't1' is over"):
        store.submit(again.model_copy(update={"id": new_id(3), "revision": 3}))

    assert [again] == store.reviews(current=True)
    assert ["", RE_VOTE] == sorted(set(store.ratings(current=False)["reason"]))


def test_submitting_again_what_is_stored_is_fine_after_the_close(store: ReviewStore) -> None:
    """A replay of a stored review, as after a crash, returns it in every phase."""
    first = a_review(round="r2")
    log(store)
    store.submit(first)
    store.rounds.log(*PLACE, CLOSED)

    assert first == store.submit(first)


def test_progress_tells_how_far_everyone_is_and_no_answer(store: ReviewStore) -> None:
    """The lead sees counts, times and flags before the reveal, in the round's order."""
    log(store)
    store.submit(a_review(round="r2"))
    store.submit(a_review(round="r2", task="t2", state="skipped", answers={}, flags={}, reason="broken"))
    place = {"campaign": "spring", "round": "r2", "reviewer": "ben", "rubric": "image-edit"}
    store.save_draft(a_draft(), **place)

    table = store.rounds.progress(*PLACE)

    assert ["reviewer", "total", "done", "skipped", "drafts", "seconds", "flags", "last_at"] == list(table)
    counts = table.iloc[:, :7].to_numpy().tolist()
    assert [["ana", 2, 1, 1, 0, 77.0, 1], ["ben", 2, 0, 0, 1, 0.0, 0]] == counts
    assert [False, True] == table["last_at"].isna().tolist()
    assert a_review().submitted_at == table["last_at"][0]


def test_flags_and_reason_are_columns_of_the_tidy_table(store: ReviewStore) -> None:
    """Each rating knows what its review was flagged for and why it was revised."""
    store.submit(a_review())

    table = store.ratings()

    assert [("sensitive",)] == table["flags"].unique().tolist()
    assert [""] == table["reason"].unique().tolist()
