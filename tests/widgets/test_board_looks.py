"""What the lead opens on the board: covers hold there too, and each look is logged under the lead's name."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import StoreError
from evalwidgets.store.images import read_picture
from evalwidgets.store.openings import Openings
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import evidence_work
from evalwidgets.widgets.calibration_board import CalibrationBoard

from .board import CAMPAIGN, GOLD, NAME, open_round, press, problem, say_all
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
Sit = Callable[..., CalibrationBoard]


@pytest.fixture
def grim(edits: TaskSet) -> TaskSet:
    """Return the six edits, all sensitive."""
    told = {"sensitive": True, "content_note": "A wound, seen closely."}
    return TaskSet([task.model_copy(update=told) for task in edits], edits.folder)


@pytest.fixture
def sit(
    grim: TaskSet, every: Rubric, work_store: ReviewStore, tmp_path: Any, sent: list[dict[str, Any]]
) -> Sit:
    """Return what seats the lead at a board on a round that everybody has answered."""

    def seated(*, close: bool = True, **more: Any) -> CalibrationBoard:
        say_all(work_store, open_round(work_store, every, **more))
        facts: dict[str, Any] = {"campaign": CAMPAIGN, "lead": "lee", "minutes_folder": tmp_path}
        board = CalibrationBoard(grim, GOLD, every, work_store, round=NAME, **facts)
        if close:
            press(board, "close_blind")
            press(board, "discuss", "t00", "adherence")
        return board

    return seated


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stand-in measure."""

    def found(_tasks: TaskSet, _task: Task) -> dict[str, Any]:
        return {
            "overlay": None,
            "width": 0,
            "height": 0,
            "trust": "none",
            "trust_sentence": "All of it changed.",
            "sentences": [],
        }

    monkeypatch.setattr(evidence_work, "evidence_view", found)


def ask(board: CalibrationBoard, kind: str, **more: Any) -> None:
    """Report from the board's stage."""
    stage = board._display.stage
    send(stage, {"type": kind, "key": stage.scene["key"], **more})


def hashes(board: CalibrationBoard) -> list[str | None]:
    """Return what the shown scene tells of its pictures."""
    return [one["picture"] for one in board._display.stage.scene["pictures"]]


def test_a_case_comes_covered(sit: Sit, grim: TaskSet, sent: list[dict[str, Any]]) -> None:
    """Whatever the board shows and the page asks for, pictures stay behind until the lead reveals one."""
    board = sit()
    press(board, "go", "minutes")
    press(board, "go", "overview")
    press(board, "discuss", "t01")
    stage = board._display.stage
    for scene in (stage.scene, *stage.queue):
        assert scene["sensitive"]["note"] == "A wound, seen closely."
        for one in scene["pictures"]:
            assert one["picture"] is None
            send(stage, {"type": "need", "picture": one["cover"], "at": 0})

    told = json.dumps([{**one, "buffers": None} for one in sent], default=str)
    buffers = [bytes(one) for message in sent for one in message.get("buffers") or []]
    assert buffers
    assert all(max(Image.open(io.BytesIO(one)).size) <= 16 for one in buffers)
    for task in grim:
        for role in task.images:
            assert read_picture(grim.path_of(task, role)).digest not in told


def test_a_reveal_is_logged_as_the_lead_s(sit: Sit, work_store: ReviewStore) -> None:
    """Under the round; there is no review that it belongs to."""
    board = sit()

    ask(board, "reveal", role="edited", how="reveal")

    assert [True, False] == [one is None for one in hashes(board)]
    (opening,) = work_store.openings.read()
    assert (opening.reviewer, opening.round, opening.review) == ("lee", NAME, "")
    assert (opening.task, opening.role) == ("t00", "edited")


def test_turning_away_covers_again(sit: Sit) -> None:
    """To another case, or to another step of the board; not with an act on the same case."""
    board = sit()
    ask(board, "reveal", role="edited", how="peek")
    press(board, "reveal")
    press(board, "look")
    assert None in hashes(board)
    assert hashes(board)[1]

    press(board, "discuss", "t01")
    press(board, "discuss", "t00")
    assert [None, None] == hashes(board)

    ask(board, "reveal", role="edited", how="peek")
    press(board, "go", "overview")
    press(board, "go", "case")
    assert [None, None] == hashes(board)


def test_before_the_close_the_board_reveals_no_case(sit: Sit, work_store: ReviewStore) -> None:
    """There is no case on the stage, so there is nothing to open."""
    board = sit(close=False)

    send(board._display.stage, {"type": "reveal", "key": "t00", "role": "edited", "how": "reveal"})
    send(board._display.stage, {"type": "evidence", "key": "t00"})

    assert work_store.openings.read() == []
    assert {} == board._display.stage.evidence


def test_the_plan_shows_covers_too(sit: Sit, work_store: ReviewStore) -> None:
    """What the lead opens while planning is logged as such; evidence waits for the close of a round."""
    board = sit()
    press(board, "plan")
    press(board, "show", "t02")
    assert [None, None] == hashes(board)

    ask(board, "reveal", role="original", how="reveal")
    ask(board, "evidence")

    assert [False, True] == [one is None for one in hashes(board)]
    (opening,) = work_store.openings.read()
    assert (opening.reviewer, opening.round, opening.task) == ("lee", "plan", "t02")
    assert "when the blind phase is closed" in board._display.stage.evidence["why"]


def test_what_cannot_be_logged_is_not_revealed(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lead reads why."""
    board = sit()
    full = StoreError("The disk is full. Nothing was stored.")
    monkeypatch.setattr(Openings, "log", lambda *_: (_ for _ in ()).throw(full))

    ask(board, "reveal", role="edited", how="reveal")

    assert [None, None] == hashes(board)
    assert "The disk is full" in problem(board)


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(("setting", "state"), [("lead_only", "shown"), ("never", "locked")])
def test_evidence_is_shown_on_the_board(sit: Sit, work_store: ReviewStore, setting: str, state: str) -> None:
    """By default, and logged; unless the round was opened without evidence for anybody."""
    board = sit(evidence=setting)

    ask(board, "evidence")

    assert state == board._display.stage.evidence["state"]
    kinds = [(one.kind, one.reviewer) for one in work_store.openings.read()]
    assert kinds == ([("evidence", "lee")] if state == "shown" else [])


@pytest.mark.parametrize("how", ["stare", 3, None])
def test_a_way_to_look_that_is_none_is_refused(sit: Sit, work_store: ReviewStore, how: Any) -> None:
    """Nothing is revealed and nothing logged."""
    board = sit()

    ask(board, "reveal", role="edited", how=how)

    assert [None, None] == hashes(board)
    assert work_store.openings.read() == []
