"""What a picture file is, for the lead: kept beside the display copy, which says nothing of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from evalwidgets.pictures.colours import description
from evalwidgets.pictures.door import Opened, open_header
from evalwidgets.pictures.source_file import read_bytes
from evalwidgets.pictures.upright import orientation

__all__ = ["SourceFacts", "facts_of", "read_facts"]


@dataclass(frozen=True)
class SourceFacts:
    """A picture file, before anything was done to show it.

    Parameters
    ----------
    format : str
        `JPEG`, `PNG`, `WEBP`, `GIF`, `BMP` or `AVIF`, whatever the file is called.
    mode : str
        Pillow's word for how its pixels are kept: `RGB`, `L`, `P`, `CMYK`, `I;16`, ...
    depth : int
        Bits a channel.
    frames : int
        How many pictures it holds; the first is shown.
    alpha : bool
        Whether it can be transparent.
    orientation : int
        Of EXIF, 1 (upright) to 8.
    profile : str
        What its colour profile calls itself; empty without one.
    width, height : int
        In pixels, as stored, that is before it is turned upright.
    bytes : int
        Of the whole file.
    sha256 : str
        Of the whole file.
    """

    format: str
    mode: str
    depth: int
    frames: int
    alpha: bool
    orientation: int
    profile: str
    width: int
    height: int
    bytes: int
    sha256: str

    @property
    def remark(self) -> str:
        """What a reviewer should know of how it is shown; usually empty."""
        kind = "animated" if self.format in ("GIF", "PNG", "WEBP", "AVIF") else "several pictures"
        parts = [
            f"{kind}: first of {self.frames} frames" if self.frames > 1 else "",
            f"{self.depth} bits a channel, shown in 8" if self.depth > 8 else "",
            "made for print (CMYK), shown in screen colours" if self.mode == "CMYK" else "",
        ]
        said = "; ".join(filter(None, parts))
        return said[:1].upper() + said[1:]


def read_facts(path: Path) -> SourceFacts:
    """Return the facts of a picture file, from its header and without decoding it.

    Raises
    ------
    ImageError
        If the file is missing, too large, or of a kind that is not admitted.
    """
    raw = read_bytes(path)
    with open_header(raw, path) as found:
        return facts_of(raw, found)


def facts_of(raw: bytes, found: Opened) -> SourceFacts:
    """Return the facts of a file whose header, or picture, was opened."""
    image = found.image
    return SourceFacts(
        format=found.format,
        mode=found.mode,
        depth=found.depth,
        frames=found.frames,
        alpha=image.has_transparency_data,
        orientation=orientation(image),
        profile=description(image.info.get("icc_profile")),
        width=found.size[0],
        height=found.size[1],
        bytes=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
    )
