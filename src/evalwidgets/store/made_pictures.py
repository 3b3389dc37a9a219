"""Pictures that are made here: the cover of a sensitive one, and whatever is drawn over another."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from PIL import Image, ImageFilter

from evalwidgets.pictures.door import open_image
from evalwidgets.store.images import Picture

COVER_SIDE = 16
"""Pixels of the longest side of a cover: where light and dark are, and nothing to recognise."""


def made_picture(image: Image.Image) -> Picture:
    """Return an image as a picture for the browser, as PNG without a word of metadata."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", icc_profile=None)
    data = buffer.getvalue()
    return Picture(hashlib.sha256(data).hexdigest(), *image.size, "image/png", data)


def cover_of(path: Path) -> Picture:
    """Return what stands for a picture until it is revealed: tiny, blurred, without colour.

    Raises
    ------
    ImageError
        If the picture cannot be shown.
    """
    image = open_image(path).convert("L")
    scale = COVER_SIDE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    tiny = image.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    return made_picture(Image.frombytes("L", tiny.size, tiny.tobytes()))
