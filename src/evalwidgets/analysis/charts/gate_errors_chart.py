"""How gates and safety lines go wrong: the four error types, by line and by reviewer."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import draw_figures, head_rows, name_rows
from evalwidgets.analysis.charts.style import (
    BODY,
    SMALL,
    Chart,
    ThemeName,
    empty_chart,
    plain,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gold.gate_errors import GateErrorTable

_ROW = 0.31
_FULL = 0.2
"""A rate that has the full colour: one wrong in five is as bad as it gets here."""
_BASES = {
    "false_positive": "n_negative",
    "false_negative": "n_positive",
    "wrong_policy": "n_ratings",
    "technical": "n_ratings",
}
_HEADS = ("false positive", "false negative", "wrong policy", "technical")
_RATES = ("sensitivity", "specificity")


def gate_errors_chart(errors: GateErrorTable, *, theme: ThemeName = "light") -> Chart:
    """Draw how often each gate and clause goes wrong in which way, and by whom.

    Parameters
    ----------
    errors : GateErrorTable
        What `gate_errors` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    A false positive acts where gold lets pass, a false negative lets pass where gold acts.
    Read n before the colour: one miss in three cases is dark, and tells little. Where
    gold never acts nothing can be missed, and the cell is empty.
    """
    colours = theme_named(theme)
    if errors.rows.empty:
        return empty_chart(errors.finding, colours)
    lines = errors.rows[errors.rows["reviewer"] == ALL].set_index("label")
    people = errors.rows[(errors.rows["reviewer"] != ALL) & errors.rows["is_gate"]]
    by_reviewer = people.groupby("reviewer", sort=True)[[*_BASES, *dict.fromkeys(_BASES.values())]].sum()
    parts = [("gate or clause", lines), ("all gates, by reviewer", by_reviewer)]
    parts = [part for part in parts if len(part[1])]
    heights = [_ROW * len(table) for _, table in parts]
    reading = (
        "Wrong answers, of those that could go wrong so; stronger colour: more often. At the right, with "
        f"{errors.confidence_level:.0%} intervals: how often a gate acted where gold does, and let pass "
        "where gold does."
    )
    height = sum(heights) + 0.62 * len(parts)
    chart = Chart(errors.finding, reading, theme=colours, height=height, gap=0.07)
    panels = chart.subplots(len(parts), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, (title, table) in zip(panels, parts, strict=True):
        _draw_counts(chart, axes, table)
        head_rows(chart, axes, title)
    draw_figures(chart, panels[0], [_figures(row) for _, row in lines.iterrows()], _RATES)
    return chart


def _draw_counts(chart: Chart, axes: Axes, table: pd.DataFrame) -> None:
    """Draw a cell for each row and error type: how many of how many."""
    theme = chart.theme
    quiet_axes(axes, theme)
    wrong, of = table[list(_BASES)].to_numpy(dtype=int), table[list(_BASES.values())].to_numpy(dtype=int)
    for row, column in np.ndindex(wrong.shape):
        n, total = int(wrong[row, column]), int(of[row, column])
        if not total:
            axes.text(column, row, "no case", ha="center", va="center", size=SMALL, color=theme.quiet)
            continue
        face = theme.colours(warm=n > 0)(min(1.0, n / total / _FULL) if n else 0.0)
        cell = Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=face, edgecolor=theme.paper, linewidth=2)
        axes.add_patch(cell)
        name, said = table.index[row], f"{n} of {total}"
        chart.add_pick(cell, f"gate:{name}", f"{name}: {said} {_HEADS[column]}")
        ink = ink_on(face, theme) if n else theme.quiet
        weight = "bold" if n else "normal"
        axes.text(column, row, said, ha="center", va="center", size=SMALL, color=ink, weight=weight)
    axes.set_xticks(range(len(_HEADS)), _HEADS, size=SMALL)
    axes.tick_params(top=False, labeltop=True, labelbottom=False)
    axes.set_xlim(-0.5, len(_HEADS) - 0.5)
    name_rows(axes, table.index, size=BODY)
    axes.set_ylim(len(table) - 0.5, -0.5)


def _figures(row: pd.Series) -> tuple[str, ...]:
    """Return both rates with their intervals; nothing where there is no case."""
    return tuple(
        ""
        if np.isnan(row[rate])
        else plain(f"{row[rate]:.0%} [{row[f'{rate}_low']:.0%}, {row[f'{rate}_high']:.0%}]")
        for rate in _RATES
    )
