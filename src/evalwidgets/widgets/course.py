"""A course: what a campaign teaches with, and the clock by which it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_events import Proposed, Seconded
from evalwidgets.core.gold_pool import GoldPool, split_gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.anchors import AnchorSet
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet


@dataclass(frozen=True, eq=False)
class Course:
    """What every lesson of a campaign rests on.

    Parameters
    ----------
    tasks : TaskSet
        All of the rubric's kind.
    file_gold : mapping
        Gold as the file has it; `gold` is what counts now.
    rubric : Rubric
        As learners get it, with its question for places.
    store : ReviewStore
        Where lessons, reviews and the gold log are.
    campaign : str
        The body of work.
    now : callable
        Source of the time.
    anchors : AnchorSet or None
        The exemplars of each level.
    seed : object
        Decides between tasks that serve equally well.
    exam_size : int
        Tasks of an exam.
    sequential : bool
        Whether exams end as soon as the evidence suffices.
    refresh_from : str or None
        The calibration round from whose misses a refresher is built; None for any closed one.
    """

    tasks: TaskSet
    file_gold: Mapping[str, Gold]
    rubric: Rubric
    store: ReviewStore
    campaign: str
    now: Callable[[], datetime]
    anchors: AnchorSet | None = None
    seed: object = 0
    exam_size: int = 20
    sequential: bool = False
    refresh_from: str | None = None

    @cached_property
    def by_id(self) -> dict[str, Task]:
        """The tasks by id."""
        return {task.id: task for task in self.tasks}

    @property
    def gold(self) -> dict[str, Gold]:
        """Gold of these tasks under this rubric, as the log has changed it by now."""
        applied = self.store.gold[self.campaign].applied(self._ours(self.file_gold), self.rubric.id)
        return self._ours(applied)

    @property
    def pool(self) -> GoldPool:
        """Which gold is for practice and which for exams; what was retired serves neither."""
        now = self.gold
        split = split_gold(self._ever(), self.by_id, self.rubric, seed=self.campaign)
        return GoldPool(
            practice=tuple(name for name in split.practice if name in now),
            exam=tuple(name for name in split.exam if name in now),
        )

    @property
    def certificates(self) -> Path:
        """The folder of the certificates."""
        return self.store.folder / "certificates"

    def task_set(self, names: tuple[str, ...]) -> TaskSet:
        """Return tasks in the order of their names; those that the manifest lost are left out."""
        return TaskSet([self.by_id[name] for name in names if name in self.by_id], self.tasks.folder)

    def _ever(self) -> dict[str, Gold]:
        """Return all gold that ever was, oldest first and as it was first: what the split rests on."""
        ever = self._ours(self.file_gold)
        log = self.store.gold[self.campaign].log
        for event in log:
            proposed = log[event.proposal - 1] if isinstance(event, Seconded) else None
            if isinstance(proposed, Proposed):
                ever.setdefault(proposed.task, proposed.gold)
        return self._ours(ever)

    def _ours(self, gold: Mapping[str, Gold]) -> dict[str, Gold]:
        return {
            name: one for name, one in gold.items() if one.rubric == self.rubric.id and name in self.by_id
        }
