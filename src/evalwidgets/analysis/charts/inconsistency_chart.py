"""Who scatters, and how fast: inconsistency against time per task."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from evalwidgets.analysis.charts.forest import Mark
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
from evalwidgets.analysis.reviewers.inconsistency import InconsistencyTable

_HEIGHT = 4.2
_APART = 0.19
"""Inches between two names, so that they never overlap."""


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
    told from 0. Without times, reviewers stand side by side. The artist of a point has
    the id `reviewer:NAME`, also in a saved SVG.
    """
    colours = theme_named(theme)
    known = inconsistency.pooled.dropna(subset=["high"]).reset_index(drop=True)
    if known.empty:
        return empty_chart(inconsistency.finding, colours)
    timed = bool(known["median_seconds"].notna().all())
    level = f"{inconsistency.confidence_level:.0%}"
    reading = (
        f"Scatter around the other reviewers in levels, severity removed, with {level} interval; "
        f"{'against median time per task' if timed else 'no times are known'}."
    )
    chart = Chart(inconsistency.finding, reading, theme=colours, height=_HEIGHT)
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="y")
    marks = _marks(colours)
    x = known["median_seconds"].to_numpy(dtype=float) if timed else np.arange(len(known), dtype=float)
    kinds = [_kind(row) for _, row in known.iterrows()]
    for place, (_, row) in enumerate(known.iterrows()):
        _draw_point(axes, x[place], row, marks[kinds[place]], colours)
    _set_axes(axes, x, known, timed=timed)
    add_key(chart, [mark.handle(colours) for kind, mark in marks.items() if kind in kinds])
    _draw_names(chart, axes, x, known)
    return chart


def _marks(theme: Theme) -> dict[str, Mark]:
    return {
        "noisy": Mark("clearly above the others", "D", theme.warm, size=7.5),
        "": Mark("reviewer", "o", theme.accent),
        "bound": Mark("cannot be told from 0: upper bound", "v", theme.quiet, filled=False),
    }


def _kind(row: pd.Series) -> str:
    return "bound" if np.isnan(row["inconsistency"]) else str(row["flag"])


def _draw_point(axes: Axes, x: float, row: pd.Series, mark: Mark, theme: Theme) -> None:
    ends = [row["low"], row["high"]]
    axes.plot([x, x], ends, color=mark.colour, linewidth=2.0, solid_capstyle="butt", alpha=0.65, zorder=2)
    axes.plot(
        [x],
        [row["high"] if np.isnan(row["inconsistency"]) else row["inconsistency"]],
        marker=mark.marker,
        markersize=mark.size,
        markerfacecolor=mark.colour if mark.filled else theme.paper,
        markeredgecolor=mark.colour,
        markeredgewidth=1.4,
        linestyle="none",
        zorder=4,
        gid=f"reviewer:{row['reviewer']}",
    )


def _set_axes(axes: Axes, x: np.ndarray, known: pd.DataFrame, *, timed: bool) -> None:
    # Room at the right for names.
    reach = max(float(np.ptp(x)), 10.0 if timed else 1.0)
    axes.set_xlim(x.min() - 0.06 * reach, x.max() + 0.22 * reach)
    axes.set_ylim(0, float(known["high"].max()) * 1.12)
    axes.set_ylabel("scatter in levels")
    if timed:
        axes.set_xlabel("median seconds per task")
    else:
        axes.set_xticks([])


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
    y = known["inconsistency"].fillna(known["high"]).to_numpy(dtype=float)
    taken: list[_Box] = []
    for place in np.argsort(y, kind="stable"):
        name = plain(known["reviewer"].iloc[place], 22)
        room = 0.085 * len(name) + 0.15
        at_x, at_y = x[place] * across, y[place] * up
        while any(one.touches(_Box(at_x, at_y, room)) for one in taken):
            at_y += _APART / 4
        taken.append(_Box(at_x, at_y, room))
        moved = at_y > y[place] * up
        line = {"arrowstyle": "-", "color": theme.line, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 4}
        axes.annotate(
            name,
            (x[place], y[place]),
            xytext=(9, (at_y - y[place] * up) * 72),
            textcoords="offset points",
            va="center",
            size=BODY,
            color=theme.ink,
            arrowprops=line if moved else None,
        )
