"""The wall's model: one criterion at a time, and large pictures when they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import UnknownName
from evalwidgets.widgets.exemplar_wall import ExemplarWall

from .anchors import a_wall_of
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")


@pytest.fixture
def wall(tmp_path: Path, every: Rubric) -> ExemplarWall:
    """Return a wall of two criteria."""
    return ExemplarWall(a_wall_of(tmp_path), every)


def test_a_wall_shows_the_first_criterion_or_the_named_one(tmp_path: Path, every: Rubric) -> None:
    """And says so in one line."""
    anchors = a_wall_of(tmp_path)

    assert ExemplarWall(anchors, every).criterion == "adherence"
    assert repr(ExemplarWall(anchors, every, "quality")) == "ExemplarWall('Every control', 'quality')"
    with pytest.raises(UnknownName):
        ExemplarWall(anchors, every, "figure")


def test_the_page_turns_to_another_criterion(wall: ExemplarWall) -> None:
    """Whose pictures replace those of the one before."""
    before = set(wall.pictures)

    send(wall, {"type": "wall", "criterion": "quality"})

    assert wall.criterion == "quality"
    assert len(wall.pictures) == 6
    assert not {level["picture"] for level in wall.wall["levels"]} & before


def test_a_large_picture_comes_when_it_is_asked_for(
    wall: ExemplarWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one message with its bytes."""
    heard: list[Any] = []
    monkeypatch.setattr(
        ExemplarWall, "send", lambda _, content, buffers=None: heard.append((content, buffers))
    )
    name = wall.wall["levels"][0]["picture"]

    send(wall, {"type": "large", "picture": name})
    send(wall, {"type": "large", "picture": "unknown"})

    [(content, [data])] = heard
    assert content == {"type": "large", "picture": name, "media": "image/png"}
    assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "content", [{"type": "wall", "criterion": "none"}, {"type": "wall"}, {"type": "x"}, {}]
)
def test_what_the_wall_does_not_know_is_let_go(wall: ExemplarWall, content: dict[str, Any]) -> None:
    """A page of another version may send anything."""
    send(wall, content)

    assert wall.criterion == "adherence"
