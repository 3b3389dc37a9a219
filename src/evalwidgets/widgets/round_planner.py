"""The lead plans a round: what is typed and chosen changes the plan, and the proposal follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evalwidgets.core.gold import Gold
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import board_views
from evalwidgets.widgets.findings import gold_before
from evalwidgets.widgets.round_plan import FEWEST, MOST, RoundPlan

_TYPED = ("name", "reviewers", "deadline")


class RoundPlanner:
    """A plan in the making, with the tasks of the campaign and what their reviewers have seen.

    Parameters
    ----------
    store : ReviewStore
        Where the round will be opened.
    tasks : TaskSet
        What tasks are proposed from; only those of the rubric's kind are.
    gold : mapping of task to Gold
        What is known of them; what earlier rounds changed is applied here.
    rubric : Rubric
        The rule book of the round.
    campaign, lead : str
        Where the round belongs, and who opens it.
    """

    def __init__(
        self,
        store: ReviewStore,
        tasks: TaskSet,
        gold: Mapping[str, Gold],
        rubric: Rubric,
        *,
        campaign: str,
        lead: str,
    ) -> None:
        self._store, self._campaign, self._lead = store, campaign, lead
        known = gold_before(store, campaign, None, gold)
        self._gold = {task: one for task, one in known.items() if one.rubric == rubric.id}
        self._seen: set[str] = set()
        self.tasks = tasks.where(kind=rubric.kind)
        self._shown: str | None = None
        self.plan = self._proposed(RoundPlan(rubric))

    @property
    def shown(self) -> str | None:
        """The proposed task whose pictures are shown: the one looked at last, else the first."""
        first = next(iter(self.plan.tasks), None)
        return self._shown if self._shown in self.plan.tasks else first

    def write(self, what: str, text: str) -> None:
        """Take what was typed: the name, the reviewers, the deadline."""
        if what not in _TYPED:
            raise UnknownName("part of the plan", what, _TYPED)
        before = self.plan.names
        typed: dict[str, Any] = {what: text}
        self.plan = replace(self.plan, **typed)
        if self.plan.names != before:
            self._seen = self._seen_by(self.plan.names)
            self.plan = self._proposed(self.plan)

    def toggle(self, criterion: str) -> None:
        """Add a criterion to those that are calibrated, or take it away."""
        name = self.plan.rubric.criterion(criterion).id
        chosen = {*self.plan.criteria} ^ {name}
        ordered = tuple(one.id for one in self.plan.rubric.criteria if one.id in chosen)
        self.plan = self._proposed(replace(self.plan, criteria=ordered))

    def count(self, n: int) -> None:
        """Choose how many tasks."""
        self.plan = self._proposed(replace(self.plan, n=min(max(n, FEWEST), MOST)))

    def swap(self, task: str) -> None:
        """Replace a proposed task by the next best, and look at that one."""
        before = set(self.plan.tasks)
        self.plan = self.plan.swapped(task)
        self._shown = next((one for one in self.plan.tasks if one not in before), None)

    def show(self, task: str) -> None:
        """Show a proposed task's pictures."""
        self._shown = self.tasks[task].id

    def open(self) -> RoundState:
        """Open the round as planned.

        Raises
        ------
        RoundError
            If something is missing, or the campaign has a round of this name.
        """
        if self.problem:
            raise RoundError(self.problem)
        self._store.remember_rubric(self.plan.part)
        return self._store.rounds.open(self.plan.round(self._campaign, self._lead))

    @property
    def problem(self) -> str:
        """What still stands in the way of opening the round; empty when nothing does."""
        name = self.plan.name.strip()
        if name in self._store.rounds.names(self._campaign):
            return f"Campaign {self._campaign} has a round {name!r} already; choose another name."
        return self.plan.problem

    @property
    def view(self) -> dict[str, Any]:
        """The plan as the board shows it."""
        tasks = {task.id: task for task in self.tasks}
        return board_views.plan(self.plan, tasks, self.shown, self.problem)

    def _proposed(self, plan: RoundPlan) -> RoundPlan:
        return plan.proposed(list(self.tasks), self._gold, self._seen)

    def _seen_by(self, names: tuple[str, ...]) -> set[str]:
        """Return the tasks that any of these reviewers has reviewed in the campaign."""
        reviews = (self._store.reviews(self._campaign, reviewer=name) for name in names)
        return {review.task for theirs in reviews for review in theirs}
