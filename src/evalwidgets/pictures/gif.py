"""GIF files as blocks: how many frames there are, without decoding one."""

from __future__ import annotations

MAX_BLOCKS = 600_000
"""A file of the largest admitted size in blocks of the usual 255 bytes has half as many."""
_EXTENSION, _FRAME = 0x21, 0x2C


def is_gif(raw: bytes) -> bool:
    """Return whether these bytes begin as a GIF."""
    return raw[:6] in (b"GIF87a", b"GIF89a")


def count_frames(raw: bytes, most: int) -> int:
    """Return the number of frames, counting no further than one past `most`.

    Raises
    ------
    ValueError
        If the file is cut into more blocks than any encoder makes.
    """
    frames, blocks = 0, 0
    at = 13 + _table(raw[10:11])
    while at < len(raw) and frames <= most and raw[at] in (_EXTENSION, _FRAME):
        if raw[at] == _FRAME:
            frames += 1
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
    if not frames:
        msg = "not a complete GIF: there is no picture in it"
        raise ValueError(msg)
    return frames


def _table(flags: bytes) -> int:
    """Return the bytes of the colour table that these flags announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0
