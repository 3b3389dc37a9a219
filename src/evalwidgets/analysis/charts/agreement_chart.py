"""How well reviewers agree: alpha and AC of each criterion beside what other teams reach."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from evalwidgets.analysis.agreement.agreement_table import AgreementTable
from evalwidgets.analysis.charts.forest import ROW, Mark, Row, draw_mark, draw_rows
from evalwidgets.analysis.charts.style import (
    SMALL,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gold.headline_lines import PUBLIC_ALPHA


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
    if table.empty or table["alpha"].isna().all():
        return empty_chart(agreement.finding, colours)
    alpha = Mark("Krippendorff's alpha", "o", colours.accent)
    ac = Mark("Gwet's AC", "D", colours.quiet, filled=False, size=6)
    unsure = Mark(
        "alpha that cannot tell: one answer too common, or no interval", "o", colours.quiet, filled=False
    )
    vague = agreement.one_sided | table["alpha_low"].isna()
    marks = [unsure if one else alpha for one in vague]
    rows = [_row(row, mark) for (_, row), mark in zip(table.iterrows(), marks, strict=True)]
    reading = (
        f"{agreement.confidence_level:.0%} intervals ({agreement.method}). At the right: tasks "
        "\N{MULTIPLICATION SIGN} reviewers, and how often two reviewers gave the same answer. "
        "Where nearly all answers are the same, alpha sinks and AC does not."
    )
    chart = Chart(agreement.finding, reading, theme=colours, height=ROW * len(rows) + 1.1)
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="x")
    _draw_band(axes, colours)
    for place, value in enumerate(table["ac"]):
        if not math.isnan(value):
            draw_mark(axes, value, place, ac, colours, zorder=3.5)
    draw_rows(chart, axes, rows)
    lowest = min(0.0, float(table[["alpha", "alpha_low"]].min().min()))
    axes.set_xlim(max(-1.0, lowest) - 0.03, 1.03)
    axes.set_xlabel("0 = chance, 1 = always the same answer")
    drawn = {row.mark for row in rows if not math.isnan(row.estimate)} | {ac}
    add_key(chart, [mark.handle(colours) for mark in (alpha, unsure, ac) if mark in drawn])
    return chart


def _row(row: pd.Series, mark: Mark) -> Row:
    said = (
        f"{row['n_tasks']} \N{MULTIPLICATION SIGN} {row['n_reviewers']}   {row['percent_agreement']:.0%} same"
    )
    if row["tolerance"]:
        said += f", {row['percent_within']:.0%} within {row['tolerance']:g}"
    if math.isnan(row["alpha"]):
        said = f"{said}, alpha undefined" if row["n_tasks"] else "not rated by two reviewers"
    pick = (f"criterion:{row['criterion']}", f"{row['label']}: alpha {row['alpha']:.2f}, {said}")
    return Row(row["label"], row["alpha"], row["alpha_low"], row["alpha_high"], mark, said=said, pick=pick)


def _draw_band(axes: Axes, theme: Theme) -> None:
    low, high = PUBLIC_ALPHA
    axes.axvspan(low, high, color=theme.band, linewidth=0, zorder=0)
    axes.axvline(0, color=theme.quiet, linewidth=1.0, zorder=1)
    label = f"public image-rating data: {low:.2f} to {high:.2f}".replace("0.", ".")
    at = axes.get_xaxis_transform()
    centre = (low + high) / 2
    axes.text(centre, 1.02, label, transform=at, ha="center", va="bottom", size=SMALL, color=theme.quiet)
