"""Blind pairs of models in the panel: letters, one size, no word of who made which."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import evalwidgets as ew
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet

from ..samples import ROOT, an_edit, write_picture
from .test_blinding import everything_sent

pytestmark = pytest.mark.usefixtures("loud_callbacks")
MODELS = {"larkmaker": (24, 16), "wrenmaker": (48, 32)}


@pytest.fixture
def made(tmp_path: Path) -> TaskSet:
    """Return edits of two models, whose pictures differ in size and are named after them."""
    tasks = []
    for number in range(4):
        write_picture(tmp_path / f"{number}.png", number)
        for model, size in MODELS.items():
            (tmp_path / model).mkdir(exist_ok=True)
            write_picture(tmp_path / model / f"{number}.png", number + 9, size)
            images = {"original": f"{number}.png", "edited": f"{model}/{number}.png"}
            tags = {"model": model, "edit_type": "remove"}
            tasks.append(an_edit(f"{model}-{number}", images=images, tags=tags, source=f"s{number}"))
    return TaskSet(tasks, tmp_path)


def test_pairs_of_models_are_reviewed_blind(
    made: TaskSet, work_store: ReviewStore, sent: list[dict[str, Any]]
) -> None:
    """The panel shows both at one size under letters; only the lead's table names models."""
    pairs = ew.side_by_side(made, repeats=0.5)
    rubric = ew.read_rubric(ROOT / "rubrics" / "pairwise-comparison.yaml")
    panel = ew.open_panel(pairs, rubric, work_store, "ana")
    scenes = (panel._stage.scene, *panel._stage.queue)

    assert 6 == len(pairs) == len(panel.session.order)
    for scene in scenes:
        assert {"a", "b", "original"} == {one["role"] for one in scene["pictures"]}
        assert 1 == len({(one["width"], one["height"]) for one in scene["pictures"]})
    assert not any(model.encode() in everything_sent(sent) for model in MODELS)
    assert set(MODELS) == {str(task.tags["model_a"]) for task in pairs}
