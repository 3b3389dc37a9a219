"""Files that must be shown right, of kinds that plain Pillow or a careless copy shows wrong.

Each has its truth beside it: what it must look like, computed without the door.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from PIL import Image

from .files import (
    MARK,
    SCRIPT,
    SRGB,
    archive,
    chunk,
    deflated_zeros,
    encoded,
    film,
    png,
    scene,
    with_chunk,
)

_EXIF_ORIENTATION = 0x0112


class Odd(NamedTuple):
    """A file, and what it must look like."""

    make: Callable[[], bytes]
    truth: Callable[[], Image.Image]
    tolerance: int = 0
    """Levels by which a channel may differ."""


def _ramp16() -> np.ndarray:
    return np.arange(0, 65_536, 64, dtype=np.uint16).reshape(32, 32)


def _rows(samples: np.ndarray) -> bytes:
    """Return the rows of a PNG of 16 bits, without filter."""
    return b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)


def _colour16() -> np.ndarray:
    return np.dstack([_ramp16(), _ramp16().T, 65_535 - _ramp16()])


def _to_eight(samples: np.ndarray) -> Image.Image:
    return Image.fromarray(np.round(samples / 257).astype(np.uint8))


def _see_through(grey: Image.Image, where: np.ndarray) -> Image.Image:
    return Image.merge("LA", (grey, Image.fromarray(np.where(where, 0, 255).astype(np.uint8))))


def _cmyk() -> Image.Image:
    inks = [Image.linear_gradient("L").rotate(turn).resize((48, 48)) for turn in (0, 90, 180)]
    return Image.merge("CMYK", (*inks, Image.new("L", (48, 48), 60)))


def _from_cmyk(inks: Image.Image) -> Image.Image:
    """Return what a browser makes of inks without a profile: what ink and black let through of a colour."""
    shares = 1 - np.asarray(inks, dtype=float) / 255
    return Image.fromarray(np.round(255 * shares[:, :, :3] * shares[:, :, 3:]).astype(np.uint8))


def _without_adobe(data: bytes) -> bytes:
    at = data.index(b"\xff\xee")
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4]) :]


def _alphas(picture: Image.Image, alphas: bytes) -> Image.Image:
    shown = picture.convert("RGB")
    shown.putalpha(picture.point(lambda place: alphas[place] if place < len(alphas) else 255, "L"))
    return shown


def _small_first_frame() -> bytes:
    """Return a GIF of 48 x 48 whose only frame covers 20 x 20 of it, at (5, 7)."""
    data = bytearray(encoded(scene("L", (20, 20)), "GIF"))
    data[6:10] = struct.pack("<HH", 48, 48)
    frame = data.index(b"\x2c\0\0\0\0")
    data[frame + 1 : frame + 5] = struct.pack("<HH", 5, 7)
    return bytes(data)


def _small_first_frame_truth() -> Image.Image:
    canvas = Image.new("RGBA", (48, 48))
    canvas.paste(scene("L", (20, 20)).convert("RGBA"), (5, 7))
    return canvas


def _turned(orientation: int, kind: str) -> bytes:
    """Return the scene stored as a camera does that was held so."""
    exif = Image.Exif()
    exif[_EXIF_ORIENTATION] = orientation
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    options = {"quality": 100, "subsampling": 0} if kind == "JPEG" else {"lossless": True}
    return encoded(scene(size=(48, 32)).transpose(undo[orientation]), kind, exif=exif, **options)


def _levels(bits: int) -> tuple[bytes, np.ndarray]:
    """Return one row with each level of so few bits, packed, and what each is in eight."""
    levels = np.arange(2**bits)
    packed = int("".join(f"{level:0{bits}b}" for level in levels), 2).to_bytes(len(levels) * bits // 8)
    return packed, (levels * 255 // (2**bits - 1)).astype(np.uint8)[None]


def _few_bits(bits: int) -> bytes:
    return png((2**bits, 1), bits, 0, b"\0" + _levels(bits)[0], chunk(b"tRNS", b"\0\1"))


def _few_bits_truth(bits: int) -> Image.Image:
    levels = _levels(bits)[1]
    return _see_through(Image.fromarray(levels), levels == levels[0, 1])


def _plain_png(*chunks: bytes) -> bytes:
    return with_chunk(encoded(scene(), "PNG"), *chunks)


_PALETTE = scene().quantize(16)
_ONE_BIT = scene("1")
_RED = Image.new("RGB", (16, 16), (255, 0, 0))
_FLAT = Image.new("RGB", (32, 32), (200, 40, 90))
_JPEG = {"quality": 100, "subsampling": 0}
_WIDE = partial(scene, size=(48, 32))
_ALPHAS = bytes((0, 90, 180))

ODD: dict[str, Odd] = {
    "16-bit-grey.png": Odd(lambda: png((32, 32), 16, 0, _rows(_ramp16())), lambda: _to_eight(_ramp16())),
    "16-bit-grey-one-transparent.png": Odd(
        lambda: png((32, 32), 16, 0, _rows(_ramp16()), chunk(b"tRNS", struct.pack(">H", 12_800))),
        lambda: _see_through(_to_eight(_ramp16()), _ramp16() == 12_800),
    ),
    "16-bit-colour.png": Odd(
        lambda: png((32, 32), 16, 2, _rows(_colour16().reshape(32, 96))), lambda: _to_eight(_colour16()), 1
    ),
    "4-bit-grey-one-transparent.png": Odd(partial(_few_bits, 4), partial(_few_bits_truth, 4)),
    "2-bit-grey-one-transparent.png": Odd(partial(_few_bits, 2), partial(_few_bits_truth, 2)),
    "1-bit.png": Odd(lambda: encoded(_ONE_BIT, "PNG"), lambda: _ONE_BIT),
    "1-bit-white-transparent.png": Odd(
        lambda: with_chunk(encoded(_ONE_BIT, "PNG"), chunk(b"tRNS", b"\0\1")),
        lambda: _see_through(_ONE_BIT.convert("L"), np.asarray(_ONE_BIT)),
    ),
    "palette.png": Odd(lambda: encoded(_PALETTE, "PNG"), lambda: _PALETTE),
    "palette-one-transparent.png": Odd(
        lambda: encoded(_PALETTE, "PNG", transparency=3), lambda: _alphas(_PALETTE, b"\xff\xff\xff\0")
    ),
    "palette-alphas.png": Odd(
        lambda: encoded(_PALETTE, "PNG", transparency=_ALPHAS), lambda: _alphas(_PALETTE, _ALPHAS)
    ),
    "grey-alpha.png": Odd(lambda: encoded(scene("LA"), "PNG"), lambda: scene("LA")),
    "alpha.png": Odd(lambda: encoded(scene("RGBA"), "PNG"), lambda: scene("RGBA")),
    "alpha.webp": Odd(
        lambda: encoded(scene("RGBA"), "WEBP", lossless=True, exact=True), lambda: scene("RGBA")
    ),
    "cmyk.jpg": Odd(lambda: encoded(_cmyk(), "JPEG", **_JPEG), lambda: _from_cmyk(_cmyk()), 8),
    "cmyk-unnamed.jpg": Odd(
        lambda: _without_adobe(encoded(_cmyk(), "JPEG", **_JPEG)), lambda: _from_cmyk(_cmyk()), 8
    ),
    "animated.gif": Odd(partial(film, "GIF", 12), lambda: _RED),
    "animated.webp": Odd(partial(film, "WEBP", 12), lambda: _RED),
    "animated.png": Odd(partial(film, "PNG", 12), lambda: _RED),
    "first-frame-small.gif": Odd(_small_first_frame, _small_first_frame_truth),
    "flat.avif": Odd(lambda: encoded(_FLAT, "AVIF", quality=95), lambda: _FLAT, 3),
    "plain.bmp": Odd(lambda: encoded(scene(), "BMP"), scene),
    "grey.bmp": Odd(lambda: encoded(scene("L"), "BMP"), lambda: scene("L")),
    "png-by-another-name.jpg": Odd(lambda: encoded(scene(), "PNG"), scene),
    "jpeg-by-another-name.png": Odd(lambda: encoded(scene(), "JPEG", **_JPEG), scene, 6),
    "webp-without-a-suffix": Odd(lambda: encoded(scene(), "WEBP", lossless=True), scene),
    "zip-behind.jpg": Odd(lambda: encoded(scene(), "JPEG", **_JPEG) + archive(), scene, 6),
    "page-in-comment.jpg": Odd(lambda: encoded(scene(), "JPEG", comment=SCRIPT + MARK, **_JPEG), scene, 6),
    "page-behind.png": Odd(lambda: _plain_png() + b"<html>" + SCRIPT + MARK, scene),
    "text-of-200-mb.png": Odd(lambda: _plain_png(chunk(b"zTXt", b"prompt\0\0" + deflated_zeros(200))), scene),
    "100-texts.png": Odd(lambda: _plain_png(*[chunk(b"zTXt", b"t\0\0" + deflated_zeros(1))] * 100), scene),
    "profile-cut-off.png": Odd(lambda: encoded(scene(), "PNG", icc_profile=SRGB[:200]), scene),
    "profile-of-words.jpg": Odd(lambda: encoded(scene(), "JPEG", icc_profile=MARK * 50, **_JPEG), scene, 6),
    "one-pixel.png": Odd(
        lambda: png((1, 1), 8, 2, b"\0\x10\x20\x30"), lambda: Image.new("RGB", (1, 1), (16, 32, 48))
    ),
    **{
        f"held-{orientation}.{kind.lower()}": Odd(partial(_turned, orientation, kind), _WIDE, 6)
        for orientation in range(2, 9)
        for kind in ("JPEG", "WEBP")
    },
}
