"""Where reviewers disagree: tasks by criteria, darker where they lie further apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from evalwidgets.analysis.causes.causes import Causes
from evalwidgets.analysis.causes.disagreement import Spread
from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import LABEL, name_rows
from evalwidgets.analysis.charts.lettering import label, width_of
from evalwidgets.analysis.charts.style import (
    MARGIN,
    SMALL,
    WIDTH,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    plain,
    quiet_axes,
    theme_named,
)
from evalwidgets.core.cause import CAUSES

_ROW = 0.29
# Half the scale apart on average is as far as real teams get; the colour is full there.
_FULL = 0.5
_CROWDED = 9
"""With more columns their names are smaller."""


def spread_heatmap(
    spread: Spread, causes: Causes | None = None, *, tasks: int = 20, theme: ThemeName = "light"
) -> Chart:
    """Draw how far reviewers lie apart, the most divided tasks on top.

    Parameters
    ----------
    spread : Spread
        What `spread` returned.
    causes : Causes, optional
        What `suggest_causes` returned: each cell then shows the letter of its cause.
    tasks : int
        How many tasks to show.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Read along a row for what divides a task, down a column for a criterion whose rule
    may be unclear. The text in a cell is the lowest and highest level given, or how many
    gave each choice; a dot means that all agree. A cell's artist has the id
    `cell:TASK:CRITERION`, also in a saved SVG.
    """
    colours = theme_named(theme)
    shown = spread.table.head(tasks).dropna(axis="columns", how="all")
    if shown.empty or not shown.to_numpy(na_value=0).any():
        return empty_chart(spread.finding, colours)
    glyphs = _glyphs(shown, causes)
    width = min(WIDTH, 4.2 + 1.3 * shown.shape[1])
    size = SMALL - 1 if shown.shape[1] > _CROWDED else SMALL
    named = max(width_of(label(task, LABEL, SMALL, lines=1), SMALL) for task in shown.index) + 0.15
    room = (width - 2 * MARGIN - named) / shown.shape[1] - 0.08
    names = [label(spread.labels[name].replace("_", " "), room, size, lines=4) for name in shown.columns]
    tall = max(name.count("\n") for name in names) * 0.15
    chart = Chart(
        spread.finding,
        _reading(spread, len(shown), lettered=bool(glyphs)),
        theme=colours,
        width=width,
        height=_ROW * len(shown) + tall + (1.55 if glyphs else 1.3),
    )
    axes = chart.add_subplot()
    quiet_axes(axes, colours)
    norm = Normalize(0, max(_FULL, float(shown.max().max())))
    _draw_cells(axes, shown, spread.splits.loc[shown.index, shown.columns], norm, colours)
    _draw_glyphs(axes, shown, glyphs, norm, colours)
    axes.set_xticks(range(len(names)), [plain(name) for name in names], size=size)
    axes.tick_params(top=False, labeltop=True, labelbottom=False)
    name_rows(axes, shown.index, size=SMALL, lines=1)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    _draw_scale(chart, axes, norm, colours)
    if glyphs:
        _add_glyph_key(chart, set(glyphs.values()))
    return chart


def _glyphs(shown: pd.DataFrame, causes: Causes | None) -> dict[tuple[int, int], str]:
    """Return row and column of each shown cell with a cause, and the cause's letter."""
    if causes is None:
        return {}
    rows = causes.rows[causes.rows["task"].isin(shown.index) & causes.rows["criterion"].isin(shown.columns)]
    places = zip(
        shown.index.get_indexer(pd.Index(rows["task"])),
        shown.columns.get_indexer(pd.Index(rows["criterion"])),
        strict=True,
    )
    letters = [CAUSES[cause].glyph for cause in rows["cause"]]
    return {(int(row), int(column)): letter for (row, column), letter in zip(places, letters, strict=True)}


def _reading(spread: Spread, shown: int, *, lettered: bool) -> str:
    total = len(spread.table)
    which = f"The {shown} most divided of {total} tasks" if shown < total else f"{total} tasks"
    return (
        f"{which}, {spread.n_reviewers} reviewers. In a cell: lowest and highest level given, or how many "
        f"gave each choice; a dot where all agree.{' The letter is the suggested cause.' if lettered else ''}"
    )


def _draw_cells(axes: Axes, shown: pd.DataFrame, splits: pd.DataFrame, norm: Normalize, theme: Theme) -> None:
    colours, values, texts = theme.colours(), shown.to_numpy(), splits.to_numpy()
    for row, column in np.argwhere(~np.isnan(values)):
        value = float(values[row, column])
        cell = Rectangle(
            (column - 0.5, row - 0.5),
            1,
            1,
            facecolor=colours(norm(value)),
            edgecolor=theme.paper,
            linewidth=2.0,
            gid=f"cell:{shown.index[row]}:{shown.columns[column]}",
        )
        axes.add_patch(cell)
        text = str(texts[row, column]) if value > 0 else "\N{BULLET}"
        ink = ink_on(colours(norm(value)), theme) if value > 0 else theme.line
        axes.text(column, row, plain(text, 12), ha="center", va="center", size=SMALL, color=ink)
    axes.set_xlim(-0.5, shown.shape[1] - 0.5)


def _draw_glyphs(
    axes: Axes, shown: pd.DataFrame, glyphs: dict[tuple[int, int], str], norm: Normalize, theme: Theme
) -> None:
    """Write each cause's letter into the right end of its cell."""
    values = np.nan_to_num(shown.to_numpy())
    for (row, column), letter in glyphs.items():
        ink = ink_on(theme.colours()(norm(values[row, column])), theme)
        axes.text(column + 0.4, row, letter, ha="center", va="center", size=SMALL, weight="bold", color=ink)


def _add_glyph_key(chart: Chart, letters: set[str]) -> None:
    handles = [
        Line2D(
            [],
            [],
            linestyle="none",
            marker=f"$\\mathbf{{{cause.glyph}}}$",
            markersize=6,
            markerfacecolor=chart.theme.ink,
            markeredgewidth=0,
            label=cause.name,
        )
        for cause in CAUSES.values()
        if cause.glyph in letters
    ]
    add_key(chart, handles)


def _draw_scale(chart: Chart, axes: Axes, norm: Normalize, theme: Theme) -> None:
    mappable = ScalarMappable(norm=norm, cmap=theme.colours())
    place: dict[str, Any] = {"location": "bottom", "anchor": (0.0, 0.0), "pad": 0.015}
    bar = chart.colorbar(mappable, ax=axes, shrink=0.34, aspect=28, **place)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, labelsize=SMALL, labelcolor=theme.quiet)
    label = "mean distance between two reviewers, as a share of the scale"
    bar.set_label(label, size=SMALL, color=theme.quiet, loc="left")
