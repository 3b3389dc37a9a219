"""Rows of estimates with their intervals: what the forest charts share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from evalwidgets.analysis.charts.style import BODY, SMALL, Chart, Theme, plain

ROW = 0.34
"""Inches per row."""


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
        face = self.colour if self.filled else theme.paper
        return Line2D(
            [],
            [],
            linestyle="none",
            marker=self.marker,
            markersize=self.size,
            markerfacecolor=face,
            markeredgecolor=self.colour,
            markeredgewidth=1.4,
            label=self.name,
        )


@dataclass(frozen=True)
class Row:
    """One row: an estimate with its interval, and a wider one where several hold together."""

    label: str
    estimate: float
    low: float
    high: float
    mark: Mark
    outer: tuple[float, float] | None = None
    said: str = ""
    """The figures in words, at the right."""
    pick: tuple[str, str] | None = None
    """What its point stands for and says when it is picked, such as ("reviewer:ana", "ana: ...")."""


def draw_rows(chart: Chart, axes: Axes, rows: Sequence[Row], *, labels: bool = True) -> None:
    """Draw rows from top to bottom, the first on top."""
    theme = chart.theme
    for place, row in enumerate(rows):
        if row.outer and not math.isnan(row.outer[0]):
            axes.hlines(place, *row.outer, color=row.mark.colour, linewidth=1.0, zorder=2)
        if not math.isnan(row.low):
            ends = [row.low, row.high]
            axes.plot(
                ends, [place] * 2, color=row.mark.colour, linewidth=2.6, solid_capstyle="butt", zorder=3
            )
        if not math.isnan(row.estimate):
            point = draw_mark(axes, row.estimate, place, row.mark, theme)
            if row.pick:
                chart.add_pick(point, *row.pick)
        if row.said:
            at = axes.get_yaxis_transform()
            axes.text(1.015, place, plain(row.said), transform=at, size=SMALL, color=theme.quiet, va="center")
    names = [plain(row.label, 26) for row in rows]
    axes.set_yticks(range(len(rows)), names if labels else [""] * len(rows), size=BODY)
    axes.set_ylim(len(rows) - 0.45, -0.55)


def draw_mark(axes: Axes, x: float, y: float, mark: Mark, theme: Theme, zorder: float = 4) -> Line2D:
    """Draw one mark, and return it."""
    (drawn,) = axes.plot(
        [x],
        [y],
        marker=mark.marker,
        markersize=mark.size,
        markerfacecolor=mark.colour if mark.filled else theme.paper,
        markeredgecolor=mark.colour,
        markeredgewidth=1.4,
        linestyle="none",
        zorder=zorder,
        clip_on=False,
    )
    return drawn
