"""Which pixels an edit changed: those that stand out from the noise of the whole picture."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.analysis.evidence.difference import Difference
from evalwidgets.analysis.evidence.frame import Size

OPENED, CLOSED = 2, 3
"""Radii in pixels: thinner specks are dropped, narrower gaps filled."""
RIM = 0.25
"""Smoothing spreads a strong change beyond its border; less than this share of it is no change."""

PEAK, SMALL_PEAK = 1.5, 2.5
"""A part counts when it rises to so many times the noise: compression alone makes low bumps."""
SMALL = 0.001
"""Parts below this share of the picture must rise higher."""


def disk(radius: int) -> BoolArray:
    """Return the round neighbourhood of a pixel."""
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    return np.asarray(x * x + y * y <= radius * (radius + 0.5))


def changed_pixels(found: Difference) -> BoolArray:
    """Return where the pictures differ by more than their noise, without specks and pinholes."""
    strongest = ndimage.grey_dilation(found.sure, footprint=disk(3))
    above = (found.sure > found.threshold) & (found.sure > RIM * strongest) & found.known
    opened = ndimage.binary_opening(above, disk(OPENED))
    opened = _with_peaks(opened, found)
    # Closing must not eat what reaches the border.
    wide = np.pad(opened, CLOSED, mode="edge")
    closed = ndimage.binary_closing(wide, disk(CLOSED))[CLOSED:-CLOSED, CLOSED:-CLOSED]
    return np.asarray(closed & found.known)


def _with_peaks(mask: BoolArray, found: Difference) -> BoolArray:
    """Return the parts of a mask that rise well above the noise somewhere."""
    parts, count = ndimage.label(mask)
    peaks = ndimage.maximum(found.sure, parts, np.arange(count + 1))
    small = np.bincount(parts.ravel(), minlength=count + 1) < SMALL * parts.size
    high = np.asarray(peaks) > np.where(small, SMALL_PEAK, PEAK) * found.noise
    high[0] = False
    return np.asarray(high[parts])


def resized(mask: BoolArray, size: Size) -> BoolArray:
    """Return a mask in another size, its borders at the same places."""
    if mask.shape == (size[1], size[0]):
        return mask
    image = Image.fromarray(mask.astype(np.uint8) * 255)
    return np.asarray(image.resize(size, Image.Resampling.BILINEAR)) > 127
