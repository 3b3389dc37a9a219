"""Taking in: each kind of problem found and said, nothing lost in silence, nothing from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import evalwidgets as ew
from evalwidgets.errors import TaskError
from evalwidgets.store.intake.intake_report import LEFT_OUT

from .folders import picture, pictures

CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["e2.png", "gone.png", "../o.png", "\ud800.png", "a" * 300 + ".png", "lark", "ok"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)
NAMES = (
    "id",
    "edited",
    "instruction",
    "model",
    "sensitive",
    "source",
    "tags",
    "kind",
    "self",
    "content_note",
    "",
)


def table_of(folder: Path, rows: list[dict[str, object]]) -> Path:
    """Write a table of edits; each row fills in what it does not say."""
    usual = {"original": "o.png", "edited": "e.png", "instruction": "Remove the cup"}
    path = folder / "edits.jsonl"
    path.write_text("".join(json.dumps({**usual, **row}) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an original, its edit, another edit, a lying one and a broken one."""
    inside = tmp_path / "set"
    pictures(inside, "o.png", "e.png", "e2.png")
    picture(inside / "small.png", 50, size=(6, 4))
    picture(inside / "same.png", 17)  # the pixels of e.png
    exif = Image.Exif()
    exif[0x0112] = 6
    picture(inside / "turned.jpg", 99, exif=exif)
    (inside / "broken.png").write_bytes(b"no picture")
    picture(tmp_path / "outside.png")
    (inside / "link.png").symlink_to(tmp_path / "outside.png")
    return inside


PROBLEMS = [
    ({"edited": "gone.png"}, "missing file", "gone.png", 0),
    ({"edited": ""}, "missing file", "no path", 0),
    ({"edited": "../outside.png"}, "outside the folder", "leads outside", 0),
    ({"edited": "link.png"}, "outside the folder", "leads outside", 0),
    ({"edited": "/etc/hostname"}, "outside the folder", "leads outside", 0),
    ({"edited": "a\0b.png"}, "outside the folder", "leads nowhere", 0),
    ({"edited": "broken.png"}, "refused picture", "broken.png: not a picture", 0),
    ({"instruction": "a\0b"}, "unusable row", "NUL", 0),
    ({"instruction": "x" * 30_000}, "unusable row", "30,000 characters", 0),
    ({"edited": "o.png"}, "no-op edit", "every pixel", 1),
    ({"edited": "small.png"}, "size mismatch", "12 x 8 and 6 x 4", 1),
    ({"edited": "turned.jpg"}, "turned by EXIF", "by its EXIF", 1),
    ({"edited": "same.png"}, "same pixels", "those of ok (edited)", 1),
    ({"id": "ok"}, "name clash", "ok is the name of another task", 1),
    ({"id": "lark-7", "model": "lark", "edited": "e2.png"}, "name tells the model", "lark-7", 1),
    ({"instruction": "", "edited": "e2.png"}, "no instruction", "instruction", 1),
]


@pytest.mark.parametrize(("row", "kind", "found", "kept"), PROBLEMS)
def test_each_problem_is_found_and_what_was_done_is_said(
    folder: Path, row: dict[str, object], kind: str, found: str, kept: int
) -> None:
    """The task is kept or left out as the report says, beside a sound one that stays."""
    path = table_of(folder, [{"id": "ok"}, {"id": "odd", **row}])
    report = ew.take_in(ew.guess_intake(path).changed(id="id", edited="edited"), folder)

    rows = report.table(kind)
    assert 1 == len(rows) == report.counts[kind]
    assert found in rows["found"].iloc[0]
    assert ("left out" in rows["done"].iloc[0]) == (not kept)
    assert (1 + kept, 2) == (len(report.tasks), report.rows)
    assert [*report.tasks] == [*ew.read_tasks(folder / "tasks.jsonl")]


def test_a_sound_set_has_nothing_to_report(folder: Path) -> None:
    """Two edits of one original share its source, stay where they are, and make no odd row."""
    path = table_of(folder, [{"model": "lark"}, {"model": "wren", "edited": "e2.png"}])
    report = ew.take_in(ew.guess_intake(path), folder)

    assert ({}, 0) == (report.counts, report.copied)
    assert 1 == len({task.source for task in report.tasks})
    assert "IntakeReport(2 of 2 tasks taken in)" == repr(report)
    assert report.table().empty


