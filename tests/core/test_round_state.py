"""A round is what its log says, and only what can happen happens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.review import Review
from evalwidgets.core.round import RE_VOTE, Round
from evalwidgets.core.round_events import (
    Attended,
    CauseConfirmed,
    Closed,
    Concluded,
    Decided,
    GoldRevealed,
    Noted,
    Opened,
    RoundEvent,
    TaskOpened,
    VoteClosed,
    VoteOpened,
    event_from_json,
)
from evalwidgets.core.round_state import RoundState, replay
from evalwidgets.errors import RoundError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEAD: dict[str, Any] = {"by": "lee", "at": NOON}
ROUND = Round(
    campaign="spring",
    name="r2",
    rubric="image-edit",
    rubric_version="1.0.0",
    rubric_hash="b" * 64,
    tasks=("t1", "t2"),
    reviewers=("ana", "ben"),
    lead="lee",
    opened_at=NOON,
)
OPENED, CLOSED = Opened(round=ROUND, **LEAD), Closed(**LEAD)
VOTE = VoteOpened(task="t1", criterion="quality", **LEAD)
REVEALED = GoldRevealed(task="t1", **LEAD)
NEW_GOLD = Decided(
    what="gold", task="t1", criterion="quality", reason="the halo shows", accepted=(3,), **LEAD
)
GAP = Decided(what="gap", task="t1", criterion="quality", reason="shadows are not named", **LEAD)
CAUSE = CauseConfirmed(task="t1", criterion="quality", cause="slip", suggested="hard_task", **LEAD)
NOTE = Noted(text="ask legal", is_open=True, **LEAD)
MEETING = replay([OPENED, CLOSED])
ANY_EVENT = [
    CLOSED,
    TaskOpened(task="t1", **LEAD),
    VOTE,
    VoteClosed(**LEAD),
    REVEALED,
    CAUSE,
    NEW_GOLD,
    GAP,
    NOTE,
    Attended(reviewers=("ana",), **LEAD),
    Concluded(**LEAD),
]


def a_review(**changes: Any) -> Review:
    """Return a review in the round."""
    facts: dict[str, Any] = {
        "id": "00000000-0000-4000-8000-000000000001",
        "campaign": "spring",
        "round": "r2",
        "task": "t1",
        "task_hash": "a" * 64,
        "rubric": "image-edit",
        "rubric_version": "1.0.0",
        "rubric_hash": "b" * 64,
        "reviewer": "ana",
        "shown_at": NOON,
        "submitted_at": NOON,
    }
    return Review(**{**facts, **changes})


def test_a_whole_meeting_is_told_by_its_log() -> None:
    """Phase, task, votes, gold seen, causes, decisions and notes follow from the events."""
    votes = [VOTE, VoteClosed(**LEAD), REVEALED]
    settled = [CAUSE, NEW_GOLD, GAP, NOTE, Attended(reviewers=("ben",), **LEAD)]

    state = replay([OPENED, CLOSED, TaskOpened(task="t1", **LEAD), *votes, *settled, Concluded(**LEAD)])

    assert ("concluded", "t1", ("t1",)) == (state.phase, state.task, state.discussed)
    assert [("t1", "quality", NOON)] == [(one.task, one.criterion, one.closed_at) for one in state.votes]
    assert frozenset({"t1"}) == state.revealed
    assert {("t1", "quality"): CAUSE} == state.causes
    assert (NEW_GOLD, GAP) == state.decisions
    assert (NOTE,) == state.notes
    assert ("ben",) == state.attended


@pytest.mark.parametrize("event", ANY_EVENT[1:])
def test_nothing_of_the_meeting_happens_in_the_blind_phase(event: RoundEvent) -> None:
    """Before the blind phase is closed there is nothing to compare, vote on or reveal."""
    with pytest.raises(RoundError, match="still blind: close the blind phase first"):
        replay([OPENED, event])


@pytest.mark.parametrize(
    ("log", "event", "why"),
    [
        ([CLOSED], CLOSED, "closed already; that is for good"),
        ([], OPENED, "exists already"),
        ([CLOSED, REVEALED], VOTE, "Gold of task 't1' has been seen"),
        ([CLOSED, VOTE], VOTE, "close it before opening another"),
        ([CLOSED, VOTE], REVEALED, "A re-vote is open; close it first"),
        ([CLOSED], VoteClosed(**LEAD), "No re-vote is open"),
        ([CLOSED], NEW_GOLD, "Reveal gold of task 't1' before changing it"),
        ([CLOSED], TaskOpened(task="t9", **LEAD), "no task 't9'"),
        ([CLOSED], Attended(reviewers=("zoe",), **LEAD), "zoe: not a reviewer"),
        ([CLOSED, Concluded(**LEAD)], NOTE, "its minutes stand"),
    ],
)
def test_what_cannot_happen_is_refused_with_the_reason(
    log: list[RoundEvent], event: RoundEvent, why: str
) -> None:
    """An event out of its time changes nothing, and the sentence says what to do instead."""
    with pytest.raises(RoundError, match=why):
        replay([OPENED, *log, event])


@given(st.lists(st.sampled_from(ANY_EVENT), max_size=12))
def test_a_log_that_was_accepted_replays_to_the_same_state(events: list[RoundEvent]) -> None:
    """Adding events one by one and reading them back from JSON end in the same place."""
    state, log = replay([OPENED]), [OPENED]
    for event in events:
        try:
            state = state.after(event)
        except RoundError:
            continue
        log.append(event)

    assert state == replay(event_from_json(event.model_dump_json()) for event in log)


def test_a_log_without_its_opening_is_refused() -> None:
    """A round exists from its opening on."""
    with pytest.raises(RoundError, match="begins with its opening"):
        replay([CLOSED])


@pytest.mark.parametrize(
    ("state", "changes", "why"),
    [
        (replay([OPENED]), {}, ""),
        (replay([OPENED]), {"reviewer": "zoe"}, "for ana, ben; 'zoe' is not among them"),
        (replay([OPENED]), {"task": "t9"}, "no task 't9'"),
        (replay([OPENED]), {"reason": RE_VOTE}, "still blind"),
        (MEETING, {}, "closed the blind phase"),
        (MEETING, {"reason": RE_VOTE, "revision": 2}, "re-vote on task 't1' is over"),
        (MEETING.after(VOTE), {"reason": RE_VOTE, "revision": 2}, ""),
        (MEETING.after(VOTE), {"reason": RE_VOTE, "task": "t2", "revision": 2}, "'t2' is over"),
        (MEETING.after(VOTE), {"reason": RE_VOTE}, "needs an answer from the blind phase"),
    ],
)
def test_a_round_takes_blind_answers_first_and_re_votes_later(
    state: RoundState, changes: dict[str, Any], why: str
) -> None:
    """Who may submit what, and when, is the round's rule; a refusal is a sentence."""
    review = a_review(**changes)

    said = state.refusal(review, review.revision - 1)

    assert bool(why) == bool(said)
    assert why in said


@pytest.mark.parametrize(
    "changes",
    [{"tasks": ()}, {"tasks": ("t1", "t1")}, {"reviewers": ("ana", "ana")}, {"criteria": ("a", "a")}],
)
def test_a_round_names_each_part_once(changes: dict[str, Any]) -> None:
    """A round needs tasks and reviewers, and none of them twice."""
    with pytest.raises(ValidationError, match=r"twice|at least 1"):
        Round(**{**ROUND.model_dump(), **changes})


@pytest.mark.parametrize(
    "changes", [{"accepted": ()}, {"what": "gap"}, {"what": "refresher", "accepted": ()}, {"reason": ""}]
)
def test_a_decision_is_whole(changes: dict[str, Any]) -> None:
    """A gold change says the new values, a refresher says for whom, and each says why."""
    with pytest.raises(ValidationError):
        Decided(**{**NEW_GOLD.model_dump(), **changes})
