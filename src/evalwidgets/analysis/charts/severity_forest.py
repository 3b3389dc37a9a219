"""Who is strict and who is lenient: each reviewer's shift from gold with its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.charts.forest import ROW, Mark, Row, draw_rows
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
from evalwidgets.analysis.reviewers.severity import SeverityTable


def severity_forest(severity: SeverityTable, *, theme: ThemeName = "light") -> Chart:
    """Draw the shift of each reviewer over all criteria, most strict on top.

    Parameters
    ----------
    severity : SeverityTable
        What `reviewer_severity` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    The thick bar is the reviewer's own interval, the thin one holds for all reviewers
    together; small ticks are the single criteria. Inside the band a shift is too small
    to act on.
    """
    colours = theme_named(theme)
    known = severity.pooled.dropna(subset=["bias"]).sort_values("bias", kind="stable")
    if known.empty:
        return empty_chart(severity.finding, colours)
    marks = _marks(colours)
    rows = [_row(row, marks) for _, row in known.iterrows()]
    reading = (
        f"Levels above or below gold mid-scale, all criteria; thick: {severity.confidence_level:.0%} "
        "interval, thin: for all reviewers together, ticks: single criteria."
    )
    chart = Chart(severity.finding, reading, theme=colours, height=ROW * len(rows) + 1.05)
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="x")
    _draw_band(axes, severity.alarm_at, colours)
    _draw_ticks(axes, severity.rows, known["reviewer"].to_list(), colours)
    draw_rows(chart, axes, rows)
    reach = max(1.0, *(abs(end) for row in rows for end in (row.outer or (row.low, row.high))))
    axes.set_xlim(-reach * 1.06, reach * 1.06)
    axes.set_xlabel("\N{LEFTWARDS ARROW} stricter than gold          more lenient \N{RIGHTWARDS ARROW}")
    drawn = {row.mark for row in rows}
    add_key(chart, [mark.handle(colours) for mark in marks.values() if mark in drawn])
    return chart


def _marks(theme: Theme) -> dict[str, Mark]:
    return {
        "strict": Mark("strict", "v", theme.warm, size=8.5),
        "lenient": Mark("lenient", "^", theme.accent, size=8.5),
        "drifting": Mark("drifting", "D", theme.ink),
        "": Mark("no steady shift", "o", theme.quiet, filled=False),
    }


def _row(row: pd.Series, marks: dict[str, Mark]) -> Row:
    said = f"{signed(row['bias'])}  [{signed(row['low'])}, {signed(row['high'])}]   {row['n_tasks']} tasks"
    return Row(
        label=str(row["reviewer"]),
        estimate=row["bias"],
        low=row["low"],
        high=row["high"],
        mark=marks[row["flag"]],
        outer=(row["family_low"], row["family_high"]),
        said=said,
        pick=(
            f"reviewer:{row['reviewer']}",
            f"{row['reviewer']}: {row['flag'] or 'no steady shift'}, {said}",
        ),
    )


def _draw_band(axes: Axes, alarm_at: float, theme: Theme) -> None:
    axes.axvspan(-alarm_at, alarm_at, color=theme.band, linewidth=0, zorder=0)
    axes.axvline(0, color=theme.quiet, linewidth=1.0, zorder=1)
    label = f"within \N{PLUS-MINUS SIGN}{alarm_at:g} level"
    at = axes.get_xaxis_transform()
    axes.text(0, 1.02, label, transform=at, ha="center", va="bottom", size=SMALL, color=theme.quiet)


def _draw_ticks(axes: Axes, rows: pd.DataFrame, reviewers: list[str], theme: Theme) -> None:
    """Draw each criterion's own shift as a small tick under the reviewer's interval."""
    single = rows[(rows["criterion"] != ALL) & rows["bias"].notna()]
    place = single["reviewer"].map({name: i for i, name in enumerate(reviewers)})
    drawn = place.notna()
    x = single.loc[drawn, "bias"].to_numpy(dtype=float)
    y = np.asarray(place[drawn], dtype=float) + 0.27
    axes.plot(x, y, linestyle="none", marker="|", markersize=6, color=theme.quiet, alpha=0.75, zorder=2)
