"""How well reviewers agree: alpha and AC of each criterion beside what other teams reach."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from evalwidgets.analysis.agreement.agreement_table import AgreementTable
from evalwidgets.analysis.charts.forest import ROW, Row, caption, draw_rows
from evalwidgets.analysis.charts.marks import Mark, draw_mark, fine, unsure
from evalwidgets.analysis.charts.style import (
    Chart,
    ThemeName,
    add_key,
    empty_chart,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gold.headline_lines import PUBLIC_ALPHA
from evalwidgets.analysis.numbers import decimal


def agreement_chart(agreement: AgreementTable, *, theme: ThemeName = "light") -> Chart:
    """Draw alpha with its interval and AC beside it, one criterion a row.

    Parameters
    ----------
    agreement : AgreementTable
        What `agreement_by_criterion` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    The band is where the alphas of published image-rating studies lie: a team inside it
    is an ordinary trained team. Where AC is high and alpha low, one answer is so common
    that the ratings say little about the rare ones.
    """
    colours = theme_named(theme)
    table = agreement.rows
    if not (table["n_tasks"] > 0).any():
        return empty_chart(agreement.finding, colours)
    alpha = fine("Krippendorff's alpha", colours)
    ac = Mark("Gwet's AC", "x", colours.quiet)
    vague = unsure("alpha that cannot tell: one answer too common, or no interval", colours)
    unknown = agreement.one_sided | table["alpha_low"].isna()
    marks = [vague if one else alpha for one in unknown]
    rows = [_row(row, mark) for (_, row), mark in zip(table.iterrows(), marks, strict=True)]
    reading = (
        f"{agreement.confidence_level:.0%} intervals ({agreement.method}). At the right: how often two "
        "reviewers gave the same answer, or one within tolerance. Where nearly all answers are the same, "
        "alpha sinks and AC does not."
    )
    chart = Chart(agreement.finding, reading, theme=colours, height=ROW * len(rows) + 1.1)
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="x")
    _draw_band(chart, axes)
    for place, value in enumerate(table["ac"]):
        if not math.isnan(value):
            draw_mark(axes, value, place, ac, colours, zorder=3.5)
    draw_rows(chart, axes, rows, heads=("tasks", "reviewers", "same", "within"))
    lowest = table[["alpha", "alpha_low"]].min().fillna(0.0).clip(upper=0.0).min()
    axes.set_xlim(max(-1.0, lowest) - 0.03, 1.03)
    axes.set_xlabel("0 = chance, 1 = always the same answer")
    drawn = {row.mark for row in rows if not math.isnan(row.estimate)} | {ac}
    add_key(chart, [mark.handle(colours) for mark in (alpha, vague, ac) if mark in drawn])
    return chart


def _row(row: pd.Series, mark: Mark) -> Row:
    rated = row["n_tasks"] > 0
    within = f"{row['percent_within']:.0%}" if rated and row["tolerance"] else ""
    same = f"{row['percent_agreement']:.0%}" if rated else ""
    instead = "alpha is undefined: one answer only" if rated else "not rated by two reviewers"
    said = f"{row['label']}: alpha {decimal(row['alpha'])}, {same} the same answer"
    return Row(
        row["label"],
        row["alpha"],
        row["alpha_low"],
        row["alpha_high"],
        mark,
        figures=(f"{row['n_tasks']}", f"{row['n_reviewers']}", same, within),
        instead=instead,
        pick=(f"criterion:{row['criterion']}", said),
    )


def _draw_band(chart: Chart, axes: Axes) -> None:
    low, high = PUBLIC_ALPHA
    axes.axvspan(low, high, color=chart.theme.band, linewidth=0, zorder=0)
    axes.axvline(0, color=chart.theme.quiet, linewidth=1.0, zorder=1)
    caption(axes, (low + high) / 2, f"public image-rating data: {low:g} to {high:g}", chart)
