"""The copy of a picture that a reviewer's browser gets: upright, without metadata, named by its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from evalwidgets.errors import ImageError
from evalwidgets.pictures import jpeg
from evalwidgets.pictures.colours import displayable
from evalwidgets.pictures.door import Opened, decode, open_header
from evalwidgets.pictures.facts import SourceFacts, facts_of
from evalwidgets.pictures.source_file import MAX_BYTES, read_bytes
from evalwidgets.pictures.upright import turn
from evalwidgets.store.display import Size, as_png, displayed, fitted, shown_size
from evalwidgets.store.tiles import TileGrid, grid_of

__all__ = ["Picture", "read_picture", "whole_picture"]


@dataclass(frozen=True)
class Picture:
    """The display copy of a picture: upright, without metadata, named by its content."""

    digest: str
    """The only name that reaches the browser: sha256 of `data`, for a preview together with its file's."""
    width: int
    height: int
    """Of the picture that is judged; that of `data` may be a fraction (see `tiles`)."""
    media_type: str
    data: bytes = field(repr=False)
    facts: SourceFacts = field(repr=False)
    """What the file is; for the lead, never for the browser (but for its `remark`)."""
    tiles: TileGrid | None = None
    """Of a picture above 8 megapixels: `data` is its preview, and the rest comes in tiles."""

    def __repr__(self) -> str:
        """Return one line without the bytes."""
        return f"Picture({self.width}x{self.height}, {self.media_type}, {self.digest[:8]})"


def read_picture(path: Path, *, fit: Size | None = None) -> Picture:
    """Return the display copy of a picture file.

    Parameters
    ----------
    path : Path
        The file.
    fit : (int, int), optional
        Width and height in which the picture is to lie whole, so that candidates for one
        instruction are shown at one size: a side of 496 or 1024 pixels would tell the model.

    Raises
    ------
    ImageError
        If the file is missing, too large, damaged, or of a kind that is not admitted.

    Notes
    -----
    A JPEG that stands upright keeps its coded pixels, so nothing is judged that the
    model or camera did not make; all else is decoded and stored without loss as PNG.

    Fitting costs that: a picture of another size is resampled (Lanczos), which softens it
    when it grows and hides its finest detail when it shrinks. So give the size of the
    largest candidate, and none at all where sharpness is judged. A picture that has the
    size already is not touched, and the aspect never changes.
    """
    raw = read_bytes(path)
    with open_header(raw, path) as found:
        facts = facts_of(raw, found)
        size = fitted(shown_size(found), fit)
        grid = grid_of(size)
        data = None if grid or size != found.size else _coded(found, path)
        media_type = "image/jpeg" if data else "image/png"
        if data is None:
            data = as_png(displayed(found, path, fit=fit, factor=grid.factor if grid else 1))
    # Two pictures that differ in their finest pixels only may have one preview; their tiles differ.
    named = data + bytes.fromhex(facts.sha256) if grid else data
    return Picture(hashlib.sha256(named).hexdigest(), *size, media_type, data, facts, grid)


def whole_picture(path: Path) -> Picture:
    """Return the display copy of a picture file at its full resolution, for one that travels.

    What a browser gets of a big picture is a preview and tiles; this is all of it in one
    piece, of the same pixels and size as the upright original.

    Raises
    ------
    ImageError
        As `read_picture`, and if the copy itself would be too large to be read again.
    """
    raw = read_bytes(path)
    with open_header(raw, path) as found:
        facts, size = facts_of(raw, found), shown_size(found)
        data = _coded(found, path)
        media_type = "image/jpeg" if data else "image/png"
        data = data or as_png(displayed(found, path), level=6)
    if len(data) > MAX_BYTES:
        msg = (
            f"{path.name}: its copy without loss has {len(data) / 1e6:.0f} MB, at most "
            f"{MAX_BYTES / 1e6:.0f} MB can be carried; make the picture smaller, or a JPEG."
        )
        raise ImageError(msg)
    return Picture(hashlib.sha256(data).hexdigest(), *size, media_type, data, facts)


def _coded(found: Opened, path: Path) -> bytes | None:
    """Return an upright JPEG with its own coded pixels; None for all else."""
    if found.format != "JPEG" or turn(found.image) is not None or found.mode not in ("RGB", "L"):
        return None
    decode(found, path)  # damage shows only when it is decoded
    given = jpeg.icc_profile(found.segments)
    same, profile = displayable(found.image, given)
    return jpeg.without_metadata(found.segments, profile) if same is found.image else None
