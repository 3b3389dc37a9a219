"""The largest pictures that are admitted, made so that they cost the decoder most and the maker little."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

from evalwidgets.pictures.jpeg import MAX_SCANS

from .files import encoded, packed_png

_SIDE = 8000


def _noise(side: int = _SIDE, bands: int = 3) -> Image.Image:
    small = np.random.default_rng(3).integers(0, 256, (256, 256, bands), dtype=np.uint8)
    return Image.fromarray(np.tile(small, (-(-side // 256), -(-side // 256), 1))[:side, :side])


def _jpeg_of_many_scans() -> bytes:
    """Return a flat photograph whose decoder walks over all of it as often as is admitted."""
    whole = encoded(Image.new("RGB", (_SIDE, _SIDE), (90, 120, 200)), "JPEG", progressive=True)
    scan = whole.rindex(b"\xff\xda")
    return whole[:scan] + whole[scan:-2] * (MAX_SCANS - whole.count(b"\xff\xda") + 1) + whole[-2:]


def _png(depth: int, colours: int, bytes_a_pixel: int) -> bytes:
    packer = zlib.compressobj(1)
    row = b"\0" + np.random.default_rng(1).bytes(_SIDE * bytes_a_pixel)
    packed = [packer.compress(row * 80) for _ in range(100)]
    return packed_png((_SIDE, _SIDE), depth, colours, b"".join([*packed, packer.flush()]))


LARGE: dict[str, Callable[[], bytes]] = {
    "noise.jpg": lambda: encoded(_noise(), "JPEG", quality=75),
    "scans.jpg": _jpeg_of_many_scans,
    "inks.jpg": lambda: encoded(Image.new("CMYK", (_SIDE, _SIDE), (9, 99, 40, 20)), "JPEG"),
    "alpha.png": lambda: _png(8, 6, 4),
    "16-bit-grey.png": lambda: _png(16, 0, 2),
    "flat.webp": lambda: encoded(Image.new("RGB", (_SIDE, _SIDE), (90, 120, 200)), "WEBP", method=0),
    "flat.gif": lambda: encoded(Image.new("P", (_SIDE, _SIDE)), "GIF"),
    "noise.avif": lambda: encoded(_noise(2000), "AVIF", speed=10, quality=95),
}  # fmt: skip
