"""The gold book: how gold was made and stands now, read from the log of its events.

Gold of a file is the ground that the log builds on. The log never forgets: what gold
was before stands in it, whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_events import (
    Answered,
    Contested,
    GoldEvent,
    Proposed,
    Retired,
    Returned,
    Seconded,
)
from evalwidgets.errors import GoldError

Place = tuple[str, str]
"""Task and rubric: what there is one gold for."""


class Candidate(NamedTuple):
    """A proposal that waits for a second pair of eyes."""

    number: int
    """Of the proposal in the log, from 1."""
    proposed: Proposed

    @property
    def gold(self) -> Gold:
        """What would be gold."""
        return self.proposed.gold


class Contest(NamedTuple):
    """What somebody holds against gold."""

    number: int
    """Of the contest in the log, from 1."""
    contested: Contested
    answered: Answered | None = None
    """None while nobody has answered."""


class Entry(NamedTuple):
    """One line of the log."""

    number: int
    event: GoldEvent


@dataclass(frozen=True)
class GoldBook:
    """Gold as its log tells it; `GoldBook()` is a book in which nothing has happened.

    Parameters
    ----------
    log : tuple of GoldEvent
        All that happened, in order; the first has number 1.
    waiting : mapping of (task, rubric) to Candidate
        What was proposed and neither seconded nor returned yet.
    active : mapping of (task, rubric) to Gold
        What became gold by the log and still is.
    retired : frozenset of (task, rubric)
        What is used no longer, whether the log or the file had made it gold.
    answers : mapping of int to Contest
        Every contest by its number, with its answer if there is one.
    """

    log: tuple[GoldEvent, ...] = ()
    waiting: Mapping[Place, Candidate] = field(default_factory=dict)
    active: Mapping[Place, Gold] = field(default_factory=dict)
    retired: frozenset[Place] = frozenset()
    answers: Mapping[int, Contest] = field(default_factory=dict)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What waits for a second pair of eyes, longest waiting first."""
        return tuple(sorted(self.waiting.values(), key=lambda one: one.number))

    @property
    def contests(self) -> tuple[Contest, ...]:
        """The contests that nobody has answered yet, oldest first."""
        return tuple(one for _, one in sorted(self.answers.items()) if one.answered is None)

    def log_of(self, task: str, rubric: str | None = None) -> tuple[Entry, ...]:
        """Return what happened to the gold of a task, under one rubric or all, in order."""
        return tuple(
            Entry(number, event)
            for number, event in enumerate(self.log, start=1)
            if event.task == task and rubric in (None, event.rubric)
        )

    def applied(self, golds: Mapping[str, Gold], rubric: str | None = None) -> dict[str, Gold]:
        """Return gold as it stands now: that of a file, as the log has changed it.

        Parameters
        ----------
        golds : mapping of task to Gold
            As the file has it; it stays as it is.
        rubric : str, optional
            Whose gold; without it, that of the golds given.

        Raises
        ------
        GoldError
            If it is not one rubric's gold that is asked for.
        """
        rubric = rubric or self._one_rubric(golds)
        now = {gold.task: gold for (_, of), gold in self.active.items() if of == rubric}
        gone = {task for task, of in self.retired if of == rubric}
        return {task: gold for task, gold in {**golds, **now}.items() if task not in gone}

    def after(self, event: GoldEvent) -> GoldBook:
        """Return the book after one more event.

        Raises
        ------
        GoldError
            If the event cannot happen now; the message says what to do instead.
        """
        why = _refusal(self, event)
        if why:
            raise GoldError(why)
        return replace(_applied(self, event), log=(*self.log, event))

    def _one_rubric(self, golds: Mapping[str, Gold]) -> str:
        rubrics = {gold.rubric for gold in golds.values()} or {of for _, of in self.active}
        if len(rubrics) > 1:
            msg = (
                f"Gold of {len(rubrics)} rubrics ({', '.join(sorted(rubrics))}) cannot stand by task alone: "
                "name one with rubric=, and keep one gold file per rubric."
            )
            raise GoldError(msg)
        return next(iter(rubrics), "")


def replay_gold(events: Iterable[GoldEvent]) -> GoldBook:
    """Return the book that a log tells.

    Raises
    ------
    GoldError
        If an event could not have happened where it stands.
    """
    book = GoldBook()
    for event in events:
        book = book.after(event)
    return book


