"""Pictures as they are meant to be seen: turned as their EXIF block says."""

from __future__ import annotations

from PIL import Image

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to what brings the picture upright."""


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none or it cannot be read.

    Of the file's own EXIF block only, as browsers do. Pillow's `getexif` also believes
    XMP and text chunks.
    """
    block = image.info.get("exif")
    if not block:
        return 1
    exif = Image.Exif()
    try:
        exif.load(block)
        found = exif.get(_ORIENTATION, 1)
    except Exception:  # a damaged block raises whatever the damage leads to, and says nothing
        return 1
    return found if found in _TURNS else 1


def turn(image: Image.Image) -> Image.Transpose | None:
    """Return what brings the picture upright; None when it stands so."""
    return _TURNS.get(orientation(image))


def upright(image: Image.Image) -> Image.Image:
    """Return the picture as it is meant to be seen."""
    # Not ImageOps.exif_transpose: it writes the EXIF anew, which fails where that is damaged.
    turned = turn(image)
    return image if turned is None else image.transpose(turned)
