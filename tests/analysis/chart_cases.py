"""Fixed tallies, a fixed room, and every chart by name: what pictures are compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image, ImageDraw

from evalwidgets.analysis import (
    agreement_by_criterion,
    clause_agreement,
    gold_accuracy,
    gold_confusion,
    heat_map,
    operating_characteristic,
    reviewer_severity,
    spread,
)
from evalwidgets.analysis.aggregation.consensus import consensus
from evalwidgets.analysis.aggregation.preference import preference
from evalwidgets.analysis.agreement.pairwise import pairwise_agreement
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
from evalwidgets.analysis.charts.characteristic_chart import characteristic_chart
from evalwidgets.analysis.charts.clause_chart import clause_chart
from evalwidgets.analysis.charts.consensus_chart import consensus_chart
from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.charts.drift_chart import drift_chart
from evalwidgets.analysis.charts.gate_errors_chart import gate_errors_chart
from evalwidgets.analysis.charts.gold_coverage_chart import gold_coverage_chart
from evalwidgets.analysis.charts.gold_health_chart import gold_health_chart
from evalwidgets.analysis.charts.headline_chart import headline_chart
from evalwidgets.analysis.charts.inconsistency_chart import inconsistency_chart
from evalwidgets.analysis.charts.pairwise_matrix import pairwise_matrix
from evalwidgets.analysis.charts.planner_chart import planner_chart
from evalwidgets.analysis.charts.preference_chart import preference_chart
from evalwidgets.analysis.charts.region_heat_map import region_heat_map
from evalwidgets.analysis.charts.reliability_curve import reliability_curve
from evalwidgets.analysis.charts.room_strip import room_strip
from evalwidgets.analysis.charts.style import Chart
from evalwidgets.analysis.gold.coverage import gold_coverage
from evalwidgets.analysis.gold.gate_errors import gate_errors
from evalwidgets.analysis.gold.gold_health import gold_health
from evalwidgets.analysis.gold.headline import headline
from evalwidgets.analysis.gold.planner import plan_gold
from evalwidgets.analysis.meeting.room import room
from evalwidgets.analysis.meeting.tally import Tally
from evalwidgets.analysis.meeting.tally_parts import Accepted, Dot, Place
from evalwidgets.analysis.reviewers.drift import reviewer_drift
from evalwidgets.analysis.reviewers.inconsistency import reviewer_inconsistency
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.task import Task
from evalwidgets.store.rubrics import read_rubric

from .planted_gaps import CLAUSE, NEW, planted_gaps
from .planted_gaps import SCALES as CLAUSE_SCALES
from .region_tables import box, gold, point, polygon, table
from .simulated import PLANTED, World, simulated
from .tables import gold_of, ratings_of

Draw = Callable[..., Chart]
RUBRICS = Path(__file__).resolve().parents[2] / "rubrics"
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


@cache
def timed() -> World:
    """Return the same with times: the noisy one is fast."""
    ratings = world().ratings
    seconds = ratings["reviewer"].map({"noisy": 21.0, "good": 64.0, "fair": 52.0}).fillna(45.0)
    return World(ratings.assign(seconds=seconds), world().gold)


@cache
def long() -> World:
    """Return the same with names as long as addresses and sentences."""
    told = world()
    addresses = {name: f"{name}.of.the.vendor@annotation.example" for name in PLANTED}
    where = "campaign-2026/batch-07/scene_with_$_and_x_"
    ratings = told.ratings.assign(
        reviewer=told.ratings["reviewer"].map(addresses), task=where + told.ratings["task"]
    )
    scales = tuple(
        replace(scale, label=f"{scale.name} of all that should be as asked for") for scale in told.scales
    )
    return World(ratings, told.gold.assign(task=where + told.gold["task"]), scales)


@cache
def doubted() -> World:
    """Return the same with the gold of every fourth task turned over, so that reviewers contradict it."""
    gold = world().gold
    turned = (gold["criterion"] != "feasibility") & (np.arange(len(gold)) % 20 == 0)
    accepted = [
        (6 - values[0],) if turn else values for values, turn in zip(gold["accepted"], turned, strict=True)
    ]
    return World(world().ratings, gold.assign(accepted=accepted))


def _of(made: Callable[[], World], chart: Draw, result: Callable[..., Any], tables: str = "rgs") -> Draw:
    """Return what draws a chart of a result of a world, which is computed once: ratings, gold, scales."""

    @cache
    def computed() -> Any:
        told = made()
        tables_ = {"r": told.ratings, "g": told.gold, "s": told.scales}
        return result(*(tables_[table] for table in tables))

    return lambda **theme: chart(computed(), **theme)


_of_world = partial(_of, world)


def _spread_with_causes(**theme: Any) -> Chart:
    told = world()
    causes = suggest_causes(told.ratings, told.scales, told.gold)
    return spread_heatmap(spread(told.ratings, told.scales), causes=causes, tasks=8, **theme)


def _pairwise(tasks: int, **theme: Any) -> Chart:
    told = world()
    few = told.ratings[told.ratings["task"] < f"edit-{tasks:03d}"]
    return pairwise_matrix(pairwise_agreement(few, told.scales, criterion="quality"), **theme)


def _coverage_by_tag(**theme: Any) -> Chart:
    told = world()
    images = {"original": "a.png", "edited": "b.png"}
    types = ("add", "remove", "restoration", "a very long edit type, longer than fits")
    tasks = [
        Task(
            id=f"edit-{i:03d}",
            kind="edit",
            images=images,  # type: ignore[arg-type]
            instruction="Do it.",
            tags={"edit_type": types[i % len(types)]},
        )
        for i in range(30)
    ]
    return gold_coverage_chart(gold_coverage(told.gold, told.scales, tasks, tag="edit_type"), **theme)


@cache
def _preferences() -> Any:
    rng = np.random.default_rng(5)
    names = ("alpha-7b", "beta", "gamma with a longer name")
    pairs = [tuple(rng.permutation(names)[:2]) for _ in range(40)]
    rows = []
    for t, (a, _) in enumerate(pairs):
        for r in range(3):
            tie, first = rng.random() < 0.15, rng.random() < (0.75 if a == names[0] else 0.4)
            value = "both_bad" if tie else "a_much" if first else "b_slightly"
            rows.append((f"t{t}", f"r{r}", "overall", value))
    ratings = pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"])
    candidates = pd.DataFrame(pairs, columns=["a", "b"]).assign(task=[f"t{t}" for t in range(len(pairs))])
    return preference(ratings, candidates, n_boot=100)


@cache
def _gate_errors() -> Any:
    """Return the errors of three reviewers who miss a violation, act on what is fine, and mix two up."""
    gold = ["ok"] * 8 + ["violates", "violates", "sensitive", "ok"]
    wrong = {(8, 0): "ok", (0, 1): "violates", (1, 1): "violates", (9, 2): "escalate", (10, 2): "ok"}
    given = [[wrong.get((t, r), value) for r in range(3)] for t, value in enumerate(gold)]
    rubric = read_rubric(RUBRICS / "image-edit.yaml")
    return gate_errors(ratings_of(given, "safety"), gold_of(gold, "safety"), rubric)


@cache
def _hill() -> Image.Image:
    """Return a picture of a hill below a sun."""
    picture = Image.linear_gradient("L").resize((300, 200)).convert("RGB")
    ImageDraw.Draw(picture).ellipse((210, 20, 260, 70), fill=(250, 220, 120))
    ImageDraw.Draw(picture).polygon([(0, 200), (90, 90), (200, 200)], fill=(60, 110, 70))
    return picture


def _regions(n_reviewers: int, picture: bool, **theme: Any) -> Chart:
    """Return the heat map of reviewers who mark the sun, some the hill; one of two hills is tolerated."""
    sun, hill = box(205, 15, 265, 75), polygon([(40, 160), (90, 85), (150, 160)])
    marks = {
        f"r{number}": {
            "edit-001": [
                box(205 - number % 5, 15, 265 + 3 * (number % 9), 75 + 2 * number),
                *([hill] if number % 3 == 0 else []),
                *([point(20, 20)] if number == 4 else []),
            ]
        }
        for number in range(n_reviewers)
    }
    expected = gold(**{"edit-001": [sun, hill.model_copy(update={"note": "tolerated"})]})["edit-001"]
    heat = heat_map(table(marks), "edit-001")
    return region_heat_map(heat, _hill() if picture else None, expected.regions, **theme)


def _clause(rounds: int, **how: Any) -> Chart:
    """Draw a mended clause by week, or by so many rounds with long names on either side."""
    told = planted_gaps(0)
    ratings = told.ratings
    if rounds:
        number = ratings["task"].str[-3:].astype(int) * rounds // 25
        ratings = ratings.assign(round=[f"calibration-of-$-summer-{one:02d}" for one in number])
    mended = clause_agreement(ratings, CLAUSE_SCALES, CLAUSE, version=NEW, where=told.shadows)
    return clause_chart(mended, **how)


def _characteristic(**theme: Any) -> Chart:
    """Draw what a sequential exam does to whom, with one target above the overall one."""
    rule = ExamRule(target=0.8, targets={"sharp": 0.8, "light": 0.9, "figure": 0.9}, sequential=True)
    return characteristic_chart(operating_characteristic(rule, candidates=300), rule, **theme)


CHARTS: dict[str, Draw] = {
    **{f"tally-{name}": partial(dot_tally, tally) for name, tally in TALLIES.items()},
    "tally-revealed-narrow": partial(dot_tally, TALLIES["revealed"], width=NARROW),
    "tally-options-narrow": partial(dot_tally, TALLIES["options"], width=NARROW),
    "room": lambda **theme: room_strip(room(PROGRESS), **theme),
    "severity": _of_world(severity_forest, reviewer_severity),
    "severity-long": _of(long, severity_forest, reviewer_severity),
    "accuracy": _of_world(accuracy_forest, gold_accuracy),
    "accuracy-long": _of(long, accuracy_forest, gold_accuracy),
    "agreement": _of_world(agreement_chart, agreement_by_criterion, "rs"),
    "agreement-long": _of(long, agreement_chart, agreement_by_criterion, "rs"),
    "spread": _of_world(partial(spread_heatmap, tasks=8), spread, "rs"),
    "spread-causes": _spread_with_causes,
    "spread-long": _of(long, partial(spread_heatmap, tasks=5), spread, "rs"),
    "confusion": _of_world(confusion_matrix, partial(gold_confusion, criterion="preservation")),
    "characteristic": _characteristic,
    "causes": _of_world(cause_queue, suggest_causes, "rsg"),
    "clause": partial(_clause, 0),
    "clause-narrow": partial(_clause, 0, width=NARROW),
    "clause-rounds": partial(_clause, 12),
    "consensus": _of_world(consensus_chart, consensus, "rs"),
    "drift": _of_world(drift_chart, reviewer_drift),
    "drift-one": _of_world(partial(drift_chart, reviewer="drifting"), reviewer_drift),
    "gates": lambda **theme: gate_errors_chart(_gate_errors(), **theme),
    "gold-coverage": _coverage_by_tag,
    "gold-coverage-long": _of(long, gold_coverage_chart, gold_coverage, "gs"),
    "gold-health": _of(doubted, gold_health_chart, gold_health),
    "gold-health-long": _of(long, partial(gold_health_chart, answers=6), gold_health),
    "headline": _of_world(headline_chart, headline),
    "inconsistency": _of(timed, inconsistency_chart, reviewer_inconsistency, "rs"),
    "inconsistency-rows": _of_world(inconsistency_chart, reviewer_inconsistency, "rs"),
    "pairwise": partial(_pairwise, 30),
    "pairwise-few": partial(_pairwise, 12),
    "planner": _of_world(planner_chart, plan_gold, ""),
    "preference": lambda **theme: preference_chart(_preferences(), **theme),
    "regions": partial(_regions, 5, True),
    "regions-many": partial(_regions, 23, True),
    "regions-plain": partial(_regions, 2, False),
    "reliability": _of_world(reliability_curve, reliability_of_mean, "rs"),
}
"""Name to what draws it, given a theme."""


@cache
def drawn(name: str, theme: str = "light") -> tuple[Chart, np.ndarray]:
    """Return a chart and its pixels, one for each CSS pixel, drawn once for all that look; change neither."""
    chart = CHARTS[name](theme=theme)
    chart.canvas.draw()
    pixels = np.asarray(chart.canvas.buffer_rgba())[..., :3].copy()  # type: ignore[attr-defined]
    pixels.flags.writeable = False
    return chart, pixels
