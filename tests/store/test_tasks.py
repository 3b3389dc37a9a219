"""Manifests and gold files: what is read, and every problem with its line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError, TaskError, UnknownName
from evalwidgets.store.tasks import read_gold, read_tasks

from ..samples import an_edit, write_manifest, write_picture

LINE = {"id": "a", "kind": "image", "images": {"image": "a.png"}}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return what writes a manifest: lines that are texts as they are, others as JSON."""

    def manifest(*lines: Any, name: str = "tasks.jsonl", end: str = "\n") -> Path:
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path = tmp_path / name
        path.write_bytes(end.join([*texts, ""]).encode())
        return path

    return manifest


def problems(path: Path) -> list[str]:
    """Return the problems of a manifest, without its folder."""
    with pytest.raises(TaskError) as caught:
        read_tasks(path)
    return [problem.replace(f"{path.parent}/", "") for problem in caught.value.problems]


def test_a_manifest_is_read_in_its_own_order(write: Write) -> None:
    """Tasks come as they stand, with texts, tags and pictures by role."""
    second = an_edit("b", tags={"model": "m", "level": 3, "subjects": ["figure"]}, sensitive=True)

    tasks = read_tasks(write(LINE, "", second.model_dump(mode="json"), "  "))

    assert [task.id for task in tasks] == ["a", "b"]
    assert second == tasks["b"] == tasks[1]
    assert repr(tasks) == "TaskSet(2 tasks)"


def test_csv_says_the_same_as_json(write: Write) -> None:
    """Known columns are texts and pictures, every other column is a tag; empty cells say nothing."""
    path = write(
        "id,kind,original,edited,instruction,sensitive,edit_type,source,",
        'a,edit,a/1.png,a/2.png,"Add a hat, red",yes,add,s1,',
        'b,edit,b/1.png,b/2.png,"Two\nlines",,,,',
        ",,,,,,,,",
        name="tasks.CSV",
    )

    tasks = read_tasks(path)

    images = {"original": "a/1.png", "edited": "a/2.png"}
    first = Task(
        id="a",
        kind="edit",
        images=images,
        instruction="Add a hat, red",
        sensitive=True,
        tags={"edit_type": "add"},
        source="s1",
    )
    assert first == tasks[0]
    assert (tasks[1].instruction, tasks[1].tags, tasks[1].sensitive) == ("Two\nlines", {}, False)
    assert len(tasks) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_of_any_system_are_taken(write: Write, mark: str, end: str) -> None:
    """What Excel and Notepad write reads like anything else."""
    assert read_tasks(write(mark + json.dumps(LINE), end=end))[0].id == "a"
    assert read_tasks(write(f"{mark}id,kind,image", "a,image,a.png", name="t.csv", end=end))[0].id == "a"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_separators_inside_a_text_do_not_break_the_line(write: Write, separator: str) -> None:
    """Prompts that were pasted from elsewhere hold such characters."""
    prompt = f"one{separator}two"
    line = {**LINE, "prompt": prompt}
    raw = json.dumps(line, ensure_ascii=separator < " ")
    cells = f'a,image,a.png,"{prompt}"'

    assert prompt == read_tasks(write(raw))[0].prompt
    assert prompt == read_tasks(write("id,kind,image,prompt", cells, name="t.csv"))[0].prompt


def test_an_empty_manifest_has_no_tasks(write: Write) -> None:
    """A file without a line is read; whoever needs a task says so."""
    assert len(read_tasks(write())) == 0
    assert len(read_tasks(write(name="t.csv"))) == 0


