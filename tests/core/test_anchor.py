"""An anchor: what it needs, and which of its pictures stands on the level."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from evalwidgets.core.anchor import Anchor


def an_anchor(**changes: Any) -> Anchor:
    """Return an anchor of an edit."""
    plain = {
        "id": "scene-3",
        "ladder": "scene",
        "rubric": "every-control",
        "rubric_version": "1.0.0",
        "criterion": "adherence",
        "level": 3,
        "images": {"original": "o.png", "edited": "e.png"},
        "why": "One part is missing.",
    }
    return Anchor(**{**plain, **changes})


def test_the_edited_picture_stands_on_the_level_and_so_does_one_alone() -> None:
    """The original is only what it is compared with."""
    assert an_anchor().judged == "edited"
    assert an_anchor(images={"image": "i.png"}).judged == "image"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"images": {"original": "o.png"}}, "an anchor needs edited or image"),
        ({"why": " "}, "at least 1 character"),
        ({"level": 10}, "less than or equal to 9"),
        ({"id": "a\nb"}, "cannot be seen"),
        ({"gold": 3}, "Extra inputs"),
    ],
)
def test_what_would_teach_nothing_is_refused(changes: dict[str, Any], said: str) -> None:
    """A picture to judge, a reason and a level are the least."""
    with pytest.raises(ValidationError, match=said):
        an_anchor(**changes)
