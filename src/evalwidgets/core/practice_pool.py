"""What the tasks of a practice pool decide, and when a learner met them: from which the next is chosen."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from evalwidgets.core.boundary import Boundary, sides
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.trial import Trial, trials_at

Target = Boundary | None
"""What a task is chosen for; None stands for all that is no boundary: gates, choices, marks."""


class PracticePool:
    """A pool of gold as one learner finds it at one moment of a sitting.

    Parameters
    ----------
    rubric, pool, tasks, past, sitting, seed
        As in `next_task`.
    focus : frozenset of Boundary
        The only boundaries that count; empty for all.
    """

    def __init__(
        self,
        rubric: Rubric,
        pool: Mapping[str, Gold],
        tasks: Mapping[str, Task],
        past: Sequence[Review],
        sitting: Sequence[Review],
        *,
        seed: object,
        focus: frozenset[Boundary],
    ) -> None:
        self._tasks, self._seed = tasks, seed
        self.decides = {name: sides(rubric, gold) for name, gold in pool.items() if name in tasks}
        """Task id to the boundaries that it decides, with the right side."""
        self._met = {review.task: place for place, review in enumerate((*past, *sitting))}
        now = [review for review in sitting if review.revision == 1]
        self.sitting = [self._trials(review) for review in now]
        """The trials of each task of the sitting."""
        self.trials = [one for review in past for one in self._trials(review)]
        """All trials of the learner, oldest first."""
        self.trials += [one for trials in self.sitting for one in trials]
        self._tried = Counter((one.boundary, one.right) for one in self.trials)
        self._tried_now = Counter((one.boundary, one.right) for trials in self.sitting for one in trials)
        self._shown = [review.task for review in now]
        self.left = self._left(focus)
        """The tasks that may come next: of the focus, not shown yet, and if possible of another source."""

    @property
    def targets(self) -> list[Target]:
        """What can be practised with the tasks that are left."""
        boundaries = dict.fromkeys(one for name in self.left for one in self.decides[name])
        return [*boundaries, *([None] if any(not self.decides[name] for name in self.left) else [])]

    def best(self, target: Target, wanted: Collection[Boundary] = ()) -> str:
        """Return the task that serves a target best.

        The side that was tried less comes first, then the task that was never or longest
        not met, then the one that decides more of what else is wanted, then the lot.
        """
        return min(
            self._serving(target),
            key=lambda name: (
                self._tried[target, self.decides[name][target]] if target else 0,
                self._met.get(name, -1),
                -sum(one in wanted for one in self.decides[name]),
                self.lot(name),
            ),
        )

    def chances(self, target: Target) -> int:
        """Return how many of the tasks that are left serve a target."""
        return len(self._serving(target))

    def turns(self, target: Target) -> int:
        """Return how often a target had its turn in this sitting, on the side that it needs more."""
        if target is None:
            return sum(not self.decides.get(name) for name in self._shown)
        return self._tried_now[target, self.decides[self.best(target)][target]]

    def just_decided(self, target: Target) -> bool:
        """Return whether the latest task of this sitting was about this already."""
        if not self._shown:
            return False
        decided = self.decides.get(self._shown[-1], {})
        return target in decided if target else not decided

    def lot(self, one: object) -> str:
        """Return what decides between equals: drawn by the seed, the same on every machine."""
        return hashlib.sha256(f"{self._seed}|{one}".encode()).hexdigest()

    def _left(self, focus: frozenset[Boundary]) -> list[str]:
        left = [
            name
            for name, decided in self.decides.items()
            if name not in self._shown and (not focus or not focus.isdisjoint(decided))
        ]
        last = self._tasks.get(self._shown[-1]) if self._shown else None
        if last is None or not last.source:
            return left
        return [name for name in left if self._tasks[name].source != last.source] or left

    def _serving(self, target: Target) -> list[str]:
        if target is None:
            return [name for name in self.left if not self.decides[name]]
        return [name for name in self.left if target in self.decides[name]]

    def _trials(self, review: Review) -> tuple[Trial, ...]:
        return trials_at(self.decides.get(review.task, {}), review)
