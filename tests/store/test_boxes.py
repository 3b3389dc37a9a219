"""Boxes in the coordinates of five tools: there and back within what a float can hold."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.region import Region
from evalwidgets.store.exchange.boxes import (
    Size,
    Spot,
    area,
    from_box,
    from_percent,
    from_shares,
    inside,
    scaled,
    to_box,
    to_percent,
    to_shares,
    turned,
)
from evalwidgets.store.exchange.ipyannotations_shapes import from_ipyannotations, to_ipyannotations

SIZES = st.tuples(st.integers(1, 32_767), st.integers(1, 32_767))
SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1))
EXACT = 1e-9
"""Of a pixel: far below the hundredth to which a region keeps its place."""


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Size, list[Spot]]:
    """Draw the size of a picture and the two corners of a box on it."""
    size, one, other = draw(SIZES), draw(SHARES), draw(SHARES)
    across, down = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return size, [(x * size[0], y * size[1]) for x, y in zip(across, down, strict=True)]


def near(spots: list[Spot], tolerance: float = EXACT) -> list[object]:
    """Return spots to compare within a tolerance in pixels."""
    return [pytest.approx(spot, abs=tolerance) for spot in spots]


@given(boxes())
def test_percent_of_label_studio(given_box: tuple[Size, list[Spot]]) -> None:
    """Left, top, width and height are 0 to 100 whatever the size, and come back."""
    size, corners = given_box
    box = to_box(to_percent(corners, size))

    assert all(-EXACT <= side <= 100 + EXACT for side in box)
    assert from_percent(from_box(box), size) == near(corners)


@given(boxes())
def test_pixels_of_coco_and_of_the_bbox_widget(given_box: tuple[Size, list[Spot]]) -> None:
    """Both say left, top, width and height in pixels: COCO as a list, the widget by name."""
    _size, corners = given_box
    left, top, width, height = to_box(corners)

    assert width >= 0
    assert height >= 0
    assert from_box([left, top, width, height]) == near(corners)
    assert from_box([left + width, top + height, -width, -height]) == near(corners)


@given(boxes())
def test_shares_of_potato(given_box: tuple[Size, list[Spot]]) -> None:
    """Left, top, width and height are 0 to 1, and come back."""
    size, corners = given_box
    box = to_box(to_shares(corners, size))

    assert all(-EXACT <= side <= 1 + EXACT for side in box)
    assert from_shares(from_box(box), size) == near(corners)


@given(boxes())
def test_whole_pixels_of_ipyannotations(given_box: tuple[Size, list[Spot]]) -> None:
    """Within the pixel to which it rounds; a box that is thinner than a region can be is not drawn."""
    size, corners = given_box
    (left, top), (right, bottom) = corners
    if right - left < 0.02 or bottom - top < 0.02:
        return
    region = Region(id="r", type="box", points=corners, role="edited", size=size)  # type: ignore[arg-type]
    (shape,) = to_ipyannotations([region]).shapes
    (back,) = from_ipyannotations([shape], role="edited", size=size).regions

    assert list(back.points) == near(corners, 1.01)


@given(boxes(), SIZES)
def test_a_copy_in_another_size(given_box: tuple[Size, list[Spot]], to: Size) -> None:
    """There and back is the same place, within a thousandth of the hundredth that is kept."""
    size, corners = given_box
    assert scaled(scaled(corners, size, to), to, size) == near(corners, 1e-5)


@given(boxes(), st.floats(-360, 360))
def test_a_turned_box_keeps_its_corner_its_sides_and_its_area(
    given_box: tuple[Size, list[Spot]], degrees: float
) -> None:
    """Label Studio turns a box about its top left corner."""
    _size, corners = given_box
    _left, _top, width, height = to_box(corners)
    first, second, third, fourth = turned(corners, degrees)

    assert first == corners[0]
    assert hypot(second[0] - first[0], second[1] - first[1]) == pytest.approx(width, abs=1e-6)
    assert hypot(fourth[0] - first[0], fourth[1] - first[1]) == pytest.approx(height, abs=1e-6)
    assert area([first, second, third, fourth]) == pytest.approx(width * height, rel=1e-6, abs=1e-3)


@given(SIZES, st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)))
def test_what_lies_outside_is_moved_to_the_edge(size: Size, spot: Spot) -> None:
    """And what lies inside stays."""
    ((x, y),) = inside([spot], size)

    assert 0 <= x <= size[0]
    assert 0 <= y <= size[1]
    assert (x == spot[0]) == (0 <= spot[0] <= size[0])
