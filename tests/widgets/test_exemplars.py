"""Exemplars: what the browser is shown of a criterion, and of no other."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, UnknownName
from evalwidgets.store.anchors import AnchorSet
from evalwidgets.widgets.exemplars import Exemplars

from .anchors import a_wall_of, ladder


@pytest.fixture
def exemplars(tmp_path: Path, every: Rubric) -> Exemplars:
    """Return the exemplars of two criteria."""
    return Exemplars(a_wall_of(tmp_path), every)


def test_criteria_come_in_the_order_of_the_rubric(exemplars: Exemplars) -> None:
    """Those without anchors are left out; the first is shown first."""
    wall, _ = exemplars.shown()

    assert exemplars.criteria == ("adherence", "quality")
    assert wall["criterion"] == "adherence"
    assert wall["criteria"] == [
        {"id": "adherence", "label": "Adherence"},
        {"id": "quality", "label": "Quality"},
    ]


def test_levels_come_lowest_first_in_the_words_for_the_task(exemplars: Exemplars) -> None:
    """With name, descriptor, reason, and the question of the variant."""
    wall, _ = exemplars.shown("adherence")
    highest = wall["levels"][-1]

    assert [level["value"] for level in wall["levels"]] == [1, 2, 3, 4, 5]
    assert wall["question"] == "Was it added?"
    assert "".join(piece["text"] for piece in highest["pieces"]) == "All of it was added."
    assert (highest["name"], highest["why"]) == ("Level 5", "One part is missing.")
    assert wall["texts"] == [{"label": "Instruction", "text": "Add it."}]
    assert len(wall["cards"]) == 8


def test_only_the_pictures_of_the_criterion_are_given_small_and_by_hash(
    exemplars: Exemplars, tmp_path: Path
) -> None:
    """Five edited pictures and their one original, none larger than 640 pixels, none under its name."""
    wall, pictures = exemplars.shown("quality")

    named = {level[role] for level in wall["levels"] for role in ("picture", "original")}
    assert set(pictures) == named
    assert len(pictures) == 6
    assert {Image.open(io.BytesIO(data)).format for data in pictures.values()} == {"JPEG"}
    assert max(max(Image.open(io.BytesIO(data)).size) for data in pictures.values()) == 640
    assert "png" not in json.dumps(wall)
    assert str(tmp_path) not in json.dumps(wall)


def test_a_large_picture_is_given_for_a_small_one_that_was_shown(exemplars: Exemplars) -> None:
    """With all its pixels; nothing is given for any other name, or once its file is gone."""
    wall, _ = exemplars.shown("quality")
    name = wall["levels"][2]["picture"]
    large = exemplars.large(name)

    assert large is not None
    assert (large.width, large.height) == (900, 600)
    assert exemplars.large("quality-3.png") is None


def test_a_picture_that_cannot_be_shown_leaves_its_place_empty(tmp_path: Path, every: Rubric) -> None:
    """The words and the other levels stay."""
    anchors = AnchorSet(ladder(tmp_path, "quality"), tmp_path)
    exemplars = Exemplars(anchors, every)
    (tmp_path / "quality-2.png").write_bytes(b"damage")
    shown, _ = exemplars.shown("quality")
    (tmp_path / "quality-3.png").unlink()

    assert [bool(level["picture"]) for level in shown["levels"]] == [True, False, True, True, True]
    assert exemplars.large(shown["levels"][2]["picture"]) is None


def test_anchors_of_another_meaning_are_left_out(tmp_path: Path, every: Rubric) -> None:
    """Those of a later patch fit; those of another major version or rubric do not."""
    fitting = ladder(tmp_path, "quality", rubric_version="1.4.2")
    old = ladder(tmp_path, "adherence", rubric_version="2.0.0")

    assert Exemplars(AnchorSet([*fitting, *old], tmp_path), every).criteria == ("quality",)
    with pytest.raises(
        EvalWidgetsError, match=r"No anchor is for rubric every-control 1\.0\.0.*control 2\.0\.0"
    ):
        Exemplars(AnchorSet(old, tmp_path), every)


def test_a_level_that_the_criterion_has_not_is_refused(tmp_path: Path, every: Rubric) -> None:
    """The scale of `figure` ends at 3."""
    with pytest.raises(UnknownName, match=r"No level '4' in figure \(anchor figure-4\.png\)"):
        Exemplars(AnchorSet(ladder(tmp_path, "figure", [1, 4]), tmp_path), every)


def test_a_criterion_without_anchors_is_refused(exemplars: Exemplars) -> None:
    """With the nearest that has some."""
    with pytest.raises(UnknownName, match="Did you mean 'quality'"):
        exemplars.shown("qualty")
