"""GIF files as blocks: how many frames there are and where the first lies, without decoding one."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAX_BLOCKS = 600_000
"""A file of the largest admitted size in blocks of the usual 255 bytes has half as many."""
_EXTENSION, _FRAME = 0x21, 0x2C


@dataclass(frozen=True)
class Frames:
    """The frames of a GIF."""

    count: int
    """How many; counted no further than one past what was asked for."""
    first: tuple[int, int, int, int]
    """Left, top, right and lower edge of the first; what it leaves of the canvas is transparent."""


def is_gif(raw: bytes) -> bool:
    """Return whether these bytes begin as a GIF."""
    return raw[:6] in (b"GIF87a", b"GIF89a")


def read_frames(raw: bytes, most: int) -> Frames:
    """Return the frames of a GIF, counting no further than one past `most`.

    Raises
    ------
    ValueError
        If there is none, or the file is cut into more blocks than any encoder makes.
    """
    boxes: list[tuple[int, int, int, int]] = []
    blocks = 0
    at = 13 + _table(raw[10:11])
    while at + 10 < len(raw) and len(boxes) <= most and raw[at] in (_EXTENSION, _FRAME):
        if raw[at] == _FRAME:
            left, top, width, height = struct.unpack_from("<4H", raw, at + 1)
            boxes.append((left, top, left + width, top + height))
            at += 11 + _table(raw[at + 9 : at + 10])
        else:
            at += 2
        while at < len(raw) and raw[at]:
            at += 1 + raw[at]
            blocks += 1
        at += 1
        blocks += 1
        if blocks > MAX_BLOCKS:
            msg = f"cut into more than {MAX_BLOCKS} blocks"
            raise ValueError(msg)
    if not boxes:
        msg = "not a complete GIF: there is no picture in it"
        raise ValueError(msg)
    return Frames(len(boxes), boxes[0])


def _table(flags: bytes) -> int:
    """Return the bytes of the colour table that these flags announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0
