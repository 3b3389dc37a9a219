"""What was adjudicated and what was sent back, read from the log; nothing in it is ever lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from evalwidgets.core.adjudication_events import AdjudicationEvent, SentBack, Settled, TakenBack
from evalwidgets.errors import AdjudicationError

Place = tuple[str, str, str]
"""Task, rubric and criterion: what there is one adjudicated answer for."""

RETURNED = "returned"
"""The reason of a review that answers the note with which the one before was sent back."""


@dataclass(frozen=True)
class AdjudicationBook:
    """Where adjudication stands; `AdjudicationBook()` is a book in which nothing has happened.

    Parameters
    ----------
    log : tuple of AdjudicationEvent
        All that happened, in order.
    settled : mapping of (task, rubric, criterion) to Settled
        The last word on each.
    sent_back : mapping of str to SentBack
        Id of the review to the note with which it was returned; what was taken back is gone.
        Whether it is answered is told by the reviews: a later revision stands there.
    """

    log: tuple[AdjudicationEvent, ...] = ()
    settled: Mapping[Place, Settled] = field(default_factory=dict)
    sent_back: Mapping[str, SentBack] = field(default_factory=dict)

    def log_of(self, task: str) -> tuple[AdjudicationEvent, ...]:
        """Return what happened to a task, in order."""
        return tuple(event for event in self.log if event.task == task)

    def returned_to(self, reviewer: str, round: str, rubric: str) -> tuple[SentBack, ...]:  # noqa: A002
        """Return what was sent back to a reviewer in a round, in order, answered or not."""
        place = (reviewer, round, rubric)
        return tuple(one for one in self.sent_back.values() if (one.reviewer, one.round, one.rubric) == place)

    def after(self, event: AdjudicationEvent) -> AdjudicationBook:
        """Return the book after one more event.

        Raises
        ------
        AdjudicationError
            If the event cannot happen now; the message says what to do instead.
        """
        why = _refusal(self, event)
        if why:
            raise AdjudicationError(why)
        return replace(_applied(self, event), log=(*self.log, event))


def replay_adjudication(events: Iterable[AdjudicationEvent]) -> AdjudicationBook:
    """Return the book that a log tells.

    Raises
    ------
    AdjudicationError
        If an event could not have happened where it stands.
    """
    book = AdjudicationBook()
    for event in events:
        book = book.after(event)
    return book


def _refusal(book: AdjudicationBook, event: AdjudicationEvent) -> str:
    """Return why an event cannot happen now; empty if it can."""
    match event:
        case SentBack() if event.review in book.sent_back:
            return f"The review of task {event.task!r} by this reviewer waits for them already."
        case TakenBack() if event.review not in book.sent_back:
            return f"No review of task {event.task!r} with this id was sent back."
    return ""


def _applied(book: AdjudicationBook, event: AdjudicationEvent) -> AdjudicationBook:
    match event:
        case Settled():
            place = (event.task, event.rubric, event.criterion)
            return replace(book, settled={**book.settled, place: event})
        case SentBack():
            return replace(book, sent_back={**book.sent_back, event.review: event})
        case TakenBack():
            left = {name: one for name, one in book.sent_back.items() if name != event.review}
            return replace(book, sent_back=left)
    return book
