"""A lesson at work: the session of a sitting, and the words by which the bar says where it stands."""

from __future__ import annotations

from typing import Any

from evalwidgets.core.lesson import ANSWERED_ONCE, Lesson
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.core.review import Review
from evalwidgets.core.session import Session
from evalwidgets.store.kept_session import KeptSession
from evalwidgets.widgets import panel_card
from evalwidgets.widgets.course import Course
from evalwidgets.widgets.learner_book import LearnerBook
from evalwidgets.widgets.lesson_plan import next_of


class LessonWork:
    """One lesson of a learner, taken up from what the store has of it.

    Parameters
    ----------
    book : LearnerBook
        What the learner has done so far.
    state : LessonState
        The lesson.

    Attributes
    ----------
    kept : KeptSession
        Its session.
    closed : Review or None
        The review whose feedback is shown.
    """

    def __init__(self, book: LearnerBook, state: LessonState) -> None:
        self._course: Course = book.course
        self.lesson: Lesson = state.lesson
        self.kept = KeptSession(
            book.course.task_set(state.lesson.tasks),
            book.course.rubric,
            book.course.store,
            book.learner,
            campaign=state.lesson.campaign,
            round=state.lesson.name,
            seed=None,
            asks_confidence=self.teaches,
            now=book.course.now,
        )
        self.closed: Review | None = None

    @property
    def session(self) -> Session:
        """The session of the sitting."""
        return self.kept.session

    @property
    def teaches(self) -> bool:
        """Whether feedback follows each task."""
        return self.lesson.mode in ANSWERED_ONCE

    @property
    def is_one_by_one(self) -> bool:
        """Whether what comes next depends on what was answered, so that nothing lies ready."""
        return self.teaches or bool(self.lesson.rule.get("sequential"))

    def resume(self, book: LearnerBook, state: LessonState) -> bool:
        """Lay open what lay open: a task that was begun, or the feedback on the last one.

        Returns
        -------
        bool
            Whether there is anything; else the lesson is at its end.
        """
        done = book.reviews_of(state)
        if self.teaches and not self._begun(book) and done and self._has_feedback(book, done[-1]):
            self.session.rest()
            self.closed = done[-1]
            return True
        return self.turn(book, state)

    def turn(self, book: LearnerBook, state: LessonState) -> bool:
        """Lay open the task that comes now; return whether there is one.

        The desk is kept at once: from then on a restart comes up at this task.
        """
        self.closed = None
        if not self.is_one_by_one:
            return not self.session.finished
        task = self._begun(book) or next_of(book, state)
        if task is None:
            self.session.rest()
            return False
        self.kept.keep_draft(self.session.only(task))
        return True

    def close(self, book: LearnerBook, review: Review) -> bool:
        """Turn to the feedback on a review that was stored; return whether there is any."""
        if self.teaches and self._has_feedback(book, review):
            self.closed = review
        return self.closed is not None

    @property
    def counts(self) -> bool:
        """Whether it is known how many tasks there are to be."""
        return self.lesson.mode != "practice" and not self.lesson.rule.get("sequential")

    @property
    def said(self) -> str:
        """Where the learner is, for the bar."""
        progress, total = self.session.progress, len(self.lesson.tasks)
        number = progress.done + progress.skipped + (not self.session.finished)
        match self.lesson.mode:
            case "practice":
                return f"Task {number} of this sitting"
            case "warm_up":
                return f"Warm-up, {number} of {total}: not scored"
            case "changes":
                return f"What changed, {number} of {total}: not scored"
            case "check_in":
                return f"Check-in, {progress.position} of {total}"
        if self.is_one_by_one:
            return f"Exam, task {number}"
        return f"Exam, task {progress.position} of {total}: you may go back until the end"

    def card(self, refused: str = "") -> dict[str, Any]:
        """Return the card of an exam whose tasks are all answered, and may still be changed."""
        told = "Hand it in to see the result, or go back with Ctrl ← while you still can."
        return {
            **panel_card.none(),
            "kind": "end",
            "title": "Every task of the exam is answered",
            "lines": [*panel_card.done(self.session), *([refused] if refused else []), told],
            "action": "hand_in",
            "label": "Hand in",
        }

    def _begun(self, book: LearnerBook) -> str | None:
        """Return the task that lies on the desk unanswered; of several the one that was shown last."""
        lesson = self.lesson
        drafts = self._course.store.drafts(lesson.campaign, lesson.name, book.learner, lesson.rubric)
        open_ones = [one for one in drafts.values() if self.session.review_of(one.task) is None]
        taught = book.pool.practice if self.teaches else self._course.by_id
        known = [one for one in open_ones if one.task in taught]
        return max(known, key=lambda one: one.shown_at).task if known else None

    @staticmethod
    def _has_feedback(book: LearnerBook, review: Review) -> bool:
        return review.state == "submitted" and review.task in book.gold
