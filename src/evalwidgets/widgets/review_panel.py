"""The review panel: one task after the other against a rubric, every answer kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import ipywidgets

from evalwidgets.core.evidence_setting import EvidenceSetting, checked_setting
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.session import Session
from evalwidgets.core.task import Task
from evalwidgets.core.way import Progress
from evalwidgets.store.kept_session import check_kind
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.panel_work import PanelWork
from evalwidgets.widgets.plain_box import PlainBox


class ReviewPanel(PlainBox):
    """A stage, a rubric form and a bar: the place where a reviewer works all day.

    Everything is kept as it happens: each answer as a draft, each submitted review on
    disk before the tick appears. A new panel on the same store goes on where the last
    one stopped.

    Parameters
    ----------
    tasks : TaskSet
        The tasks of the round, all of the rubric's kind.
    rubric : Rubric
        The rule book.
    store : ReviewStore
        Where reviews and drafts go.
    reviewer : str, optional
        Who reviews. Without it: `EVALWIDGETS_REVIEWER`, the hub's account, the name
        given before; else the panel asks once.
    round : str, optional
        Name of the round; "review" by default.
    campaign : str
        The body of work that the round belongs to.
    seed : object
        Seed of the order, with round and reviewer; None keeps the manifest's order.
    evidence : {"after_commit", "never", "lead_only", "researcher"}
        Who may see what was measured of an edit (key E), each opening of which is logged.
        By default everybody, of a task whose review they have submitted; a review that is
        changed afterwards has the reason "after_evidence".
    researcher : bool
        Whether who reviews here is a researcher, for whom evidence="researcher" opens it.
        A researcher too judges by eye first: it opens after their own submit, so that
        every first review is blind.

    Raises
    ------
    TaskError
        If a task is not of the kind that the rubric judges.
    UnknownName
        If there is no such setting of evidence.

    Notes
    -----
    The panel also follows the contract of ipyannotations' labelling widgets
    (`display`, `data`, `on_submit`, `on_undo`), so it plugs in where they do.
    """

    _Work: ClassVar[type[PanelWork]] = PanelWork

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        reviewer: str | None = None,
        round: str | None = None,  # noqa: A002 - the word of the house
        *,
        campaign: str = "default",
        seed: object = 0,
        evidence: EvidenceSetting = "after_commit",
        researcher: bool = False,
    ) -> None:
        check_kind(tasks, rubric)
        self._tasks, self._rubric, self._store = tasks, rubric, store
        self._round = round or "review"
        work = self._Work(
            tasks,
            rubric,
            store,
            campaign=campaign,
            round=self._round,
            seed=seed,
            evidence=checked_setting(evidence),
            who="researcher" if researcher else "reviewer",
        )
        self._seat(work, reviewer)

    def _seat(self, work: PanelWork, reviewer: str | None) -> None:
        """Put the widgets of the work into the panel's box, and take up a reviewer's work."""
        self._work = work
        self._stage, self._form, self._bar = work.view.stage, work.view.form, work.view.bar
        super().__init__(work.view.boxes())
        self.add_class("ew-panel")
        work.welcome(reviewer)

    # What there is ------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The reviewer's session: order, sheets, progress.

        Raises
        ------
        EvalWidgetsError
            If the panel has not been told yet who reviews.
        """
        return self._work.session

    @property
    def task(self) -> Task | None:
        """The task that is shown; None at the end."""
        return self.session.current

    @property
    def review(self) -> Review | None:
        """The review as it stands, complete or not; None at the end."""
        return None if self.session.finished else self.session.review

    @property
    def progress(self) -> Progress:
        """How far the reviewer is; nothing done while nobody has said who reviews."""
        return self.session.progress if self._work.known else Progress(0, 0, len(self._tasks), 1, None)

    @property
    def data(self) -> dict[str, Any]:
        """The answers given so far: criterion id to value (ipyannotations' contract)."""
        return {} if self.session.finished else dict(self.session.sheet.values)

    # What can be done, by a person's keys or by code -----------------------------------

    def show(self, task: Task | str) -> None:
        """Show a task; one that is submitted is re-opened, to be superseded."""
        self._work.show(task if isinstance(task, str) else task.id)

    display = show

    def act(self, name: str, *said: Any) -> None:
        """Do one act on the shown task, for example ``act("rate", "preservation", 3)``."""
        self._work.act(name, *said)

    def rate(self, criterion: str, value: Any) -> None:
        """Answer a criterion of the shown task; None takes the answer back."""
        self.act("rate", criterion, value)

    def submit(self) -> Review:
        """Submit the shown task's review and go on to the next; it is on disk when this returns.

        Raises
        ------
        ReviewIncomplete
            If a rule of the rubric is not met.
        StoreError
            If the store refuses it; the task stays, with everything in place.
        """
        return self._work.submit()

    def skip(self, reason: str) -> Review:
        """Skip the shown task, with a reason."""
        return self._work.skip(reason)

    def undo(self) -> None:
        """Take back the last act on the shown task; with none left, re-open the task before."""
        self._work.undo()

    def on_submit(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call `callback` with the answers of each submitted review, once it is on disk."""
        self._work.on_submit.append(callback)

    def on_undo(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each undo."""
        self._work.on_undo.append(callback)

    def on_reviewer(self, callback: Callable[[str], None]) -> None:
        """Call `callback` with the reviewer's name: now, or as soon as it is known."""
        self._work.on_begin.append(callback)
        if self._work.known:
            callback(self.session.reviewer)

    def stand_behind(self, widget: ipywidgets.DOMWidget) -> None:
        """Show another widget in the panel's place until `come_back`."""
        self.children = (widget,)

    def come_back(self) -> None:
        """Show the panel again, as it stands now."""
        self.children = self._work.view.boxes()
        self._work.refresh()

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        rubric = f"{self._rubric.id} {self._rubric.version}"
        return f"{type(self).__name__}(rubric={rubric!r}, tasks={len(self._tasks)}, round={self._round!r})"
