"""How the content of an edited picture was moved and enlarged, found from lightness alone."""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from PIL import Image
from scipy import fft, ndimage

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.analysis.evidence.lab import Plane

ZOOMS = np.linspace(0.9, 1.1, 11)
"""What is tried at first; steps that follow the slope find what lies between."""
LEAST_OVERLAP = 0.5
"""A move that leaves less of the frame to compare is none."""
_WIDEST = (0.85, 1.18)
_SMALL = 200
_HUBER = 2.0
_CLEAR = 10.0

Pair: TypeAlias = tuple[Plane, Plane]
"""The original and the edited picture, of one shape; nan where nothing is known."""


class Move(NamedTuple):
    """Where points went, from the middle: `(x, y)` to `(across * x + dx, down * y + dy)`."""

    across: float = 1.0
    down: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    @property
    def zoom(self) -> float:
        """How many times larger the content became."""
        return math.sqrt(self.across * self.down)

    def furthest(self, size: tuple[int, int]) -> float:
        """Return how far the point that moved most went, in a picture of this width and height."""
        across = abs(self.dx) + abs(self.across - 1) * size[0] / 2
        down = abs(self.dy) + abs(self.down - 1) * size[1] / 2
        return max(across, down)

    def scaled(self, across: float, down: float) -> Move:
        """Return the move as it is in a picture so many times larger."""
        return self._replace(dx=self.dx * across, dy=self.dy * down)


NO_MOVE = Move()


def moved_back(picture: Image.Image, move: Move) -> Image.Image:
    """Return a picture with a move undone; black where it does not reach."""
    left = picture.width / 2 * (1 - move.across) + move.dx
    top = picture.height / 2 * (1 - move.down) + move.dy
    way = (move.across, 0.0, left, 0.0, move.down, top)
    return picture.transform(picture.size, Image.Transform.AFFINE, way, Image.Resampling.BICUBIC)


def reach_after(reach: BoolArray, move: Move) -> BoolArray:
    """Return where all pixels that `moved_back` reads lie within reach."""
    plane = np.where(reach, np.float32(0), np.float32(np.nan))
    known = np.isfinite(_plane_back(plane, move))
    return np.asarray(ndimage.binary_erosion(known, np.ones((3, 3), bool)))


def find_move(original: Plane, edited: Plane) -> Move:
    """Return the move under which two planes of lightness fit best; nan marks what is unknown.

    Notes
    -----
    Phase correlation (Kuglin & Hines 1975) of small copies at several zooms gives a
    start, Gauss-Newton steps (Lucas & Kanade 1981) from small to full size refine it.
    Large differences have little weight (Huber), so that what was edited hardly pulls.
    """
    sizes: list[Pair] = [(original, edited)]
    while max(sizes[-1][0].shape) > _SMALL and min(sizes[-1][0].shape) > 32:
        sizes.append((_halved(sizes[-1][0]), _halved(sizes[-1][1])))
    small = sizes.pop()
    least = LEAST_OVERLAP * float(np.isfinite(small[1]).mean())
    ends = [_refined(small, start, 10, least) for start in (NO_MOVE, _start(small))]
    move = min(ends, key=lambda one: _misfit(small, one, least))
    for pair, steps in zip(reversed(sizes), (5, 3), strict=False):
        move = _refined(pair, move.scaled(2, 2), steps, least)
    return move


def _plane_back(plane: Plane, move: Move) -> Plane:
    """Return a plane with a move undone; nan where it does not reach."""
    zoom = np.array([move.down, move.across])
    offset = (np.array(plane.shape) - 1) / 2 * (1 - zoom) + (move.dy, move.dx)
    return np.asarray(ndimage.affine_transform(plane, zoom, offset, order=1, cval=np.nan))


def _halved(plane: Plane) -> Plane:
    rows, columns = (side // 2 for side in plane.shape)
    blocks = plane[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2)
    return np.asarray(blocks.mean(axis=(1, 3)))


def _start(pair: Pair) -> Move:
    """Return the zoom and shift with the highest peak of phase correlation."""
    original, edited = pair
    window = np.outer(*(np.hanning(side + 2)[1:-1] for side in original.shape))
    spectrum = fft.rfft2((original - original.mean()) * window).conj()
    highest, best = 0.0, NO_MOVE
    for zoom in ZOOMS:
        plane = _plane_back(edited, Move(zoom, zoom))
        level = np.nanmean(plane) if np.isfinite(plane).any() else 0.0
        cross = fft.rfft2(np.nan_to_num(plane - level) * window) * spectrum
        peaks = fft.irfft2(cross / (np.abs(cross) + 1e-6), original.shape)
        peaks = ndimage.gaussian_filter(peaks, 0.7, mode="wrap")
        row, column = np.unravel_index(int(peaks.argmax()), peaks.shape)
        if peaks[row, column] > highest:
            highest = float(peaks[row, column])
            dy, dx = _signed(int(row), peaks.shape[0]), _signed(int(column), peaks.shape[1])
            best = Move(float(zoom), float(zoom), float(zoom * dx), float(zoom * dy))
    return best


def _signed(place: int, side: int) -> int:
    return (place + side // 2) % side - side // 2


def _refined(pair: Pair, move: Move, steps: int, least: float) -> Move:
    """Return the move after steps down the slope; none when it leads away."""
    original, edited = pair
    rows, columns = original.shape
    y = np.linspace(-(rows - 1) / 2, (rows - 1) / 2, rows, dtype=np.float32)[:, None]
    x = np.linspace(-(columns - 1) / 2, (columns - 1) / 2, columns, dtype=np.float32)
    for _ in range(steps):
        plane = _plane_back(edited, move)
        known = np.isfinite(plane)
        inside = all(_WIDEST[0] < zoom < _WIDEST[1] for zoom in move[:2])
        if not inside or not known.any() or known.mean() < least:
            return NO_MOVE
        plane = np.where(known, plane, original)
        rest = plane - original
        rest -= np.median(rest[known])
        weight = (known / np.maximum(1, np.abs(rest) / _HUBER)).ravel()
        down, across = np.gradient((plane + original) / 2)
        slopes = np.stack([across * x, down * y, across, down]).reshape(4, -1)
        weighted = slopes * weight
        step = np.linalg.lstsq(weighted @ slopes.T, -(weighted @ rest.ravel()), rcond=1e-7)[0]
        move = Move(*(float(value + more) for value, more in zip(move, step, strict=True)))
    return move


def _misfit(pair: Pair, move: Move, least: float) -> float:
    rest = _plane_back(pair[1], move) - pair[0]
    known = np.isfinite(rest)
    if not known.any() or known.mean() < least:
        return math.inf
    return float(np.minimum(np.abs(rest - np.median(rest[known])), _CLEAR)[known].mean())
