"""The level axis: one lettered dot a reviewer on the described levels, gold and the re-vote beside it."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, Patch, Rectangle

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
    theme_named,
)
from evalwidgets.analysis.charts.tally_layout import Layout, Spot, axes_in_inches, keys_in_lines, lay_out
from evalwidgets.analysis.meeting.tally import Tally
from evalwidgets.analysis.meeting.tally_parts import Dot

_GOLD = 12.0
_RISE = 0.22
"""Inches that an arrow bends upwards, so that it can be told from a bar."""


def dot_tally(tally: Tally, *, width: float = WIDTH, theme: ThemeName = "light") -> Chart:
    """Draw who said what, by letter, on the criterion's levels with their descriptors below.

    Parameters
    ----------
    tally : Tally
        What `tally` returned.
    width : float
        Inches; 5.6 fits beside the pictures in a meeting.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    A dot keeps its place when the re-vote comes: who moves leaves an empty ring behind,
    and an arrow leads to the new answer. A bar reaches towards a second level that the
    reviewer finds defensible too. Gold, once revealed, lies as diamonds on the axis, and
    what is within tolerance of it is shaded.
    """
    colours = theme_named(theme)
    if not tally.dots:
        return empty_chart(tally.finding, colours)
    room = width - 2 * MARGIN
    layout = lay_out(tally, room)
    keys = _keys(tally, colours)
    lines = keys_in_lines(keys, room)
    below = 0.2 * lines + 0.12
    height = layout.height + below + MARGIN
    chart = Chart(tally.finding, _reading(tally), theme=colours, width=width, height=height)
    axes = axes_in_inches(chart, layout, below)
    _draw_columns(axes, tally, layout, colours)
    _draw_bars(axes, tally, layout, colours)
    for dot in tally.dots:
        _draw_dot(chart, axes, dot, tally, layout)
    _draw_gold(axes, tally, layout, colours)
    add_key(chart, keys, columns=-(-len(keys) // lines))
    return chart


def _reading(tally: Tally) -> str:
    asked = f"{tally.task}, {tally.label}"
    return f"{asked}: {tally.question}" if tally.question else f"{asked}. Letters hide the names."


def _draw_columns(axes: Axes, tally: Tally, layout: Layout, theme: Theme) -> None:
    """Draw the axis, a fine line between columns, and under each its level, name and descriptor."""
    axes.plot([0, layout.column * len(tally.places)], [0, 0], color=theme.ink, linewidth=1.4, zorder=2)
    for place in range(1, len(tally.places)):
        apart = tally.places[place].value is None
        look = {"color": theme.quiet, "linestyle": (0, (3, 3))} if apart else {"color": theme.line}
        ends = [0.04 - layout.depth, layout.top - 0.06]
        axes.plot([place * layout.column] * 2, ends, linewidth=0.8, zorder=1, **look)
    for line in layout.lines:
        colour = theme.quiet if line.quiet else theme.ink
        weight = "bold" if line.bold else "normal"
        axes.text(line.x, line.y, plain(line.text), size=line.size, weight=weight, color=colour, ha="center")


def _draw_bars(axes: Axes, tally: Tally, layout: Layout, theme: Theme) -> None:
    """Draw a bar from each dot towards the level that its reviewer finds defensible too."""
    for dot in tally.dots:
        if dot.second is None or dot.second == dot.stands:
            continue
        spot = layout.standing[dot.letter]
        onwards = 1 if dot.second > dot.stands else -1
        # Bars that face each other between two columns lie side by side.
        y = spot.y + onwards * 0.055
        end = layout.x(dot.second) - onwards * (layout.reach + 0.07)
        axes.plot([spot.x, end], [y, y], color=theme.accent, linewidth=2.4, solid_capstyle="butt", zorder=3)
        axes.plot([end, end], [y - 0.06, y + 0.06], color=theme.accent, linewidth=2.4, zorder=3)


def _draw_dot(chart: Chart, axes: Axes, dot: Dot, tally: Tally, layout: Layout) -> None:
    """Draw a reviewer's dot; one who moved leaves a ring behind, and an arrow."""
    theme, spot = chart.theme, layout.standing[dot.letter]
    disc = Circle(
        spot, layout.dot / 2, facecolor=theme.accent, edgecolor=theme.paper, linewidth=1.0, zorder=5
    )
    axes.add_patch(disc)
    _write_letter(axes, dot.letter, spot, layout, theme.paper)
    chart.add_pick(disc, f"letter:{dot.letter}", _spoken(dot, tally))
    if not dot.moved:
        return
    before = layout.before[dot.letter]
    ring = Circle(
        before,
        layout.dot / 2 - 0.015,
        facecolor=theme.paper,
        edgecolor=theme.quiet,
        linewidth=1.1,
        linestyle=(0, (2.5, 2)),
        zorder=4,
    )
    axes.add_patch(ring)
    _write_letter(axes, dot.letter, before, layout, theme.quiet)
    axes.add_patch(_arrow(before, spot, layout, theme))


