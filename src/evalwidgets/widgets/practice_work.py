"""A learner's work at the practice panel: the page, the lessons, and what follows each answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from evalwidgets.core.desk import Desk
from evalwidgets.core.evidence_setting import EvidenceSetting
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.core.review import Review
from evalwidgets.core.session import Session
from evalwidgets.errors import Conflict, EvalWidgetsError, RoundError, RoundRefusal
from evalwidgets.store.identity import clean_reviewer
from evalwidgets.store.kept_session import KeptSession
from evalwidgets.widgets import exam_work, lesson_plan, panel_card
from evalwidgets.widgets.course import Course
from evalwidgets.widgets.feedback_desk import FeedbackDesk
from evalwidgets.widgets.learner_book import LearnerBook
from evalwidgets.widgets.lesson_work import LessonWork
from evalwidgets.widgets.opening_work import OpeningWork
from evalwidgets.widgets.panel_work import PanelWork, one_at_a_time
from evalwidgets.widgets.practice_pages import PracticePages
from evalwidgets.widgets.practice_view import PracticeView
from evalwidgets.widgets.tour_session import TourSession


class PracticeWork(PanelWork):
    """Shows a learner where they stand, and goes through lessons with them.

    What is shown follows from the store's logs, reviews and drafts alone: a panel that is
    opened anew comes up at the task, or the feedback, where the last one stopped.

    Parameters
    ----------
    course : Course
        What is taught, and with what.
    """

    view: PracticeView

    def __init__(self, course: Course) -> None:
        self._course = course
        self._pages = PracticePages(course)
        super().__init__(
            course.tasks,
            course.rubric,
            course.store,
            campaign=course.campaign,
            round="",
            seed=None,
            evidence="never",
        )
        self._learner: str | None = None
        self._at: Literal["page", "lesson", "tour"] = "page"
        self._lesson: LessonWork | None = None
        self._feedback = FeedbackDesk(course)

    @property
    def known(self) -> bool:
        """Whether somebody has said who learns."""
        return self._learner is not None

    @property
    def session(self) -> Session:
        """The session of the lesson, or of the tour, that lies open.

        Raises
        ------
        EvalWidgetsError
            If none does.
        """
        return self._session_kept.session

    @property
    def is_open(self) -> bool:
        """Whether a task lies open."""
        return self._at != "page" and self._kept is not None and not self.session.finished

    # What can be done -----------------------------------------------------------------

    @one_at_a_time
    def enter(self, what: str) -> None:
        """Go through a door of the page: begin a lesson, or go on with it."""
        self._open(what)

    @one_at_a_time
    def go_on(self) -> None:
        """Leave the feedback for the next task."""
        if self._lesson is not None and self._lesson.closed is not None:
            self._turn()
            self.refresh()

    @one_at_a_time
    def go_home(self, notice: str = "") -> None:
        """Show the page; what lies open stays, and is gone on with later."""
        self._at = "page"
        self._pages.turn("home", notice=notice)
        self.refresh()

    @one_at_a_time
    def show(self, task: str) -> None:
        """Show a task of an exam or a check-in; elsewhere the lesson decides what comes."""
        if self._lesson is None or self._lesson.is_one_by_one:
            msg = "Here the lesson decides which task comes; submit or skip the one that lies open."
            raise EvalWidgetsError(msg)
        super().show(task)

    @one_at_a_time
    def submit(self, task: str | None = None) -> Review:
        """Submit a task's review; the tour's last step stores nothing."""
        if self._at == "page":
            self._session_kept  # noqa: B018 - says that nothing lies open
        return super().submit(task)

    @one_at_a_time
    def refresh(self, refused: str = "") -> None:
        """Show where the learner stands, and what was refused."""
        if self._learner is None:
            self.view.ask({**panel_card.ask(refused), "title": "Who is learning?"})
        elif self._at == "page" or self._kept is None:
            self.view.leave_task(self._learner)
            self._pages.show(self.view.page, self._book(), refused)
        elif self._lesson is not None and self._lesson.closed is not None:
            self._show_feedback(self._lesson, self._lesson.closed, refused)
        else:
            self._show_task(refused)

    # What the browser reports ---------------------------------------------------------

    def _heed(self, content: Mapping[str, Any]) -> None:
        closed = self._lesson.closed if self._lesson and self._at == "lesson" else None
        match content:
            case {"type": "home"} if self.known:
                self.go_home()
            case {"type": "open", "what": str(what)} if self.known:
                self._open(what)
            case {"type": "wall", "criterion": str(name)} if self._at == "page":
                self._pages.turn("wall", criterion=name)
                self.refresh()
            case {"type": "tour", "step": "end"} if self._at == "tour":
                self._end_tour()
            case {"type": "hand_in"} if self._at == "lesson":
                self._hand_in()
            case _ if closed is not None and content.get("key") == closed.id:
                self._heed_feedback(closed, content)
            case _ if self._kept is not None or not self.known:
                super()._heed(content)

    def _heed_feedback(self, closed: Review, content: Mapping[str, Any]) -> None:
        match content:
            case {"type": "next"}:
                self.go_on()
            case {"type": "why" | "contest"}:
                self._feedback.heed(closed, content)
                self.refresh()
            case {"type": "evidence" | "reveal"}:
                if self._openings.look_back(closed, self._course.by_id[closed.task], content):
                    self.refresh()

    def _refuse(self, desk: Desk, error: EvalWidgetsError) -> None:
        """Bring back a review that was not stored; where another window was first, follow it."""
        lesson = self._lesson
        overtaken = isinstance(error, RoundRefusal) or (
            isinstance(error, Conflict) and lesson is not None and lesson.is_one_by_one
        )
        if lesson is None or not overtaken:
            super()._refuse(desk, error)
            return
        self._resume()
        stands = "This task was answered in another window; that answer stands."
        self.refresh(stands if isinstance(error, Conflict) else str(error))

    # Lessons --------------------------------------------------------------------------

    def _open(self, what: str) -> None:
        if what.startswith("file:"):
            self._pages.send_file(self.view.page, self._book(), what.removeprefix("file:"))
            return
        if what == "tour":
            self._begin_tour()
        elif what in lesson_plan.LESSONS:
            book = self._book()
            why = self._pages.locked(book, what)
            if why:
                raise RoundError(why)
            self._sit_down(lesson_plan.begin(what, book))
        else:
            self._at = "page"
            self._pages.turn(what)
        self.refresh()

    def _sit_down(self, state: LessonState, *, resumes: bool = False) -> None:
        """Sit down to a lesson: at its next task, or where it was left."""
        book = self._book()
        lesson = LessonWork(book, state)
        self._at, self._lesson, self._kept = "lesson", lesson, lesson.kept
        evidence: EvidenceSetting = "after_commit" if lesson.teaches else "never"
        self._openings = OpeningWork(self.view, self._store, setting=evidence, who="reviewer")
        self._openings.begin(lesson.session)
        if state.ended_at is not None:
            self._show_end(exam_work.end(self._course, state))
        elif not (lesson.resume(book, state) if resumes else lesson.turn(book, state)):
            self._come_to_end(state)

    def _resume(self) -> None:
        """Go on where the learner stopped, or show the page."""
        book = self._book()
        for state in book.lessons:
            if state.ended_at is not None and state.judged is None:
                exam_work.end(self._course, state)  # a kernel died between the two
        going = book.open_lessons
        if going:
            self._sit_down(going[-1], resumes=True)
        else:
            self._at, self._lesson = "page", None
            self._pages.turn("home")

    def _turn(self) -> None:
        """Lay open the next task of the lesson, as the store knows it now."""
        self._sit_down(self._state())

    def _move_on(self, stored: Review) -> None:
        lesson = self._lesson
        if lesson is None or self._at != "lesson":
            return
        if lesson.is_one_by_one and lesson.close(self._book(), stored):
            return
        if lesson.is_one_by_one:
            state = self._state()
            if exam_work.is_decided(self._course, state):
                self._show_end(exam_work.end(self._course, state))
            else:
                self._turn()
        elif lesson.lesson.mode == "check_in" and self.session.finished:
            self._come_to_end(self._state())

    def _come_to_end(self, state: LessonState) -> None:
        """End a lesson that has no task left; an exam whose answers may still change is handed in."""
        lesson = self._lesson
        if lesson is not None and lesson.lesson.mode == "exam" and not lesson.is_one_by_one:
            return
        self._show_end(exam_work.end(self._course, state))

    def _hand_in(self) -> None:
        if self.session.finished and self._lesson and self._lesson.lesson.mode == "exam":
            self._show_end(exam_work.end(self._course, self._state()))
            self.refresh()

    def _show_end(self, state: LessonState) -> None:
        self._at, self._lesson = "page", None
        self._pages.turn(f"result:{state.lesson.name}" if state.judged else "home")

    def _state(self) -> LessonState:
        assert self._lesson is not None  # noqa: S101 - only lessons that lie open are asked for
        found = self._book().named(self._lesson.lesson.name)
        assert found is not None  # noqa: S101 - logs only grow
        return found

    # Feedback -------------------------------------------------------------------------

    def _show_feedback(self, lesson: LessonWork, review: Review, refused: str) -> None:
        book = self._book()
        task = self._course.by_id[review.task]
        self.view.said, self.view.counts = lesson.said, lesson.counts
        state = book.named(lesson.lesson.name) or self._state()
        shown = self._feedback.shown(book, state, review, self.view.placed(review, task))
        self.view.show_feedback(self.session, review, task, *shown, refused=refused)

    def _show_task(self, refused: str) -> None:
        lesson = self._lesson
        if lesson is not None:
            self.view.said, self.view.counts = lesson.said, lesson.counts
        card = lesson.card(refused) if lesson is not None and self.session.finished else panel_card.none()
        is_calm = self._at == "tour" or (lesson is not None and lesson.teaches)
        intro = is_calm and self._course.rubric.kind == "edit" and not self.session.finished
        self.view.show_task(self.session, card, refused, intro=intro)

    # The tour -------------------------------------------------------------------------

    def _begin_tour(self) -> None:
        book = self._book()
        task = lesson_plan.first_task(book)
        self._kept = TourSession(
            self._course.task_set((task,)), self._course.rubric, self._store, book.learner
        )
        self._openings = OpeningWork(self.view, self._store, setting="never", who="reviewer")
        self._at, self._lesson = "tour", None
        self.view.said, self.view.counts = "Tour: nothing is kept", False
        self.refresh()
        self.view.tour.running = True

    def _end_tour(self) -> None:
        self._pages.toured = True
        self._kept = None
        self.go_home()

    # Inner workings -------------------------------------------------------------------

    def _make_view(self) -> PracticeView:
        title, exemplars = self._course.rubric.title, self._pages.exemplars
        return PracticeView(self._tasks, self.receive, self._resend, title, exemplars)

    @property
    def _session_kept(self) -> KeptSession:
        if self._kept is None:
            msg = "No task lies open: choose a door of the page first, for example enter('practice')."
            raise EvalWidgetsError(msg)
        return self._kept

    def _begin(self, reviewer: str) -> None:
        self._learner = clean_reviewer(reviewer, "the learner's name")
        self._resume()

    def _book(self) -> LearnerBook:
        assert self._learner is not None  # noqa: S101 - nothing is shown to nobody
        return LearnerBook(self._course, self._learner)
