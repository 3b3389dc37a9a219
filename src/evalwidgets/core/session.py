"""One reviewer's way through the tasks of a round: pure, no widget, no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

from evalwidgets.core import desk_rules
from evalwidgets.core.adjudication_book import RETURNED
from evalwidgets.core.adjudication_events import SentBack
from evalwidgets.core.check import Problem
from evalwidgets.core.criterion import Criterion
from evalwidgets.core.desk import Desk, Desks
from evalwidgets.core.order import seeded_order
from evalwidgets.core.review import Review, Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import clean_text
from evalwidgets.core.way import Progress, Way
from evalwidgets.errors import EvalWidgetsError, ReviewIncomplete, UnknownName


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
    sent_back : iterable of SentBack
        What was returned to this reviewer: those tasks come first, until they are answered.
    hash_of : callable
        Task to content hash; reading picture bytes is the store's business.
    asks_confidence : bool
        Whether a review needs it: who is told what is right says first how sure they are.
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
        sent_back: Iterable[SentBack] = (),
        hash_of: Callable[[Task], str] = lambda task: task.content_hash({}),
        asks_confidence: bool = False,
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
        self._way = Way(self.order, reviews, sent_back)
        self._hash_of, self._now = hash_of, now
        self._asks_confidence = asks_confidence
        self._desks = Desks(self._tasks, self._way.latest, new_key, now)
        self._resting = False
        self._current = self._way.next_open(0)

    # What there is ------------------------------------------------------------------

    @property
    def current(self) -> Task | None:
        """The task that lies open; None when all are done."""
        return None if self._current is None else self._tasks[self._current]

    @property
    def finished(self) -> bool:
        """Whether nothing lies open: every task is done and none is being revisited, or all rests."""
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
        return self._desks.open(task)

    def desk_of(self, key: str) -> Desk | None:
        """Return the open desk whose review has this key, or None."""
        return self._desks.of_key(key)

    def restore(self, task: str, key: str, sheet: Sheet, shown_at: datetime, seconds: float) -> None:
        """Lay out a task as a draft left it, with the key that it had then."""
        if task in self._tasks:
            self._desks.restore(task, key, sheet, shown_at, seconds)

    def asked(self, task: str | None = None) -> tuple[Criterion, ...]:
        """Return the criteria that apply now, in the words for the task."""
        return desk_rules.asked(self.rubric, self._desk(task))

    def to_answer(self, task: str | None = None) -> tuple[Criterion, ...]:
        """Return the criteria that are asked of the reviewer now: all that apply, or those in focus."""
        return desk_rules.to_answer(self.rubric, self._desk(task))

    def problems(self, task: str | None = None) -> tuple[Problem, ...]:
        """Return what still stands between the sheet and a submitted review."""
        desk = self._desk(task)
        unsure = desk_rules.lacks_confidence(self.rubric, desk) if self._asks_confidence else ()
        return (*desk_rules.problems(self.rubric, desk), *unsure)

    def review_of(self, task: str) -> Review | None:
        """Return the latest stored review of a task, or None."""
        return self._way.latest(task)

    def returned(self, task: str) -> SentBack | None:
        """Return the note with which a task was sent back to the reviewer; None once it is answered."""
        return self._way.returned(task)

    def upcoming(self, count: int) -> list[str]:
        """Return the next tasks, in the order in which submitting would show them."""
        return [] if self._resting else self._way.upcoming(self._current, count)

    @property
    def progress(self) -> Progress:
        """How far the reviewer is, and at which pace."""
        return self._way.progress(self._current)

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
            If the criterion is not asked now, not in focus, or the value is not on its scale.
        """
        return desk_rules.act(self.rubric, self._desk(task), name, *said)

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
        return self._review(self.desk, desk_rules.kept(self.rubric, self.desk), "submitted", "")

    def submit(self, task: str | None = None, reason: str = "") -> Review:
        """Return the finished review of a task; `accept` it once it is stored.

        Of a task that was sent back it is the answer to the note, also where it says the same as before.

        Raises
        ------
        ReviewIncomplete
            If a rule of the rubric is not met; it holds the problems.
        """
        desk = self._desk(task)
        blocking = [problem for problem in self.problems(desk.task.id) if problem.blocks]
        if blocking:
            raise ReviewIncomplete(blocking)
        if self.returned(desk.task.id):
            reason = RETURNED
        return self._review(desk, desk_rules.kept(self.rubric, desk), "submitted", reason)

    def skip(self, reason: str, task: str | None = None) -> Review:
        """Return a task as a skipped review, with its flags; `accept` it once it is stored."""
        if not reason.strip():
            msg = "Skipping needs a reason in a few words, got none."
            raise EvalWidgetsError(msg)
        desk = self._desk(task)
        kept = Sheet(flags=desk.sheet.flags, note=desk.sheet.note)
        return self._review(desk, kept, "skipped", reason)

    def accept(self, review: Review) -> None:
        """Take note that a review is stored, and move on when it was the current task's."""
        self.take(review)
        self.leave(review.task)

    def take(self, stored: Review) -> None:
        """Take note of a review stored elsewhere; what lies open stays as it is."""
        self._way.take(stored)

    def hear(self, sent_back: Iterable[SentBack]) -> None:
        """Take note of what was sent back by now: it comes next, or now if nothing lies open."""
        self._way.hear(sent_back)
        if self._current is None and not self._resting and self._way.waiting:
            self._current = self._way.waiting[0]

    def leave(self, task: str) -> None:
        """Close a task as it was, and go on when it was the current one."""
        self._desks.close(task)
        if task == self._current:
            self._current = None if self._resting else self._way.next_open(self._way.place(task))

    def give_way(self, stored: Review) -> None:
        """Take note of a review stored elsewhere; what lies on the desk becomes its revision."""
        self.take(stored)
        self._desks.give_way(stored)

    def rest(self) -> None:
        """Lay everything aside: nothing is current, and no move opens anything any more."""
        self._resting, self._current = True, None

    def only(self, task: str) -> Desk:
        """Open one task, while all others rest, and return its desk; after it nothing is current."""
        self.rest()
        self.go(task)
        return self.desk

    def ask_again(self, task: str, criteria: Iterable[str], key: str) -> None:
        """Open a reviewed task for some of its criteria only, while all others rest.

        Parameters
        ----------
        task : str
            A task with a stored review: what that says to other criteria stands.
        criteria : iterable of str
            What is asked anew.
        key : str
            The id of the coming review. A desk that has it already, as from a draft, is
            gone on with; whatever else lay there plays no part.
        """
        self.rest()
        self._desks.renew(task, key).focus = frozenset(criteria)
        self._current = task

    def go(self, task: str) -> None:
        """Open any task; one that is already submitted is re-opened to be superseded."""
        self.open(task)
        self._current = task

    def back(self) -> bool:
        """Go to the task before in the order; return whether there is one."""
        return self._step(-1)

    def forward(self) -> bool:
        """Go to the task after in the order; return whether there is one."""
        return self._step(1)

    # Inner workings -----------------------------------------------------------------

    def _step(self, step: int) -> bool:
        task = None if self._resting else self._way.beside(self._current, step)
        if task is not None:
            self.go(task)
        return task is not None

    def _desk(self, task: str | None) -> Desk:
        return self.desk if task is None else self.open(task)

    def _review(
        self, desk: Desk, sheet: Sheet, state: Literal["submitted", "skipped"], reason: str
    ) -> Review:
        return desk.review(
            sheet,
            campaign=self.campaign,
            round=self.round,
            task_hash=self._hash_of(desk.task),
            rubric=self.rubric.id,
            rubric_version=self.rubric.version,
            rubric_hash=self.rubric.hash,
            reviewer=self.reviewer,
            state=state,
            reason=reason or ("revised" if desk.revision > 1 else ""),
            submitted_at=self._now(),
            position=self._way.place(desk.task.id),
        )
