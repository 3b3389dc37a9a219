"""The practice panel with exemplars: the wall, and the anchors beside an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalwidgets.store.anchors import AnchorSet

from .anchors import a_wall_of
from .learners import GOLD, Learner, School
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")


@pytest.fixture
def anchors(tmp_path: Path) -> AnchorSet:
    """Return anchors of adherence and quality."""
    folder = tmp_path / "anchors"
    folder.mkdir()
    return a_wall_of(folder)


@pytest.fixture
def ana(school: School, anchors: AnchorSet) -> Learner:
    """Return ana before a panel with anchors."""
    return school.seat(anchors=anchors)


def test_the_wall_is_a_door_of_the_page(ana: Learner) -> None:
    """It shows one criterion, turns to another, and leads back home."""
    assert "open" == ana.door("wall")["state"]
    ana.enter("wall")
    assert ("wall", "adherence") == (ana.home["kind"], ana.home["wall"]["criterion"])
    assert ana.panel._page.pictures

    send(ana.panel._page, {"type": "wall", "criterion": "quality"})
    assert "quality" == ana.home["wall"]["criterion"]
    send(ana.panel._page, {"type": "wall", "criterion": "change"})
    assert "quality" == ana.home["wall"]["criterion"]
    send(ana.panel._page, {"type": "home"})
    assert "home" == ana.home["kind"]
    assert ana.panel._page.pictures == {}


def test_without_anchors_the_wall_is_locked(school: School) -> None:
    """And says why; so it is with anchors of another rubric."""
    door = school.seat().door("wall")

    assert ("locked", "There are no exemplars for this rubric.") == (door["state"], door["why"])


def test_the_own_level_stands_beside_the_right_one(ana: Learner) -> None:
    """With its words and small pictures; where the answer is accepted there is nothing to compare."""
    ana.enter("practice")
    right = GOLD[ana.task].answers["adherence"].accepted[0]
    ana.answer(adherence=5)
    rows = {row["criterion"]: row["anchors"] for row in ana.feedback["rows"]}

    assert (5, right) == (rows["adherence"]["mine"]["level"], rows["adherence"]["right"]["level"])
    assert f"What level {right} looks like." == rows["adherence"]["right"]["descriptor"]
    assert rows["quality"] is rows["safety"] is None
    shown = ana.panel._feedback.pictures
    named = {one for side in rows["adherence"].values() for one in side["pictures"].values()}
    assert named == set(shown)
    assert all(bytes(one).startswith(b"\xff\xd8") for one in shown.values())

    ana.go_on()
    assert ana.panel._feedback.pictures == {}
