"""How much is settled: for each criterion how many tasks are unanimous, by majority, unresolved."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch

from evalwidgets.analysis.aggregation.consensus import PROVENANCES, ConsensusTable
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import draw_figures, name_rows
from evalwidgets.analysis.charts.style import (
    SMALL,
    Chart,
    Theme,
    ThemeName,
    add_key,
    empty_chart,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.results import counted

_ROW = 0.36
"""Inches per criterion."""
_TOLD = 0.06
"""A part of at least this share carries its number."""


class _Look(NamedTuple):
    """How a provenance is drawn."""

    colour: str
    hatch: str = ""


def consensus_chart(table: ConsensusTable, *, theme: ThemeName = "light") -> Chart:
    """Draw how the tasks of each criterion were settled, least settled criterion on top.

    Parameters
    ----------
    table : ConsensusTable
        What `consensus` returned.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Numbers are tasks. A criterion with a long unresolved end needs a clearer rule, more
    reviewers, or a person who decides.
    """
    colours = theme_named(theme)
    if table.rows.empty:
        return empty_chart(table.finding, colours)
    counts = table.summary.drop(index=ALL)
    shares = counts.div(counts.sum(axis=1), axis=0)
    order = shares.sort_values(["unresolved", "unanimous"], ascending=[False, True], kind="stable").index
    labels = table.rows.drop_duplicates("criterion").set_index("criterion")["label"]
    reading = (
        "Tasks of each criterion by how their answer was reached. Majority: more than half gave it; "
        "unresolved: tied, divided, or one reviewer only."
    )
    chart = Chart(table.finding, reading, theme=colours, height=_ROW * len(order) + 0.75)
    axes = chart.add_subplot()
    quiet_axes(axes, colours)
    looks = _looks(colours)
    _draw_bars(chart, axes, counts.loc[order], looks, dict(labels))
    name_rows(axes, [labels[name] for name in order])
    draw_figures(chart, axes, [[counted(int(n), "task")] for n in counts.loc[order].sum(axis=1)])
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    present = [one for one in PROVENANCES if counts[one].any()]
    add_key(chart, [_handle(one, looks[one], colours) for one in present])
    return chart


def _looks(theme: Theme) -> dict[str, _Look]:
    return {
        # In grey these are dark, light and middle.
        "unanimous": _Look(theme.accent_scale[4]),
        "majority": _Look(theme.accent_scale[1]),
        "adjudicated": _Look(theme.band, "////"),
        "unresolved": _Look(theme.warm),
    }


def _draw_bars(
    chart: Chart,
    axes: Axes,
    counts: pd.DataFrame,
    looks: dict[str, _Look],
    labels: dict[Any, str],
) -> None:
    theme = chart.theme
    numbers = counts[list(PROVENANCES)].to_numpy(dtype=int)
    for place, (criterion, row) in enumerate(zip(counts.index, numbers, strict=True)):
        start, total = 0.0, int(row.sum())
        for provenance, n in zip(PROVENANCES, row.tolist(), strict=True):
            share = n / total
            if not share:
                continue
            look = looks[provenance]
            (bar,) = axes.barh(
                place,
                share,
                left=start,
                height=0.68,
                color=look.colour,
                hatch=look.hatch,
                edgecolor=theme.paper if provenance != "adjudicated" else theme.quiet,
                linewidth=0.8,
            )
            said = f"{labels[criterion]}: {counted(n, 'task')} {provenance}"
            chart.add_pick(bar, f"criterion:{criterion}", said)
            if share >= _TOLD:
                _tell(axes, (start + share / 2, place), n, look, theme)
            start += share


def _tell(axes: Axes, at: tuple[float, float], n: int, look: _Look, theme: Theme) -> None:
    """Write a number on its bar, with a plain ground where the bar is hatched."""
    box = {"facecolor": look.colour, "edgecolor": "none", "pad": 1.2} if look.hatch else None
    colour = ink_on(to_rgb(look.colour), theme)
    axes.text(*at, f"{n}", ha="center", va="center", size=SMALL, color=colour, bbox=box)


def _handle(provenance: str, look: _Look, theme: Theme) -> Patch:
    edge = theme.paper if provenance != "adjudicated" else theme.quiet
    return Patch(facecolor=look.colour, hatch=look.hatch, edgecolor=edge, label=provenance)
