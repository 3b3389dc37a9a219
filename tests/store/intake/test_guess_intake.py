"""What folders and tables are taken for: by names, by contents, and as corrected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import evalwidgets as ew
from evalwidgets.errors import TaskError, UnknownName

from .folders import pictures

PAIRS = [
    ("cat_original.png", "cat_edited.png"),
    ("before-cat.png", "after-cat.png"),
    ("originals/cat.png", "edits/cat.png"),
    ("cat/source.png", "cat/target.png"),
    ("input/deep/cat.png", "output/deep/cat.png"),
]


@pytest.mark.parametrize(("original", "edited"), PAIRS)
def test_pairs_are_known_by_their_names(tmp_path: Path, original: str, edited: str) -> None:
    """Suffixes, prefixes, folders of roles and folders of pairs are edits."""
    intake = ew.guess_intake(pictures(tmp_path, original, edited))

    assert ("edit", "cat") == (intake.kind, intake.first["id"][0].rsplit("/")[-1])
    assert [original, edited] == intake.first[["original", "edited"]].iloc[0].tolist()
    assert any(one.startswith("original: files like") for one in intake.said)
    assert "model" not in intake.columns


CANDIDATES = [
    ("originals/cat.png", "lark/cat.png", "wren/cat.png"),
    ("cat/original.png", "cat/lark.png", "cat/wren.png"),
    ("cat_before.png", "lark/cat_after.png", "wren/cat_after.png"),
    ("source/cat.png", "edits/lark/cat.png", "edits/wren/cat.png"),
]


@pytest.mark.parametrize("names", CANDIDATES)
def test_folders_of_models_are_candidates_of_one_instruction(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Each model's picture is an edit of the same original; its name is the tag model and no task's name."""
    (pictures(tmp_path, *names) / "instruction.txt").write_text("Remove the cat", encoding="utf-8")
    tasks = ew.take_in(ew.guess_intake(tmp_path), tmp_path).tasks

    assert ["lark", "wren"] == [task.tags["model"] for task in tasks]
    assert 1 == len({task.source for task in tasks})
    assert not any(model in task.id for task in tasks for model in ("lark", "wren"))
    assert 1 == len(ew.side_by_side(tasks, repeats=0))


def test_texts_beside_pictures_say_what_was_asked(tmp_path: Path) -> None:
    """A text named as the picture goes before one for the whole folder."""
    pictures(tmp_path, "cat_original.png", "cat_edited.png", "dog_original.png", "dog_edited.png")
    (tmp_path / "cat.txt").write_text("Remove the cat", encoding="utf-8")
    (tmp_path / "instruction.txt").write_text("Remove it", encoding="utf-8")

    assert ["Remove the cat", "Remove it"] == ew.guess_intake(tmp_path).first["instruction"].tolist()


def test_pictures_without_partners_are_single_images(tmp_path: Path) -> None:
    """Nothing is made up; where folders repeat each other's names, they are models."""
    loose = ew.guess_intake(pictures(tmp_path / "loose", "one.png", "two.png"))
    models = ew.guess_intake(
        pictures(tmp_path / "made", "lark/1.png", "wren/1.png", "lark/2.png", "wren/2.png")
    )

    assert ("image", {"id", "image"}) == (loose.kind, {*loose.columns})
    assert {"lark", "wren"} == {*models.first["model"]}


def test_a_pattern_corrects_a_folder(tmp_path: Path) -> None:
    """What the last star stands for belongs together, what those before stand for is the model."""
    names = ("raw/1.png", "made/lark/1_v2.png", "made/wren/1_v2.png", "raw/2.png")
    intake = ew.guess_intake(pictures(tmp_path, *names)).changed(
        original="raw/*.png", edited="made/*/*_v2.png"
    )

    assert ["lark", "wren"] == intake.first["model"].tolist()
    assert ("raw/*.png", ("raw/2.png",)) == (intake.columns["original"], intake.apart)
    with pytest.raises(TaskError, match="No two files fit"):
        intake.changed(original="nothing/*.png", edited="made/*.png")


