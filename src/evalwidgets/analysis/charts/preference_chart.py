"""Which candidate is preferred: wins, ties and losses, and the strength behind them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch, Rectangle

from evalwidgets.analysis.aggregation.preference import PreferenceTable
from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import Row, draw_figures, draw_rows, name_rows
from evalwidgets.analysis.charts.marks import fine
from evalwidgets.analysis.charts.style import (
    SMALL,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    quiet_axes,
    signed,
    theme_named,
)

_ROW = 0.42
"""Inches per candidate."""
_TOLD = 0.07
"""A part of at least this share carries its number."""
_PARTS = ("wins", "ties", "losses")


def preference_chart(table: PreferenceTable, *, theme: ThemeName = "light") -> Chart:
    """Draw each candidate's wins, ties and losses beside its strength, the strongest on top.

    Parameters
    ----------
    table : PreferenceTable
        What `preference` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Left: shares of all comparisons, and the win rate with ties as half. Right: strength
    with its interval; candidates whose intervals overlap much cannot be told apart.
    Candidates that were never compared have no strengths, and no right half.
    """
    colours = theme_named(theme)
    rows = table.rows
    if rows.empty:
        return empty_chart(table.finding, colours)
    ranked = bool(rows["strength"].notna().any())
    reading = (
        "Left: shares of all comparisons, and the win rate, a tie as half a win. "
        + (f"Right: Bradley-Terry strength, {table.confidence_level:.0%} interval; 1 is 73% of "
           "decided comparisons." if ranked else "There are no strengths: not all were compared.")
    )  # fmt: skip
    chart = Chart(table.finding, reading, theme=colours, height=_ROW * len(rows) + 1.2)
    left, *rest = chart.subplots(1, 2 if ranked else 1, squeeze=False, width_ratios=[5, 4][: 1 + ranked])[0]
    _draw_shares(chart, left, rows)
    if ranked:
        _draw_strengths(chart, rest[0], rows)
    looks = _looks(colours)
    present = [part for part in _PARTS if rows[part].any()]
    add_key(chart, [_handle(part, looks[part], colours) for part in present])
    return chart


def _looks(theme: Theme) -> dict[str, tuple[str, str]]:
    """Return colour and hatch of wins, ties and losses."""
    return {
        "wins": (theme.accent, ""),
        "ties": (theme.band, "////"),
        "losses": (theme.accent_scale[1], ""),
    }


def _draw_shares(chart: Chart, axes: Axes, rows: pd.DataFrame) -> None:
    theme = chart.theme
    quiet_axes(axes, theme)
    looks = _looks(theme)
    for place, row in enumerate(rows.to_dict("records")):
        start = 0.0
        for part in _PARTS:
            share = row[part] / row["n"]
            if share:
                bar = _draw_part(axes, (start, place), share, row[part], looks[part], theme)
                label = f"{row['candidate']}: {row[part]} {part}"
                chart.add_pick(bar, f"candidate:{row['candidate']}", label)
            start += share
    axes.axvline(0.5, color=theme.ink, linewidth=1.0, linestyle=(0, (5, 3)), zorder=4)
    name_rows(axes, rows["candidate"])
    rates = rows[["win_rate", "low", "high"]].itertuples(index=False)
    figures = [(f"{rate:.0%}", f"[{low:.0%}, {high:.0%}]") for rate, low, high in rates]
    draw_figures(chart, axes, figures, ("win rate", "interval"))
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    axes.set_xlabel("of its comparisons")


def _draw_part(
    axes: Axes, at: tuple[float, int], share: float, n: int, look: tuple[str, str], theme: Theme
) -> Rectangle:
    colour, hatch = look
    edge = theme.quiet if hatch else theme.paper
    style: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": edge, "linewidth": 0.8}
    bar: Rectangle = axes.barh(at[1], share, left=at[0], height=0.62, **style)[0]
    if share >= _TOLD:
        box: dict[str, Any] | None = {"facecolor": colour, "edgecolor": "none", "pad": 1.2} if hatch else None
        ink = ink_on(to_rgb(colour), theme)
        middle = at[0] + share / 2
        axes.text(middle, at[1], f"{n}", ha="center", va="center", size=SMALL, color=ink, bbox=box, zorder=5)
    return bar


def _draw_strengths(chart: Chart, axes: Axes, rows: pd.DataFrame) -> None:
    theme = chart.theme
    quiet_axes(axes, theme, grid="x")
    mark = fine("strength", theme)
    drawn = [
        Row(
            "",
            row["strength"],
            row["strength_low"],
            row["strength_high"],
            mark,
            figures=(signed(row["strength"]),),
            pick=(f"candidate:{row['candidate']}", f"{row['candidate']}: strength {signed(row['strength'])}"),
        )
        for row in rows.to_dict("records")
    ]
    draw_rows(chart, axes, drawn, labels=False)
    axes.axvline(0, color=theme.quiet, linewidth=1.0, zorder=1)
    axes.set_xlabel("strength (0: as strong as the mean)")


def _handle(part: str, look: tuple[str, str], theme: Theme) -> Patch:
    colour, hatch = look
    return Patch(facecolor=colour, hatch=hatch, edgecolor=theme.quiet if hatch else theme.paper, label=part)
