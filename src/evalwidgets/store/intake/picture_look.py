"""One look at a picture file before it is taken in: may it come in, how large is it, which pixels."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from evalwidgets.errors import ImageError
from evalwidgets.pictures.door import open_image
from evalwidgets.pictures.facts import read_facts

EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif", "BMP": ".bmp", "AVIF": ".avif"}


class Look(NamedTuple):
    """What a picture file is."""

    refused: str = ""
    """Why it may not come in."""
    size: tuple[int, int] = (0, 0)
    """Upright."""
    turned: bool = False
    """Whether it stands upright only by its EXIF block."""
    pixels: str = ""
    """sha256 of its size and its upright pixels in sRGB: equal for pictures that look the same to the bit."""
    digest: str = ""
    """sha256 of the file."""
    extension: str = ""


def look_at(path: Path) -> Look:
    """Return what a picture file is; why it is refused is said, never raised."""
    try:
        facts = read_facts(path)
        with open_image(path) as image:
            pixels = hashlib.sha256(repr(image.size).encode() + image.tobytes()).hexdigest()
            size = image.size
    except ImageError as error:
        return Look(refused=str(error))
    return Look("", size, facts.orientation != 1, pixels, facts.sha256, EXTENSIONS[facts.format])
