"""JPEG files as segments: the coded picture without its metadata, pixel for pixel the same.

Decoding and encoding again would change what is judged, and a lossless format is ten
times the size of a photograph. So the coded picture stays, and everything that can tell
where it came from (EXIF, XMP, comments, thumbnails, what hangs behind the end) is left
out: only segments on a list of those that decide the picture are taken over, and those
that hold more than the picture needs are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_SEGMENTS = 20_000
MAX_SCANS = 64
"""Encoders make at most a dozen; each may make a decoder walk over the whole picture."""
_MAX_JUNK = 65_536
_SOI, _EOI, _SOS, _DQT, _DHT, _DRI, _COM = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD, 0xFE
_FRAMES = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive with Huffman codes: what every browser decodes."""
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_WORDS = re.compile(rb"[\x20-\x7e]{20}")
"""So many readable characters in a row are words: by chance they come once in 400 MB of coded picture."""


class Segment(NamedTuple):
    """A marker and what belongs to it."""

    marker: int
    content: bytes
    """Without marker and length."""
    coded: bytes = b""
    """The coded picture that follows a scan's header."""

    @property
    def data(self) -> bytes:
        """The segment as it stands in a file."""
        return bytes((0xFF, self.marker)) + (len(self.content) + 2).to_bytes(2) + self.content + self.coded


def is_jpeg(raw: bytes) -> bool:
    """Return whether these bytes begin as a JPEG."""
    return raw.startswith(b"\xff\xd8\xff")


def read_segments(raw: bytes) -> list[Segment]:
    """Return the segments of a JPEG up to its end.

    Raises
    ------
    ValueError
        If the bytes are not a complete JPEG, or in more parts than any encoder makes.
    """
    if raw[:2] != b"\xff\xd8":
        msg = "not a JPEG: it does not begin with FF D8"
        raise ValueError(msg)
    segments = []
    scans = 0
    for segment in _segments(raw):
        segments.append(segment)
        scans += segment.marker == _SOS
        if len(segments) > MAX_SEGMENTS or scans > MAX_SCANS:
            msg = f"in more than {MAX_SCANS} scans or {MAX_SEGMENTS} segments"
            raise ValueError(msg)
    return segments


def _segments(raw: bytes) -> Iterator[Segment]:
    at, junk = 2, 0
    while True:
        start = raw.find(b"\xff", at)
        if start < 0 or start + 1 >= len(raw):
            msg = "not a complete JPEG: the end is missing"
            raise ValueError(msg)
        junk += start - at + (raw[start + 1] in (0x00, 0xFF))
        if junk > _MAX_JUNK:
            msg = f"not a complete JPEG: expected a marker at byte {at}"
            raise ValueError(msg)
        marker = raw[start + 1]
        if marker in (0x00, 0xFF):  # stuffing without a picture, a fill byte
            at = start + 1
        elif marker == _EOI:
            return
        elif marker in _ALONE:
            at = start + 2
            yield Segment(marker, b"")
        else:
            at, segment = _one_segment(raw, start)
            yield segment


def _one_segment(raw: bytes, start: int) -> tuple[int, Segment]:
    """Return the segment whose marker stands at `start`, and where it ends."""
    marker = raw[start + 1]
    end = start + 2 + int.from_bytes(raw[start + 2 : start + 4])
    if not start + 4 <= end <= len(raw):
        msg = "not a complete JPEG: the end is missing"
        raise ValueError(msg)
    content = raw[start + 4 : end]
    if marker != _SOS:
        return end, Segment(marker, content)
    found = _NEXT_MARKER.search(raw, end)
    after = found.start() if found else len(raw)
    return after, Segment(marker, content, raw[end:after])


def without_metadata(segments: Iterable[Segment], profile: bytes | None = None) -> bytes | None:
    """Return the JPEG with its coded picture and colour segments only.

    Parameters
    ----------
    segments : iterable of Segment
        From `read_segments`.
    profile : bytes, optional
        The colour profile that the result gets.

    Returns
    -------
    bytes or None
        None if the file is of a kind that browsers do not decode (arithmetic, lossless, 12
        bits), or not made as encoders do, so that words may hide in what must be kept.
    """
    segments = list(segments)
    if any(segment.marker in _ALONE for segment in segments):
        return None
    kept = [one for one in segments if not 0xE0 <= one.marker <= 0xEF and one.marker != _COM]
    frames = [one for one in kept if one.marker in _FRAMES]
    known = all(one.marker in (*_FRAMES, _SOS, _DQT, _DHT, _DRI) for one in kept)
    if len(frames) != 1 or not known or not _regular(kept, frames[0].content):
        return None
    tables = _needed_tables(kept, frames[0].content)
    if tables is None:
        return None
    head = b"".join(one.data for one in [*_colour_segments(segments), *_icc_segments(profile)])
    return b"\xff\xd8" + head + b"".join(one.data for one in tables) + b"\xff\xd9"


