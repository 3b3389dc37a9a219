"""Who agrees with whom: each pair of reviewers, those who are alike side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform

from evalwidgets.analysis.agreement.pairwise import PairwiseAgreement
from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import LABEL, draw_figures, name_rows
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
from evalwidgets.analysis.numbers import decimal

_TALL, _WIDE, _FLAT = 0.34, 0.78, 0.27
"""Inches: the height of a row, the widest cell, the lowest row."""
_FIGURES = 1.35
"""Inches that the columns at the right take."""


def pairwise_matrix(pairwise: PairwiseAgreement, *, reviewers: int = 30, theme: ThemeName = "light") -> Chart:
    """Draw the agreement of each pair of reviewers, and on how many tasks it rests.

    Parameters
    ----------
    pairwise : PairwiseAgreement
        What `pairwise_agreement` returned.
    reviewers : int
        How many reviewers to show; of more those who agree least with the others.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Reviewers who are alike stand side by side: a strong block is a camp, a weak row somebody
    who stands apart. A cell with a dashed edge rests on too few tasks to be read alone.
    """
    colours = theme_named(theme)
    if pairwise.tables.mean is None:
        return empty_chart(pairwise.finding, colours)
    shown = _order(pairwise, reviewers)
    names, n = pairwise.matrix.index[shown], len(shown)
    room = WIDTH - 2 * MARGIN - _FIGURES - _named(names)
    cell = min(_WIDE, room / n)
    turned = any(width_of(str(name), SMALL) > cell for name in names)
    width = max(6.2, WIDTH - room + cell * n)
    height = max(_FLAT, min(_TALL, cell)) * n + (1.1 if turned else 0.35) + 0.65
    chart = Chart(pairwise.finding, _reading(pairwise, n), theme=colours, width=width, height=height)
    axes = chart.add_subplot()
    quiet_axes(axes, colours)
    thin = _draw_cells(chart, axes, pairwise, shown, cell)
    name_rows(axes, names, size=SMALL, lines=1)
    axes.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5))
    texts = [plain(label(name, 1.0 if turned else cell, SMALL, lines=1)) for name in names]
    axes.set_xticks(range(n), texts, size=SMALL, rotation=90 if turned else 0)
    axes.tick_params(top=False, labeltop=True, labelbottom=False)
    figures = [_figures(row) for _, row in pairwise.rows.set_index("reviewer").loc[names].iterrows()]
    draw_figures(chart, axes, figures, ("mean", "shared tasks"))
    add_key(chart, _key(colours, thin=thin))
    return chart


def _named(names: pd.Index) -> float:
    return max(min(LABEL, width_of(str(name), SMALL)) for name in names) + 0.1


def _order(pairwise: PairwiseAgreement, most: int) -> list[int]:
    """Return which reviewers to show, by place: neighbours are as alike as can be."""
    means = pairwise.rows["mean"].to_numpy(dtype=float)
    known = np.flatnonzero(~np.isnan(means))
    kept = np.sort(known[np.argsort(means[known], kind="stable")][:most])
    if len(kept) < 3:
        return [int(place) for place in kept]
    matrix = pairwise.matrix.to_numpy(dtype=float)[np.ix_(kept, kept)]
    apart = 1 - np.where(np.isnan(matrix), np.nanmean(matrix), matrix)
    np.fill_diagonal(apart, 0)
    condensed = squareform((apart + apart.T) / 2, checks=False)
    leaves = leaves_list(optimal_leaf_ordering(linkage(condensed, "average"), condensed))
    # From either end the order is the same: those who agree more with all stand on top.
    ends = means[kept[leaves[: len(leaves) // 2]]].mean(), means[kept[leaves[-(len(leaves) // 2) :]]].mean()
    return [int(place) for place in kept[leaves if ends[0] >= ends[1] else leaves[::-1]]]


def _reading(pairwise: PairwiseAgreement, shown: int) -> str:
    total = len(pairwise.rows)
    which = f"The {shown} reviewers who agree least of {total}. " if shown < total else ""
    return (
        f"{which}Each cell is a pair on its tasks in common; stronger colour: agree more. "
        "Neighbours are alike. At the right: the mean over the others."
    )


def _draw_cells(chart: Chart, axes: Axes, pairwise: PairwiseAgreement, shown: list[int], cell: float) -> bool:
    """Draw a cell for each pair, and return whether one rests on too few tasks."""
    theme, scale = chart.theme, chart.theme.colours()
    matrix, common = pairwise.matrix.to_numpy(dtype=float), pairwise.n_common.to_numpy()
    names = pairwise.matrix.index
    any_thin = False
    for row, column in np.ndindex(len(shown), len(shown)):
        one, other = shown[row], shown[column]
        value, n = matrix[one, other], int(common[one, other])
        if one == other:
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=theme.band, linewidth=0))
        if one == other or np.isnan(value):
            continue
        thin = n < pairwise.min_tasks
        any_thin |= thin
        face = scale(float(np.clip(value, 0, 1)) ** 0.8)
        patch = Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=face, edgecolor=theme.paper, linewidth=2)
        axes.add_patch(patch)
        if thin:
            axes.add_patch(_dashed((column - 0.42, row - 0.38), (0.84, 0.76), ink_on(face, theme)))
        if row < column:
            chart.add_pick(patch, f"pair:{names[one]}:{names[other]}", _said(names, one, other, value, n))
        text, size = _text(value, cell)
        ink = ink_on(face, theme)
        axes.text(column, row, text, ha="center", va="center", size=size, color=ink)
    return any_thin


def _dashed(corner: tuple[float, float], size: tuple[float, float], colour: str) -> Rectangle:
    return Rectangle(corner, *size, fill=False, edgecolor=colour, linewidth=0.9, linestyle=(0, (2.5, 2)))


def _said(names: pd.Index, one: int, other: int, value: float, n: int) -> str:
    return f"{names[one]} and {names[other]}: {decimal(value)} on {n} tasks in common"


def _text(value: float, cell: float) -> tuple[str, float]:
    """Return the number as it fits into a cell, and its size: 0.45, or .45, or nothing."""
    text = decimal(value)
    for size in (SMALL, SMALL - 1.5):
        for short in (text, text.replace("0.", ".", 1)):
            if width_of(short, size) < cell - 0.08:
                return short, size
    return "", SMALL


def _figures(row: pd.Series) -> tuple[str, str]:
    return decimal(row["mean"]), f"{row['n_tasks']}"


def _key(theme: Theme, *, thin: bool) -> list[Patch]:
    scale = theme.colours()
    keys = [Patch(facecolor=scale(share**0.8), label=f"{share:g}") for share in (0.0, 0.5, 1.0)]
    keys[0].set(edgecolor=theme.line, linewidth=0.8, label="0 (chance) or less")
    if thin:
        dashed = _dashed((0, 0), (1, 1), theme.ink)
        dashed.set(label="few tasks in common")
        keys.append(dashed)
    return keys
