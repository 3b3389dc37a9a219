"""One reviewer's way through the tasks of a round: pure, no widget, no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any, Literal
from uuid import uuid4

from evalwidgets.core.acts import Setting, do
from evalwidgets.core.check import Problem, check
from evalwidgets.core.criterion import Criterion
from evalwidgets.core.desk import Desk, Progress
from evalwidgets.core.order import seeded_order
from evalwidgets.core.review import Review, Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import clean_text
from evalwidgets.errors import EvalWidgetsError, ReviewIncomplete, UnknownName

_RECENT = 12  # reviews whose pace predicts the rest


class Session:
    """One reviewer's way through the tasks: what is current, what was said, what is next.

    A review leaves the session by `submit` (a validated value), is put on disk by the
    caller, and comes back by `accept`: only then does the session move on. So nothing
    counts as done that is not stored.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    tasks : sequence of Task
        All tasks of the round.
    reviewer : str
        Who reviews; part of the seed of the order.
    campaign, round : str
        Where the reviews belong.
    seed : object
        Seed of the order; None keeps the order of the tasks.
    reviews : iterable of Review
        What this reviewer has already submitted in this round, any revisions.
    hash_of : callable
        Task to content hash; reading picture bytes is the store's business.
    new_key, now : callable
        Sources of keys and time, for tests.
    """

    def __init__(
        self,
        rubric: Rubric,
        tasks: Sequence[Task],
        reviewer: str,
        *,
        campaign: str = "default",
        round: str = "review",  # noqa: A002 - the word of the house
        seed: object = 0,
        reviews: Iterable[Review] = (),
        hash_of: Callable[[Task], str] = lambda task: task.content_hash({}),
        new_key: Callable[[], str] = lambda: str(uuid4()),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        # Names as reviews keep them, so that what comes back from the store is recognised.
        self.reviewer, self.campaign, self.round = map(clean_text, (reviewer, campaign, round))
        self.rubric = rubric
        self._tasks = {task.id: task for task in tasks}
        if not self._tasks:
            msg = "A session needs at least one task, got none; check the manifest or the filter."
            raise EvalWidgetsError(msg)
        distinct = tuple(self._tasks.values())
        seeded = f"{seed}|{self.round}|{self.reviewer}"
        self.order = tuple(self._tasks) if seed is None else seeded_order(distinct, seeded)
        self._place = {name: position for position, name in enumerate(self.order)}
        self._hash_of, self._new_key, self._now = hash_of, new_key, now
        self._reviews: dict[str, Review] = {}
        self._desks: dict[str, Desk] = {}
        for review in sorted(reviews, key=lambda review: review.revision):
            if review.task in self._tasks:
                self._reviews[review.task] = review
        self._current = self._next_open(0)

    # What there is ------------------------------------------------------------------

    @property
    def current(self) -> Task | None:
        """The task that lies open; None when all are done."""
        return None if self._current is None else self._tasks[self._current]

    @property
    def finished(self) -> bool:
        """Whether every task is submitted or skipped and none is being revisited."""
        return self._current is None

    @property
    def desk(self) -> Desk:
        """The open task with its sheet.

        Raises
        ------
        EvalWidgetsError
            If all tasks are done.
        """
        if self._current is None:
            msg = "All tasks are done; re-open one with back() or go(task)."
            raise EvalWidgetsError(msg)
        desk = self.open(self._current)
        if not desk.shown:  # it was laid out ahead of its time
            desk.shown, desk.shown_at = True, self._now()
        return desk

    @property
    def sheet(self) -> Sheet:
        """What has been said about the current task."""
        return self.desk.sheet

    def open(self, task: str) -> Desk:
        """Return the desk of a task, laying it out when it is not yet open."""
        if task not in self._tasks:
            raise UnknownName("task", task, self._tasks, f"round {self.round}")
        if task not in self._desks:
            earlier = self._reviews.get(task)
            said = Sheet(**earlier.model_dump(include=set(Sheet.model_fields))) if earlier else Sheet()
            revision = earlier.revision + 1 if earlier else 1
            self._desks[task] = Desk(self._new_key(), self._tasks[task], said, said, revision, self._now())
        return self._desks[task]

    def desk_of(self, key: str) -> Desk | None:
        """Return the open desk whose review has this key, or None."""
        return next((desk for desk in self._desks.values() if desk.key == key), None)

    def restore(self, task: str, key: str, sheet: Sheet, shown_at: datetime, seconds: float) -> None:
        """Lay out a task as a draft left it, with the key that it had then."""
        if task in self._tasks:
            earlier = self._reviews.get(task)
            opened = self.open(task).opened
            revision = earlier.revision + 1 if earlier else 1
            desk = Desk(key, self._tasks[task], sheet, opened, revision, shown_at, seconds, shown=True)
            self._desks[task] = desk

    def asked(self, task: str | None = None) -> tuple[Criterion, ...]:
        """Return the criteria that apply now, in the words for the task."""
        desk = self.open(task) if task else self.desk
        tags = desk.task.tags
        return tuple(
            self.rubric.worded(criterion.id, tags) for criterion in self.rubric.asked(desk.sheet.values, tags)
        )

    def problems(self, task: str | None = None) -> tuple[Problem, ...]:
        """Return what still stands between the sheet and a submitted review."""
        desk = self.open(task) if task else self.desk
        return check(self.rubric, self._kept(desk), desk.task)

    def review_of(self, task: str) -> Review | None:
        """Return the latest stored review of a task, or None."""
        return self._reviews.get(task)

    def upcoming(self, count: int) -> list[str]:
        """Return the next tasks, in the order in which submitting would show them."""
        names: list[str] = []
        start = self._place[self._current] if self._current else 0
        for name in (*self.order[start + 1 :], *self.order[:start]):
            if len(names) < count and name not in self._reviews:
                names.append(name)
        return names

    @property
    def progress(self) -> Progress:
        """How far the reviewer is, and at which pace."""
        states = [review.state for review in self._reviews.values()]
        latest = sorted(self._reviews.values(), key=lambda review: review.submitted_at)[-_RECENT:]
        times = [review.seconds for review in latest if review.state == "submitted" and review.seconds]
        position = self._place[self._current] + 1 if self._current else len(self.order)
        done = states.count("submitted")
        pace = median(times) if times else None
        return Progress(done, len(states) - done, len(self.order), position, pace)

    # What the reviewer does ---------------------------------------------------------

    def act(self, name: str, *said: Any, task: str | None = None) -> Sheet:
        """Do one act of `evalwidgets.core.acts` on a task, by default the current one.

        Examples
        --------
        ``session.act("rate", "preservation", 3)``,
        ``session.act("write_note", "preservation", "the sky behind her is darker")``.

        Raises
        ------
        UnknownName
            If there is no such act, criterion, flag or reason.
        EvalWidgetsError
            If the criterion is not asked now or the value is not on its scale.
        """
        desk = self.desk if task is None else self.open(task)
        sheet = do(name, Setting(self.rubric, desk.task.tags), desk.sheet, *said)
        desk.say(sheet, self._text_written(name, *said))
        return desk.sheet

    def rate(self, criterion: str, value: Any) -> Sheet:
        """Answer a criterion of the current task; None takes the answer back."""
        return self.act("rate", criterion, value)

    def undo(self, task: str | None = None) -> bool:
        """Take back the last change on the current task; with none left, re-open the task before.

        On another task than the current one, only changes are taken back.

        Returns
        -------
        bool
            Whether there was anything to take back or to re-open.
        """
        if task is not None and task != self._current:
            return self.open(task).undo()
        return (self._current is not None and self.desk.undo()) or self.back()

    @property
    def review(self) -> Review:
        """The review of the current task as it stands, complete or not."""
        return self._review(self.desk, self._kept(self.desk), "submitted", "")

    def submit(self, task: str | None = None, reason: str = "") -> Review:
        """Return the finished review of a task; `accept` it once it is stored.

        Raises
        ------
        ReviewIncomplete
            If a rule of the rubric is not met; it holds the problems.
        """
        desk = self.desk if task is None else self.open(task)
        blocking = [problem for problem in self.problems(desk.task.id) if problem.blocks]
        if blocking:
            raise ReviewIncomplete(blocking)
        return self._review(desk, self._kept(desk), "submitted", reason)

    def skip(self, reason: str, task: str | None = None) -> Review:
        """Return a task as a skipped review, with its flags; `accept` it once it is stored."""
        if not reason.strip():
            msg = "Skipping needs a reason in a few words, got none."
            raise EvalWidgetsError(msg)
        desk = self.desk if task is None else self.open(task)
        kept = Sheet(flags=desk.sheet.flags, note=desk.sheet.note)
        return self._review(desk, kept, "skipped", reason)

    def accept(self, review: Review) -> None:
        """Take note that a review is stored, and move on when it was the current task's."""
        self._reviews[review.task] = review
        self._desks.pop(review.task, None)
        if review.task == self._current:
            self._current = self._next_open(self._place[review.task])

    def is_unchanged(self, review: Review) -> bool:
        """Return whether a revision says just what the stored review says."""
        stored = self._reviews.get(review.task)
        if stored is None or stored.state != review.state:
            return False
        said = set(Sheet.model_fields)
        return review.model_dump(include=said) == stored.model_dump(include=said)

    def leave(self, task: str) -> None:
        """Close a re-opened task as it was, and go on when it was the current one."""
        self._desks.pop(task, None)
        if task == self._current:
            self._current = self._next_open(self._place[task])

    def give_way(self, stored: Review) -> None:
        """Take note of a review stored elsewhere; what lies on the desk becomes its revision."""
        self._reviews[stored.task] = stored
        desk = self._desks.get(stored.task)
        if desk is not None:
            desk.key, desk.revision = self._new_key(), stored.revision + 1

    def go(self, task: str) -> None:
        """Open any task; one that is already submitted is re-opened to be superseded."""
        self.open(task)
        self._current = task

    def back(self) -> bool:
        """Go to the task before in the order; return whether there is one."""
        position = len(self.order) if self._current is None else self._place[self._current]
        if position == 0:
            return False
        self.go(self.order[position - 1])
        return True

    def forward(self) -> bool:
        """Go to the task after in the order; return whether there is one."""
        if self._current is None or self._place[self._current] + 1 >= len(self.order):
            return False
        self.go(self.order[self._place[self._current] + 1])
        return True

    # Inner workings -----------------------------------------------------------------

    def _text_written(self, act: str, *said: Any) -> str:
        """Name the text an act writes, so that undo takes it back whole, or return nothing."""
        is_text = act == "rate" and self.rubric.criterion(said[0]).control == "text"
        return f"{act} {said[0]}" if act == "write_note" or is_text else ""

    def _kept(self, desk: Desk) -> Sheet:
        """Return the sheet without answers to what is no longer asked."""
        asked = {one.id for one in self.rubric.asked(desk.sheet.values, desk.task.tags)}
        answers = {name: answer for name, answer in desk.sheet.answers.items() if name in asked}
        return desk.sheet.model_copy(update={"answers": answers})

    def _review(
        self, desk: Desk, sheet: Sheet, state: Literal["submitted", "skipped"], reason: str
    ) -> Review:
        said: Mapping[str, Any] = sheet.model_dump()
        return Review(
            **said,
            id=desk.key,
            campaign=self.campaign,
            round=self.round,
            task=desk.task.id,
            task_hash=self._hash_of(desk.task),
            rubric=self.rubric.id,
            rubric_version=self.rubric.version,
            rubric_hash=self.rubric.hash,
            reviewer=self.reviewer,
            revision=desk.revision,
            state=state,
            reason=reason or ("revised" if desk.revision > 1 else ""),
            shown_at=desk.shown_at,
            submitted_at=self._now(),
            seconds=desk.seconds,
            position=self._place[desk.task.id],
        )

    def _next_open(self, start: int) -> str | None:
        for name in (*self.order[start:], *self.order[:start]):
            if name not in self._reviews:
                return name
        return None
