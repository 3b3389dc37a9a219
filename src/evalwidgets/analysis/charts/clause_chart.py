"""Agreement on one clause over time, parted by the version of the rubric that says it better."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from evalwidgets.analysis.charts.lettering import label
from evalwidgets.analysis.charts.marks import draw_mark, fine, unsure
from evalwidgets.analysis.charts.style import (
    MARGIN,
    SMALL,
    WIDTH,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    plain,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gaps.clause_agreement import ClauseAgreement
from evalwidgets.analysis.gaps.clause_words import rest_of
from evalwidgets.analysis.results import Estimate, counted

_TALL = 2.3
_FEW = 3
"""A period with fewer tasks is drawn as one that cannot tell."""
_MOST_NAMES = 12


def clause_chart(result: ClauseAgreement, *, width: float = WIDTH, theme: ThemeName = "light") -> Chart:
    """Draw agreement on a clause by period, with a line where the version was published.

    Parameters
    ----------
    result : ClauseAgreement
        What `clause_agreement` returned.
    width : float
        Inches.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Points are rounds or weeks with their intervals; they stand evenly, not by date, and what
    was still rated by the old version after the new one came stands left of the line. Bands are
    the intervals of the mean before and after. Read the bands: single periods have few tasks.
    """
    colours = theme_named(theme)
    periods = result.periods
    drawn = periods["estimate"].notna() if len(periods) else pd.Series(dtype=bool)
    if not drawn.any():
        return empty_chart(result.finding, colours)
    reading = (
        f"Share of pairs of reviewers {_alike(result)}. Bands: mean before and after, "
        f"bars: each period's own, both {result.confidence_level:.0%} intervals."
    )
    rest = rest_of(result)
    chart = Chart(
        result.finding,
        f"{reading} {rest}." if rest else reading,
        theme=colours,
        height=_TALL + 0.9,
        width=width,
    )
    axes = chart.add_subplot()
    quiet_axes(axes, colours, grid="y")
    n_before = int((~periods["after"].astype(bool)).sum())
    _draw_means(axes, result, n_before, len(periods), colours)
    _draw_version(axes, result.version, n_before, len(periods), colours)
    _draw_periods(chart, axes, periods)
    _set_axes(axes, periods, width)
    add_key(chart, _key(periods, colours), columns=2 if width < WIDTH else None)
    return chart


def _alike(result: ClauseAgreement) -> str:
    return "with the same answer" if result.clause.lower is None else f"on the same side of {result.name}"


def _draw_means(axes: Axes, result: ClauseAgreement, n_before: int, n: int, theme: Theme) -> None:
    for one, first, last in ((result.before, 0, n_before), (result.after, n_before, n)):
        if one.estimate is not None and last > first:
            ends = (first - 0.5 + 0.06, last - 0.5 - 0.06)
            axes.fill_between(
                ends, *_ends(one), color=theme.accent_scale[1], alpha=0.5, linewidth=0, zorder=1
            )
            axes.hlines(one.estimate, *ends, color=theme.accent, linewidth=2.0, zorder=2)


def _ends(one: Estimate) -> tuple[float, float]:
    middle = float(one.estimate or 0)
    return (middle if one.low is None else one.low, middle if one.high is None else one.high)


def _draw_version(axes: Axes, version: str, n_before: int, n: int, theme: Theme) -> None:
    """Draw the line where the version begins, named above it on the side that has room."""
    at = n_before - 0.5
    axes.axvline(at, color=theme.ink, linewidth=1.2, linestyle=(0, (5, 3)), zorder=3)
    side = "right" if n_before >= n and n else "left"
    axes.annotate(
        plain(f"version {version}", 24),
        (at, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(-4 if side == "right" else 4, 4),
        textcoords="offset points",
        ha=side,
        size=SMALL,
        color=theme.ink,
    )


def _draw_periods(chart: Chart, axes: Axes, periods: pd.DataFrame) -> None:
    theme = chart.theme
    for place, row in enumerate(periods.to_dict("records")):
        if np.isnan(row["estimate"]):
            axes.annotate("no pairs", (place, 0.03), ha="center", size=SMALL, color=theme.quiet)
            continue
        few = row["n_tasks"] < _FEW
        mark = (unsure if few else fine)("", theme)
        axes.vlines(place, row["low"], row["high"], color=mark.colour, linewidth=1.2, zorder=4)
        point = draw_mark(axes, place, row["estimate"], mark, theme, zorder=5)
        said = f"{row['estimate']:.0%} on {counted(row['n_tasks'], 'task')}"
        chart.add_pick(point, f"period:{row['name']}", f"{row['name']}: {said}")


def _set_axes(axes: Axes, periods: pd.DataFrame, width: float) -> None:
    n = len(periods)
    step = -(-n // max(1, int(_MOST_NAMES * width / WIDTH)))
    named = list(range(0, n, step))
    room = (width - 2 * MARGIN - 0.8) / max(n, 1) * step - 0.1
    names = [plain(label(periods["name"].iloc[place], room, SMALL)) for place in named]
    tasks = [counted(int(periods["n_tasks"].iloc[place]), "task") for place in named]
    texts = [f"{name}\n{n}" for name, n in zip(names, tasks, strict=True)]
    axes.set_xticks(named, texts, fontsize=SMALL, linespacing=1.4)
    axes.set_xlim(-0.5, n - 0.5)
    axes.set_ylim(-0.02, 1.05)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.set_ylabel("pairs that agree")


def _key(periods: pd.DataFrame, theme: Theme) -> list[Line2D | Patch]:
    few = periods["n_tasks"][periods["estimate"].notna()] < _FEW
    handles: list[Line2D | Patch] = []
    if not few.all():
        handles.append(fine("period", theme).handle(theme))
    if few.any():
        handles.append(unsure("period with one or two tasks", theme).handle(theme))
    band = Patch(facecolor=theme.accent_scale[1], alpha=0.5, label="interval of the mean")
    mean = Line2D([], [], color=theme.accent, linewidth=2.0, label="mean before, mean after")
    line = Line2D([], [], color=theme.ink, linewidth=1.2, linestyle=(0, (5, 3)), label="version published")
    return [*handles, mean, band, line]
