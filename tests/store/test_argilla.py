"""Argilla: all comes back, and the records keep its rules."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.core.review import Answer
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.argilla import read_argilla, user_id_of, write_argilla
from evalwidgets.store.exchange.work import Work

from .picture_works import a_drawn_work, an_answered
from .same_work import assert_same
from .works import works

ANY_WORK = st.sampled_from(["edit", "pair"]).flatmap(works)


@settings(max_examples=200)
@given(ANY_WORK)
def test_all_comes_back(work: Work) -> None:
    """What the format carries or has beside it, to the byte of each review's content."""
    with tempfile.TemporaryDirectory() as place:
        write_argilla(work, Path(place))
        back = read_argilla(Path(place))

    assert_same(work, back.work)


@settings(max_examples=50)
@given(ANY_WORK)
def test_records_keep_the_rules_of_argilla(work: Work) -> None:
    """Names, kinds and values that its server takes, one response a person and question, a UUID each."""
    with tempfile.TemporaryDirectory() as place:
        write_argilla(work, Path(place))
        for path in Path(place).glob("*/records.jsonl"):
            settings_of = json.loads((path.parent / "settings.json").read_text(encoding="utf-8"))
            questions = {one["name"]: one for one in settings_of["questions"]}
            assert all(re.fullmatch(r"(?=.*[a-z0-9])[a-z0-9_-]+", name) for name in questions)
            records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
            assert len({one["id"] for one in records}) == len(records)
            for record in records:
                assert set(record["fields"]) <= {one["name"] for one in settings_of["fields"]}
                assert record["status"] in ("pending", "completed")
                for name, responses in record["responses"].items():
                    people = [UUID(one["user_id"]) for one in responses]
                    assert len(set(people)) == len(people)
                    assert all(fits(questions[name], one["value"]) for one in responses)


def fits(question: dict[str, Any], value: Any) -> bool:
    """Return whether a response has the shape that its question asks for (see Argilla's own docs)."""
    if question["type"] == "rating":
        return type(value) is int and value in question["values"] and 0 <= value <= 10
    if question["type"] == "label_selection":
        return value in question["labels"]
    if question["type"] == "multi_label_selection":
        return bool(value) and set(value) <= set(question["labels"])
    return isinstance(value, str) and value != ""


def test_a_reviewer_has_the_same_id_in_every_file(tmp_path: Path) -> None:
    """It follows from the name; a second revision stands in a record of its own."""
    work = a_drawn_work(tmp_path / "in")
    rubric = next(iter(work.rubrics.values()))
    later = an_answered(rubric, {"quality": Answer(value=3)}, revision=2, reason="I looked again.")
    write_argilla(Work(work.tasks, work.rubrics, (*work.reviews, later)), tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*/records.jsonl")
    first, second = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    assert (first["id"], second["id"]) == ("t0", "t0 (2)")
    for record, value in ((first, 4), (second, 3)):
        expected = {"value": value, "user_id": user_id_of("ana"), "status": "submitted"}
        assert record["responses"]["quality"] == [expected]


def test_what_no_question_asks_is_told(tmp_path: Path) -> None:
    """A second level and regions, which the work has; flags are not named, for there are none."""
    told = " ".join(write_argilla(a_drawn_work(tmp_path / "in"), tmp_path / "out").left_out)

    assert "no question for second levels (1 here)" in told
    assert "answers of regions, of marked words, and empty ones (1 here)" in told
    assert "flags" not in told


def test_a_response_off_the_scale_is_refused_with_its_place(tmp_path: Path) -> None:
    """As every file that does not fit its rubric."""
    write_argilla(a_drawn_work(tmp_path / "in"), tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*/records.jsonl")
    record = json.loads(path.read_text(encoding="utf-8"))
    record["responses"]["quality"][0]["value"] = 6
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(
        ExchangeError, match=r"records.jsonl:1.*quality: expected one of 1, 2, 3, 4, 5, got 6"
    ):
        read_argilla(tmp_path / "out")