def _arrow(start: Spot, end: Spot, layout: Layout, theme: Theme) -> FancyArrowPatch:
    apart = ((end.x - start.x) ** 2 + (end.y - start.y) ** 2) ** 0.5
    bend = 2 * _RISE / apart * (-1 if end.x > start.x else 1)
    shrink = (layout.dot / 2 + 0.02) * 72
    return FancyArrowPatch(
        start,
        end,
        connectionstyle=f"arc3,rad={bend:.4f}",
        arrowstyle="-|>,head_length=5,head_width=2.6",
        shrinkA=shrink,
        shrinkB=shrink,
        color=theme.ink,
        linewidth=1.3,
        zorder=4.5,
    )


def _write_letter(axes: Axes, letter: str, spot: Spot, layout: Layout, colour: str) -> None:
    size = layout.dot * 72 * (0.46 if len(letter) == 1 else 0.36)
    axes.text(
        *spot, letter, size=size, weight="bold", color=colour, ha="center", va="center_baseline", zorder=6
    )


def _draw_gold(axes: Axes, tally: Tally, layout: Layout, theme: Theme) -> None:
    """Draw what is within tolerance as a band, and the accepted levels as diamonds on the axis."""
    if tally.gold is None:
        return
    for place in tally.gold.within:
        corner = (place * layout.column, 0)
        band = Rectangle(corner, layout.column, layout.top - 0.06, color=theme.band, linewidth=0, zorder=0)
        axes.add_patch(band)
    for place in tally.gold.places:
        if place + 1 in tally.gold.places:
            ends = [layout.x(place), layout.x(place + 1)]
            axes.plot(ends, [0, 0], color=theme.warm, linewidth=4, solid_capstyle="butt", zorder=6)
        axes.add_line(_diamond(layout.x(place), theme))
    first = tally.gold.places[0]
    at = (layout.x(first) + 0.14, 0.035)
    axes.text(*at, "gold", size=SMALL, weight="bold", color=theme.warm, va="bottom", zorder=7)


def _diamond(x: float, theme: Theme) -> Line2D:
    mark = Line2D([x], [0], linestyle="none", marker="D", markersize=_GOLD, zorder=7)
    mark.set(markerfacecolor=theme.warm, markeredgecolor=theme.paper, markeredgewidth=1.2)
    return mark


def _spoken(dot: Dot, tally: Tally) -> str:
    """Return what a dot says, for people who hear the chart."""
    said = [f"{dot.letter} says {tally.places[dot.blind].short}"]
    if dot.revote is not None:
        said.append(f"after the re-vote {tally.places[dot.stands].short}")
    if dot.second is not None:
        said.append(f"{tally.places[dot.second].short} also defensible")
    return ", ".join(said)


def _keys(tally: Tally, theme: Theme) -> list[Line2D | Patch]:
    """Return the marks that are drawn, with what they mean."""
    disc = _key("o", theme.accent, theme.accent, "a reviewer's answer")
    bar = Line2D([], [], color=theme.accent, linewidth=2.4, label="also defensible")
    bar.set(marker="|", markevery=[-1], markersize=8, markeredgewidth=2.4)
    ring = _key("o", theme.paper, theme.quiet, "before the re-vote")
    gold = _key("D", theme.warm, theme.warm, "gold")
    apart = tally.gold is not None and tally.gold.within != tally.gold.places
    what = "within tolerance of gold" if apart else "accepted by gold"
    near = Patch(facecolor=theme.band, edgecolor=theme.line, label=what)
    wanted: Iterable[tuple[Line2D | Patch, bool]] = (
        (disc, True),
        (bar, any(dot.second is not None for dot in tally.dots)),
        (ring, any(dot.moved for dot in tally.dots)),
        (gold, tally.gold is not None),
        (near, tally.gold is not None),
    )
    return [handle for handle, drawn in wanted if drawn]


def _key(marker: str, face: str, edge: str, label: str) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=marker,
        markersize=8,
        markerfacecolor=face,
        markeredgecolor=edge,
        label=label,
    )
