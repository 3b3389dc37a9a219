"""Work with real pictures: the two of an edit differ in size, and one stands upright only by its EXIF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.exchange.work import Work
from evalwidgets.store.tasks import TaskSet

from ..samples import a_region
from .samples import new_id
from .works import a_work_rubric

BEFORE, AFTER = (80, 60), (40, 50)
"""Sizes as seen; the file of the edited picture is 50 wide and 40 high, and turned by its EXIF."""
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def an_answered(rubric: Rubric, answers: dict[str, Answer], **changes: Any) -> Review:
    """Return ana's review of the task `t0`."""
    facts: dict[str, Any] = {
        "id": new_id(changes, sorted(answers)),
        "campaign": "spring",
        "round": "r1",
        "task": "t0",
        "task_hash": "a" * 64,
        "rubric": rubric.id,
        "rubric_version": rubric.version,
        "rubric_hash": rubric.hash,
        "reviewer": "ana",
        "answers": answers,
        "shown_at": NOON,
        "submitted_at": NOON,
        "seconds": 12.5,
    }
    return Review(**{**facts, **changes})


def a_drawn_work(folder: Path, rubric: Rubric | None = None) -> Work:
    """Return one edit with pictures in `folder`, and a review that marks a box, a point and a polygon."""
    rubric = rubric or a_work_rubric()
    folder.mkdir(parents=True, exist_ok=True)
    Image.effect_noise(BEFORE, 90).convert("RGB").save(folder / "flux-before.png")
    turned = Image.Exif()
    turned[0x0112] = 6
    wide = Image.effect_noise((AFTER[1], AFTER[0]), 90).convert("RGB")
    wide.save(folder / "flux-after.jpg", exif=turned, comment=b"made by flux")
    images = {"original": "flux-before.png", "edited": "flux-after.jpg"}
    task = Task(id="t0", kind="edit", images=images, instruction="Add a hat", tags={"model": "flux"})  # type: ignore[arg-type]
    regions = [
        a_region(id="box", points=((10, 20), (30, 45)), size=AFTER, label="halo", severity=2, note="A rim"),
        a_region(id="dot", type="point", points=((20, 5),), size=AFTER),
        a_region(id="patch", type="polygon", points=((0, 0), (80, 0), (0, 60)), size=BEFORE, role="original"),
    ]
    answers = {
        "change": Answer(value="yes"),
        "quality": Answer(value=4, second=5, note="A faint rim around the hat."),
        "defects": Answer(value=["halo"]),
        "number": Answer(value=2),
        "places": Answer(value=regions),
    }
    return Work(TaskSet([task], folder), {rubric.hash: rubric}, (an_answered(rubric, answers),))
