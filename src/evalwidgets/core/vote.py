"""One reviewer's part in the latest re-vote of a round, and the key of the review that is their vote."""

from __future__ import annotations

from typing import Literal
from uuid import UUID, uuid5

from evalwidgets.core.review import Review
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import canonical_json

Part = Literal["to_vote", "voted", "no_review", "not_asked"]
"""Has yet to vote; has voted; has no review of the task to change; the criterion does not arise."""

_VOTES = UUID("0d1b6c1e-5f0a-4d0e-9a54-6b8f2c7e3a91")


def vote_key(state: RoundState, reviewer: str) -> str:
    """Return the id of the review by which a reviewer votes in the latest re-vote of a round.

    Every window of a reviewer makes the same id, so a vote is cast once; and whether it
    was cast is known after a restart, in whichever order clocks run.
    """
    vote = state.votes[-1]
    place = [state.round.campaign, state.round.name, len(state.votes), vote.opened_at.isoformat()]
    return str(uuid5(_VOTES, canonical_json([*place, reviewer])))


def part_in_vote(state: RoundState, reviewer: str, review: Review | None, rubric: Rubric, task: Task) -> Part:
    """Return a reviewer's part in the latest re-vote.

    Parameters
    ----------
    state : RoundState
        With at least one re-vote.
    reviewer : str
        Who votes.
    review : Review or None
        Their latest review of the task.
    rubric : Rubric
        The round's.
    task : Task
        What is voted on.
    """
    if review is None or review.state == "skipped":
        return "no_review"
    if review.id == vote_key(state, reviewer):
        return "voted"
    asked = {criterion.id for criterion in rubric.asked(review.values, task.tags)}
    return "to_vote" if state.votes[-1].criterion in asked else "not_asked"