def test_pictures_elsewhere_are_copied_by_their_content(folder: Path, tmp_path: Path) -> None:
    """No name of a file comes along; the same file is copied once; a second time nothing changes."""
    path = table_of(folder, [{}, {"edited": "e2.png"}])
    into = tmp_path / "work"
    report = ew.take_in(ew.guess_intake(path), into)

    assert 3 == report.copied == len(list((into / "images").iterdir()))
    assert not any("e2" in one for task in report.tasks for one in task.images.values())
    assert all(report.tasks.path_of(task, role).is_file() for task in report.tasks for role in task.images)
    again = ew.take_in(ew.guess_intake(path), into)
    assert [*report.tasks] == [*again.tasks]
    with pytest.raises(TaskError, match="holds other tasks"):
        ew.take_in(ew.guess_intake(table_of(folder, [{}])), into)


def test_pictures_may_lie_in_another_folder_that_is_named(folder: Path, tmp_path: Path) -> None:
    """Only then, and only inside it."""
    apart = tmp_path / "tables"
    apart.mkdir()
    path = table_of(apart, [{}])

    with pytest.raises(TaskError, match="no task can be taken in"):
        ew.take_in(ew.guess_intake(path), tmp_path / "one")
    assert 1 == len(ew.take_in(ew.guess_intake(path, pictures=folder), tmp_path / "two").tasks)


def test_a_link_in_a_folder_is_not_followed_outside(folder: Path, tmp_path: Path) -> None:
    """Neither one to a file nor one to a folder, not even in a ring."""
    (folder / "up").symlink_to(tmp_path)
    intake = ew.guess_intake(folder, "image")
    report = ew.take_in(intake, tmp_path / "work")

    assert ["link.png"] == [one.found.split("'")[1] for one in report.odd if one.kind == "outside the folder"]
    assert not any(name.startswith("up/") for name in intake.table["image"])


def test_progress_is_told_and_can_stop_the_intake(folder: Path, tmp_path: Path) -> None:
    """The watch hears each picture up to the last; what it raises leaves no manifest behind."""
    heard: list[tuple[int, int]] = []
    intake = ew.guess_intake(table_of(folder, [{}]))
    ew.take_in(intake, tmp_path / "one", watch=lambda *far: heard.append(far))
    assert [(1, 2), (2, 2)] == heard

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ew.take_in(intake, tmp_path / "two", watch=stop)
    assert not (tmp_path / "two").exists()


def test_tags_of_any_type_are_kept(folder: Path) -> None:
    """Lists and numbers of JSONL and Parquet stay what they are, empty cells are no tags."""
    frame = pd.DataFrame(
        {"original": ["o.png"] * 2, "edited": ["e.png", "e2.png"], "instruction": "Do it now",
         "subjects": [["figure", "text"], []], "level": [3, 4], "note": [None, "n"]}
    )  # fmt: skip
    frame.to_parquet(folder / "t.parquet")
    intake = ew.guess_intake(folder / "t.parquet").changed(subjects="subjects", level="level", note="note")
    one, two = ew.take_in(intake, folder).tasks

    assert {"subjects": ("figure", "text"), "level": 3} == one.tags
    assert ("n", 4) == (two.tags["note"], two.tags["level"])


@given(rows=st.lists(st.dictionaries(st.sampled_from(NAMES), CELLS, max_size=4), min_size=1, max_size=3))
@settings(max_examples=40)
def test_whatever_a_row_holds_it_is_taken_or_told(
    rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cells of any shape never stop the intake of the sound rows, and what is written can be read."""
    folder = pictures(tmp_path_factory.mktemp("any"), "o.png", "e.png", "e2.png")
    sound = [{"id": f"ok{n}", "model": "lark", "edited": "e.png"} for n in range(4)]
    intake = ew.guess_intake(table_of(folder, [*sound, *rows]), "edit")
    report = ew.take_in(
        intake.changed(original="original", edited="edited", instruction="instruction"), folder
    )

    out = {one.task for one in report.odd if one.kind in LEFT_OUT}
    assert (len(rows) + 4, len(rows) + 4) == (report.rows, len(report.tasks) + len(out))
    assert [*report.tasks] == [*ew.read_tasks(folder / "tasks.jsonl")]
