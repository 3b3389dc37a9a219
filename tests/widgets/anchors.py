"""Anchors on disk, for the walls of tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

from evalwidgets.core.anchor import Anchor
from evalwidgets.store.anchors import AnchorSet

from ..core.test_anchor import an_anchor


def ladder(folder: Path, criterion: str, levels: Iterable[int] = range(1, 6), **more: Any) -> list[Anchor]:
    """Write a picture for each level and return the anchors; the higher a level the lighter its picture."""
    Image.new("RGB", (90, 60), (0, 0, 20 * len(criterion))).save(folder / f"{criterion}-original.png")
    anchors = []
    for level in levels:
        name = f"{criterion}-{level}.png"
        Image.new("RGB", (900, 600), (40 * level, 40 * level, len(criterion))).save(folder / name)
        images = {"original": f"{criterion}-original.png", "edited": name}
        facts = {
            "id": name,
            "criterion": criterion,
            "level": level,
            "images": images,
            "instruction": "Add it.",
        }
        anchors.append(an_anchor(**{**facts, **more}))
    return anchors


def a_wall_of(folder: Path) -> AnchorSet:
    """Return anchors of two criteria of the rubric with every control."""
    return AnchorSet([*ladder(folder, "quality"), *ladder(folder, "adherence", edit_type="add")], folder)
