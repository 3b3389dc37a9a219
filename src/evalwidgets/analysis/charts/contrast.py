"""Which of two inks reads better on a colour (WCAG 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.colors import to_rgb

if TYPE_CHECKING:
    from evalwidgets.analysis.charts.style import Theme


def luminance(colour: Sequence[float]) -> float:
    """Return how bright a colour is, 0 to 1 (relative luminance)."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def ink_on(colour: Sequence[float], theme: Theme) -> str:
    """Return the theme's ink or paper, whichever reads better on this colour."""
    return max((theme.ink, theme.paper), key=lambda ink: contrast(to_rgb(ink), colour))
