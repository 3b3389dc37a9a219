"""The parts of the lead's board, and what each step puts on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets

from evalwidgets.analysis.charts.severity_forest import severity_forest
from evalwidgets.analysis.charts.spread_heatmap import spread_heatmap
from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.core.round_state import RoundState
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import board_views, case_view
from evalwidgets.widgets.board_looks import BoardLooks
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.case_marks import case_marks
from evalwidgets.widgets.chart_view import ChartView
from evalwidgets.widgets.findings import Findings
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.meeting import Meeting
from evalwidgets.widgets.round_planner import RoundPlanner
from evalwidgets.widgets.scenes import Scenes

OF_ROUND = ("room", "overview", "case", "minutes")
STEPS = ("rounds", "plan", "preview", *OF_ROUND)


@dataclass(frozen=True)
class BoardPlace:
    """Where the lead is on the board, apart from where the round stands.

    Parameters
    ----------
    step : str
        One of `STEPS`.
    chart : {"tasks", "reviewers"}
        Which chart the overview shows.
    reviewer : str
        Who was picked in it.
    asked : str
        What the lead is asked once more about: "close", "conclude" or nothing.
    named : bool
        Whether names may stand beside the case, to choose one.
    saved : str
        Where the minutes were saved last.
    """

    step: str = "rounds"
    chart: str = "tasks"
    reviewer: str = ""
    asked: str = ""
    named: bool = False
    saved: str = ""


class BoardDisplay:
    """Head, page, pictures, and at the side a case, its chart and the talk; built once.

    Texts of one step are not in the page during another: what was said, and names.

    Parameters
    ----------
    tasks : TaskSet
        All tasks of the campaign, with their pictures.
    store : ReviewStore
        Where rounds are.
    campaign : str
        Whose rounds are listed.
    lead : str
        Who opens what is covered.
    on_act : callable
        Hears what the lead does; returns whether it was done.
    """

    def __init__(
        self,
        tasks: TaskSet,
        store: ReviewStore,
        campaign: str,
        lead: str,
        on_act: Callable[[str, list[Any]], bool],
    ) -> None:
        self._tasks, self._rounds, self._campaign = tasks, store.rounds, campaign
        self._on_act = on_act
        self.head, self.page, self.case, self.talk = (BoardPart(on_act) for _ in range(4))
        self.stage = ImageStage()
        self._scenes = Scenes(tasks, self.stage)
        self.stage.on_need(self._scenes.send_part)
        self.looks = BoardLooks(tasks, self._scenes, self.stage, store, campaign, lead)
        self.stage.on_report(self._on_report)
        self.drawing = ChartView(on_pick=self._on_pick)
        side = ipywidgets.VBox([self.case, self.drawing, self.talk])
        side.add_class("ew-board-side")
        self.body = ipywidgets.HBox([self.page, self.stage, side])
        self.body.add_class("ew-board-body")

    def show(self, place: BoardPlace, meeting: Meeting | None, planner: RoundPlanner | None) -> None:
        """Show a step; those of a round need the meeting, the plan its planner."""
        if place.step not in ("plan", "case"):
            self.looks.turn(None)
        if place.step != "case":
            self.stage.regions = []
        if place.step == "rounds":
            self._show(page=self._listed())
        elif place.step == "plan" and planner is not None:
            self._show_plan(planner)
        elif meeting is None:
            self._show()
        elif place.step == "room":
            asked = place.asked == "close"
            self._show(page=board_views.room(meeting.state, meeting.room(), asked=asked))
        elif place.step == "overview":
            self._show_overview(meeting, place)
        elif place.step == "case":
            self._show_case(meeting, named=place.named)
        else:
            self._show_minutes(meeting, place)

    def show_head(self, step: str, state: RoundState | None, problem: str) -> None:
        """Show where the lead is and what went wrong."""
        self.head.view = board_views.head(step, state, problem, self._campaign)

    def _listed(self) -> dict[str, Any]:
        states = [self._rounds[self._campaign, name] for name in self._rounds.names(self._campaign)]
        return board_views.rounds(states, self._campaign)

    def _show_plan(self, planner: RoundPlanner) -> None:
        """Show a plan and the pictures of one proposed task."""
        self._show(page=planner.view)
        if planner.shown:
            task = self._tasks[planner.shown]
            self.looks.turn(task)
            self.stage.scene = self._scenes.of_task(task)

    def _show_overview(self, meeting: Meeting, place: BoardPlace) -> None:
        """Show headline and agenda; beside them a chart, and the tasks of a picked reviewer."""
        found, state, chart = meeting.found, meeting.state, place.chart
        tasks = {task.id: task for task in meeting.answers.tasks}
        self.drawing.show(lambda theme: _overview_chart(found, chart, theme), key=(id(found), chart))
        self._show(
            page=board_views.overview(state, found, tasks),
            case=board_views.charts(chart),
            talk=board_views.furthest(found, place.reviewer) if place.reviewer else {},
        )

    def _show_case(self, meeting: Meeting, *, named: bool) -> None:
        """Show the case on the table: all of it at once, so that no note stands beside another tally."""
        answers, state = meeting.answers, meeting.state
        task, criterion, order = answers.tasks[meeting.task], meeting.criterion, meeting.order
        counted = answers.tally(state, task.id, criterion)
        self.looks.turn(task, state)
        scene = self._scenes.of_task(task)
        reviews, gold = answers.reviews(state, task.id), answers.gold_of(task.id)
        self.drawing.show(lambda theme: answers.chart(state, task.id, criterion, theme), key=counted)
        self._show(
            case=case_view.case(meeting.found, order, task.id, criterion),
            talk=case_view.talk(
                state,
                meeting.found,
                counted,
                gold,
                reviews,
                task,
                named=named,
            ),
        )
        known = gold if task.id in state.revealed else None
        with self.stage.hold_sync():  # no place may be seen on another picture
            self.stage.scene = scene
            self.stage.regions = case_marks(reviews, meeting.found.letters(task.id), answers.rubric, known)
        after = order[order.index(task.id) + 1 :][:1]
        self.stage.queue = [self._scenes.of_task(answers.tasks[one]) for one in after]

    def _show_minutes(self, meeting: Meeting, place: BoardPlace) -> None:
        html = meeting.answers.minutes(meeting.state).html
        asked, agenda = place.asked == "conclude", meeting.found.agenda
        self._show(page=board_views.minutes(meeting.state, agenda, html, saved=place.saved, asked=asked))

    def _on_report(self, content: Mapping[str, Any]) -> None:
        """Let the board do what is asked for on the stage, in turn with its other acts."""
        match content:
            case {"type": "evidence", "key": str(key)}:
                self._on_act("see_evidence", [key])
            case {"type": "reveal", "key": str(key), "role": str(role), "how": str(how)}:
                self._on_act("uncover", [key, role, how])

    def _on_pick(self, gid: str) -> None:
        self._on_act("pick", [gid])

    def _show(self, **views: dict[str, Any]) -> None:
        for name in ("page", "case", "talk"):
            getattr(self, name).view = views.get(name, {})


def _overview_chart(found: Findings, chart: str, theme: ThemeName) -> Chart:
    if chart == "reviewers":
        return severity_forest(found.severity, theme=theme)
    return spread_heatmap(found.spread, causes=found.causes, theme=theme)
