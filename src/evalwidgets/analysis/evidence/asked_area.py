"""Where an edit was asked for: a mask, or regions that a reviewer marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.analysis.evidence.change_map import resized
from evalwidgets.analysis.evidence.fit import Fit
from evalwidgets.analysis.evidence.frame import Size
from evalwidgets.core.region import Region
from evalwidgets.errors import ImageError, UnknownName

Asked: TypeAlias = BoolArray | Region | Iterable[Region]
"""A mask at the size of the original, or regions on the original or the edited picture."""

AROUND_A_POINT = 0.02
"""A marked point stands for a disk; its radius as a share of the longest side."""


def asked_area(asked: Asked, original: Size, edited: Size, fit: Fit, size: Size) -> BoolArray:
    """Return where the edit was asked for, in the original's frame at another size.

    Raises
    ------
    ImageError
        If a mask has not the original's size or is not boolean.
    UnknownName
        If a region lies on another picture than the original or the edited one.
    """
    if isinstance(asked, np.ndarray):
        return resized(_checked(asked, original), size)
    sheet = Image.new("1", size)
    pen = ImageDraw.Draw(sheet)
    for region in (asked,) if isinstance(asked, Region) else asked:
        _draw(pen, region, original, edited, fit, size)
    return np.asarray(sheet)


def _checked(mask: BoolArray, original: Size) -> BoolArray:
    width, height = original
    if mask.dtype != np.bool_ or mask.shape != (height, width):
        msg = (
            f"region: expected a boolean mask of {height} rows and {width} columns, the size of the "
            f"original, got {mask.dtype} of shape {mask.shape}. Make one with `mask > 0`, or give Regions."
        )
        raise ImageError(msg)
    return mask


def _draw(
    pen: ImageDraw.ImageDraw, region: Region, original: Size, edited: Size, fit: Fit, size: Size
) -> None:
    across, down = size[0] / original[0], size[1] / original[1]
    points = [(x * across, y * down) for x, y in _on_original(region, original, edited, fit)]
    if region.type == "polygon":
        pen.polygon(points, fill=1)
    elif region.type == "box":
        pen.rectangle((*points[0], *points[1]), fill=1)
    else:
        pen.circle(points[0], AROUND_A_POINT * max(size), fill=1)


def _on_original(region: Region, original: Size, edited: Size, fit: Fit) -> list[tuple[float, float]]:
    """Return a region's points in pixels of the original."""
    if region.role not in ("original", "edited"):
        raise UnknownName("role", region.role, ("original", "edited"), f"region {region.id}")
    width, height = original if region.role == "original" else edited
    points = [(x * width / region.size[0], y * height / region.size[1]) for x, y in region.points]
    return points if region.role == "original" else [fit.back(x, y) for x, y in points]
