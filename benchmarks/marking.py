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


def write(log: Path, boxes: list[list[float]]) -> None:
    """Add a line to a log: when, and the boxes that the kernel holds now."""
    line = json.dumps({"at": time.time() * 1000, "boxes": boxes})
    with log.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
