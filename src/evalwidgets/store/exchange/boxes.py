"""Places of a region in the coordinates of other tools: percent, shares, and boxes with a width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, radians, sin

Size = tuple[int, int]
Spot = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width, height: of COCO and jupyter-bbox-widget in pixels, of Label Studio in percent
of the picture, of Potato in shares of it (0 to 1)."""


def to_percent(spots: Iterable[Spot], size: Size) -> list[Spot]:
    """Return spots in percent of the picture's width and height."""
    return [(100 * x / size[0], 100 * y / size[1]) for x, y in spots]


def from_percent(spots: Iterable[Spot], size: Size) -> list[Spot]:
    """Return spots in pixels."""
    return [(x * size[0] / 100, y * size[1] / 100) for x, y in spots]


def to_shares(spots: Iterable[Spot], size: Size) -> list[Spot]:
    """Return spots as shares of the picture's width and height, as Potato has them."""
    return [(x / size[0], y / size[1]) for x, y in spots]


def from_shares(spots: Iterable[Spot], size: Size) -> list[Spot]:
    """Return spots in pixels."""
    return [(x * size[0], y * size[1]) for x, y in spots]


def to_box(corners: Sequence[Spot]) -> Box:
    """Return two corners as left, top, width, height."""
    (left, top), (right, bottom) = corners
    return left, top, right - left, bottom - top


def from_box(box: Sequence[float]) -> list[Spot]:
    """Return the top left and the bottom right corner; a width or height may be negative."""
    left, top, width, height = box
    return [
        (min(left, left + width), min(top, top + height)),
        (max(left, left + width), max(top, top + height)),
    ]


def turned(corners: Sequence[Spot], degrees: float) -> list[Spot]:
    """Return the four corners of a box that is turned clockwise about its top left one, in pixels."""
    (left, top), (right, bottom) = corners
    across, down = right - left, bottom - top
    cosine, sine = cos(radians(degrees)), sin(radians(degrees))
    plain = [(0.0, 0.0), (across, 0.0), (across, down), (0.0, down)]
    return [(left + x * cosine - y * sine, top + x * sine + y * cosine) for x, y in plain]


def scaled(spots: Iterable[Spot], size: Size, to: Size) -> list[Spot]:
    """Return spots of a picture on a copy of it in another size."""
    spots = list(spots)
    if size == to:
        return spots
    return [(x * to[0] / size[0], y * to[1] / size[1]) for x, y in spots]


def inside(spots: Iterable[Spot], size: Size) -> list[Spot]:
    """Return spots moved to the edge of the picture where they lie outside."""
    return [(min(max(x, 0.0), size[0]), min(max(y, 0.0), size[1])) for x, y in spots]


def area(spots: Sequence[Spot]) -> float:
    """Return the area of a polygon."""
    pairs = zip(spots, [*spots[1:], spots[0]], strict=True)
    return abs(sum(x * down - across * y for (x, y), (across, down) in pairs)) / 2
