"""Which tasks a calibration round should take, and why: the range, the boundaries, something new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.labels import task_labels
from evalwidgets.analysis.meeting.proposal_pool import Pool, Role, pool_of
from evalwidgets.analysis.meeting.proposal_words import coverage_of, warnings_of, why
from evalwidgets.analysis.results import counted
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import RatingsError, RoundError, UnknownName


class Proposed(NamedTuple):
    """One task of a proposal."""

    task: str
    why: str
    """In a few words; it tells gold, so it is for the lead."""
    tags: tuple[str, ...]
    """Its labels (see `task_labels`)."""
    role: Role
    """What it is there for; a swap looks for another with the same."""
    sensitive: bool


@dataclass(frozen=True, eq=False, repr=False)
class Proposal:
    """The tasks that a round should take.

    Parameters
    ----------
    tasks : tuple of Proposed
        Unlabelled and boundary cases first, then low, high and middle ones, then what
        was still missing.
    warnings : tuple of str
        What a lead should know, one sentence each.
    coverage : DataFrame
        One row per level of each criterion and per kind of task: `criterion, label,
        level, n` (tasks of the proposal that have it; one whose gold accepts two
        levels counts at both) and `left` (other tasks that would). For kinds,
        `criterion` is the name of the rubric's variant tag.
    """

    tasks: tuple[Proposed, ...]
    warnings: tuple[str, ...]
    coverage: pd.DataFrame
    _pool: Pool = field(repr=False)
    _asked: _Asked = field(repr=False)
    _refused: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """The task ids, as `Round.tasks` takes them."""
        return tuple(one.task for one in self.tasks)

    @property
    def finding(self) -> str:
        """How many tasks, what they cover, and how much there is to know."""
        if not self.tasks:
            return "There is no task to propose"
        kinds = self.coverage["criterion"] == self._pool.tag
        levels = self.coverage[~kinds & self.coverage["criterion"].isin(self._ordered())]
        parts = [_share(levels, "levels"), _share(self.coverage[kinds], _plural(self._pool.tag))]
        covered = " and ".join(filter(None, parts))
        finding = f"{counted(len(self.tasks), 'task')}{' cover ' + covered if covered else ''}"
        return f"{finding}; {counted(len(self.warnings), 'warning')}" if self.warnings else finding

    @property
    def rows(self) -> pd.DataFrame:
        """One row per task: `task, role, why, tags`."""
        return pd.DataFrame(self.tasks)[["task", "role", "why", "tags"]] if self.tasks else pd.DataFrame()

    def swapped(self, task: str) -> Proposal:
        """Return the proposal with one task replaced by the next best for the same role.

        A task that was swapped out does not come back.

        Raises
        ------
        UnknownName
            If the task is not proposed.
        RoundError
            If no other task is left.
        """
        if task not in self.ids:
            raise UnknownName("task", task, self.ids, "the proposal")
        refused = self._refused | {task}
        places = [self._pool.places[one] for one in self.ids]
        at = self.ids.index(task)
        others = [*places[:at], *places[at + 1 :]]
        free = _free(self._pool, others, refused)
        role = self.tasks[at].role
        if not (free & self._pool.fits(role)).any():
            role = "range"
        found = _best(self._pool, role, others, free)
        if found is None:
            msg = f"No other task is left to take the place of {task!r}; keep it, or propose fewer tasks."
            raise RoundError(msg)
        roles = [one.role for one in self.tasks]
        places[at], roles[at] = found, role
        swapped = _proposal(self._pool, list(zip(places, roles, strict=True)), self._asked)
        return replace(swapped, _refused=refused)

    def _ordered(self) -> list[str]:
        return [scale.id for scale in self._pool.scales if scale.is_numeric]

    def __str__(self) -> str:
        """Return the finding and the warnings."""
        return " ".join([f"{self.finding}.", *self.warnings])

    def __repr__(self) -> str:
        """Return the same sentences: what a saved notebook shows as text."""
        return str(self)

    def _repr_html_(self) -> str:
        return self.rows.to_html(index=False, border=0, justify="left")


@dataclass(frozen=True)
class _Asked:
    """What the lead asked for."""

    n: int
    n_seen: int
    criteria: frozenset[str]


def propose_tasks(
    tasks: Iterable[Task],
    gold: Mapping[str, Gold],
    rubric: Rubric,
    *,
    n: int = 10,
    criteria: Collection[str] = (),
    seen: Collection[str] = (),
    seed: object = 0,
) -> Proposal:
    """Return tasks for a calibration round that cover what there is to calibrate.

    Parameters
    ----------
    tasks : iterable of Task
        Where to choose from; those of another kind than the rubric's are left out.
    gold : mapping
        Task id to gold; that of other rubrics does not count.
    rubric : Rubric
        Whose scales are to be covered.
    n : int
        How many tasks; 8 to 12 suit one meeting.
    criteria : collection of str
        The criteria to calibrate; all when empty.
    seen : collection of str
        Tasks that these reviewers know; never proposed.
    seed : object
        Decides between equals; equal seeds give equal proposals.

    Raises
    ------
    UnknownName
        If the rubric has no such criterion.
    RatingsError
        If `n` is no positive number.

    Notes
    -----
    One unlabelled task, a quarter boundary cases (gold accepts several levels, or it is
    said to be hard), two low, two high, one middle; the rest fills in levels and kinds
    of tasks that are missing. A source comes twice, and a sensitive task at all, only
    where nothing else is left. The parts follow the practice sets of large-scale essay
    scoring, which cover the range with clear and borderline papers. Each choice is the
    best given those before, which need not be the best of all sets: swap what you know
    better. Coverage counts gold; a wrong gold answer covers nothing.
    """
    if n < 1:
        msg = f"n: expected how many tasks to propose, at least 1, got {n}."
        raise RatingsError(msg)
    for name in criteria:
        rubric.criterion(name)
    scales = _chosen_scales(rubric, criteria)
    of_rubric = {task: one for task, one in gold.items() if one.rubric == rubric.id}
    fitting = [task for task in tasks if task.kind == rubric.kind]
    unseen = [task for task in fitting if task.id not in set(seen)]
    pool = pool_of(unseen, of_rubric, scales, rubric.variant_tag, seed)
    asked = _Asked(n, len(fitting) - len(unseen), frozenset(criteria))
    return _proposal(pool, list(_picked(pool, n)), asked)


def _chosen_scales(rubric: Rubric, criteria: Collection[str]) -> tuple[Scale, ...]:
    scales: tuple[Scale, ...] = scales_of(rubric)[0]
    return tuple(scale for scale in scales if scale.levels and (not criteria or scale.id in criteria))


def _picked(pool: Pool, n: int) -> Iterator[tuple[int, Role]]:
    """Yield rows and their roles, each the best given those before."""
    parts: list[tuple[Role, int]] = [("unlabelled", 1), ("boundary", max(1, n // 4))]
    parts += [("low", 2), ("high", 2), ("middle", 1), ("range", n)]
    chosen: list[int] = []
    for role, most in parts:
        for _ in range(min(most, n - len(chosen))):
            found = _best(pool, role, chosen, _free(pool, chosen, frozenset()))
            if found is None:
                break
            chosen.append(found)
            yield found, role


def _free(pool: Pool, chosen: list[int], refused: frozenset[str]) -> Any:
    free = np.array([task.id not in refused for task in pool.tasks], dtype=bool)
    free[chosen] = False
    return free


def _best(pool: Pool, role: Role, chosen: list[int], free: Any) -> int | None:
    fitting = free & pool.fits(role)
    if not fitting.any():
        return None
    return int(np.where(fitting, pool.worth(chosen), -np.inf).argmax())


def _proposal(pool: Pool, picked: list[tuple[int, Role]], asked: _Asked) -> Proposal:
    chosen = [place for place, _ in picked]
    labels = task_labels(pool.tasks[place] for place in chosen)
    proposed = []
    for place, role in picked:
        task, others = pool.tasks[place], [one for one in chosen if one != place]
        reason = why(pool, place, role, others)
        proposed.append(Proposed(task.id, reason, labels[task.id], role, task.sensitive))
    told = warnings_of(pool, chosen, asked.n, asked.n_seen, asked.criteria)
    return Proposal(tuple(proposed), tuple(told), coverage_of(pool, chosen), pool, asked)


def _share(rows: pd.DataFrame, what: str) -> str:
    return f"{int((rows['n'] > 0).sum())} of {len(rows)} {what}" if len(rows) else ""


def _plural(tag: str) -> str:
    return f"{tag.replace('_', ' ')}s"
