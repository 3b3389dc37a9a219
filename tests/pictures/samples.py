"""Pictures and files that the tests of the door share."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SECRET = "SECRET-MODEL-X9 prompt"


def colourful(size: tuple[int, int] = (6, 4)) -> Image.Image:
    """Return a picture in which every pixel differs."""
    picture = Image.new("RGB", size)
    picture.putdata([(40 * (i % 6), 60 * (i // 6) % 256, i * 10 % 256) for i in range(size[0] * size[1])])
    return picture


def saved(path: Path, picture: Image.Image, **options: Any) -> Path:
    """Save a picture and return its path."""
    picture.save(path, **options)
    return path


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int, depth: int, colours: int, data: bytes, *before: bytes) -> bytes:
    """Return a PNG with this header, these chunks and these compressed rows."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    parts = [header, *before, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
