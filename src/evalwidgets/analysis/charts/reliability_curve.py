"""How many reviewers we need: reliability of the mean against the number of reviewers."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from evalwidgets.analysis.agreement.reliability import ReliabilityTable
from evalwidgets.analysis.charts.lettering import label, width_of
from evalwidgets.analysis.charts.marks import Mark, draw_mark, fine
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
    panel_title,
    quiet_axes,
    theme_named,
)

_PANEL = 1.75
"""Inches of one criterion's panel."""
_ACROSS = 3


def reliability_curve(reliability: ReliabilityTable, *, theme: ThemeName = "light") -> Chart:
    """Draw reliability against the number of reviewers, one panel a criterion.

    Parameters
    ----------
    reliability : ReliabilityTable
        What `reliability_of_mean` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    The curve crosses the dashed target at the filled dot. Where the band is wide the
    number of reviewers is a guess: its range is given in words.
    """
    colours = theme_named(theme)
    needed = reliability.needed[reliability.needed["one"].notna()]
    if needed.empty:
        return empty_chart(reliability.finding, colours)
    across = min(_ACROSS, len(needed))
    down = -(-len(needed) // across)
    severity = "severity counts as error" if reliability.error == "absolute" else "severity does not count"
    reading = (
        f"Reliability of the mean of so many reviewers ({severity}); band: "
        f"{reliability.confidence_level:.0%} interval; in brackets: how many the band allows."
    )
    chart = Chart(reliability.finding, reading, theme=colours, height=_PANEL * down + 1.0)
    cast("ConstrainedLayoutEngine", chart.get_layout_engine()).set(wspace=0.05)
    panels = chart.subplots(down, across, sharex=True, sharey=True, squeeze=False).ravel()
    for place, panel in enumerate(panels):
        if place >= len(needed):
            panel.set_visible(False)
            continue
        row = needed.iloc[place]
        curve = reliability.rows[reliability.rows["criterion"] == row["criterion"]]
        _draw(chart, panel, curve, row, reliability.target)
        aside = _answer(row)
        room = (WIDTH - 2 * MARGIN) / across - width_of(aside, SMALL) - 0.4
        panel_title(panel, label(row["label"], room, BODY, bold=True, lines=1), colours, aside)
        panel.tick_params(labelbottom=place + across >= len(needed))
    panels[(down - 1) * across].set_xlabel("reviewers per task", loc="left")
    add_key(chart, _key(reliability.target, colours))
    return chart


def _draw(chart: Chart, axes: Axes, curve: pd.DataFrame, needed: pd.Series, target: float) -> None:
    theme = chart.theme
    quiet_axes(axes, theme, grid="y")
    k = curve["k"].to_numpy(dtype=float)
    if curve["low"].notna().all():
        low, high = curve["low"].to_numpy(dtype=float), curve["high"].to_numpy(dtype=float)
        axes.fill_between(k, low, high, color=theme.accent, alpha=0.25, linewidth=0, zorder=1)
    axes.axhline(target, color=theme.ink, linewidth=1.0, linestyle=(0, (5, 3)), zorder=2)
    axes.plot(k, curve["reliability"], color=theme.accent, linewidth=1.8, zorder=3)
    small: dict[str, Any] = {"markersize": 4, "markerfacecolor": theme.paper, "markeredgecolor": theme.accent}
    (points,) = axes.plot(k, curve["reliability"], linestyle="none", marker="o", zorder=4, **small)
    said = f"{needed['label']}: {_answer(needed)} reviewers"
    chart.add_pick(points, f"criterion:{needed['criterion']}", said)
    reached = curve[curve["k"] == needed["k"]]
    if len(reached):
        x, y = float(needed["k"]), float(reached["reliability"].iloc[0])
        draw_mark(axes, x, y, _reached(theme), theme, zorder=5)
    axes.set_xlim(0.6, k.max() + 0.4)
    axes.set_xticks([1, *range(2, int(k.max()) + 1, 2)])
    axes.set_ylim(0, 1.04)


def _answer(needed: pd.Series) -> str:
    """Return for example "3 [2 to 5]", or that it cannot be told."""
    if math.isnan(needed["k"]):
        return "cannot be told"
    if math.isnan(needed["k_low"]):
        return f"{needed['k']:.0f}, no interval"
    return f"{needed['k']:.0f} [{needed['k_low']:.0f} to {needed['k_high']:.0f}]"


def _key(target: float, theme: Theme) -> list[Line2D | Patch]:
    return [
        Line2D([], [], color=theme.accent, linewidth=1.8, label="reliability"),
        Patch(facecolor=theme.accent, alpha=0.25, label="interval"),
        Line2D([], [], color=theme.ink, linewidth=1.0, linestyle=(0, (5, 3)), label=f"target {target:g}"),
        _reached(theme).handle(theme),
    ]


def _reached(theme: Theme) -> Mark:
    return replace(fine("enough reviewers", theme), size=8)
