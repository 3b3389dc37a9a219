"""The tasks that a calibration round could take: what each would cover, and which part it could play."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from evalwidgets.analysis.arrays import BoolArray, FloatArray, IntArray, Level
from evalwidgets.analysis.codes import hashable
from evalwidgets.analysis.scales import Scale
from evalwidgets.core.gold import Gold
from evalwidgets.core.task import Task

Role = Literal["unlabelled", "boundary", "low", "high", "middle", "range"]
"""Why a task is proposed; `range` is for what is still missing of levels and kinds."""

ENDS = 0.25
"""Share of the scale at either end that counts as low or high: levels 1 and 2, 4 and 5 of five."""
KIND_WORTH, SAME_SOURCE, SENSITIVE = 0.8, 1.0, 3.0
# Against a new level, which is worth 1 / sqrt(criteria): a new kind of task, a source that is
# there already, and a task that needs a content note.
CHANCE = 0.15
"""How much the seeded order counts beside that, so that another seed brings other tasks."""


class Cell(NamedTuple):
    """One level of one criterion."""

    scale: Scale
    level: Level


@dataclass(frozen=True, eq=False)
class Pool:
    """The candidates, in the order in which equal ones are preferred.

    Parameters
    ----------
    tasks : tuple of Task
        All arrays have a row for each.
    gold : mapping
        Task id to gold under the round's rubric, where there is some.
    scales : tuple of Scale
        The criteria that the round calibrates.
    tag : str
        The name of the tag that tells kinds of tasks apart.
    """

    tasks: tuple[Task, ...]
    gold: Mapping[str, Gold]
    scales: tuple[Scale, ...]
    tag: str

    @cached_property
    def places(self) -> dict[str, int]:
        """Task id to row."""
        return {task.id: place for place, task in enumerate(self.tasks)}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every declared level of every criterion."""
        return tuple(Cell(scale, level) for scale in self.scales for level in scale.levels)

    @cached_property
    def holds(self) -> BoolArray:
        """Whether gold accepts a level, shape (tasks, cells)."""
        rows = [
            [cell.level in self.accepted(task.id, cell.scale) for cell in self.cells] for task in self.tasks
        ]
        return np.array(rows, dtype=bool).reshape(len(self.tasks), len(self.cells))

    @cached_property
    def _shares(self) -> FloatArray:
        """The same, a criterion adding up to 1: who accepts two levels holds half of each."""
        owner = np.array([self.scales.index(cell.scale) for cell in self.cells], dtype=np.int64)
        per_scale = self.holds @ (owner[:, None] == np.arange(len(self.scales)))
        return np.asarray(self.holds / np.maximum(per_scale, 1)[:, owner], dtype=np.float64)

    @cached_property
    def kind(self) -> tuple[str, ...]:
        """The kind of each task, such as its edit type; empty where it says none."""
        return tuple(str(task.tags.get(self.tag, "")) for task in self.tasks)

    @cached_property
    def _codes(self) -> tuple[IntArray, IntArray]:
        """Kind and source of each task as numbers; a task without a source is its own."""
        sources = [task.source or f"\0{task.id}" for task in self.tasks]
        kind, source = (np.unique(names, return_inverse=True)[1] for names in (self.kind, sources))
        return kind.astype(np.int64), source.astype(np.int64)

    @cached_property
    def _sensitive(self) -> BoolArray:
        return np.array([task.sensitive for task in self.tasks], dtype=bool)

    def accepted(self, task: str, scale: Scale) -> tuple[Level, ...]:
        """Return the levels that gold accepts; none without gold, or where it does not apply."""
        gold = self.gold.get(task)
        answer = gold.answers.get(scale.id) if gold else None
        return tuple(hashable(value) for value in answer.accepted) if answer else ()

    def several(self, task: str) -> list[Scale]:
        """Return the ordered criteria on which gold accepts more than one level."""
        return [scale for scale in self.scales if scale.is_numeric and len(self.accepted(task, scale)) > 1]

    def is_hard(self, task: Task) -> bool:
        """Whether gold or the task's own tag says that it is hard."""
        gold = self.gold.get(task.id)
        return (gold.difficulty if gold else "") == "hard" or task.tags.get("difficulty") == "hard"

    def fits(self, role: Role) -> BoolArray:
        """Return which tasks can play a part; one whose gold is silent on all criteria can play none."""
        return np.array([role in self._roles(task) for task in self.tasks], dtype=bool)

    def _roles(self, task: Task) -> set[Role]:
        gold = self.gold.get(task.id)
        if gold is None or not gold.answers:
            return {"unlabelled", "range"}
        if not any(self.accepted(task.id, scale) for scale in self.scales):
            return set()
        shares = [self.height(task.id, scale) for scale in self.scales if scale.is_numeric]
        heights = [share for share in shares if share is not None]
        roles: set[Role] = {"range"}
        roles |= {"boundary"} if self.several(task.id) or self.is_hard(task) else set()
        if heights:
            roles |= {"low"} if min(heights) <= ENDS else set()
            roles |= {"high"} if min(heights) >= 1 - ENDS else set()
            roles |= {"middle"} if any(ENDS < one < 1 - ENDS for one in heights) else set()
        return roles

    def height(self, task: str, scale: Scale) -> float | None:
        """Return where gold lies on a scale, from 0 (lowest) to 1; None without an accepted level."""
        levels = [scale.levels.index(one) for one in self.accepted(task, scale) if one in scale.levels]
        return float(np.mean(levels)) / (len(scale.levels) - 1) if levels else None

    def worth(self, chosen: Sequence[int]) -> FloatArray:
        """Return what each task would add to those that are chosen already."""
        kind, source = self._codes
        counts = self._shares[list(chosen)].sum(axis=0)
        levels = self._shares @ (1.0 / (1 + counts) ** 2) / np.sqrt(max(len(self.scales), 1))
        alike = np.bincount(kind[list(chosen)], minlength=len(self.tasks))[kind]
        again = np.isin(source, source[list(chosen)])
        chance = CHANCE * np.arange(len(self.tasks)) / max(len(self.tasks), 1)
        against = SAME_SOURCE * again + SENSITIVE * self._sensitive + chance
        return np.asarray(levels + KIND_WORTH / (1 + alike) - against)


def pool_of(
    tasks: Iterable[Task], gold: Mapping[str, Gold], scales: tuple[Scale, ...], tag: str, seed: object
) -> Pool:
    """Return the candidates in an order that depends on the seed only."""
    candidates = sorted(tasks, key=lambda task: task.id)
    random.Random(str(seed)).shuffle(candidates)  # noqa: S311 - an order, not a secret
    return Pool(tuple(candidates), gold, scales, tag)
