"""Where a round stands: the log of its events, read from the first to the last.

Nothing of a round is kept but its events, so a board that is opened again, by another
lead or after a crash, is where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

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
)
from evalwidgets.errors import RoundError, did_you_mean

Phase = Literal["blind", "meeting", "concluded"]


@dataclass(frozen=True)
class Vote:
    """A re-vote on one criterion of a task, open until `closed_at`."""

    task: str
    criterion: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class RoundState:
    """A round as its log tells it.

    Parameters
    ----------
    round : Round
        What the lead opened.
    phase : {"blind", "meeting", "concluded"}
        Before the blind phase is closed, after it, and after the meeting.
    closed_at, concluded_at : datetime or None
        When the phases ended.
    task : str or None
        What the meeting looks at; None before the first task.
    discussed : tuple of str
        The tasks that the meeting has turned to, in the order of their first time.
    votes : tuple of Vote
        All re-votes; at most the last one is open.
    revealed : frozenset of str
        The tasks whose gold the meeting has seen.
    causes : mapping of (task, criterion) to CauseConfirmed
        The last word on each.
    decisions, notes : tuple
        In order.
    attended : tuple of str
        Who was at the meeting; empty while nobody has said.
    """

    round: Round
    phase: Phase = "blind"
    closed_at: datetime | None = None
    concluded_at: datetime | None = None
    task: str | None = None
    discussed: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    revealed: frozenset[str] = frozenset()
    causes: Mapping[tuple[str, str], CauseConfirmed] = field(default_factory=dict)
    decisions: tuple[Decided, ...] = ()
    notes: tuple[Noted, ...] = ()
    attended: tuple[str, ...] = ()

    @property
    def vote(self) -> Vote | None:
        """The re-vote that is open now, or None."""
        return self.votes[-1] if self.votes and self.votes[-1].closed_at is None else None

    def after(self, event: RoundEvent) -> RoundState:
        """Return the state after one more event.

        Raises
        ------
        RoundError
            If the event cannot happen now; the message says what to do instead.
        """
        why = _refusal(self, event)
        if why:
            raise RoundError(why)
        return _applied(self, event)

    def refusal(self, review: Review, last_revision: int) -> str:
        """Return why the round does not take a review now; empty when it does.

        Parameters
        ----------
        review : Review
            What a reviewer submits in this round.
        last_revision : int
            The reviewer's highest stored revision of the task, 0 without one.
        """
        where = f"Round {self.round.name!r}"
        if review.reviewer not in self.round.reviewers:
            return f"{where} is for {', '.join(self.round.reviewers)}; {review.reviewer!r} is not among them."
        if review.task not in self.round.tasks:
            return f"{where} has no task {review.task!r}."
        if self.phase == "blind":
            blind = f"{where} is still blind; a re-vote comes in the meeting."
            return blind if review.reason == RE_VOTE else ""
        if review.reason != RE_VOTE:
            return (
                f"The lead closed the blind phase of round {self.round.name!r} "
                f"({self.closed_at:%Y-%m-%d %H:%M} UTC); nothing was stored. "
                "Tell the lead if your answer is still needed."
            )
        if self.vote is None or self.vote.task != review.task:
            return f"The re-vote on task {review.task!r} is over; your earlier answer stands."
        if not last_revision:
            return f"A re-vote on task {review.task!r} needs an answer from the blind phase; there is none."
        return ""


def replay(events: Iterable[RoundEvent]) -> RoundState:
    """Return where a log leaves its round.

    Raises
    ------
    RoundError
        If the log does not begin with `Opened`, or an event could not have happened.
    """
    log = iter(events)
    first = next(log, None)
    if not isinstance(first, Opened):
        msg = "The log of a round begins with its opening; this one does not. Open the round first."
        raise RoundError(msg)
    state = RoundState(first.round)
    for event in log:
        state = state.after(event)
    return state


def _refusal(state: RoundState, event: RoundEvent) -> str:
    name = f"Round {state.round.name!r}"
    if isinstance(event, Opened):
        return f"{name} exists already; a round never changes. Choose another name."
    if state.phase == "concluded":
        return f"{name} is concluded since {state.concluded_at:%Y-%m-%d %H:%M} UTC; its minutes stand."
    if isinstance(event, Closed):
        return "" if state.phase == "blind" else f"{name} is closed already; that is for good."
    if state.phase == "blind":
        return f"{name} is still blind: close the blind phase first, then compare."
    task = getattr(event, "task", None)
    if task is not None and task not in state.round.tasks:
        return f"{name} has no task {task!r}.{did_you_mean(task, state.round.tasks)}"
    return _meeting_refusal(state, event)


def _meeting_refusal(state: RoundState, event: RoundEvent) -> str:
    if isinstance(event, VoteOpened):
        if event.task in state.revealed:
            return f"Gold of task {event.task!r} has been seen; a re-vote would only repeat it."
        if state.vote:
            return "A re-vote is open; close it before opening another."
    if isinstance(event, VoteClosed) and not state.vote:
        return "No re-vote is open."
    if isinstance(event, TaskOpened | GoldRevealed | Concluded) and state.vote:
        return "A re-vote is open; close it first, so that nobody votes on what the others see already."
    if isinstance(event, Decided) and event.what == "gold" and event.task not in state.revealed:
        return f"Reveal gold of task {event.task!r} before changing it."
    if isinstance(event, Attended):
        strangers = [one for one in event.reviewers if one not in state.round.reviewers]
        return f"{', '.join(strangers)}: not a reviewer of this round." if strangers else ""
    return ""


def _applied(state: RoundState, event: RoundEvent) -> RoundState:  # noqa: C901 - one case an event
    match event:
        case Closed():
            return replace(state, phase="meeting", closed_at=event.at)
        case TaskOpened():
            discussed = tuple(dict.fromkeys((*state.discussed, event.task)))
            return replace(state, task=event.task, discussed=discussed)
        case VoteOpened():
            return replace(state, votes=(*state.votes, Vote(event.task, event.criterion, event.at)))
        case VoteClosed():
            return replace(state, votes=(*state.votes[:-1], replace(state.votes[-1], closed_at=event.at)))
        case GoldRevealed():
            return replace(state, revealed=state.revealed | {event.task})
        case CauseConfirmed():
            return replace(state, causes={**state.causes, (event.task, event.criterion): event})
        case Decided():
            return replace(state, decisions=(*state.decisions, event))
        case Noted():
            return replace(state, notes=(*state.notes, event))
        case Attended():
            return replace(state, attended=event.reviewers)
        case Concluded():
            return replace(state, phase="concluded", concluded_at=event.at)
    return state
