"""Which gold answers reviewers miss, and in which direction; gold that most are against on top."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from evalwidgets.analysis.charts.forest import Mark, draw_mark
from evalwidgets.analysis.charts.style import (
    BODY,
    SMALL,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    plain,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gold.gold_health import GoldHealth
from evalwidgets.analysis.results import listed

_ROW = 0.31
_SIDES = {"n_below": "below gold", "n_above": "above gold", "n_other": "another option, or N/A"}
_HATCH = {"n_below": "", "n_above": "////", "n_other": "...."}


def gold_health_chart(health: GoldHealth, *, answers: int = 15, theme: ThemeName = "light") -> Chart:
    """Draw how many reviewers miss each gold answer, below it to the left, above it to the right.

    Parameters
    ----------
    health : GoldHealth
        What `gold_health` returned.
    answers : int
        How many gold answers to show.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    A long bar on one side is a gold answer to look at again; bars on both sides are a
    hard task rather than wrong gold. A diamond marks the answers that most reviewers
    contradict in the same way; a hollow circle those that too few rated to tell.
    """
    colours = theme_named(theme)
    missed = health.rows[health.rows["n_missing"] > 0]
    shown = missed.head(answers)
    if shown.empty:
        return empty_chart(health.finding, colours)
    reading = (
        f"{_which(len(shown), len(missed))} Bars: reviewers outside the tolerance, of those who rated. "
        "At the right: what gold accepts, the most common answer, and who missed it."
    )
    chart = Chart(health.finding, reading, theme=colours, height=_ROW * len(shown) + 0.95)
    axes = chart.add_subplot()
    quiet_axes(axes, colours)
    low, high = _reach(shown)
    marks = [_mark(row, colours) for _, row in shown.iterrows()]
    for place, ((_, row), mark) in enumerate(zip(shown.iterrows(), marks, strict=True)):
        _draw_row(chart, axes, place, row)
        if mark:
            draw_mark(axes, low + 0.03 * (high - low), place, mark, colours)
    axes.axvline(0, color=colours.ink, linewidth=1.1, zorder=3)
    axes.set_xlim(low, high)
    axes.set_ylim(len(shown) - 0.45, -0.55)
    axes.set_xticks([])
    axes.set_yticks(range(len(shown)), [_name(row) for _, row in shown.iterrows()], size=BODY)
    add_key(chart, _key(shown, marks, colours))
    return chart


def _reach(shown: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the axis: the longest bars, and room for their numbers."""
    left, right = float(shown["n_below"].max()), float((shown["n_above"] + shown["n_other"]).max())
    room = 0.24 * (left + right)
    return -left - room, right + room


def _which(shown: int, missed: int) -> str:
    if shown < missed:
        return f"The {shown} most doubtful of {missed} gold answers that somebody misses."
    return (
        f"The {missed} gold answers that somebody misses." if missed > 1 else "The only missed gold answer."
    )


def _name(row: pd.Series) -> str:
    return plain(f"{row['task']} / {row['label']}", 34)


def _draw_row(chart: Chart, axes: Axes, place: int, row: pd.Series) -> None:
    theme, start = chart.theme, 0
    for side in _SIDES:
        n = int(row[side])
        if not n:
            continue
        left = -n if side == "n_below" else start
        (bar,) = axes.barh(place, n, left=left, height=0.62, zorder=2, **_fill(side, theme))
        label = f"{row['task']}, {row['label']}: {n} of {row['n_reviewers']} {_SIDES[side]}"
        chart.add_pick(bar, f"task:{row['task']}", label)
        at, where = (-n - 0.12, "right") if side == "n_below" else (left + n + 0.12, "left")
        if side != "n_below":
            start += n
        axes.text(
            at, place, f"{n} of {row['n_reviewers']}", ha=where, va="center", size=SMALL, color=theme.ink
        )
    given = f"{row['median']:g}" if pd.notna(row["median"]) else str(row["given"])
    kind = "median" if pd.notna(row["median"]) else "mostly"
    said = f"gold {row['accepted']}, {kind} {given}:  {listed(row['missed_by'], most=3)}"
    edge = axes.get_yaxis_transform()
    axes.text(1.01, place, plain(said, 58), transform=edge, size=SMALL, color=theme.quiet, va="center")


def _fill(side: str, theme: Theme) -> dict[str, Any]:
    colour = {"n_below": theme.warm, "n_above": theme.accent, "n_other": theme.quiet}[side]
    return {"facecolor": colour, "hatch": _HATCH[side], "edgecolor": theme.paper, "linewidth": 0.0}


def _mark(row: pd.Series, theme: Theme) -> Mark | None:
    if row["suspect"]:
        return Mark("most reviewers against gold", "D", theme.ink, size=6.5)
    return Mark("too few reviewers to tell", "o", theme.quiet, filled=False, size=6) if row["note"] else None


def _key(shown: pd.DataFrame, marks: list[Mark | None], theme: Theme) -> list[Patch | Line2D]:
    sides = [side for side in _SIDES if shown[side].any()]
    bars = [Patch(label=_SIDES[side], **_fill(side, theme)) for side in sides]
    return [*bars, *(mark.handle(theme) for mark in dict.fromkeys(marks) if mark)]
