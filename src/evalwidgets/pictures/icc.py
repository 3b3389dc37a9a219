"""Colour profiles without words: what decides the colours, written anew.

A profile names its maker, its device, whoever owns it and when it was made, and has room
for any text beside. From a plain profile (three primaries or none, and tone curves) the
numbers are taken into a new one, if they are numbers of a real profile. One that is a
table of colours is not rebuilt: such a picture is converted (`colours`).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

MAX_BYTES = 4 * 1024 * 1024
_MAX_TAGS = 100
_MAX_POINTS = 4096  # of a tone curve
_NEEDED = {
    "RGB": (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"),
    "GRAY": (b"kTRC",),
}
_TABLES = (b"A2B0", b"A2B1", b"A2B2", b"D2B0", b"D2B1", b"D2B2", b"D2B3")
_PARAMETERS = (1, 3, 4, 5, 7)
"""How many a parametric curve has, by its kind."""
_D50 = struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
_NAMES = {"RGB": "RGB", "GRAY": "Grey"}


@dataclass(frozen=True)
class Profile:
    """A profile as its file tells it."""

    space: str
    """`RGB`, `GRAY`, `CMYK` or another."""
    version: int
    tags: Mapping[bytes, bytes]

    @property
    def is_table(self) -> bool:
        """Whether colours come from a table, which rules over the curves beside it."""
        return any(name in self.tags for name in _TABLES)


def read_profile(data: bytes) -> Profile | None:
    """Return a profile's parts, or None if it is none."""
    if not 132 <= len(data) <= MAX_BYTES or data[36:40] != b"acsp":
        return None
    count = int.from_bytes(data[128:132])
    if count > _MAX_TAGS or 132 + 12 * count > len(data):
        return None
    places = [struct.unpack_from(">4sII", data, 132 + 12 * number) for number in range(count)]
    tags = {name: data[at : at + size] for name, at, size in places if at + size <= len(data)}
    space = data[16:20].decode("ascii", "replace").strip()
    return Profile(space, data[8], tags)


def neutral(data: bytes, space: str) -> bytes | None:
    """Return the profile of a space, `RGB` or `GRAY`, with the numbers that decide the colours, and no words.

    Returns
    -------
    bytes or None
        None if the profile is damaged, of another colour space, or a table.
    """
    profile = read_profile(data)
    if profile is None or profile.space != space or space not in _NEEDED or profile.is_table:
        return None
    if any(name not in profile.tags for name in _NEEDED[space]):
        return None
    kept = {name: _numbers(name, profile.tags[name]) for name in _NEEDED[space]}
    if any(content is None for content in kept.values()):
        return None
    new = any(content is not None and content.startswith(b"para") for content in kept.values())
    text = _text_of_version_4 if new else _text_of_version_2
    tags = {
        b"desc": text(_NAMES[space], b"desc"),
        b"cprt": text("No rights reserved", b"text"),
        b"wtpt": b"XYZ \0\0\0\0" + _D50,
        **{name: content for name, content in kept.items() if content is not None},
    }
    return _written(space, b"\x04\x30\0\0" if new else b"\x02\x40\0\0", tags)


def _numbers(name: bytes, content: bytes) -> bytes | None:
    """Return a tag's content exactly as long as its numbers are; None if they are none."""
    if name.endswith(b"XYZ"):
        return _point(content)
    return {b"curv": _curve, b"para": _parametric}.get(content[:4], lambda _: None)(content)


def _point(content: bytes) -> bytes | None:
    if content[:4] != b"XYZ " or len(content) < 20:
        return None
    values = struct.unpack_from(">3i", content, 8)
    plausible = all(abs(value) <= 4 << 16 for value in values)
    return b"XYZ \0\0\0\0" + content[8:20] if plausible else None


def _curve(content: bytes) -> bytes | None:
    if len(content) < 12:
        return None
    count = int.from_bytes(content[8:12])
    end = 12 + 2 * count
    if count > _MAX_POINTS or end > len(content):
        return None
    points = struct.unpack_from(f">{count}H", content, 12)
    if any(low > high for low, high in pairwise(points)):
        return None  # the curves of screens rise; words do not
    return b"curv\0\0\0\0" + content[8:end]


def _parametric(content: bytes) -> bytes | None:
    kind = int.from_bytes(content[8:10]) if len(content) >= 12 else len(_PARAMETERS)
    if kind >= len(_PARAMETERS):
        return None
    end = 12 + 4 * _PARAMETERS[kind]
    if end > len(content):
        return None
    values = struct.unpack_from(f">{_PARAMETERS[kind]}i", content, 12)
    plausible = all(abs(value) <= 32 << 16 for value in values)
    return b"para\0\0\0\0" + content[8:10] + b"\0\0" + content[12:end] if plausible else None


def _text_of_version_2(text: str, kind: bytes) -> bytes:
    letters = text.encode("ascii") + b"\0"
    if kind == b"text":
        return b"text\0\0\0\0" + letters
    return b"desc\0\0\0\0" + len(letters).to_bytes(4) + letters + bytes(78)


def _text_of_version_4(text: str, _kind: bytes) -> bytes:
    letters = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(letters), 28) + letters


def _written(space: str, version: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    """Return a profile file; equal contents are kept once."""
    body, table = b"", b""
    start = 132 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for name, content in tags.items():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", places[content], len(content))
    made = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)  # a date that tells nothing
    header = struct.pack(
        ">I4s4s4s4s4s12s4s4sI4s4s8sI12s4s16s28s",
        start + len(body), b"", version, b"mntr", space.ljust(4).encode(), b"XYZ ", made, b"acsp",
        b"", 0, b"", b"", b"", 0, _D50, b"", b"", b"",
    )  # fmt: skip
    return header + len(tags).to_bytes(4) + table + body
