"""What one person opens in a round: each look is on disk before anything is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from evalwidgets.core.opening import Opening
from evalwidgets.store.reviews import ReviewStore


class KeptOpenings:
    """Logs one person's openings in a round, and remembers what that makes of their work.

    Parameters
    ----------
    store : ReviewStore
        Where openings are logged.
    campaign, round, reviewer : str
        Who looks, and where.
    now : callable
        Source of the time.
    """

    def __init__(
        self,
        store: ReviewStore,
        *,
        campaign: str,
        round: str,  # noqa: A002 - the word of the house
        reviewer: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._openings, self._now = store.openings, now
        self._place = {"campaign": campaign, "round": round, "reviewer": reviewer}
        self._pictures: dict[tuple[str, str, str], datetime] = {}
        for one in self._openings.read(
            reviewer=reviewer
        ):  # in whichever campaign: eyes do not tell them apart
            self._count(one)

    def log_evidence(self, task: str, review: str = "") -> None:
        """Log that the measured evidence of a task was opened, after this review of it.

        Raises
        ------
        StoreError
            If it cannot be kept; show nothing then.
        """
        self._log(task=task, review=review, kind="evidence")

    def log_picture(self, task: str, role: str, how: str, review: str = "") -> None:
        """Log that a covered picture was opened, `how` is "peek" or "reveal"."""
        self._log(task=task, review=review, kind="picture", role=role, how=how)

    def saw_evidence(self, task: str) -> bool:
        """Return whether the evidence of a task was opened in this round, in any window."""
        found = self._openings.read(**self._place)
        return any(one.kind == "evidence" and one.task == task for one in found)

    @property
    def pictures_today(self) -> int:
        """How many different covered pictures were opened since midnight on this machine."""
        today = self._now().astimezone().date()
        return sum(at.astimezone().date() == today for at in self._pictures.values())

    def _log(self, **facts: Any) -> None:
        opening = Opening(**self._place, **facts, opened_at=self._now())
        self._openings.log(opening)
        self._count(opening)

    def _count(self, one: Opening) -> None:
        if one.kind == "picture":
            self._pictures[one.campaign, one.task, one.role] = one.opened_at
