"""What the lead's page must not hold: answers and gold before their time, and names beside answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import open_store
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.calibration_board import CalibrationBoard

from .board import (
    CAMPAIGN,
    GOLD,
    LEVELS,
    NAME,
    NOON,
    REVIEWERS,
    TASKS,
    a_gold,
    open_round,
    press,
    say,
    say_all,
    shown,
    vote,
)

pytestmark = pytest.mark.usefixtures("loud_callbacks")
OTHER_LEVELS = {"t00": (3, 3, 2), "t01": (1, 2, 5), "t03": (5, 1, 4)}
OTHER_GOLD = {"t00": a_gold("t00", (2, 3)), "t01": a_gold("t01", (4, 5)), "t03": a_gold("t03", (1,))}
Lead = Callable[..., CalibrationBoard]


@pytest.fixture
def lead(edits: TaskSet, every: Rubric, tmp_path: Path) -> Lead:
    """Return what seats a lead at a round of its own store, with some answers and some gold."""

    def seated(
        name: str, levels: dict[str, tuple[int, ...]] = LEVELS, gold: dict[str, Gold] = GOLD
    ) -> CalibrationBoard:
        store = open_store(tmp_path / f"{name}.db")
        say_all(store, open_round(store, every), levels, shown_at=NOON, submitted_at=NOON)
        return CalibrationBoard(
            edits, gold, every, store, campaign=CAMPAIGN, lead="lee", minutes_folder=tmp_path
        )

    return seated


def through_the_blind_phase(board: CalibrationBoard) -> None:
    """Try every door of a round that is not closed."""
    press(board, "enter", NAME)
    for act in ("look", "reveal", "open_vote", "conclude", "save", "next_criterion", "name_reviewers"):
        press(board, act)
    for step in ("overview", "case", "minutes", "room"):
        press(board, "go", step)
    press(board, "discuss", "t00", "adherence")
    press(board, "pick", f"reviewer:{REVIEWERS[0]}")
    press(board, "ask", "close")
    press(board, "list_rounds")
    press(board, "enter", NAME)


def contents(sent: list[dict[str, Any]]) -> list[str]:
    """Return what was sent, as text without the ids that are new each time."""
    states = [one["data"].get("state", one["data"].get("content", {})) for one in sent if "data" in one]
    kept = [
        {
            name: value
            for name, value in state.items()
            if name in ("view", "chart", "scene", "queue", "selected", "type", "done")
        }
        for state in states
    ]
    return [json.dumps(one, sort_keys=True, default=str) for one in kept]


def test_before_the_close_the_page_is_the_same_whatever_was_answered(
    lead: Lead, sent: list[dict[str, Any]]
) -> None:
    """Other answers, notes and gold: not one message differs, so nothing of them is in any."""
    told = []
    for name, levels, gold in (("one", LEVELS, GOLD), ("two", OTHER_LEVELS, OTHER_GOLD)):
        sent.clear()
        through_the_blind_phase(lead(name, levels, gold))
        told.append(contents(sent))
        everything = json.dumps([{**one, "buffers": None} for one in sent], default=str)
        assert not re.search(r"note \d of t0", everything)
        assert "why gold" not in everything

    assert len(told[0]) > 20
    assert told[0] == told[1]


@pytest.mark.parametrize("task", TASKS)
def test_before_the_reveal_a_case_is_the_same_whatever_gold_says(task: str, lead: Lead) -> None:
    """Its place in the agenda aside: no accepted value, no rationale, no suggestion that rests on gold."""
    cases = []
    for name, gold in (("one", GOLD), ("two", OTHER_GOLD)):
        board = lead(name, gold=gold)
        press(board, "enter", NAME)
        press(board, "close_blind")
        press(board, "discuss", task, "adherence")
        press(board, "open_vote")
        press(board, "close_vote")
        case = shown(board)
        del case["case"]["place"]
        assert "why gold" not in json.dumps(case)
        cases.append(case)

    assert cases[0] == cases[1]


def test_a_suggestion_that_rests_on_gold_comes_with_the_reveal(lead: Lead) -> None:
    """On t01 all say 4 where gold says 1."""
    board = lead("one")
    press(board, "enter", NAME)
    press(board, "close_blind")
    press(board, "discuss", "t01", "adherence")
    before = board._display.talk.view["suggestion"]

    press(board, "reveal")

    assert before is None
    assert "gold_suspect" == board._display.talk.view["suggestion"]["cause"]


def test_no_name_stands_beside_a_case(lead: Lead, sent: list[dict[str, Any]]) -> None:
    """From the agenda through vote, reveal and decision, the room reads letters."""
    board = lead("one")
    press(board, "enter", NAME)
    press(board, "close_blind")
    overview = json.dumps(shown(board))
    sent.clear()
    press(board, "discuss", "t00", "adherence")
    press(board, "open_vote")
    vote(board._store, board.meeting.round, REVIEWERS[0], 4)
    press(board, "close_vote")
    press(board, "reveal")
    press(board, "decide", "refresher", "Read level 3 again.", [], REVIEWERS[1])
    press(board, "confirm", "slip")
    for task in TASKS:
        press(board, "discuss", task)
        press(board, "next_criterion")

    for text in (overview, *contents(sent), json.dumps(shown(board))):
        assert not [name for name in REVIEWERS if name in text]


def test_names_come_when_they_are_asked_for_and_go_with_the_next_act(lead: Lead) -> None:
    """To choose who gets a refresher."""
    board = lead("one")
    press(board, "enter", NAME)
    press(board, "close_blind")
    press(board, "discuss", "t00")

    press(board, "name_reviewers")
    named = board._display.talk.view["reviewers"]
    press(board, "look")
    still = board._display.talk.view["reviewers"]
    press(board, "next_criterion")

    assert list(REVIEWERS) == named == still
    assert [] == board._display.talk.view["reviewers"]


@pytest.mark.parametrize("name", ["ben", "J. D.", "ana+ben", "Zoë", "3"])
def test_reasons_name_nobody(name: str, edits: TaskSet, every: Rubric, tmp_path: Path) -> None:
    """Whatever signs a name holds: the reason of a slip says a letter."""
    others = ("kim-kite", "lou-lark", "max-mole")
    store = open_store(tmp_path / "one.db")
    round_ = open_round(store, every, reviewers=(name, *others), tasks=("t00",))
    for reviewer, level in zip(round_.reviewers, (1, 4, 4, 4), strict=True):
        values = {"safety": "ok", "change": "yes", "adherence": level}
        say(store, round_, reviewer, "t00", values=values)
    board = CalibrationBoard(edits, {}, every, store, campaign=CAMPAIGN, round=NAME, lead="lee")

    board.act("close_blind")
    board.act("discuss", "t00", "adherence")

    suggestion = board._display.talk.view["suggestion"]
    (letter,) = [dot.letter for dot in board.meeting.tally().dots if dot.blind == 0]
    assert "slip" == suggestion["cause"]
    assert suggestion["reason"].startswith(f"{letter} gives 1, ")
