"""The headline as a card: four figures on top, then each criterion against its target."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MultipleLocator, PercentFormatter

from evalwidgets.analysis.charts.forest import ROW, Row, draw_rows
from evalwidgets.analysis.charts.marks import Mark, fine, flagged, unsure
from evalwidgets.analysis.charts.style import (
    BODY,
    MARGIN,
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
from evalwidgets.analysis.gold.headline import MIN_TASKS, Headline
from evalwidgets.analysis.gold.headline_lines import PUBLIC_ALPHA, in_percent
from evalwidgets.analysis.numbers import decimal

_CARD = 0.95
_BIG = 19


def headline_chart(result: Headline, *, theme: ThemeName = "light") -> Chart:
    """Draw the headline figures, and each criterion's rate with its interval against the target.

    Parameters
    ----------
    result : Headline
        What `headline` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    A filled mark is a verdict: the whole interval lies on one side of the target, the
    short upright line, and so does that of the exact rate. A hollow one is no verdict,
    however far the dot lies from the line. Intervals on too few tasks may run out.
    """
    colours = theme_named(theme)
    if result.rows.empty:
        return empty_chart(result.finding, colours)
    whole, criteria = result.rows.iloc[0], result.rows.iloc[1:]
    reading = (
        f"{whole['n_ratings']} ratings by {result.n_reviewers} reviewers on {whole['n_tasks']} gold tasks. "
        f"Bars: {result.confidence_level:.0%} intervals of the rate within tolerance; upright line: target. "
        "A verdict takes the exact rate's target too."
    )
    height = ROW * len(criteria) + 0.95
    chart = Chart(result.finding, reading, theme=colours, height=height, lead=_CARD)
    _draw_card(chart, result)
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="x")
    marks = _marks(colours)
    rows = [_row(row, marks) for _, row in criteria.iterrows()]
    draw_rows(chart, axes, rows, heads=("within", "exact", "tasks", "change in points"))
    _draw_targets(axes, criteria, colours)
    _set_range(axes, criteria)
    drawn = {row.mark for row in rows}
    handles = [mark.handle(colours) for mark in dict.fromkeys(marks.values()) if mark in drawn]
    add_key(chart, [*handles, _target_handle(colours)])
    return chart


def _set_range(axes: Axes, criteria: pd.DataFrame) -> None:
    """Show from the lowest interval with enough evidence, or the lowest target, to 1."""
    enough = criteria[criteria["n_tasks"] >= MIN_TASKS]
    lowest = float((criteria if enough.empty else enough)["within_low"].min())
    low = max(0.0, math.floor(min(0.8, lowest, criteria["target_within"].min()) * 10) / 10)
    axes.set_xlim(low - 0.01, 1.01)
    axes.xaxis.set_major_locator(MultipleLocator(0.05 if low > 0.65 else 0.1 if low > 0.2 else 0.2))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))


def _marks(theme: Theme) -> dict[str, Mark]:
    neither = unsure("not enough evidence, or no target", theme)
    return {
        "pass": fine("pass", theme),
        "not yet": flagged("not yet", theme),
        "not enough evidence": neither,
        "no target": neither,
    }


def _row(row: pd.Series, marks: dict[str, Mark]) -> Row:
    figures = (f"{row['within']:.0%}", f"{row['exact']:.0%}", f"{row['n_tasks']}", _points(row))
    pick = (f"criterion:{row['criterion']}", f"{row['label']}: {in_percent(row, 'within')}, {row['verdict']}")
    return Row(
        row["label"],
        row["within"],
        row["within_low"],
        row["within_high"],
        marks[row["verdict"]],
        figures=figures,
        pick=pick,
    )


def _points(row: pd.Series) -> str:
    """Return the change since the round before, with an arrow when it is sure; empty without one."""
    if pd.isna(row["delta"]):
        return ""
    points = signed(100 * row["delta"], 0) if abs(row["delta"]) >= 0.005 else "\N{PLUS-MINUS SIGN}0"
    arrow = {"better": "\N{UPWARDS ARROW} ", "worse": "\N{DOWNWARDS ARROW} "}.get(row["change"], "")
    return f"{arrow}{points}"


def _draw_targets(axes: Axes, criteria: pd.DataFrame, theme: Theme) -> None:
    for place, target in enumerate(criteria["target_within"]):
        if not math.isnan(target):
            axes.plot([target] * 2, [place - 0.32, place + 0.32], color=theme.ink, linewidth=1.6, zorder=5)


def _target_handle(theme: Theme) -> Line2D:
    return Line2D(
        [], [], linestyle="none", marker="|", markersize=9, markeredgecolor=theme.ink, label="target"
    )


def _draw_card(chart: Chart, result: Headline) -> None:
    """Write the four figures side by side between the reading line and the drawing."""
    theme, (width, height) = chart.theme, chart.get_size_inches()
    top = 1 - (chart.header - _CARD + 0.02) / height
    for place, (big, name, small) in enumerate(_figures(result)):
        x = MARGIN / width + place * (1 - 2 * MARGIN / width) / 4
        chart.text(x, top, big, size=_BIG, weight="bold", color=theme.ink, va="top")
        chart.text(x, top - 0.36 / height, name, size=BODY, color=theme.ink, va="top")
        chart.text(x, top - 0.57 / height, small, size=SMALL, color=theme.quiet, va="top")


def _figures(result: Headline) -> list[tuple[str, str, str]]:
    whole = result.rows.iloc[0]
    bias = ("\N{EN DASH}", "levels from gold", "no numbered scale")
    if not pd.isna(whole["bias"]):
        known = not pd.isna(whole["bias_low"])
        ends = f"[{signed(whole['bias_low'])}, {signed(whole['bias_high'])}]" if known else "one task"
        bias = (signed(whole["bias"]), "levels from gold, on average", ends)
    change = f"  {_points(whole)} points" if _points(whole) else ""
    return [
        (f"{whole['within']:.0%}", "within tolerance", f"{_ends(whole, 'within')}{change}"),
        (f"{whole['exact']:.0%}", "exact", _ends(whole, "exact")),
        bias,
        _alphas(result),
    ]


def _alphas(result: Headline) -> tuple[str, str, str]:
    """Return the range of the alphas that can tell."""
    alpha = result.rows.loc[result.rows["alpha_tells"], "alpha"].astype(float)
    ends = list(dict.fromkeys(decimal(value) for value in (alpha.min(), alpha.max()))) if len(alpha) else []
    name = "alpha between reviewers" if len(ends) < 2 else "alpha, lowest to highest"
    band = f"public data: {PUBLIC_ALPHA[0]} to {PUBLIC_ALPHA[1]}"
    return ("\N{EN DASH}".join(ends) or "\N{EN DASH}", name, band if ends else "no criterion can tell")


def _ends(row: pd.Series, rate: str) -> str:
    return in_percent(row, rate).partition(" ")[2]
