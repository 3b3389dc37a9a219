"""The lead's register of gaps: what is unclear in the rubric, where it shows, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets
import pandas as pd

from evalwidgets.analysis.charts.clause_chart import clause_chart
from evalwidgets.analysis.gaps.clause_agreement import ClauseAgreement
from evalwidgets.core.gap_book import Gap, GapBook
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.identity import known_reviewer
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import gap_view
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.case_marks import case_marks
from evalwidgets.widgets.chart_view import ChartView
from evalwidgets.widgets.findings import gold_before
from evalwidgets.widgets.gap_evidence import gather
from evalwidgets.widgets.gap_work import GapWork
from evalwidgets.widgets.lead_board import Doer, columns
from evalwidgets.widgets.stage_board import LOOKS, StageBoard

# What the browser may ask for: methods of the work and of the looks.
_WORK = (
    *("look", "pick", "step", "turn_example", "show", "raise_gap", "raise_by_hand", "add_example"),
    *("back", "decide", "dismiss", "reopen", "edit"),
)
_NARROW = 5.6
"""Inches of the chart at the side, so that its letters can be read there."""


class GapRegister(StageBoard):
    """A register for leads: clauses that people stumble over, ranked; every act is an event in the log.

    At the left the clauses, what is not settled first. In the middle an example with what
    was marked on it. At the right the rubric's own words, what people wrote there, what can
    be done, and for a closed gap how well reviewers agree since.

    Parameters
    ----------
    tasks : TaskSet
        Those that may be examples; only those of the rubric's kind matter.
    rubric : Rubric
        Whose gaps.
    store : ReviewStore
        Where the log is.
    campaign : str
        The body of work.
    lead : str, optional
        Who acts; without it, the name that Jupyter or the review panel knows, else "lead".
    gold : mapping of task to Gold, optional
        As read from its file; tells an unclear rule from a wrong gold.
    ratings : DataFrame, optional
        What was rated, with the columns of the store's; by default the store's, of all versions.
    on_edit : callable, optional
        Called with the gap whose clause shall be said better; without it the register
        has no button for that.

    Notes
    -----
    What speaks for gaps is read once, when the register is opened; the log is read anew
    with each act. No reviewer is named: letters are dealt anew for each task.
    """

    _called = "the gap register"

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str = "default",
        lead: str | None = None,
        gold: Mapping[str, Gold] | None = None,
        ratings: pd.DataFrame | None = None,
        on_edit: Callable[[Gap], object] | None = None,
    ) -> None:
        self._tasks, self._campaign = tasks.where(kind=rubric.kind), campaign
        who = lead or known_reviewer() or "lead"
        known = store.gold[campaign].applied(gold_before(store, campaign, None, gold or {}), rubric.id)
        told = gather(store, campaign, self._tasks, rubric, known, ratings)
        self.work = GapWork(self._tasks, rubric, store, told, campaign=campaign, lead=who, on_edit=on_edit)
        self._head, self._list, self._desk = (BoardPart(self._on_act) for _ in range(3))
        self._chart = ChartView()
        self._set_stage(self._tasks, store, campaign, who)
        side = ipywidgets.VBox([self._chart, self._desk])
        side.add_class("ew-board-side")
        body = columns(self._list, self._stage, side)
        super().__init__([self._head, body])
        self.add_class("ew-step-gaps")
        self._refresh()

    @property
    def book(self) -> GapBook:
        """The gaps as the register knows them."""
        return self.work.book

    @property
    def table(self) -> pd.DataFrame:
        """The register as a table, what is not settled first; see `gap_register`."""
        return self.work.table

    @property
    def agreement(self) -> ClauseAgreement | None:
        """What closing the gap on the table did; None while it is not closed."""
        gap = self.work.gap
        return self.work.told.agreement(gap, self.work.rubric) if gap else None

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"GapRegister(campaign={self._campaign!r}, tasks={len(self._tasks)})"

    # What the browser reports ---------------------------------------------------------

    def _doers(self) -> tuple[Doer, ...]:
        return Doer(_WORK, self.work), Doer(LOOKS, self._looks)

    def _look_again(self) -> None:
        self.work.look()

    def _refresh(self, problem: str = "") -> None:
        agreed = self.agreement
        self._head.view = gap_view.head(self.work, self._campaign, problem)
        self._list.view = gap_view.listed(self.work)
        self._desk.view = gap_view.desk(self.work, agreed)
        (self.remove_class if agreed is None else self.add_class)("ew-has-chart")
        if agreed is not None:
            told = agreed
            key = (self.work.key, told.version, len(self.work.told.ratings))
            self._chart.show(lambda theme: clause_chart(told, width=_NARROW, theme=theme), key=key)
        self._show_example()

    def _show_example(self) -> None:
        task = self._tasks[self.work.task] if self.work.task else None
        reviews = self.work.told.reviews.get(task.id, ()) if task else ()
        self._looks.turn(task, committed=bool(reviews))  # those of rounds that are still blind are not here
        if task is None:
            return
        with self._stage.hold_sync():  # no place may be seen on another picture
            self._stage.scene = self._scenes.of_task(task)
            self._stage.regions = case_marks(reviews, self.work.told.letters(task.id), self.work.rubric)
