"""Where a lesson stands: the log of its events, read from the first to the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from evalwidgets.core.lesson import ANSWERED_ONCE, Lesson
from evalwidgets.core.lesson_events import Began, Differed, Ended, Judged, LessonEvent
from evalwidgets.core.review import Review
from evalwidgets.errors import RoundError


@dataclass(frozen=True)
class LessonState:
    """A lesson as its log tells it.

    Parameters
    ----------
    lesson : Lesson
        What the learner sat down to.
    ended_at : datetime or None
        When it was over; None while it goes on.
    judged : Judged or None
        What came of it; None before.
    differences : tuple of Differed
        Why answers differ from gold, in order; the last word on each task and criterion counts.
    """

    lesson: Lesson
    ended_at: datetime | None = None
    judged: Judged | None = None
    differences: tuple[Differed, ...] = ()

    def after(self, event: LessonEvent) -> LessonState:
        """Return the state after one more event.

        Raises
        ------
        RoundError
            If the event cannot happen now; the message says why.
        """
        why = self._refusal(event)
        if why:
            raise RoundError(why)
        match event:
            case Differed():
                return replace(self, differences=(*self.differences, event))
            case Ended():
                return replace(self, ended_at=event.at)
            case Judged():
                return replace(self, judged=event)
        return self

    def refusal(self, review: Review, last_revision: int) -> str:
        """Return why the lesson does not take a review now; empty when it does.

        Parameters
        ----------
        review : Review
            What the learner submits.
        last_revision : int
            The learner's highest stored revision of the task, 0 without one.
        """
        where = f"Lesson {self.lesson.name!r}"
        if review.task not in self.lesson.tasks:
            return f"{where} has no task {review.task!r}."
        if review.rubric_hash != self.lesson.rubric_hash:
            return f"{where} began with another form of rubric {self.lesson.rubric}; begin a new one."
        if self.ended_at:
            return f"{where} ended at {self.ended_at:%Y-%m-%d %H:%M} UTC; nothing was stored."
        if last_revision and self.lesson.mode in ANSWERED_ONCE:
            return f"{where} has your answer to this task; gold has been seen, so it comes again another day."
        return ""

    def _refusal(self, event: LessonEvent) -> str:
        name = f"Lesson {self.lesson.name!r}"
        if isinstance(event, Began):
            return f"{name} exists already; a lesson never changes. Choose another name."
        if isinstance(event, Ended) and self.ended_at:
            return f"{name} ended already; that is for good."
        if isinstance(event, Judged):
            if not self.ended_at:
                return f"{name} still goes on: end it first, then judge it."
            return f"{name} was judged already; its result stands." if self.judged else ""
        task = getattr(event, "task", None)
        if task is not None and task not in self.lesson.tasks:
            return f"{name} has no task {task!r}."
        return ""


def replay_lesson(events: Iterable[LessonEvent]) -> LessonState:
    """Return where a log leaves its lesson.

    Raises
    ------
    RoundError
        If the log does not begin with `Began`, or an event could not have happened.
    """
    log = iter(events)
    first = next(log, None)
    if not isinstance(first, Began):
        msg = "The log of a lesson begins with its beginning; this one does not. Begin the lesson first."
        raise RoundError(msg)
    state = LessonState(first.lesson)
    for event in log:
        state = state.after(event)
    return state
