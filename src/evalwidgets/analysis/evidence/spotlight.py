"""The change map as a layer over the edited picture: what changed is lit, the rest dimmed."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage

from evalwidgets.analysis.evidence.edit_evidence import EditEvidence
from evalwidgets.analysis.evidence.frame import GREY, Size
from evalwidgets.analysis.evidence.lab import Plane

LONGEST_SIDE = 1024
DIMMED = 0.62
"""How much grey covers what did not change."""
_LINES_IN_SIDE = 500
_LIGHT, _DARK = 255.0, 0.0


def overlay(evidence: EditEvidence) -> Image.Image:
    """Return a layer to be drawn over the edited picture, stretched to its size.

    Returns
    -------
    PIL image
        RGBA, in the shape of the edited picture, at most 1024 pixels long. What changed is
        left as it is inside a thin line, light and dark, that is seen on any picture; the
        rest is dimmed by grey. Fully transparent when nothing changed or `trust` is "none".
    """
    size = _size(evidence.edited_size)
    lit = _on_edited(evidence, size)
    if not lit.any():
        return Image.new("RGBA", size, (*GREY, 0))
    away = ndimage.distance_transform_edt(lit < 0.5).astype(np.float32)
    line = max(1.0, max(size) / _LINES_IN_SIDE)
    light, dark = (np.clip(width - away + 1, 0, 1) for width in (line, 2 * line))
    outside = np.clip(away, 0, 1)
    shade = np.full(lit.shape, GREY[0], np.float32)
    cover = np.full(lit.shape, DIMMED, np.float32)
    for ring, tone in ((dark, _DARK), (light, _LIGHT)):
        shade += (tone - shade) * ring
        cover += (1 - cover) * ring
    layer = np.stack([shade, cover * outside * 255], axis=-1)
    return Image.fromarray(np.rint(layer).astype(np.uint8), "LA").convert("RGBA")


def _size(edited: Size) -> Size:
    scale = min(1.0, LONGEST_SIDE / max(edited))
    return max(1, round(edited[0] * scale)), max(1, round(edited[1] * scale))


def _on_edited(evidence: EditEvidence, size: Size) -> Plane:
    """Return the change map where it lies on the edited picture, from 0 to 1, with soft borders."""
    fit, (width, height) = evidence.fit, evidence.edited_size
    left, top = fit.back(0, 0)
    across, down = width / size[0] / fit.across, height / size[1] / fit.down
    mask = Image.fromarray(evidence.changed.astype(np.uint8) * 255)
    way = (across, 0, left, 0, down, top)
    moved = mask.transform(size, Image.Transform.AFFINE, way, Image.Resampling.BILINEAR)
    return np.asarray(moved, np.float32) / np.float32(255)
