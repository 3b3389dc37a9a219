"""Where reviewers disagree: tasks by criteria, darker where they lie further apart."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from evalwidgets.analysis.charts.style import (
    SMALL,
    Chart,
    Theme,
    ThemeName,
    empty_chart,
    ink_on,
    plain,
    quiet_axes,
    theme_named,
    wrapped,
)
from evalwidgets.analysis.disagreement import Spread

_ROW = 0.29
# Half the scale apart on average is as far as real teams get; the colour is full there.
_FULL = 0.5


def spread_heatmap(spread: Spread, *, tasks: int = 20, theme: ThemeName = "light") -> Chart:
    """Draw how far reviewers lie apart, the most divided tasks on top.

    Parameters
    ----------
    spread : Spread
        What `spread` returned.
    tasks : int
        How many tasks to show.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Read along a row for what divides a task, down a column for a criterion whose rule
    may be unclear. The text in a cell is the lowest and highest level given, or how many
    gave each choice; a dot means that all agree.
    """
    colours = theme_named(theme)
    shown = spread.table.head(tasks).dropna(axis="columns", how="all")
    if shown.empty:
        return empty_chart(spread.finding, colours)
    height = _ROW * len(shown) + 1.3
    chart = Chart(spread.finding, _reading(spread, len(shown)), theme=colours, height=height)
    axes = chart.add_subplot()
    quiet_axes(axes, colours)
    norm = Normalize(0, max(_FULL, float(shown.max().max())))
    _draw_cells(
        axes, shown.to_numpy(), spread.splits.loc[shown.index, shown.columns].to_numpy(), norm, colours
    )
    crowded = shown.shape[1] > 9
    labels = [wrapped(spread.labels[name], 12 if crowded else 13) for name in shown.columns]
    axes.set_xticks(range(len(labels)), labels, size=SMALL - 1 if crowded else SMALL)
    axes.tick_params(top=False, labeltop=True, labelbottom=False)
    axes.set_yticks(range(len(shown)), [plain(task, 30) for task in shown.index], size=SMALL)
    _draw_scale(chart, axes, norm, colours)
    return chart


def _reading(spread: Spread, shown: int) -> str:
    total = len(spread.table)
    which = f"The {shown} most divided of {total} tasks" if shown < total else f"{total} tasks"
    return (
        f"{which}, {spread.n_reviewers} reviewers. In a cell: lowest and highest level given, or how many "
        "gave each choice; a dot where all agree."
    )


def _draw_cells(axes: Axes, values: np.ndarray, splits: np.ndarray, norm: Normalize, theme: Theme) -> None:
    rows, columns = values.shape
    colours = theme.colours()
    axes.pcolormesh(
        np.arange(columns + 1) - 0.5,
        np.arange(rows + 1) - 0.5,
        np.ma.masked_invalid(values),
        cmap=colours,
        norm=norm,
        edgecolors=theme.paper,
        linewidth=2.0,
    )
    for row in range(rows):
        for column in range(columns):
            value = values[row, column]
            if math.isnan(value):
                continue
            text = str(splits[row, column]) if value > 0 else "\N{BULLET}"
            ink = ink_on(colours(norm(value)), theme) if value > 0 else theme.line
            axes.text(column, row, plain(text, 12), ha="center", va="center", size=SMALL, color=ink)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)


def _draw_scale(chart: Chart, axes: Axes, norm: Normalize, theme: Theme) -> None:
    mappable = ScalarMappable(norm=norm, cmap=theme.colours())
    place: dict[str, Any] = {"location": "bottom", "anchor": (0.0, 0.0), "pad": 0.015}
    bar = chart.colorbar(mappable, ax=axes, shrink=0.34, aspect=28, **place)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, labelsize=SMALL, labelcolor=theme.quiet)
    label = "mean distance between two reviewers, as a share of the scale"
    bar.set_label(label, size=SMALL, color=theme.quiet, loc="left")
