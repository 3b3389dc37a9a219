"""The geometry of regions: overlap is exact, whatever the shapes, and masks cover what is inside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from evalwidgets.analysis.regions.outline import Outline, covers, mask_of, outline_of, overlap
from evalwidgets.core.region import Region

from .region_tables import SIZE, box, boxes, point, polygon, polygons

FINE = 6
"""Pixels of the raster for each pixel of the picture."""


def raster(region: Region) -> np.ndarray:
    """Return which fine pixels a simple shape covers, drawn by Pillow."""
    picture = Image.new("1", (SIZE[0] * FINE, SIZE[1] * FINE))
    corners = [(x * FINE, y * FINE) for x, y in outline_of(region).corners]
    ImageDraw.Draw(picture).polygon(corners, fill=1)
    return np.asarray(picture)


def star(middle: tuple[float, float], seed: int) -> Region:
    """Return a polygon with dents that does not cross itself."""
    chance = np.random.default_rng(seed)
    angles = np.sort(chance.uniform(0, 2 * np.pi, chance.integers(5, 30)))
    radii = chance.uniform(30, 90, len(angles))
    across = np.clip(middle[0] + radii * np.cos(angles), 0, SIZE[0])
    down = np.clip(middle[1] + radii * np.sin(angles), 0, SIZE[1])
    return polygon([(float(x), float(y)) for x, y in zip(across, down, strict=True)])


def between(one: Region, other: Region) -> float:
    """Return the overlap of two regions."""
    return overlap(outline_of(one), outline_of(other))


def corners_of(one: Region) -> Region:
    """Return a box as a polygon."""
    return polygon([(x, y) for x, y in outline_of(one).corners])


@pytest.mark.parametrize("seed", range(12))
def test_the_overlap_of_polygons_is_what_a_fine_raster_shows(seed: int) -> None:
    """An independent count of pixels differs by no more than the edges of its pixels."""
    one, other = star((150, 100), seed), star((120 + 5 * seed, 90), seed + 100)
    first, second = raster(one), raster(other)

    assert between(one, other) == pytest.approx((first & second).sum() / (first | second).sum(), abs=0.005)


@given(boxes, boxes)
def test_a_box_is_a_polygon_with_four_corners(one: Region, other: Region) -> None:
    """The short way for boxes and the general one give the same number."""
    shared = between(one, other)

    assert between(corners_of(one), other) == pytest.approx(shared)
    assert between(corners_of(one), corners_of(other)) == pytest.approx(shared)


@given(boxes | polygons, boxes | polygons)
def test_the_overlap_has_no_order_and_lies_between_0_and_1(one: Region, other: Region) -> None:
    """Whatever crosses itself or has no area."""
    shared = between(one, other)

    assert 0 <= shared <= 1
    assert between(other, one) == pytest.approx(shared)


@given(boxes)
def test_a_region_overlaps_itself_wholly(one: Region) -> None:
    """And nothing that only touches it."""
    _, top, right, bottom = one.box
    assert between(one, one) == 1
    if right < SIZE[0]:
        assert between(one, box(right, top, SIZE[0], bottom)) == 0


def test_what_a_polygon_goes_round_twice_is_outside() -> None:
    """A bow tie has two triangles of area; a square gone round twice has none."""
    bow = polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    twice = polygon([(0, 0), (100, 0), (100, 100), (0, 100)] * 2)

    assert between(bow, box(0, 0, 100, 100)) == pytest.approx(0.5)
    assert between(twice, box(0, 0, 100, 100)) == 0


@settings(max_examples=40)
@given(boxes | polygons, st.integers(20, 90))
def test_a_mask_covers_the_pixels_whose_middle_is_inside(one: Region, width: int) -> None:
    """At any size; a box, too."""
    outline = outline_of(one)
    height = width * 2 // 3
    mask = mask_of(outline, width, height)

    assert mask.shape == (height, width)
    for row, column in np.random.default_rng(0).integers((height, width), size=(30, 2)):
        x, y = (column + 0.5) * SIZE[0] / width, (row + 0.5) * SIZE[1] / height
        if far_from_edges(outline, x, y):
            assert mask[row, column] == covers(outline, x, y)


def far_from_edges(outline: Outline, x: float, y: float) -> bool:
    """Return whether a spot is inside or outside without doubt: so are the spots around it."""
    around = {covers(outline, x + dx, y + dy) for dx in (-1e-6, 1e-6) for dy in (-1e-6, 1e-6)}
    return len(around) == 1


def test_small_is_measured_by_the_longer_side() -> None:
    """At most a twentieth of the diagonal, which is 360.6 pixels here."""
    assert outline_of(box(0, 0, 18, 18)).is_small
    assert outline_of(point(9, 9)).is_small
    assert not outline_of(box(0, 0, 18.5, 2)).is_small


def test_a_region_can_be_laid_on_a_picture_of_another_size() -> None:
    """At the same place in proportion."""
    moved = outline_of(box(30, 20, 60, 100)).on((600, 100))

    assert moved.box == (60, 10, 120, 50)
    assert moved.centre == (90, 30)
