"""The tasks that lie open before a reviewer: what was said about each, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evalwidgets.core.review import Review, Sheet
from evalwidgets.core.task import Task


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
    focus: frozenset[str] = frozenset()
    """The criteria that are asked anew, as in a re-vote; empty when the whole rubric is asked."""

    @property
    def touched(self) -> bool:
        """Whether anything was said since the task was opened."""
        return self.sheet != self.opened

    def review(self, sheet: Sheet, **place: Any) -> Review:
        """Return the review of the task that says what a sheet says; `place` is where it belongs."""
        return Review(
            **{**sheet.model_dump(), **place},
            id=self.key,
            task=self.task.id,
            revision=self.revision,
            shown_at=self.shown_at,
            seconds=self.seconds,
        )

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


class Desks:
    """The tasks that lie open before a reviewer, each laid out once.

    Parameters
    ----------
    tasks : mapping of str to Task
        All tasks of the round.
    latest : callable
        Task to its latest stored review, or None: what lies on a fresh desk.
    new_key, now : callable
        Sources of keys and time.
    """

    def __init__(
        self,
        tasks: Mapping[str, Task],
        latest: Callable[[str], Review | None],
        new_key: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._tasks, self._latest, self._new_key, self._now = tasks, latest, new_key, now
        self._open: dict[str, Desk] = {}

    def open(self, task: str) -> Desk:
        """Return the desk of a task, laying it out when it is not yet open."""
        if task not in self._open:
            earlier = self._latest(task)
            said = Sheet(**earlier.model_dump(include=set(Sheet.model_fields))) if earlier else Sheet()
            revision = earlier.revision + 1 if earlier else 1
            self._open[task] = Desk(self._new_key(), self._tasks[task], said, said, revision, self._now())
        return self._open[task]

    def of_key(self, key: str) -> Desk | None:
        """Return the open desk whose review has this key, or None."""
        return next((desk for desk in self._open.values() if desk.key == key), None)

    def restore(self, task: str, key: str, sheet: Sheet, shown_at: datetime, seconds: float) -> None:
        """Lay out a task as a draft left it."""
        fresh = self.open(task)
        self._open[task] = Desk(
            key, fresh.task, sheet, fresh.opened, fresh.revision, shown_at, seconds, shown=True
        )

    def renew(self, task: str, key: str) -> Desk:
        """Lay out a task as it is stored, for the review with this key; go on with one that has it."""
        if self.open(task).key != key:
            self.close(task)
            self.open(task).key = key
        return self.open(task)

    def give_way(self, stored: Review) -> None:
        """Let what lies open become the revision of a review stored elsewhere."""
        desk = self._open.get(stored.task)
        if desk is not None:
            desk.key, desk.revision = self._new_key(), stored.revision + 1

    def close(self, task: str) -> None:
        """Clear the desk of a task, if it lies open."""
        self._open.pop(task, None)


def says_the_same(one: Review, other: Review | None) -> bool:
    """Return whether two reviews of a task were submitted, or skipped, with the same words."""
    if other is None or one.state != other.state:
        return False
    said = set(Sheet.model_fields)
    return one.model_dump(include=said) == other.model_dump(include=said)


def differing(one: Sheet, other: Sheet) -> set[str]:
    """Return the criteria that two sheets answer differently; "" stands for all that is no answer."""
    names = {*one.answers, *other.answers}
    changed = {name for name in names if one.answer(name) != other.answer(name)}
    rest = one.model_copy(update={"answers": other.answers})
    return changed if rest == other else {*changed, ""}
