"""A reviewer's work at a panel: what the browser reports is done, kept, and shown."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from evalwidgets.core.desk import Desk
from evalwidgets.core.evidence_setting import EvidenceSetting, Who
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.session import Session
from evalwidgets.errors import Conflict, EvalWidgetsError, ReviewIncomplete
from evalwidgets.store.identity import known_reviewer, remember_reviewer
from evalwidgets.store.kept_session import KeptSession
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import panel_card
from evalwidgets.widgets.opening_work import OpeningWork
from evalwidgets.widgets.panel_view import PanelView

_log = logging.getLogger(__name__)
_W = TypeVar("_W", bound="PanelWork")
_P = ParamSpec("_P")
_R = TypeVar("_R")


def one_at_a_time(method: Callable[Concatenate[_W, _P], _R]) -> Callable[Concatenate[_W, _P], _R]:
    """Let one act finish before the next: JupyterLab reports in another thread than cells run in."""

    @wraps(method)
    def guarded(self: _W, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        with self.lock:
            return method(self, *args, **kwargs)

    return guarded


class PanelWork:
    """Keeps a reviewer's session on a store and shows it in a panel's widgets.

    Parameters
    ----------
    tasks, rubric, store
        As in `ReviewPanel`.
    campaign, round : str
        Where the reviews belong.
    seed : object
        Seed of the order.
    evidence, who
        Who may see measured evidence, as in `may_see_evidence`, and as whom the reviewer does.

    Attributes
    ----------
    view : PanelView
        The widgets.
    on_submit, on_undo, on_begin : list of callable
        Who is told of each stored review, of each undo, and of the reviewer's name once it is known.
    """

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str,
        round: str,  # noqa: A002 - the word of the house
        seed: object,
        evidence: EvidenceSetting,
        who: Who = "reviewer",
    ) -> None:
        self._tasks, self._rubric, self._store = tasks, rubric, store
        self._place: dict[str, Any] = {"campaign": campaign, "round": round, "seed": seed}
        self._kept: KeptSession | None = None
        self.lock = threading.RLock()
        self.on_submit: list[Callable[[dict[str, Any]], None]] = []
        self.on_undo: list[Callable[[], None]] = []
        self.on_begin: list[Callable[[str], None]] = []
        self.view = self._make_view()
        self._openings = OpeningWork(self.view, store, setting=evidence, who=who)

    @property
    def known(self) -> bool:
        """Whether somebody has said who reviews."""
        return self._kept is not None

    @property
    def session(self) -> Session:
        """The reviewer's session.

        Raises
        ------
        EvalWidgetsError
            If nobody has said yet who reviews.
        """
        return self._session_kept.session

    # What can be done -----------------------------------------------------------------

    @one_at_a_time
    def welcome(self, reviewer: str | None) -> None:
        """Take up a reviewer's work where it stopped; without a name that is known, ask."""
        name = reviewer or known_reviewer()
        if name:
            self._begin(name)
        self.refresh()

    @one_at_a_time
    def show(self, task: str) -> None:
        """Show a task."""
        self.session.go(task)
        self.refresh()

    @one_at_a_time
    def act(self, name: str, *said: Any) -> None:
        """Do one act on the shown task."""
        self._do(name, said, self.session.desk)
        self.refresh()

    @one_at_a_time
    def submit(self, task: str | None = None) -> Review:
        """Submit a task's review, by default the shown one's, and go on; it is on disk then."""
        stored = self._session_kept.submit(task, self._reason_of(task))
        self._show_saved(stored)
        self._move_on(stored)
        self.refresh()
        for callback in self.on_submit:
            callback(dict(stored.values))
        return stored

    @one_at_a_time
    def skip(self, reason: str, task: str | None = None) -> Review:
        """Skip a task, by default the shown one, with a reason."""
        stored = self._session_kept.skip(reason, task)
        self._show_saved(stored)
        self._move_on(stored)
        self.refresh()
        return stored

    @one_at_a_time
    def undo(self, task: str | None = None) -> None:
        """Take back the last act on a task; with none left on the shown one, re-open the task before."""
        if self._session_kept.undo(task):
            self.refresh()
            for callback in self.on_undo:
                callback()

    @one_at_a_time
    def refresh(self, refused: str = "") -> None:
        """Show where the session stands, and what was refused."""
        if self._kept is None:
            self.view.bar.card = panel_card.ask(refused)
            return
        card = self._card(refused) if self.session.finished else panel_card.none()
        self.view.show(self.session, card, refused)

    # What the browser reports ---------------------------------------------------------

    @one_at_a_time
    def receive(self, content: Mapping[str, Any]) -> None:
        """Deal with one report; whatever goes wrong is told to the reviewer, not to a log alone."""
        try:
            self._heed(content)
        except EvalWidgetsError as error:
            _log.info("Refused %s: %s", content.get("type"), error)
            self._tell(error)

    def _heed(self, content: Mapping[str, Any]) -> None:
        match content:
            case {"type": "act", "key": str(key), "seq": int(seq), "act": str(act), "said": [*said]}:
                self._on_act(key, seq, act, said, content.get("seconds"))
            case {"type": "submit", "key": str(key), "view": str(view), "count": int(count)}:
                self._on_submit(key, view, count, content.get("seconds"))
            case {"type": "move", "move": ("back" | "forward" | "undo") as move}:
                self._on_move(move, content.get("key"))
            case {"type": "skip", "reason": str(reason)}:
                self._on_skip(reason, content.get("key"))
            case {"type": "reviewer", "name": str(name)} if not self.known:
                self._begin(name)
                remember_reviewer(name)
                self.refresh()
            case {"type": "reopen"}:
                self._on_move("back", None)
            case {"type": "pulse"}:
                self._hear()
            case {"type": "evidence" | "reveal"} if self._openings.heed(self.session, content):
                self.refresh()

    def _hear(self) -> None:
        """Show what the lead has sent back meanwhile, if nothing else lies open."""
        if self._kept is not None and self._kept.hear():
            self.refresh()

    def _tell(self, error: EvalWidgetsError) -> None:
        self.refresh(str(error))

    def _on_act(self, key: str, seq: int, act: str, said: list[Any], clock: object) -> None:
        desk = self.session.desk_of(key)
        if desk is None:  # an answer to a review that has been stored meanwhile
            return
        self.view.saw(key, seq)
        self._spend(desk, clock)
        try:
            self._do(act, said, desk)
        finally:
            self.view.mark(self.session, desk)

    def _on_submit(self, key: str, view: str, count: int, clock: object) -> None:
        self.view.form.heard(view, count)
        desk = self.session.desk_of(key)
        if desk is None:  # submitted twice: the first one counted
            self.refresh()
            return
        self._spend(desk, clock)
        try:
            self.submit(desk.task.id)
        except EvalWidgetsError as error:
            self._refuse(desk, error)

    def _refuse(self, desk: Desk, error: EvalWidgetsError) -> None:
        """Bring a review that was not stored back to its task, with everything in place."""
        if isinstance(error, Conflict):
            self._session_kept.give_way(desk.task.id)
            message = "Your review of this task was stored elsewhere meanwhile; submit again to replace it."
        else:
            message = str(error)
        if not isinstance(error, ReviewIncomplete | Conflict):
            self.view.bar.show_failed(message)
        self.session.go(desk.task.id)
        self.refresh(message)
        self.view.stage.recall()

    def _on_move(self, move: str, key: object) -> None:
        if move == "undo":
            self.undo(self._task_of(key))
        elif self.session.back() if move == "back" else self.session.forward():
            self.refresh()

    def _on_skip(self, reason: str, key: object) -> None:
        task = self._task_of(key)
        if key is None or task is not None:  # else what was to be skipped is stored already
            self.skip(reason, task)

    def _spend(self, desk: Desk, clock: object) -> None:
        """Take the browser's active seconds; a page of another version must not cost an answer."""
        if isinstance(clock, int | float) and 0 <= clock < math.inf:
            self._openings.spend(desk, float(clock))

    def _task_of(self, key: object) -> str | None:
        """Return the task that the reviewer saw; the kernel may have come back to another."""
        desk = self.session.desk_of(str(key))
        return desk.task.id if desk else None

    @one_at_a_time
    def _resend(self, digest: str, at: int) -> None:
        self.view.scenes.send_part(digest, at)

    # Inner workings -------------------------------------------------------------------

    def _make_view(self) -> PanelView:
        """Return the widgets, made once."""
        return PanelView(self._tasks, self.receive, self._resend)

    @property
    def _session_kept(self) -> KeptSession:
        if self._kept is None:
            msg = "The panel does not know the reviewer yet; type a name into it, or pass reviewer=."
            raise EvalWidgetsError(msg)
        return self._kept

    def _do(self, act: str, said: Sequence[Any], desk: Desk) -> None:
        """Do an act on a task; a region is drawn on a copy of the picture and belongs to its file."""
        if act == "mark" and len(said) == 2:
            said = (said[0], self.view.marked.in_file(desk, *said))
        self._session_kept.act(act, *said, task=desk.task.id)

    def _begin(self, reviewer: str) -> None:
        """Take up the reviewer's work where it stopped."""
        self._kept = KeptSession(self._tasks, self._rubric, self._store, reviewer, **self._place)
        self._openings.begin(self._kept.session)
        for callback in self.on_begin:
            callback(self._kept.session.reviewer)

    def _card(self, refused: str) -> dict[str, Any]:  # noqa: ARG002 - a round's card says it
        """Return what lies over the panel while nothing lies open."""
        return panel_card.end(self.session)

    def _reason_of(self, task: str | None) -> str:
        """Return the reason of a review that is submitted now, beyond being a revision."""
        return self._openings.reason_of(self.session, task or self.session.desk.task.id)

    def _move_on(self, stored: Review) -> None:
        """Do what a stored review brings with it; a plain session has moved on by itself."""

    def _show_saved(self, stored: Review) -> None:
        self.view.bar.show_saved(f"Review of {stored.submitted_at:%H:%M:%S} UTC is on disk")
