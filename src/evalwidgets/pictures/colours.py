"""What colours mean: a plain profile goes with the copy, everything else is turned into sRGB here."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

from evalwidgets.pictures.icc import MAX_BYTES, neutral, read_profile

_MODES = {"GRAY": ("L", "LA"), "RGB": ("L", "LA", "RGB", "RGBA")}
"""What each kind of profile can explain: grey is a colour too, but colours are no grey."""
_ROUNDING = 2  # levels
_INPUT = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}


def displayable(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, bytes | None]:
    """Return a picture in grey or RGB, and the profile that it is to be shown with.

    Parameters
    ----------
    image : Image
        Eight bits a channel; grey, RGB (both with or without alpha) or CMYK.
    profile : bytes, optional
        As the file holds it.

    Notes
    -----
    A plain profile is rewritten without words and the pixels stay. One that is a table,
    and any CMYK one, is applied. A profile for other colours than the picture's, or a
    damaged one, is passed over, as browsers do.
    """
    found = read_profile(profile) if profile else None
    if image.mode == "CMYK":
        fits = found is not None and found.space == "CMYK"
        return (_to_srgb(image, profile) if fits else None) or image.convert("RGB"), None
    if profile is None or found is None or found.space not in _MODES or image.mode not in _MODES[found.space]:
        return image, None
    kept = neutral(profile, found.space)
    if kept is None and found.is_table:
        return _to_srgb(image, profile) or image, None
    return image, kept


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture whose numbers are those of sRGB, for computing."""
    image, kept = displayable(image, profile)
    if kept is None or _changes_nothing(kept):
        return image
    return _to_srgb(image, kept) or image


@lru_cache(maxsize=64)
def _changes_nothing(profile: bytes) -> bool:
    """Return whether a profile is one of the many of sRGB: what differs by rounding only is no difference."""
    levels = np.arange(0, 256, 15, dtype=np.uint8)
    grid = Image.fromarray(np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(len(levels), -1, 3))
    grid = grid.convert("L").convert("RGB") if profile[16:20] == b"GRAY" else grid
    seen = _to_srgb(grid, profile)
    return seen is None or bool(abs(np.asarray(grid, dtype=int) - np.asarray(seen)).max() <= _ROUNDING)


def description(profile: bytes | None) -> str:
    """Return what a profile calls itself; empty where there is none or it cannot be read."""
    if not profile or len(profile) > MAX_BYTES:
        return ""
    try:
        return str(ImageCms.getProfileDescription(io.BytesIO(profile))).strip()[:200]
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return ""


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image | None:
    """Return the picture in sRGB; None where the profile cannot be applied."""
    if not profile or len(profile) > MAX_BYTES:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
        plain = image.convert(_INPUT[source.profile.xcolor_space])
        converted = ImageCms.profileToProfile(plain, source, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError, KeyError):
        return None
    if converted is not None and alpha is not None:
        converted.putalpha(alpha)
    return converted


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
