"""Label Studio: all comes back, its own SDK takes it, and its own files are read with each guess told."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evalwidgets.core.review import Answer
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.pictures.door import open_image
from evalwidgets.store.exchange.label_studio import read_label_studio, write_label_studio
from evalwidgets.store.exchange.work import Work
from evalwidgets.store.tasks import TaskSet

from ..samples import LEVELS, criterion
from .picture_works import AFTER, BEFORE, a_drawn_work, an_answered
from .same_work import assert_same
from .works import a_work_rubric, works

ANY_WORK = st.sampled_from(["edit", "pair"]).flatmap(works)


@settings(max_examples=200)
@given(ANY_WORK)
def test_all_comes_back(work: Work) -> None:
    """Tasks but for the paths of their pictures, rubrics, and reviews to the last byte of their content."""
    with tempfile.TemporaryDirectory() as place:
        write_label_studio(work, Path(place))
        back = read_label_studio(Path(place))

    assert_same(work, back.work)
    assert back.left_out == ()


@settings(max_examples=25)
@given(ANY_WORK)
def test_the_sdk_of_label_studio_takes_what_is_written(work: Work) -> None:
    """Its config, its tasks and every annotation are valid by label-studio-sdk, two-image tasks included."""
    from label_studio_sdk.label_interface import LabelInterface
    from label_studio_sdk.label_interface.objects import TaskValue

    with tempfile.TemporaryDirectory() as place:
        write_label_studio(work, Path(place))
        for path in Path(place).rglob("tasks.json"):
            interface = LabelInterface((path.parent / "config.xml").read_text(encoding="utf-8"))
            interface.validate()
            for task in json.loads(path.read_text(encoding="utf-8")):
                TaskValue.model_validate(task)
                assert interface.validate_task({"data": task["data"]})
                for annotation in task["annotations"]:
                    # validate_prediction applies the same checks and, unlike validate_annotation, names them.
                    assert interface.validate_prediction(annotation, return_errors=True) == []
                    assert interface.validate_annotation(annotation)


def annotation_of(place: Path) -> dict[str, Any]:
    """Return the first annotation of the first task in a written project."""
    tasks = json.loads((place / "tasks.json").read_text(encoding="utf-8"))
    annotation: dict[str, Any] = tasks[0]["annotations"][0]
    return annotation


def test_a_region_is_in_percent_of_its_own_picture(tmp_path: Path) -> None:
    """The two pictures of an edit differ in size; each result names the one that it lies on."""
    write_label_studio(a_drawn_work(tmp_path / "in"), tmp_path / "out")
    results = annotation_of(tmp_path / "out")["result"]
    box, dot, patch = (one for one in results if "original_width" in one)

    assert (box["to_name"], box["original_width"], box["original_height"]) == ("edited", 40, 50)
    sides = {"x": 25.0, "y": 40.0, "width": 50.0, "height": 50.0, "rotation": 0}
    assert box["value"] == {**sides, "rectanglelabels": ["halo"]}
    assert box["meta"]["text"] == ["A rim"]
    assert (dot["value"]["x"], dot["value"]["y"], dot["type"]) == (50.0, 10.0, "keypointlabels")
    assert (patch["to_name"], patch["original_width"]) == ("original", 80)
    assert patch["value"]["points"] == [[0.0, 0.0], [100.0, 0.0], [0.0, 100.0]]


def test_the_pictures_tell_nothing_but_their_pixels(tmp_path: Path) -> None:
    """Names are hashes, metadata are gone, and what stood upright by its EXIF stands upright by itself."""
    work = a_drawn_work(tmp_path / "in")
    write_label_studio(work, tmp_path / "out")
    back = read_label_studio(tmp_path / "out").work
    task = back.tasks["t0"]

    assert task.tags == {"model": "flux"}
    for role, size in (("original", BEFORE), ("edited", AFTER)):
        path = back.tasks.path_of(task, role)
        assert "flux" not in path.name
        assert b"flux" not in path.read_bytes()
        with Image.open(path) as image:
            assert image.size == size
            assert not image.getexif()
        seen = open_image(work.tasks.path_of(work.tasks["t0"], role))
        assert open_image(path).tobytes() == seen.tobytes()


def test_what_it_does_not_show_is_told_and_only_that(tmp_path: Path) -> None:
    """A second level and a severity are named; revisions are not, for there are none."""
    told = " ".join(write_label_studio(a_drawn_work(tmp_path / "in"), tmp_path / "out").left_out)

    assert "no second levels (1 here)" in told
    assert "no severities and causes of regions (1 here)" in told
    assert "revisions" not in told
    assert write_label_studio(Work(TaskSet([], tmp_path), {}, ()), tmp_path / "none").left_out == ()


def test_what_was_changed_in_label_studio_wins(tmp_path: Path) -> None:
    """A rating that another person lowered there is the answer, and all else stays."""
    work = a_drawn_work(tmp_path / "in")
    write_label_studio(work, tmp_path / "out")
    tasks = json.loads((tmp_path / "out/tasks.json").read_text(encoding="utf-8"))
    for one in tasks[0]["annotations"][0]["result"]:
        if one["from_name"] == "quality":
            one["value"]["rating"] = 2
    (tmp_path / "out/tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    (review,) = read_label_studio(tmp_path / "out").work.reviews

    expected = {**work.reviews[0].values, "quality": 2}
    assert review.values == expected
    assert review.answer("quality").second == 5


def test_levels_from_nought_and_ties_are_choices(tmp_path: Path) -> None:
    """Stars begin at 1 and a pair of LS has no tie, so both become Choices, and come back as they were."""
    levels = [{**level, "value": level["value"] - 1} for level in LEVELS]
    content = a_work_rubric(kind="pair").model_dump(mode="json", by_alias=True)
    content["criteria"] = [criterion("quality", "ordinal", levels=levels), content["criteria"][-1]]
    rubric = Rubric.model_validate(content)
    task = Task(id="t0", kind="pair", images={"a": "a.png", "b": "b.png"})
    answers = {"quality": Answer(value=0), "better": Answer(value="tie")}
    work = Work(TaskSet([task], tmp_path), {rubric.hash: rubric}, (an_answered(rubric, answers),))
    write_label_studio(work, tmp_path / "out")
    results = {one["from_name"]: one for one in annotation_of(tmp_path / "out")["result"]}

    assert results["quality"]["value"] == {"choices": ["0"]}
    assert results["better"]["value"] == {"choices": ["tie"]}
    assert read_label_studio(tmp_path / "out").work.reviews == work.reviews


def said(name: str, kind: str, to: str = "after", **value: Any) -> dict[str, Any]:
    """Return a result as Label Studio writes it; regions lie on pictures of 200 x 100 pixels."""
    size = {"original_width": 200, "original_height": 100} if "label" in name else {}
    return {"from_name": name, "to_name": to, "type": kind, **size, "value": value}


_TURNED = {"x": 50, "y": 50, "width": 10, "height": 20, "rotation": 90}
THEIR_OWN: list[dict[str, Any]] = [
    {
        "id": 7,
        "data": {
            "before": "images/b.png",
            "after": "/data/local-files/?d=images/a.png",
            "prompt": "Add a hat",
        },
        "annotations": [
            {
                "id": 70,
                "completed_by": {"id": 3, "email": "ana@example.org"},
                "was_cancelled": False,
                "lead_time": 41.5,
                "created_at": "2026-03-02T12:00:00.5Z",
                "result": [
                    said("Overall quality", "rating", rating=4),
                    said("match", "choices", choices=["Partly"]),
                    said("why", "textarea", text=["a", "b"]),
                    said("label", "rectanglelabels", **_TURNED, rectanglelabels=["Bad hand"]),
                    said("label", "brushlabels", "before", rle=[1, 2], brushlabels=["Bad hand"]),
                ],
            },
            {"id": 71, "completed_by": 4, "was_cancelled": True, "result": []},
        ],
    }
]


def test_its_own_export_is_read_and_each_guess_told(tmp_path: Path) -> None:
    """Without a rubric one is made of the controls; a turned box becomes a polygon on the right picture."""
    (tmp_path / "tasks.json").write_text(json.dumps(THEIR_OWN), encoding="utf-8")
    work, guesses = read_label_studio(tmp_path)
    first, skipped = work.reviews
    (region,) = first.answer("label").value

    assert work.tasks["7"].images == {"original": "images/b.png", "edited": "images/a.png"}
    assert (first.reviewer, first.seconds) == ("ana@example.org", 41.5)
    assert (first.answer("overall_quality").value, first.answer("match").value) == (4, "partly")
    assert first.answer("why").value == "a\nb"
    assert (region["role"], region["type"], region["label"]) == ("edited", "polygon", "bad_hand")
    assert region["points"] == [[100, 50], [100, 70], [80, 70], [80, 50]]
    assert skipped.state == "skipped"
    told = " ".join(guesses)
    for guess in ("no rubric fits", "before = original", "brushlabels", "1970-01-01", "imported"):
        assert guess in told
    assert read_label_studio(tmp_path).work.reviews == work.reviews


def test_its_own_export_is_read_by_the_rubric_that_fits(tmp_path: Path) -> None:
    """Controls that are called as our criteria are answers to them; an answer off the scale is told."""
    results = [
        said("quality", "rating", "original", rating=4),
        said("change", "choices", "original", choices=["Yes"]),
        said("number", "number", "original", number=3.5),
    ]
    data = {"original": "b.png", "edited": "a.png", "instruction": "Add a hat"}
    rows = [{"data": data, "annotations": [{"completed_by": 1, "result": results}]}]
    (tmp_path / "tasks.json").write_text(json.dumps(rows), encoding="utf-8")
    rubric = a_work_rubric()
    work, guesses = read_label_studio(tmp_path, {rubric.hash: rubric})

    assert work.reviews[0].values == {"quality": 4, "change": "yes"}
    assert work.reviews[0].rubric_hash == rubric.hash
    assert any("whole number from 0 to 20" in one for one in guesses)
