"""What three models made of one instruction: the same pictures as the exemplars, as a table to take in.

The models are simulated, and so are the choices between their pictures: each model has a
strength, and one reviewer leans to the left.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from builder.manifest import write_lines
from evalwidgets.core.order import seeded_order
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.side_by_side import side_by_side
from evalwidgets.store.tasks import TaskSet

CAMPAIGN, ROUND = "demo-models", "side-by-side"
OPENED = datetime(2026, 11, 2, 9, tzinfo=UTC)
LEVELS = {"model-x": 5, "model-y": 4, "model-z": 2}
"""Model to the level of the exemplar that it made."""
STRENGTH = {"model-x": 1.1, "model-y": 0.4, "model-z": -1.2}
LEANS = {"ana": 0.0, "dev": 0.0, "elif": 0.9}
"""Reviewer to how much they favour the picture at the left."""
CHOICES = ("a_much", "a_slightly", "both_good", "b_slightly", "b_much")


def write_outputs(folder: Path, rubric_file: Path) -> None:
    """Write ``outputs.csv`` and the simulated choices, ``pair_reviews.jsonl``."""
    rows = list(_rows(folder))
    with (folder / "outputs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    rubric, pairs = read_rubric(rubric_file), model_pairs(folder)
    reviews = [one for place, name in enumerate(LEANS) for one in _reviews(name, place, pairs, rubric)]
    write_lines(folder / "pair_reviews.jsonl", (one.model_dump(mode="json") for one in reviews))


def model_pairs(folder: Path) -> TaskSet:
    """Return the pairs that were judged: as `ew.side_by_side` deals what was taken in."""
    with (folder / "outputs.csv").open(encoding="utf-8", newline="") as file:
        tasks = [_task(row) for row in csv.DictReader(file)]
    return side_by_side(TaskSet(tasks, folder), seed=ROUND)


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    """Yield a row for each instruction and model, under column names as other tools use them."""
    anchors = [json.loads(line) for line in (folder / "anchors.jsonl").read_text("utf-8").splitlines()]
    edits = {(one["instruction"], one["level"]): one for one in anchors if one["rubric"] == "image-edit"}
    for number, instruction in enumerate(dict.fromkeys(words for words, _ in edits), start=1):
        for model, level in LEVELS.items():
            made = edits[instruction, level]
            yield {
                "item": f"out-{number:02d}-{model[-1]}",
                "source_image": made["images"]["original"],
                "edited_image": made["images"]["edited"],
                "instruction": instruction,
                "model": model,
                "edit_type": made["edit_type"],
                "source": f"scene-{number:02d}",
            }


def _task(row: dict[str, str]) -> Task:
    return Task(
        id=row["item"],
        kind="edit",
        images={"original": row["source_image"], "edited": row["edited_image"]},
        instruction=row["instruction"],
        tags={"model": row["model"], "edit_type": row["edit_type"]},
        source=row["source"],
    )


def _reviews(name: str, place: int, pairs: TaskSet, rubric: Rubric) -> Iterator[Review]:
    rng = np.random.default_rng([2026, 12, place])
    clock = OPENED + timedelta(hours=place)
    for position, task in enumerate(seeded_order(list(pairs), f"{ROUND}/{name}")):
        clock += timedelta(seconds=float(rng.uniform(30, 70)))
        pair = pairs[task]
        left, right = (STRENGTH[str(pair.tags[side])] for side in ("model_a", "model_b"))
        felt = right - left - LEANS[name] + rng.normal(0, 0.7)
        choice = CHOICES[int(np.searchsorted((-1.2, -0.25, 0.25, 1.2), felt))]
        yield Review(
            id=str(uuid5(NAMESPACE_URL, f"{CAMPAIGN}/{ROUND}/{name}/{task}")),
            campaign=CAMPAIGN,
            round=ROUND,
            task=task,
            task_hash=pairs.hash_of(pair),
            rubric=rubric.id,
            rubric_version=rubric.version,
            rubric_hash=rubric.hash,
            reviewer=name,
            answers={"usable": Answer(value="both"), "overall": Answer(value=choice)},
            confidence=int(rng.integers(2, 4)),
            shown_at=clock - timedelta(seconds=25),
            submitted_at=clock,
            seconds=22,
            position=position,
        )
