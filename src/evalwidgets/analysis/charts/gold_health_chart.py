"""Which gold answers reviewers miss, and in which direction; gold that most are against on top."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from evalwidgets.analysis.charts.forest import BETWEEN, draw_figures
from evalwidgets.analysis.charts.lettering import label, width_of
from evalwidgets.analysis.charts.marks import Mark, draw_mark, flagged, unsure
from evalwidgets.analysis.charts.style import (
    BODY,
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
from evalwidgets.analysis.gold.gold_health import GoldHealth
from evalwidgets.analysis.results import listed

_ROW = 0.31
_HEADS = ("gold", "given", "missed by")
_WHO = 1.9
"""Inches for the names of who missed it."""
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
    hard task rather than wrong gold. Orange are the answers that most reviewers
    contradict in the same way; a hollow circle marks those that too few rated to tell.
    """
    colours = theme_named(theme)
    missed = health.rows[health.rows["n_missing"] > 0]
    shown = missed.head(answers)
    if shown.empty:
        return empty_chart(health.finding, colours)
    reading = (
        f"{_which(len(shown), len(missed))} Bars: reviewers outside the tolerance, of those who rated. "
        "At the right: what gold accepts, the median or most common answer, and who missed it."
    )
    chart = Chart(health.finding, reading, theme=colours, height=_ROW * len(shown) + 0.95)
    axes = chart.add_subplot()
    quiet_axes(axes, colours)
    names = [_name(row) for _, row in shown.iterrows()]
    figures = [_figures(row) for _, row in shown.iterrows()]
    low, high = _reach(shown, names, figures)
    marks = [_mark(row, colours) for _, row in shown.iterrows()]
    for place, ((_, row), mark) in enumerate(zip(shown.iterrows(), marks, strict=True)):
        _draw_row(chart, axes, place, row)
        if mark:
            draw_mark(axes, low + 0.03 * (high - low), place, mark, colours)
    axes.axvline(0, color=colours.ink, linewidth=1.1, zorder=3)
    axes.set_xlim(low, high)
    axes.set_ylim(len(shown) - 0.45, -0.55)
    axes.set_xticks([])
    axes.set_yticks(range(len(shown)), list(map(plain, names)), size=BODY)
    draw_figures(chart, axes, figures, _HEADS, words=(2,))
    add_key(chart, _key(shown, marks, colours))
    return chart


def _reach(shown: pd.DataFrame, names: list[str], figures: list[tuple[str, ...]]) -> tuple[float, float]:
    """Return the ends of the axis: the longest bars, and room for their numbers and for marks."""
    left, right = float(shown["n_below"].max()), float((shown["n_above"] + shown["n_other"]).max())
    columns = [max(width_of(text, SMALL) for text in column) for column in zip(_HEADS, *figures, strict=True)]
    taken = max(width_of(name, BODY) for name in names) + sum(columns) + BETWEEN * len(columns)
    free = max(WIDTH - 2 * MARGIN - taken - 0.3, 1.5)
    room = (0.75 if left else 0.25, 0.6 if right else 0.05)
    inch = (left + right) / max(free - sum(room), 0.5)
    return -left - room[0] * inch, right + room[1] * inch


def _which(shown: int, missed: int) -> str:
    if shown < missed:
        return f"The {shown} most doubtful of {missed} gold answers that somebody misses."
    return (
        f"The {missed} gold answers that somebody misses." if missed > 1 else "The only missed gold answer."
    )


def _draw_row(chart: Chart, axes: Axes, place: int, row: pd.Series) -> None:
    theme, start = chart.theme, 0
    for side in _SIDES:
        n = int(row[side])
        if not n:
            continue
        below, fill = side == "n_below", _fill(side, theme, suspect=bool(row["suspect"]))
        (bar,) = axes.barh(place, n, left=-n if below else start, height=0.62, zorder=2, **fill)
        start += 0 if below else n
        said = f"{n} of {row['n_reviewers']}"
        chart.add_pick(bar, f"task:{row['task']}", f"{row['task']}, {row['label']}: {said} {_SIDES[side]}")
        look: dict[str, Any] = {"textcoords": "offset points", "va": "center", "size": SMALL}
        end, way = (-n, -1) if below else (start, 1)
        ha = "right" if below else "left"
        axes.annotate(said, (end, place), xytext=(4 * way, 0), ha=ha, color=theme.ink, **look)


def _name(row: pd.Series) -> str:
    return f"{label(row['task'], 1.15, BODY, lines=1)} / {label(row['label'], 1.15, BODY, lines=1)}"


def _figures(row: pd.Series) -> tuple[str, ...]:
    """Return what gold accepts, what reviewers gave, and who missed it."""
    given = f"{row['median']:g}" if pd.notna(row["median"]) else str(row["given"])
    names = [label(name, 0.9, SMALL, lines=1) for name in row["missed_by"]]
    who = listed(names, most=3)
    if width_of(who, SMALL) > _WHO:
        who = listed(names, most=2)
    return (*(label(text, 0.9, SMALL, lines=1) for text in (row["accepted"], given)), who)


def _fill(side: str, theme: Theme, *, suspect: bool = False) -> dict[str, Any]:
    colour = theme.warm if suspect else theme.accent
    return {"facecolor": colour, "hatch": _HATCH[side], "edgecolor": theme.paper, "linewidth": 0.0}


def _mark(row: pd.Series, theme: Theme) -> Mark | None:
    if row["suspect"]:
        return replace(flagged("most reviewers against gold", theme), size=6)
    return replace(unsure("too few reviewers to tell", theme), size=6) if row["note"] else None


def _key(shown: pd.DataFrame, marks: list[Mark | None], theme: Theme) -> list[Patch | Line2D]:
    sides = [side for side in _SIDES if shown[side].any()]
    bars = [Patch(label=_SIDES[side], **_fill(side, theme)) for side in sides]
    return [*bars, *(mark.handle(theme) for mark in dict.fromkeys(marks) if mark)]
