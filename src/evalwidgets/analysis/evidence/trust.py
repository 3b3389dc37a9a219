"""How far a change map can be trusted: the light, and the sentence that goes with it."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from evalwidgets.analysis.evidence.difference import Difference

Trust = Literal["good", "caution", "none"]

LEAST_SIDE = 16
"""Pictures with a shorter side in pixels are not compared: there is no noise to tell changes from."""
LEAST_REACH = 0.25
"""As much of the original must lie within the edited picture."""
RESTYLED = 3
"""So many signs at once mean that the whole picture was made anew."""


class Limits(NamedTuple):
    """From which on a sign counts that the whole picture changed."""

    floor: float
    """Median distance of all pixels."""
    threshold: float
    """Distance from which on a pixel counts as changed: the higher, the more the map cannot see."""
    structure: float
    """Median distance where the original has structure."""
    colour: float
    """How far the colours of the whole picture shifted, in Lab."""
    contrast: float
    """How far its contrast is from 1."""
    blur: float
    """How many times softer it became."""

    def signs(self, found: Difference, softness: float) -> int:
        """Return how many of four signs there are: noise, colour, contrast, blur."""
        noise = (found.floor, found.threshold, found.structure_floor)
        return sum(
            (
                any(value > most for value, most in zip(noise, self[:3], strict=True)),
                math.hypot(*found.colour_shift) > self.colour,
                abs(found.gain.contrast - 1) > self.contrast,
                softness * self.blur < 1,
            )
        )


CAUTION = Limits(floor=2.5, threshold=8, structure=3, colour=6, contrast=0.1, blur=3)
NONE = Limits(floor=5, threshold=12, structure=5, colour=25, contrast=math.inf, blur=math.inf)


def trust_of(found: Difference, softness: float) -> Trust:
    """Return the light: good, caution, or none, which makes no claim about places.

    Notes
    -----
    The floors of 2.5 and 5 were measured on outputs of real models. A picture that was
    repainted, restyled or cannot be aligned betrays itself by the other signs as well,
    also where large flat areas keep the median low.
    """
    if min(found.known.shape) < LEAST_SIDE or found.known.mean() < LEAST_REACH:
        return "none"
    signs = CAUTION.signs(found, softness)
    if NONE.signs(found, softness) or signs >= RESTYLED:
        return "none"
    return "caution" if signs else "good"


def trust_sentence(trust: Trust, found: Difference) -> str:
    """Return what the light means for whoever looks at the map."""
    floor = f"noise floor {found.floor:.1f}"
    if trust == "good":
        return f"A change stands out clearly: the rest of the picture hardly differs ({floor})."
    if trust == "caution":
        return f"Read the places with care: the rest of the picture differs a little as well ({floor})."
    if min(found.known.shape) < LEAST_SIDE:
        return f"No place is shown: a side of less than {LEAST_SIDE} pixels is too short to compare."
    if found.known.mean() < LEAST_REACH:
        return "No place is shown: the two pictures have too little of the frame in common."
    return f"No place is shown: the whole picture, or most of what is in it, changed ({floor})."
