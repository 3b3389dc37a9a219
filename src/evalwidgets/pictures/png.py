"""PNG files as chunks: only those that decide the picture, and what their headers tell.

Text chunks are left out before anything decodes them: a workflow of a megabyte, such as
image generators write, is no reason to refuse a picture, and a text that unpacks to
gigabytes never does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_CHUNKS = 50_000
_DECIDING = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"eXIf", b"IDAT", b"IEND")
_ONCE = frozenset(_DECIDING) - {b"IDAT"}
_GREY, _COLOUR = 0, 2  # colour types that may have one transparent level
_GAMMA = range(10_000, 1_000_001)  # 0.1 to 10
_SHARE = range(100_001)  # of a colour's coordinates, in 1/100 000


@dataclass(frozen=True)
class PlainPng:
    """A PNG without the chunks that do not decide its picture."""

    data: bytes
    depth: int
    """Bits a channel."""
    colours: int
    """The colour type of the header."""
    frames: int
    space: tuple[tuple[bytes, bytes], ...]
    """`gAMA` and `cHRM`, where they and no profile say what the colours mean."""
    see_through: bool
    """Whether one level or colour is transparent."""


def plain_png(raw: bytes) -> PlainPng:
    """Return a PNG's deciding chunks.

    Raises
    ------
    ValueError
        If the file is cut off, or cut into more chunks than any encoder makes.
    """
    kept = [SIGNATURE]
    seen: dict[bytes, bytes] = {}
    frames = 1
    for number, (kind, at, end) in enumerate(_chunks(raw)):
        if number >= MAX_CHUNKS:
            msg = f"cut into more than {MAX_CHUNKS} chunks"
            raise ValueError(msg)
        if kind == b"acTL" and end - at == 20:
            frames = int.from_bytes(raw[at + 8 : at + 12])
        if kind not in _DECIDING or (kind in _ONCE and kind in seen):
            continue
        seen[kind] = raw[at + 8 : end - 4] if kind != b"IDAT" else b""
        kept.append(raw[at:end])
    header = seen.get(b"IHDR", b"")
    if len(header) != 13 or b"IDAT" not in seen or b"IEND" not in seen:
        msg = "not a complete PNG: its header, picture or end is missing"
        raise ValueError(msg)
    depth, colours = header[8], header[9]
    see_through = b"tRNS" in seen and colours in (_GREY, _COLOUR)
    return PlainPng(b"".join(kept), depth, colours, frames, _space(seen), see_through)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each chunk, where it begins and where it ends; the last is the end's."""
    at = len(SIGNATURE)
    while at + 12 <= len(raw):
        length, kind = struct.unpack_from(">I4s", raw, at)
        end = at + 12 + length
        if end > len(raw):
            return
        yield kind, at, end
        if kind == b"IEND":
            return
        at = end


def _space(seen: dict[bytes, bytes]) -> tuple[tuple[bytes, bytes], ...]:
    """Return `gAMA` and `cHRM` if they count and are what they claim: numbers, not words."""
    if b"iCCP" in seen or b"sRGB" in seen:
        return ()
    gamma, primaries = seen.get(b"gAMA", b""), seen.get(b"cHRM", b"")
    space = []
    if len(gamma) == 4 and int.from_bytes(gamma) in _GAMMA:
        space.append((b"gAMA", gamma))
        if len(primaries) == 32 and all(share in _SHARE for share in struct.unpack(">8I", primaries)):
            space.append((b"cHRM", primaries))
    return tuple(space)


def is_png(raw: bytes) -> bool:
    """Return whether these bytes begin as a PNG."""
    return raw.startswith(SIGNATURE)
