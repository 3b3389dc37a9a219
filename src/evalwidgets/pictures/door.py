"""The one door for picture files: what may come in, decoded upright, every fault a sentence."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image, ImageCms, UnidentifiedImageError

from evalwidgets.errors import ImageError

MAX_PIXELS = 64_000_000
MAX_BYTES = 64 * 1024 * 1024
MAX_FRAMES = 200
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
ORIENTATION = 0x0112
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


def open_image(path: Path) -> Image.Image:
    """Return a picture as an upright RGB image, for charts and statistics.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.
    """
    with opened(read_bytes(path), path) as image:
        return shown(image, path).convert("RGB")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of an admitted size; every fault becomes an `ImageError`."""
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


def opened(raw: bytes, path: Path) -> Image.Image:
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


def turn(image: Image.Image) -> Image.Transpose | None:
    """Return what brings the picture upright, by its EXIF orientation; None when it stands so."""
    return _TURNS.get(image.getexif().get(ORIENTATION, 1))


def upright(image: Image.Image) -> Image.Image:
    """Return the picture as it is meant to be seen."""
    # Not ImageOps.exif_transpose: it writes the EXIF anew, which fails where that is damaged.
    turned = turn(image)
    return image if turned is None else image.transpose(turned)


def shown(image: Image.Image, path: Path) -> Image.Image:
    """Return a decoded picture upright, in 8 bits of RGB, RGBA or L, with every level that a screen shows.

    Raises
    ------
    ImageError
        If its colours cannot be brought to RGB.
    """
    try:
        return _to_eight_bits(upright(image))
    except Exception as error:  # damage that shows only now
        msg = f"{path.name}: not a picture that can be shown ({type(error).__name__}: {error})."
        raise ImageError(msg) from error


def _to_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        # Pillow clips 16 bits when converting; dividing keeps every one of the 256 levels.
        return image.convert("I").point(lambda level: level / 257).convert("L")
    if image.mode == "CMYK" and image.info.get("icc_profile"):
        return _by_profile(image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _by_profile(image: Image.Image) -> Image.Image:
    """Return a picture for print in the colours that its profile means; without trust in it, as it is."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        converted = ImageCms.profileToProfile(
            image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        converted = None
    return converted if converted is not None else image.convert("RGB")
