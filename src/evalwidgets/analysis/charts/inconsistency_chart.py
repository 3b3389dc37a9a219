"""Who scatters, and how fast: inconsistency against time per task, or in rows where there are many."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from evalwidgets.analysis.charts.forest import ROW, Row, draw_rows
from evalwidgets.analysis.charts.lettering import label, width_of
from evalwidgets.analysis.charts.marks import Mark, draw_mark, fine, flagged
from evalwidgets.analysis.charts.style import (
    BODY,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    plain,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.numbers import decimal
from evalwidgets.analysis.reviewers.inconsistency import InconsistencyTable

_HEIGHT = 4.2
_NAME = 1.5
"""Inches that a name beside its point may take."""
_APART = 0.19
"""Inches between two names, so that they never overlap."""
_MOST = 12
"""More reviewers than this are drawn in rows: names beside points would lie on each other."""


def inconsistency_chart(inconsistency: InconsistencyTable, *, theme: ThemeName = "light") -> Chart:
    """Draw each reviewer's inconsistency with its interval, against their usual time per task.

    Parameters
    ----------
    inconsistency : InconsistencyTable
        What `reviewer_inconsistency` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Low is steady, left is fast. Fast and scattered is worth a word; fast and steady is
    skill. An open mark at the end of a bar is a bound: that reviewer's scatter cannot be
    told from 0. Without times, and with many reviewers, they stand in rows, most scatter
    on top. The artist of a point has the id `reviewer:NAME`, also in a saved SVG.
    """
    colours = theme_named(theme)
    known = inconsistency.pooled.dropna(subset=["high"]).reset_index(drop=True)
    if known.empty:
        return empty_chart(inconsistency.finding, colours)
    timed = bool(known["median_seconds"].notna().all())
    level = f"{inconsistency.confidence_level:.0%}"
    reading = f"Scatter around the other reviewers in levels, severity removed, with {level} interval"
    in_rows = not timed or len(known) > _MOST
    reading += "." if in_rows else "; against median time per task."
    chart = (_in_rows if in_rows else _against_time)(inconsistency.finding, reading, known, colours)
    kinds = {_kind(row) for _, row in known.iterrows()}
    add_key(chart, [mark.handle(colours) for kind, mark in _marks(colours).items() if kind in kinds])
    return chart


def _in_rows(finding: str, reading: str, known: pd.DataFrame, theme: Theme) -> Chart:
    marks = _marks(theme)
    chart = Chart(finding, reading, theme=theme, height=ROW * len(known) + 1.0)
    axes = chart.add_subplot()
    quiet_axes(axes, theme, grid="x")
    order = _drawn_at(known).sort_values(ascending=False, kind="stable").index
    rows = [_row(row, marks[_kind(row)]) for _, row in known.loc[order].iterrows()]
    draw_rows(chart, axes, rows, heads=("scatter", "seconds"))
    axes.set_xlim(0, float(known["high"].max()) * 1.06)
    axes.set_xlabel("scatter in levels")
    return chart


def _row(row: pd.Series, mark: Mark) -> Row:
    told = row["inconsistency"]
    scatter = f"up to {decimal(row['high'])}" if np.isnan(told) else decimal(told)
    seconds = "" if np.isnan(row["median_seconds"]) else f"{row['median_seconds']:.0f}"
    return Row(
        label=str(row["reviewer"]),
        estimate=row["high"] if np.isnan(told) else told,
        low=row["low"],
        high=row["high"],
        mark=mark,
        figures=(scatter, seconds),
        pick=(f"reviewer:{row['reviewer']}", f"{row['reviewer']}: {mark.name}, {scatter} levels"),
    )


def _against_time(finding: str, reading: str, known: pd.DataFrame, theme: Theme) -> Chart:
    marks = _marks(theme)
    chart = Chart(finding, reading, theme=theme, height=_HEIGHT)
    axes = chart.add_subplot()
    quiet_axes(axes, theme, grid="y")
    for _, row in known.iterrows():
        _draw_point(chart, axes, row, marks[_kind(row)])
    x = known["median_seconds"].to_numpy(dtype=float)
    # Room at the right for names.
    reach = max(float(np.ptp(x)), 10.0)
    axes.set_xlim(x.min() - 0.06 * reach, x.max() + 0.22 * reach)
    axes.set_ylim(0, float(known["high"].max()) * 1.12)
    axes.set_ylabel("scatter in levels")
    axes.set_xlabel("median seconds per task")
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    _draw_names(chart, axes, x, known)
    return chart


def _marks(theme: Theme) -> dict[str, Mark]:
    return {
        "noisy": flagged("clearly above the others", theme),
        "": fine("not clearly above the others", theme),
        "bound": Mark("cannot be told from 0: upper bound", "o", theme.quiet, filled=False),
    }


def _kind(row: pd.Series) -> str:
    return "bound" if np.isnan(row["inconsistency"]) else str(row["flag"])


def _drawn_at(known: pd.DataFrame) -> pd.Series:
    """Return where each mark lies: at the estimate, else at the bound."""
    return known["inconsistency"].fillna(known["high"])


def _draw_point(chart: Chart, axes: Axes, row: pd.Series, mark: Mark) -> None:
    x = row["median_seconds"]
    ends = [row["low"], row["high"]]
    axes.plot([x, x], ends, color=mark.colour, linewidth=2.6, solid_capstyle="butt", zorder=2)
    drawn = _row(row, mark)
    point = draw_mark(axes, x, drawn.estimate, mark, chart.theme)
    if drawn.pick:
        chart.add_pick(point, *drawn.pick)


class _Box(NamedTuple):
    """Where a name stands, in inches: its left end, its height, its length."""

    x: float
    y: float
    length: float

    def touches(self, other: _Box) -> bool:
        """Return whether two names would overlap."""
        beside = self.x + self.length <= other.x or other.x + other.length <= self.x
        return not beside and abs(self.y - other.y) < _APART


def _draw_names(chart: Chart, axes: Axes, x: np.ndarray, known: pd.DataFrame) -> None:
    """Write names beside their points, moved up where they would touch, with a thin line back."""
    theme = chart.theme
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    chart.draw_without_rendering()  # only then is it known how large the frame is
    frame = axes.get_window_extent()
    across, up = frame.width / chart.dpi / (right - left), frame.height / chart.dpi / (high - low)
    y = _drawn_at(known).to_numpy(dtype=float)
    taken: list[_Box] = []
    for place in np.argsort(y, kind="stable"):
        name = label(known["reviewer"].iloc[place], _NAME, BODY, lines=1)
        room = width_of(name, BODY) + 0.3
        at_x, at_y = x[place] * across, y[place] * up
        while any(one.touches(_Box(at_x, at_y, room)) for one in taken):
            at_y += _APART / 4
        taken.append(_Box(at_x, at_y, room))
        moved = at_y > y[place] * up
        line = {"arrowstyle": "-", "color": theme.line, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 4}
        axes.annotate(
            plain(name),
            (x[place], y[place]),
            xytext=(9, (at_y - y[place] * up) * 72),
            textcoords="offset points",
            va="center",
            size=BODY,
            color=theme.ink,
            arrowprops=line if moved else None,
            path_effects=[withStroke(linewidth=2.5, foreground=theme.paper)],
            zorder=5,
        )
