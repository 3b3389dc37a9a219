"""The one door for pictures: what may come in, and the copy that a reviewer sees."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from evalwidgets.errors import ImageError
from evalwidgets.store.jpeg import without_metadata

MAX_PIXELS = 64_000_000
MAX_BYTES = 64 * 1024 * 1024
MAX_FRAMES = 200
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to what brings the picture upright."""


@dataclass(frozen=True)
class Picture:
    """The display copy of a picture: upright, without metadata, named by its content."""

    digest: str
    """sha256 of `data`: the only name that reaches the browser."""
    width: int
    height: int
    media_type: str
    data: bytes

    def __repr__(self) -> str:
        """Return one line without the bytes."""
        return f"Picture({self.width}x{self.height}, {self.media_type}, {self.digest[:8]})"


def read_picture(path: Path) -> Picture:
    """Return the display copy of a picture file.

    A JPEG that stands upright keeps its coded pixels, so nothing is judged that the
    model or camera did not make; all else is decoded and stored without loss as PNG.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.
    """
    raw = _read_bytes(path)
    with _opened(raw, path) as image:
        if image.format == "JPEG" and _turn(image) is None and image.mode in ("RGB", "L"):
            data, media_type, size = _stripped(raw, path), "image/jpeg", image.size
        else:
            shown = _to_eight_bits(_upright(image))
            data, media_type, size = _as_png(shown), "image/png", shown.size
    return Picture(hashlib.sha256(data).hexdigest(), *size, media_type, data)


def open_image(path: Path) -> Image.Image:
    """Return a picture as an upright RGB image, for charts and statistics.

    Raises
    ------
    ImageError
        As `read_picture`.
    """
    with _opened(_read_bytes(path), path) as image:
        return _to_eight_bits(_upright(image)).convert("RGB")


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():  # also: no folder, no pipe, no device
            msg = f"{path.name}: there is no such picture file; check the manifest's path."
            raise ImageError(msg)
        size = path.stat().st_size
        if size > MAX_BYTES:
            msg = f"{path.name}: {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB can be shown."
            raise ImageError(msg)
        return path.read_bytes()
    except OSError as error:
        msg = f"{path.name[:80]}: the file cannot be read ({error.strerror}); check its path and rights."
        raise ImageError(msg) from error


def _opened(raw: bytes, path: Path) -> Image.Image:
    """Return the decoded first frame; every fault of the file becomes an `ImageError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged EXIF and the like: the pixels decide
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=FORMATS)
            _admit(image, path)
            image.load()
            image.getexif()
    except ImageError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        msg = f"{path.name}: far more than the {MAX_PIXELS / 1e6:.0f} megapixels that can be shown."
        raise ImageError(msg) from error
    except UnidentifiedImageError as error:
        msg = f"{path.name}: not a picture of a kind that is admitted ({', '.join(FORMATS)})."
        raise ImageError(msg) from error
    except Exception as error:  # Pillow's plugins raise whatever the damage leads them to
        msg = f"{path.name}: not a picture that can be shown ({type(error).__name__}: {error})."
        raise ImageError(msg) from error
    return image


def _admit(image: Image.Image, path: Path) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        msg = f"{path.name}: {pixels / 1e6:.0f} megapixels; at most {MAX_PIXELS / 1e6:.0f} can be shown."
        raise ImageError(msg)
    frames = getattr(image, "n_frames", 1)
    if frames > MAX_FRAMES:
        msg = f"{path.name}: {frames} frames; at most {MAX_FRAMES} are admitted."
        raise ImageError(msg)


def _turn(image: Image.Image) -> Image.Transpose | None:
    return _TURNS.get(image.getexif().get(_ORIENTATION, 1))


def _upright(image: Image.Image) -> Image.Image:
    # Not ImageOps.exif_transpose: it writes the EXIF anew, which fails where that is damaged.
    turn = _turn(image)
    return image if turn is None else image.transpose(turn)


def _to_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        # Pillow clips 16 bits when converting; dividing keeps every one of the 256 levels.
        return image.convert("I").point(lambda level: level / 257).convert("L")
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _stripped(raw: bytes, path: Path) -> bytes:
    try:
        return without_metadata(raw)
    except ValueError as error:
        msg = f"{path.name}: {error}."
        raise ImageError(msg) from error


def _as_png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    profile = image.info.get("icc_profile") or b""
    if profile[16:20] != b"RGB ":  # a profile for grey or CMYK says nothing of the colours made from them
        profile = None
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    clean.save(buffer, "PNG", compress_level=3, icc_profile=profile)
    return buffer.getvalue()
