"""Big pictures on the stage: a preview in the scene, and tiles for whoever looks closer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from PIL import Image

from evalwidgets.core.task import Task
from evalwidgets.store import tiles
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import scenes
from evalwidgets.widgets.scenes import Scenes

from ..samples import write_picture
from .test_scenes import Sent

SIZE = (150, 100)
Shown: TypeAlias = tuple[Scenes, Sent, dict[str, Any], Path]


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call pictures of more than 8,000 pixels big, in previews of at most 48 and tiles of 32."""
    monkeypatch.setattr(tiles, "LARGE", 8_000)
    monkeypatch.setattr(tiles, "PREVIEW_SIDE", 48)
    for module in (tiles, scenes):
        monkeypatch.setattr(module, "TILE", 32)


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """Return what shows one big picture: the scenes, their stage, the picture's entry, its file."""
    path = write_picture(tmp_path / "big.png", 3, SIZE)
    task = Task.model_validate({"id": "t", "kind": "image", "images": {"image": path.name}})
    stage = Sent()
    made = Scenes(TaskSet([task], tmp_path), stage)
    return made, stage, made.of_task(task)["pictures"][0], path


def fetched(made: Scenes, stage: Sent, name: str) -> np.ndarray:
    """Return the pixels of a picture or a tile, asked for part by part."""
    stage.parts.clear()
    made.send_part(name, 0)
    while (got := sum(len(part[3]) for part in stage.parts)) < stage.parts[0][2]:
        made.send_part(name, got)
    assert {name} == {part[0] for part in stage.parts}
    return np.asarray(Image.open(io.BytesIO(b"".join(part[3] for part in stage.parts))))


def test_a_big_picture_is_a_preview_with_its_whole_size_and_its_tiles(shown: Shown) -> None:
    """The browser learns the size of the file, and which tiles it may ask for."""
    made, stage, entry, _ = shown

    assert (entry["width"], entry["height"]) == SIZE
    assert entry["tiles"] == {"size": 32, "factors": [1, 2]}
    assert fetched(made, stage, entry["picture"]).shape[:2] == (25, 38)


def test_tiles_make_up_the_file_pixel_by_pixel(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """All tiles of full resolution, laid side by side, are the picture; also when they come in parts."""
    made, stage, entry, path = shown
    monkeypatch.setattr(scenes, "PART", 500)

    rows = [
        np.hstack([fetched(made, stage, f"{entry['picture']}@1/{column}/{row}") for column in range(5)])
        for row in range(4)
    ]

    assert np.array_equal(np.vstack(rows), np.asarray(Image.open(path)))
    assert fetched(made, stage, f"{entry['picture']}@2/2/1").shape[:2] == (18, 11)


@pytest.mark.parametrize(
    "place", ["4/0/0", "3/0/0", "0/0/0", "1/5/0", "1/0/4", "1/-1/0", "1/0", "", "1/0/0/0", "1/99999/0"]
)
def test_a_tile_that_was_not_offered_is_answered_as_missing(shown: Shown, place: str) -> None:
    """No other factor, no place outside, no other name leads to a picture."""
    made, stage, entry, _ = shown
    name = f"{entry['picture']}@{place}"

    made.send_part(name, 0)

    assert ([name], []) == (stage.missing, stage.parts)


def test_a_tile_of_a_picture_that_no_scene_has_is_missing(shown: Shown) -> None:
    """Only what was laid out can be asked for."""
    made, stage, *_ = shown
    name = f"{'0' * 64}@1/0/0"

    made.send_part(name, 0)

    assert [name] == stage.missing


def test_a_file_that_changed_gives_no_tile_under_the_old_name(shown: Shown) -> None:
    """Never are tiles of another picture laid over a preview."""
    made, stage, entry, path = shown
    path.unlink()
    write_picture(path, 9, SIZE)

    made.send_part(f"{entry['picture']}@1/0/0", 0)

    assert [f"{entry['picture']}@1/0/0"] == stage.missing


def test_a_picture_of_usual_size_has_no_tiles(tmp_path: Path) -> None:
    """Its entry is as it always was."""
    path = write_picture(tmp_path / "small.png", 3, (80, 100))
    task = Task.model_validate({"id": "t", "kind": "image", "images": {"image": path.name}})

    [entry] = Scenes(TaskSet([task], tmp_path), Sent()).of_task(task)["pictures"]

    assert "tiles" not in entry
