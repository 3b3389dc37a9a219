"""The lead's board: plan a round, watch it fill, hold the meeting, write the minutes."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets

from evalwidgets.analysis.charts.severity_forest import severity_forest
from evalwidgets.analysis.charts.spread_heatmap import spread_heatmap
from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, UnknownName
from evalwidgets.store.identity import known_reviewer
from evalwidgets.store.minutes_files import save_minutes
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import board_views, case_view
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.chart_view import ChartView
from evalwidgets.widgets.closing import close_inside
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.meeting import Meeting
from evalwidgets.widgets.round_planner import RoundPlanner
from evalwidgets.widgets.round_preview import RoundPreview
from evalwidgets.widgets.scenes import Scenes

_log = logging.getLogger(__name__)
_WITHOUT_ROUND = ("rounds", "plan", "preview")
_STEPS = (*_WITHOUT_ROUND, "room", "overview", "case", "minutes")
# What the browser may ask for: methods of the planner, of the meeting, and of the board itself.
_PLANNING = ("write", "toggle", "count", "swap", "show")
_MEETING = ("look", "turn", "choose", "vote", "reveal", "confirm", "decide", "remark", "attend")
_MOVES = (
    *("list_rounds", "enter", "go", "plan", "preview_round", "open_round", "ask_close", "close_blind"),
    *("draw", "pick", "discuss", "save", "conclude"),
)


class CalibrationBoard(ipywidgets.VBox):
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
        Where minutes are saved.
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
        self._lock = threading.RLock()
        self._step, self._chart, self._asked, self._saved = "rounds", "tasks", False, ""
        self._picked: dict[str, Any] | None = None
        self._planner: RoundPlanner | None = None
        self._meeting: Meeting | None = None
        self._preview: RoundPreview | None = None
        self._build()
        if round is not None:
            self._enter(round)
        self._refresh()

    def _build(self) -> None:
        self._head, self._page, self._case, self._talk = (BoardPart(self._on_act) for _ in range(4))
        self._stage = ImageStage()
        self._scenes = Scenes(self._tasks, self._stage)
        self._stage.on_need(self._scenes.send_part)
        self._drawing = ChartView(on_pick=self._on_pick)
        side = ipywidgets.VBox([self._case, self._drawing, self._talk])
        side.add_class("ew-board-side")
        self._body = ipywidgets.HBox([self._page, self._stage, side])
        self._body.add_class("ew-board-body")
        super().__init__([self._head, self._body])
        self.add_class("ew-panel")
        self.add_class("ew-board")

    # What there is ------------------------------------------------------------------

    @property
    def step(self) -> str:
        """Which step is shown: rounds, plan, preview, room, overview, case or minutes."""
        return self._step

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
        """The plan of a new round; begun when it is first asked for."""
        if self._planner is None:
            self._planner = RoundPlanner(
                self._store, self._tasks, self._gold, self._rubric, campaign=self._campaign, lead=self._lead
            )
        return self._planner

    def act(self, name: str, *said: Any) -> None:
        """Do what a button of the board does, for example ``act("vote")``.

        Raises
        ------
        EvalWidgetsError
            If it cannot be done now.
        """
        with self._lock:
            self._do(name, list(said))
            self._refresh()

    def close(self) -> None:
        """Close the board's widgets; the store stays open."""
        self._end_preview()
        close_inside(self)
        super().close()

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"CalibrationBoard(campaign={self._campaign!r}, tasks={len(self._tasks)})"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        content = bundle[0] if isinstance(bundle, tuple) else bundle
        if content:
            content["text/plain"] = repr(self)
        return bundle

    # What the browser reports ---------------------------------------------------------

    def _on_act(self, name: str, said: list[Any]) -> None:
        """Do an act; what cannot be done now is told to the lead."""
        with self._lock:
            problem = ""
            try:
                self._do(name, said)
            except EvalWidgetsError as error:
                _log.info("Refused %s: %s", name, error)
                problem = str(error)
            self._refresh(problem)

    def _on_pick(self, gid: str) -> None:
        self._on_act("pick", [gid])

    def _do(self, name: str, said: list[Any]) -> None:
        if name != "close_blind":
            self._asked = False
        if name in _PLANNING:
            getattr(self.planner, name)(*said)
        elif name in _MEETING:
            getattr(self.meeting, name)(*said)
        elif name in _MOVES:
            getattr(self, f"_{name}")(*said)
        else:
            raise UnknownName("act", name, (*_PLANNING, *_MEETING, *_MOVES), "the board")

    # Steps --------------------------------------------------------------------------

    def _list_rounds(self) -> None:
        self._meeting, self._step = None, "rounds"

    def _enter(self, name: str) -> None:
        self._meeting = Meeting(
            self._store, self._tasks, self._gold, campaign=self._campaign, name=name, lead=self._lead
        )
        self._picked, self._saved = None, ""
        state = self._meeting.state
        if state.phase == "meeting":
            self._step = "case" if state.task else "overview"
        else:
            self._step = "room" if state.phase == "blind" else "minutes"

    def _go(self, step: str) -> None:
        """Go to a step of the open round; before the close there is only the room."""
        if step not in _STEPS:
            raise UnknownName("step", step, _STEPS, "the board")
        blind = self.meeting.state.phase == "blind"
        self._step = "room" if blind and step not in _WITHOUT_ROUND else step
        if self._step == "case" and self.meeting.state.phase == "meeting":
            self.meeting.open_task(self.meeting.task)

    def _plan(self) -> None:
        self._step = "plan"

    def _open_round(self) -> None:
        opened = self.planner.open()
        self._planner = None
        self._enter(opened.round.name)

    def _ask_close(self) -> None:
        self._asked = True

    def _close_blind(self) -> None:
        self.meeting.close()
        self._go("overview")

    def _draw(self, chart: str) -> None:
        self._chart, self._picked = chart, None

    def _pick(self, gid: str) -> None:
        """Follow a picked part of a chart to its tasks."""
        kind, _, rest = gid.partition(":")
        if kind == "cell":
            task, _, criterion = rest.rpartition(":")
            self._discuss(task, criterion)
        elif kind == "reviewer":
            self._picked = board_views.furthest(self.meeting.found, rest)

    def _discuss(self, task: str, criterion: str | None = None) -> None:
        self.meeting.open_task(task)
        if criterion:
            self.meeting.choose(criterion)
        self._step = "case"

    def _preview_round(self) -> None:
        """Show the planned round as a reviewer will get it, on a store that is thrown away."""
        self._end_preview()
        self._preview = RoundPreview(self.planner.plan, self._tasks)
        self.children = [self._head, self._body, self._preview.panel]
        self._step = "preview"

    def _end_preview(self) -> None:
        if self._preview is not None:
            self.children = [self._head, self._body]
            self._preview.close()
            self._preview = None

    def _save(self) -> None:
        path = save_minutes(self._folder, self.meeting.round.name, self.meeting.minutes())
        self._saved = os.path.relpath(path)

    def _conclude(self) -> None:
        self.meeting.conclude()
        self._save()

    # Showing ------------------------------------------------------------------------

    def _refresh(self, problem: str = "") -> None:
        if self._step != "preview":
            self._end_preview()
        state = None if self._step in _WITHOUT_ROUND else self.meeting.state
        for step in _STEPS:
            (self.add_class if step == self._step else self.remove_class)(f"ew-step-{step}")
        self._head.view = board_views.head(self._step, state, problem)
        getattr(self, f"_show_{self._step}")()

    def _show_rounds(self) -> None:
        names = self._store.rounds.names(self._campaign)
        states = [self._store.rounds[self._campaign, name] for name in names]
        self._page.view = board_views.rounds(states, self._campaign)

    def _show_plan(self) -> None:
        self._page.view = self.planner.view
        if self.planner.shown:
            self._stage.scene = self._scenes.of_task(self._tasks[self.planner.shown])

    def _show_preview(self) -> None:
        self._page.view = {}

    def _show_room(self) -> None:
        self._page.view = board_views.room(self.meeting.state, self.meeting.room(), asked=self._asked)

    def _show_overview(self) -> None:
        meeting = self.meeting
        tasks = {task.id: task for task in meeting.tasks}
        self._page.view = board_views.overview(meeting.state, meeting.found, tasks)
        self._case.view = board_views.charts(self._chart)
        self._talk.view = board_views.picked(self._picked)
        self._drawing.show(self._draw_overview, key=(meeting.round.name, self._chart))

    def _show_case(self) -> None:
        meeting = self.meeting
        counted = meeting.tally()
        self._case.view = case_view.case(
            meeting.state, meeting.found, meeting.rubric, meeting.task, meeting.criterion
        )
        gold = meeting.gold.get(meeting.task)
        self._talk.view = case_view.talk(meeting.state, meeting.found, counted, gold, meeting.reviews())
        self._drawing.show(meeting.chart, key=counted)
        self._stage.scene = self._scenes.of_task(self._tasks[meeting.task])

    def _show_minutes(self) -> None:
        self._page.view = board_views.minutes(self.meeting.state, self.meeting.minutes().html, self._saved)

    def _draw_overview(self, theme: ThemeName) -> Chart:
        found = self.meeting.found
        if self._chart == "reviewers":
            return severity_forest(found.severity, theme=theme)
        return spread_heatmap(found.spread, causes=found.causes, theme=theme)
