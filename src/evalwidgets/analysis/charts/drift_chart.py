"""Who moves over time: each reviewer's bias by period, its running line and its limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from evalwidgets.analysis.charts.lettering import label
from evalwidgets.analysis.charts.style import (
    BODY,
    SMALL,
    WIDTH,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    panel_title,
    plain,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.reviewers.drift import DriftTable
from evalwidgets.analysis.reviewers.periods import Mark
from evalwidgets.errors import UnknownName

_PANEL = 1.45
"""Inches of one reviewer's panel among several."""
_TALL = 1.9
"""Inches of each panel of a single reviewer."""
_ACROSS = 3
_MANY = 9
"""More reviewers than this stand closer."""
_LEAST = 0.5
"""Levels that the axis shows at least, so that nothing is made to look like drift."""


def drift_chart(drift: DriftTable, *, reviewer: str | None = None, theme: ThemeName = "light") -> Chart:
    """Draw bias over time, one panel a reviewer, or bias and rate of a single one.

    Parameters
    ----------
    drift : DriftTable
        What `reviewer_drift` returned.
    reviewer : str or None
        One reviewer, then with the within-tolerance rate below; None for all, those who
        drift first.
    theme : {"light", "dark"}
        The notebook's theme.

    Raises
    ------
    UnknownName
        If no such reviewer is in the table.

    Notes
    -----
    Hollow dots are the periods, the line is the running mean, the shaded band is where
    it stays by chance. Filled triangles alarm and point the way. Panels share their axes.
    """
    colours = theme_named(theme)
    pooled = drift.pooled
    if reviewer is not None and reviewer not in set(pooled["reviewer"]):
        raise UnknownName("reviewer", reviewer, pooled["reviewer"].unique(), "the drift table")
    told = pooled if reviewer is None else pooled[pooled["reviewer"] == reviewer]
    if told.empty or told["bias"].isna().all():
        return empty_chart(drift.finding, colours)
    chart = _one(drift, told, colours) if reviewer is not None else _many(drift, told, colours)
    add_key(chart, _key(told, drift.marks, colours))
    return chart


def _many(drift: DriftTable, told: pd.DataFrame, theme: Theme) -> Chart:
    first = list(drift.drifting["reviewer"])
    names = [*first, *(name for name in told["reviewer"].unique() if name not in first)]
    across = min(_ACROSS + (len(names) > _MANY), len(names))
    down = -(-len(names) // across)
    reading = f"Levels above or below {drift.against}. {_reading(drift)}"
    chart = Chart(drift.finding, reading, theme=theme, height=_PANEL * down + 0.95)
    cast("ConstrainedLayoutEngine", chart.get_layout_engine()).set(wspace=0.08)
    panels = chart.subplots(down, across, sharex=True, sharey=True, squeeze=False).ravel()
    for place, panel in enumerate(panels):
        if place >= len(names):
            panel.set_visible(False)
            continue
        _draw_bias(chart, panel, told[told["reviewer"] == names[place]])
        _draw_marks(panel, drift.marks, theme)
        panel_title(panel, label(names[place], WIDTH / across - 0.6, BODY, bold=True, lines=1), theme)
        panel.tick_params(labelbottom=place + across >= len(names))
    _date_axis(panels[0], told, most=3)
    return chart


def _one(drift: DriftTable, told: pd.DataFrame, theme: Theme) -> Chart:
    name = told["reviewer"].iloc[0]
    found = drift.drifting
    alarms = found[found["reviewer"] == name]
    finding = drift.in_words(alarms.iloc[0]) if len(alarms) else f"{name} shows no drift"
    reading = f"{_reading(drift)} Numbers: ratings."
    chart = Chart(finding, reading, theme=theme, height=2 * _TALL + 0.75)
    cast("ConstrainedLayoutEngine", chart.get_layout_engine()).set(hspace=0.06)
    above, below = chart.subplots(2, 1, sharex=True)
    _draw_bias(chart, above, told)
    _draw_rate(chart, below, told)
    _draw_marks(above, drift.marks, theme, labelled=True)
    _draw_marks(below, drift.marks, theme)
    above.set_ylabel(f"levels from {drift.against}")
    below.set_ylabel("within tolerance")
    _date_axis(below, told, most=8)
    return chart


def _reading(drift: DriftTable) -> str:
    return (
        "Dots: a period's tasks, line: running mean, band: where the line stays by chance "
        f"({drift.confidence_level:.1%}) if nothing changed since the reviewer's own beginning."
    )


def _draw_bias(chart: Chart, axes: Axes, rows: pd.DataFrame) -> None:
    theme = chart.theme
    quiet_axes(axes, theme, grid="y")
    told = rows[rows["bias"].notna()]
    when = told["period"].map(_at)
    axes.fill_between(when, told["low"], told["high"], color=theme.band, linewidth=0, zorder=1)
    for end in ("low", "high"):
        axes.plot(when, told[end], color=theme.quiet, linewidth=0.8, linestyle=(0, (1, 2)), zorder=2)
    axes.plot(when, told["centre"], color=theme.quiet, linewidth=0.8, zorder=2)
    axes.plot(when, told["ewma"], color=theme.accent, linewidth=1.8, zorder=3)
    for way, look in (("", _dots(theme)), ("up", _loud("^", theme)), ("down", _loud("v", theme))):
        some = told["alarm"] == way
        said = f"{some.sum()} periods {'within the limits' if not way else f'drifting {way}'}"
        _draw_points(chart, axes, rows, when[some], told.loc[some, "bias"], look, said)
    axes.margins(x=0.06, y=0.12)
    low, high = axes.get_ylim()
    if high - low < _LEAST:
        middle = (low + high) / 2
        axes.set_ylim(middle - _LEAST / 2, middle + _LEAST / 2)


def _draw_rate(chart: Chart, axes: Axes, rows: pd.DataFrame) -> None:
    theme = chart.theme
    quiet_axes(axes, theme, grid="y")
    when = rows["period"].map(_at)
    axes.fill_between(when, rows["p_low"], rows["p_high"], color=theme.band, linewidth=0, zorder=1)
    axes.plot(when, rows["p_low"], color=theme.quiet, linewidth=0.8, linestyle=(0, (1, 2)), zorder=2)
    axes.plot(when, rows["p_centre"], color=theme.quiet, linewidth=0.8, zorder=2)
    low = rows["within_alarm"] == "below"
    for some, look, said in ((~low, _dots(theme), "within"), (low, _loud("v", theme), "below")):
        said = f"rate {said} the limits in {some.sum()} periods"
        _draw_points(chart, axes, rows, when[some], rows.loc[some, "within"], look, said)
    for at, share, n in zip(when, rows["within"], rows["n"], strict=True):
        below: dict[str, Any] = {
            "xytext": (0, -12),
            "textcoords": "offset points",
            "ha": "center",
            "va": "top",
        }
        axes.annotate(f"{n}", (at, share), size=SMALL, color=theme.quiet, **below)
    lowest = float(rows[["within", "p_low"]].min().min())
    axes.set_ylim(max(lowest - 0.25 * (1 - lowest) - 0.05, -0.12), 1.03)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}" if -1e-9 < share < 1 + 1e-9 else "")


