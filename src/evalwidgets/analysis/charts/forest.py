"""Rows of estimates with their intervals, and their figures in columns: what the forest charts share."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from evalwidgets.analysis.charts.lettering import label, width_of
from evalwidgets.analysis.charts.marks import Mark, draw_mark
from evalwidgets.analysis.charts.style import BODY, SMALL, Chart, plain

ROW = 0.34
"""Inches per row."""
LABEL = 1.75
"""Inches that the name of a row may take."""
BETWEEN = 0.16
"""Inches between two columns of figures."""


@dataclass(frozen=True)
class Row:
    """One row: an estimate with its interval, and a wider one where several hold together."""

    label: str
    estimate: float
    low: float
    high: float
    mark: Mark
    outer: tuple[float, float] | None = None
    figures: tuple[str, ...] = ()
    """What stands at the right, one text a column."""
    instead: str = ""
    """What stands in place of an estimate that does not exist."""
    pick: tuple[str, str] | None = None
    """What its point stands for and says when it is picked, such as ("reviewer:ana", "ana: ...")."""


def draw_rows(
    chart: Chart,
    axes: Axes,
    rows: Sequence[Row],
    *,
    heads: Sequence[str] = (),
    labels: bool = True,
    lines: int = 2,
) -> None:
    """Draw rows from top to bottom, the first on top, and their figures under `heads`.

    Their names stand at the left, if `labels`, in so many lines at most.
    """
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
        elif row.instead:
            look: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center"}
            ground = {"facecolor": theme.paper, "edgecolor": "none", "pad": 2}
            axes.text(0.01, place, plain(row.instead), size=SMALL, color=theme.quiet, bbox=ground, **look)
    name_rows(axes, [row.label for row in rows] if labels else [""] * len(rows), lines=lines)
    draw_figures(chart, axes, [row.figures for row in rows], heads)


def name_rows(axes: Axes, names: Iterable[object], *, size: float = BODY, lines: int = 2) -> None:
    """Write the names of rows at the left, long ones smaller and in several lines."""
    texts = [label(name, LABEL, size, lines=1 if lines == 1 else 99) for name in names]
    small = [label(text, LABEL, SMALL, lines=lines) if "\n" in text else text for text in texts]
    axes.set_yticks(range(len(small)), list(map(plain, small)), size=size, linespacing=1.05)
    for text, tick in zip(small, axes.get_yticklabels(), strict=True):
        if "\n" in text:
            tick.set_fontsize(SMALL)
    axes.set_ylim(len(small) - 0.45, -0.55)


def head_rows(chart: Chart, axes: Axes, text: str) -> None:
    """Say above the names of rows what they are, in line with the heads of columns."""
    look: dict[str, Any] = {"size": SMALL, "color": chart.theme.quiet, "ha": "right", "va": "bottom"}
    at: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "xytext": (-5, 5)}
    axes.annotate(plain(text), (0, 1), **at, **look)


def draw_figures(
    chart: Chart,
    axes: Axes,
    rows: Sequence[Sequence[str]],
    heads: Sequence[str] = (),
    *,
    words: Collection[int] = (),
) -> None:
    """Write figures right of the axes in columns, one row each, under their heads.

    Numbers end at the same place; columns of words, named by number, begin there.
    """
    look: dict[str, Any] = {"textcoords": "offset points", "size": SMALL, "color": chart.theme.quiet}
    end = 0.02
    for column, texts in enumerate(zip(*rows, strict=True)):
        head = heads[column] if column < len(heads) else ""
        if not any(texts):
            continue
        start = end + BETWEEN
        end = start + max(width_of(text, SMALL) for text in (head, *texts))
        look["ha"], at = ("left", start * 72) if column in words else ("right", end * 72)
        transform = axes.get_yaxis_transform()
        for place, text in enumerate(texts):
            axes.annotate(plain(text), (1, place), xycoords=transform, xytext=(at, 0), va="center", **look)
        axes.annotate(plain(head), (1, 1), xycoords="axes fraction", xytext=(at, 4), va="bottom", **look)


def caption(axes: Axes, x: float, text: str, chart: Chart) -> None:
    """Write quietly above the axes, centred on x, in line with the heads of the columns."""
    axes.annotate(
        plain(text),
        (x, 1),
        xycoords=axes.get_xaxis_transform(),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        va="bottom",
        size=SMALL,
        color=chart.theme.quiet,
    )
