"""The copy of a picture that a reviewer's browser gets: upright, without metadata, named by its content."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.pictures.door import opened, read_bytes, shown, turn
from evalwidgets.pictures.facts import SourceFacts, facts_of
from evalwidgets.pictures.icc import without_words
from evalwidgets.pictures.jpeg import without_metadata

BIG = 8_000_000
"""Pixels above which a picture is sent as a preview and tiles (`store/tiles.py`)."""
SAME_SHAPE = 0.02
"""Sides in a proportion that differs by less have one shape, here as on the stage (viewport.js)."""
PREVIEW_SIDE = 2048
"""The longest side of a preview, in pixels."""


@dataclass(frozen=True)
class Picture:
    """The display copy of a picture: upright, without metadata, named by its content."""

    digest: str
    """The only name that reaches the browser: sha256 of `data`, and of the file when `data` is a preview."""
    width: int
    height: int
    """Of the whole picture, also when `data` is a preview of it."""
    media_type: str
    data: bytes
    factors: tuple[int, ...] = ()
    """By how much the tiles are reduced that can be had of it; empty when `data` is the whole."""
    facts: SourceFacts | None = None
    """Of the file. They stay with the kernel; only `facts.remark` is for reviewers."""

    def __repr__(self) -> str:
        """Return one line without the bytes."""
        return f"Picture({self.width}x{self.height}, {self.media_type}, {self.digest[:8]})"


def read_picture(path: Path, *, fit: tuple[int, int] | None = None) -> Picture:
    """Return the display copy of a picture file.

    A JPEG that stands upright keeps its coded pixels, so nothing is judged that the
    model or camera did not make; all else is decoded and stored without loss as PNG.
    Of a picture of more than 8 megapixels it is a preview, whose tiles come later.

    Parameters
    ----------
    path : Path
        The file.
    fit : (int, int), optional
        Width and height in which the copy must lie whole, keeping its shape; one that has
        this shape but for a rounding fills it, as it does on the stage. Models give
        away which they are by the size of what they make; candidates that are compared
        blind are therefore resampled (Lanczos) to one size. What has that size already is
        left as it is.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.
    """
    raw = read_bytes(path)
    with opened(raw, path) as image:
        facts = facts_of(raw, image)
        turned = turn(image) in _ON_ITS_SIDE
        size = (image.height, image.width) if turned else image.size
        wanted = _fitted(size, fit)
        if wanted[0] * wanted[1] > BIG:
            return _preview(sized(shown(image, path), wanted), facts)
        if wanted == size and facts.format == "JPEG" and turn(image) is None and image.mode in ("RGB", "L"):
            data, media_type = _stripped(raw, path), "image/jpeg"
        else:
            data, media_type = as_png(sized(shown(image, path), wanted)), "image/png"
    return Picture(hashlib.sha256(data).hexdigest(), *wanted, media_type, data, facts=facts)


def read_whole(path: Path, *, fit: tuple[int, int] | None = None) -> Image.Image:
    """Return the whole picture as it is displayed, decoded.

    Raises
    ------
    ImageError
        As `read_picture`.
    """
    with opened(read_bytes(path), path) as image:
        whole = shown(image, path)
    return sized(whole, _fitted(whole.size, fit))


def preview_factor(width: int, height: int) -> int:
    """Return the least power of two by which a picture is reduced to a preview's size."""
    factor = 1
    while max(width, height) > PREVIEW_SIDE * factor:
        factor *= 2
    return factor


def sized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the image in this size, itself if it has it."""
    if image.size == size:
        return image
    resized = image.resize(size, Image.Resampling.LANCZOS)
    resized.info = image.info
    return resized


def as_png(image: Image.Image, *, compress_level: int = 3) -> bytes:
    """Return an image as PNG that holds its pixels, the numbers of its colour profile, and nothing else."""
    buffer = io.BytesIO()
    profile = image.info.get("icc_profile") or b""
    # A profile for grey or CMYK says nothing of the colours made from them.
    kept = without_words(profile) if profile[16:20] == b"RGB " else None
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    clean.save(buffer, "PNG", compress_level=compress_level, icc_profile=kept)
    return buffer.getvalue()


_ON_ITS_SIDE = {
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
}


def _preview(image: Image.Image, facts: SourceFacts) -> Picture:
    factor = preview_factor(*image.size)
    reduced = image.reduce(factor) if factor > 1 else image
    reduced.info = image.info
    data = as_png(reduced)
    factors = tuple(1 << step for step in range(factor.bit_length() - 1))
    # Two pictures that differ in their finest pixels only may have one preview; their tiles differ.
    digest = hashlib.sha256(data + bytes.fromhex(facts.sha256)).hexdigest()
    return Picture(digest, *image.size, "image/png", data, factors, facts)


def _fitted(size: tuple[int, int], fit: tuple[int, int] | None) -> tuple[int, int]:
    if fit is None or size == fit:
        return size
    across, down = fit[0] / size[0], fit[1] / size[1]
    if abs(across / down - 1) < SAME_SHAPE:
        return fit
    scale = min(across, down)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _stripped(raw: bytes, path: Path) -> bytes:
    try:
        return without_metadata(raw)
    except ValueError as error:
        msg = f"{path.name}: {error}."
        raise ImageError(msg) from error
