"""Charts of causes and inconsistency: letters, ids that a widget can pick, nothing clipped or overlapping."""

from __future__ import annotations

import io

import pytest
from matplotlib.text import Text

from evalwidgets.analysis import Scale, spread
from evalwidgets.analysis.causes.causes import suggest_causes
from evalwidgets.analysis.charts.cause_queue import cause_queue
from evalwidgets.analysis.charts.inconsistency_chart import inconsistency_chart
from evalwidgets.analysis.charts.spread_heatmap import spread_heatmap
from evalwidgets.analysis.charts.style import Chart
from evalwidgets.analysis.reviewers.inconsistency import reviewer_inconsistency

from .planted import SCALES, planted_world
from .tables import ratings_of

WORLD = planted_world(0, n_tasks=30)
CAUSES = WORLD.suggested()
SPREAD = spread(WORLD.ratings, SCALES)
TIMED = WORLD.ratings.assign(seconds=[40.0 + sum(map(ord, name)) % 17 for name in WORLD.ratings["reviewer"]])
QUALITY = Scale("quality", (1, 2, 3, 4, 5))


def svg(chart: Chart) -> str:
    """Return the chart as SVG text."""
    buffer = io.StringIO()
    chart.savefig(buffer, format="svg")
    return buffer.getvalue()


def test_each_cell_can_be_picked_by_its_id() -> None:
    """A saved SVG has one element per cell, named by task and criterion."""
    chart = spread_heatmap(SPREAD, CAUSES, tasks=5)

    text = svg(chart)

    shown = SPREAD.table.head(5)
    for task in shown.index:
        for criterion in shown.columns[shown.loc[task].notna()]:
            assert text.count(f'id="cell:{task}:{criterion}"') == 1


def test_the_heatmap_writes_each_causes_letter_and_a_key() -> None:
    """Letters stand in the cells that have a cause; the key explains those that occur."""
    plain, lettered = spread_heatmap(SPREAD), spread_heatmap(SPREAD, CAUSES)

    letters = [text.get_text() for text in lettered.axes[0].texts if text.get_text() in set("GSRHVN")]
    shown = CAUSES.rows["task"].isin(SPREAD.table.index[:20])
    assert len(letters) == int(shown.sum())
    assert len(letters) > 10
    assert [legend.get_texts()[0].get_text() for legend in lettered.legends]
    assert plain.legends == []


def test_each_reviewer_can_be_picked_by_its_id() -> None:
    """A saved SVG has one element per reviewer."""
    text = svg(inconsistency_chart(reviewer_inconsistency(TIMED, SCALES)))

    for name in set(WORLD.ratings["reviewer"]):
        assert text.count(f'id="reviewer:{name}"') == 1


@pytest.mark.parametrize("timed", [True, False], ids=["timed", "untimed"])
def test_names_never_overlap(timed: bool) -> None:
    """Six reviewers at the same speed and nearly the same scatter keep readable names."""
    ratings = WORLD.ratings.assign(seconds=50.0) if timed else WORLD.ratings
    chart = inconsistency_chart(reviewer_inconsistency(ratings, SCALES))
    chart.canvas.draw()

    # An annotation's own extent holds its line as well; names alone must not touch.
    names = chart.axes[0].texts if timed else chart.axes[0].get_yticklabels()
    boxes = [Text.get_window_extent(text) for text in names]

    assert len(boxes) == 6
    for place, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[place + 1 :])


def test_the_queue_counts_what_was_suggested() -> None:
    """All cells of the first panel together are the suggestions; the title is the finding."""
    chart = cause_queue(CAUSES)

    counts = [int(text.get_text()) for text in chart.axes[0].texts if text.get_text().isdigit()]
    assert sum(counts) == len(CAUSES.rows)
    assert chart.finding == CAUSES.finding
    assert len(chart.axes) == 2


def test_the_queue_without_labels_has_one_panel() -> None:
    """Nothing is drawn where nothing is known of the tasks."""
    causes = suggest_causes(ratings_of([[4, 4, 5, 4, 4, 1]]), QUALITY)

    assert len(cause_queue(causes).axes) == 1


def test_nothing_to_draw_is_a_sentence() -> None:
    """Without disagreement, and with two reviewers, the charts say so."""
    two = ratings_of([[3, 3], [4, 4]])

    for chart in (
        cause_queue(suggest_causes(two, QUALITY)),
        inconsistency_chart(reviewer_inconsistency(two, QUALITY)),
    ):
        assert chart.axes == []
        assert "There is nothing to draw yet." in [text.get_text() for text in chart.texts]
