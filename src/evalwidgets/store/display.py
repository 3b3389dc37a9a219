"""Pictures as a browser is to show them: upright, eight bits, colours that it knows, of a wanted size."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

from PIL import Image, PngImagePlugin

from evalwidgets.pictures.colours import displayable
from evalwidgets.pictures.door import Opened, decode
from evalwidgets.pictures.levels import to_eight_bits
from evalwidgets.pictures.upright import turn, upright

Size = tuple[int, int]
SAME_SHAPE = 0.02


class Display(NamedTuple):
    """Pixels, and what they mean."""

    image: Image.Image
    profile: bytes | None
    space: tuple[tuple[bytes, bytes], ...]
    """`gAMA` and `cHRM` of a PNG whose colours no profile explains."""


def shown_size(found: Opened) -> Size:
    """Return the size of the picture when it stands upright."""
    width, height = found.size
    turned = turn(found.image)
    swapped = turned is not None and turned.name in ("TRANSPOSE", "TRANSVERSE", "ROTATE_90", "ROTATE_270")
    return (height, width) if swapped else (width, height)


def fitted(size: Size, fit: Size | None) -> Size:
    """Return the largest size of the same aspect that lies in `fit`; without it, the size itself.

    An aspect that differs by less than 2 % comes from a model's block size: it fills `fit`, as on the stage.
    """
    if fit is None:
        return size
    across, down = fit[0] / size[0], fit[1] / size[1]
    if abs(across / down - 1) < SAME_SHAPE:
        return fit
    share = min(across, down)
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def displayed(found: Opened, path: Path, *, fit: Size | None = None, factor: int = 1) -> Display:
    """Decode an opened picture and bring it into the form in which it is shown.

    Parameters
    ----------
    found : Opened
        From `evalwidgets.pictures.door.open_header`.
    path : Path
        What errors call it.
    fit : (int, int), optional
        The size in which it is to lie.
    factor : int
        A power of two by which the result is reduced, each block of pixels to its mean.

    Raises
    ------
    ImageError
        If the file is damaged.
    """
    size = shown_size(found)
    wanted = fitted(size, fit)
    # Blocks are counted from the upper left corner of what is seen; only there both are one.
    same_blocks = turn(found.image) is None or all(side % factor == 0 for side in size)
    decode(found, path, at_least=_shares(found.size, factor) if wanted == size and same_blocks else None)
    done = round(found.size[0] / found.image.width)  # what the decoder of a JPEG has reduced it by
    given = found.image.info.get("icc_profile")
    image = to_eight_bits(upright(found.image))
    if wanted != size:
        image = image.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if factor > done:
        image = image.reduce(factor // done)
    image, profile = displayable(image, given)
    return Display(image, profile, found.space if profile is None else ())


def as_png(display: Display, *, level: int = 3) -> bytes:
    """Return the pixels as a PNG that holds nothing else than what explains their colours."""
    image = display.image
    if display.profile and display.profile[16:20] == b"RGB " and image.mode in ("L", "LA"):
        image = image.convert("RGB" if image.mode == "L" else "RGBA")  # PNG has no such profile for grey
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    chunks = PngImagePlugin.PngInfo()
    for kind, content in display.space:
        chunks.add(kind, content)
    buffer = io.BytesIO()
    clean.save(buffer, "PNG", compress_level=level, icc_profile=display.profile, pnginfo=chunks)
    return buffer.getvalue()


def _shares(size: Size, factor: int) -> Size | None:
    return (max(1, size[0] // factor), max(1, size[1] // factor)) if factor > 1 else None
