"""A region is a place of a picture: what its points must be, and where it lies in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.region import MOST_POINTS, Region

from ..samples import a_region

TRIANGLE = [(0, 0), (300, 0), (150, 200)]


def region(**changes: Any) -> Region:
    """Return a region."""
    return Region.model_validate(a_region() | changes)


@pytest.mark.parametrize(
    ("changes", "box"),
    [
        ({}, (10, 20, 40, 60)),
        ({"type": "point", "points": [(7, 8)]}, (7, 8, 7, 8)),
        ({"type": "polygon", "points": TRIANGLE}, (0, 0, 300, 200)),
    ],
)
def test_every_shape_has_a_box_around_it(changes: dict[str, Any], box: tuple[float, ...]) -> None:
    """Left, top, right, bottom."""
    assert region(**changes).box == box


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"points": [(1, 2)]}, "a box has two corners, got 1"),
        ({"points": [(40, 60), (10, 20)]}, "the second corner of a box lies right of and below the first"),
        ({"points": [(10, 20), (10.001, 60)]}, "the second corner of a box lies right of and below"),
        ({"type": "point"}, "a point is one point, got 2"),
        ({"type": "polygon"}, "a polygon has at least 3 corners, got 2"),
        ({"points": [(10, 20), (300.5, 60)]}, r"\(300.5, 60\) lies outside the picture of 300 x 200 pixels"),
        ({"points": [(-1, 20), (40, 60)]}, "greater than or equal to 0"),
        ({"points": [(float("nan"), 20), (40, 60)]}, "finite number"),
        ({"type": "polygon", "points": [(1, 1)] * (MOST_POINTS + 1)}, f"at most {MOST_POINTS} items"),
        ({"type": "circle"}, "'box', 'point' or 'polygon'"),
        ({"severity": 4}, "less than or equal to 3"),
        ({"picture": "abc"}, "match pattern"),
        ({"id": ""}, "at least 1 character"),
        ({"note": "a\x00b"}, "NUL character"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
    ],
)
def test_what_is_no_place_of_the_picture_is_refused(changes: dict[str, Any], told: str) -> None:
    """The message says what was given and what is allowed."""
    with pytest.raises(ValidationError, match=told):
        region(**changes)


@pytest.mark.parametrize(
    ("middle", "place"),
    [((10, 10), "upper left"), ((150, 100), "centre"), ((299, 100), "right"), ((150, 200), "lower")],
)
def test_where_it_lies_can_be_said_in_words(middle: tuple[float, float], place: str) -> None:
    """By thirds of the picture; the last pixel belongs to the last third."""
    assert region(type="point", points=[middle]).place == place


@given(st.floats(0, 299), st.floats(0, 199))
def test_points_are_kept_to_a_hundredth_of_a_pixel(x: float, y: float) -> None:
    """Reading it again changes nothing more."""
    once = region(type="point", points=[(x, y)])

    assert once.points[0] == pytest.approx((x, y), abs=0.005)
    assert Region.model_validate_json(once.model_dump_json()) == once
