"""JPEG files without their metadata, pixel for pixel the same.

Decoding and encoding again would change what is judged, and a lossless format is ten
times the size of a photograph. So the coded picture stays, and everything that can tell
where it came from (EXIF, XMP, comments, what hangs behind the end) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

_END, _SCAN = 0xD9, 0xDA
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_COMMENT = 0xFE
_KEPT_APPS = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))  # all decide the colours


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
    return b"\xff\xd8" + b"".join(part for marker, part in _parts(data) if _kept(marker, part))


def _kept(marker: int, part: bytes) -> bool:
    if marker == _COMMENT:
        return False
    if 0xE0 <= marker <= 0xEF:
        return any(marker == kept and part[4:].startswith(name) for kept, name in _KEPT_APPS)
    return True


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
