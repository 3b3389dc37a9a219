"""A simulated round of marked regions: five reviewers with habits that figures must find.

Nobody marked anything here: each region is gold's, found or overlooked, moved, renamed,
or beyond it, by the habit that is planted in its reviewer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from builder.manifest import write_lines
from builder.simulation import CAMPAIGN
from evalwidgets.core.gold import Gold, GoldRegion
from evalwidgets.core.order import seeded_order
from evalwidgets.core.region import Region
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks

ROUND = "demo-regions"
OPENED = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
TASKS = (
    "edit-001", "edit-004", "edit-005", "edit-009", "edit-013", "edit-017", "edit-024", "edit-027",
    "edit-037", "edit-039", "edit-051", "edit-058",
)  # fmt: skip
"""Nine with a defect, one with a faint one, two clean."""
NOTES = {
    3: "It is the first thing that one sees here and it spoils the picture.",
    2: "",
    1: "Only at 100 %.",
}


@dataclass(frozen=True)
class Marker:
    """A simulated reviewer who marks regions, and the habit that is planted in them."""

    name: str
    habit: str
    finds: float = 0.95
    """How likely each of gold's regions is found."""
    jitter: float = 0.04
    """How far a corner strays, as a share of the region's sides."""
    grows: float = 0.0
    """How much larger the box is drawn on each side, as a share."""
    renames: float = 0.05
    """How likely a class of another family is chosen."""
    extra: float = 0.1
    """Regions beyond gold for each task, on average."""


MARKERS = (
    Marker("ana", "careful"),
    Marker("ben", "marks more than there is", extra=1.2),
    Marker("carla", "overlooks", finds=0.5, extra=0.0),
    Marker("dev", "draws generously", grows=0.16),
    Marker("elif", "sloppy", jitter=0.22, renames=0.25, extra=0.3),
)


def write_region_round(folder: Path, rubric_file: Path) -> None:
    """Write ``region_reviews.jsonl``, and add the round to ``truth.json``."""
    rubric = read_rubric(rubric_file)
    tasks, gold = read_tasks(folder / "tasks.jsonl"), read_gold(folder / "region_gold.jsonl")
    reviews = [
        review
        for place, marker in enumerate(MARKERS)
        for review in _reviews_of(marker, place, tasks, gold, rubric)
    ]
    reviews.sort(key=lambda review: (review.submitted_at, review.reviewer))
    write_lines(folder / "region_reviews.jsonl", (review.model_dump(mode="json") for review in reviews))
    truth_file = folder / "truth.json"
    truth = {**json.loads(truth_file.read_text(encoding="utf-8")), "regions": _truth()}
    truth_file.write_text(json.dumps(truth, indent=2) + "\n", encoding="utf-8")


def _reviews_of(
    marker: Marker, place: int, tasks: TaskSet, gold: dict[str, Gold], rubric: Rubric
) -> Iterator[Review]:
    rng = np.random.default_rng([2026, 11, place])
    clock = OPENED + timedelta(hours=2 * place)
    order = seeded_order([tasks[name] for name in TASKS], f"{ROUND}/{marker.name}")
    for position, name in enumerate(order):
        seconds = round(float(rng.lognormal(np.log(75), 0.3)), 1)
        clock += timedelta(seconds=1.2 * seconds)
        regions = list(_marked(marker, gold[name], rubric, rng))
        yield Review(
            id=str(uuid5(NAMESPACE_URL, f"{CAMPAIGN}/{ROUND}/{marker.name}/{name}")),
            campaign=CAMPAIGN,
            round=ROUND,
            task=name,
            task_hash=tasks.hash_of(tasks[name]),
            rubric=rubric.id,
            rubric_version=rubric.version,
            rubric_hash=rubric.hash,
            reviewer=marker.name,
            answers=_answers(regions, rubric),
            confidence=int(rng.integers(2, 4)),
            shown_at=clock - timedelta(seconds=1.1 * seconds),
            submitted_at=clock,
            seconds=seconds,
            position=position,
        )


