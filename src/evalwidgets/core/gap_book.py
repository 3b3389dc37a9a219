"""The register of gaps: what is unclear in the rubric and what became of it, read from the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from evalwidgets.core.gap_events import (
    Closed,
    Decided,
    Dismissed,
    Example,
    Exampled,
    GapEvent,
    Raised,
    Reopened,
    Voted,
)
from evalwidgets.errors import GapError, did_you_mean

GapState = Literal["open", "decided", "closed", "dismissed"]


@dataclass(frozen=True)
class Gap:
    """A hole or contradiction in a rubric, as the log tells it.

    Parameters
    ----------
    raised : Raised
        Who noticed it, when, and which clause it is about.
    examples : tuple of Example
        Where it shows, each once, in the order in which they were given.
    backers : tuple of str
        Who says that it matters; who raised it is the first.
    decided : Decided or None
        What shall hold; None while nobody has decided.
    closed : Closed or None
        The version of the rubric that says so.
    dismissed : Dismissed or None
        Why it is none.
    """

    raised: Raised
    examples: tuple[Example, ...]
    backers: tuple[str, ...]
    decided: Decided | None = None
    closed: Closed | None = None
    dismissed: Dismissed | None = None

    @property
    def name(self) -> str:
        """Its name in the register."""
        return self.raised.gap

    @property
    def state(self) -> GapState:
        """Whether it is open, decided but not in the rubric yet, closed by a version, or dismissed."""
        if self.closed:
            return "closed"
        if self.dismissed:
            return "dismissed"
        return "decided" if self.decided else "open"

    @property
    def tasks(self) -> tuple[str, ...]:
        """The tasks at which it shows."""
        return tuple(dict.fromkeys(one.task for one in self.examples))

    def days_open(self, now: datetime) -> int:
        """Return for how many whole days it has been, or had been, unsettled."""
        ended = self.closed or self.dismissed
        return ((ended.at if ended else now) - self.raised.at).days


@dataclass(frozen=True)
class GapBook:
    """All gaps of a campaign; `GapBook()` is a register without any.

    Parameters
    ----------
    log : tuple of GapEvent
        All that happened, in order.
    gaps : mapping of str to Gap
        By name, in the order in which they were raised.
    """

    log: tuple[GapEvent, ...] = ()
    gaps: Mapping[str, Gap] = field(default_factory=dict)

    @property
    def unsettled(self) -> tuple[Gap, ...]:
        """What is open or decided and not in the rubric yet, oldest first."""
        return tuple(gap for gap in self.gaps.values() if gap.state in ("open", "decided"))

    def log_of(self, gap: str) -> tuple[GapEvent, ...]:
        """Return what happened to one gap, in order."""
        return tuple(event for event in self.log if event.gap == gap)

    def after(self, event: GapEvent) -> GapBook:
        """Return the register after one more event.

        Raises
        ------
        GapError
            If the event cannot happen now; the message says what to do instead.
        """
        why = _refusal(self, event)
        if why:
            raise GapError(why)
        now = _raised(event) if isinstance(event, Raised) else _applied(self.gaps[event.gap], event)
        return GapBook((*self.log, event), {**self.gaps, event.gap: now})


def replay_gaps(events: Iterable[GapEvent]) -> GapBook:
    """Return the register that a log tells.

    Raises
    ------
    GapError
        If an event could not have happened where it stands.
    """
    book = GapBook()
    for event in events:
        book = book.after(event)
    return book


def _refusal(book: GapBook, event: GapEvent) -> str:
    """Return why an event cannot happen now; empty if it can."""
    gap = book.gaps.get(event.gap)
    if isinstance(event, Raised):
        return f"A gap {event.gap!r} is in the register already; add an example to it." if gap else ""
    if gap is None:
        return f"There is no gap {event.gap!r} in the register.{did_you_mean(event.gap, book.gaps)}"
    where = f"Gap {event.gap!r}"
    match event:
        case Reopened():
            return "" if gap.state in ("closed", "dismissed") else f"{where} is not settled; go on with it."
        case Decided() | Closed() | Dismissed() if gap.state in ("closed", "dismissed"):
            return f"{where} is {gap.state} already; reopen it first."
        case Closed() if gap.decided is None:
            return f"{where}: decide first what shall hold, then publish the version that says so."
        case Voted(backs=True) if event.by in gap.backers:
            return f"{where}: {event.by} backs it already."
        case Voted(backs=False) if event.by not in gap.backers:
            return f"{where}: {event.by} does not back it."
    return ""


def _raised(event: Raised) -> Gap:
    distinct = tuple(one for place, one in enumerate(event.examples) if one not in event.examples[:place])
    return Gap(event, distinct, (event.by,))


def _applied(gap: Gap, event: GapEvent) -> Gap:
    match event:
        case Exampled():
            known = event.example in gap.examples
            return gap if known else replace(gap, examples=(*gap.examples, event.example))
        case Voted():
            others = tuple(one for one in gap.backers if one != event.by)
            return replace(gap, backers=(*others, event.by) if event.backs else others)
        case Decided():
            return replace(gap, decided=event)
        case Closed():
            return replace(gap, closed=event)
        case Dismissed():
            return replace(gap, dismissed=event)
        case Reopened():
            return replace(gap, closed=None, dismissed=None, decided=None)
    return gap
