"""The lead's gold bench: propose, look a second time, answer contests, retire; no programming."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalwidgets.analysis.gold.exposure import GoldExposure, gold_exposure
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_book import GoldBook
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.identity import known_reviewer
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tables import gold_table
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import bench_gold, bench_list
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.case_marks import case_marks
from evalwidgets.widgets.findings import gold_before
from evalwidgets.widgets.gold_work import GoldWork
from evalwidgets.widgets.lead_board import Doer, columns
from evalwidgets.widgets.stage_board import LOOKS, StageBoard

# What the browser may ask for: methods of the work, of the looks, and of the bench itself.
_WORK = (
    *("look", "turn", "promote", "discard", "accept", "explain", "say"),
    *("propose", "second", "give_back", "keep", "retire"),
)
_MOVES = ("step",)


class GoldBench(StageBoard):
    """A bench for leads, on which gold is made: every act is an event in the log before it is shown.

    At the left what waits: proposals for a second pair of eyes, contests, gold with which
    learners disagree, that is missed by most or was seen too often. In the middle the
    pictures, with gold's places. At the right what is accepted and why, what can be done
    now, and what happened.

    Parameters
    ----------
    tasks : TaskSet
        Those that may have gold; only those of the rubric's kind matter.
    gold : mapping of task to Gold
        As read from its file. What meetings decided and the log changed is applied here.
    rubric : Rubric
        Whose gold it is.
    store : ReviewStore
        Where the log is.
    campaign : str
        The body of work.
    lead : str, optional
        Who acts; without it, the name that Jupyter or the review panel knows, else
        "lead". Nobody can second what the same name proposed.
    ratings : DataFrame, optional
        By which is counted how worn gold is; by default the store's, with lessons.

    Notes
    -----
    What answers say of gold is counted once, when the bench is opened; the log is read
    anew when a task is turned to, and each act is checked against it as it is stored.
    """

    _called = "the gold bench"

    def __init__(
        self,
        tasks: TaskSet,
        gold: Mapping[str, Gold],
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str = "default",
        lead: str | None = None,
        ratings: pd.DataFrame | None = None,
    ) -> None:
        self._tasks, self._campaign = tasks.where(kind=rubric.kind), campaign
        who = lead or known_reviewer() or "lead"
        before = gold_before(store, campaign, None, gold)
        self.work = GoldWork(self._tasks, before, rubric, store, campaign=campaign, lead=who)
        if ratings is None:
            ratings = store.ratings(campaign, rubric=rubric.id, lessons=True)
        self._told = bench_list.BenchFindings(
            worn=_worn(ratings, self.work.gold, rubric),
            reviewed=_reviewed(ratings, self._tasks),
            differences=store.lessons.differences(campaign),
        )
        self._head, self._list, self._desk = (BoardPart(self._on_act) for _ in range(3))
        self._set_stage(self._tasks, store, campaign, who)
        body = columns(self._list, self._stage, self._desk)
        super().__init__([self._head, body])
        self.add_class("ew-step-gold")
        first = next(iter(self._order), "")
        if first:
            self.work.turn(first)
        self._refresh()

    @property
    def book(self) -> GoldBook:
        """The gold book as the bench knows it."""
        return self.work.book

    @property
    def gold(self) -> dict[str, Gold]:
        """Gold as it counts now, by task."""
        return self.work.gold

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"GoldBench(campaign={self._campaign!r}, tasks={len(self._tasks)})"

    # What the browser reports ---------------------------------------------------------

    def _doers(self) -> tuple[Doer, ...]:
        return Doer(_WORK, self.work), Doer(LOOKS, self._looks), Doer(_MOVES, self, "_")

    def _look_again(self) -> None:
        self.work.look()

    @property
    def _order(self) -> list[str]:
        """The tasks in the order of the list, then all others with gold."""
        waiting = [one.gold.task for one in self.work.candidates]
        contested = [one.contested.task for one in self.work.contests]
        rows = self._told.worn.rows if self._told.worn else None
        worn = [] if rows is None else list(rows["task"][rows["easily_missed"]])
        return list(dict.fromkeys([*waiting, *contested, *worn, *self.work.gold]))

    def _step(self, by: int) -> None:
        """Lay the next task of the list on the bench, or the one before."""
        order = self._order
        if not order:
            return
        here = order.index(self.work.task) if self.work.task in order else -1
        self.work.turn(order[(here + by) % len(order)])

    def _refresh(self, problem: str = "") -> None:
        task = self.work.shown
        self._looks.turn(task)
        pictures = tuple(task.images) if task else ()
        self._head.view = bench_list.head(self.work, self._campaign, problem)
        self._list.view = bench_list.listed(self.work, self._tasks, self._told)
        self._desk.view = bench_gold.desk(self.work, pictures)
        if task is None:
            return
        shown = self.work.candidate.gold if self.work.candidate else self.work.draft
        with self._stage.hold_sync():  # no place may be seen on another picture
            self._stage.scene = self._scenes.of_task(task)
            self._stage.regions = case_marks([], {}, self.work.rubric, shown)


def _worn(ratings: pd.DataFrame, gold: Mapping[str, Gold], rubric: Rubric) -> GoldExposure | None:
    """Return how worn gold is; None before anybody has rated any of it."""
    table = gold_table(gold, rubric)
    if not ratings["task"].isin(table["task"]).any():
        return None
    return gold_exposure(ratings, table, rubric)


def _reviewed(ratings: pd.DataFrame, tasks: TaskSet) -> dict[str, int]:
    """Return by how many people each task was reviewed, most first; the others are left out."""
    people = ratings.groupby("task", observed=True)["reviewer"].nunique().sort_values(ascending=False)
    known = {task.id for task in tasks}
    return {str(task): int(n) for task, n in people.items() if task in known}
