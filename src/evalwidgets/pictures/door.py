"""The one door for picture files: what may come in, decoded, every fault a sentence.

Time and memory are bounded by what a file may be, not by a clock. Its bytes, pixels,
frames, chunks, segments and scans are counted before a decoder sees them, so that the
slowest file that is admitted (64 megapixels of noise) takes a few seconds of one core. A
process of its own with a deadline was the alternative. It costs a fifth of a second for
each picture or a second copy of the pixels through a pipe, where the usual picture
decodes in 5 to 60 ms, and guards against what the counted limits already rule out. Only
against a hole in a decoder it would help: a lead who fears that reads an untrusted set
once in a process with `RLIMIT_AS`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from evalwidgets.errors import ImageError
from evalwidgets.pictures import gif, jpeg, png
from evalwidgets.pictures.colours import in_srgb
from evalwidgets.pictures.levels import to_eight_bits
from evalwidgets.pictures.source_file import MAX_BYTES, name_of, read_bytes
from evalwidgets.pictures.upright import turn, upright

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_FRAMES",
    "MAX_PIXELS",
    "MAX_SIDE",
    "Opened",
    "decode",
    "open_header",
    "open_image",
    "opened",
    "read_bytes",
    "to_eight_bits",
    "turn",
    "upright",
]

MAX_PIXELS = 64_000_000
MAX_SIDE = 32_767
"""Longer pictures are drawn by no browser."""
MAX_FRAMES = 200
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")


@dataclass
class Opened:
    """A picture file that was admitted.

    Parameters
    ----------
    image : Image
        Its first frame, as stored (not yet upright); from `open_header` not yet decoded.
    format : str
        One of `FORMATS`.
    mode : str
        Pillow's word for how its pixels were stored.
    size : (int, int)
        As stored.
    depth : int
        Bits a channel.
    frames : int
        How many there are.
    segments : tuple of Segment
        Of a JPEG, else empty.
    space : tuple
        The chunks that say what the colours of a PNG without profile mean.
    covers : (int, int, int, int), optional
        The part of its canvas that the first frame of a GIF covers.
    """

    image: Image.Image
    format: str
    mode: str
    size: tuple[int, int]
    depth: int = 8
    frames: int = 1
    segments: tuple[jpeg.Segment, ...] = ()
    space: tuple[tuple[bytes, bytes], ...] = ()
    covers: tuple[int, int, int, int] | None = None


def open_image(path: Path) -> Image.Image:
    """Return a picture as an upright RGB image, for charts and statistics.

    Its numbers are those of sRGB, whatever its profile. What is transparent lies on white.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.
    """
    with opened(read_bytes(path), path) as found:
        profile = found.image.info.get("icc_profile")
        image = in_srgb(to_eight_bits(upright(found.image)), profile)
        if image.mode not in ("LA", "RGBA"):
            return image.convert("RGB")
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


@contextmanager
def opened(raw: bytes, path: Path) -> Iterator[Opened]:
    """Open and decode the first frame of a picture file; `path` is what errors call it.

    Raises
    ------
    ImageError
        If the file is damaged or of a kind that is not admitted.
    """
    with open_header(raw, path) as found:
        decode(found, path)
        yield found


@contextmanager
def open_header(raw: bytes, path: Path) -> Iterator[Opened]:
    """Open a picture file without decoding it; see `opened`."""
    with _faults_told(path):
        found = _recognised(raw)
        _admit(found, path)
    with found.image:
        yield found


def decode(found: Opened, path: Path, *, at_least: tuple[int, int] | None = None) -> None:
    """Decode a picture; a JPEG may be reduced meanwhile, by a power of two, to no less than a size.

    Raises
    ------
    ImageError
        If the file is damaged.
    """
    with _faults_told(path):
        if at_least and found.mode in ("L", "RGB"):
            found.image.draft(found.mode, at_least)
        found.image.load()
        if found.covers is not None and found.covers != (0, 0, *found.image.size):
            found.image = _on_nothing(found.image, found.covers)


def _on_nothing(image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """Return a picture of which only a part is there; Pillow fills the rest with some colour."""
    canvas = Image.new("RGBA", image.size)
    canvas.paste(image.crop(box).convert("RGBA"), box[:2])
    return canvas


def _recognised(raw: bytes) -> Opened:
    if png.is_png(raw):
        return _from_png(png.plain_png(raw))
    segments = tuple(jpeg.read_segments(raw)) if jpeg.is_jpeg(raw) else ()
    frames = gif.read_frames(raw, MAX_FRAMES) if gif.is_gif(raw) else None
    image = Image.open(io.BytesIO(raw), formats=FORMATS)
    return Opened(
        image,
        format="JPEG" if image.format == "MPO" else str(image.format),
        mode=image.mode,
        size=image.size,
        depth=_depth_of_avif(raw) if image.format == "AVIF" else 1 if image.mode == "1" else 8,
        frames=frames.count if frames else getattr(image, "n_frames", 1),
        segments=segments,
        covers=frames.first if frames else None,
    )


def _from_png(plain: png.PlainPng) -> Opened:
    image = Image.open(io.BytesIO(plain.data), formats=("PNG",))
    transparent = image.info.get("transparency")
    if plain.see_through and plain.depth == 16 and image.mode == "RGB":
        msg = "one of its colours of 16 bits is transparent; save it with an alpha channel"
        raise ValueError(msg)
    if plain.see_through and plain.depth in (2, 4) and isinstance(transparent, int):
        # Pillow spreads the levels over 0 to 255, but leaves the transparent one as it is.
        image.info["transparency"] = transparent * (255 // (2**plain.depth - 1))
    return Opened(image, "PNG", image.mode, image.size, plain.depth, plain.frames, space=plain.space)


def _depth_of_avif(raw: bytes) -> int:
    """Return the bits a channel, as the configuration of the codec tells."""
    at = raw.find(b"av1C")
    flags = raw[at + 6 : at + 7] if at >= 0 else b""
    if not flags or not flags[0] & 0x40:
        return 8
    return 12 if flags[0] & 0x20 else 10


def _admit(found: Opened, path: Path) -> None:
    width, height = found.image.size
    if width * height > MAX_PIXELS:
        msg = f"{width * height / 1e6:.0f} megapixels; at most {MAX_PIXELS / 1e6:.0f} can be shown"
        raise _refusal(path, msg)
    if max(width, height) > MAX_SIDE:
        raise _refusal(path, f"{width} x {height} pixels; at most {MAX_SIDE} a side can be shown")
    if found.frames > MAX_FRAMES:
        raise _refusal(path, f"more than the {MAX_FRAMES} frames that are admitted")


@contextmanager
def _faults_told(path: Path) -> Iterator[None]:
    """Turn every fault of a file into an `ImageError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged EXIF and the like: the pixels decide
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except ImageError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        far = f"far more than the {MAX_PIXELS / 1e6:.0f} megapixels that can be shown"
        raise _refusal(path, far) from error
    except UnidentifiedImageError as error:
        raise _refusal(path, f"not a picture of a kind that is admitted ({', '.join(FORMATS)})") from error
    except Exception as error:  # Pillow's plugins raise whatever the damage leads them to
        why = "".join(one if one.isprintable() else " " for one in str(error))[:200]
        raise _refusal(path, f"not a picture that can be shown ({type(error).__name__}: {why})") from error


def _refusal(path: Path, why: str) -> ImageError:
    return ImageError(f"{name_of(path)}: {why}.")
