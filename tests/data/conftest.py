"""The demo, built once for all tests of it."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks

HOME = Path(__file__).resolve().parents[2]
# The builder is no part of the installed package: it stands in the repository's data folder.
sys.path.insert(0, str(HOME / "data"))


SIMULATED = (
    *("simulated_reviews.jsonl", "meeting_reviews.jsonl", "region_reviews.jsonl"),
    *("meeting_round.json", "truth.json"),
)
"""What is made without painting, beside the store."""


@dataclass(frozen=True)
class Demo:
    """A built demo and what stands in its files."""

    folder: Path

    def lines(self, name: str) -> list[dict[str, Any]]:
        """Return the lines of a file as plain values."""
        return [json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]

    @cached_property
    def tasks(self) -> TaskSet:
        """Return the tasks."""
        return read_tasks(self.folder / "tasks.jsonl")

    @cached_property
    def gold(self) -> dict[str, Any]:
        """Return task id to gold."""
        return read_gold(self.folder / "gold.jsonl")

    @cached_property
    def reviews(self) -> list[Review]:
        """Return the simulated reviews."""
        return [Review(**line) for line in self.lines("simulated_reviews.jsonl")]

    @cached_property
    def truth(self) -> dict[str, Any]:
        """Return the planted causes."""
        return dict(json.loads((self.folder / "truth.json").read_text(encoding="utf-8")))

    def rubric(self, name: str) -> Rubric:
        """Return one of the rubrics that the demo uses."""
        return read_rubric(HOME / "rubrics" / f"{name}.yaml")

    def planted(self, name: str) -> list[str]:
        """Return the ids of the edits with this planted truth."""
        return [task.id for task in self.tasks.where(kind="edit", planted=name)]

    def picture(self, task: str, role: str) -> np.ndarray:
        """Return a task's picture, upright, as bytes."""
        with Image.open(self.tasks.path_of(self.tasks[task], role)) as image:
            return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))

    def mask(self, task: str) -> np.ndarray:
        """Return the true edit mask of a task."""
        with Image.open(self.folder / "masks" / f"{task}.png") as image:
            return np.asarray(image)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Return the demo: a copy of the workspace's where that is up to date, else built once."""
    from builder import build_demo
    from builder.demo import is_current

    folder = tmp_path_factory.mktemp("built") / "demo"
    if is_current(HOME / "data" / "demo"):
        shutil.copytree(HOME / "data" / "demo", folder)
        # The stamp knows pictures and gold; reviews depend on the rubric as it now stands as well.
        simulate(folder)
    else:
        build_demo(folder)
    return Demo(folder)


def simulate(folder: Path) -> None:
    """Simulate the reviews of a folder with tasks and gold anew."""
    from builder.demo import simulate as simulate_reviews

    for name in (*SIMULATED, *(path.name for path in folder.glob("reviews.db*"))):
        (folder / name).unlink()
    simulate_reviews(folder)
