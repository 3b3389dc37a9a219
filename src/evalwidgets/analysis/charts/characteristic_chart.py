"""What an exam's rule does to whom: the chance of each verdict against the true rate."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from evalwidgets.analysis.charts.forest import caption
from evalwidgets.analysis.charts.style import (
    Chart,
    Theme,
    ThemeName,
    add_key,
    quiet_axes,
    theme_named,
)
from evalwidgets.core.exam_rule import ExamRule

_HEIGHT = 3.4
_APART = 0.02
_CURVES = {
    "passed": ("pass", "accent", "solid", 2.4),
    "not_yet": ("not yet", "warm", (0, (6, 2)), 2.0),
    "not_enough": ("not enough evidence", "quiet", (0, (1.2, 1.4)), 1.8),
}


def characteristic_chart(table: pd.DataFrame, rule: ExamRule, *, theme: ThemeName = "light") -> Chart:
    """Draw the chance of *pass*, *not yet* and *not enough evidence* against the true rate.

    Parameters
    ----------
    table : DataFrame
        What `operating_characteristic` returned for this rule.
    rule : ExamRule
        The rule.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Left of the target the first curve is the chance of a wrong pass; the dotted line at its
    foot is what the rule promises at most. The steeper the curves, the more an exam decides;
    where the third is high it mostly ends open, which more tasks resolve.
    """
    colours = theme_named(theme)
    rows = table.sort_values("rate")
    chart = Chart(_finding(rows, rule), _reading(rows, rule), theme=colours, height=_HEIGHT, gap=0.06)
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="y")
    for column in _CURVES:
        axes.plot(rows["rate"], rows[column], zorder=3, **_line(column, colours))
    _draw_promises(chart, axes, rule)
    axes.set_xlim(float(rows["rate"].min()), max(float(rows["rate"].max()), float(rows["rate"].min()) + 0.05))
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("true rate of judgements that are right")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    add_key(
        chart,
        [Line2D([], [], label=name, **_line(column, colours)) for column, (name, *_) in _CURVES.items()],
    )
    return chart


def _finding(rows: pd.DataFrame, rule: ExamRule) -> str:
    passing = rows[rows["passed"] >= 0.5]
    below = rows[rows["rate"] < rule.target]["passed"].max()
    wrong = f"none below {rule.target:.0%} was looked at"
    if pd.notna(below):
        wrong = (
            f"below {rule.target:.0%} {'hardly anybody does' if below < 0.005 else f'up to {below:.0%} do'}"
        )
    if passing.empty:
        return f"No candidate looked at passes in most exams; {wrong}"
    return f"Most candidates pass from a true rate of {passing['rate'].min():.0%} on; {wrong}"


def _reading(rows: pd.DataFrame, rule: ExamRule) -> str:
    fewest, most = rows["n_tasks"].min(), rows["n_tasks"].max()
    tasks = f"{rule.size} tasks"
    if rule.sequential:
        tasks = f"{fewest:.0f} to {most:.0f} tasks on average, {rule.most} at the most"
    never = "\N{LEFT SINGLE QUOTATION MARK}not yet\N{RIGHT SINGLE QUOTATION MARK}"
    return (
        f"Share of simulated candidates by verdict; {tasks}. Left of the target of {rule.target:.0%} a pass "
        f"is wrong: {rule.alpha:.0%} at most (dotted). Who reaches every criterion's own target is told "
        f"{never} in {rule.beta:.0%} at most."
    )


def _line(column: str, theme: Theme) -> dict[str, Any]:
    _, colour, style, width = _CURVES[column]
    return {"color": getattr(theme, colour), "linestyle": style, "linewidth": width}


def _draw_promises(chart: Chart, axes: Axes, rule: ExamRule) -> None:
    theme = chart.theme
    axes.axvline(rule.target, color=theme.ink, linewidth=1.1, linestyle=(0, (4, 3)), zorder=1.5)
    left = axes.get_xlim()[0]
    axes.plot([left, rule.target], [rule.alpha] * 2, color=theme.ink, linewidth=1.0, linestyle=(0, (1, 2)))
    every = sum(rule.targets.values()) / len(rule.targets)
    if every - rule.target > _APART:
        axes.axvline(every, color=theme.quiet, linewidth=0.8, zorder=1.5)
        caption(axes, every, "every target", chart)
    caption(axes, rule.target, "target", chart)
