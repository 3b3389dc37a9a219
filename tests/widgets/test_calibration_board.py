"""The lead's board: where each act leads, what is refused in words, and that it opens where it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from evalwidgets.errors import EvalWidgetsError, RoundError, StoreError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.widgets.calibration_board import CalibrationBoard

from .board import (
    CAMPAIGN,
    NAME,
    REVIEWERS,
    TASKS,
    press,
    problem,
)

pytestmark = pytest.mark.usefixtures("loud_callbacks")
Seat = Callable[..., CalibrationBoard]


def test_a_campaign_without_rounds_offers_to_plan_one(seat: Seat) -> None:
    """The plan proposes tasks at once and says what is missing."""
    board = seat()
    rounds = board._display.page.view
    press(board, "plan")

    plan = board._display.page.view
    assert ("rounds", []) == (rounds["kind"], rounds["rounds"])
    assert ("plan", "Give the round a name.") == (plan["kind"], plan["problem"])
    assert plan["proposed"][0]["task"] == board._display.stage.scene["key"]


def test_a_round_is_planned_previewed_opened_and_entered(seat: Seat, work_store: ReviewStore) -> None:
    """What is opened is what was planned; the preview keeps nothing."""
    board = seat()
    for act in (
        ("plan",),
        ("write", "name", " week 47 "),
        ("write", "reviewers", "ana; ben,\nana"),
        ("write", "deadline", "2026-11-23T17:00:00.000Z"),
        ("toggle", "adherence"),
        ("count", 3),
        ("preview_round",),
    ):
        press(board, *act)
    preview = board.children[-1]
    swapped_out = board.planner.plan.tasks[0]
    press(board, "plan")
    press(board, "swap", swapped_out)
    press(board, "open_round")

    opened = work_store.rounds[CAMPAIGN, "week 47"].round
    assert ("room", 2) == (board.step, len(board.children))
    assert (("ana", "ben"), ("adherence",), "lee") == (opened.reviewers, opened.criteria, opened.lead)
    assert 3 == len(opened.tasks)
    assert swapped_out not in opened.tasks
    assert 17 == opened.deadline.hour
    assert preview.comm is None
    assert [] == work_store.reviews()
    assert work_store.rubrics()[opened.rubric_hash].criterion("adherence")


@pytest.mark.parametrize(
    ("acts", "why"),
    [
        ([("close_blind",)], "No round is open"),
        ([("enter", "r9")], "No round 'r9'"),
        ([("toggle", "adherence")], "No round is being planned"),
        ([("plan",), ("open_round",)], "Give the round a name"),
        ([("plan",), ("write", "nam", "x")], "Did you mean 'name'"),
        ([("plan",), ("toggle", "adherance")], "Did you mean 'adherence'"),
        ([("plan",), ("show", "t99")], "t99"),
        ([("plan",), ("swap", "t99")], "No task 't99'"),
        ([("dance",)], "No act 'dance'"),
        ([("__init__",)], "No act '__init__'"),
    ],
)
def test_what_cannot_be_done_is_told_in_the_head(
    acts: list[tuple[Any, ...]], why: str, seat: Seat, work_store: ReviewStore
) -> None:
    """In a sentence, and nothing is kept of it."""
    board = seat()

    for act in acts:
        press(board, *act)

    assert why in problem(board)
    assert [] == work_store.rounds.names(CAMPAIGN)


@pytest.mark.parametrize(
    "act",
    [
        *[("go", step) for step in ("overview", "case", "minutes")],
        *[("turn", 1), ("open_vote",), ("reveal",), ("confirm", "slip"), ("decide", "gap", "so")],
        *[("remark", "so"), ("attend", []), ("save",), ("conclude",), ("discuss", "t00")],
        *[("pick", "cell:t00:adherence"), ("choose", "adherence"), ("next_criterion",)],
    ],
)
def test_the_blind_phase_opens_no_door(
    act: tuple[Any, ...], board: CalibrationBoard, work_store: ReviewStore
) -> None:
    """The board stays in the room and the log as it was."""
    before = work_store.rounds[CAMPAIGN, NAME]

    press(board, *act)

    assert "room" == board.step
    assert "still blind" in problem(board) or act[0] == "go"
    assert before == work_store.rounds[CAMPAIGN, NAME]


def test_the_page_hears_when_an_act_is_done(
    board: CalibrationBoard, sent: list[dict[str, Any]], seat: Seat
) -> None:
    """With its number and whether it was done; an act that fails unforeseen is answered too."""
    seated = seat(round=NAME)
    sent.clear()

    press(seated, "ask", "close")
    press(seated, "reveal")
    with pytest.raises(TypeError):
        press(seated, "turn", 1, 2)

    answers = [one["data"]["content"] for one in sent if one["data"].get("method") == "custom"]
    assert [True, False, False] == [one["done"] for one in answers if one["type"] == "answered"]


def test_the_close_is_asked_for_once_more(board: CalibrationBoard) -> None:
    """News does not take the question away; another act does."""
    press(board, "ask", "close")
    press(board, "look")
    asked = board._display.page.view["asked"]
    press(board, "go", "room")

    assert (True, False) == (asked, board._display.page.view["asked"])
    press(board, "close_blind")
    assert "overview" == board.step


def test_a_pick_in_the_heat_map_opens_its_case(held: CalibrationBoard) -> None:
    """The task on that criterion."""
    picks = {pick["id"] for pick in held._display.drawing.chart["picks"]}
    assert "cell:t00:quality" in picks

    press(held, "pick", "cell:t00:quality")

    case = held._display.case.view
    assert ("case", "t00") == (held.step, case["task"])
    assert ["quality"] == [one["id"] for one in case["criteria"] if one["on"]]
    assert "t00" == held._display.stage.scene["key"]


def test_a_pick_in_the_forest_lists_the_tasks_behind_it(held: CalibrationBoard) -> None:
    """Those furthest from gold; from there a case is one press away."""
    press(held, "draw", "reviewers")

    press(held, "pick", f"reviewer:{REVIEWERS[0]}")

    picked = held._display.talk.view
    assert f"{REVIEWERS[0]}: furthest from gold" == picked["title"]
    assert {"t00", "t01"} <= {one["task"] for one in picked["tasks"]}
    press(held, "draw", "tasks")
    assert {} == held._display.talk.view


def test_a_step_that_fails_gives_way(
    held: CalibrationBoard, monkeypatch: pytest.MonkeyPatch, seat: Seat
) -> None:
    """A store that is gone for a moment leaves a board on which one can go on."""

    def failing(*_: Any, **__: Any) -> Any:
        msg = "The disk is full."
        raise StoreError(msg)

    with monkeypatch.context() as full:
        full.setattr(ReviewStore, "reviews", failing)
        press(held, "discuss", "t00")
        assert ("overview", "The disk is full.") == (held.step, problem(held))
    press(held, "go", "case")

    assert ("case", "") == (held.step, problem(held))


def test_an_act_in_code_raises_what_a_press_tells(board: CalibrationBoard) -> None:
    """Whoever drives a board from a cell wants the exception."""
    with pytest.raises(RoundError, match="still blind"):
        board.act("reveal")
    with pytest.raises(UnknownName, match="No step 'cases' in a round"):
        board.act("go", "cases")
    board.act("close_blind")
    assert "overview" == board.step


def test_a_board_without_a_round_says_so(seat: Seat) -> None:
    """Its meeting and its plan do not exist yet."""
    board = seat()

    with pytest.raises(EvalWidgetsError, match="No round is open"):
        _ = board.meeting
    with pytest.raises(EvalWidgetsError, match="No round is being planned"):
        _ = board.planner
    with pytest.raises(UnknownName, match="No round 'r9'"):
        seat(round="r9")
    assert "CalibrationBoard(campaign='spring', tasks=6)" == repr(board)


def test_going_through_a_meeting_registers_no_widget(held: CalibrationBoard) -> None:
    """Built once: every step and every task changes traits only."""
    before = set(_instances)

    for task in (*TASKS, *TASKS):
        press(held, "discuss", task)
        press(held, "next_criterion")
        for step in ("overview", "minutes", "room", "case"):
            press(held, "go", step)
    press(held, "list_rounds")
    press(held, "enter", NAME)

    assert before == set(_instances)


def test_closing_a_board_frees_all_its_widgets(seat: Seat) -> None:
    """Layouts too, and those of a preview."""
    seat().close()
    before = set(_instances)
    board = seat()
    press(board, "plan")
    press(board, "preview_round")
    press(board, "list_rounds")
    kept = set(_instances)
    press(board, "plan")
    press(board, "preview_round")
    assert kept < set(_instances)

    board.close()

    assert before == set(_instances)
