"""A panel and a page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.calibration_board import CalibrationBoard
from evalwidgets.widgets.meeting import Meeting
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_panel import RoundPanel

from .board import CAMPAIGN, GOLD, NAME, open_round, press, say_all
from .learners import School
from .page import Page
from .rounds import PLACE, Lead, Sit, finish

Meet = Callable[..., Meeting]
Seat = Callable[..., CalibrationBoard]


@pytest.fixture
def panel(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> ReviewPanel:
    """Return ana's panel on six edit tasks and an empty store."""
    return ReviewPanel(edits, every, work_store, "ana")


@pytest.fixture
def page(panel: ReviewPanel) -> Page:
    """Return a page that shows ana's panel."""
    return Page(panel)


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody know who reviews."""
    for variable in ("EVALWIDGETS_REVIEWER", "EVALWIDGETS_SHARED", "JUPYTERHUB_USER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))


@pytest.fixture
def lead(every: Rubric, work_store: ReviewStore) -> Lead:
    """Return the lead, who has opened a round of three tasks for ana and two others."""
    return Lead(work_store, every)


@pytest.fixture
def sit(edits: TaskSet, lead: Lead) -> Sit:
    """Return what seats a reviewer, by default ana, at a new panel of the round."""
    return lambda name="ana": Page(RoundPanel(edits, lead.store, PLACE[1], name, campaign=PLACE[0]))


@pytest.fixture
def ana(sit: Sit) -> Page:
    """Return the page of ana, who has finished the blind phase."""
    return finish(sit())


@pytest.fixture
def meet(work_store: ReviewStore, edits: TaskSet) -> Meet:
    """Return what takes a round into the lead's hands."""
    return lambda name=NAME, gold=GOLD: Meeting(
        work_store, edits, gold, campaign=CAMPAIGN, name=name, lead="lee"
    )


@pytest.fixture
def meeting(work_store: ReviewStore, every: Rubric, meet: Meet) -> Meeting:
    """Return a round that all have judged alone and that is closed."""
    say_all(work_store, open_round(work_store, every))
    meeting = meet()
    meeting.close()
    return meeting


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


@pytest.fixture
def school(tmp_path: Path, every: Rubric, work_store: ReviewStore) -> School:
    """Return a store and gold of 64 tasks, on which nobody has worked yet."""
    return School(tmp_path, every, work_store)
