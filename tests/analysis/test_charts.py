"""Charts: the finding as title, nothing clipped, one look, one output."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

from evalwidgets.analysis import (
    Scale,
    agreement_by_criterion,
    gold_accuracy,
    gold_confusion,
    reviewer_severity,
    spread,
)
from evalwidgets.analysis.charts import (
    Chart,
    accuracy_forest,
    agreement_chart,
    confusion_matrix,
    disagreed_tasks,
    severity_forest,
    spread_heatmap,
)
from evalwidgets.analysis.charts.contrast import contrast, ink_on, luminance
from evalwidgets.analysis.charts.style import DARK, LIGHT, Theme
from evalwidgets.errors import UnknownName

from .chart_cases import CHARTS, drawn
from .simulated import World, simulated
from .tables import gold_of, ratings_of

Draw = Callable[..., Chart]
WORLD = simulated(1, n_tasks=30)
EMPTY = World(WORLD.ratings[:0], WORLD.gold, WORLD.scales)


def pictures(n: int) -> list[Image.Image]:
    """Return n plain pictures of different shapes and modes."""
    modes = ("RGB", "L", "RGBA")
    return [Image.new(modes[i % 3], (400, 200 + 150 * i)) for i in range(n)]


def cards(n: int) -> list[tuple[str, list[Image.Image], str]]:
    """Return n cards with none to three pictures."""
    caption = "Preservation: 1 · 2 · 3 · 5, " * 6
    return [(f"edit-{i:03d} Remove the dog", pictures(i % 4), caption) for i in range(n)]


DRAWINGS: dict[str, Callable[[World], Callable[..., Chart]]] = {
    "spread": lambda w: lambda **kw: spread_heatmap(spread(w.ratings, w.scales), **kw),
    "severity": lambda w: lambda **kw: severity_forest(reviewer_severity(w.ratings, w.gold, w.scales), **kw),
    "agreement": lambda w: lambda **kw: agreement_chart(agreement_by_criterion(w.ratings, w.scales), **kw),
    "accuracy": lambda w: lambda **kw: accuracy_forest(gold_accuracy(w.ratings, w.gold, w.scales), **kw),
    "exact": lambda w: (
        lambda **kw: accuracy_forest(gold_accuracy(w.ratings, w.gold, w.scales), rate="exact", **kw)
    ),
    "confusion": lambda w: (
        lambda **kw: confusion_matrix(
            gold_confusion(w.ratings, w.gold, w.scales, criterion="preservation"), **kw
        )
    ),
    "gate": lambda w: (
        lambda **kw: confusion_matrix(
            gold_confusion(w.ratings, w.gold, w.scales, criterion="feasibility"), **kw
        )
    ),
    "tasks": lambda w: lambda **kw: disagreed_tasks(cards(0 if w is EMPTY else 5), **kw),
}


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_clipped_or_overlaps_the_title(name: str) -> None:
    """The edge of the picture is bare paper, and the drawing begins below the title."""
    chart, pixels = drawn(name)

    edge = np.concatenate([*pixels[:3], *pixels[-3:], *pixels[:, :3], *pixels[:, -3:]]).astype(int)
    assert np.abs(edge - 255).max() <= 1
    floor = chart.bbox.height - chart.header * chart.dpi
    assert max(axes.get_tightbbox().y1 for axes in chart.axes if axes.get_visible()) <= floor + 0.5


@pytest.mark.parametrize("name", CHARTS)
def test_words_do_not_lie_on_each_other(name: str) -> None:
    """No two texts of a chart overlap, short names or long."""
    chart, _ = drawn(name)

    words = words_of(chart)
    assert len(words) > 4
    boxes = [Text.get_window_extent(text).padded(-1.5) for text in words]
    overlapping = [
        (one.get_text(), other.get_text())
        for i, one in enumerate(words)
        for j, other in enumerate(words[:i])
        if boxes[i].overlaps(boxes[j])
    ]
    assert overlapping == []


def words_of(chart: Chart) -> list[Text]:
    """Return the texts that are seen: tick labels only of ticks within the axes."""
    axes = [one for one in chart.axes if one.get_visible()]
    ticks = [
        (tick, way) for one in chart.axes for way in (one.xaxis, one.yaxis) for tick in way.get_major_ticks()
    ]
    labels = {id(text) for tick, _ in ticks for text in (tick.label1, tick.label2)}
    hidden = {id(text) for one in chart.axes if one not in axes for text in one.findobj(Text)}
    words = [text for text in chart.findobj(Text) if id(text) not in labels | hidden]
    for tick, way in ticks:
        low, high = sorted(way.get_view_interval())
        if way.axes in axes and way.axes.axison and low - 1e-9 <= tick.get_loc() <= high + 1e-9:
            words += [tick.label1, tick.label2]
    return [text for text in words if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("name", CHARTS)
def test_the_title_states_the_finding(name: str) -> None:
    """The first text is the finding in words, long names shortened; the second says what is drawn."""
    chart, _ = drawn(name)

    title = chart.texts[0].get_text().replace("\n", " ").replace("\\$", "$")
    assert title == chart.finding or "\N{HORIZONTAL ELLIPSIS}" in title
    assert len(chart.finding.split()) >= 4
    assert len(chart.texts[1].get_text()) > 40
    assert repr(chart) == str(chart) == f"Chart: {chart.finding}"


@pytest.mark.parametrize("name", CHARTS)
def test_themes_differ_in_colour_only(name: str) -> None:
    """Light and dark have the same size, which fits a notebook's cell, and their own paper."""
    light, dark = drawn(name)[0], CHARTS[name](theme="dark")

    assert light.get_size_inches().tolist() == dark.get_size_inches().tolist()
    assert light.get_size_inches()[0] * light.dpi <= 900
    assert dark.get_facecolor()[:3] == to_rgb(DARK.paper)


