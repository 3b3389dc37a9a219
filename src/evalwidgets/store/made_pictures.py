"""Pictures that are made here: the cover of a sensitive one, and whatever is drawn over another."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageFilter

from evalwidgets.pictures.door import open_image

COVER_SIDE = 16
"""Pixels of the longest side of a cover: where light and dark are, and nothing to recognise."""


@dataclass(frozen=True)
class MadePicture:
    """A picture for the browser that stands in no file."""

    digest: str
    """sha256 of `data`: the only name that reaches the browser."""
    width: int
    height: int
    data: bytes = field(repr=False)
    media_type: str = "image/png"


def made_picture(image: Image.Image) -> MadePicture:
    """Return an image as a picture for the browser, as PNG without a word of metadata."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", icc_profile=None)
    data = buffer.getvalue()
    return MadePicture(hashlib.sha256(data).hexdigest(), *image.size, data)


def cover_of(path: Path) -> MadePicture:
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
