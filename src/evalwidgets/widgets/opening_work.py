"""What a reviewer opens beside judging: covered pictures, and evidence once the review is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalwidgets.core.desk import Desk
from evalwidgets.core.evidence_setting import EvidenceSetting, Who
from evalwidgets.core.opening import AFTER_EVIDENCE
from evalwidgets.core.review import Review
from evalwidgets.core.session import Session
from evalwidgets.core.task import Task
from evalwidgets.store.kept_openings import KeptOpenings
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.widgets.panel_view import PanelView


class OpeningWork:
    """Heeds what is asked for on a panel's stage, and knows which reviews came after evidence.

    Parameters
    ----------
    view : PanelView
        The panel's widgets.
    store : ReviewStore
        Where openings are logged.
    setting, who
        Who may see measured evidence, as in `may_see_evidence`, and as whom the reviewer does.
    """

    def __init__(self, view: PanelView, store: ReviewStore, *, setting: EvidenceSetting, who: Who) -> None:
        self._view, self._store = view, store
        self._setting, self._who = setting, who
        self._kept: KeptOpenings | None = None

    def begin(self, session: Session) -> None:
        """Go on with what the session's reviewer has opened so far."""
        self._kept = KeptOpenings(
            self._store, campaign=session.campaign, round=session.round, reviewer=session.reviewer
        )
        self._view.covers.begin(self._kept)

    def heed(self, session: Session, content: Mapping[str, Any]) -> bool:
        """Do what is asked for on the open task; return whether a picture was revealed."""
        desk = session.desk_of(str(content.get("key")))
        if desk is None or desk.task is not session.current:  # the page is ahead, or it came late
            return False
        match content:
            case {"type": "evidence"}:
                self._press(session, desk)
            case {"type": "reveal", "role": str(role), "how": ("peek" | "reveal") as how}:
                return self._view.covers.reveal(desk.key, desk.task, role, how, desk.key)
        return False

    def look_back(self, review: Review, task: Task, content: Mapping[str, Any]) -> bool:
        """Do what is asked for on a task whose review is in; return whether a picture was revealed."""
        match content:
            case {"type": "evidence"}:
                self._show_evidence(review.id, task, review)
            case {"type": "reveal", "role": str(role), "how": ("peek" | "reveal") as how}:
                return self._view.covers.reveal(review.id, task, role, how, review.id)
        return False

    def spend(self, desk: Desk, clock: float) -> None:
        """Take the browser's active seconds: for the review, and for the offer of a pause."""
        before = desk.seconds
        desk.spend(clock)
        self._view.covers.pause.work(desk.seconds - before)

    def reason_of(self, session: Session, task: str) -> str:
        """Return the reason of a revision whose reviewer has seen the evidence of the task."""
        came_after = session.review_of(task) is not None and self._kept and self._kept.saw_evidence(task)
        return AFTER_EVIDENCE if came_after else ""

    def _press(self, session: Session, desk: Desk) -> None:
        self._show_evidence(desk.key, desk.task, session.review_of(desk.task.id))

    def _show_evidence(self, key: str, task: Task, review: Review | None) -> None:
        if self._kept is None:
            return
        self._view.evidence.press(
            key,
            task,
            self._kept,
            setting=self._setting,
            who=self._who,
            submitted=review is not None and review.state == "submitted",
            review=review.id if review else "",
        )
