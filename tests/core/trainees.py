"""Simulated learners of known ability, who practise through the real plan over several days."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from evalwidgets.core.boundary import Boundary, sides
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.mastery import Mastery, mastery_of
from evalwidgets.core.practice_plan import Pick, next_task
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.trial import Trial, trials_of

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

Rater = Callable[[str, GoldAnswer], int]
"""A way to rate: criterion and gold to a level; the gold is what a perfect eye would see."""


def a_review(rubric: Rubric, task: str, values: Mapping[str, Any], at: datetime, **changes: Any) -> Review:
    """Return a submitted review; its id follows from the task and the time."""
    plain: dict[str, Any] = {
        "id": str(UUID(bytes=random.Random(f"{task}|{at}").randbytes(16))),
        "campaign": "demo",
        "round": f"practice {at:%Y-%m-%d}",
        "task": task,
        "task_hash": "0" * 64,
        "rubric": rubric.id,
        "rubric_version": rubric.version,
        "rubric_hash": rubric.hash,
        "reviewer": "ana",
        "shown_at": at - MINUTE,
        "submitted_at": at,
        "answers": {name: Answer(value=value) for name, value in values.items()},
    }
    return Review(**{**plain, **changes})


def always(level: int) -> Rater:
    """Return a rater who gives one level to everything."""
    return lambda *_: level


def at_random(seed: int) -> Rater:
    """Return a rater who throws a die with five faces."""
    chance = random.Random(f"die {seed}")
    return lambda *_: chance.randint(1, 5)


def lenient() -> Rater:
    """Return a rater who sees everything and gives one level more."""
    return lambda _, gold: min(5, max(gold.accepted) + 1)


@dataclass
class Eye:
    """A rater who is right at each boundary by chance, which may grow with each trial there."""

    seed: int
    start: float
    gain: float = 0.0
    best: float = 0.97
    _tried: Counter[Boundary] = field(default_factory=Counter)

    def __call__(self, criterion: str, gold: GoldAnswer) -> int:
        """Return an accepted level, or one beyond."""
        chance = random.Random(f"{self.seed}|{criterion}|{gold.accepted}|{self._tried}")
        lowest, highest = min(gold.accepted), max(gold.accepted)
        if lowest > 1 and not self._right(Boundary(criterion=criterion, lower=lowest - 1), chance):
            return lowest - 1
        if highest < 5 and not self._right(Boundary(criterion=criterion, lower=highest), chance):
            return highest + 1
        return chance.choice(sorted(gold.accepted))

    def _right(self, boundary: Boundary, chance: random.Random) -> bool:
        skill = min(self.best, self.start + self.gain * self._tried[boundary])
        self._tried[boundary] += 1
        return chance.random() < skill


@dataclass
class Practice:
    """What a learner met: sittings of reviews, and what each task was chosen for."""

    rubric: Rubric
    pool: Mapping[str, Gold]
    tasks: Mapping[str, Task]
    seed: object = 0
    sittings: list[list[Review]] = field(default_factory=list)
    picks: list[list[Pick]] = field(default_factory=list)

    @property
    def past(self) -> list[Review]:
        """All reviews so far, in order."""
        return [review for sitting in self.sittings for review in sitting]

    def trials(self, reviews: Sequence[Review] | None = None) -> list[Trial]:
        """Return the trials in these reviews, or in all."""
        used = self.past if reviews is None else reviews
        return [one for review in used for one in trials_of(self.rubric, review, self.pool[review.task])]

    def standing(self, now: datetime, trials: Sequence[Trial] | None = None) -> dict[Boundary, Mastery]:
        """Return where the learner stands after these trials, or after all."""
        return mastery_of(self.rubric, self.trials() if trials is None else trials, now)

    def forgotten(self, number: int) -> list[Trial]:
        """Return the misses of a sitting that did not return three to seven tasks later though they could.

        A miss after which the same boundary is missed again at once waits from the second
        one, and nothing can return that no task is left for, or for which the sitting was too short.
        """
        sitting = self.sittings[number]
        met = [{one.boundary: one for one in self.trials([review])} for review in sitting]
        shown = {review.task for review in sitting}
        unshown = [name for name in self.pool if name not in shown]
        forgotten = []
        for place, trial in ((place, one) for place, found in enumerate(met) for one in found.values()):
            again = [found[trial.boundary] for found in met[place + 1 : place + 3] if trial.boundary in found]
            if trial.correct or not all(one.correct for one in again):
                continue
            if any(trial.boundary in found for found in met[place + 3 : place + 8]):
                continue
            left = [*unshown, *(review.task for review in sitting[place + 3 :])]
            possible = any(trial.boundary in sides(self.rubric, self.pool[name]) for name in left)
            if possible and (not unshown or len(sitting) > place + 7):
                forgotten.append(trial)
        return forgotten

    def sit(self, rater: Rater, at: datetime, count: int, **options: Any) -> list[Pick]:
        """Practise up to `count` tasks, one a minute, and return what each was chosen for."""
        past, sitting, picks = self.past, [], []
        while len(sitting) < count:
            pick = next_task(self.rubric, self.pool, self.tasks, past, sitting, at, seed=self.seed, **options)
            if pick is None:
                break
            picks.append(pick)
            sitting.append(self.rate(rater, pick.task, at + (len(sitting) + 1) * MINUTE))
        self.sittings.append(sitting)
        self.picks.append(picks)
        return picks

    def rate(self, rater: Rater, task: str, at: datetime) -> Review:
        """Return the learner's review of a task: a level wherever gold has one."""
        levels = {one.id for one in self.rubric.all if one.control == "ordinal"}
        answers = self.pool[task].answers
        values = {
            name: rater(name, gold) for name, gold in answers.items() if name in levels and gold.accepted
        }
        return a_review(self.rubric, task, values, at)
