"""How sharp an edited picture is against its own original."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.analysis.evidence.change_map import resized
from evalwidgets.analysis.evidence.frame import Laid

LONGEST_SIDE = 1280
"""Sharpness is lost in small copies, so it is compared at up to this size."""
_ROUNDING = 1.0
"""What whole grey values alone make of a flat area."""


def softness(pair: Laid, marked: BoolArray) -> float:
    """Return the variance of the Laplacian of the edited picture over that of the original.

    Parameters
    ----------
    pair : Laid
        Both pictures in one size.
    marked : array of bool
        What the edit changed, at any size: it does not count.

    Notes
    -----
    1 is as sharp, below 1 softer, above 1 sharper or grainier. Only the ratio of two
    pictures of one scene says anything; a single variance depends on the content.
    Source: Pech-Pacheco et al. (2000), Diatom autofocusing in brightfield microscopy.
    """
    where = pair.reach & ~resized(marked, pair.original.size)
    if not where.any():
        return 1.0
    before, after = (
        ndimage.laplace(np.asarray(picture.convert("L"), np.float32))[where].var()
        for picture in (pair.original, pair.edited)
    )
    return float((after + _ROUNDING) / (before + _ROUNDING))
