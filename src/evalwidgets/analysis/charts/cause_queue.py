"""The queue of causes: which criterion and which kind of task has which trouble."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from evalwidgets.analysis.causes.causes import Causes
from evalwidgets.analysis.charts.contrast import ink_on
from evalwidgets.analysis.charts.forest import draw_figures, head_rows, name_rows
from evalwidgets.analysis.charts.lettering import fitted
from evalwidgets.analysis.charts.style import (
    SMALL,
    Chart,
    ThemeName,
    empty_chart,
    quiet_axes,
    theme_named,
)
from evalwidgets.analysis.results import counted
from evalwidgets.core.cause import CAUSES

_ROW = 0.29


def cause_queue(causes: Causes, *, labels: int = 8, theme: ThemeName = "light") -> Chart:
    """Draw how often each cause is suggested, by criterion and by label of the tasks.

    Parameters
    ----------
    causes : Causes
        What `suggest_causes` returned.
    labels : int
        How many labels of tasks to show, those with most causes per task first; none
        without labels.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Read down a column: a cause that gathers in one row has its seat there. Rows of labels
    say how many tasks bear them, since a common label gathers more of everything; a task
    has several labels and counts under each.
    """
    colours = theme_named(theme)
    if causes.rows.empty:
        return empty_chart(causes.finding, colours)
    parts = [("criterion", causes.by_criterion())]
    by_label, borne = _by_label(causes, labels)
    if len(by_label):
        parts.append(("label of the task", by_label))
    heights = [_ROW * len(table) for _, table in parts]
    reading = (
        f"{counted(len(causes.rows), 'suggestion')} on {counted(causes.rows['task'].nunique(), 'task')}; "
        "stronger colour: more. The lead confirms or changes each."
    )
    chart = Chart(
        causes.finding, reading, theme=colours, height=sum(heights) + 0.75 * len(parts) + 0.2, gap=0.06
    )
    panels = chart.subplots(len(parts), 1, squeeze=False, gridspec_kw={"height_ratios": heights})[:, 0]
    for axes, (title, table) in zip(panels, parts, strict=True):
        _draw_counts(chart, axes, table, title)
    if len(by_label):
        draw_figures(chart, panels[-1], [(f"{n}",) for n in borne], ("tasks",))
    return chart


def _by_label(causes: Causes, most: int) -> tuple[pd.DataFrame, list[int]]:
    """Return counts of the labels with most causes per task, and how many tasks bear each."""
    counts = causes.by_label()
    tasks = pd.Series([label for labels in causes.task_labels.values() for label in labels], dtype=object)
    borne = tasks.value_counts().reindex(counts.index)
    # A label of one or two tasks says nothing of a kind of task.
    counts = counts[borne >= 3]
    density = (counts.sum(axis=1) / borne[counts.index]).sort_values(ascending=False, kind="stable")
    chosen = counts.loc[density.index[:most]]
    return chosen, [int(n) for n in borne[chosen.index]]


def _draw_counts(chart: Chart, axes: Axes, table: pd.DataFrame, title: str) -> None:
    theme = chart.theme
    quiet_axes(axes, theme)
    scale, norm = theme.colours(), Normalize(0, max(1, int(table.to_numpy().max())))
    for row, (_, counts) in enumerate(table.iterrows()):
        for column, n in enumerate(counts):
            face = scale(norm(n))
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=face, edgecolor=theme.paper, linewidth=2)
            )
            text, ink = (str(n), ink_on(face, theme)) if n else ("\N{BULLET}", theme.line)
            axes.text(column, row, text, ha="center", va="center", size=SMALL, color=ink)
    names = [f"{cause.glyph}  {fitted(cause.name, 0.95, SMALL)}" for cause in CAUSES.values()]
    axes.set_xticks(range(len(names)), names, size=SMALL)
    axes.tick_params(top=False, labeltop=True, labelbottom=False)
    axes.set_xlim(-0.5, len(names) - 0.5)
    name_rows(axes, table.index, size=SMALL)
    axes.set_ylim(len(table) - 0.5, -0.5)
    head_rows(chart, axes, title)
