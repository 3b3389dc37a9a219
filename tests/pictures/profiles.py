"""Colour profiles made for tests."""

from __future__ import annotations

import struct


def with_tags(profile: bytes, version: int = 4, **more: bytes) -> bytes:
    """Return a profile with more tags, and another major version in its header."""
    (count,) = struct.unpack_from(">I", profile, 128)
    old = [struct.unpack_from(">4sII", profile, 132 + 12 * place) for place in range(count)]
    tags = {name: profile[offset : offset + size] for name, offset, size in old}
    tags |= {name.encode(): content for name, content in more.items()}
    table, body = b"", b""
    start = 132 + 12 * len(tags)
    for name, content in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = bytearray(profile[:128])
    header[8] = version
    whole = bytes(header) + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(whole)) + whole[4:]
