"""JPEG files without their metadata, pixel for pixel the same.

Decoding and encoding again would change what is judged, and a lossless format is ten
times the size of a photograph. So the coded picture stays, and everything that can tell
where it came from (EXIF, XMP, comments, thumbnails, the words of its colour profile, what
hangs behind the end) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from evalwidgets.pictures.icc import without_words

_END, _SCAN = 0xD9, 0xDA
_RESTARTS = range(0xD0, 0xD8)
_ALONE = {0x01, *_RESTARTS}  # markers without a length
_CODED = {*range(0xC0, 0xD0), *_RESTARTS, _SCAN, 0xDB, 0xDC, 0xDD, _END} - {0xC8}
"""Frames, tables, restarts and scans: what the pixels are made of."""
_JFIF, _ICC, _ADOBE = 0xE0, 0xE2, 0xEE
_ICC_NAME = b"ICC_PROFILE\0"
_MOST_OF_PROFILE = 65_000  # bytes in one segment


def without_metadata(data: bytes) -> bytes:
    """Return the JPEG with its coded picture and colour segments only.

    Raises
    ------
    ValueError
        If the bytes are not a complete JPEG.
    """
    if data[:2] != b"\xff\xd8":
        msg = "not a JPEG: it does not begin with FF D8"
        raise ValueError(msg)
    parts = list(_parts(data))
    colours = (_segment(marker, content) for marker, content in _colours(parts))
    coded = (part for marker, part in parts if marker in _CODED)
    return b"\xff\xd8" + b"".join((*colours, *coded))


def _colours(parts: list[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield the segments that decide the colours, each made anew without room for words."""
    for marker, part in parts:
        content = part[4:]
        if marker == _JFIF and content.startswith(b"JFIF\0"):
            yield marker, b"JFIF\0\1\1\0\0\1\0\1\0\0"
        elif marker == _ADOBE and content.startswith(b"Adobe") and len(content) >= 12:
            yield marker, b"Adobe\0\x64\0\0\0\0" + content[11:12]
    chunks = [part[4:] for marker, part in parts if marker == _ICC and part[4:].startswith(_ICC_NAME)]
    profile = without_words(b"".join(chunk[14:] for chunk in sorted(chunks, key=lambda chunk: chunk[12:13])))
    if profile is None:
        return
    pieces = [profile[begin : begin + _MOST_OF_PROFILE] for begin in range(0, len(profile), _MOST_OF_PROFILE)]
    for number, piece in enumerate(pieces, 1):
        yield _ICC, _ICC_NAME + bytes((number, len(pieces))) + piece


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each marker with its bytes; a scan's coded data goes with its marker."""
    at = 2
    while at + 1 < len(data):
        if data[at] != 0xFF:
            msg = f"not a complete JPEG: expected a marker at byte {at}"
            raise ValueError(msg)
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == _END:
            yield marker, data[at : at + 2]
            return
        end = at + 2 if marker in _ALONE else at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end
    msg = "not a complete JPEG: the end is missing"
    raise ValueError(msg)


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the coded data ends: at the next marker that is no restart or stuffing."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0x00 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
