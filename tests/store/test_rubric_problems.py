"""Whatever is wrong with a rubric, it is told as a sentence with its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rubric_problems import named, problems_of
from evalwidgets.store.rubric_yaml import Place, Plain, read_plain
from evalwidgets.store.rubrics import rubric_schema

FOLDER = Path(__file__).parents[2] / "rubrics"
SHIPPED = [read_plain(path.read_bytes()) for path in sorted(FOLDER.glob("*.yaml"))]
ODD = st.sampled_from([None, True, 7, 2.5, "", "odd one", [], ["x", 3], {}, {"x": 1}, [[]], [{}]])


def bent(value: Any, place: Place, change: str, odd: Any) -> Any:
    """Return the values with one place replaced, dropped, renamed, or given an extra key."""
    bent_value = copy.deepcopy(value)
    inside = bent_value
    for part in place[:-1]:
        inside = inside[part]
    if change == "replace" or isinstance(inside, list):
        inside[place[-1]] = odd
    elif change == "drop":
        del inside[place[-1]]
    else:
        inside[f"{place[-1]}x"] = inside.pop(place[-1]) if change == "rename" else odd
    return bent_value


@given(
    st.sampled_from(SHIPPED),
    st.randoms(use_true_random=False),
    st.sampled_from(["replace", "drop", "rename", "add"]),
    ODD,
)
def test_a_bent_rubric_is_read_or_told_in_words(plain: Plain, random: Any, change: str, odd: Any) -> None:
    """Any one change gives a rubric, or problems with a line of the file and no word of pydantic's."""
    place = random.choice(list(plain.lines))
    value = bent(plain.value, place, change, odd)
    last = max(plain.lines.values())

    try:
        Rubric.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        problems = problems_of(error, plain._replace(value=value), rubric_schema())

        assert problems
        assert all(1 <= problem.line <= last for problem in problems)
        assert not any("Input should" in problem.message for problem in problems)
        assert all(
            set(problem.place) <= _parts(value) | _keys_that_may_be(rubric_schema()) for problem in problems
        )


def _parts(value: Any) -> set[str | int]:
    """Return every key and every position that occurs in the values."""
    if isinstance(value, dict):
        return set(value).union(*map(_parts, value.values()))
    if isinstance(value, list):
        return set(range(len(value))).union(*map(_parts, value))
    return set()


def _keys_that_may_be(schema: dict[str, Any]) -> set[str | int]:
    models = (schema, *schema["$defs"].values())
    return {key for model in models for key in model["properties"]}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((), ""),
        (("title",), "title"),
        (("criteria", 2, "levels"), "criteria[2].levels"),
        (("criteria", 0, "variants", "add", "levels", "3"), "criteria[0].variants.add.levels.3"),
    ],
)
def test_a_place_is_named_as_in_code(place: Place, expected: str) -> None:
    """Keys with points, positions in brackets."""
    assert named(place) == expected


def test_a_very_long_key_is_cut() -> None:
    """A key of thousands of letters does not fill the screen."""
    assert len(named(("a" * 5000,))) == 60