def test_every_problem_of_a_file_is_told_at_once_with_its_line(write: Write) -> None:
    """Broken JSON in one line does not hide the mistakes of the others."""
    path = write(
        LINE,
        "{'id': 'b'}",
        {**LINE, "kind": "imgae"},
        {**LINE, "id": "c", "colour": "red"},
        ["not", "an", "object"],
        LINE,
        {**LINE, "id": "d", "images": {"image": "../d.png"}},
        {**LINE, "id": "e", "images": {}},
    )

    assert problems(path) == [
        "tasks.jsonl:2: expected one JSON object a line: Expecting property name enclosed in double quotes: "
        "line 1 column 2 (char 1)",
        "tasks.jsonl:3: kind: Input should be 'image', 'prompt', 'edit' or 'pair'",
        "tasks.jsonl:4: colour: Extra inputs are not permitted",
        "tasks.jsonl:5: line: Input should be a valid dictionary or instance of Task",
        "tasks.jsonl:6: id: 'a' stands already in line 1",
        "tasks.jsonl:7: images.image: expected a path without '..', got '../d.png'; "
        "give a path inside the manifest's folder",
        "tasks.jsonl:8: line: images: a task of kind 'image' needs the roles image; got none",
    ]


def test_of_very_many_problems_the_first_are_told(write: Write) -> None:
    """Twenty lines are read by a person, a thousand are not; the count of the rest is said."""
    told = problems(write(*({**LINE, "id": str(number), "kind": "x"} for number in range(45))))

    assert len(told) == 21
    assert told[-1] == "... and 25 more problems"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            '{"id": "a", "id": "b", "kind": "image", "images": {"image": "a.png"}}',
            "the key 'id' stands twice",
        ),
        ('{"id": "a", "tags": {"x": NaN}}', "expected a number, got NaN"),
        ('{"id": "a", "tags": {"x": -Infinity}}', "expected a number, got -Infinity"),
        ('{"id": "a\\u0000b", "kind": "image"}', "NUL"),
        ('{"id": "a\\ud83d", "kind": "image"}', "surrogate"),
        ('{"id": ' + "1" * 5000 + "}", "Exceeds the limit"),
        ("[" * 100_000, "nested too deeply|expected one JSON object"),
        ('{"x":' * 900 + "1" + "}" * 900, "nested too deeply|Extra inputs"),
        (json.dumps({**LINE, "id": ""}), "id: String should have at least 1 character"),
        (json.dumps({**LINE, "id": "a" * 201}), "id: String should have at most 200 characters"),
        (json.dumps({**LINE, "sensitive": "perhaps"}), "sensitive: Input should be a valid boolean"),
    ],
)
def test_a_line_that_no_store_or_reader_could_take_is_told(write: Write, line: str, told: str) -> None:
    """Ambiguous, endless or unkeepable content becomes a sentence, never another error."""
    with pytest.raises(TaskError, match=f"tasks.jsonl:1: .*({told})"):
        read_tasks(write(line))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ["id;kind;image", "a;image;a.png"],
            "t.csv:1: expected the columns id and kind, separated by commas",
        ),
        (["id,kind,image,id", "a,image,a.png,b"], "t.csv:1: the column 'id' stands twice"),
        (
            ["id,kind,image,prompt", "a,image,a.png,red, blue"],
            "t.csv:2: 5 cells under 4 columns; put a text that holds a comma into quotes",
        ),
        (["id,kind,image", 'a,image,"a.png'], "t.csv:2: not CSV from here on: unexpected end of data"),
        (["id,kind,image,sensitive", "a,image,a.png,perhaps"], "t.csv:2: sensitive: Input should be"),
        (["id,kind,image", "a,image,a.png", "a,image,b.png"], "t.csv:3: id: 'a' stands already in line 2"),
        (["id,kind,original", "a,image,a.png"], "t.csv:2: line: images: a task of kind 'image' needs"),
    ],
)
def test_a_csv_file_that_would_be_misread_is_told(write: Write, lines: list[str], told: str) -> None:
    """A shifted cell, a lost quote, another separator: nothing is guessed and nothing is dropped."""
    assert problems(write(*lines, name="t.csv"))[0].startswith(told)


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    """Missing, a folder, or not text."""
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(EvalWidgetsError, match="there is no such file; check the path"):
        read_tasks(tmp_path / "tsaks.jsonl")
    with pytest.raises(EvalWidgetsError, match=r"cannot be read \(Is a directory\)"):
        read_tasks(tmp_path)
    with pytest.raises(TaskError, match=r"binary\.jsonl: expected UTF-8 text"):
        read_tasks(tmp_path / "binary.jsonl")


