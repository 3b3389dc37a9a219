"""Two pictures laid into one frame, that of the original, at a size that is quick to compare."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from PIL import Image

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.pictures.door import opened, read_bytes
from evalwidgets.pictures.levels import to_eight_bits
from evalwidgets.pictures.upright import upright

Source: TypeAlias = Image.Image | Path | str
"""A picture, or the path of its file."""
Size: TypeAlias = tuple[int, int]
"""Width and height in pixels."""

SAME_SHAPE = 0.02
"""As in `widgets/viewport.js`: sides whose ratio differs by less come from a model's block size."""
GREY = (128, 128, 128)
"""Shows through where a picture is transparent: few pictures are just this grey."""


class Rect(NamedTuple):
    """A place in a frame, in pixels."""

    left: float
    top: float
    width: float
    height: float


def picture_of(source: Source) -> Image.Image:
    """Return a picture upright in 8 bits, as RGB, or RGBA where it is transparent.

    Raises
    ------
    ImageError
        If a file is missing, too large, damaged, or of a kind that is not admitted.
    """
    if isinstance(source, Image.Image):
        return _as_seen(source)
    path = Path(source)
    with opened(read_bytes(path), path) as found:
        return _as_seen(found.image)


def _as_seen(picture: Image.Image) -> Image.Image:
    """Return RGBA where something shows through, else RGB."""
    shown = to_eight_bits(upright(picture))
    if shown.mode not in ("LA", "RGBA"):
        return shown.convert("RGB")
    shown = shown.convert("RGBA")
    return shown if shown.getchannel("A").getextrema() != (255, 255) else shown.convert("RGB")


def placement(picture: Size, frame: Size) -> Rect:
    """Return where a picture lies in a frame: on the whole of it when both have the same shape.

    Of another shape it lies whole and undistorted in the middle, which is also where
    the points of a centred crop coincide. The stage shows it in the same place.
    """
    across, down = frame[0] / picture[0], frame[1] / picture[1]
    if abs(across / down - 1) < SAME_SHAPE:
        return Rect(0, 0, *frame)
    scale = min(across, down)
    width, height = picture[0] * scale, picture[1] * scale
    return Rect((frame[0] - width) / 2, (frame[1] - height) / 2, width, height)


@dataclass(frozen=True, eq=False)
class Laid:
    """Both pictures in the original's frame, in RGB and of one size."""

    original: Image.Image
    edited: Image.Image
    """Grey where the edited picture does not reach."""
    reach: BoolArray
    """Where the edited picture reaches, shape (rows, columns)."""
    scale: tuple[float, float]
    """Pixels here for each pixel of the original, across and down."""


def laid(original: Image.Image, edited: Image.Image, longest: int) -> Laid:
    """Return the pictures in one frame whose longest side is at most so long; neither is enlarged."""
    place = placement(edited.size, original.size)
    own = min(edited.width / place.width, edited.height / place.height)
    scale = min(1.0, longest / max(original.size), own)
    width, height = (max(1, round(side * scale)) for side in original.size)
    left, top = min(round(place.left * scale), width - 1), min(round(place.top * scale), height - 1)
    across = min(max(1, round(place.width * scale)), width - left)
    down = min(max(1, round(place.height * scale)), height - top)
    frame = Image.new("RGB", (width, height), GREY)
    frame.paste(_flat(edited, (across, down)), (left, top))
    reach = np.zeros((height, width), dtype=bool)
    reach[top : top + down, left : left + across] = True
    return Laid(
        _flat(original, (width, height)), frame, reach, (width / original.width, height / original.height)
    )


def _flat(picture: Image.Image, size: Size) -> Image.Image:
    """Return a picture in a size, grey where it is transparent."""
    small = picture
    if picture.size != size:
        small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    if small.mode == "RGBA":
        small = Image.alpha_composite(Image.new("RGBA", size, (*GREY, 255)), small)
    return small.convert("RGB")
