"""A session whose every step is kept: answers as drafts, submitted reviews for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from evalwidgets.core.adjudication_events import SentBack
from evalwidgets.core.desk import Desk, says_the_same
from evalwidgets.core.review import Review
from evalwidgets.core.round import RE_VOTE
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.session import Session
from evalwidgets.errors import TaskError
from evalwidgets.store.drafts import Draft
from evalwidgets.store.identity import clean_reviewer
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet


class KeptSession:
    """One reviewer's session on a store; made anew, it goes on where the last one stopped.

    Parameters
    ----------
    tasks : TaskSet
        The tasks of the round, all of the kind that the rubric judges.
    rubric : Rubric
        The rule book.
    store : ReviewStore
        Where reviews and drafts are kept.
    reviewer, campaign, round : str
        Whose reviews, and where they belong.
    seed : object
        Seed of the order; None keeps the manifest's.
    asks_confidence, now
        As in `Session`.

    Attributes
    ----------
    session : Session
        What is current, what was said, what is next.
    """

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        reviewer: str,
        *,
        campaign: str,
        round: str,  # noqa: A002 - the word of the house
        seed: object,
        asks_confidence: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        reviewer = clean_reviewer(reviewer, "reviewer=")
        self._store = store
        self._place = {"campaign": campaign, "round": round, "reviewer": reviewer, "rubric": rubric.id}
        store.remember_rubric(rubric)
        self.session = Session(
            rubric,
            tasks,
            reviewer,
            campaign=campaign,
            round=round,
            seed=seed,
            reviews=store.reviews(campaign, round, reviewer, rubric=rubric.id),
            sent_back=self._sent_back(),
            hash_of=tasks.hash_of,
            asks_confidence=asks_confidence,
            now=now,
        )
        for task, draft in store.drafts(**self._place).items():
            self.session.restore(task, draft.review, draft.sheet, draft.shown_at, draft.seconds)

    def act(self, name: str, *said: Any, task: str | None = None) -> None:
        """Do one act of `evalwidgets.core.acts` and keep the sheet as a draft."""
        self.session.act(name, *said, task=task)
        self.keep_draft(self.session.desk if task is None else self.session.open(task))

    def undo(self, task: str | None = None) -> bool:
        """Take back the last act, or re-open the task before; return whether there was one."""
        undone = self.session.undo(task)
        if undone:
            self.keep_draft(self.session.desk if task is None else self.session.open(task))
        return undone

    def submit(self, task: str | None = None, reason: str = "") -> Review:
        """Store the finished review of a task, then let the session move on.

        A revision that says what is stored already is let go, unless it is a vote or the
        answer to a note with which the task was sent back: standing by it is an answer.

        Raises
        ------
        ReviewIncomplete
            If a rule of the rubric is not met.
        StoreError
            If it could not be stored; the session stays where it is.
        """
        return self._keep(self.session.submit(task, reason), even_the_same=reason == RE_VOTE)

    def skip(self, reason: str, task: str | None = None) -> Review:
        """Store a task as skipped, then let the session move on."""
        return self._keep(self.session.skip(reason, task))

    def hear(self) -> bool:
        """Take note of what was sent back meanwhile; return whether the open task is another one now."""
        before = self.session.current
        self.session.hear(self._sent_back())
        return self.session.current is not before

    def give_way(self, task: str) -> None:
        """Let what lies on a desk supersede what was stored elsewhere meanwhile."""
        latest = self._latest(task)
        if latest:
            self.session.give_way(latest)
            self.keep_draft(self.session.open(task))

    def renew(self, task: str) -> Review | None:
        """Take note of what any window has stored of a task, and return it; None without any."""
        latest = self._latest(task)
        if latest:
            self.session.take(latest)
        return latest

    def keep_draft(self, desk: Desk) -> None:
        """Keep the sheet of an open task."""
        draft = Draft(
            review=desk.key,
            task=desk.task.id,
            sheet=desk.sheet,
            shown_at=desk.shown_at,
            seconds=desk.seconds,
        )
        self._store.save_draft(draft, **self._place)

    def _latest(self, task: str) -> Review | None:
        found = self._store.reviews(
            self._place["campaign"],
            self._place["round"],
            self._place["reviewer"],
            task=task,
            rubric=self._place["rubric"],
        )
        return found[-1] if found else None

    def _sent_back(self) -> tuple[SentBack, ...]:
        place = self._place
        book = self._store.adjudication[place["campaign"]]
        return book.returned_to(place["reviewer"], place["round"], place["rubric"])

    def _keep(self, review: Review, *, even_the_same: bool = False) -> Review:
        even_the_same |= self.session.returned(review.task) is not None
        self.session.hear(self._sent_back())
        if not even_the_same and says_the_same(review, self.session.review_of(review.task)):
            self._store.discard_draft(review.task, **self._place)
            self.session.leave(review.task)
            return review
        stored = self._store.submit(review)
        self.session.accept(stored)
        return stored


def check_kind(tasks: TaskSet, rubric: Rubric) -> None:
    """Refuse tasks that the rubric cannot judge.

    Raises
    ------
    TaskError
        If a task is of another kind than the rubric's.
    """
    others = [task.id for task in tasks if task.kind != rubric.kind]
    if others:
        raise TaskError(
            [
                f"The rubric {rubric.id} judges tasks of kind {rubric.kind!r}, but {len(others)} of "
                f"{len(tasks)} are of another kind (first: {others[0]}). "
                f"Use tasks.where(kind={rubric.kind!r})."
            ]
        )
