"""Where reviewers mark a picture: the stronger the colour, the more of them do, with the outlines of gold."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon
from matplotlib.patheffects import withStroke
from PIL import Image

from evalwidgets.analysis.charts.style import (
    MARGIN,
    WIDTH,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    theme_named,
)
from evalwidgets.analysis.regions.heat_map import HeatMap
from evalwidgets.analysis.regions.outline import Size, outline_of
from evalwidgets.analysis.results import counted
from evalwidgets.core.gold import GoldRegion

_TALLEST = 5.0
"""Inches of the picture at the most."""
_FADED = 0.45
"""How much of the paper is mixed into the grey picture, so that the marks stand out."""
_VEIL = 0.72
"""How opaque a mark is."""
_BANDS = 3
_LINE = 2.2
_DASHED = (0, (3, 2))


def region_heat_map(
    heat: HeatMap,
    picture: Image.Image | None = None,
    gold: Iterable[GoldRegion] = (),
    *,
    theme: ThemeName = "light",
) -> Chart:
    """Draw how many reviewers mark each place of a picture.

    Parameters
    ----------
    heat : HeatMap
        What `heat_map` returned.
    picture : Image, optional
        The picture of the task in the heat map's role, upright; it is shown grey and faded.
    gold : iterable of GoldRegion
        Outlines to compare with: solid where it must be found, dashed where it may be marked.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    A strong colour inside a solid line is a defect that most people see; a solid line around
    nothing is one that they overlook; a strong colour without a line is a defect that gold
    may have forgotten. Leave sensitive pictures out: a saved notebook keeps what it shows.
    """
    colours = theme_named(theme)
    outlines = [one for one in gold if heat.role in ("", one.role)]
    size = _size(heat, picture, outlines)
    if size is None:
        return empty_chart(heat.finding, colours)
    across = min(WIDTH - 2 * MARGIN, _TALLEST * size[0] / size[1])
    chart = Chart(
        heat.finding,
        _reading(heat, outlines),
        theme=colours,
        height=across * size[1] / size[0] + 0.45,
        photographic=picture is not None,
    )
    axes = chart.add_subplot()
    axes.set_anchor("W")
    axes.set_axis_off()
    extent = (0, size[0], size[1], 0)
    axes.imshow(_ground(picture, colours), extent=extent, interpolation="antialiased")
    bands = _bands(heat.n_reviewers)
    tints = [colours.colours()(tint) for tint in np.linspace(0.3, 1.0, len(bands))]
    if heat.most:
        _draw_heat(axes, heat, bands, tints, extent)
    for one in outlines:
        _draw_outline(axes, one, colours)
    _add_key(chart, heat, bands, tints, outlines)
    return chart


def _size(heat: HeatMap, picture: Image.Image | None, gold: list[GoldRegion]) -> Size | None:
    if heat.most:
        return heat.size
    if picture is not None:
        return picture.size
    return gold[0].size if gold else None


def _reading(heat: HeatMap, gold: list[GoldRegion]) -> str:
    looked = counted(heat.n_reviewers, "reviewer")
    said = f"{looked} looked. The stronger the colour, the more of them mark the place"
    if not gold:
        return f"{said}."
    tolerated = " dashed: may be marked." if not all(one.required for one in gold) else ""
    return f"{said}; lines are gold, solid: must be found{';' if tolerated else '.'}{tolerated}"


def _ground(picture: Image.Image | None, theme: Theme) -> Any:
    """Return the picture, grey and faded into the paper; without one a plain sheet."""
    if picture is None:
        return np.asarray(Image.new("RGB", (1, 1), theme.band))
    small = picture.convert("RGBA")
    small.thumbnail((1600, 1600))
    flat = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small)
    grey = flat.convert("L").convert("RGB")
    return np.asarray(Image.blend(grey, Image.new("RGB", grey.size, theme.paper), _FADED))


def _bands(n_reviewers: int) -> list[tuple[int, int]]:
    """Return the fewest and most reviewers of each step of the colour, in equal parts of all."""
    steps = min(_BANDS, n_reviewers)
    ends = [math.ceil(n_reviewers * (step + 1) / steps) for step in range(steps)]
    return [(low + 1, high) for low, high in zip([0, *ends[:-1]], ends, strict=True)]


def _draw_heat(
    axes: Axes, heat: HeatMap, bands: list[tuple[int, int]], tints: list[Any], extent: tuple[int, ...]
) -> None:
    band = np.digitize(heat.counts, [low for low, _ in bands]) - 1
    axes.imshow(
        np.ma.masked_less(band, 0),
        cmap=ListedColormap(tints),
        vmin=0,
        vmax=max(1, len(tints) - 1),
        alpha=_VEIL,
        extent=extent,  # type: ignore[arg-type]
        interpolation="nearest",
    )


def _draw_outline(axes: Axes, region: GoldRegion, theme: Theme) -> None:
    style: dict[str, Any] = {"path_effects": [withStroke(linewidth=_LINE + 2, foreground=theme.paper)]}
    dash: Any = "-" if region.required else _DASHED
    if region.type == "point":
        axes.plot(*region.points[0], "o", ms=13, mfc="none", mec=theme.warm, mew=_LINE, **style)
        return
    corners = outline_of(region).corners
    axes.add_patch(
        Polygon(corners, fill=False, edgecolor=theme.warm, linewidth=_LINE, linestyle=dash, **style)
    )


def _add_key(
    chart: Chart, heat: HeatMap, bands: list[tuple[int, int]], tints: list[Any], gold: list[GoldRegion]
) -> None:
    theme = chart.theme
    handles: list[Any] = [
        Patch(facecolor=tint, label=f"{low}" if low == high else f"{low} to {high}")
        for (low, high), tint in zip(bands, tints, strict=True)
        if heat.most >= low
    ]
    if handles:
        handles[-1].set_label(f"{handles[-1].get_label()} of {counted(heat.n_reviewers, 'reviewer')}")
    lines: dict[bool, tuple[Any, str]] = {True: ("-", "must be found"), False: (_DASHED, "may be marked")}
    for required, (dash, text) in lines.items():
        if any(one.required is required for one in gold):
            handles.append(Line2D([], [], color=theme.warm, linewidth=_LINE, linestyle=dash, label=text))
    if handles:
        add_key(chart, handles)
