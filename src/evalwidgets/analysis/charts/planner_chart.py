"""How likely each verdict is, by true rate and number of gold tasks."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from evalwidgets.analysis.charts.style import (
    SMALL,
    Chart,
    Theme,
    ThemeName,
    add_key,
    panel_title,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gold.planner import GoldPlan

_HEIGHT = 3.5
_DASHES = (
    (0, (1, 1.2)),
    (0, (3, 1.5)),
    (0, (6, 2)),
    (0, (6, 1.5, 1, 1.5)),
    (0, (6, 1.5, 1, 1.5, 1, 1.5)),
    "solid",
)
_PANELS = {
    "passed": "passes",
    "not_yet": "is told \N{LEFT SINGLE QUOTATION MARK}not yet\N{RIGHT SINGLE QUOTATION MARK}",
}


def planner_chart(plan: GoldPlan, *, theme: ThemeName = "light") -> Chart:
    """Draw the chance of *pass* and of *not yet* against a reviewer's true rate, one curve a size.

    Parameters
    ----------
    plan : GoldPlan
        What `plan_gold` returned; the six largest sizes are drawn.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    What is missing to 100 % is "not enough evidence". Left of the target a curve in the
    first panel is the chance of a wrong pass, right of it in the second panel that of a
    wrong "not yet". The grey curve is a plain bar on the fewest tasks: it decides always,
    and often by luck.
    """
    colours = theme_named(theme)
    sizes = sorted({int(n) for n in plan.rows["n_tasks"]})[-len(_DASHES) :]
    reading = (
        f"Chance of each verdict by a reviewer's true rate of right answers; target {plan.target:.0%} "
        f"(dashed), {plan.confidence_level:.0%} Wilson intervals. The rest is \N{LEFT SINGLE QUOTATION MARK}"
        "not enough evidence\N{RIGHT SINGLE QUOTATION MARK}."
    )
    chart = Chart(plan.finding, reading, theme=colours, height=_HEIGHT, gap=0.06)
    grid = chart.subplots(1, 2, sharey=True)
    for axes, (column, title) in zip(grid, _PANELS.items(), strict=True):
        quiet_axes(axes, colours, grid="y")
        panel_title(axes, f"A reviewer {title}", colours)
        _draw_curves(axes, plan, column, sizes, colours)
    _draw_point_rule(grid[0], plan, sizes[0], colours)
    add_key(chart, _key(sizes, colours))
    return chart


def _draw_curves(axes: Axes, plan: GoldPlan, column: str, sizes: list[int], theme: Theme) -> None:
    for place, n in enumerate(sizes):
        rows = plan.rows[plan.rows["n_tasks"] == n].sort_values("rate")
        axes.plot(rows["rate"], rows[column], zorder=3, **_line(place, len(sizes), theme))
    axes.axvline(plan.target, color=theme.ink, linewidth=1.1, linestyle=(0, (4, 3)), zorder=1.5)
    low, high = float(plan.rows["rate"].min()), float(plan.rows["rate"].max())
    axes.set_xlim(low, high if high > low else low + 0.1)
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("true rate of right answers")
    axes.tick_params(labelsize=SMALL)
    # Without the first tick, whose label would touch the panel before.
    axes.xaxis.set_major_locator(MaxNLocator(5, prune="lower"))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))


def _draw_point_rule(axes: Axes, plan: GoldPlan, n: int, theme: Theme) -> None:
    rows = plan.rows[plan.rows["n_tasks"] == n].sort_values("rate")
    axes.plot(rows["rate"], rows["passed_by_point"], color=theme.quiet, linewidth=1.2, zorder=2)
    at = int(np.argmin(np.abs(rows["passed_by_point"].to_numpy() - 0.45)))
    label = f"plain {plan.target:.0%} bar\non {n} tasks "
    x, y = float(rows["rate"].iloc[at]), float(rows["passed_by_point"].iloc[at])
    axes.text(x, y, label, size=SMALL, color=theme.quiet, ha="right", va="bottom")


def _line(place: int, of: int, theme: Theme) -> dict[str, Any]:
    shade = theme.colours()(0.6 + 0.4 * (place + 1) / of)
    return {"color": shade, "linewidth": 1.2 + 0.25 * place, "linestyle": _DASHES[place - of]}


def _key(sizes: list[int], theme: Theme) -> list[Line2D]:
    return [
        Line2D([], [], label=f"{n} gold tasks" if not place else str(n), **_line(place, len(sizes), theme))
        for place, n in enumerate(sizes)
    ]
