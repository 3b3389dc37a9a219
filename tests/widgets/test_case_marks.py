"""What reviewers marked is seen at the board after the close, by letter; gold's places once revealed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.calibration_board import CalibrationBoard

from ..samples import a_region
from .board import CAMPAIGN, NAME, REVIEWERS, a_gold, open_round, press, say

pytestmark = pytest.mark.usefixtures("loud_callbacks")
VALUES = {"safety": "ok", "change": "yes", "adherence": 4, "quality": 4}


def place(number: int, **more: Any) -> dict[str, Any]:
    """Return a box of its own on the small pictures of the tests."""
    return a_region(**{"size": (24, 16), "points": ((number, 1), (number + 5, 9)), **more})


def gold() -> dict[str, Gold]:
    """Return gold of t00 with a place that must be found."""
    known = a_gold("t00", (4,))
    return {"t00": known.model_validate({**known.model_dump(), "regions": [place(9, severity=2)]})}


@pytest.fixture
def board(edits: TaskSet, every: Rubric, work_store: ReviewStore, tmp_path: Any) -> CalibrationBoard:
    """Return a board on a round in which everybody has marked places of t00, all under one id."""
    round_ = open_round(work_store, every)
    for number, reviewer in enumerate(REVIEWERS):
        regions = [place(number, note=f"seen {number}", cause="edit")]
        say(work_store, round_, reviewer, "t00", values={**VALUES, "places": regions})
    options = {"campaign": CAMPAIGN, "lead": "lee", "minutes_folder": tmp_path, "round": NAME}
    return CalibrationBoard(edits, gold(), every, work_store, **options)


def close(board: CalibrationBoard) -> None:
    """Close the blind phase."""
    press(board, "ask", "close")
    press(board, "close_blind")


def marks(board: CalibrationBoard) -> list[dict[str, Any]]:
    """Return what the stage of the board shows as marked."""
    return list(board._display.stage.regions)


def test_nothing_is_shown_before_the_close(board: CalibrationBoard) -> None:
    """Whatever the lead tries."""
    press(board, "discuss", "t00", "adherence")
    press(board, "go", "case")

    assert marks(board) == []


def test_each_reviewers_places_have_the_letter_of_the_tally(board: CalibrationBoard) -> None:
    """And no name; regions of different reviewers are told apart though their ids are the same."""
    close(board)
    press(board, "discuss", "t00", "adherence")

    shown = marks(board)
    letters = board.meeting.found.letters("t00")
    said = {letters[name]: f"seen {number}" for number, name in enumerate(REVIEWERS)}
    assert [one["label"] for one in shown] == sorted(letters.values())
    assert {one["label"]: one["region"]["note"] for one in shown} == said
    assert len({one["region"]["id"] for one in shown}) == len(REVIEWERS)
    assert {(one["look"], one["title"]) for one in shown} == {("other", "The edit")}
    assert not [name for name in REVIEWERS if name in json.dumps(shown)]


def test_gold_is_seen_only_once_it_is_revealed(board: CalibrationBoard) -> None:
    """Then below the reviewers' places."""
    close(board)
    press(board, "discuss", "t00", "adherence")
    assert "gold" not in {one["look"] for one in marks(board)}

    press(board, "reveal")

    first, *others = marks(board)
    assert (first["look"], first["title"]) == ("gold", "Visible")
    assert len(others) == len(REVIEWERS)


def test_no_place_stays_when_something_else_is_shown(board: CalibrationBoard) -> None:
    """Neither on another task nor at another step."""
    close(board)
    press(board, "discuss", "t00", "adherence")
    press(board, "turn", 1)
    assert marks(board) == []

    press(board, "discuss", "t00", "adherence")
    assert marks(board)
    press(board, "go", "overview")
    assert marks(board) == []
