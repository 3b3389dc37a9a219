"""What happens in a round, one frozen event each; the log of them is all that is known of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator

from evalwidgets.core.cause import CauseId
from evalwidgets.core.event import Deed
from evalwidgets.core.review import CleanText, Key
from evalwidgets.core.round import Round
from evalwidgets.core.value import Name


class Opened(Deed):
    """The lead opened the round: its blind phase begins."""

    kind: Literal["opened"] = "opened"
    round: Round


class Closed(Deed):
    """The blind phase is over, for good: what was submitted may now be compared."""

    kind: Literal["closed"] = "closed"


class TaskOpened(Deed):
    """The meeting turned to a task."""

    kind: Literal["task_opened"] = "task_opened"
    task: Key


class VoteOpened(Deed):
    """Reviewers were asked to vote again, in silence, on one criterion of a task."""

    kind: Literal["vote_opened"] = "vote_opened"
    task: Key
    criterion: Name


class VoteClosed(Deed):
    """The re-vote is over."""

    kind: Literal["vote_closed"] = "vote_closed"


class GoldRevealed(Deed):
    """The meeting saw gold for a task."""

    kind: Literal["gold_revealed"] = "gold_revealed"
    task: Key


class CauseConfirmed(Deed):
    """The lead said why reviewers disagree; the suggestion is kept beside it."""

    kind: Literal["cause_confirmed"] = "cause_confirmed"
    task: Key
    criterion: Name
    cause: CauseId
    suggested: CauseId | None = None


class Decided(Deed):
    """The meeting settled something."""

    kind: Literal["decided"] = "decided"
    what: Literal["keep", "gold", "gap", "refresher"]
    """Gold stands; gold changes; the rubric has a gap; a reviewer gets a refresher."""
    task: Key
    criterion: Name
    reason: Annotated[CleanText, Field(min_length=1)]
    accepted: tuple[Any, ...] = ()
    """For `gold`: every value that counts as right from now on."""
    reviewer: Key | None = None
    """For `refresher`: who gets it."""

    @model_validator(mode="after")
    def _whole(self) -> Decided:
        if (self.what == "gold") != bool(self.accepted):
            msg = "accepted: a change of gold, and nothing else, needs the values that are accepted now"
            raise ValueError(msg)
        if (self.what == "refresher") != (self.reviewer is not None):
            msg = "reviewer: a refresher, and nothing else, needs the reviewer who gets it"
            raise ValueError(msg)
        return self


class Noted(Deed):
    """A remark or an open point for the minutes; of a task, or of the round."""

    kind: Literal["noted"] = "noted"
    text: Annotated[CleanText, Field(min_length=1)]
    task: Key | None = None
    is_open: bool = False
    """Whether somebody still has to do something about it."""


class Attended(Deed):
    """Who was at the meeting."""

    kind: Literal["attended"] = "attended"
    reviewers: tuple[Key, ...]


class Concluded(Deed):
    """The meeting is over and its minutes stand."""

    kind: Literal["concluded"] = "concluded"


RoundEvent = Annotated[
    Opened
    | Closed
    | TaskOpened
    | VoteOpened
    | VoteClosed
    | GoldRevealed
    | CauseConfirmed
    | Decided
    | Noted
    | Attended
    | Concluded,
    Field(discriminator="kind"),
]

_ANY: TypeAdapter[RoundEvent] = TypeAdapter(RoundEvent)


def event_from_json(text: str) -> RoundEvent:
    """Return the event that a JSON text holds."""
    return _ANY.validate_json(text)
