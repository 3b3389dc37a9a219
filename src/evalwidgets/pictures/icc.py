"""Colour profiles without their words: what decides the colours stays, what could tell a story goes.

An ICC profile has room for texts (who made it, for which device, any private tag), and so for
the name of a model. A profile is built anew with the tags that decide colours; the texts that
the format requires say nothing.
"""

from __future__ import annotations

import struct

_HEADER = 128
_MOST_TAGS = 100
_MOST_BYTES = 4 * 1024 * 1024
_COLOURS = {b"wtpt", b"bkpt", b"chad", b"chrm", b"cicp", b"gamt"}
_COLOURS |= {colour + kind for colour in (b"r", b"g", b"b") for kind in (b"XYZ", b"TRC")} | {b"kTRC"}
_COLOURS |= {name + digit for name in (b"A2B", b"B2A", b"D2B", b"B2D") for digit in (b"0", b"1", b"2", b"3")}
_NEUTRAL = {b"desc": "colours", b"cprt": "none"}
_TABLES = {b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"chrm", b"cicp"}
_PARAMETERS = (1, 3, 4, 5, 7)  # of a parametric curve, by its function type
_KEPT_OF_HEADER = ((8, 24), (36, 40), (64, 80))
"""Version, class, spaces; the signature "acsp"; rendering intent and illuminant."""


def without_words(profile: bytes) -> bytes | None:
    """Return a profile that gives the same colours and holds no text, or None if it cannot be read."""
    try:
        tags = _tags(profile)
        kept = {name: _trimmed(content) for name, content in tags.items() if name in _COLOURS}
    except (ValueError, IndexError, struct.error):
        return None
    if not kept:
        return None
    version = profile[8]
    kept |= {name: _text(name, said, version) for name, said in _NEUTRAL.items()}
    return _built(profile, kept)


def _tags(profile: bytes) -> dict[bytes, bytes]:
    """Return each tag's content by its signature."""
    if not _HEADER + 4 <= len(profile) <= _MOST_BYTES or profile[36:40] != b"acsp":
        msg = "not an ICC profile"
        raise ValueError(msg)
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    if count > _MOST_TAGS:
        msg = f"{count} tags; at most {_MOST_TAGS}"
        raise ValueError(msg)
    tags = {}
    for place in range(count):
        name, offset, size = struct.unpack_from(">4sII", profile, _HEADER + 4 + 12 * place)
        if offset + size > len(profile):
            msg = f"tag {name!r} leads outside"
            raise ValueError(msg)
        tags[name] = profile[offset : offset + size]
    return tags


def _trimmed(content: bytes) -> bytes:
    """Return a tag's content to its proper end; a kind that is no number of colours is refused."""
    kind = content[:4]
    if kind in _TABLES:
        return content
    if kind == b"curv":
        (points,) = struct.unpack_from(">I", content, 8)
        size = 12 + 2 * points
    elif kind == b"para":
        (function,) = struct.unpack_from(">H", content, 8)
        size = 12 + 4 * _PARAMETERS[function]
    elif kind == b"XYZ ":
        size = 20
    elif kind == b"sf32":
        size = 44
    else:
        msg = f"a tag of kind {kind!r} does not decide colours"
        raise ValueError(msg)
    return content[:4] + bytes(4) + content[8:size]


def _text(name: bytes, said: str, version: int) -> bytes:
    """Return a text as a tag: three forms, by the profile's major version and the tag."""
    if version >= 4:
        words = said.encode("utf-16-be")
        return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(words), 28) + words
    words = said.encode("ascii") + b"\0"
    if name == b"cprt":
        return b"text" + bytes(4) + words
    return b"desc" + struct.pack(">II", 0, len(words)) + words + bytes(78)


def _built(profile: bytes, tags: dict[bytes, bytes]) -> bytes:
    header = bytearray(_HEADER)
    for begin, end in _KEPT_OF_HEADER:
        header[begin:end] = profile[begin:end]
    offset = _HEADER + 4 + 12 * len(tags)
    table, body = bytearray(), bytearray()
    for name, content in tags.items():
        table += struct.pack(">4sII", name, offset + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    whole = bytes(header) + struct.pack(">I", len(tags)) + bytes(table) + bytes(body)
    return struct.pack(">I", len(whole)) + whole[4:]
