"""Files that must be refused: bombs, damage, and what is no picture of an admitted kind."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

from .files import (
    SCRIPT,
    archive,
    chunk,
    deflated_zeros,
    encoded,
    film,
    of_size,
    packed_png,
    png,
    scene,
    segment,
    with_chunk,
    with_segment,
)

_KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")
Make = Callable[[], bytes]
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'><script>1</script></svg>"
_ENTITIES = b"<!DOCTYPE s [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><svg>&b;</svg>"


def _jpeg() -> bytes:
    return encoded(scene(), "JPEG", progressive=True)


def _with_scans(count: int) -> bytes:
    jpeg = _jpeg()
    scan = jpeg.rindex(b"\xff\xda")
    return jpeg[:scan] + jpeg[scan:-2] * count + jpeg[-2:]


def _flipped() -> bytes:
    data = bytearray(encoded(scene(), "PNG"))
    data[data.index(b"IDAT") + 8] ^= 0xFF
    return bytes(data)


def _part(kind: str, share: float) -> bytes:
    whole = encoded(scene(), kind)
    return whole[: int(share * len(whole))]


BOMBS: dict[str, Make] = {
    "pixels-50000.png": lambda: of_size("PNG", 50_000, 50_000),
    "pixels-13000.png": lambda: of_size("PNG", 13_000, 13_000),
    "pixels-65535.jpg": lambda: of_size("JPEG", 65_500, 65_500),
    "pixels-65535.gif": lambda: of_size("GIF", 65_535, 65_535),
    "pixels-16383.webp": lambda: of_size("WEBP", 16_383, 16_383),
    "pixels-30000.bmp": lambda: of_size("BMP", 30_000, 30_000),
    "side-60000.png": lambda: png((60_000, 1), 8, 0, bytes(60_001)),
    "frames-3001.gif": lambda: film("GIF", 3001),
    "frames-300.webp": lambda: film("WEBP", 300),
    "frames-claimed.png": lambda: with_chunk(encoded(scene(), "PNG"), chunk(b"acTL", b"\x7f" * 8)),
    "chunks-100000.png": lambda: with_chunk(encoded(scene(), "PNG"), chunk(b"teSt", b"") * 100_000),
    "blocks-2000000.gif": lambda: of_size("GIF", 8, 8)[:13] + b"\x21\xfe\x00" * 2_000_000,
    "scans-500.jpg": lambda: _with_scans(500),
    "segments-500000.jpg": lambda: with_segment(_jpeg(), segment(0xFE, b"") * 500_000),
    "fill-20-mb.jpg": lambda: with_segment(_jpeg(), b"\xff" * 20_000_000),
    "junk-20-mb.jpg": lambda: with_segment(_jpeg(), bytes(20_000_000)),
    "junk-20-mb.gif": lambda: of_size("GIF", 8, 8)[:13] + bytes(20_000_000),
    "rows-missing.png": lambda: png((8000, 8000), 8, 2, b""),
    "rows-too-many.png": lambda: packed_png((20_000, 20_000), 8, 2, deflated_zeros(256)),
    "profile-200-mb.png": lambda: with_chunk(
        encoded(scene(), "PNG"), chunk(b"iCCP", b"p\0\0" + deflated_zeros(200))
    ),
}

DAMAGED: dict[str, Make] = {
    **{f"half.{kind.lower()}": partial(_part, kind, 0.5) for kind in _KINDS},
    **{f"head.{kind.lower()}": partial(_part, kind, 0.02) for kind in _KINDS},
    "flipped.png": _flipped,
    "depth-of-3.png": lambda: png((8, 8), 3, 0, bytes(72)),
    "one-of-16-bits-transparent.png": lambda: png((1, 1), 16, 2, bytes(7), chunk(b"tRNS", bytes(6))),
    "empty.png": lambda: b"",
    "one-byte.jpg": lambda: b"\xff",
}

NO_PICTURES: dict[str, Make] = {
    "page.png": lambda: b"<!doctype html><html>" + SCRIPT + b"</html>",
    "drawing.png": lambda: _SVG,
    "drawing.svg": lambda: _SVG,
    "entities.jpg": lambda: b"<?xml version='1.0'?>" + _ENTITIES,
    "document.jpg": lambda: b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript >> >>",
    "program.png": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n{} loop\n",
    "photo.png": lambda: b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + bytes(64),
    "layers.png": lambda: b"8BPS\0\x01" + bytes(6) + struct.pack(">HIIHH", 3, 8, 8, 8, 3) + bytes(99),
    "icon.png": lambda: encoded(scene(), "ICO"),
    "stars.png": lambda: b"SIMPLE  =                    T".ljust(80) + b"END".ljust(2800),
    "scan.png": lambda: encoded(scene(), "TIFF"),
    "lab.png": lambda: encoded(scene("LAB"), "TIFF"),
    "map.png": lambda: encoded(scene(), "PPM"),
    "waves.png": lambda: encoded(scene(), "JPEG2000"),
    "archive.png": archive,
    "film.webp": lambda: b"RIFF\x44\0\0\0AVI LIST" + bytes(64),
    "program.jpg": lambda: b"\x7fELF" + bytes(200),
}

BAD: dict[str, Make] = {**BOMBS, **DAMAGED, **NO_PICTURES}
