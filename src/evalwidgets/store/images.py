"""The copy of a picture that a reviewer's browser gets: upright, without metadata, named by its content."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.pictures.door import opened, read_bytes, to_eight_bits, turn, upright
from evalwidgets.store.jpeg import without_metadata


@dataclass(frozen=True)
class Picture:
    """The display copy of a picture: upright, without metadata, named by its content."""

    digest: str
    """sha256 of `data`: the only name that reaches the browser."""
    width: int
    height: int
    media_type: str
    data: bytes

    def __repr__(self) -> str:
        """Return one line without the bytes."""
        return f"Picture({self.width}x{self.height}, {self.media_type}, {self.digest[:8]})"


def read_picture(path: Path) -> Picture:
    """Return the display copy of a picture file.

    A JPEG that stands upright keeps its coded pixels, so nothing is judged that the
    model or camera did not make; all else is decoded and stored without loss as PNG.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.
    """
    raw = read_bytes(path)
    with opened(raw, path) as image:
        if image.format == "JPEG" and turn(image) is None and image.mode in ("RGB", "L"):
            data, media_type, size = _stripped(raw, path), "image/jpeg", image.size
        else:
            shown = to_eight_bits(upright(image))
            data, media_type, size = _as_png(shown), "image/png", shown.size
    return Picture(hashlib.sha256(data).hexdigest(), *size, media_type, data)


def _stripped(raw: bytes, path: Path) -> bytes:
    try:
        return without_metadata(raw)
    except ValueError as error:
        msg = f"{path.name}: {error}."
        raise ImageError(msg) from error


def _as_png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    profile = image.info.get("icc_profile") or b""
    if profile[16:20] != b"RGB ":  # a profile for grey or CMYK says nothing of the colours made from them
        profile = None
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    clean.save(buffer, "PNG", compress_level=3, icc_profile=profile)
    return buffer.getvalue()
