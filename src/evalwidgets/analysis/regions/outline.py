"""The geometry of a marked region: where it is, how far it overlaps another, which pixels it covers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from evalwidgets.analysis.arrays import BoolArray, FloatArray
from evalwidgets.core.region import Region, Shape

SMALL = 0.05
"""A region is small when the longer side of its box is at most this share of the picture's diagonal."""

Size = tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Outline:
    """A region as geometry, in pixels of its picture.

    Areas are those of the even-odd rule: where a polygon crosses itself, what it goes
    round twice is outside.
    """

    kind: Shape
    corners: FloatArray
    """Of shape (corners, 2); a box has four."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom."""
    role: str
    size: Size
    """Width and height of the picture."""
    label: str
    id: str

    @property
    def diagonal(self) -> float:
        """The diagonal of the picture."""
        return math.hypot(*self.size)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of its box."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    @property
    def is_small(self) -> bool:
        """Whether hands cannot be expected to outline it: a point, or hardly larger than one."""
        left, top, right, bottom = self.box
        return max(right - left, bottom - top) <= SMALL * self.diagonal

    def on(self, size: Size) -> Outline:
        """Return it at the same place of a picture of another size."""
        across, down = size[0] / self.size[0], size[1] / self.size[1]
        left, top, right, bottom = self.box
        return replace(
            self,
            corners=self.corners * (across, down),
            box=(left * across, top * down, right * across, bottom * down),
            size=size,
        )


def outline_of(region: Region) -> Outline:
    """Return the geometry of a region."""
    left, top, right, bottom = region.box
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Outline(
        kind=region.type,
        corners=np.array(corners if region.type == "box" else region.points, dtype=np.float64),
        box=region.box,
        role=region.role,
        size=region.size,
        label=region.label,
        id=region.id,
    )


def overlap(one: Outline, other: Outline) -> float:
    """Return the area that both cover, over the area that either covers (IoU), from 0 to 1.

    Notes
    -----
    Two boxes by their corners; else exactly, whatever the polygons: between two heights
    at which a corner lies or edges cross, every edge is straight and keeps its place
    among the others, so that widths grow evenly and the width at mid-height times the
    height is the area.
    """
    across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    down = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    if across <= 0 or down <= 0:
        return 0.0
    if one.kind == other.kind == "box":
        both, areas = across * down, _box_area(one) + _box_area(other)
    else:
        both, areas = _areas(one.corners, other.corners)
    return min(1.0, both / (areas - both)) if areas > both else float(both > 0)


def covers(outline: Outline, x: float, y: float) -> bool:
    """Return whether a spot lies inside."""
    left, top, right, bottom = outline.box
    if not (left <= x <= right and top <= y <= bottom):
        return False
    crossed = _crossings(outline.corners, np.array([y], dtype=np.float64))[0]
    return outline.kind == "box" or bool(np.count_nonzero(crossed < x) % 2)


def mask_of(outline: Outline, width: int, height: int) -> BoolArray:
    """Return which pixels of the picture, drawn `width` x `height` pixels large, have their middle inside."""
    corners = outline.on((width, height)).corners
    crossed = _crossings(corners, np.arange(height, dtype=np.float64) + 0.5)
    known = np.isfinite(crossed)
    column = np.clip(np.ceil(crossed[known] - 0.5), 0, width).astype(np.int64)
    entered = np.zeros((height, width + 1), dtype=np.int64)
    np.add.at(entered, (np.nonzero(known)[0], column), 1)
    return np.asarray(entered.cumsum(axis=1)[:, :width] % 2 == 1)


def _box_area(outline: Outline) -> float:
    left, top, right, bottom = outline.box
    return (right - left) * (bottom - top)


def _areas(one: FloatArray, other: FloatArray) -> tuple[float, float]:
    """Return the area in both polygons, and the areas of the two together."""
    heights = np.unique(np.concatenate([one[:, 1], other[:, 1], _crossing_heights(one, other)]))
    middles, steps = (heights[1:] + heights[:-1]) / 2, np.diff(heights)
    mine, theirs = _crossings(one, middles), _crossings(other, middles)
    every = np.concatenate([mine, theirs], axis=1)
    order = np.argsort(every, axis=1)
    at = np.take_along_axis(every, order, axis=1)
    known = np.isfinite(at)
    at[~known] = at.max(initial=0.0, where=known)
    from_one = order < mine.shape[1]
    in_one = from_one.cumsum(axis=1)[:, :-1] % 2 == 1
    in_other = (~from_one).cumsum(axis=1)[:, :-1] % 2 == 1
    areas = np.diff(at, axis=1) * steps[:, None]
    return float(areas[in_one & in_other].sum()), float(areas[in_one].sum() + areas[in_other].sum())


def _crossings(corners: FloatArray, heights: FloatArray) -> FloatArray:
    """Return where each edge crosses each height, (heights, edges); infinity where it does not."""
    x0, y0 = corners.T
    x1, y1 = np.roll(corners, -1, axis=0).T
    y = heights[:, None]
    crosses = (y0 <= y) != (y1 <= y)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(crosses, x0 + (y - y0) * (x1 - x0) / (y1 - y0), np.inf)


def _crossing_heights(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return the heights at which any two edges cross, those of the same polygon among them."""
    start = np.concatenate([one, other])
    step = np.concatenate([np.roll(one, -1, axis=0) - one, np.roll(other, -1, axis=0) - other])
    apart = start[None, :] - start[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = _cross(step[:, None], step[None, :])
        along = _cross(apart, step[None, :]) / turn
        beside = _cross(apart, step[:, None]) / turn
        met = (along > 0) & (along < 1) & (beside > 0) & (beside < 1)
        return np.asarray((start[:, None, 1] + along * step[:, None, 1])[met])


def _cross(one: FloatArray, other: FloatArray) -> FloatArray:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])