def test_a_chart_is_the_same_picture_every_time() -> None:
    """The same result gives the same bytes, so saved notebooks do not churn."""
    assert CHARTS["severity"]().png(1.0) == CHARTS["severity"]().png(1.0)


@pytest.mark.parametrize("name", DRAWINGS)
def test_nothing_to_draw_is_a_sentence(name: str) -> None:
    """Without ratings each chart says so instead of failing."""
    if name in ("confusion", "gate"):
        confusion = gold_confusion(WORLD.ratings, WORLD.gold[:0], WORLD.scales, criterion="preservation")
        chart = confusion_matrix(confusion)
    else:
        chart = DRAWINGS[name](EMPTY)()

    assert chart.axes == []
    assert "There is nothing to draw yet." in [text.get_text() for text in chart.texts]


def test_a_notebook_shows_a_chart_once() -> None:
    """One picture at its true width and one line of text; pyplot keeps no second copy."""
    from matplotlib import pyplot as plt

    chart = DRAWINGS["severity"](WORLD)()

    shown, metadata = DisplayFormatter().format(chart)

    assert set(shown) == {"image/png", "text/plain"}
    assert shown["text/plain"] == repr(chart)
    assert metadata["image/png"]["width"] == 900
    assert plt.get_fignums() == []


def test_names_are_drawn_as_they_are_written() -> None:
    """Dollar signs are no mathematics, and a very long name is shortened, not clipped."""
    ratings = ratings_of([[3, 5], [2, 4], [4, 4], [5, 5], [1, 3]] * 4)
    names = {"r0": "a$b$c_d^2", "r1": "a reviewer with a very long name indeed, and more"}
    ratings["reviewer"] = ratings["reviewer"].map(names)
    scale = Scale("quality", (1, 2, 3, 4, 5), label="cost in $ and $x_1$")
    gold = gold_of([3, 2, 4, 5, 1] * 4)

    charts = [
        severity_forest(reviewer_severity(ratings, gold, scale)),
        accuracy_forest(gold_accuracy(ratings, gold, scale)),
        agreement_chart(agreement_by_criterion(ratings, scale)),
        spread_heatmap(spread(ratings, scale)),
        confusion_matrix(gold_confusion(ratings, gold, scale, criterion="quality")),
    ]

    for chart in charts:
        assert chart.png(1.0).startswith(b"\x89PNG")


