"""Where a point of the original lies in the edited picture, in pixels of both files."""

from __future__ import annotations

from typing import NamedTuple

from evalwidgets.analysis.evidence.frame import Size, placement
from evalwidgets.analysis.evidence.registration import Move


class Fit(NamedTuple):
    """`(x, y)` of the original lies at `(across * x + left, down * y + top)` of the edited picture."""

    across: float
    down: float
    left: float
    top: float

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the edited picture lies in the original."""
        return (x - self.left) / self.across, (y - self.top) / self.down


def fit_of(original: Size, edited: Size, move: Move) -> Fit:
    """Return the fit of an edited picture laid into the original's frame and then moved."""
    place = placement(edited, original)
    across, down = edited[0] / place.width, edited[1] / place.height
    left = original[0] / 2 * (1 - move.across) + move.dx - place.left
    top = original[1] / 2 * (1 - move.down) + move.dy - place.top
    return Fit(move.across * across, move.down * down, left * across, top * down)
