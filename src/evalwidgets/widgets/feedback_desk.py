"""What lies beside a task once its review is stored: rows, places, anchors, and what is said to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.gold_events import Contested
from evalwidgets.core.lesson_events import Differed
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.core.region import Region
from evalwidgets.core.review import Review
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.widgets import feedback_words
from evalwidgets.widgets.course import Course
from evalwidgets.widgets.feedback_anchors import FeedbackAnchors
from evalwidgets.widgets.feedback_marks import feedback_marks
from evalwidgets.widgets.learner_book import LearnerBook

Json = dict[str, Any]


class FeedbackDesk:
    """Makes the feedback on stored reviews; it is the one place where gold becomes something to show.

    Parameters
    ----------
    course : Course
        What is taught.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._anchors = FeedbackAnchors(course.anchors, course.rubric)

    def shown(
        self, book: LearnerBook, state: LessonState, review: Review, placed: Callable[[Region], Json]
    ) -> tuple[Json, dict[str, bytes], list[Json]]:
        """Return the feedback for `FeedbackView`, its pictures, and the places for the stage.

        Parameters
        ----------
        book : LearnerBook
            As it stands after the review.
        state : LessonState
            The lesson in which it was given.
        review : Review
            A stored review of a task with gold.
        placed : callable
            Region to how it lies on the picture that is shown.
        """
        rubric, gold, task = self._course.rubric, book.gold[review.task], self._course.by_id[review.task]
        said = {one.criterion: one.why for one in state.differences if one.task == review.task}
        rows = feedback_words.rows(rubric, review, gold, task.tags, said, self._contested(review))
        anchors, pictures = self._anchors.beside(review, gold, task.tags)
        found, marks = feedback_marks(rubric, review, gold, placed)
        feedback = {
            "key": review.id,
            "title": feedback_words.title(rows),
            "rationale": gold.rationale,
            "rows": [{**row, "anchors": anchors.get(row["criterion"])} for row in rows],
            "regions": found,
            "confidence": feedback_words.confidence(review.confidence, rows),
            "boundaries": self._moved(book, review) if state.lesson.mode == "practice" else [],
            "position": f"Task {len(book.reviews_of(state))} of this sitting",
            "scored": state.lesson.mode == "practice",
        }
        return feedback, pictures, marks

    def heed(self, review: Review, content: Mapping[str, Any]) -> None:
        """Keep what the learner says to the feedback on a review.

        Raises
        ------
        EvalWidgetsError
            If it cannot be kept: a second contest of the same gold, for one.
        """
        now = self._course.now()
        criterion = self._course.rubric.criterion(str(content.get("criterion"))).id
        place = {"task": review.task, "criterion": criterion}
        try:
            self._keep(review, content, now, place)
        except ValidationError as error:
            msg = f"This could not be kept: {error.errors()[0]['msg']}."
            raise EvalWidgetsError(msg) from None

    def _keep(
        self, review: Review, content: Mapping[str, Any], now: datetime, place: Mapping[str, str]
    ) -> None:
        store = self._course.store
        match content:
            case {"type": "why", "why": ("misread" | "missed" | "disagree") as why}:
                said = Differed(at=now, why=why, remark=str(content.get("remark", "")), **place)
                store.lessons.log(review.campaign, review.reviewer, review.round, said)
            case {"type": "contest", "reason": str(reason)}:  # a second one is refused by the log
                facts = {"by": review.reviewer, "at": now, "rubric": review.rubric, "review": review.id}
                store.gold.log(review.campaign, Contested(reason=reason, **facts, **place))

    def _contested(self, review: Review) -> set[str]:
        """Return the criteria whose gold this learner holds to be wrong."""
        contests = self._course.store.gold[self._course.campaign].contests
        theirs = (one.contested for one in contests if one.contested.by == review.reviewer)
        return {one.criterion for one in theirs if (one.task, one.rubric) == (review.task, review.rubric)}

    def _moved(self, book: LearnerBook, review: Review) -> list[Json]:
        until = [one for one in book.trained if one.submitted_at <= review.submitted_at]
        past = [one for one in until if one.id != review.id]
        before, after = (book.standing_after(reviews, review.submitted_at) for reviews in (past, until))
        return feedback_words.moved(self._course.rubric, book.trials([review]), before, after)
