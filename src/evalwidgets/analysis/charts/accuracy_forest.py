"""How often each reviewer is right, against the target of each criterion."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.charts.forest import LABEL, Row, draw_rows
from evalwidgets.analysis.charts.lettering import fitted, width_of
from evalwidgets.analysis.charts.marks import Mark, fine, flagged, unsure
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
    panel_title,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.gold.accuracy import AccuracyTable

_COLUMNS = 4
_ROW = 0.26


def accuracy_forest(
    accuracy: AccuracyTable, *, rate: Literal["within", "exact"] = "within", theme: ThemeName = "light"
) -> Chart:
    """Draw each reviewer's rate with its Wilson interval, one panel a criterion.

    Parameters
    ----------
    accuracy : AccuracyTable
        What `gold_accuracy` returned.
    rate : {"within", "exact"}
        Within tolerance of gold, or an accepted answer itself.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    The dashed line is the criterion's target. An interval that lies wholly left of it
    is a miss, one that crosses it is not enough evidence. Intervals on too few tasks may
    run out of the panel.
    """
    colours = theme_named(theme)
    table = accuracy.rows
    people = table[table["reviewer"] != ALL]
    if people.empty:
        return empty_chart(accuracy.finding, colours)
    reviewers = list(dict.fromkeys(people["reviewer"]))
    criteria = list(dict.fromkeys(table["criterion"]))
    if len(criteria) == 2:  # one, and all of it once more
        criteria.remove(ALL)
    columns = min(_COLUMNS, len(criteria))
    lines = math.ceil(len(criteria) / columns)
    how = "within tolerance of gold" if rate == "within" else "exactly an accepted answer"
    reading = f"Share of ratings {how}, {accuracy.confidence_level:.0%} Wilson intervals; dashed: target."
    names = max(min(LABEL, width_of(str(name), BODY)) for name in reviewers)
    room = (WIDTH - 2 * MARGIN - names) / columns - 0.15
    titles = {
        name: fitted(said, room, BODY, bold=True, most=2)
        for name, said in zip(table["criterion"], table["label"], strict=True)
    }
    tall = 0.16 * any("\n" in title for title in titles.values())
    height = lines * (_ROW * len(reviewers) + 0.8 + tall) + 0.45
    chart = Chart(_finding(accuracy, rate), reading, theme=colours, height=height, gap=0.09)
    grid = chart.subplots(lines, columns, squeeze=False, sharex=True)
    marks = _marks(colours)
    drawn: set[Mark] = set()
    for place, axes in enumerate(grid.flat):
        if place >= len(criteria):
            axes.set_visible(False)
            continue
        part = people[people["criterion"] == criteria[place]].set_index("reviewer").reindex(reviewers)
        drawn |= _draw_panel(chart, axes, part, rate, marks, labels=place % columns == 0)
        panel_title(axes, titles[criteria[place]], colours)
    _set_range(grid.flat[0], people, rate)
    for axes in grid.flat:
        axes.tick_params(labelbottom=True, labelsize=SMALL)
    add_key(chart, [mark.handle(colours) for mark in marks.values() if mark in drawn])
    return chart


def _finding(accuracy: AccuracyTable, rate: str) -> str:
    """Say the overall rate, and where it is clearly below target."""
    table = accuracy.rows
    overall = table[(table["reviewer"] == ALL) & (table["criterion"] == ALL)].iloc[0]
    how = "within tolerance" if rate == "within" else "exact"
    below = table[(table["reviewer"] != ALL) & (table[f"{rate}_high"] < table[f"target_{rate}"])]
    said = f"{overall[rate]:.0%} of ratings are {how}"
    if below.empty:
        return f"{said}; nobody is clearly below a target"
    worst = below.iloc[int((below[rate] - below[f"target_{rate}"]).argmin())]
    more = f", and {len(below) - 1} more below target" if len(below) > 1 else ""
    return f"{said}; {worst['reviewer']} misses the target on {worst['label']} ({worst[rate]:.0%}){more}"


def _marks(theme: Theme) -> dict[str, Mark]:
    return {
        "pass": replace(fine("at or above target", theme), size=5.5),
        "not yet": replace(flagged("below target", theme), size=5.5),
        "": replace(unsure("not enough evidence, or no target", theme), size=5.5),
    }


def _draw_panel(
    chart: Chart, axes: Axes, part: pd.DataFrame, rate: str, marks: dict[str, Mark], *, labels: bool
) -> set[Mark]:
    """Draw one criterion, and return the marks it took."""
    theme = chart.theme
    quiet_axes(axes, theme, grid="x")
    target = part[f"target_{rate}"].max()
    rows = []
    for reviewer, row in part.iterrows():
        low, high = row[f"{rate}_low"], row[f"{rate}_high"]
        enough = row["note"] == ""
        verdict = "pass" if enough and low >= target else "not yet" if enough and high < target else ""
        said = f"{reviewer}, {row['label']}: {row[rate]:.0%}, {marks[verdict].name}"
        pick = (f"reviewer:{reviewer}", said)
        rows.append(Row(str(reviewer), row[rate], low, high, marks[verdict], pick=pick))
    draw_rows(chart, axes, rows, labels=labels, lines=1)
    if not math.isnan(target):
        axes.axvline(target, color=theme.ink, linewidth=1.1, linestyle=(0, (4, 3)), zorder=1.5)
    return {row.mark for row in rows}


def _set_range(axes: Axes, people: pd.DataFrame, rate: str) -> None:
    """Show from the lowest interval with enough evidence to 1; panels share it."""
    enough = people[people["note"] == ""]
    lowest = float((people if enough.empty else enough)[f"{rate}_low"].min())
    low = min(math.floor(lowest * 10) / 10, 0.8)
    axes.set_xlim(low, 1.012)
    step = 0.25 if low < 0.4 else 0.1 if low > 0.65 else 0.2
    # Counted down from 1, without one at the left end that would touch the panel before.
    ticks = [1 - step * k for k in range(5) if 1 - step * k > low + 0.4 * step]
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
