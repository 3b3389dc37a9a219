"""The charts of everything against gold: finding as title, nothing clipped, light, dark and grey."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pandas as pd
from PIL import Image

from evalwidgets.analysis import Scale
from evalwidgets.analysis.charts import Chart, confusion_matrix
from evalwidgets.analysis.charts.gold_coverage_chart import gold_coverage_chart
from evalwidgets.analysis.charts.gold_health_chart import gold_health_chart
from evalwidgets.analysis.charts.headline_chart import headline_chart
from evalwidgets.analysis.charts.planner_chart import planner_chart
from evalwidgets.analysis.gold.confusion import reviewer_confusion
from evalwidgets.analysis.gold.coverage import gold_coverage
from evalwidgets.analysis.gold.gold_health import gold_health
from evalwidgets.analysis.gold.headline import headline
from evalwidgets.analysis.gold.planner import plan_gold
from evalwidgets.core.task import Task

from .simulated import simulated
from .tables import gold_of, ratings_of

Draw = Callable[..., Chart]
WORLD = simulated(1, n_tasks=30)
PREVIOUS = simulated(2, n_tasks=30).ratings
QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, target_within=0.9, label="Quality in $ and $x_1$")
TYPES = ("add", "remove", "replace", "restoration", "a very long edit type, longer than fits")


def tasks() -> list[Task]:
    """Return the tasks of the simulated world with edit types."""
    images = {"original": "a.png", "edited": "b.png"}
    return [
        Task(
            id=f"edit-{i:03d}",
            kind="edit",
            images=images,  # type: ignore[arg-type]
            instruction="Remove it.",
            tags={"edit_type": TYPES[i % len(TYPES)]},
        )
        for i in range(30)
    ]


def suspect_gold() -> pd.DataFrame:
    """Return the gold of the simulated world with every fifth level turned over."""
    levels = WORLD.gold["criterion"] != "feasibility"
    turned = levels & (np.arange(len(WORLD.gold)) % 20 == 0)
    accepted = [
        (6 - values[0],) if turn else values
        for values, turn in zip(WORLD.gold["accepted"], turned, strict=True)
    ]
    return WORLD.gold.assign(accepted=accepted)


DRAWINGS: dict[str, Draw] = {
    "health": lambda **kw: gold_health_chart(gold_health(WORLD.ratings, suspect_gold(), WORLD.scales), **kw),
    "coverage": lambda **kw: gold_coverage_chart(gold_coverage(WORLD.gold, WORLD.scales, tasks()), **kw),
    "levels": lambda **kw: gold_coverage_chart(gold_coverage(WORLD.gold, WORLD.scales), **kw),
    "headline": lambda **kw: headline_chart(headline(WORLD.ratings, WORLD.gold, WORLD.scales), **kw),
    "change": lambda **kw: headline_chart(headline(WORLD.ratings, WORLD.gold, WORLD.scales, PREVIOUS), **kw),
    "plan": lambda **kw: planner_chart(plan_gold(), **kw),
    "reviewers": lambda **kw: confusion_matrix(
        reviewer_confusion(
            WORLD.ratings, WORLD.scales, criterion="preservation", reviewers=("strict", "lenient")
        ),
        **kw,
    ),
}


def pixels_of(chart: Chart) -> np.ndarray:
    """Return the picture of a chart, one dot per CSS pixel."""
    return np.asarray(Image.open(io.BytesIO(chart.png(1.0))).convert("RGB")).astype(int)


def test_nothing_to_draw_is_a_sentence() -> None:
    """Without ratings or gold each chart says so instead of failing."""
    empty = ratings_of([])
    confusion = reviewer_confusion(
        ratings_of([[4, None], [None, 3]]), QUALITY, criterion="quality", reviewers=("r0", "r1")
    )

    charts = [
        gold_health_chart(gold_health(empty, gold_of([4]), QUALITY)),
        gold_health_chart(gold_health(ratings_of([[4, 4, 4]]), gold_of([4]), QUALITY)),
        gold_coverage_chart(gold_coverage(gold_of([]), QUALITY)),
        gold_coverage_chart(gold_coverage(gold_of(["yes"], "gate"), Scale("gate", ("yes", "no"), "nominal"))),
        headline_chart(headline(empty, gold_of([4]), QUALITY)),
        confusion_matrix(confusion),
    ]

    for chart in charts:
        assert chart.axes == []
        assert "There is nothing to draw yet." in [text.get_text() for text in chart.texts]


def test_thin_evidence_makes_a_thin_chart() -> None:
    """One task, one reviewer, one size, one rate: drawn, not refused."""
    ratings, gold = ratings_of([[1]]), gold_of([4])

    charts = [
        gold_health_chart(gold_health(ratings, gold, QUALITY)),
        gold_coverage_chart(gold_coverage(gold, QUALITY)),
        headline_chart(headline(ratings, gold, QUALITY, ratings)),
        planner_chart(plan_gold(0.9, sizes=[5], rates=[0.9])),
    ]

    for chart in charts:
        assert chart.png(1.0).startswith(b"\x89PNG")


def test_suspect_gold_stands_out_without_colour() -> None:
    """The mark of doubtful gold is in the key, and the most doubtful answer is on top."""
    health = gold_health(WORLD.ratings, suspect_gold(), WORLD.scales)

    chart = gold_health_chart(health)

    key = [text.get_text() for text in chart.legends[0].get_texts()]
    assert "most reviewers against gold" in key
    labels = [label.get_text() for label in chart.axes[0].get_yticklabels()]
    first = health.suspects.iloc[0]
    assert labels[0] == f"{first['task']} / {first['label']}"


def test_an_empty_level_is_hatched() -> None:
    """A level without gold is a hatched cell, and the key says so only then."""
    gap = gold_coverage_chart(gold_coverage(gold_of([1, 2, 4, 5]), QUALITY))
    whole = gold_coverage_chart(gold_coverage(gold_of([1, 2, 3, 4, 5]), QUALITY))

    hatched = [[patch.get_hatch() for patch in chart.axes[0].patches].count("////") for chart in (gap, whole)]
    keys = [[text.get_text() for text in chart.legends[0].get_texts()] for chart in (gap, whole)]
    assert hatched == [1, 0]
    assert ["no gold at this level" in key for key in keys] == [True, False]


def test_the_axes_of_two_reviewers_are_their_names() -> None:
    """Rows and columns say whose answers they are, and nobody is called right."""
    chart = DRAWINGS["reviewers"]()

    assert (chart.axes[0].get_ylabel(), chart.axes[0].get_xlabel()) == ("strict", "lenient")
    assert "the same" in [text.get_text() for text in chart.legends[0].get_texts()]
