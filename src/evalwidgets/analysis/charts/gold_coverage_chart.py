"""What gold covers: how many gold tasks per level and tag, empty levels marked."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Patch, Rectangle

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import LABEL
from evalwidgets.analysis.charts.lettering import label, width_of
from evalwidgets.analysis.charts.style import (
    BODY,
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
from evalwidgets.analysis.gold.coverage import GoldCoverage

_ROW = 0.3
_ENOUGH = 10
"""From this many gold tasks on a cell has the full colour."""


def gold_coverage_chart(coverage: GoldCoverage, *, theme: ThemeName = "light") -> Chart:
    """Draw how many gold tasks accept each level: one block a criterion, one row a tag value.

    Parameters
    ----------
    coverage : GoldCoverage
        What `gold_coverage` returned. Criteria with numbered levels are drawn; what it
        says of choices is in its `warnings`.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Look at the first row: a hatched cell is a level that no gold task has, and no
    reviewer can be tested on it. Weight at the right end only makes "always 4" pass.
    """
    colours = theme_named(theme)
    drawn = [(row, coverage.table(row["criterion"])) for _, row in coverage.criteria.iterrows()]
    drawn = [(row, block) for row, block in drawn if _is_numbered(block)]
    if not drawn:
        return empty_chart(coverage.finding, colours)
    names = drawn[0][1].index
    parts = f"by {coverage.tag.replace('_', ' ')} " if len(coverage.tags) else ""
    reading = (
        f"Number of gold tasks {parts}that accept each level; a task that accepts two counts for both. "
        "Below each block: how often the best constant answer is within tolerance."
    )
    widths = [block.shape[1] for _, block in drawn]
    width = min(WIDTH, LABEL + 2 * MARGIN + 0.7 * sum(widths))
    named = max(min(LABEL, width_of(name, BODY)) for name in _row_names(names))
    unit = (width - 2 * MARGIN - named) / sum(widths)
    titles = [
        label(row["label"], unit * n - 0.06, SMALL, bold=True, lines=4)
        for n, (row, _) in zip(widths, drawn, strict=True)
    ]
    tall = 0.15 * max(title.count("\n") for title in titles)
    height = _ROW * len(names) + 1.35 + tall
    chart = Chart(coverage.finding, reading, theme=colours, width=width, height=height)
    grid = chart.subplots(1, len(drawn), sharey=True, squeeze=False, width_ratios=widths)[0]
    for axes, title, (row, block) in zip(grid, titles, drawn, strict=True):
        quiet_axes(axes, colours)
        _draw_block(axes, block, colours)
        axes.set_title(plain(title), size=SMALL, weight="bold", color=colours.ink, loc="left", pad=6)
        if row["n_tasks"]:
            axes.set_xlabel(f"always {row['constant']}: {row['constant_within']:.0%}", size=SMALL)
    labels = [plain(label(name, LABEL, BODY, lines=1)) for name in _row_names(names)]
    grid[0].set_yticks(range(len(labels)), labels, size=BODY)
    add_key(chart, _key([block for _, block in drawn], colours))
    return chart


def _row_names(names: pd.Index) -> list[str]:
    return ["all gold" if name == ALL else str(name).replace("_", " ") for name in names]


def _is_numbered(block: pd.DataFrame) -> bool:
    return all(isinstance(level, int | float) for level in block.columns)


def _draw_block(axes: Axes, block: pd.DataFrame, theme: Theme) -> None:
    colours, norm = theme.colours(), Normalize(0, _ENOUGH, clip=True)
    for (row, column), n in np.ndenumerate(block.to_numpy()):
        corner = (column - 0.5, row - 0.5)
        missing = n == 0 and block.index[row] == ALL
        face = theme.paper if n == 0 else colours(float(norm(n)))
        edge, hatch = (theme.warm, "////") if missing else (theme.paper, None)
        axes.add_patch(Rectangle(corner, 1, 1, facecolor=face, edgecolor=edge, linewidth=1.5, hatch=hatch))
        if n:
            ink = ink_on(colours(float(norm(n))), theme)
            axes.text(column, row, str(n), ha="center", va="center", size=SMALL, color=ink)
        elif not missing:
            axes.text(column, row, "\N{MIDDLE DOT}", ha="center", va="center", size=SMALL, color=theme.line)
    if len(block) > 1:
        axes.axhline(0.5, color=theme.ink, linewidth=1.0)
    axes.set_xticks(range(block.shape[1]), [str(level) for level in block.columns], size=SMALL)
    axes.set_xlim(-0.55, block.shape[1] - 0.45)
    axes.set_ylim(len(block) - 0.45, -0.55)


def _key(blocks: list[pd.DataFrame], theme: Theme) -> list[Patch]:
    full, edge = theme.colours(), theme.warm
    none = Patch(
        facecolor=theme.paper, edgecolor=edge, hatch="////", linewidth=1.5, label="no gold at this level"
    )
    some = [
        Patch(facecolor=full(1 / _ENOUGH), label="1 gold task"),
        Patch(facecolor=full(1.0), label=f"{_ENOUGH} and more"),
    ]
    return [none, *some] if any((block.loc[ALL] == 0).any() for block in blocks) else some
