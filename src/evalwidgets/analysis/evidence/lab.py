"""Colours as people see them: CIE L*a*b* of 8-bit sRGB pictures."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane: TypeAlias = NDArray[np.float32]
"""A number (rows, columns) or three (rows, columns, 3) for each pixel."""

_SHARES = np.arange(256) / 255
_LINEAR = np.where(_SHARES > 0.04045, ((_SHARES + 0.055) / 1.055) ** 2.4, _SHARES / 12.92).astype(np.float32)
_WHITE = np.array([0.95047, 1.0, 1.08883])
_TO_XYZ = np.array(
    [
        [0.412453, 0.357580, 0.180423],
        [0.212671, 0.715160, 0.072169],
        [0.019334, 0.119193, 0.950227],
    ]
)
_TO_SHARES_OF_WHITE = (_TO_XYZ / _WHITE[:, None]).T.astype(np.float32)
_TO_LAB = np.array([[0, 500, 0], [116, -500, 200], [0, 0, -200]], np.float32)
_BLACK = np.array([16, 0, 0], np.float32)
_TOE = 0.008856


def lab(picture: Image.Image) -> Plane:
    """Return L*, a*, b* of an RGB picture, shape (rows, columns, 3).

    Notes
    -----
    sRGB (IEC 61966-2-1) to XYZ under D65 to L*a*b* (CIE 1976), the observer of 2 degrees.
    L* runs from 0 to 100; a distance of 1 can just be seen side by side, 2.3 at a glance.
    """
    shares = _LINEAR[np.asarray(picture)] @ _TO_SHARES_OF_WHITE
    roots = np.where(shares > _TOE, np.cbrt(shares), 7.787 * shares + 16 / 116)
    return np.asarray(roots.astype(np.float32) @ _TO_LAB - _BLACK)
