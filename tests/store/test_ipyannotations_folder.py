"""A folder of shapes: regions come back, and what was drawn since takes their place."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ipyannotations.images.canvases import shapes as their_shapes
from PIL import Image

from evalwidgets.store.exchange.ipyannotations_folder import read_ipyannotations, write_ipyannotations
from evalwidgets.store.exchange.work import Work

from .picture_works import AFTER, a_drawn_work
from .same_work import assert_same_regions
from .works import works

ANY_WORK = st.sampled_from(["edit", "pair"]).flatmap(works)


@settings(max_examples=200)
@given(ANY_WORK)
def test_all_comes_back(work: Work) -> None:
    """What the format carries or has beside it, to the byte of each review's content."""
    with tempfile.TemporaryDirectory() as place:
        write_ipyannotations(work, Path(place))
        back = read_ipyannotations(Path(place))

    assert_same_regions(work, back.work)


def written(folder: Path) -> dict[str, Any]:
    """Return what the file of the edited picture holds."""
    content: dict[str, Any] = json.loads((folder / "shapes/000000-edited.json").read_text(encoding="utf-8"))
    return content


def test_its_own_classes_take_the_shapes(tmp_path: Path) -> None:
    """Each entry's data is what an annotator holds, in pixels of the picture that the file names."""
    write_ipyannotations(a_drawn_work(tmp_path / "in"), tmp_path / "out")
    content = written(tmp_path / "out")
    box, dot = content["reviews"][0]["data"]

    assert content["size"] == list(AFTER)
    assert (tmp_path / "out" / content["picture"]).is_file()
    assert tuple(their_shapes.BoundingBox.from_data(dict(box)).data["xyxy"]) == (10, 20, 30, 45)
    assert tuple(their_shapes.Point.from_data(dict(dot)).data["coordinates"]) == (20, 5)


def test_a_shape_that_was_moved_takes_the_place_of_its_region(tmp_path: Path) -> None:
    """What an annotator changed is a new region; one that was not touched keeps its severity and note."""
    work = a_drawn_work(tmp_path / "in")
    write_ipyannotations(work, tmp_path / "out")
    content = written(tmp_path / "out")
    content["reviews"][0]["data"][1]["coordinates"] = [21, 5]
    (tmp_path / "out/shapes/000000-edited.json").write_text(json.dumps(content), encoding="utf-8")
    back = read_ipyannotations(tmp_path / "out")
    regions = {one["id"]: one for one in back.work.reviews[0].answer("places").value}
    before = {one["id"]: one for one in work.reviews[0].answer("places").value}

    assert {name: regions.pop(name) for name in ("box", "patch")} == {
        name: before[name] for name in ("box", "patch")
    }
    (dot,) = regions.values()
    assert (dot["type"], dot["points"]) == ("point", [[21, 5]])
    assert any("was changed" in one for one in back.left_out)


def test_what_shapes_cannot_hold_is_told(tmp_path: Path) -> None:
    """A severity and a note stand beside the shape, and answers that are no regions are counted."""
    told = write_ipyannotations(a_drawn_work(tmp_path / "in"), tmp_path / "out").left_out

    assert any(one.startswith("1 regions have a severity") for one in told)
    assert "4 answers are no regions; ipyannotations has no place for them." in told
    assert not any("rounded" in one for one in told)


def test_lists_that_someone_saved_are_read_beside_their_pictures(tmp_path: Path) -> None:
    """The picture of the same name gives the size; labels become classes of a made rubric."""
    Image.new("RGB", (60, 40)).save(tmp_path / "cat.png")
    shapes = [{"type": "box", "label": "Bad hand", "xyxy": [1, 2, 30, 50]}]
    (tmp_path / "cat.json").write_text(json.dumps(shapes), encoding="utf-8")
    work, told = read_ipyannotations(tmp_path)
    (region,) = work.reviews[0].answer("where").value

    assert work.tasks["cat"].images == {"image": "cat.png"}
    assert (region["label"], region["points"]) == ("bad_hand", [[1, 2], [30, 40]])
    assert any("moved to its edge" in one for one in told)
