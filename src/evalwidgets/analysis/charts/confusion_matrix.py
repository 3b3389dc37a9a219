"""Which gold answer is given as which, or one reviewer's as another's, with the tolerance band."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import LABEL
from evalwidgets.analysis.charts.lettering import label
from evalwidgets.analysis.charts.style import (
    BODY,
    SMALL,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    plain,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gold.confusion import Confusion

_CELL = 0.72
_DASHED: dict[str, Any] = {"linewidth": 1.1, "linestyle": (0, (3, 2))}
"""How the end of the tolerance is drawn."""


def confusion_matrix(confusion: Confusion, *, theme: ThemeName = "light") -> Chart:
    """Draw counts and row percentages, right answers framed, the tolerance band in blue.

    Parameters
    ----------
    confusion : Confusion
        What `gold_confusion` or `reviewer_confusion` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Read along a row. Orange cells are outside the tolerance. The bars at the right are
    how many ratings each row rests on: a lopsided gold set shows at once.
    """
    colours = theme_named(theme)
    if not confusion.n:
        return empty_chart(confusion.finding, colours)
    size = len(confusion.levels)
    rows, columns = (label(name, LABEL, BODY, lines=1) for name in confusion.axes)
    counts = "tasks" if confusion.other else "ratings"
    what = columns if confusion.other else "what was given"
    reading = f"Rows: {rows}; columns: {what}. Number of {counts}, and share of the row."
    height = _CELL * size + 1.2
    width = max(6.2, _CELL * size * 1.15 + 3.4)
    reading = f"{reading} {confusion.note}".strip()
    chart = Chart(confusion.finding, reading, theme=colours, height=height, width=width)
    matrix, bars = chart.subplots(1, 2, width_ratios=[_CELL * size * 1.15, 1.3], sharey=True)
    for axes in (matrix, bars):
        quiet_axes(axes, colours)
    _draw_cells(matrix, confusion, colours)
    _draw_band(matrix, confusion.tolerated, colours)
    _draw_bars(bars, confusion, colours)
    names = [plain(label(str(level).replace("_", " "), _CELL * 1.1, BODY)) for level in confusion.levels]
    matrix.set_xticks(range(size), names)
    matrix.set_yticks(range(size), names)
    matrix.set_xlabel(plain(columns))
    matrix.set_ylabel(plain(rows))
    matrix.set_xlim(-0.5, size - 0.5)
    matrix.set_ylim(size - 0.5, -0.5)
    add_key(chart, _key(confusion, colours))
    return chart


def _draw_cells(axes: Axes, confusion: Confusion, theme: Theme) -> None:
    shares, band = confusion.shares, confusion.tolerated
    scales = {True: theme.colours(), False: theme.colours(warm=True)}
    for gold, given in np.ndindex(shares.shape):
        n, share = int(confusion.matrix[gold, given]), float(shares[gold, given])
        colour = scales[bool(band[gold, given])](share**0.7)
        corner = (given - 0.5, gold - 0.5)
        axes.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor=theme.paper, linewidth=2))
        if not n:
            continue
        ink = ink_on(colour, theme)
        axes.text(
            given, gold - 0.08, str(n), ha="center", va="center", size=BODY + 1.5, weight="bold", color=ink
        )
        axes.text(given, gold + 0.26, f"{share:.0%}", ha="center", va="center", size=SMALL - 0.5, color=ink)


def _draw_band(axes: Axes, band: np.ndarray, theme: Theme) -> None:
    """Frame the right answers, and draw a line where the tolerance ends."""
    for place in range(len(band)):
        corner = (place - 0.47, place - 0.47)
        frame = Rectangle(corner, 0.94, 0.94, fill=False, edgecolor=theme.ink, linewidth=1.5, zorder=4)
        axes.add_patch(frame)
    if (band == np.eye(len(band), dtype=bool)).all():
        return
    dashed: dict[str, Any] = {"color": theme.ink, "zorder": 5, **_DASHED}
    for gold, given in np.ndindex(band.shape):
        if given + 1 < len(band) and band[gold, given] != band[gold, given + 1]:
            axes.plot([given + 0.5] * 2, [gold - 0.5, gold + 0.5], **dashed)
        if gold + 1 < len(band) and band[gold, given] != band[gold + 1, given]:
            axes.plot([given - 0.5, given + 0.5], [gold + 0.5] * 2, **dashed)


def _draw_bars(axes: Axes, confusion: Confusion, theme: Theme) -> None:
    totals = confusion.matrix.sum(axis=1)
    axes.barh(range(len(totals)), totals, height=0.5, color=theme.line)
    for place, total in enumerate(totals):
        axes.text(total, place, f" {total}", va="center", ha="left", size=SMALL, color=theme.quiet)
    axes.set_xlim(0, max(totals.max() * 1.35, 1))
    axes.set_xticks([])
    axes.tick_params(labelleft=False)
    axes.set_xlabel("tasks per\nanswer" if confusion.other else "ratings per\ngold answer", size=SMALL)


def _key(confusion: Confusion, theme: Theme) -> list[Rectangle | Line2D]:
    blue, orange = theme.colours()(0.55), theme.colours(warm=True)(0.55)
    right, wrong = ("the same", "different") if confusion.other else ("right", "wrong")
    exact = Rectangle((0, 0), 1, 1, facecolor=blue, edgecolor=theme.ink, linewidth=1.5, label=right)
    outside = Rectangle((0, 0), 1, 1, facecolor=orange, linewidth=0, label=wrong)
    if not confusion.scale.tolerance:
        return [exact, outside]
    outside.set_label("outside the tolerance")
    near = Rectangle((0, 0), 1, 1, facecolor=blue, edgecolor=theme.ink, **_DASHED)
    near.set_label(f"within {confusion.scale.tolerance:g}")
    return [exact, near, outside]
