"""The mended ipyannotations annotators: regions in pixels of the original, and nothing that grows."""

from __future__ import annotations

import io
import sys
from typing import Any

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image

from evalwidgets.core.region import Region

from ..samples import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))  # no part of the installed package

from region_canvas import RegionCanvas

CLASSES = {"halo": "Halo", "remnant": "Remnant"}
LARGE = Image.fromarray(np.random.default_rng(0).integers(0, 256, (3000, 4000, 3), dtype=np.uint8))
SMALL = LARGE.crop((0, 0, 300, 200))
WHOLE = (0.0, 0.0, 4000.0, 3000.0)
CORNER = (1000.0, 800.0, 1350.0, 1050.0)
"""A viewport of a twelfth of the picture: twice as large on the canvas."""


def canvas(shape: Any = "box", viewport: Any = CORNER, **more: Any) -> RegionCanvas:
    """Return a canvas that lies open on the large picture."""
    made = RegionCanvas(shape, CLASSES)
    made.display(LARGE, viewport, **more)
    return made


def drag(made: RegionCanvas, start: tuple[float, float], *path: tuple[float, float]) -> None:
    """Press, move and release as the page reports it."""
    made._canvas.on_click(*start)
    for spot in path:
        made._canvas.on_drag(*spot)
    made._canvas.on_release(*path[-1])


def test_a_drawn_box_is_a_region_of_the_original() -> None:
    """As exact as the zoom: twice as large on the canvas, half a pixel of the original."""
    made = canvas(digest="ab" * 32)

    drag(made, (100, 50), (300, 201))

    (region,) = made.regions
    assert region.box == (1050, 825, 1150, 900.5)
    assert (region.role, region.size, region.picture, region.label) == ("edited", (4000, 3000), "ab" * 32, "")
    drag(made, (400, 300), (410, 310))
    assert made.regions[0] == region  # its id stays


def test_what_was_not_touched_comes_back_exactly() -> None:
    """Also what lies outside the viewport or is of another shape; a moved one keeps what was said of it."""
    inside = Region(
        id="r1", type="box", points=((1050.37, 825.11), (1150, 900)), role="edited", size=(4000, 3000),
        label="halo", severity=2, note="the brim",
    )  # fmt: skip
    outside = inside.model_copy(update={"id": "r2", "points": ((10.0, 10.0), (20.0, 20.0))})
    made = canvas(regions=[inside, outside])

    assert set(made.regions) == {inside, outside}

    made._annotator.edit_button.value = True
    drag(made, (300 + 6, 200 - 5), (320, 220))  # within 8 pixels of the lower right corner

    moved = next(one for one in made.regions if one.id == "r1")
    assert (moved.severity, moved.note, moved.label) == (2, "the brim", "halo")
    assert moved.box[2:] == (1160, 910)


def test_a_drag_that_leaves_the_canvas_keeps_its_box() -> None:
    """It ends at the edge, and the pointer is free when it comes back."""
    made = canvas()
    made._canvas.on_click(600, 400)
    made._canvas.leave(705, 520)
    made._canvas.on_drag(100, 100)

    (region,) = made.regions
    assert region.box == (1300, 1000, 1350, 1050)


def test_a_polygon_closes_within_eight_pixels_of_the_screen() -> None:
    """On a picture of twelve megapixels, too; until then it is no region."""
    made = canvas("polygon", WHOLE)
    for spot in ((100, 100), (300, 100), (300, 300)):
        made._canvas.on_click(*spot)
    assert (made.unfinished, made.regions) == (True, ())

    made._canvas.on_click(106, 104)

    assert not made.unfinished
    assert len(made.regions[0].points) == 3
    made._annotator.edit_button.value = True
    drag(made, (100, 100), (120, 140))
    assert len(made.regions[0].points) == 3


def test_undo_stays_with_its_picture() -> None:
    """What was drawn on the picture before is out of reach."""
    made = canvas("point")
    told: list[int] = []
    made.on_change(lambda regions: told.append(len(regions)))
    drag(made, (10, 10), (10, 10))
    made.display(SMALL, (0, 0, 300, 200))

    made._annotator.undo_button.click()

    assert made.regions == ()
    assert told == [1, 0]


def test_the_picture_is_shown_as_it_is() -> None:
    """Pixels of the original are pixels of the crop, as lossless PNG; no slider could change them."""
    made = canvas(viewport=(1000.0, 800.0, 1700.0, 1300.0))
    shown = np.asarray(Image.open(io.BytesIO(made._canvas.current_image.value)))

    assert (shown == np.asarray(LARGE)[800:1300, 1000:1700]).all()
    assert made._annotator.brightness_slider not in made.children
    assert made._annotator.event_watcher not in made.children
    assert made._annotator.event_watcher.watched_events == []


@pytest.mark.parametrize(("shape", "pictures"), [("box", 300), ("point", 30), ("polygon", 30)])
def test_three_hundred_pictures_add_no_widget(shape: str, pictures: int) -> None:
    """The widgets of a picture are closed with it."""
    made = RegionCanvas(shape, CLASSES)  # type: ignore[arg-type]
    made.display(SMALL, (0, 0, 300, 200))
    before = set(_instances)

    for number in range(pictures):
        made.display(SMALL, (0, 0, 300 - number % 7, 200))

    assert len(set(_instances)) == len(before)
