"""Small copies of pictures, for many at once on one page; never the bytes of the file."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from evalwidgets.pictures.door import open_header
from evalwidgets.pictures.source_file import read_bytes
from evalwidgets.store.display import displayed, shown_size

_QUALITY = 88


@dataclass(frozen=True)
class SmallCopy:
    """A JPEG without metadata."""

    digest: str
    """sha256 of `data`: the only name that reaches the browser."""
    width: int
    height: int
    data: bytes = field(repr=False)
    media_type: str = "image/jpeg"


def small_copy(path: Path, longest: int = 640) -> SmallCopy:
    """Return a small copy of a picture file, upright and in the colours that a browser shows.

    Parameters
    ----------
    path : Path
        The file.
    longest : int
        The most pixels of the longer side; a smaller picture keeps its size.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.

    Notes
    -----
    What is found "only when zoomed" is lost in it: where that matters, show the display copy
    (`evalwidgets.store.images.read_picture`).
    """
    with open_header(read_bytes(path), path) as found:
        size = shown_size(found)
        share = min(1.0, longest / max(size))
        fit = (max(1, round(size[0] * share)), max(1, round(size[1] * share)))
        image, profile, _ = displayed(found, path, fit=fit)
    return _coded(image, profile)


def _coded(image: Image.Image, profile: bytes | None) -> SmallCopy:
    if image.mode not in ("RGB", "L"):
        seen = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(seen, mask=seen.getchannel("A"))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, icc_profile=profile)
    data = buffer.getvalue()
    return SmallCopy(hashlib.sha256(data).hexdigest(), *image.size, data)
