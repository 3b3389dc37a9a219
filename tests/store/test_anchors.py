"""Anchor files: what is read, what is found, and every problem with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.errors import EvalWidgetsError, TaskError, UnknownName
from evalwidgets.store.anchors import AnchorSet, read_anchors

from ..core.test_anchor import an_anchor


def write(folder: Path, *changes: dict[str, Any]) -> Path:
    """Write a file of anchors, each with an id of its own, and return its path."""
    lines = [{**an_anchor(id=f"a{place}").model_dump(), **change} for place, change in enumerate(changes)]
    path = folder / "anchors.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def anchors(tmp_path: Path) -> AnchorSet:
    """Return anchors of three levels, the highest first, and one of another criterion."""
    levels = [{"level": level} for level in (5, 3, 1)]
    return read_anchors(write(tmp_path, *levels, {"criterion": "quality", "level": 2}))


def test_anchors_come_by_level(anchors: AnchorSet) -> None:
    """Lowest first, for one criterion of one rubric."""
    assert [one.level for one in anchors.of("every-control", "adherence")] == [1, 3, 5]
    assert anchors.of("every-control", "figure") == anchors.of("other", "adherence") == ()
    assert (len(anchors), anchors[0].level, len(anchors[1:]), repr(anchors)) == (
        4,
        5,
        3,
        "AnchorSet(4 anchors)",
    )


def test_one_anchor_is_found_by_its_place(anchors: AnchorSet) -> None:
    """A level without one is named, with those that have one."""
    assert anchors.at("every-control", "adherence", 3).id == "a1"
    with pytest.raises(UnknownName, match=r"No anchor of level '2' in criterion adherence.*Known: 1, 3, 5\."):
        anchors.at("every-control", "adherence", 2)


def test_a_picture_is_found_in_the_folder_only(anchors: AnchorSet, tmp_path: Path) -> None:
    """A link that leads out of it is refused, and so is a role that the anchor has not."""
    (tmp_path / "e.png").symlink_to("/etc/hostname")

    assert anchors.path_of(anchors[0], "original") == tmp_path.resolve() / "o.png"
    with pytest.raises(TaskError, match=r"anchor a0: images\.edited leads outside"):
        anchors.path_of(anchors[0], "edited")
    with pytest.raises(UnknownName, match="No role 'image' in anchor a0"):
        anchors.path_of(anchors[0], "image")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [{"images": {"edited": "../e.png"}}],
            r"anchors.jsonl:1: images.edited: expected a path without '\.\.'",
        ),
        ([{}, {"id": "a0", "level": 4}], r":2: id: 'a0' stands already in line 1"),
        ([{"why": ""}], r":1: why: "),
        ([{}, {}], r"a1: level 3 of adherence \(every-control\) has an anchor already, a0"),
    ],
)
def test_a_wrong_file_is_told_by_line(tmp_path: Path, changes: list[dict[str, Any]], said: str) -> None:
    """As in a manifest of tasks."""
    with pytest.raises(TaskError, match=said):
        read_anchors(write(tmp_path, *changes))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(EvalWidgetsError, match="there is no such file"):
        read_anchors(tmp_path / "none.jsonl")
