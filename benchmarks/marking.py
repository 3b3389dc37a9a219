"""The widgets on which regions are drawn; runs in the notebook's kernel.

Each writes a line to its log as soon as the kernel holds a drawn region: the time and the
regions. That line is what `regions.py` calls stored.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import ipywidgets
from PIL import Image

import evalwidgets as ew
from evalwidgets.core.task import Task
from evalwidgets.store.tasks import TaskSet
from region_canvas import RegionCanvas

VIEWPORT = (1600.0, 1200.0, 2300.0, 1700.0)
"""The part of the picture that is shown, at 100 %."""


def mended(picture: Path, log: Path, density: int) -> ipywidgets.Widget:
    """Return the mended `BoxAnnotator` of ipyannotations."""
    canvas = RegionCanvas("box", {"halo": "Halo"}, density=density)
    canvas.display(Image.open(picture), VIEWPORT)
    canvas.on_change(lambda regions: write(log, [list(region.box) for region in regions]))
    canvas.add_class("marking-mended")
    return canvas


PLACES = {
    "id": "places",
    "version": "1.0.0",
    "title": "Places",
    "kind": "image",
    "status": "active",
    "purpose": "Mark boxes.",
    "criteria": [
        {"id": "places", "control": "regions", "label": "Places", "question": "Where?", "shapes": ["box"]}
    ],
    "overall": {"kind": "none"},
    "changelog": [{"version": "1.0.0", "date": "2026-11-28", "bump": "first", "changes": ["First version."]}],
}
"""A rubric that asks for boxes and nothing else."""


def staged(picture: Path, log: Path) -> ipywidgets.Widget:
    """Return our own review panel; what it says it holds is on disk."""
    tasks = TaskSet([Task(id="one", kind="image", images={"image": picture.name})], picture.parent)
    store = ew.open_store(log.with_suffix(".db"))
    panel = ew.open_panel(tasks, ew.Rubric.model_validate(PLACES), store, reviewer="bench")

    def heard(_form: object, content: dict[str, object], _buffers: object) -> None:
        if content.get("act") == "mark":
            places = panel.data["places"]
            write(log, [[*one["points"][0], *one["points"][1]] for one in places])

    panel._form.on_msg(heard)  # after the panel's own, which keeps the region
    panel.add_class("marking-staged")
    return panel


def write(log: Path, boxes: list[list[float]]) -> None:
    """Add a line to a log: when, and the boxes that the kernel holds now."""
    line = json.dumps({"at": time.time() * 1000, "boxes": boxes})
    with log.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
