"""A reviewer's part in a re-vote follows from the log and from their own latest review."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from evalwidgets.core.review import Review
from evalwidgets.core.round import Round
from evalwidgets.core.round_state import RoundState, Vote
from evalwidgets.core.vote import part_in_vote, vote_key

from ..samples import answer_all
from .sessions import NOON, RUBRIC, TASKS, a_session, do_one

ROUND = Round(
    campaign="spring",
    name="r2",
    rubric=RUBRIC.id,
    rubric_version=RUBRIC.version,
    rubric_hash=RUBRIC.hash,
    tasks=("t0", "t1"),
    reviewers=("ana", "ben"),
    lead="lee",
    opened_at=NOON,
)
VOTE = Vote("t0", "adherence", NOON)
VOTING = RoundState(ROUND, phase="meeting", votes=(VOTE,))


def test_a_vote_has_the_same_key_in_every_window() -> None:
    """Also after it is closed; nothing but the round, the vote and the reviewer decides."""
    closed = replace(VOTING, votes=(replace(VOTE, closed_at=NOON + timedelta(minutes=1)),))

    assert vote_key(VOTING, "ana") == vote_key(closed, "ana")


@pytest.mark.parametrize(
    ("state", "reviewer"),
    [
        (VOTING, "ben"),
        (replace(VOTING, votes=(VOTE, VOTE)), "ana"),
        (replace(VOTING, round=ROUND.model_copy(update={"name": "r3"})), "ana"),
        (replace(VOTING, round=ROUND.model_copy(update={"campaign": "autumn"})), "ana"),
        (replace(VOTING, votes=(replace(VOTE, opened_at=NOON + timedelta(seconds=1)),)), "ana"),
    ],
)
def test_every_vote_has_a_key_of_its_own(state: RoundState, reviewer: str) -> None:
    """Another reviewer, another re-vote on the same, another round, another campaign."""
    assert vote_key(VOTING, "ana") != vote_key(state, reviewer)


def a_review(**changes: Any) -> Review:
    """Return ana's review of a task."""
    return do_one(a_session(seed=None)).model_copy(update=changes)


def stopped() -> Review:
    """Return a review that its gate ended."""
    session = a_session(seed=None)
    answer_all(session, safety="violates")
    session.act("give_reason", "safety", "violence")
    return session.submit()


@pytest.mark.parametrize(
    ("review", "part"),
    [
        (None, "no_review"),
        (a_review(state="skipped", answers={}), "no_review"),
        (a_review(), "to_vote"),
        (a_review(reason="re-vote", revision=2), "to_vote"),
        (a_review(id=vote_key(VOTING, "ana")), "voted"),
        (stopped(), "not_asked"),
    ],
)
def test_the_part_of_a_reviewer(review: Review | None, part: str) -> None:
    """A vote in an earlier re-vote is none in this one."""
    assert part == part_in_vote(VOTING, "ana", review, RUBRIC, TASKS[0])