def _answers(regions: list[Region], rubric: Rubric) -> dict[str, Answer]:
    """Return a whole sheet that says the same as its regions."""
    if not regions:
        return {"defects_found": Answer(value="no")}
    worst = max(region.severity or 1 for region in regions)
    return {
        "defects_found": Answer(value="yes"),
        "defects": Answer(value=[region.model_dump(mode="json") for region in regions]),
        "families": Answer(value=sorted({rubric.family_of[region.label] for region in regions})),
        "worst_severity": Answer(value=worst, note=NOTES[3] if worst == 3 else ""),
    }


def _marked(marker: Marker, gold: Gold, rubric: Rubric, rng: np.random.Generator) -> Iterator[Region]:
    found = [one for one in gold.regions if rng.random() < marker.finds * (1 if one.required else 0.5)]
    size = gold.regions[0].size if gold.regions else (1080, 720)
    drawn = [_as_drawn(one, marker, rubric, rng) for one in found]
    drawn += [_imagined(size, rubric, rng) for _ in range(rng.poisson(marker.extra))]
    for number, region in enumerate(drawn, start=1):
        yield region.model_copy(update={"id": f"{gold.task}-{number}"})


def _as_drawn(gold: GoldRegion, marker: Marker, rubric: Rubric, rng: np.random.Generator) -> Region:
    """Return gold's region as a hand draws it: a point now and then where it is small, else a box."""
    left, top, right, bottom = gold.box
    sides = np.array([right - left, bottom - top] * 2)
    outwards = np.array([-1, -1, 1, 1]) * marker.grows
    stray = rng.normal(0, marker.jitter, 4)
    corners = np.array(gold.box) + sides * (outwards + stray)
    box = _inside(corners, gold.size)
    small = max(sides) < 60
    pointed = small and rng.random() < 0.5
    label = _other_class(gold.label, rubric, rng) if rng.random() < marker.renames else gold.label
    severity = int(np.clip((gold.severity or 1) + rng.choice([-1, 0, 0, 0, 1]), 1, 3))
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return Region(
        id="drawn",
        type="point" if pointed else "box",
        points=(middle,) if pointed else (box[:2], box[2:]),
        role="edited",
        size=gold.size,
        picture=gold.picture,
        label=label,
        severity=severity,
        cause="edit" if rng.random() < 0.8 else "unsure",
        note=NOTES[severity],
    )


def _imagined(size: tuple[int, int], rubric: Rubric, rng: np.random.Generator) -> Region:
    """Return a region where nothing is wrong."""
    side = rng.uniform(40, 160, 2)
    corner = rng.uniform((0, 0), (size[0] - side[0], size[1] - side[1]))
    box = _inside(np.array([*corner, *(corner + side)]), size)
    return Region(
        id="drawn",
        type="box",
        points=(box[:2], box[2:]),
        role="edited",
        size=size,
        label=str(rng.choice(list(rubric.family_of))),
        severity=1,
        cause="unsure",
    )


def _inside(corners: np.ndarray, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return a box of at least six pixels a side that lies in the picture."""
    left, top = (float(np.clip(corners[k], 0, size[k] - 6)) for k in (0, 1))
    right, bottom = (float(np.clip(corners[k], (left, top)[k - 2] + 6, size[k - 2])) for k in (2, 3))
    return left, top, right, bottom


def _other_class(label: str, rubric: Rubric, rng: np.random.Generator) -> str:
    others = [name for name, family in rubric.family_of.items() if family != rubric.family_of[label]]
    return str(rng.choice(others))


def _truth() -> dict[str, object]:
    return {
        "round": ROUND,
        "rubric": "defect-localisation",
        "tasks": list(TASKS),
        "reviewers": {
            one.name: {
                "habit": one.habit,
                "finds": one.finds,
                "jitter": one.jitter,
                "grows": one.grows,
                "renames": one.renames,
                "extra": one.extra,
            }
            for one in MARKERS
        },
    }
