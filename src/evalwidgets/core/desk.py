"""A task that lies open before a reviewer, and how far the reviewer is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from evalwidgets.core.review import Sheet
from evalwidgets.core.task import Task


@dataclass(frozen=True)
class Progress:
    """How far a reviewer is."""

    done: int
    skipped: int
    total: int
    position: int
    """Where the current task stands, from 1; `total` at the end."""
    pace: float | None
    """Median active seconds of the last reviews; None before the first."""

    @property
    def left(self) -> int:
        """Tasks still to do."""
        return self.total - self.done - self.skipped

    @property
    def seconds_left(self) -> float | None:
        """Estimated active seconds until the end; None before the first review."""
        return None if self.pace is None else self.pace * self.left


@dataclass
class Desk:
    """A task that lies open: its sheet, the key of its coming review, and the way back."""

    key: str
    """The id of the coming review: made once, so that submitting twice stores once."""
    task: Task
    sheet: Sheet
    opened: Sheet
    """The sheet as it was when the task was opened."""
    revision: int
    shown_at: datetime
    seconds: float = 0.0
    clock: float = 0.0
    """What the browser's clock said last; it begins at zero whenever it shows the task anew."""
    shown: bool = False
    """Whether it has been the current task; before, it only lies ready."""
    history: list[Sheet] = field(default_factory=list)
    writing: str = ""
    """The text that is being written; its keystrokes are undone as one."""

    @property
    def touched(self) -> bool:
        """Whether anything was said since the task was opened."""
        return self.sheet != self.opened

    def spend(self, clock: float) -> None:
        """Add the active seconds since the browser's clock was last heard."""
        self.seconds += clock - self.clock if clock >= self.clock else clock
        self.clock = clock

    def say(self, sheet: Sheet, writing: str = "") -> None:
        """Put a new sheet on the desk and remember the one before."""
        if sheet == self.sheet:
            return
        if not writing or writing != self.writing:
            self.history.append(self.sheet)
        self.sheet, self.writing = sheet, writing

    def undo(self) -> bool:
        """Take back the last act; return whether there was one."""
        if not self.history:
            return False
        self.sheet, self.writing = self.history.pop(), ""
        return True
