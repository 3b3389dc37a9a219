"""The explorer: a contact sheet of all tasks, slices of it, and one task with everything that is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evalwidgets.analysis.meeting.tally_rows import letters_for
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.round import SANDBOX
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.slice_book import Saved, Slice
from evalwidgets.store.identity import known_reviewer
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import explorer_views
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.case_marks import case_marks
from evalwidgets.widgets.explorer_evidence import Asked
from evalwidgets.widgets.explorer_sheet import ExplorerSheet
from evalwidgets.widgets.explorer_task import task_view
from evalwidgets.widgets.explorer_work import ExplorerWork
from evalwidgets.widgets.lead_board import Doer, columns
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.stage_board import LOOKS, StageBoard

_WORK = ("toggle", "ask", "order", "clear", "load", "unmark_all")
_MOVES = (
    "open",
    "step",
    "back",
    "mark",
    "reveal",
    "name",
    "rate",
    "like",
    "ask_title",
    "keep",
    "measure",
    "stop",
)
_AT_ONCE = 2
"""Pairs that are measured in one go: between two of them the page is heard."""


class Explorer(StageBoard):
    """A board for researchers, on which edge cases are found among any number of tasks.

    A contact sheet shows the tasks of a slice: ready-made ones, a query, an order. Enter
    opens one with all its reviews; R rates it again by the real form, in a sandbox that no
    table of ratings knows.

    Parameters
    ----------
    tasks : TaskSet
        Those of the rubric's kind are shown.
    rubric : Rubric
        The rule book whose reviews are looked at.
    store : ReviewStore
        Where reviews and saved slices are.
    campaign : str
        The body of work.
    round : str, optional
        Only reviews of this round. Without it those of all rounds but lessons, the sandbox
        and rounds that are still blind.
    gold : mapping of task to Gold, optional
        As read from its file.
    researcher : str, optional
        Who explores; without it, the name that Jupyter or the review panel knows, else
        "researcher". The sandbox is under this name.
    asked : mapping of task to mask or regions, optional
        Where each edit was asked for, as far as that is known: the file of a mask that is
        white there, or regions. What changes outside of it can be measured then.

    Examples
    --------
    ``explorer.table``, ``explorer.shown`` and ``explorer.selected`` are DataFrames.
    """

    _called = "the explorer"

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str = "default",
        round: str | None = None,  # noqa: A002 - the word of the house
        gold: Mapping[str, Gold] | None = None,
        researcher: str | None = None,
        asked: Mapping[str, Asked] | None = None,
    ) -> None:
        self._work = ExplorerWork(
            tasks.where(kind=rubric.kind),
            rubric,
            store,
            campaign=campaign,
            round=round,
            gold=gold,
            researcher=researcher or known_reviewer() or "researcher",
            asked=asked,
        )
        self._tasks = self._work.tasks
        self._mode, self._revealed, self._named, self._saving = "sheet", False, False, False
        self._measuring: tuple[int, int] | None = None
        self._panel: ReviewPanel | None = None
        self._head, self._beside = BoardPart(self._on_act), BoardPart(self._on_act)
        self._sheet = ExplorerSheet(self._tasks, self._on_said)
        person = self._work.researcher
        self._set_stage(self._tasks, store, campaign, person, who="researcher", place=SANDBOX)
        self._body = columns(self._sheet, self._stage, self._beside)
        super().__init__([self._head, self._body])
        self.add_class("ew-explorer")
        self.add_class("ew-step-sheet")
        self._sheet.tell(self._work.facts)
        self._refresh()

    # What there is --------------------------------------------------------------------

    @property
    def table(self) -> pd.DataFrame:
        """All tasks with what is known of them; see `analysis.explore.task_facts`."""
        return self._work.facts

    @property
    def shown(self) -> pd.DataFrame:
        """The tasks of the slice that is shown, in its order."""
        return self._work.shown

    @property
    def selected(self) -> pd.DataFrame:
        """The marked tasks; without any, the one in focus."""
        facts = self._work.facts
        return facts[facts["task"].isin(self._work.selected)]

    @property
    def slice(self) -> Slice:
        """Which tasks are shown; assign another to show those."""
        return self._work.slice

    @slice.setter  # noqa: A003 - the property above
    def slice(self, slice_: Slice) -> None:
        with self._lock:
            self._work.choose(slice_)
            self._refresh()

    @property
    def task(self) -> str:
        """The task that is open, or in focus on the sheet."""
        return self._work.focus

    @property
    def mode(self) -> str:
        """What is shown: "sheet", "task" or "rate"."""
        return self._mode

    @property
    def panel(self) -> ReviewPanel | None:
        """The panel in which the task is rated again; None while it is not."""
        return self._panel

    # What can be done by code ---------------------------------------------------------

    def query(self, query: str = "", *, sort: str = "", presets: tuple[str, ...] = ()) -> pd.DataFrame:
        """Show the tasks that a query holds, and return them."""
        self.slice = Slice(query=query, sort=sort, presets=presets)
        return self.shown

    def save(self, name: str, title: str = "") -> Saved:
        """Save the slice under a name, or as a new version of it; the log keeps all versions."""
        with self._lock:
            saved = self._work.save(title or name, name)
            self._refresh()
        return saved

    def load(self, name: str, version: int | None = None) -> pd.DataFrame:
        """Show a saved slice, by default its newest version, and return its tasks."""
        with self._lock:
            self._work.load(name, version)
            self._refresh()
        return self.shown

    def show(self, task: str) -> None:
        """Open a task large, with all its reviews."""
        self.act("open", task)

    def measure(self) -> pd.DataFrame:
        """Measure the edits of all tasks that are shown, about a third of a second each, and return them."""
        with self._lock:
            self._work.measure(self._work.unmeasured)
            self._work.choose(self._work.slice)
            self._refresh()
        return self.shown

    def close(self) -> None:
        """Close the widgets; the store stays open."""
        self._end_rating()
        super().close()

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"Explorer(campaign={self._work.campaign!r}, tasks={len(self._tasks)})"

    # What the browser reports ---------------------------------------------------------

    def _on_said(self, said: str, task: str, on: bool) -> None:
        """Hear the sheet: it shows focus and marks by itself, so that neither waits for the kernel."""
        if said == "open":
            self._on_act("open", [task])
        elif said == "mark":
            self._on_act("mark", [task, on])
        else:
            with self._lock:
                self._work.turn(task)

    def _doers(self) -> tuple[Doer, ...]:
        return Doer(_WORK, self._work), Doer(LOOKS, self._looks), Doer(_MOVES, self, "_")

    def _look_again(self) -> None:
        self._work.book = self._work.store.slices[self._work.campaign]

    def _open(self, task: str) -> None:
        self._end_rating()
        if task != self._work.focus or self._mode == "sheet":
            self._revealed = False
        self._work.turn(task)
        self._turn_to("task")

    def _step(self, by: int) -> None:
        self._open(self._work.neighbour(by))

    def _back(self) -> None:
        """Go back to where this was opened from: from the form to the task, from the task to the sheet."""
        self._end_rating()
        self._turn_to("task" if self._mode == "rate" else "sheet")

    def _like(self) -> None:
        """Show what resembles the open task."""
        self._end_rating()
        self._work.like(self._work.focus)
        self._turn_to("sheet")

    def _mark(self, task: str = "", on: bool | None = None) -> None:
        name = task or self._work.focus
        self._work.mark(name, name not in self._work.marked if on is None else on)

    def _reveal(self) -> None:
        self._revealed = not self._revealed

    def _name(self) -> None:
        self._named = not self._named

    def _ask_title(self, asked: bool) -> None:
        self._saving = asked

    def _keep(self, title: str) -> None:
        self._work.save(title)
        self._saving = False

    def _measure(self, done: int = 0) -> None:
        """Measure the next few of what is shown; the page says how many are done, and asks for the rest."""
        if done and self._measuring is None:  # stopped meanwhile
            return
        left = self._work.unmeasured
        self._work.measure(left[:_AT_ONCE])
        done += len(left[:_AT_ONCE])
        self._measuring = (done, done + len(left) - len(left[:_AT_ONCE])) if len(left) > _AT_ONCE else None
        if self._measuring is None:
            self._work.choose(self._work.slice)

    def _stop(self) -> None:
        self._measuring = None
        self._work.choose(self._work.slice)

    # Rating again ---------------------------------------------------------------------

    def _rate(self) -> None:
        """Lay the task before the real form, in the researcher's sandbox."""
        self._end_rating()
        work = self._work
        self._panel = ReviewPanel(
            work.tasks.where(ids=[work.focus]),
            work.rubric,
            work.store,
            work.researcher,
            SANDBOX,
            campaign=work.campaign,
        )
        self._panel.show(work.focus)
        self._panel.on_submit(self._on_submit)
        self.children = [self._head, self._body, self._panel]
        self._turn_to("rate")

    def _on_submit(self, _answers: dict[str, Any]) -> None:
        """Go back to the reviews, own answers beside them; the form is closed when it has said its last."""
        self._turn_to("task")
        self._refresh()

    def _end_rating(self) -> None:
        if self._panel is not None:
            self.children = [self._head, self._body]
            self._panel.close()
            self._panel = None

    def _own(self, task: str) -> Review | None:
        """Return the researcher's own review of a task in the sandbox."""
        work = self._work
        found = work.store.reviews(work.campaign, SANDBOX, work.researcher, task, work.rubric.id)
        return next((one for one in found if one.state == "submitted"), None)

    # What is shown --------------------------------------------------------------------

    def _turn_to(self, mode: str) -> None:
        self.remove_class(f"ew-step-{self._mode}")
        self._mode = mode
        self.add_class(f"ew-step-{mode}")

    def _refresh(self, problem: str = "") -> None:
        work = self._work
        self._head.view = explorer_views.head(
            work, self._mode, problem, saving=self._saving, measuring=self._measuring
        )
        self._sheet.show(work.order_of_places, _nothing(work))
        self._sheet.mark(list(work.marked))
        self._sheet.turn(work.focus)
        self._sheet.active = self._mode == "sheet"
        if self._mode == "task":
            self._show_task()
        elif self._mode == "sheet":
            self._looks.turn(None)
            self._beside.view = {}
            with self._stage.hold_sync():
                self._stage.scene, self._stage.queue, self._stage.regions = {}, [], []

    def _show_task(self) -> None:
        work, task = self._work, self._tasks[self._work.focus]
        reviews = self._reviews(task.id)
        letters = letters_for([one.reviewer for one in reviews], [work.campaign, task.id])
        gold = work.gold.get(task.id)
        row = work.facts[work.facts["task"] == task.id].iloc[0]
        facts = {str(name): value for name, value in row.items()}
        self._looks.turn(task, committed=True)  # rounds that are still blind are not here
        self._beside.view = task_view(
            task,
            work.rubric,
            reviews,
            letters,
            facts=facts,
            place=work.place_of(task.id),
            marked=task.id in work.marked,
            named=self._named,
            own=self._own(task.id),
            gold=gold,
            revealed=self._revealed,
        )
        rated = [one for one in reviews if one.state == "submitted"]
        with self._stage.hold_sync():  # no place may be seen on another picture
            self._stage.scene = self._scenes.of_task(task)
            self._stage.regions = case_marks(rated, letters, work.rubric, gold if self._revealed else None)
        after = work.neighbour(1)
        self._stage.queue = [self._scenes.of_task(self._tasks[after])] if after != task.id else []

    def _reviews(self, task: str) -> list[Review]:
        """Return the standing reviews of a task that may be compared."""
        work = self._work
        # Round by round, as the store finds them at once; of all rounds it would look at every review.
        rounds = (
            work.store.reviews(work.campaign, name, task=task, rubric=work.rubric.id) for name in work.rounds
        )
        return [one for reviews in rounds for one in reviews]


def _nothing(work: ExplorerWork) -> str:
    """Return what an empty sheet says."""
    lacking = [one["lacks"] for one in work.presets if one["on"] and one["lacks"]]
    return " ".join(lacking) or "No task fits. Take a slice away, or change the query."
