"""A meeting on the board: acts lead on, and whoever opens it anew is where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.calibration_board import CalibrationBoard

from .board import (
    CAMPAIGN,
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
