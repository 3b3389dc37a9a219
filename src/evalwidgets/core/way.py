"""One reviewer's way through a round: the order of its tasks, which are done, and how far that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from evalwidgets.core.adjudication_events import SentBack
from evalwidgets.core.review import Review

_RECENT = 12  # reviews whose pace predicts the rest


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


class Way:
    """The tasks of a round in a reviewer's order, with the latest stored review of each.

    Parameters
    ----------
    order : tuple of str
        The tasks, each once.
    reviews : iterable of Review
        What is stored, any revisions in any order; those of other tasks play no part.
    sent_back : iterable of SentBack
        What was returned to the reviewer, answered or not.
    """

    def __init__(
        self, order: tuple[str, ...], reviews: Iterable[Review], sent_back: Iterable[SentBack] = ()
    ) -> None:
        self.order = order
        self.hear(sent_back)
        self._place = {name: position for position, name in enumerate(order)}
        self._latest: dict[str, Review] = {}
        for review in sorted(reviews, key=lambda review: review.revision):
            if review.task in self._place:
                self.take(review)

    def place(self, task: str | None) -> int:
        """Return where a task stands, from 0; the end when there is none."""
        return len(self.order) if task is None else self._place[task]

    def latest(self, task: str) -> Review | None:
        """Return the latest stored review of a task, or None."""
        return self._latest.get(task)

    def take(self, review: Review) -> None:
        """Take note that a review is stored."""
        self._latest[review.task] = review

    def hear(self, sent_back: Iterable[SentBack]) -> None:
        """Take note of all that was returned to the reviewer by now."""
        self._sent_back = {one.review: one for one in sent_back}

    def returned(self, task: str) -> SentBack | None:
        """Return the note with which the standing review of a task came back; None once it is answered."""
        latest = self.latest(task)
        return self._sent_back.get(latest.id) if latest else None

    @property
    def waiting(self) -> list[str]:
        """The tasks that were returned and are not answered yet, longest waiting first."""
        return [one.task for one in self._sent_back.values() if self.returned(one.task) is one]

    def next_open(self, start: int) -> str | None:
        """Return the first task to do: a returned one, else one without a review from a place on."""
        return next(iter(self._open(self.order[start:], self.order[:start])), None)

    def upcoming(self, current: str | None, count: int) -> list[str]:
        """Return the next tasks, in the order in which submitting the current one would show them."""
        start = self.place(current)
        ahead = self._open(self.order[start + 1 :], self.order[:start])
        return [name for name in ahead if name != current][:count]

    def beside(self, current: str | None, step: int) -> str | None:
        """Return the task so many steps away; None beyond either end."""
        place = self.place(current) + step
        return self.order[place] if 0 <= place < len(self.order) else None

    def progress(self, current: str | None) -> Progress:
        """Return how far the reviewer is, and at which pace."""
        states = [review.state for review in self._latest.values()]
        latest = sorted(self._latest.values(), key=lambda review: review.submitted_at)[-_RECENT:]
        times = [review.seconds for review in latest if review.state == "submitted" and review.seconds]
        position = min(self.place(current) + 1, len(self.order))
        done = states.count("submitted")
        pace = median(times) if times else None
        return Progress(done, len(states) - done, len(self.order), position, pace)

    def _open(self, *parts: tuple[str, ...]) -> list[str]:
        new = [name for part in parts for name in part if name not in self._latest]
        return [*self.waiting, *new]
