"""The door for rubric files: what it admits, what it refuses, and how it says so."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evalwidgets.errors import EvalWidgetsError, RubricError
from evalwidgets.store import rubric_yaml
from evalwidgets.store.rubrics import list_rubrics, read_rubric, rubric_schema, write_schema

GOOD = """\
id: sample
version: 1.0.0
title: Sample
kind: image
purpose: Try things out.
criteria:
  - id: sharp
    control: ordinal
    label: Sharp
    question: How sharp is it?
    levels:
      - {value: 1, name: Soft, descriptor: Nothing is sharp.}
      - {value: 2, name: Crisp, descriptor: Everything is sharp.}
changelog:
  - {version: 1.0.0, date: 2026-01-31, bump: first, changes: [First.]}
"""


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run with each of the parsers that PyYAML may come with."""
    loader = yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader
    monkeypatch.setattr(rubric_yaml, "_LOADER", loader)
    return str(request.param)


def written(folder: Path, content: str | bytes) -> Path:
    """Write a rubric file."""
    path = folder / "sample.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems(folder: Path, content: str | bytes) -> list[str]:
    """Return what reading the content says, without the folder."""
    path = written(folder, content)
    with pytest.raises(RubricError) as caught:
        read_rubric(path)
    return [problem.replace(str(folder) + "/", "") for problem in caught.value.problems]


def test_a_rubric_is_read(tmp_path: Path, parser: str) -> None:
    """A good file gives a rubric, with dates and versions kept as text."""
    rubric = read_rubric(written(tmp_path, GOOD))

    assert (rubric.id, rubric.version, rubric.changelog[0].date) == ("sample", "1.0.0", "2026-01-31")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path, parser: str) -> None:
    """What Windows editors add changes nothing."""
    plain = read_rubric(written(tmp_path, GOOD))

    again = read_rubric(written(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()))

    assert again.hash == plain.hash


BROKEN = GOOD.replace("    label: Sharp\n", "    lable: Sharp\n").replace(
    "      - {value: 2, name: Crisp, descriptor: Everything is sharp.}\n", "    weight: yes\n    weight: 2\n"
)


def test_all_problems_are_told_at_once_with_line_and_place(tmp_path: Path, parser: str) -> None:
    """Sorted by line, the tag of the control dropped, each with what is allowed."""
    assert problems(tmp_path, BROKEN.replace("kind: image", "kind: imag")) == [
        "sample.yaml:4: kind: expected one of image, prompt, edit, pair, got 'imag'. Did you mean 'image'?",
        "sample.yaml:7: criteria[0].label: is required",
        "sample.yaml:9: criteria[0].lable: unknown key. Did you mean 'label'?",
        "sample.yaml:11: criteria[0].levels: expected at least 2 levels, got 1",
        "sample.yaml:13: criteria[0].weight: expected a number, got 'yes'",
        "sample.yaml:14: criteria[0].weight: used twice, first in line 13; each key may appear once",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "control: ordinal",
            "control: ordnal",
            "8: criteria[0].control: expected one of choice, count, multi, ordinal, preference, regions,"
            " text, words, yes_no, got 'ordnal'. Did you mean 'ordinal'?",
        ),
        (
            "control: ordinal\n",
            "help: x\n",
            "7: criteria[0].control: is required: one of choice, count, multi, ordinal, preference, regions,"
            " text, words, yes_no",
        ),
        ("version: 1.0.0\n", "version: 1.0\n", "2: version: expected text, got 1.0; put it in quotes"),
        ("id: sharp", "id: Sharp", "7: criteria[0].id: expected small letters, digits and underscores"),
        ("value: 1,", "value: one,", "12: criteria[0].levels[0].value: expected a whole number, got 'one'"),
        ("value: 1,", "value: true,", "12: criteria[0].levels[0].value: expected a whole number, got true"),
        (
            "value: 1,",
            "value: 12,",
            "12: criteria[0].levels[0].value: expected a number of at most 9, got 12",
        ),
        ("name: Soft,", "name: ,", "12: criteria[0].levels[0].name: expected text, got nothing"),
        (
            "    levels:",
            "    variants: [a]\n    levels:",
            "11: criteria[0].variants: expected keys with values",
        ),
        (
            "    levels:",
            "    variants: {add: {levels: {one: x}}}\n    levels:",
            "11: criteria[0].variants.add.levels.one: expected a whole number, got 'one'",
        ),
        (
            "    levels:",
            "    applies_when: {answer: sharp, equals: [1]}\n    levels:",
            "11: criteria[0].applies_when.equals: expected text or a whole number, got a list",
        ),
        (
            "    levels:",
            "    applies_when: {answer: sharp}\n    levels:",
            "11: criteria[0].applies_when: expected exactly one of equals, in, at_most",
        ),
        (
            "    levels:",
            "    applies_when: {answer: shrap, equals: 1}\n    levels:",
            "11: criteria[0].applies_when: no earlier criterion 'shrap'. Known: none.",
        ),
        (
            "value: 2,",
            "value: 1,",
            "11: criteria[0].levels: the value 1 is used twice; each may appear once",
        ),
        (
            "changelog:\n  - {version: 1.0.0",
            "changelog:\n  - {version: 1.0.1",
            "15: changelog[0].version: expected the rubric's version 1.0.0, got 1.0.1",
        ),
        ("changes: [First.]", "changes: []", "15: changelog[0].changes: expected at least 1 changes, got 0"),
    ],
)
def test_a_problem_is_told_where_it_stands(tmp_path: Path, old: str, new: str, told: str) -> None:
    """File, line, place, what was given, what is allowed."""
    said = problems(tmp_path, GOOD.replace(old, new, 1))

    assert len(said) == 1
    assert said[0].startswith(f"sample.yaml:{told}")


