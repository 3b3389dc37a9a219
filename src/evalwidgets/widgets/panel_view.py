"""The widgets of a panel: a bar, a stage and a form, and where a session stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from evalwidgets.core.desk import Desk
from evalwidgets.core.session import Session
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import form_view, panel_card
from evalwidgets.widgets.cover_work import CoverWork
from evalwidgets.widgets.evidence_work import EvidenceWork
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.marked_pictures import MarkedPictures
from evalwidgets.widgets.panel_bar import PanelBar
from evalwidgets.widgets.rubric_form import RubricForm
from evalwidgets.widgets.scenes import Scenes

_AHEAD = 3  # tasks that lie ready in the browser


class PanelView:
    """Shows a session in widgets that are built once; only their traits change.

    Parameters
    ----------
    tasks : TaskSet
        Where the pictures are.
    on_message : callable
        Called with each report of the bar and the form, and what is asked for on the stage.
    on_need : callable
        Called with the hash of a picture and the byte from which the page lacks it.
    """

    def __init__(
        self,
        tasks: TaskSet,
        on_message: Callable[[Mapping[str, Any]], None],
        on_need: Callable[[str, int], None],
    ) -> None:
        self.stage = ImageStage()
        self.form = RubricForm(on_message)
        self.bar = PanelBar(on_message)
        self.scenes = Scenes(tasks, self.stage)
        self.covers = CoverWork(self.scenes.covers)
        self.evidence = EvidenceWork(tasks, self.scenes, self.stage)
        self.stage.on_need(on_need)
        self.stage.on_report(on_message)
        self.marked = MarkedPictures(tasks, self.scenes)
        self._seen_acts: dict[str, int] = {}

    def boxes(self) -> tuple[ipywidgets.DOMWidget, ...]:
        """Return what the panel's box holds: the bar above, stage and form below."""
        desk = ipywidgets.HBox([self.stage, self.form])
        desk.add_class("ew-desk")
        return self.bar, desk

    def show(self, session: Session, card: dict[str, Any], refused: str = "") -> None:
        """Show where a session stands. Pictures come last: the answer must not wait for them.

        Parameters
        ----------
        session : Session
            The reviewer's session.
        card : dict
            What lies over the panel.
        refused : str
            What was not done, in words for the reviewer.
        """
        self.bar.status = self._status(session)
        self.bar.card = card
        key = "" if session.finished else session.desk.key
        self.scenes.covers.turn(key)
        self.evidence.turn(key)
        if session.finished:
            self.form.show(None, [])
            self.stage.scene, self.stage.queue = {}, []
            return
        current = session.desk
        ahead = [session.open(name) for name in session.upcoming(_AHEAD)]
        self.form.show(self._laid(session, current), [self._laid(session, desk) for desk in ahead], refused)
        self.stage.scene = self.scenes.scene(current)
        self.stage.queue = [self.scenes.scene(desk) for desk in ahead]

    def saw(self, key: str, seq: int) -> None:
        """Note the number of the last act that was heard of a sheet."""
        self._seen_acts[key] = seq

    def mark(self, session: Session, desk: Desk) -> None:
        """Tell the form where a sheet stands after its last act."""
        self.form.marks = self._marks(session, desk)

    def _status(self, session: Session) -> dict[str, Any]:
        """Return what the bar says of a session."""
        return panel_card.status(session, **self.covers.facts())

    def _laid(self, session: Session, desk: Desk) -> dict[str, Any]:
        layout = form_view.layout(session.rubric, desk)
        note = session.returned(desk.task.id)
        if note:
            layout["sent_back"] = form_view.sent_back(note, session.rubric, desk)
        if self.scenes.intro:
            layout["intro"] = True  # no answer before the stage has shown everything
        return {"layout": layout, "marks": self._marks(session, desk)}

    def _marks(self, session: Session, desk: Desk) -> dict[str, Any]:
        marks = form_view.marks(session, desk.task.id, self._seen_acts.get(desk.key, 0))
        return {**marks, "answers": self.marked.on_copies(desk, marks["answers"], session.rubric)}