def test_one_task_of_one_reviewer_can_be_drawn() -> None:
    """Thin evidence makes a thin chart, not an error."""
    scale = Scale("quality", (1, 2, 3, 4, 5))
    ratings, gold = ratings_of([[3]]), gold_of([3])

    for chart in (
        severity_forest(reviewer_severity(ratings, gold, scale)),
        accuracy_forest(gold_accuracy(ratings, gold, scale)),
        agreement_chart(agreement_by_criterion(ratings, scale)),
        spread_heatmap(spread(ratings, scale)),
    ):
        assert chart.png(1.0).startswith(b"\x89PNG")


def test_an_unknown_theme_is_named_with_the_nearest() -> None:
    """A misspelt theme is an error with a hint."""
    with pytest.raises(UnknownName, match="Did you mean 'dark'"):
        spread_heatmap(spread(WORLD.ratings, WORLD.scales), theme="drak")  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_marks_have_contrast(theme: Theme) -> None:
    """Text has 4.5 to 1 and marks 3 to 1 on the paper, and text on every cell colour 3 to 1."""
    for colour in (theme.ink, theme.quiet):
        assert contrast(to_rgb(colour), to_rgb(theme.paper)) >= 4.5
    for colour in (theme.accent, theme.warm):
        assert contrast(to_rgb(colour), to_rgb(theme.paper)) >= 3
    for warm in (False, True):
        for share in np.linspace(0, 1, 21):
            cell = theme.colours(warm=warm)(share)
            assert contrast(to_rgb(ink_on(cell, theme)), cell) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_cells_grow_steadily_in_greyscale(theme: Theme) -> None:
    """From nothing to much the brightness goes one way, so a grey print keeps the order."""
    for warm in (False, True):
        bright = [luminance(theme.colours(warm=warm)(share)) for share in np.linspace(0, 1, 30)]

        assert len({np.sign(step) for step in np.diff(bright)}) == 1


def test_the_heatmap_shows_the_most_divided_tasks() -> None:
    """Of more tasks than fit, the most divided are shown, and the chart says of how many."""
    found = spread(WORLD.ratings, WORLD.scales)

    chart = spread_heatmap(found, tasks=12)

    labels = [label.get_text() for label in chart.axes[0].get_yticklabels()]
    assert labels == list(found.table.index[:12])
    assert "The 12 most divided of 30 tasks" in chart.texts[1].get_text()


def test_the_accuracy_title_names_the_clearest_miss() -> None:
    """Who is clearly below which target is said in words."""
    scale = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, target_within=0.9, label="Quality")
    accuracy = gold_accuracy(ratings_of([[3, 1]] * 30), gold_of([3] * 30), scale)

    assert accuracy_forest(accuracy).finding == (
        "50% of ratings are within tolerance; r1 misses the target on Quality (0%)"
    )


def test_agreement_without_alpha_still_shows_how_often_answers_are_the_same() -> None:
    """Where all give one answer alpha is undefined: said in its place, beside percent agreement and AC."""
    scale = Scale("quality", (1, 2, 3, 4, 5), label="Quality")

    chart = agreement_chart(agreement_by_criterion(ratings_of([[4, 4, 4]] * 12), scale))

    texts = [text.get_text() for text in chart.axes[0].texts]
    assert "alpha is undefined: one answer only" in texts
    assert "100%" in texts


def test_no_width_is_no_evidence() -> None:
    """Reviewers who never differ from gold on a few tasks are not called known to be unshifted."""
    scale = Scale("quality", (1, 2, 3, 4, 5), label="Quality")
    ratings = ratings_of([[t % 5 + 1] * 3 for t in range(15)])

    chart = severity_forest(reviewer_severity(ratings, gold_of([t % 5 + 1 for t in range(15)]), scale))

    assert ["cannot be told yet"] == [text.get_text() for text in chart.legends[0].get_texts()]


def test_a_chart_needs_no_gold_for_agreement() -> None:
    """Ratings alone are enough for the agreement chart, with bootstrap intervals too."""
    table = agreement_by_criterion(WORLD.ratings, WORLD.scales, interval="bootstrap", n_boot=50)

    chart = agreement_chart(table)

    assert "bootstrap over tasks" in chart.texts[1].get_text()
    assert isinstance(table.rows, pd.DataFrame)