def icc_profile(segments: Iterable[Segment]) -> bytes | None:
    """Return the colour profile that the segments hold together, or None."""
    start = len(_ICC)
    parts = {
        one.content[start]: one.content[start + 2 :]
        for one in segments
        if one.marker == 0xE2 and one.content.startswith(_ICC) and len(one.content) > start + 2
    }
    return b"".join(parts[number] for number in sorted(parts)) or None


def _colour_segments(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield anew what says how the colours are coded, without thumbnail, density and remarks."""
    for marker, name in ((0xE0, _JFIF), (0xEE, _ADOBE)):
        found = next((one for one in segments if one.marker == marker and one.content.startswith(name)), None)
        if found is None:
            continue
        if name == _JFIF:
            yield Segment(marker, _JFIF + b"\x01\x01\0\0\x01\0\x01\0\0")
        elif len(found.content) >= 12:
            yield Segment(marker, _ADOBE + b"\0\x64\0\0\0\0" + found.content[11:12])


def _icc_segments(profile: bytes | None) -> Iterator[Segment]:
    size = 65_519
    parts = [profile[at : at + size] for at in range(0, len(profile), size)] if profile else []
    for number, part in enumerate(parts, start=1):
        yield Segment(0xE2, _ICC + bytes((number, len(parts))) + part)


def _regular(kept: Iterable[Segment], frame: bytes) -> bool:
    """Return whether headers have the length that they need, and no coded picture holds words."""
    if len(frame) < 6 or frame[0] != 8 or len(frame) != 6 + 3 * frame[5]:
        return False
    scans = [one for one in kept if one.marker == _SOS]
    whole = all(one.content and len(one.content) == 4 + 2 * one.content[0] for one in scans)
    restarts = all(len(one.content) == 2 for one in kept if one.marker == _DRI)
    return bool(scans) and whole and restarts and not any(_WORDS.search(one.coded) for one in scans)


def _needed_tables(kept: Iterable[Segment], frame: bytes) -> list[Segment] | None:
    """Return the segments with those tables only that the picture uses; None if one is odd."""
    kept = list(kept)
    quantizing = set(frame[8::3])
    coding = {
        place
        for one in kept
        if one.marker == _SOS
        for table in one.content[2:-3:2]
        for place in _places(table)
    }
    needed: list[Segment] = []
    defined: set[int] = set()
    for one in kept:
        if one.marker not in (_DQT, _DHT):
            needed.append(one)
            continue
        tables = _quantizing(one.content) if one.marker == _DQT else _coding(one.content)
        if tables is None:
            return None
        used = quantizing if one.marker == _DQT else coding
        content = b"".join(table for place, table in tables if place in used)
        if one.marker == _DQT:
            if defined & {place for place, _ in tables}:
                return None
            defined |= {place for place, _ in tables}
        if content:
            needed.append(Segment(one.marker, content))
    return needed


def _places(table: int) -> tuple[int, int]:
    """Return where a scan finds its two Huffman tables: DC, AC."""
    return table >> 4, 0x10 | (table & 15)


def _quantizing(content: bytes) -> list[tuple[int, bytes]] | None:
    tables, at = [], 0
    while at < len(content):
        end = at + (129 if content[at] >> 4 else 65)
        tables.append((content[at] & 15, content[at:end]))
        at = end
    return tables if at == len(content) else None


def _coding(content: bytes) -> list[tuple[int, bytes]] | None:
    """Return the Huffman tables; None for one that no encoder makes: it names a symbol twice."""
    tables, at = [], 0
    while at < len(content):
        symbols = at + 17
        end = symbols + sum(content[at + 1 : symbols])
        if len(set(content[symbols:end])) != end - symbols:
            return None
        tables.append((content[at], content[at:end]))
        at = end
    return tables if at == len(content) else None
