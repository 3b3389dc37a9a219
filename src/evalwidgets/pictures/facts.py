"""What a picture file is: facts for the lead, of which only a neutral remark reaches a reviewer."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms

from evalwidgets.pictures.door import ORIENTATION, opened, read_bytes

_DEPTHS = {"1": 1, "I;16": 16, "I;16B": 16, "I;16L": 16, "I;16N": 16, "I": 32, "F": 32}
_PNG_DEPTH = 24  # where a PNG says it


@dataclass(frozen=True)
class SourceFacts:
    """Facts of a picture file, as it was stored."""

    format: str
    """For example "JPEG", by the bytes and not by the name."""
    mode: str
    """Pillow's word for the colours: "RGB", "L", "CMYK", "P", "I;16" ..."""
    depth: int
    """Bits of a channel."""
    frames: int
    has_alpha: bool
    orientation: int
    """Of EXIF, 1 to 8; 1 stands upright."""
    profile: str
    """Description of its colour profile; empty without one."""
    width: int
    height: int
    """As stored, before it is turned upright."""
    size: int
    """Bytes of the file."""
    sha256: str
    """Of the file's bytes, which are never changed."""

    @property
    def remark(self) -> str:
        """What a reviewer should know to judge the right thing; empty normally."""
        said = []
        if self.frames > 1:
            said.append(f"Animated: the first of {self.frames} frames is shown.")
        if self.depth > 8:
            said.append(f"{self.depth} bits a channel, shown in 8.")
        if self.mode == "CMYK":
            said.append("Made for print (CMYK), shown in RGB.")
        return " ".join(said)


def read_facts(path: Path) -> SourceFacts:
    """Return the facts of a picture file.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.
    """
    raw = read_bytes(path)
    with opened(raw, path) as image:
        return facts_of(raw, image)


def facts_of(raw: bytes, image: Image.Image) -> SourceFacts:
    """Return the facts of an opened picture, whose bytes are `raw`."""
    return SourceFacts(
        format=image.format or "",
        mode=image.mode,
        depth=raw[_PNG_DEPTH] if image.format == "PNG" else _DEPTHS.get(image.mode, 8),
        frames=getattr(image, "n_frames", 1),
        has_alpha=image.has_transparency_data,
        orientation=image.getexif().get(ORIENTATION, 1),
        profile=_described(image.info.get("icc_profile")),
        width=image.width,
        height=image.height,
        size=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def _described(profile: bytes | None) -> str:
    if not profile:
        return ""
    try:
        said = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return "unreadable"
    return said.strip()[:200]
