"""Files that were whole once: bytes changed, cut, moved and doubled, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image

from .files import SRGB, encoded, film, scene

_EXIF = Image.Exif()
_EXIF[0x0112] = 6


def sources() -> dict[str, bytes]:
    """Return one file of each of eight encoders."""
    return {
        "baseline.jpg": encoded(scene(), "JPEG", exif=_EXIF, icc_profile=SRGB),
        "progressive.jpg": encoded(scene(), "JPEG", progressive=True, quality=40),
        "true.png": encoded(scene("RGBA"), "PNG", icc_profile=SRGB),
        "lossy.webp": encoded(scene("RGBA"), "WEBP", quality=60),
        "lossless.webp": encoded(scene(), "WEBP", lossless=True, exif=_EXIF),
        "moving.gif": film("GIF", 3, 48),
        "plain.bmp": encoded(scene(), "BMP"),
        "still.avif": encoded(scene(), "AVIF", quality=60),
    }


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many damaged files with their names."""
    chance = np.random.default_rng(seed)
    files = list(sources().items())
    for number in range(count):
        name, whole = files[number % len(files)]
        yield f"{number:04}-{name}", _damaged(whole, chance)


def _damaged(whole: bytes, chance: np.random.Generator) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.integers(1, 4)):
        # Headers are where a byte does most harm.
        reach = len(data) if chance.random() < 0.5 else min(len(data), 200)
        at = int(chance.integers(0, reach))
        length = int(chance.integers(1, 40))
        kind = chance.integers(0, 6)
        if kind <= 1:
            data[at] = int(chance.integers(0, 256))
        elif kind == 2:
            data[at] ^= 1 << int(chance.integers(0, 8))
        elif kind == 3:
            del data[at : at + length]
        elif kind == 4:
            data[at:at] = data[at : at + length]
        else:
            data[at : at + length] = chance.bytes(length)
    return bytes(data[: int(chance.integers(1, len(data) + 1))] if chance.random() < 0.15 else data)
