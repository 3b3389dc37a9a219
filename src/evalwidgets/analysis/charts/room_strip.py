"""The room before anything is revealed: who has submitted, who is still at it, without scores."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from evalwidgets.analysis.charts.forest import ROW, draw_figures, name_rows
from evalwidgets.analysis.charts.style import (
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.meeting.room import STATUSES, Room, Status

_BAR = 0.3
_HEADS = ("submitted", "skipped", "active", "flags", "last")


def room_strip(room: Room, *, theme: ThemeName = "light") -> Chart:
    """Draw how far each reviewer has come, a row each.

    Parameters
    ----------
    room : Room
        What `room` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    A full disc has submitted everything, a half one is in progress, an empty one has not
    started. Nothing here tells how anybody rated. Active time counts while the panel is
    seen and used; short is not careless.
    """
    colours = theme_named(theme)
    rows = room.rows
    if rows.empty:
        return empty_chart(room.finding, colours)
    reading = "Tasks submitted and skipped, active time, flags. No scores while the round is blind."
    chart = Chart(room.finding, reading, theme=colours, height=ROW * len(rows) + 0.55)
    axes = chart.add_subplot()
    quiet_axes(axes, colours)
    axes.set_xlim(-0.045, 1)
    axes.set_xticks([])
    name_rows(axes, rows["reviewer"])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    draw_figures(chart, axes, [_figures(row) for _, row in rows.iterrows()], _HEADS)
    for place, row in rows.iterrows():
        _draw_row(chart, axes, int(str(place)), row)
    add_key(chart, _keys(rows, colours))
    return chart


def _draw_row(chart: Chart, axes: Axes, place: int, row: pd.Series) -> None:
    theme = chart.theme
    total = max(int(row["total"]), 1)
    done, skipped = min(row["done"] / total, 1), min(row["skipped"] / total, 1)
    parts = (
        Rectangle((0, place - _BAR / 2), 1, _BAR, facecolor=theme.band, edgecolor=theme.line, linewidth=0.8),
        Rectangle((0, place - _BAR / 2), done, _BAR, facecolor=theme.accent, linewidth=0),
        _hatched((done, place - _BAR / 2), min(skipped, 1 - done), theme),
    )
    for part in parts:
        axes.add_patch(part)
    axes.add_line(_disc(row["status"], -0.024, place, theme))
    said = [f"{text} {head}" for head, text in zip(_HEADS, _figures(row), strict=True) if text]
    label = f"{row['reviewer']}, {row['status']}: {', '.join(said)}"
    chart.add_pick(parts[0], f"reviewer:{row['reviewer']}", label)


def _hatched(corner: tuple[float, float], width: float, theme: Theme) -> Rectangle:
    part = Rectangle(corner, width, _BAR, facecolor=theme.band, edgecolor=theme.quiet, linewidth=0)
    part.set_hatch("/////")
    return part


def _disc(status: Status, x: float, y: float, theme: Theme, label: str = "") -> Line2D:
    """Return a full, half or empty disc."""
    fill = dict(zip(STATUSES, ("full", "left", "none"), strict=True))[status]
    disc = Line2D([x], [y], linestyle="none", marker="o", markersize=9, label=label)
    disc.set(fillstyle=fill, color=theme.accent, markerfacecoloralt=theme.paper, markeredgewidth=1.4)
    return disc


def _figures(row: pd.Series) -> tuple[str, ...]:
    """Return what stands at the right, under `_HEADS`; nothing where there is nothing."""
    last = row["last_at"]
    return (
        f"{row['done']:.0f} of {row['total']:.0f}",
        f"{row['skipped']:.0f}" if row["skipped"] else "",
        f"{row['seconds'] / 60:.0f} min" if row["seconds"] else "",
        f"{row['flags']:.0f}" if row["flags"] else "",
        f"{last.day} {last:%b %H:%M %Z}".rstrip() if pd.notna(last) else "",
    )


def _keys(rows: pd.DataFrame, theme: Theme) -> list[Line2D | Patch]:
    keys: list[Line2D | Patch] = [_disc(status, 0, 0, theme, status) for status in STATUSES]
    if rows["skipped"].any():
        skipped = _hatched((0, 0), 1, theme)
        skipped.set_label("skipped")
        keys.append(skipped)
    return keys
