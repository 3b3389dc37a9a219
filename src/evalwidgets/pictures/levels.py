"""Eight bits a channel of whatever was decoded, with all the levels that a screen shows."""

from __future__ import annotations

import numpy as np
from PIL import Image

_WHOLE = 65535
_STEP = 257  # 65535 / 255


def to_eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture in L, LA, RGB, RGBA or CMYK.

    Notes
    -----
    Pillow clips 16 bits of grey when it converts them, which leaves 65 of 256 levels;
    here each is rounded to the nearest, as browsers do.
    """
    if image.mode.startswith("I"):
        return _from_sixteen_bits(image)
    see_through = "transparency" in image.info
    if image.mode in ("1", "L"):
        return image.convert("RGBA").convert("LA") if see_through else image.convert("L")
    if image.mode in ("CMYK", "LA"):
        return image
    return image.convert("RGBA" if see_through or image.mode in ("PA", "RGBa", "RGBA") else "RGB")


def _from_sixteen_bits(image: Image.Image) -> Image.Image:
    levels = np.clip(np.asarray(image), 0, _WHOLE).astype(np.uint32)
    grey = Image.fromarray(((levels + _STEP // 2) // _STEP).astype(np.uint8))
    transparent = image.info.get("transparency")
    if transparent is None:
        return grey
    alpha = Image.fromarray(np.where(levels == transparent, 0, 255).astype(np.uint8))
    return Image.merge("LA", (grey, alpha))
