"""Picture files put together byte by byte, as no honest encoder makes them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import numpy as np
from PIL import Image, ImageCms

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
MARK = b"SECRET-MODEL-X9 prompt"
SCRIPT = b"<script>window.pwned=1</script>"
SIDE = 48
Size = tuple[int, int]


def scene(mode: str = "RGB", size: Size = (SIDE, SIDE)) -> Image.Image:
    """Return a small picture with slopes and something round, so that no turn looks like another."""
    across, down = np.meshgrid(np.linspace(0, 255, size[0]), np.linspace(0, 255, size[1]))
    disc = np.where((across - 80) ** 2 + (down - 90) ** 2 < 3000, 230, 40)
    picture = Image.fromarray(np.dstack([across, down, disc]).round().astype(np.uint8))
    if mode in ("RGBA", "LA"):
        picture.putalpha(Image.fromarray(across.round().astype(np.uint8)))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Return a picture as a file."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def film(kind: str, frames: int, side: int = 16) -> bytes:
    """Return a moving picture: the first frame is red, and no two that follow each other are alike."""
    colours = [(255, 0, 0), *((0, number % 256, 128 + number // 256) for number in range(1, frames))]
    pictures = [Image.new("RGB", (side, side), colour) for colour in colours]
    more = {"lossless": True} if kind == "WEBP" else {}
    return encoded(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=50, **more)


def archive() -> bytes:
    """Return a zip archive with a page in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.writestr("index.html", SCRIPT + MARK)
    return buffer.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def packed_png(size: Size, depth: int, colours: int, packed: bytes, *before: bytes) -> bytes:
    """Return a PNG with this header, these chunks and these packed rows."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, colours, 0, 0, 0))
    parts = [header, *before, chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png(size: Size, depth: int, colours: int, rows: bytes, *before: bytes) -> bytes:
    """Return a PNG with these rows, each with its filter byte before it."""
    return packed_png(size, depth, colours, zlib.compress(rows), *before)


def with_chunk(data: bytes, *chunks: bytes) -> bytes:
    """Return a PNG with more chunks behind its header."""
    return data[:33] + b"".join(chunks) + data[33:]


def segment(marker: int, content: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def with_segment(data: bytes, *segments: bytes) -> bytes:
    """Return a JPEG with more segments behind its first bytes."""
    return data[:2] + b"".join(segments) + data[2:]


def of_size(kind: str, width: int, height: int) -> bytes:
    """Return a small file that claims a large size."""
    if kind == "PNG":
        return png((width, height), 1, 0, b"")
    data = bytearray(encoded(Image.new("RGB", (8, 8)), kind))
    sides = struct.pack("<HH", width, height)
    if kind == "JPEG":
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", height, width)
    elif kind == "GIF":
        data[6:10] = sides
    elif kind == "WEBP":
        data[26:30] = sides
    else:  # BMP
        data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


def deflated_zeros(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, packed, without holding them."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])