def same_person(one: str, other: str) -> bool:
    """Whether two names mean one person, who is no second pair of eyes."""
    return one.strip().casefold() == other.strip().casefold()


def _refusal(book: GoldBook, event: GoldEvent) -> str:
    """Return why an event cannot happen now; empty if it can."""
    where = f"Gold of task {event.task!r} under {event.rubric}"
    waits = book.waiting.get((event.task, event.rubric))
    match event:
        case Proposed() if waits:
            return (
                f"{where}: proposal {waits.number} by {waits.proposed.by} waits already; "
                "second or return it first."
            )
        case Seconded() | Returned():
            return _refused_settling(waits, event, where)
        case Contested():
            return _refused_contest(book, event, where)
        case Answered():
            return _refused_answer(book, event, where)
        case Retired() if (event.task, event.rubric) in book.retired:
            return f"{where}: retired already; propose it anew to use it again."
    return ""


def _refused_settling(waits: Candidate | None, event: Seconded | Returned, where: str) -> str:
    """Return why a proposal is not seconded or returned now; empty if it is."""
    if waits is None:
        return f"{where}: no proposal waits; it was seconded or returned already, or never made."
    if waits.number != event.proposal:
        return f"{where}: proposal {waits.number} waits now, not {event.proposal}; look at that one first."
    if isinstance(event, Seconded) and same_person(event.by, waits.proposed.by):
        return f"{where}: {event.by} proposed it; a second person has to look at it."
    return ""


def _refused_contest(book: GoldBook, event: Contested, where: str) -> str:
    """Return why something is not contested now; empty if it is."""
    if (event.task, event.rubric) in book.retired:
        return f"{where}: it is retired and judges nobody any more."
    same = (event.task, event.rubric, event.criterion)
    for one in book.contests:
        theirs = one.contested
        if same == (theirs.task, theirs.rubric, theirs.criterion) and same_person(event.by, theirs.by):
            return f"{where}: {event.by} contests {event.criterion} already (number {one.number}); it waits."
    return ""


def _refused_answer(book: GoldBook, event: Answered, where: str) -> str:
    """Return why a contest is not answered now; empty if it is."""
    one = book.answers.get(event.contest)
    if one is None or (one.contested.task, one.contested.rubric) != (event.task, event.rubric):
        return f"{where}: there is no contest {event.contest}."
    if one.answered:
        return f"{where}: contest {event.contest} was answered already by {one.answered.by}."
    if event.what == "changed" and not _has_change_since(book, event):
        return f"{where}: propose the change first, then answer that it changes."
    return ""


def _has_change_since(book: GoldBook, event: Answered) -> bool:
    """Whether a change waits, or was seconded or retired after the contest."""
    if (event.task, event.rubric) in book.waiting:
        return True
    since = book.log_of(event.task, event.rubric)
    return any(isinstance(one.event, Seconded | Retired) and one.number > event.contest for one in since)


def _applied(book: GoldBook, event: GoldEvent) -> GoldBook:
    """Return the book after an event that can happen, but for its log."""
    number, place = len(book.log) + 1, (event.task, event.rubric)
    without = {key: one for key, one in book.waiting.items() if key != place}
    match event:
        case Proposed():
            return replace(book, waiting={**book.waiting, place: Candidate(number, event)})
        case Seconded():
            active = {**book.active, place: book.waiting[place].gold}
            return replace(book, waiting=without, active=active, retired=book.retired - {place})
        case Returned():
            return replace(book, waiting=without, answers=_reopened(book, event))
        case Contested():
            return replace(book, answers={**book.answers, number: Contest(number, event)})
        case Answered():
            answered = book.answers[event.contest]._replace(answered=event)
            return replace(book, answers={**book.answers, event.contest: answered})
        case Retired():
            active = {key: gold for key, gold in book.active.items() if key != place}
            return replace(book, active=active, retired=book.retired | {place})


def _reopened(book: GoldBook, event: Returned) -> dict[int, Contest]:
    """Return the contests; those that were answered by the change that is returned wait again."""
    return {
        number: one._replace(answered=None) if _rests_on(one, event, book) else one
        for number, one in book.answers.items()
    }


def _rests_on(contest: Contest, event: Returned, book: GoldBook) -> bool:
    """Whether the answer to a contest was the proposal that is returned."""
    answered = contest.answered
    if answered is None or answered.what != "changed":
        return False
    same = (answered.task, answered.rubric) == (event.task, event.rubric)
    return same and book.log.index(answered) + 1 > event.proposal
