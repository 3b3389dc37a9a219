"""Fixed tallies, a fixed room, and every chart by name: what pictures are compared with."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pandas as pd

from evalwidgets.analysis import (
    agreement_by_criterion,
    gold_accuracy,
    gold_confusion,
    reviewer_severity,
    spread,
)
from evalwidgets.analysis.aggregation.consensus import consensus
from evalwidgets.analysis.agreement.reliability import reliability_of_mean
from evalwidgets.analysis.causes.causes import suggest_causes
from evalwidgets.analysis.charts import (
    accuracy_forest,
    agreement_chart,
    confusion_matrix,
    severity_forest,
    spread_heatmap,
)
from evalwidgets.analysis.charts.cause_queue import cause_queue
from evalwidgets.analysis.charts.consensus_chart import consensus_chart
from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.charts.drift_chart import drift_chart
from evalwidgets.analysis.charts.gold_coverage_chart import gold_coverage_chart
from evalwidgets.analysis.charts.gold_health_chart import gold_health_chart
from evalwidgets.analysis.charts.headline_chart import headline_chart
from evalwidgets.analysis.charts.inconsistency_chart import inconsistency_chart
from evalwidgets.analysis.charts.planner_chart import planner_chart
from evalwidgets.analysis.charts.reliability_curve import reliability_curve
from evalwidgets.analysis.charts.room_strip import room_strip
from evalwidgets.analysis.charts.style import Chart
from evalwidgets.analysis.gold.coverage import gold_coverage
from evalwidgets.analysis.gold.gold_health import gold_health
from evalwidgets.analysis.gold.headline import headline
from evalwidgets.analysis.gold.planner import plan_gold
from evalwidgets.analysis.meeting.room import room
from evalwidgets.analysis.meeting.tally import Tally
from evalwidgets.analysis.meeting.tally_parts import Accepted, Dot, Place
from evalwidgets.analysis.reviewers.drift import reviewer_drift
from evalwidgets.analysis.reviewers.inconsistency import reviewer_inconsistency

from .simulated import World, simulated

Draw = Callable[..., Chart]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEVELS = (
    Place(1, "Another scene", "Most of what should stay was drawn anew; it is another scene."),
    Place(2, "Several", "Two or more significant differences, but it is still the same scene."),
    Place(
        3,
        "One significant",
        "One significant difference (a feature, a region), or several minor ones.",
    ),
    Place(4, "One minor", "One minor difference outside the request."),
    Place(5, "Untouched", "Nothing outside the request differs, even when zoomed."),
)
NOT_APPLICABLE = Place(None, "N/A", "Does not apply to this task.")
OPTIONS = tuple(
    Place(name, name.replace("_", " ").capitalize(), f"When the answer is {name.replace('_', ' ')}.")
    for name in ("a_much_better", "a_slightly", "both_good", "both_bad", "b_slightly", "b_much_better")
)
LONG = tuple(
    place._replace(
        name=f"{place.name} and $x_1$",
        descriptor=f"{place.descriptor} It goes on, with incomprehensibilities of $5 and {place.descriptor}",
    )
    for place in LEVELS
)


def tally_of(*blind: int, places: tuple[Place, ...] = LEVELS, **more: Any) -> Tally:
    """Return a tally of answers as places from 0; `second` and `revote` map who (from 0) to places."""
    second, revote = more.pop("second", {}), more.pop("revote", {})
    dots = tuple(Dot(LETTERS[i], place, second.get(i), revote.get(i)) for i, place in enumerate(blind))
    words = {"label": "Preservation", "question": "Is everything that should stay still as it was?"}
    look = {"places": places, "dots": dots, "notes": (), "revoted": bool(revote), **words, **more}
    return Tally("edit-045", "preservation", numeric=isinstance(places[0].value, int), **look)


GOLD = {"revealed": True, "gold": Accepted((3,), (2, 3, 4))}
TALLIES: dict[str, Tally] = {
    "blind": tally_of(3, 4, 3, 1, 4, 3, 4, 2, second={0: 4, 1: 3, 3: 2, 7: 3}),
    "revealed": tally_of(
        3, 4, 3, 1, 4, 3, 4, 2, second={0: 4, 7: 4}, revote={3: 3, 7: 3, 4: 4, 1: 3}, **GOLD
    ),
    "two": tally_of(1, 3, second={0: 2}),
    "twenty": tally_of(
        *[3] * 9, *[4] * 6, *[2] * 3, 0, 5, places=(*LEVELS, NOT_APPLICABLE), second={0: 4, 9: 3}, **GOLD
    ),
    "all-same": tally_of(*[3] * 20, second={0: 4, 1: 2}),
    "options": tally_of(0, 0, 1, 5, 2, places=OPTIONS),
    "span": tally_of(3, 4, 2, revealed=True, gold=Accepted((3, 4), (3, 4))),
    "long": tally_of(0, 4, 2, places=(*LONG, NOT_APPLICABLE)),
}
NARROW = 5.6
PROGRESS = pd.DataFrame(
    {
        "reviewer": ["ana", "ben", "carla", "dev", "elif", "farid"],
        "done": [12, 10, 9, 12, 0, 0],
        "skipped": [0, 2, 0, 0, 0, 0],
        "drafts": [0, 0, 1, 0, 1, 0],
        "total": 12,
        "seconds": [1500.0, 900.0, 800.0, 2000.0, 40.0, 0.0],
        "flags": [0, 3, 1, 0, 0, 0],
        "last_at": pd.to_datetime([*["2026-03-02 14:05"] * 4, None, None], utc=True),
    }
)


@cache
def world() -> World:
    """Return simulated ratings, always the same."""
    return simulated(1, n_tasks=30)


def _of_world(chart: Draw, result: Callable[..., Any], tables: str = "rgs", **options: Any) -> Draw:
    """Return what draws a chart of a result of the simulated world: its ratings, gold, scales."""

    def draw(**theme: Any) -> Chart:
        told = {"r": world().ratings, "g": world().gold, "s": world().scales}
        return chart(result(*(told[table] for table in tables), **options), **theme)

    return draw


def _spread_with_causes(**theme: Any) -> Chart:
    told = world()
    causes = suggest_causes(told.ratings, told.scales, told.gold)
    return spread_heatmap(spread(told.ratings, told.scales), causes=causes, tasks=8, **theme)


CHARTS: dict[str, Draw] = {
    **{f"tally-{name}": partial(dot_tally, tally) for name, tally in TALLIES.items()},
    "tally-revealed-narrow": partial(dot_tally, TALLIES["revealed"], width=NARROW),
    "tally-options-narrow": partial(dot_tally, TALLIES["options"], width=NARROW),
    "room": lambda **theme: room_strip(room(PROGRESS), **theme),
    "severity": _of_world(severity_forest, reviewer_severity),
    "accuracy": _of_world(accuracy_forest, gold_accuracy),
    "agreement": _of_world(agreement_chart, agreement_by_criterion, "rs"),
    "spread": _of_world(partial(spread_heatmap, tasks=8), spread, "rs"),
    "spread-causes": _spread_with_causes,
    "confusion": _of_world(confusion_matrix, gold_confusion, criterion="preservation"),
    "causes": _of_world(cause_queue, suggest_causes, "rsg"),
    "consensus": _of_world(consensus_chart, consensus, "rs"),
    "drift": _of_world(drift_chart, reviewer_drift),
    "drift-one": _of_world(partial(drift_chart, reviewer="drifting"), reviewer_drift),
    "gold-coverage": _of_world(gold_coverage_chart, gold_coverage, "gs"),
    "gold-health": _of_world(gold_health_chart, gold_health),
    "headline": _of_world(headline_chart, headline),
    "inconsistency": _of_world(inconsistency_chart, reviewer_inconsistency, "rs"),
    "planner": _of_world(planner_chart, plan_gold, ""),
    "reliability": _of_world(reliability_curve, reliability_of_mean, "rs"),
}
"""Name to what draws it, given a theme."""
