"""The practice page's model: it shows what it is given and reports what a learner chose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.widgets.exemplars import Exemplars
from evalwidgets.widgets.practice_page import PracticePage

from .anchors import a_wall_of
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
HOME = {"kind": "home", "doors": []}


@pytest.fixture
def heard() -> list[Any]:
    """Return the list of what the page reported."""
    return []


@pytest.fixture
def page(heard: list[Any], tmp_path: Path, every: Rubric) -> PracticePage:
    """Return a page with a wall of two criteria."""
    return PracticePage(heard.append, Exemplars(a_wall_of(tmp_path), every))


def test_a_new_page_is_away(page: PracticePage) -> None:
    """Until the panel says what to show, nothing lies over a task."""
    assert (page.page, page.pictures, repr(page)) == ({"kind": "away"}, {}, "PracticePage()")


def test_the_wall_comes_with_its_pictures_and_goes_with_them(page: PracticePage) -> None:
    """No other page holds a picture."""
    page.show_wall("quality")
    assert (page.page["kind"], page.page["wall"]["criterion"], len(page.pictures)) == ("wall", "quality", 6)

    page.show(HOME)
    assert (page.page, page.pictures) == (HOME, {})


def test_a_page_without_exemplars_has_no_wall() -> None:
    """And says what to pass."""
    page = PracticePage(lambda _: None)
    send(page, {"type": "large", "picture": "x"})

    with pytest.raises(ValueError, match="pass exemplars="):
        page.show_wall()


def test_what_a_learner_chose_is_reported(page: PracticePage, heard: list[Any]) -> None:
    """Doors and links, the way back, another criterion; a page of another version may send anything."""
    said = [{"type": "open", "what": "exam"}, {"type": "home"}, {"type": "wall", "criterion": "quality"}]
    for content in [*said, {"type": "open"}, {"type": "wall", "criterion": 3}, {"type": "else"}, {}]:
        send(page, content)

    assert heard == said


def test_large_pictures_are_given_by_the_page_itself(
    page: PracticePage, heard: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anchors are public: the panel need not know."""
    given: list[Any] = []
    monkeypatch.setattr(PracticePage, "send", lambda _, content, buffers=None: given.append(content))
    page.show_wall()

    send(page, {"type": "large", "picture": page.page["wall"]["levels"][0]["picture"]})

    assert [content["type"] for content in given] == ["large"]
    assert heard == []
