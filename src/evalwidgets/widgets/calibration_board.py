"""The lead's board: plan a round, watch it fill, hold the meeting, write the minutes."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, UnknownName
from evalwidgets.store.identity import known_reviewer
from evalwidgets.store.minutes_files import save_minutes
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.board_display import OF_ROUND, STEPS, BoardDisplay, BoardPlace
from evalwidgets.widgets.lead_board import LeadBoard
from evalwidgets.widgets.meeting import Meeting
from evalwidgets.widgets.round_planner import RoundPlanner
from evalwidgets.widgets.round_preview import RoundPreview

_log = logging.getLogger(__name__)
# What the browser may ask for: methods of the planner, of the meeting, of the looks, and of the board itself.
_PLANNING = ("write", "toggle", "count", "swap", "show")
_MEETING = (
    *("look", "turn", "choose", "next_criterion", "open_vote", "close_vote", "reveal"),
    *("confirm", "decide", "remark", "attend"),
)
_LOOKS = ("uncover", "see_evidence")
_MOVES = (
    *("list_rounds", "enter", "go", "plan", "preview_round", "open_round", "ask", "close_blind"),
    *("draw", "pick", "discuss", "name_reviewers", "save", "conclude"),
)
_QUIET = ("look", "remark", *_LOOKS)  # leave open what the lead was asked, and names where they are shown


class CalibrationBoard(LeadBoard):
    """A board for the lead of calibration rounds, from the plan to the minutes.

    Whatever is done is an event in the log of the round before it is shown, so a board
    that is opened anew is where the meeting was. Answers, gold and suggestions are not
    even read before the blind phase is closed.

    Parameters
    ----------
    tasks : TaskSet
        All tasks of the campaign.
    gold : mapping of task to Gold
        As read from its file.
    rubric : Rubric
        The rule book of new rounds; a round that is open keeps its own.
    store : ReviewStore
        Where rounds and reviews are.
    campaign : str
        The body of work.
    round : str, optional
        The round to open at once; without it the board lists them.
    lead : str, optional
        Who leads; without it, the name that Jupyter or the review panel knows, else "lead".
    minutes_folder : path
        Where minutes are saved, in a folder for the campaign.
    """

    def __init__(
        self,
        tasks: TaskSet,
        gold: Mapping[str, Gold],
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str = "default",
        round: str | None = None,  # noqa: A002 - the word of the house
        lead: str | None = None,
        minutes_folder: str | Path = "minutes",
    ) -> None:
        self._tasks, self._gold, self._rubric, self._store = tasks, gold, rubric, store
        self._campaign, self._lead = campaign, lead or known_reviewer() or "lead"
        self._folder = Path(minutes_folder)
        self._place = BoardPlace()
        self._planner: RoundPlanner | None = None
        self._meeting: Meeting | None = None
        self._preview: RoundPreview | None = None
        self._display = BoardDisplay(tasks, store, campaign, self._lead, self._on_act)
        super().__init__([self._display.head, self._display.body])
        if round is not None:
            self._enter(round)
        self._refresh()

    @property
    def step(self) -> str:
        """Which step is shown: rounds, plan, preview, room, overview, case or minutes."""
        return self._place.step

    @property
    def meeting(self) -> Meeting:
        """The round that is open on the board.

        Raises
        ------
        EvalWidgetsError
            If none is.
        """
        if self._meeting is None:
            msg = "No round is open on the board; choose one, or pass round=."
            raise EvalWidgetsError(msg)
        return self._meeting

    @property
    def planner(self) -> RoundPlanner:
        """The plan of a new round.

        Raises
        ------
        EvalWidgetsError
            If none is begun.
        """
        if self._planner is None:
            msg = "No round is being planned; press New round first."
            raise EvalWidgetsError(msg)
        return self._planner

    def close(self) -> None:
        """Close the board's widgets; the store stays open."""
        self._end_preview()
        super().close()

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"CalibrationBoard(campaign={self._campaign!r}, tasks={len(self._tasks)})"

    def _do(self, name: str, said: list[Any]) -> None:
        if name not in _QUIET:
            self._at(asked="", named=False)
        if name in _PLANNING:
            getattr(self.planner, name)(*said)
        elif name in _MEETING:
            getattr(self.meeting, name)(*said)
        elif name in _LOOKS:
            getattr(self._display.looks, name)(*said)
        elif name in _MOVES:
            getattr(self, f"_{name}")(*said)
        else:
            raise UnknownName("act", name, (*_PLANNING, *_MEETING, *_LOOKS, *_MOVES), "the board")

    def _look_again(self) -> None:
        self.meeting.look()

    def _at(self, **changes: Any) -> None:
        self._place = replace(self._place, **changes)

    def _list_rounds(self) -> None:
        self._meeting = None
        self._at(step="rounds")

    def _enter(self, name: str) -> None:
        self._meeting = Meeting(
            self._store, self._tasks, self._gold, campaign=self._campaign, name=name, lead=self._lead
        )
        state = self._meeting.state
        held = "case" if state.task else "overview"
        step = {"blind": "room", "meeting": held, "concluded": "minutes"}[state.phase]
        self._at(step=step, reviewer="", saved="")

    def _go(self, step: str) -> None:
        """Go to a step of the open round; before the close there is only the room."""
        if step not in OF_ROUND:
            raise UnknownName("step", step, OF_ROUND, "a round")
        if self.meeting.state.phase == "blind":
            step = "room"
        if step == "case":
            self.meeting.open_task(self.meeting.task)
        self._at(step=step)

    def _plan(self) -> None:
        self._meeting = None
        self._planner = self._planner or RoundPlanner(
            self._store, self._tasks, self._gold, self._rubric, campaign=self._campaign, lead=self._lead
        )
        self._at(step="plan")

    def _open_round(self) -> None:
        opened = self.planner.open()
        self._planner = None
        self._enter(opened.round.name)

    def _ask(self, what: str) -> None:
        """Ask the lead once more before what cannot be taken back; the next act answers."""
        self._at(asked=what)

    def _close_blind(self) -> None:
        self.meeting.close()
        self._at(step="overview")

    def _draw(self, chart: str) -> None:
        self._at(chart=chart, reviewer="")

    def _pick(self, gid: str) -> None:
        """Follow a picked part of a chart to its tasks."""
        kind, _, rest = gid.partition(":")
        if kind == "cell":
            task, _, criterion = rest.rpartition(":")
            self._discuss(task, criterion)
        elif kind == "reviewer":
            self._at(reviewer=rest)

    def _discuss(self, task: str, criterion: str | None = None) -> None:
        self.meeting.open_task(task)
        self._at(step="case")
        if criterion:
            self.meeting.choose(criterion)

    def _name_reviewers(self) -> None:
        """Show names beside a case, to give somebody a refresher; until the next act."""
        self._at(named=True)

    def _preview_round(self) -> None:
        """Show the planned round as a reviewer will get it, on a store that is thrown away."""
        self._end_preview()
        self._preview = RoundPreview(self.planner.plan, self._tasks)
        self.children = [self._display.head, self._display.body, self._preview.panel]
        self._at(step="preview")

    def _end_preview(self) -> None:
        if self._preview is not None:
            self.children = [self._display.head, self._display.body]
            self._preview.close()
            self._preview = None

    def _save(self) -> None:
        meeting = self.meeting
        written = meeting.answers.minutes(meeting.state)
        path = save_minutes(self._folder, self._campaign, meeting.round.name, written)
        self._at(saved=os.path.relpath(path))

    def _conclude(self) -> None:
        self.meeting.conclude()
        self._save()

    def _refresh(self, problem: str = "") -> None:
        """Show where the board stands; a step that cannot be shown gives way to one that can."""
        while True:
            if self.step != "preview":
                self._end_preview()
            try:
                self._display.show(self._place, self._meeting, self._planner)
                break
            except EvalWidgetsError as error:
                if self.step == "rounds":
                    raise
                _log.warning("The step %s cannot be shown: %s", self.step, error)
                problem = problem or str(error)
                if self.step == "case":
                    self._at(step="overview")
                else:
                    self._list_rounds()
        for step in STEPS:
            (self.add_class if step == self.step else self.remove_class)(f"ew-step-{step}")
        self._display.show_head(self.step, self._meeting.state if self._meeting else None, problem)
