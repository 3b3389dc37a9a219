"""A store of many simulated reviews and tasks that share a few pictures, written in one go for benchmarks."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from sqlalchemy import insert

from evalwidgets import Answer, Review, ReviewStore, Rubric, TaskSet, open_store, read_tasks
from evalwidgets.store.rows import rating_rows, to_row
from evalwidgets.store.schema import rating, review, server_time

CAMPAIGN = "big"
PICTURES = 50
_START = datetime(2026, 1, 5, 8, tzinfo=UTC)
_TYPES = ("remove", "add", "replace", "background", "style", "text")
_FLAGS = ("edge_case", "novel_pattern", "guideline_silent", "sensitive_unlabelled")
_RATED = ("instruction_adherence", "structural_integrity", "preservation", "visual_quality")
_SLAB = 5_000  # reviews in one statement


def make_tasks(folder: Path, count: int, side: int = 1024) -> TaskSet:
    """Write a manifest of edits over a few photograph-like pictures, and return its tasks."""
    chance = np.random.default_rng(5)
    for place in range(PICTURES):
        rough = Image.fromarray(chance.integers(0, 256, (24, 24, 3), dtype=np.uint8))
        rough.resize((side, side * 3 // 4), Image.Resampling.BICUBIC).save(
            folder / f"{place:02}.jpg", quality=90
        )
    with (folder / "tasks.jsonl").open("w", encoding="utf-8") as file:
        for n in range(count):
            task = {
                "id": f"edit-{n:05}",
                "kind": "edit",
                "images": {"original": f"{n % PICTURES:02}.jpg", "edited": f"{(n + 1) % PICTURES:02}.jpg"},
                "instruction": f"Change number {n}",
                "sensitive": n % 97 == 0,
                "tags": {
                    "edit_type": _TYPES[n % len(_TYPES)],
                    "model": f"model-{'abcd'[n % 4]}",
                    "shadow": n % 5 == 0,
                },
            }
            file.write(json.dumps(task) + "\n")
    return read_tasks(folder / "tasks.jsonl")


def make_store(path: Path, rubric: Rubric, tasks: TaskSet, reviews: int) -> ReviewStore:
    """Return a store that holds so many reviews, an equal number of each task."""
    store = open_store(path)
    store.remember_rubric(rubric)
    doors = store._doors
    slab: list[Review] = []
    sequence: dict[str, int] = {}
    for one in _reviews(rubric, tasks, reviews):
        slab.append(one)
        if len(slab) == _SLAB:
            doors.write(lambda connection: _insert(connection, slab, sequence))
            slab.clear()
    doors.write(lambda connection: _insert(connection, slab, sequence))
    return store


def _insert(connection: Any, reviews: list[Review], sequence: dict[str, int]) -> None:
    if not reviews:
        return
    rows = []
    for one in reviews:
        sequence[one.reviewer] = sequence.get(one.reviewer, 0) + 1
        rows.append({**to_row(one), "reviewer_seq": sequence[one.reviewer]})
    connection.execute(insert(review).values(stored_at=server_time()), rows)
    connection.execute(insert(rating), [row for one in reviews for row in rating_rows(one)])


def _reviews(rubric: Rubric, tasks: TaskSet, count: int) -> Iterator[Review]:
    chance = random.Random(7)
    each = max(1, count // len(tasks))
    for n, task in enumerate(tasks):
        level = chance.choice((1, 2, 3, 4, 4, 5, 5))
        for place in range(each):
            reviewer = f"reviewer-{(n + place) % 20:02}"
            values: dict[str, Any] = {"feasibility": "feasible", "visible_change": "yes"}
            values |= {name: min(5, max(1, level + chance.choice((-2, -1, 0, 0, 0, 1)))) for name in _RATED}
            shown = _START + timedelta(seconds=40 * (n * each + place))
            yield Review(
                id=str(uuid.UUID(int=chance.getrandbits(128))),
                campaign=CAMPAIGN,
                round="review",
                task=task.id,
                task_hash=f"{n:064x}",
                rubric=rubric.id,
                rubric_version=rubric.version,
                rubric_hash=rubric.hash,
                reviewer=reviewer,
                revision=1,
                state="submitted",
                answers={name: Answer(value=value) for name, value in values.items()},
                flags={chance.choice(_FLAGS): ""} if chance.random() < 0.03 else {},
                confidence=chance.choice((1, 2, 2, 3, 3)),
                shown_at=shown,
                submitted_at=shown + timedelta(seconds=30),
                seconds=30.0,
                position=n,
            )
