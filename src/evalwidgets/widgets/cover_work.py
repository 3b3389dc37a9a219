"""Sensitive pictures on a stage: revealed when a person asks, counted, and a pause offered in time."""

from __future__ import annotations

from typing import Any

from evalwidgets.core.pause import Pause
from evalwidgets.core.task import Task
from evalwidgets.store.kept_openings import KeptOpenings
from evalwidgets.widgets.covers import Covers


class CoverWork:
    """Reveals what a person asks for, and says how much that has been; all of it is theirs to choose.

    Parameters
    ----------
    covers : Covers
        Of the stage's scenes.
    pause : Pause, optional
        Knows how long the person has worked.
    """

    def __init__(self, covers: Covers, pause: Pause | None = None) -> None:
        self._covers, self.pause = covers, pause or Pause()
        self._kept: KeptOpenings | None = None
        covers.facts = lambda: {"seen": self.seen, "pause": self.pause.advice}

    def begin(self, kept: KeptOpenings) -> None:
        """Go on with what this person has opened so far."""
        self._kept = kept

    @property
    def seen(self) -> int:
        """How many different covered pictures this person has opened today."""
        return self._kept.pictures_today if self._kept else 0

    def facts(self) -> dict[str, Any]:
        """Return what the bar says of all this."""
        return {"advice": self.pause.advice, "exposure": self.seen}

    def reveal(self, key: str, task: Task, role: str, how: str, review: str = "") -> bool:
        """Log that a covered picture is opened, then reveal it; return whether there was one.

        Raises
        ------
        StoreError
            If it cannot be logged; nothing is revealed then.
        """
        if self._kept is None or not task.sensitive or role not in task.images:
            return False
        self._kept.log_picture(task.id, role, how, review)
        self._covers.reveal(key, role)
        return True
