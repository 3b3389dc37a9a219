"""The lead's board: where each act leads, what is refused in words, and that it opens where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ipywidgets.widgets.widget import _instances

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, RoundError, StoreError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.calibration_board import CalibrationBoard

from .board import (
    CAMPAIGN,
    GOLD,
    NAME,
    REVIEWERS,
    TASKS,
    open_round,
    press,
    problem,
    say_all,
    shown,
    vote,
)

pytestmark = pytest.mark.usefixtures("loud_callbacks")
Seat = Callable[..., CalibrationBoard]


@pytest.fixture
def seat(edits: TaskSet, every: Rubric, work_store: ReviewStore, tmp_path: Path) -> Seat:
    """Return what seats a lead at a new board, as after a restart of the kernel."""

    def seated(**more: Any) -> CalibrationBoard:
        facts = {"campaign": CAMPAIGN, "lead": "lee", "minutes_folder": tmp_path / "minutes", **more}
        return CalibrationBoard(edits, GOLD, every, work_store, **facts)

    return seated


@pytest.fixture
def board(seat: Seat, work_store: ReviewStore, every: Rubric) -> CalibrationBoard:
    """Return a board on a round in whose blind phase everybody has answered."""
    say_all(work_store, open_round(work_store, every))
    return seat(round=NAME)


@pytest.fixture
def held(board: CalibrationBoard) -> CalibrationBoard:
    """Return the board after the close."""
    press(board, "ask", "close")
    press(board, "close_blind")
    return board


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


def test_a_meeting_from_the_agenda_to_the_minutes(
    held: CalibrationBoard, work_store: ReviewStore, tmp_path: Path
) -> None:
    """Each act shows where it leads, and the minutes hold what was settled."""
    display = held._display
    press(held, "discuss", "t00", "adherence")
    press(held, "open_vote")
    vote(work_store, held.meeting.round, REVIEWERS[0], 4)
    press(held, "look")
    voting = display.talk.view["vote"]
    press(held, "close_vote")
    press(held, "reveal")
    press(held, "confirm", "rule_unclear")
    press(held, "decide", "gold", "The hat is red.", [3, 4], "")
    press(held, "name_reviewers")
    press(held, "decide", "refresher", "Read level 3 again.", [], REVIEWERS[1])
    press(held, "remark", "Ask the client", True)
    talk = display.talk.view
    press(held, "go", "minutes")
    press(held, "attend", list(REVIEWERS[:2]))
    press(held, "ask", "conclude")
    press(held, "conclude")

    assert ("open", 1, 3) == (voting["state"], voting["in"], voting["of"])
    assert "4 or 5" == talk["gold"]["text"]
    assert ["Gold changed to 3 or 4: The hat is red.", "Refresher for one reviewer: Read level 3 again."] == [
        one["text"] for one in talk["decisions"]
    ]
    assert ["rule_unclear"] == [one["id"] for one in talk["causes"] if one["on"]]
    assert [{"text": "Ask the client", "open": True}] == talk["remarks"]
    minutes = display.page.view
    assert (True, 2) == (minutes["concluded"], sum(one["on"] for one in minutes["reviewers"]))
    written = (tmp_path / "minutes" / CAMPAIGN / f"{NAME}.md").read_text(encoding="utf-8")
    for said in ("The hat is red", "Ask the client", "rule unclear"):
        assert said in written


@pytest.mark.parametrize("step", ["room", "overview", "case", "voting", "revealed", "settled", "concluded"])
def test_a_board_opens_where_the_meeting_was(step: str, board: CalibrationBoard, seat: Seat) -> None:
    """Made anew in any phase it shows what the other one shows."""
    walk_to(step, board)

    again = seat(round=NAME)

    assert board.step == again.step
    assert shown(board) == shown(again)


def test_a_second_board_sees_what_the_first_did(held: CalibrationBoard, seat: Seat) -> None:
    """After a look, or when what it asks for was done already."""
    second = seat(round=NAME)
    press(second, "discuss", "t00", "adherence")
    press(held, "discuss", "t00", "adherence")
    press(held, "open_vote")

    press(second, "open_vote")

    assert "re-vote is open" in problem(second)
    assert "open" == second._display.talk.view["vote"]["state"]
    press(held, "close_vote")
    press(second, "look")
    assert shown(held) == shown(second)


def test_a_concluded_round_can_be_browsed(
    held: CalibrationBoard, seat: Seat, work_store: ReviewStore
) -> None:
    """It opens on its minutes; every task can be looked at, and nothing is logged."""
    press(held, "discuss", "t00")
    press(held, "conclude")
    before = work_store.rounds[CAMPAIGN, NAME]
    board = seat(round=NAME)
    opened_on = board.step

    press(board, "go", "case")
    for _ in TASKS:
        press(board, "turn", -1)
    press(board, "turn", 1)
    seen = board._display.case.view["place"]

    assert ("minutes", "2 of 3", "") == (opened_on, seen, problem(board))
    assert board._display.talk.view["concluded"]
    assert before == work_store.rounds[CAMPAIGN, NAME]


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


def test_forty_tasks_are_a_round_too(
    seat: Seat, work_store: ReviewStore, every: Rubric, edits: TaskSet, tmp_path: Path
) -> None:
    """The most that can be planned: the last one opens as the first."""
    from evalwidgets.store.tasks import read_tasks

    from ..samples import write_manifest

    tasks = read_tasks(write_manifest(tmp_path / "many", 40))
    ids = tuple(task.id for task in tasks)
    round_ = open_round(work_store, every, tasks=ids)
    say_all(work_store, round_, {task: (place % 5 + 1, 3, 4) for place, task in enumerate(ids)})
    board = CalibrationBoard(tasks, {}, every, work_store, campaign=CAMPAIGN, round=NAME, lead="lee")

    board.act("close_blind")
    board.act("discuss", board.meeting.order[-1])

    assert "40 of 40" == board._display.case.view["place"]
    assert 3 == len(board.meeting.tally().dots)


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


CASES = st.tuples(st.sampled_from(TASKS), st.sampled_from(["adherence", "quality", "safety"]))
STEPS = st.lists(st.one_of(CASES, st.sampled_from(["overview", "minutes", "room", "reviewers"])), max_size=6)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(walk=STEPS, last=CASES)
def test_a_case_on_a_used_board_equals_a_fresh_one(
    walk: list[Any], last: tuple[str, str], held: CalibrationBoard, seat: Seat
) -> None:
    """Nothing of what was shown before is left."""
    for step in walk:
        if step == "reviewers":
            press(held, "go", "overview")
            press(held, "draw", "reviewers")
        elif isinstance(step, str):
            press(held, "go", step)
        else:
            press(held, "discuss", *step)
    press(held, "discuss", *last)

    fresh = seat(round=NAME)
    press(fresh, "discuss", *last)

    assert shown(fresh) == shown(held)
    fresh.close()


def walk_to(step: str, board: CalibrationBoard) -> None:
    """Bring a board's round to a point of its meeting."""
    acts: dict[str, list[tuple[Any, ...]]] = {
        "room": [],
        "overview": [("close_blind",)],
        "case": [("discuss", "t00")],
        "voting": [("open_vote",)],
        "revealed": [("close_vote",), ("reveal",)],
        "settled": [("confirm", "slip"), ("decide", "keep", "so"), ("remark", "well")],
        "concluded": [("go", "minutes"), ("conclude",)],
    }
    for name, todo in acts.items():
        for act in todo:
            press(board, *act)
        if name == step:
            break
    board._at(saved="")  # the file's place is said once, to whoever saved it
    press(board, "look")
