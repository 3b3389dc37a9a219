"""Who is strict and who is lenient: each reviewer's shift from gold with its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.charts.forest import ROW, Row, caption, draw_rows
from evalwidgets.analysis.charts.marks import Mark, fine, flagged, flagged_down, flagged_up, unsure
from evalwidgets.analysis.charts.style import (
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
    to act on: a filled disc is known to lie there, of a hollow one it cannot be told.
    """
    colours = theme_named(theme)
    known = severity.pooled.dropna(subset=["bias"]).sort_values("bias", kind="stable")
    if known.empty:
        return empty_chart(severity.finding, colours)
    marks = _marks(colours)
    rows = [_row(row, marks, severity.alarm_at) for _, row in known.iterrows()]
    reading = (
        f"Levels above or below gold mid-scale, all criteria; thick: {severity.confidence_level:.0%} "
        "interval, thin: for all reviewers together, ticks: single criteria."
    )
    chart = Chart(severity.finding, reading, theme=colours, height=ROW * len(rows) + 1.05)
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="x")
    _draw_band(chart, axes, severity.alarm_at)
    _draw_ticks(axes, severity.rows, known["reviewer"].to_list(), colours)
    draw_rows(chart, axes, rows, heads=("shift", f"{severity.confidence_level:.0%} interval", "tasks"))
    reach = max(1.0, *(abs(end) for row in rows for end in (row.outer or (row.low, row.high))))
    axes.set_xlim(-reach * 1.06, reach * 1.06)
    axes.set_xlabel("\N{LEFTWARDS ARROW} stricter than gold          more lenient \N{RIGHTWARDS ARROW}")
    drawn = {row.mark for row in rows}
    add_key(chart, [mark.handle(colours) for mark in marks.values() if mark in drawn])
    return chart


def _marks(theme: Theme) -> dict[str, Mark]:
    return {
        "strict": flagged_down("strict", theme),
        "lenient": flagged_up("lenient", theme),
        "drifting": flagged("drifting", theme),
        "within": fine("shift too small to matter", theme),
        "": unsure("cannot be told yet", theme),
    }


def _row(row: pd.Series, marks: dict[str, Mark], alarm_at: float) -> Row:
    shift, ends = signed(row["bias"]), f"[{signed(row['low'])}, {signed(row['high'])}]"
    # Answers that never differ leave an interval without width, which tells nothing of other tasks.
    small = -alarm_at < row["low"] < row["high"] < alarm_at
    mark = marks[row["flag"] or ("within" if small else "")]
    if pd.isna(row["low"]):
        ends = "no interval"
    return Row(
        label=str(row["reviewer"]),
        estimate=row["bias"],
        low=row["low"],
        high=row["high"],
        mark=mark,
        outer=(row["family_low"], row["family_high"]),
        figures=(shift, ends, f"{row['n_tasks']}"),
        pick=(f"reviewer:{row['reviewer']}", f"{row['reviewer']}: {mark.name}, {shift} {ends}"),
    )


def _draw_band(chart: Chart, axes: Axes, alarm_at: float) -> None:
    axes.axvspan(-alarm_at, alarm_at, color=chart.theme.band, linewidth=0, zorder=0)
    axes.axvline(0, color=chart.theme.quiet, linewidth=1.0, zorder=1)
    caption(axes, 0, f"within \N{PLUS-MINUS SIGN}{alarm_at:g} level", chart)


def _draw_ticks(axes: Axes, rows: pd.DataFrame, reviewers: list[str], theme: Theme) -> None:
    """Draw each criterion's own shift as a small tick under the reviewer's interval."""
    single = rows[(rows["criterion"] != ALL) & rows["bias"].notna()]
    place = single["reviewer"].map({name: i for i, name in enumerate(reviewers)})
    drawn = place.notna()
    x = single.loc[drawn, "bias"].to_numpy(dtype=float)
    y = np.asarray(place[drawn], dtype=float) + 0.27
    axes.plot(x, y, linestyle="none", marker="|", markersize=6, color=theme.quiet, alpha=0.75, zorder=2)
