"""What was measured of an edit, as the stage shows it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from evalwidgets.core.task import Task
from evalwidgets.errors import ImageError
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.evidence_view import evidence_view

from ..samples import an_edit

SIZE = (160, 120)


def scenery() -> Image.Image:
    """Return a picture with something to see everywhere."""
    picture = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    for place in range(0, 160, 16):
        ImageDraw.Draw(picture).ellipse(
            (place, place // 2, place + 9, place // 2 + 12), fill=(200, place, 90)
        )
    return picture


@pytest.fixture
def edit(tmp_path: Path) -> tuple[TaskSet, Task]:
    """Return an edit that put a red box on a picture."""
    task = an_edit("t1")
    scenery().save(tmp_path / task.images["original"])
    edited = scenery()
    ImageDraw.Draw(edited).rectangle((90, 30, 130, 70), fill=(250, 20, 20))
    edited.save(tmp_path / task.images["edited"])
    return TaskSet([task], tmp_path), task


def test_a_view_is_json_with_a_layer_in_the_shape_of_the_edit(edit: tuple[TaskSet, Task]) -> None:
    """The layer lights what changed and dims the rest; words and light are those of the evidence."""
    told = evidence_view(*edit)

    layer = Image.open(io.BytesIO(told["overlay"].data))
    assert (layer.mode, layer.size, (told["width"], told["height"])) == ("RGBA", SIZE, SIZE)
    dimmed, lit = layer.getpixel((20, 100)), layer.getpixel((110, 50))
    assert dimmed[3] > 100  # type: ignore[index]
    assert lit[3] == 0  # type: ignore[index]
    assert told["trust"] == "good"
    assert told["trust_sentence"]
    assert json.dumps({**told, "overlay": ""})


def test_where_nothing_changed_there_is_no_layer(edit: tuple[TaskSet, Task]) -> None:
    """The fact is told in words."""
    tasks, task = edit
    scenery().save(tasks.path_of(task, "edited"))

    told = evidence_view(tasks, task)

    assert (told["overlay"], told["width"], told["height"]) == (None, 0, 0)
    assert "Identical pixels." in told["sentences"]


def test_a_picture_that_cannot_be_read_is_an_error_of_the_house(edit: tuple[TaskSet, Task]) -> None:
    """Whoever shows the view can catch it."""
    tasks, task = edit
    tasks.path_of(task, "edited").write_bytes(b"no picture")

    with pytest.raises(ImageError):
        evidence_view(tasks, task)
