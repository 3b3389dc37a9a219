"""How far two aligned pictures lie apart at each pixel, once what is common to all pixels is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import ndimage

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.analysis.evidence.lab import Plane

LEAST_THRESHOLD = 4.0
"""Below this distance nothing is marked, however quiet the rest of the picture is."""
DEVIATIONS = 6
"""How many standard deviations above the noise floor a change must lie."""
_TO_DEVIATION = 1.4826
_PLAIN = 10.0
_STEEP = 1.0
_CLEARLY = 0.9
_DOUBT = 0.3
_EVERY = 7
_SLOPES = (0.7, 1.4)
_LEAST_SPREAD = 25.0


class Gain(NamedTuple):
    """What the lightness and the colours of a whole picture were multiplied by."""

    contrast: float
    saturation: float


NO_GAIN = Gain(1.0, 1.0)


@dataclass(frozen=True, eq=False)
class Difference:
    """The distance in Lab of each pixel, with the global colour shift removed."""

    plane: Plane
    """The distance (CIE76), smoothed; 0 where nothing is known."""
    doubt: Plane
    """What of it may be the global change: the more of that was taken away, the less sure is the rest."""
    known: BoolArray
    """Where both pictures reach."""
    steepness: Plane
    """How steep the original's lightness is: where it has structure."""
    colour_shift: tuple[float, float, float]
    """The median of edited minus original in L*, a*, b*."""
    gain: Gain
    """What was taken away beside it."""

    @cached_property
    def floor(self) -> float:
        """The noise floor: the median distance."""
        return float(np.median(self.plane[self.known])) if self.known.any() else 0.0

    @cached_property
    def noise(self) -> float:
        """The distance that noise hardly exceeds: robustly many standard deviations above the floor."""
        if not self.known.any():
            return 0.0
        spread = _TO_DEVIATION * float(np.median(np.abs(self.plane[self.known] - self.floor)))
        return self.floor + DEVIATIONS * spread

    @property
    def threshold(self) -> float:
        """The distance from which on a pixel has changed."""
        return max(LEAST_THRESHOLD, self.noise)

    @cached_property
    def structure_floor(self) -> float:
        """The median distance where the original has structure: flat areas hide a bad fit."""
        known = self.steepness[self.known]
        if not known.size:
            return 0.0
        steep = self.known & (self.steepness >= max(_STEEP, float(np.quantile(known, 0.75))))
        return float(np.median(self.plane[steep])) if steep.any() else 0.0

    @cached_property
    def sure(self) -> Plane:
        """The distance less its doubt."""
        return np.asarray(np.maximum(self.plane - self.doubt, 0))

    @property
    def misfit(self) -> float:
        """The mean distance, what is clearly different counting as just that: how badly they fit."""
        return float(np.minimum(self.plane[self.known], _PLAIN).mean()) if self.known.any() else _PLAIN


def difference(original: Plane, edited: Plane, known: BoolArray) -> Difference:
    """Return the distance of two aligned pictures in Lab, shape (rows, columns, 3).

    Notes
    -----
    The median offset is what an edit did to the whole picture, if less than half of it
    changed. A common contrast and saturation is taken away as well where that lowers the
    noise floor clearly, which no edit of a smaller part can bring about.
    """
    steepness = ndimage.gaussian_gradient_magnitude(original[..., 0], 1)
    shift = _median(edited - original, known)
    told = (float(shift[0]), float(shift[1]), float(shift[2]))
    nothing = np.zeros_like(steepness)
    plain = Difference(_distance(edited - original - shift, known), nothing, known, steepness, told, NO_GAIN)
    gain = _gain(original, edited, known)
    if gain == NO_GAIN:
        return plain
    scaled = original * np.array([gain.contrast, gain.saturation, gain.saturation], np.float32)
    rest = edited - scaled
    away = scaled - original
    doubt = _DOUBT * _distance(away - _median(away, known), known)
    adapted = Difference(_distance(rest - _median(rest, known), known), doubt, known, steepness, told, gain)
    return adapted if adapted.floor < _CLEARLY * plain.floor else plain


def _median(plane: Plane, known: BoolArray) -> Plane:
    return np.asarray(np.median(plane[known], axis=0)) if known.any() else np.zeros(3, np.float32)


def _distance(rest: Plane, known: BoolArray) -> Plane:
    rest = ndimage.gaussian_filter(rest * known[..., None], (1, 1, 0))
    return np.asarray(ndimage.gaussian_filter(np.sqrt((rest * rest).sum(axis=-1)), 1.5) * known)


def _gain(original: Plane, edited: Plane, known: BoolArray) -> Gain:
    """Return what lightness and colours were multiplied by, as far as most pixels tell."""
    before, after = original[known][::_EVERY], edited[known][::_EVERY]
    return Gain(_slope(before[:, :1], after[:, :1]), _slope(before[:, 1:], after[:, 1:]))


def _slope(before: Plane, after: Plane) -> float:
    """Return the slope of `after` on `before`, shape (pixels, channels); outliers have little weight."""
    slope, weight = 1.0, np.ones((len(before), 1), np.float32)
    for _ in range(8):
        total = max(float(weight.sum()), 1.0)
        x = before - (weight * before).sum(axis=0) / total
        y = after - (weight * after).sum(axis=0) / total
        spread = float((weight * x * x).sum())
        if spread < _LEAST_SPREAD * total:
            return 1.0
        slope = float((weight * x * y).sum()) / spread
        rest = np.sqrt(((y - slope * x) ** 2).sum(axis=1, keepdims=True))
        weight = 1 / (1 + (rest / max(1.0, 3 * float(np.median(rest)))) ** 2)
    return slope if _SLOPES[0] < slope < _SLOPES[1] else 1.0
