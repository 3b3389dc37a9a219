"""The marks of all charts: the same mark means the same thing everywhere.

A filled blue disc is fine or simply an estimate; a hollow grey one cannot tell; an orange
square is flagged, an orange triangle flagged in the direction that it points; a diamond
is gold. Shapes and fill differ too, so that a grey print keeps the meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from evalwidgets.analysis.charts.style import Theme


@dataclass(frozen=True)
class Mark:
    """How an estimate is drawn, and what the key calls it."""

    name: str
    marker: str
    colour: str
    filled: bool = True
    size: float = 7.0

    def handle(self, theme: Theme) -> Line2D:
        """Return the entry of the key."""
        return _line(self, theme, [], label=self.name)


def fine(name: str, theme: Theme) -> Mark:
    """Return the mark of what is fine, or of a plain estimate."""
    return Mark(name, "o", theme.accent)


def unsure(name: str, theme: Theme) -> Mark:
    """Return the mark of what the evidence cannot tell."""
    return Mark(name, "o", theme.quiet, filled=False)


def flagged(name: str, theme: Theme) -> Mark:
    """Return the mark of what somebody should look at."""
    return Mark(name, "s", theme.warm)


def flagged_down(name: str, theme: Theme) -> Mark:
    """Return the mark of what is flagged because it lies too low."""
    return Mark(name, "v", theme.warm, size=8.5)


def flagged_up(name: str, theme: Theme) -> Mark:
    """Return the mark of what is flagged because it lies too high."""
    return Mark(name, "^", theme.warm, size=8.5)


def draw_mark(axes: Axes, x: float, y: float, mark: Mark, theme: Theme, zorder: float = 4) -> Line2D:
    """Draw one mark, and return it."""
    drawn = _line(mark, theme, [x], [y], zorder=zorder, clip_on=False)
    axes.add_line(drawn)
    return drawn


def _line(mark: Mark, theme: Theme, x: list[float], y: list[float] | None = None, **more: object) -> Line2D:
    return Line2D(
        x,
        [] if y is None else y,
        linestyle="none",
        marker=mark.marker,
        markersize=mark.size,
        markerfacecolor=mark.colour if mark.filled else theme.paper,
        markeredgecolor=mark.colour,
        markeredgewidth=1.4,
        **more,  # type: ignore[arg-type]
    )
