"""The widgets of a practice panel: those of a panel, with the page, the tour and the feedback."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ipywidgets

from evalwidgets.core.desk import Desk
from evalwidgets.core.region import Region
from evalwidgets.core.review import Review, Sheet
from evalwidgets.core.session import Session
from evalwidgets.core.task import Task
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import panel_card
from evalwidgets.widgets.exemplars import Exemplars
from evalwidgets.widgets.feedback_view import FeedbackView
from evalwidgets.widgets.panel_bar import BLANK
from evalwidgets.widgets.panel_view import PanelView
from evalwidgets.widgets.practice_page import AWAY, PracticePage
from evalwidgets.widgets.tour import TourGuide

Json = dict[str, Any]


class PracticeView(PanelView):
    """Shows one of three: the page, a task in the panel, or the feedback on one.

    Whatever is not shown is empty, so that nothing of a task's gold outlives its feedback.

    Parameters
    ----------
    tasks, on_message, on_need
        As in `PanelView`; the page, the tour and the feedback report to `on_message`, too.
    title : str
        What is learnt, for the bar.
    exemplars : Exemplars, optional
        What the page's wall shows.
    """

    def __init__(
        self,
        tasks: TaskSet,
        on_message: Callable[[Mapping[str, Any]], None],
        on_need: Callable[[str, int], None],
        title: str,
        exemplars: Exemplars | None = None,
    ) -> None:
        super().__init__(tasks, on_message, on_need)
        self._title = title
        self.page = PracticePage(on_message, exemplars)
        self.tour = TourGuide(on_message)
        self.feedback = FeedbackView(on_message)
        self._desk = ipywidgets.HBox([self.stage, self.form, self.feedback])
        self._desk.add_class("ew-desk")
        self.said = ""
        """Where the learner stands in the lesson, for the bar."""
        self.counts = False
        """Whether it is known how many tasks the lesson has."""

    def boxes(self) -> tuple[ipywidgets.DOMWidget, ...]:
        """Return what the panel's box holds: the page, or the bar, the tour and the desk."""
        return self.page, self.bar, self.tour, self._desk

    def leave_task(self, learner: str) -> None:
        """Take everything of a task off the panel; a page comes in its place."""
        self.tour.running = False
        self._empty()
        self.bar.card = panel_card.none()
        self.bar.status = {**BLANK, "title": self._title, "reviewer": learner}
        self.form.show(None, [])
        self.stage.scene, self.stage.queue = {}, []
        self._turn()

    def ask(self, card: Json) -> None:
        """Show the card that asks who learns."""
        self._empty()
        self.page.show(AWAY)
        self.bar.card = card
        self._turn()

    def show_task(self, session: Session, card: Json, refused: str = "", *, intro: bool = False) -> None:
        """Show the task that lies open, or a card where none does."""
        self._empty()
        self.page.show(AWAY)
        self.scenes.intro = intro
        self.show(session, card, refused)
        self._turn()

    def show_feedback(
        self,
        session: Session,
        review: Review,
        task: Task,
        feedback: Json,
        pictures: Mapping[str, bytes],
        regions: Iterable[Json],
        refused: str = "",
    ) -> None:
        """Show what gold says of a review that was stored, beside its task on the stage."""
        self.scenes.intro = False
        self.bar.card = panel_card.none()
        self.bar.status = {**self._status(session), **({"advice": refused} if refused else {})}
        self.scenes.covers.turn(review.id)
        self.evidence.turn(review.id)
        self.page.show(AWAY)
        self.form.show(None, [])
        self.stage.scene, self.stage.queue = self.scenes.of_task(task, review.id), []
        self.stage.regions = list(regions)
        self.feedback.show(feedback, pictures)
        self._turn("ew-learning")

    def placed(self, review: Review, task: Task) -> Callable[[Region], Json]:
        """Return what lays a region of the task's file on the copy that is shown."""
        sheet = Sheet(answers=review.answers)
        desk = Desk(review.id, task, sheet, sheet, review.revision, review.shown_at)
        known = set(Region.model_fields)  # gold's own facts are no part of a place
        return lambda region: self.marked.on_copy(desk, region.model_dump(mode="json", include=known))

    def _status(self, session: Session) -> Json:
        """Return the bar's words: those of the lesson, which hurry nobody."""
        status = {**super()._status(session), "pace": None, "left": None, "said": self.said, "home": True}
        return status if self.counts else {**status, "done": 0, "skipped": 0, "total": 0}

    def _empty(self) -> None:
        self.feedback.hide()
        self.stage.regions = []

    def _turn(self, shown: str = "") -> None:
        """Put the feedback into the form's place, or take it away."""
        (self._desk.add_class if shown else self._desk.remove_class)("ew-learning")