COLUMNS: list[tuple[dict[str, list[Any]], str, dict[str, str]]] = [
    (
        {
            "Source Image": ["a.png", "b.png"],
            "target_path": ["c.png", "d.png"],
            "caption": ["Make it so", "Do"],
        },
        "edit",
        {"original": "Source Image", "edited": "target_path", "instruction": "caption"},
    ),
    (
        {"file_name": ["a.png", "b.png"], "prompt": ["a cat", "a dog"], "Model Name": ["lark", "lark"]},
        "prompt",
        {"image": "file_name", "prompt": "prompt", "model": "Model Name"},
    ),
    (
        {"left": ["a.png"] * 2, "right": ["b.png"] * 2, "task_id": ["x", "y"]},
        "pair",
        {"a": "left", "b": "right", "id": "task_id"},
    ),
    (
        {"one": ["a.png"] * 4, "two": ["b.png"] * 4, "what": [f"remove the {i} thing" for i in range(4)]},
        "edit",
        {"original": "one", "edited": "two", "instruction": "what"},
    ),
    (
        {"img": [f"{i}.png" for i in range(6)], "scene": ["street", "beach"] * 3, "id": ["x"] * 6},
        "image",
        {"image": "img", "scene": "scene"},
    ),
]


@pytest.mark.parametrize(("table", "kind", "columns"), COLUMNS)
@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_columns_are_known_by_name_and_content(
    tmp_path: Path, table: dict[str, list[Any]], kind: str, columns: dict[str, str], suffix: str
) -> None:
    """The same table in any format is understood alike, and everything is said."""
    path, frame = tmp_path / f"tasks.{suffix}", pd.DataFrame(table)
    if suffix == "csv":
        frame.to_csv(path, index=False)
    elif suffix == "jsonl":
        frame.to_json(path, orient="records", lines=True)
    else:
        frame.to_parquet(path)
    intake = ew.guess_intake(path)

    assert (kind, columns) == (intake.kind, {**intake.columns} | columns)
    assert {*columns} == {*intake.columns} - {"model"} | ({"model"} & {*columns})
    said = " ".join(intake.said)
    assert all(repr(column) in said for column in table)
    assert intake.path == ew.guess_intake(tmp_path).path  # a folder with one table is that table
    assert repr(intake).startswith(f"Intake('tasks.{suffix}', kind='{kind}', rows=")


def test_nested_objects_are_columns(tmp_path: Path) -> None:
    """Our own manifest is understood: its roles, and its tags without their prefix."""
    row = {
        "id": "t1", "kind": "edit", "images": {"original": "a.png", "edited": "b.png"},
        "instruction": "Remove it", "tags": {"model": "lark", "edit_type": "remove"},
    }  # fmt: skip
    (tmp_path / "tasks.jsonl").write_text(json.dumps(row), encoding="utf-8")
    columns = ew.guess_intake(tmp_path / "tasks.jsonl").columns

    assert ("images.original", "images.edited") == (columns["original"], columns["edited"])
    assert ("tags.model", "tags.edit_type") == (columns["model"], columns["edit_type"])


def test_a_guess_is_corrected_by_name(tmp_path: Path) -> None:
    """A role gets another column or none; what does not exist is named, what is missing is said."""
    pd.DataFrame({"x": ["a.png"], "y": ["b.png"], "w": ["Remove the tall cup"]}).to_csv(
        tmp_path / "t.csv", index=False
    )
    intake = ew.guess_intake(tmp_path / "t.csv")
    turned = intake.changed(original="y", edited="x")

    assert ["b.png", "a.png"] == turned.first[["original", "edited"]].iloc[0].tolist()
    assert "instruction" not in intake.changed(instruction=None).columns
    assert ("A task of kind edit needs the picture edited: say which column it is.",) == intake.changed(
        edited=""
    ).problems
    with pytest.raises(UnknownName, match="No column 'z'"):
        intake.changed(original="z")
    with pytest.raises(UnknownName, match="No kind of task 'edits'"):
        intake.changed(kind="edits")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.csv", None, "there is no such file"),
        ("notes.docx", b"x", "expected a folder or a file of the kind"),
        ("empty.csv", b"", "the file is empty"),
        ("head.csv", b"a,b\n", "has no rows"),
        ("bad.jsonl", b'{"a": 1}\n[2]\n{"a": NaN}\n', "bad.jsonl:2: expected one JSON object"),
        ("bad.parquet", b"PAR1nothing", "this Parquet file cannot be read"),
        ("nul\0.csv", None, "cannot be read|no such file"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    """Missing, of another kind, empty, broken, with a NUL in its name."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TaskError, match=said):
        ew.guess_intake(tmp_path / name)


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    """Hidden files are no pictures of the set."""
    pictures(tmp_path, ".thumbs/a.png")
    with pytest.raises(TaskError, match="No picture among 0 files"):
        ew.guess_intake(tmp_path)
