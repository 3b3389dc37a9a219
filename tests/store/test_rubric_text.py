"""A rubric as YAML: read back as the equal one, whatever its texts hold, and readable."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_edit import Edit, SetTo, edited
from evalwidgets.store.rubric_text import rubric_yaml
from evalwidgets.store.rubrics import read_rubric

from ..core.rubric_edits import ODD, text_edits
from ..samples import ROOT, every_control

EVERY = every_control()
SHIPPED = sorted((ROOT / "rubrics").glob("*.yaml"))


def again(rubric: Rubric, folder: Path) -> Rubric:
    """Return what is read from the text of a rubric."""
    path = folder / "again.yaml"
    path.write_text(rubric_yaml(rubric), encoding="utf-8", newline="\n")
    return read_rubric(path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_shipped_rubric_comes_back_equal(path: Path, tmp_path: Path) -> None:
    """With the same hash; and its text is no longer than what people wrote, give or take."""
    rubric = read_rubric(path)

    assert rubric == again(rubric, tmp_path)
    assert rubric.hash == again(rubric, tmp_path).hash
    written, by_hand = rubric_yaml(rubric).splitlines(), path.read_text("utf-8").splitlines()
    assert len(written) < 1.3 * len(by_hand)
    assert max(map(len, written)) <= 112


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for many files."""
    return tmp_path_factory.mktemp("rubrics")


@pytest.mark.parametrize("text", [text for text in ODD if text.strip()])
def test_every_odd_text_comes_back(text: str, folder: Path) -> None:
    """Alone in a line, in a list, as help, between braces and in a folded block."""
    places = [
        ("title",),
        ("instructions",),
        ("criteria", "adherence", "levels", "3", "descriptor"),
        ("criteria", "adherence", "variants", "add", "levels", "5"),
        ("criteria", "quality", "na_reasons", "hidden", "name"),
        ("gates", "safety", "options", "ok", "name"),
    ]
    rubric = edited(
        EVERY, [*(SetTo(place=one, to=text) for one in places), SetTo(place=("sources",), to=[text])]
    )

    assert rubric == again(rubric, folder)
    assert rubric.hash == again(rubric, folder).hash


@given(text_edits(EVERY))
@settings(max_examples=50)
def test_any_texts_come_back(folder: Path, edits: tuple[Edit, ...]) -> None:
    """Equal, with the same hash."""
    rubric = edited(EVERY, edits)

    assert rubric == again(rubric, folder)
    assert rubric.hash == again(rubric, folder).hash


def test_another_reader_of_yaml_reads_the_same_texts(folder: Path) -> None:
    """PyYAML, which takes `yes` for true and a date for a day, finds texts."""
    told = "yes"
    rubric = edited(EVERY, [SetTo(place=("title",), to="2026-11-28"), SetTo(place=("owner",), to=told)])

    plain = yaml.safe_load(rubric_yaml(rubric))

    assert ("2026-11-28", told) == (plain["title"], plain["owner"])
    assert "no" == plain["caps"][0]["when"]["equals"]
    assert {5: "All of it was added."} == plain["criteria"][1]["variants"]["add"]["levels"]


def test_what_is_written_is_what_people_would_write() -> None:
    """Keys in the order of thought, no defaults, short things in one line, long texts folded."""
    long = "Look at the whole picture first, then at each part of it, and only then at what was asked for."
    rubric = edited(EVERY, [SetTo(place=("criteria", "adherence", "help"), to=f"{long} {long}")])

    text = rubric_yaml(rubric)

    assert text.startswith("id: every-control\nversion: 1.0.0\ntitle: Every control\nkind: edit\n")
    assert "      - {value: halo, name: Halo}\n" in text
    assert "  - when: {answer: change, equals: 'no'}\n    criterion: adherence\n    at_most: 1\n" in text
    assert "    help: >-\n      Look at the whole picture first" in text
    assert "\ncriteria:\n  - id: change\n    control: yes_no\n" in text
    for left_out in ("status", "null", "weight: 0", "required: true"):
        assert left_out not in text
