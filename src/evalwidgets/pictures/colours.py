"""What colours mean: a plain profile goes with the copy, everything else is turned into sRGB here."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

from evalwidgets.pictures.icc import MAX_BYTES, Space, neutral, read_profile


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
    space: Space = "GRAY" if image.mode in ("L", "LA") else "RGB"
    if profile is None or found is None or found.space != space:
        return image, None
    kept = neutral(profile, space)
    if kept is not None:
        return image, kept
    if space == "RGB" and found.is_table:
        return _to_srgb(image, profile) or image, None
    return image, None


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture whose numbers are those of sRGB, for computing."""
    image, kept = displayable(image, profile)
    if kept is None or read_profile(kept) is None:
        return image
    return _to_srgb(image, kept) or image


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
        plain = image.convert("RGB") if image.mode == "RGBA" else image
        plain = plain.convert("L") if plain.mode == "LA" else plain
        converted = ImageCms.profileToProfile(plain, source, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None
    if converted is not None and alpha is not None:
        converted.putalpha(alpha)
    return converted


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