def test_the_hash_of_a_task_follows_its_pictures_and_texts(tmp_path: Path) -> None:
    """Another picture or text is another task; another name for the same bytes is not."""
    tasks = read_tasks(write_manifest(tmp_path, 1))
    task = tasks[0]
    first = tasks.hash_of(task)
    edited = tmp_path / task.images["edited"]
    moved = edited.rename(tmp_path / "moved.png")
    renamed = task.model_copy(update={"images": {**task.images, "edited": "moved.png"}, "id": "other"})

    assert first == tasks.hash_of(renamed)
    assert first != tasks.hash_of(task)
    assert first != tasks.hash_of(renamed.model_copy(update={"instruction": "Add a hat"}))
    write_picture(moved, 99)
    assert first != tasks.hash_of(renamed)


def test_five_thousand_tasks_are_read_quickly(write: Write) -> None:
    """A large round opens in a moment."""
    edit = an_edit("x", tags={"edit_type": "add", "model": "m"}).model_dump(mode="json")
    path = write(*({**edit, "id": f"t{number}"} for number in range(5000)))
    started = time.process_time()

    tasks = read_tasks(path)

    assert len(tasks) == 5000
    assert time.process_time() - started < 3


def test_tasks_are_chosen_by_kind_id_and_tag(tmp_path: Path) -> None:
    """Filters narrow together; a tag with several words matches each of them."""
    tasks = read_tasks(write_manifest(tmp_path, 6))

    assert len(tasks.where(kind="pair")) == 0
    assert [one.id for one in tasks.where(ids=["t03", "t01", "t02"], subjects="figure")] == ["t01", "t03"]
    assert [one.id for one in tasks[1:3]] == ["t01", "t02"]
    assert tasks.folder == tasks[1:3].folder == tasks.where(kind="edit").folder
    with pytest.raises(UnknownName, match=r"No task 't1'\. Did you mean 't01'"):
        tasks["t1"]


def test_a_frame_has_a_row_for_each_task_and_a_column_for_each_tag(tmp_path: Path) -> None:
    """A lead sees the round as a table."""
    frame = read_tasks(write_manifest(tmp_path, 3)).frame()

    assert list(frame["task"]) == ["t00", "t01", "t02"]
    assert {"kind", "instruction", "source", "subjects"} <= set(frame.columns)


def test_gold_is_read_by_task(write: Write) -> None:
    """Each line is the gold of one task."""
    line = {"task": "a", "rubric": "r", "rubric_version": "1.0.0", "answers": {"x": {"accepted": [3, 4]}}}

    gold = read_gold(write(line, {**line, "task": "b"}, name="gold.jsonl"))

    assert list(gold) == ["a", "b"]
    assert gold["a"].answers["x"].accepted == (3, 4)


def test_gold_that_contradicts_itself_is_told_with_its_line(write: Write) -> None:
    """A task twice, and an answer that says two things."""
    line = {"task": "a", "rubric": "r", "rubric_version": "1.0.0", "answers": {"x": {"accepted": [3]}}}
    both = {**line, "task": "b", "answers": {"x": {"accepted": [3], "na": True}}}

    with pytest.raises(TaskError) as caught:
        read_gold(write(line, line, both, name="gold.jsonl"))

    assert "gold.jsonl:2: task: 'a' stands already in line 1" in caught.value.problems[0]
    assert "gold.jsonl:3: answers.x: expected exactly one of accepted" in caught.value.problems[1]
