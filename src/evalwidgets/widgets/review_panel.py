"""The review panel: one task after the other against a rubric, every answer kept."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import ipywidgets

from evalwidgets.core.desk import Desk, Progress
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.session import Session
from evalwidgets.core.task import Task
from evalwidgets.errors import Conflict, EvalWidgetsError, ReviewIncomplete
from evalwidgets.store.identity import known_reviewer, remember_reviewer
from evalwidgets.store.kept_session import KeptSession, check_kind
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import form_view, panel_card
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.panel_bar import PanelBar
from evalwidgets.widgets.rubric_form import RubricForm
from evalwidgets.widgets.scenes import Scenes

_AHEAD = 3  # tasks that lie ready in the browser
_log = logging.getLogger(__name__)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def _one_at_a_time(
    method: Callable[Concatenate[ReviewPanel, _P], _R],
) -> Callable[Concatenate[ReviewPanel, _P], _R]:
    """Let one act finish before the next: JupyterLab reports in another thread than cells run in."""

    @wraps(method)
    def guarded(self: ReviewPanel, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        with self._lock:
            return method(self, *args, **kwargs)

    return guarded


class ReviewPanel(ipywidgets.VBox):
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

    Raises
    ------
    TaskError
        If a task is not of the kind that the rubric judges.

    Notes
    -----
    The panel also follows the contract of ipyannotations' labelling widgets
    (`display`, `data`, `on_submit`, `on_undo`), so it plugs in where they do.
    """

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
    ) -> None:
        check_kind(tasks, rubric)
        self._tasks, self._rubric, self._store = tasks, rubric, store
        self._round, self._campaign, self._seed = round or "review", campaign, seed
        self._kept: KeptSession | None = None
        self._lock = threading.RLock()
        self._seen_acts: dict[str, int] = {}
        self._submit_callbacks: list[Callable[[dict[str, Any]], None]] = []
        self._undo_callbacks: list[Callable[[], None]] = []
        self._stage = ImageStage()
        self._form = RubricForm(self._on_message)
        self._bar = PanelBar(self._on_message)
        self._scenes = Scenes(tasks, self._stage)
        self._stage.on_need(self._resend)
        desk = ipywidgets.HBox([self._stage, self._form])
        desk.add_class("ew-desk")
        super().__init__([self._bar, desk])
        self.add_class("ew-panel")
        name = reviewer or known_reviewer()
        if name:
            self._begin(name)
        self._refresh()

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
        return self.session.progress if self._kept else Progress(0, 0, len(self._tasks), 1, None)

    @property
    def data(self) -> dict[str, Any]:
        """The answers given so far: criterion id to value (ipyannotations' contract)."""
        return {} if self.session.finished else dict(self.session.sheet.values)

    # What can be done, by a person's keys or by code -----------------------------------

    @_one_at_a_time
    def show(self, task: Task | str) -> None:
        """Show a task; one that is submitted is re-opened, to be superseded."""
        self.session.go(task if isinstance(task, str) else task.id)
        self._refresh()

    display = show

    @_one_at_a_time
    def act(self, name: str, *said: Any) -> None:
        """Do one act on the shown task, for example ``act("rate", "preservation", 3)``."""
        self._work.act(name, *said)
        self._refresh()

    def rate(self, criterion: str, value: Any) -> None:
        """Answer a criterion of the shown task; None takes the answer back."""
        self.act("rate", criterion, value)

    @_one_at_a_time
    def submit(self) -> Review:
        """Submit the shown task's review and go on to the next; it is on disk when this returns.

        Raises
        ------
        ReviewIncomplete
            If a rule of the rubric is not met.
        StoreError
            If the store refuses it; the task stays, with everything in place.
        """
        return self._submit()

    @_one_at_a_time
    def skip(self, reason: str) -> Review:
        """Skip the shown task, with a reason."""
        return self._skip(reason)

    @_one_at_a_time
    def undo(self) -> None:
        """Take back the last act on the shown task; with none left, re-open the task before."""
        self._undo()

    def on_submit(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call `callback` with the answers of each submitted review, once it is on disk."""
        self._submit_callbacks.append(callback)

    def on_undo(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each undo."""
        self._undo_callbacks.append(callback)

    def close(self) -> None:
        """Close the panel's widgets; the store stays open."""
        for widget in (*_inside(self), self):
            widget.layout.close()
            if widget is not self:
                widget.close()
        super().close()

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        rubric = f"{self._rubric.id} {self._rubric.version}"
        return f"ReviewPanel(rubric={rubric!r}, tasks={len(self._tasks)}, round={self._round!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        content = bundle[0] if isinstance(bundle, tuple) else bundle
        if content:
            content["text/plain"] = repr(self)
        return bundle

    # What the browser reports ---------------------------------------------------------

    @_one_at_a_time
    def _on_message(self, content: Mapping[str, Any]) -> None:
        """Deal with one report; whatever goes wrong is told to the reviewer, not to a log alone."""
        try:
            match content:
                case {"type": "act", "key": str(key), "seq": int(seq), "act": str(act), "said": [*said]}:
                    self._on_act(key, seq, act, said, content.get("seconds"))
                case {"type": "submit", "key": str(key), "view": str(view), "count": int(count)}:
                    self._on_submit(key, view, count, content.get("seconds"))
                case {"type": "move", "move": ("back" | "forward" | "undo") as move}:
                    self._on_move(move, content.get("key"))
                case {"type": "skip", "reason": str(reason)}:
                    self._on_skip(reason, content.get("key"))
                case {"type": "reviewer", "name": str(name)}:
                    self._begin(name)
                    remember_reviewer(name)
                    self._refresh()
                case {"type": "reopen"}:
                    self._on_move("back", None)
        except EvalWidgetsError as error:
            _log.info("Refused %s: %s", content.get("type"), error)
            self._refresh(refused=str(error))

    def _on_act(self, key: str, seq: int, act: str, said: list[Any], clock: object) -> None:
        desk = self.session.desk_of(key)
        if desk is None:  # an answer to a review that has been stored meanwhile
            return
        self._seen_acts[key] = seq
        _spend(desk, clock)
        try:
            self._work.act(act, *said, task=desk.task.id)
        finally:
            self._form.marks = form_view.marks(self.session, desk.task.id, seq)

    def _on_submit(self, key: str, view: str, count: int, clock: object) -> None:
        self._form.heard(view, count)
        desk = self.session.desk_of(key)
        if desk is None:  # submitted twice: the first one counted
            self._refresh()
            return
        _spend(desk, clock)
        try:
            self._submit(desk.task.id)
        except EvalWidgetsError as error:
            self._refuse(desk, error)

    def _refuse(self, desk: Desk, error: EvalWidgetsError) -> None:
        """Bring a review that was not stored back to its task, with everything in place."""
        if isinstance(error, Conflict):
            self._work.give_way(desk.task.id)
            message = "Your review of this task was stored elsewhere meanwhile; submit again to replace it."
        else:
            message = str(error)
        if not isinstance(error, ReviewIncomplete | Conflict):
            self._bar.show_failed(message)
        self.session.go(desk.task.id)
        self._refresh(refused=message)
        self._stage.recall()

    def _on_move(self, move: str, key: object) -> None:
        if move == "undo":
            self._undo(self._task_of(key))
        elif self.session.back() if move == "back" else self.session.forward():
            self._refresh()

    def _on_skip(self, reason: str, key: object) -> None:
        task = self._task_of(key)
        if key is None or task is not None:  # else what was to be skipped is stored already
            self._skip(reason, task)

    def _task_of(self, key: object) -> str | None:
        """Return the task that the reviewer saw; the kernel may have come back to another."""
        desk = self.session.desk_of(str(key))
        return desk.task.id if desk else None

    @_one_at_a_time
    def _resend(self, digest: str, at: int) -> None:
        self._scenes.send_part(digest, at)

    # Inner workings -----------------------------------------------------------------

    @property
    def _work(self) -> KeptSession:
        if self._kept is None:
            msg = "The panel does not know the reviewer yet; type a name into it, or pass reviewer=."
            raise EvalWidgetsError(msg)
        return self._kept

    def _begin(self, reviewer: str) -> None:
        """Take up the reviewer's work where it stopped."""
        self._kept = KeptSession(
            self._tasks,
            self._rubric,
            self._store,
            reviewer,
            campaign=self._campaign,
            round=self._round,
            seed=self._seed,
        )

    def _submit(self, task: str | None = None) -> Review:
        stored = self._work.submit(task)
        self._show_saved(stored)
        self._refresh()
        for callback in self._submit_callbacks:
            callback(dict(stored.values))
        return stored

    def _skip(self, reason: str, task: str | None = None) -> Review:
        stored = self._work.skip(reason, task)
        self._show_saved(stored)
        self._refresh()
        return stored

    def _undo(self, task: str | None = None) -> None:
        if self._work.undo(task):
            self._refresh()
            for callback in self._undo_callbacks:
                callback()

    def _show_saved(self, stored: Review) -> None:
        self._bar.show_saved(f"Review of {stored.submitted_at:%H:%M:%S} UTC is on disk")

    def _refresh(self, refused: str = "") -> None:
        """Show where the session stands. Pictures come last: the answer must not wait for them."""
        if self._kept is None:
            self._bar.card = panel_card.ask(refused)
            return
        session = self._kept.session
        self._bar.status = panel_card.status(session)
        self._bar.card = panel_card.end(session) if session.finished else panel_card.none()
        if session.finished:
            self._form.show(None, [])
            self._stage.scene, self._stage.queue = {}, []
            return
        current = session.desk
        ahead = [session.open(name) for name in session.upcoming(_AHEAD)]
        self._form.show(self._laid(current), [self._laid(desk) for desk in ahead], refused)
        self._stage.scene = self._scenes.scene(current)
        self._stage.queue = [self._scenes.scene(desk) for desk in ahead]

    def _laid(self, desk: Desk) -> dict[str, Any]:
        seq = self._seen_acts.get(desk.key, 0)
        return {
            "layout": form_view.layout(self._rubric, desk),
            "marks": form_view.marks(self.session, desk.task.id, seq),
        }


def _spend(desk: Desk, clock: object) -> None:
    """Take the browser's active seconds; a page of another version must not cost an answer."""
    if isinstance(clock, int | float) and 0 <= clock < math.inf:
        desk.spend(float(clock))


def _inside(box: ipywidgets.Box) -> Iterator[ipywidgets.DOMWidget]:
    """Yield every widget inside a box, the innermost first."""
    for child in box.children:
        if isinstance(child, ipywidgets.Box):
            yield from _inside(child)
        yield child
