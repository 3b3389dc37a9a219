"""The work at the quiz on what changed: a card that says it, a few tasks with feedback, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from evalwidgets.analysis.results import counted
from evalwidgets.core.feedback import feedback
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.widgets import panel_card
from evalwidgets.widgets.changes_course import ChangesCourse
from evalwidgets.widgets.lesson_plan import begin_lesson
from evalwidgets.widgets.panel_work import one_at_a_time
from evalwidgets.widgets.practice_page import AWAY
from evalwidgets.widgets.practice_work import PracticeWork

_RIGHT = ("exact", "within")


class ChangesWork(PracticeWork):
    """Goes through the quiz with a reviewer; what was answered stays, as in every lesson.

    Parameters
    ----------
    course : ChangesCourse
        What is new.
    on_done : callable
        Called when the reviewer goes on.
    """

    _course: ChangesCourse

    def __init__(self, course: ChangesCourse, on_done: Callable[[], None]) -> None:
        super().__init__(course)
        self._on_done = on_done

    @property
    def lesson(self) -> LessonState | None:
        """Where the quiz stands; None before it is begun."""
        found = [
            one
            for one in self._book().of_mode("changes")
            if one.lesson.rubric_hash == self._course.rubric.hash
        ]
        return found[-1] if found else None

    @one_at_a_time
    def refresh(self, refused: str = "") -> None:
        """Show the task or the feedback that lies open; else the card that says what changed."""
        if self._learner is None or self._at != "page":
            super().refresh(refused)
            return
        self.view.leave_task(self._learner)
        self.view.page.show(AWAY)
        self.view.bar.card = self._say(refused)

    def _heed(self, content: Mapping[str, Any]) -> None:
        lesson = self.lesson if self.known and self._at == "page" else None
        match content:
            case {"type": "begin"} if self._at == "page":
                going = lesson or begin_lesson(
                    self._book(), "what changed", "changes", tuple(self._course.quiz)
                )
                self._sit_down(going)
                self.refresh()
            case {"type": "go_on"} if lesson is not None and lesson.ended_at is not None:
                self._on_done()
            case _:
                super()._heed(content)

    def _resume(self) -> None:
        """Go on where the reviewer stopped, or say what changed."""
        lesson = self.lesson
        if lesson is not None and lesson.ended_at is None:
            self._sit_down(lesson, resumes=True)
        else:
            self._at, self._lesson = "page", None

    def _say(self, refused: str) -> dict[str, Any]:
        """Return the card: what changed and how long the quiz is, or how it went."""
        rubric, lesson = self._course.rubric, self.lesson
        card = {**panel_card.none(), "kind": "end"}
        if lesson is not None and lesson.ended_at is not None:
            told = [*self._result(lesson), *([refused] if refused else [])]
            return {
                **card,
                "title": f"That is {rubric.version}",
                "lines": told,
                "action": "go_on",
                "label": "Go on",
            }
        changes = [f"{one.version}: {sentence}" for one in self._course.news for sentence in one.changes]
        length = counted(len(self._course.quiz), "task")
        asked = f"{length} with feedback show what that means. Nothing is scored; then your work goes on."
        label = "Begin" if lesson is None else "Go on"
        lines = [*changes, asked, *([refused] if refused else [])]
        title = f"The rubric has changed: {rubric.title} {rubric.version}"
        return {**card, "title": title, "lines": lines, "action": "begin", "label": label}

    def _result(self, lesson: LessonState) -> list[str]:
        rubric, quiz = self._course.rubric, self._course.quiz
        verdicts = [
            one.verdict in _RIGHT
            for review in self._book().reviews_of(lesson)
            if review.task in quiz
            for one in feedback(rubric, review, quiz[review.task])
        ]
        if not verdicts:
            return ["Thank you. From here on the new version holds."]
        return [
            f"{sum(verdicts)} of {len(verdicts)} answers are as the new version says. From here on it holds."
        ]
