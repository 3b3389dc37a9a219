"""One reviewer's part in a re-vote: the key of the review that is the vote."""

from __future__ import annotations

from uuid import UUID, uuid5

from evalwidgets.core.round_state import RoundState
from evalwidgets.core.value import canonical_json

_VOTES = UUID("0d1b6c1e-5f0a-4d0e-9a54-6b8f2c7e3a91")


def vote_key(state: RoundState, reviewer: str) -> str:
    """Return the id of the review by which a reviewer votes in the latest re-vote of a round.

    Every window of a reviewer makes the same id, so a vote is cast once; and whether it
    was cast is known after a restart, in whichever order clocks run.
    """
    vote = state.votes[-1]
    place = [state.round.campaign, state.round.name, len(state.votes), vote.opened_at.isoformat()]
    return str(uuid5(_VOTES, canonical_json([*place, reviewer])))