def _draw_points(
    chart: Chart,
    axes: Axes,
    rows: pd.DataFrame,
    x: pd.Series[float],
    y: pd.Series[float],
    look: dict[str, Any],
    said: str,
) -> None:
    """Draw periods that are alike as one part that can be picked."""
    if len(x):
        (points,) = axes.plot(x, y, **look, zorder=5)
        name = rows["reviewer"].iloc[0]
        chart.add_pick(points, f"reviewer:{name}", f"{name}: {said}")


def _draw_marks(axes: Axes, marks: Sequence[Mark], theme: Theme, *, labelled: bool = False) -> None:
    for mark in marks:
        when = _at(mark.when)
        axes.axvline(when, color=theme.ink, linewidth=1.0, linestyle=(0, (5, 3)), zorder=2)
        if labelled:
            axes.annotate(
                plain(mark.label, 30),
                (when, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(3, 2),
                textcoords="offset points",
                size=SMALL,
                color=theme.ink,
            )


def _date_axis(axes: Axes, told: pd.DataFrame, most: int) -> None:
    """Name at most so many of the periods, evenly, by the day on which they begin."""
    starts = sorted(told["period"].unique())
    step = -(-len(starts) // most)
    named = starts[::step]
    axes.set_xticks([_at(start) for start in named], [f"{start.day} {start:%b}" for start in named])


def _at(when: pd.Timestamp) -> float:
    """Return a time as matplotlib counts it."""
    return float(date2num(when.to_pydatetime()))  # type: ignore[no-untyped-call]


def _dots(theme: Theme) -> dict[str, Any]:
    look = {"linestyle": "none", "marker": "o", "markersize": 5, "markeredgewidth": 1.2}
    return {**look, "markerfacecolor": theme.paper, "markeredgecolor": theme.quiet}


def _loud(marker: str, theme: Theme) -> dict[str, Any]:
    return {"linestyle": "none", "marker": marker, "markersize": 8.5, "color": theme.warm}


def _key(told: pd.DataFrame, marks: Sequence[Mark], theme: Theme) -> list[Line2D | Patch]:
    handles: list[Line2D | Patch] = [
        Line2D([], [], label="period", **_dots(theme)),
        Line2D([], [], color=theme.accent, linewidth=1.8, label="running mean"),
        Patch(facecolor=theme.band, edgecolor=theme.quiet, linestyle=":", label="by chance"),
    ]
    for way, marker in (("up", "^"), ("down", "v")):
        if (told["alarm"] == way).any():
            handles.append(Line2D([], [], label=f"drifts {way}", **_loud(marker, theme)))
    if marks:
        names = ", ".join(dict.fromkeys(mark.label for mark in marks))
        dashed = Line2D([], [], color=theme.ink, linewidth=1.0, linestyle=(0, (5, 3)))
        dashed.set_label(plain(names, 60))
        handles.append(dashed)
    return handles