def test_several_broken_rules_become_several_problems(tmp_path: Path) -> None:
    """The model reports its own rules in one text; each line becomes a problem of its own."""
    extra = "flags: [{id: odd, name: Odd}, {id: odd, name: Odd}]\noverall: {kind: weighted_mean}\n"

    assert problems(tmp_path, GOOD + extra) == [
        "sample.yaml:16: flags: the id 'odd' is used twice; each may appear once",
        "sample.yaml:17: overall: weighted_mean needs a weight above 0 on at least one criterion",
    ]


def test_a_missing_file_is_told_with_its_neighbours(tmp_path: Path) -> None:
    """The nearest name and all others in the folder."""
    written(tmp_path, GOOD)

    with pytest.raises(RubricError) as caught:
        read_rubric(tmp_path / "smaple.yaml")

    assert "no such file. Did you mean 'sample.yaml'?" in str(caught.value)
    assert f"Rubrics in {tmp_path}: sample.yaml." in str(caught.value)


def test_a_folder_is_no_rubric(tmp_path: Path) -> None:
    """It is told what the folder holds."""
    written(tmp_path, GOOD)

    with pytest.raises(RubricError, match=r"a folder, not a file\. Rubrics in .*: sample\.yaml\."):
        read_rubric(tmp_path)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """The message says that not even the folder is there."""
    with pytest.raises(EvalWidgetsError, match="There is no folder"):
        read_rubric(tmp_path / "nowhere" / "sample.yaml")


def test_a_folder_lists_its_rubrics(tmp_path: Path) -> None:
    """By file name; other files are left alone."""
    written(tmp_path, GOOD)
    (tmp_path / "schema.json").write_text("{}")

    assert [tuple(one) for one in list_rubrics(tmp_path)] == [
        (tmp_path / "sample.yaml", "sample", "1.0.0", "Sample")
    ]


def test_the_problems_of_all_files_of_a_folder_are_told(tmp_path: Path) -> None:
    """One broken file does not hide another one."""
    for name in ("one.yaml", "two.yml"):
        (tmp_path / name).write_text(GOOD.replace("kind: image", "kind: x"))

    with pytest.raises(RubricError) as caught:
        list_rubrics(tmp_path)

    assert [Path(problem.split(":")[0]).name for problem in caught.value.problems] == ["one.yaml", "two.yml"]


def test_the_schema_is_written_as_it_is(tmp_path: Path) -> None:
    """The file holds the schema, and its text is the same each time."""
    first = write_schema(tmp_path / "one.json").read_text()

    assert first == write_schema(tmp_path / "two.json").read_text()
    assert yaml.safe_load(first) == rubric_schema()
