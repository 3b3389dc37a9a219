"""COCO: regions come back, pycocotools reads them, and files of others are understood."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evalwidgets.core.review import Answer
from evalwidgets.store.exchange.coco import read_coco, write_coco
from evalwidgets.store.exchange.work import Work

from ..samples import a_region
from .picture_works import AFTER, BEFORE, a_drawn_work, an_answered
from .same_work import assert_same_regions
from .works import a_work_rubric, works

ANY_WORK = st.sampled_from(["edit", "pair"]).flatmap(works)


@settings(max_examples=200)
@given(ANY_WORK)
def test_all_comes_back(work: Work) -> None:
    """What the format carries or has beside it, to the byte of each review's content."""
    with tempfile.TemporaryDirectory() as place:
        write_coco(work, Path(place))
        back = read_coco(Path(place))

    assert_same_regions(work, back.work)


def test_boxes_are_pixels_of_the_copy(tmp_path: Path) -> None:
    """An entry for each task and role; a box has left, top, width and height of the picture it lies on."""
    write_coco(a_drawn_work(tmp_path / "in"), tmp_path / "out")
    content = json.loads((tmp_path / "out/coco.json").read_text(encoding="utf-8"))
    images = {one["role"]: one for one in content["images"]}
    box, dot, patch = content["annotations"]

    assert (images["original"]["width"], images["original"]["height"]) == BEFORE
    assert (images["edited"]["width"], images["edited"]["height"]) == AFTER
    assert (box["image_id"], box["bbox"], box["area"]) == (images["edited"]["id"], [10, 20, 20, 25], 500)
    assert (dot["keypoints"], dot["num_keypoints"]) == ([20, 5, 2], 1)
    assert (patch["image_id"], patch["area"]) == (images["original"]["id"], 2400)
    assert box["attributes"]["note"] == "A rim"
    assert {one["name"] for one in content["categories"]} == {"(no class)", "halo"}


def test_pycocotools_reads_and_paints_what_is_written(tmp_path: Path) -> None:
    """Its index holds every annotation, and the mask that it paints covers the box that was marked."""
    from pycocotools.coco import COCO

    write_coco(a_drawn_work(tmp_path / "in"), tmp_path / "out")
    coco = COCO(str(tmp_path / "out/coco.json"))
    box, _dot, patch = coco.loadAnns(coco.getAnnIds())

    assert len(coco.getImgIds()) == 2
    assert [it["name"] for it in coco.loadCats(box["category_id"])] == ["halo"]
    mask = coco.annToMask(box)
    assert mask.shape == (AFTER[1], AFTER[0])
    assert mask.sum() == 500
    assert mask[20:45, 10:30].all()
    assert coco.annToMask(patch).sum() == pytest.approx(2400, rel=0.05)
    for one in coco.loadImgs(coco.getImgIds()):
        with Image.open(tmp_path / "out" / one["file_name"]) as image:
            assert image.size == (one["width"], one["height"])


def test_what_is_no_region_is_told(tmp_path: Path) -> None:
    """The four other answers are counted, and reading says that the review is not whole."""
    written = write_coco(a_drawn_work(tmp_path / "in"), tmp_path / "out")

    assert "4 answers are no regions; COCO has no place for them." in written.left_out
    assert "regions alone" in " ".join(read_coco(tmp_path / "out").left_out)


@settings(max_examples=50)
@given(st.integers(1, 4000), st.integers(1, 4000))
def test_regions_of_a_picture_that_was_resized_come_back(width: int, height: int) -> None:
    """COCO has them in the copy's pixels, the region in those of the picture it was drawn on."""
    size = (width, height)
    region = a_region(type="polygon", points=((0, 0), (width, 0), (width / 3, height)), size=size)
    rubric = a_work_rubric()
    with tempfile.TemporaryDirectory() as place:
        drawn = a_drawn_work(Path(place) / "in", rubric)
        review = an_answered(rubric, {"places": Answer(value=[region])})
        work = Work(drawn.tasks, drawn.rubrics, (review,))
        write_coco(work, Path(place) / "out")
        back = read_coco(Path(place) / "out")

    assert_same_regions(work, back.work)


def test_files_of_others_are_read_and_each_guess_told(tmp_path: Path) -> None:
    """Boxes, polygons in several parts and visible keypoints are regions; masks by run lengths are not."""
    place = {"image_id": 5, "category_id": 2, "iscrowd": 0}
    parts = [[0, 0, 10, 0, 10, 10], [20, 20, 30, 20, 30, 30, 20, 30]]
    content = {
        "images": [{"id": 5, "width": 100, "height": 50, "file_name": "cats/1.png"}],
        "categories": [{"id": 2, "name": "Bad hand"}],
        "annotations": [
            {**place, "id": 1, "bbox": [10, 10, 30, 20]},
            {**place, "id": 2, "bbox": [0, 0, 30, 30], "segmentation": parts},
            {**place, "id": 3, "bbox": [1, 2, 3, 4], "segmentation": {"counts": "x", "size": [50, 100]}},
            {**place, "id": 4, "bbox": [0, 0, 1, 1], "keypoints": [7, 8, 2, 0, 0, 0]},
            {**place, "id": 5, "bbox": [90, 40, 30, 30]},
        ],
    }
    (tmp_path / "instances.json").write_text(json.dumps(content), encoding="utf-8")
    work, told = read_coco(tmp_path)
    regions = work.reviews[0].answer("where").value

    assert work.tasks["5"].images == {"image": "cats/1.png"}
    assert [one["type"] for one in regions] == ["box", "polygon", "polygon", "box", "point", "box"]
    assert regions[-1]["points"] == [[90, 40], [100, 50]]
    assert {one["label"] for one in regions} == {"bad_hand"}
    for guess in ("made from the labels", "run lengths", "moved to its edge", "1970-01-01"):
        assert guess in " ".join(told)
