"""What a researcher does at the explorer: chooses a slice, marks tasks, measures, saves; no widgets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.explore import PRESETS, chosen, task_facts
from evalwidgets.analysis.similar import Similar
from evalwidgets.core.gold import Gold
from evalwidgets.core.round import SANDBOX
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.slice_book import Saved, Slice, SliceBook
from evalwidgets.errors import SliceError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tables import gold_table
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.explorer_evidence import Asked, ExplorerEvidence
from evalwidgets.widgets.explorer_like import MOST, likeness
from evalwidgets.widgets.settling import made

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


class ExplorerWork:
    """The tasks of a campaign and what is known of them, the slice that is shown, and what is marked.

    Parameters
    ----------
    tasks, rubric, store, campaign, round, gold, researcher, asked
        As in `Explorer`.
    """

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str,
        round: str | None,  # noqa: A002 - the word of the house
        gold: Mapping[str, Gold] | None,
        researcher: str,
        asked: Mapping[str, Asked] | None,
    ) -> None:
        self.rubric, self.store, self.researcher = rubric, store, researcher
        self.campaign, self.round = campaign, round
        self.gold = {task: one for task, one in (gold or {}).items() if one.rubric == rubric.id}
        ratings = store.rating_facts(campaign, rubric.id, round)
        self.blind = _blind_rounds(store, campaign)
        if self.blind:  # nobody compares answers of a round before it is closed
            ratings = ratings[~ratings["round"].isin(self.blind)]
        self.rounds: list[str] = sorted(map(str, ratings["round"].unique()))
        """The rounds whose reviews are looked at."""
        table = gold_table(self.gold, rubric) if self.gold else None
        self.facts = task_facts(ratings, rubric, table, tasks)
        self.tasks = _covered(tasks, self.facts)
        self.evidence = ExplorerEvidence(self.tasks, asked or {})
        self._take_evidence(list(self.evidence.known))
        self.slice = Slice()
        self.alike = ""
        """The task that those shown resemble; empty while a slice is shown."""
        self.shown = self.facts
        self.marked: dict[str, None] = {}
        self.focus = self.tasks[0].id if len(self.tasks) else ""
        self.book: SliceBook = store.slices[campaign]

    # Which tasks ----------------------------------------------------------------------

    def choose(self, slice_: Slice) -> None:
        """Show the tasks of a slice.

        Raises
        ------
        UnknownName, SliceError
            As `chosen` does; what was shown stays.
        """
        self.shown = chosen(self.facts, slice_)
        self.slice, self.alike = slice_, ""

    def toggle(self, preset: str) -> None:
        """Put a ready-made slice among those that must hold, or take it out again."""
        held = self.slice.presets
        presets = tuple(one for one in held if one != preset) if preset in held else (*held, preset)
        self.choose(self.slice.model_copy(update={"presets": presets}))

    def ask(self, query: str) -> None:
        """Show what a query holds of the chosen slices."""
        self.choose(self.slice.model_copy(update={"query": query.strip()}))

    def order(self, sort: str) -> None:
        """Sort by a column; with a minus before it the largest come first."""
        self.choose(self.slice.model_copy(update={"sort": sort.strip()}))

    def clear(self) -> None:
        """Show all tasks."""
        self.choose(Slice())

    def like(self, task: str) -> None:
        """Show the tasks that resemble one, the nearest first, after itself."""
        found = self._likeness.nearest(task, MOST)
        places = pd.Index(self.facts["task"]).get_indexer([task, *found["task"]])
        self.choose(Slice())
        self.shown, self.alike = self.facts.iloc[places], task

    @cached_property
    def _likeness(self) -> Similar:
        return likeness(self.tasks, self.facts, self.store, self.campaign, self.rubric.id, self.rounds)

    def load(self, name: str, version: int | None = None) -> None:
        """Show a saved slice, by default as it was saved last."""
        self.choose(self.book.of(name, version).slice)

    def save(self, title: str, name: str = "") -> Saved:
        """Save the slice under a name, or as a new version of it, and return what was saved."""
        called = name or _NOT_IN_SLUGS.sub("-", title.lower()).strip("-")
        if not called:
            msg = "A saved slice needs a title with a letter or a digit: it is how others find it."
            raise SliceError(msg)
        told = {"name": called, "title": title.strip() or called, "slice": self.slice}
        event: Saved = made(Saved, by=self.researcher, at=datetime.now(UTC), **told)
        self.book = self.store.slices.log(self.campaign, event)
        return event

    @property
    def saved(self) -> tuple[str, int]:
        """The name and version under which the slice that is shown was saved; ("", 0) if it was not."""
        for name, versions in self.book.versions.items():
            for number in range(len(versions), 0, -1):
                if versions[number - 1].slice == self.slice:
                    return name, number
        return "", 0

    @cached_property
    def _counted(self) -> list[tuple[str, int]]:
        return [(one.missing(self.facts), int(one.of(self.facts).sum())) for one in PRESETS]

    @property
    def presets(self) -> list[dict[str, Any]]:
        """The ready-made slices with how many tasks each holds, or why that cannot be told."""
        return [
            {
                "name": one.name,
                "title": one.title,
                "sentence": one.sentence,
                "count": count,
                "lacks": lacks,
                "on": one.name in self.slice.presets,
            }
            for one, (lacks, count) in zip(PRESETS, self._counted, strict=True)
        ]

    # Which of them --------------------------------------------------------------------

    @property
    def order_of_places(self) -> np.ndarray:
        """The places of the tasks that are shown, among all."""
        return self.shown.index.to_numpy(dtype=np.int64)

    @property
    def selected(self) -> list[str]:
        """The marked tasks in the order of the table; without any, the one in focus."""
        if not self.marked:
            return [self.focus] if self.focus else []
        return [task.id for task in self.tasks if task.id in self.marked]

    def mark(self, task: str, on: bool) -> None:
        """Mark a task, or take its mark away."""
        self.focus = self.tasks[task].id
        if on:
            self.marked[task] = None
        else:
            self.marked.pop(task, None)

    def unmark_all(self) -> None:
        """Take all marks away."""
        self.marked.clear()

    def turn(self, task: str) -> None:
        """Bring a task into focus."""
        self.focus = self.tasks[task].id

    def neighbour(self, by: int) -> str:
        """Return the task so many places on among those that are shown; at an end, the one in focus."""
        names = self.shown["task"]
        here = np.flatnonzero(names.to_numpy() == self.focus)
        if not len(here):
            return str(names.iloc[0]) if len(names) else self.focus
        to = int(here[0]) + by
        return str(names.iloc[to]) if 0 <= to < len(names) else self.focus

    def place_of(self, task: str) -> str:
        """Return "3 of 120": where a task stands among those that are shown."""
        here = np.flatnonzero(self.shown["task"].to_numpy() == task)
        return f"{int(here[0]) + 1} of {len(self.shown):,}" if len(here) else ""

    # Evidence -------------------------------------------------------------------------

    @property
    def unmeasured(self) -> list[str]:
        """The tasks that are shown, can be measured and are not yet."""
        can_be = self.shown["kind"].eq("edit") & self.shown["trust"].isna()
        return list(self.shown.loc[can_be, "task"])

    def measure(self, tasks: list[str]) -> None:
        """Measure these tasks and take what was found into the table."""
        self.evidence.measure(tasks)
        self._take_evidence(tasks)

    def _take_evidence(self, tasks: list[str]) -> None:
        found = self.evidence.table(tasks)
        if found.empty:
            return
        at = self.facts.index[self.facts["task"].isin(found.index)]
        of = self.facts.loc[at, "task"]
        for name in found:
            self.facts.loc[at, name] = found[name].reindex(of).to_numpy()
        for name in ("_counted", "_likeness"):
            self.__dict__.pop(name, None)


def _blind_rounds(store: ReviewStore, campaign: str) -> list[str]:
    """Return the rounds whose answers nobody may compare yet."""
    names = store.rounds.names(campaign)
    return [name for name in names if name != SANDBOX and store.rounds[campaign, name].phase == "blind"]


def _covered(tasks: TaskSet, facts: pd.DataFrame) -> TaskSet:
    """Return the tasks, those that a reviewer flagged as sensitive being so too: they are covered as well."""
    flagged = dict(zip(facts["task"], facts["sensitive"], strict=True))
    if not any(flagged[task.id] and not task.sensitive for task in tasks):
        return tasks
    told = "A reviewer flagged it as sensitive; nothing says what it shows."
    return TaskSet(
        (
            task.model_copy(update={"sensitive": True, "content_note": task.content_note or told})
            if flagged[task.id] and not task.sensitive
            else task
            for task in tasks
        ),
        tasks.folder,
    )
