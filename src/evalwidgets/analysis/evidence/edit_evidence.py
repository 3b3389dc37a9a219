"""The evidence of one edit: a frozen value that a panel, a notebook or an export can use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.analysis.evidence.difference import Gain
from evalwidgets.analysis.evidence.facts import colour_fact, move_fact, sizes_fact, softness_fact
from evalwidgets.analysis.evidence.fit import Fit
from evalwidgets.analysis.evidence.frame import Size
from evalwidgets.analysis.evidence.trust import Trust


@dataclass(frozen=True, eq=False, repr=False)
class EditEvidence:
    """What can be measured of an edit against its original; no verdict, and no share of the picture.

    Read `trust` first. When it is "none" the whole picture changed, and `changed` claims
    nothing: it is empty. The facts about size, move, colour and sharpness hold under every
    light, except that a move is then not told either.
    """

    changed: BoolArray
    """Where the edit changed the picture: a mask of rows x columns at the size of the original.

    False where the edited picture does not reach, and everywhere when `trust` is "none".
    """
    noise_floor: float
    """Median distance in Lab between the pictures once moves and global colour are taken away."""
    trust: Trust
    """Whether `changed` can be used: "good", "caution" or "none"."""
    trust_sentence: str
    """What the light means."""
    shift: tuple[float, float]
    """Right and down, in pixels of the original; (0, 0) when nothing moved."""
    zoom: float
    """How many times larger the content became; 1 when it did not."""
    stretch: float
    """Its zoom across over that down; 1 when it kept its shape."""
    colour_shift: tuple[float, float, float]
    """Median of edited minus original in L*, a* and b*."""
    gain: Gain
    """What contrast and saturation were multiplied by all over; 1 where that explains nothing."""
    softness: float
    """Sharpness against the original at a common size: 1 the same, below 1 softer."""
    outside_share: float | None
    """Share of the area outside the asked region that changed; None without region or trust."""
    identical: bool
    """Whether every pixel is the same."""
    original_size: Size
    edited_size: Size
    fit: Fit
    """Where a point of the original lies in the edited picture."""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The facts as neutral sentences."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.identical:
            yield "Identical pixels."
            return
        yield from sizes_fact(self.original_size, self.edited_size)
        yield from move_fact(self.zoom, self.stretch, self.shift)
        yield from colour_fact(self.colour_shift, self.gain)
        yield from softness_fact(self.softness)
        if self.trust == "none":
            return
        if not self.changed.any():
            yield "No place stands out from the noise."
        if self.outside_share is not None:
            yield f"Outside the marked region {100 * self.outside_share:.1f} % of the area changed."

    def __repr__(self) -> str:
        """Return the light and the facts in one line."""
        return f"EditEvidence({self.trust}: {' '.join((self.trust_sentence, *self.sentences))})"
