"""Rubrics: what is asked when, and what tells two of them apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.criterion import Ordinal
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import UnknownName

from .sample_rubrics import a_rubric, ordinal


def gate(name: str, *only: str) -> dict[str, Any]:
    """Return a gate whose options go on, narrow to `only`, and stop."""
    return {
        "id": name,
        "label": name,
        "question": "?",
        "options": [
            {"value": "go", "name": "Go"},
            {"value": "narrow", "name": "Narrow", "only": list(only)},
            {"value": "stop", "name": "Stop", "next": "stop", "only": list(only)[:1]},
        ],
    }


BRANCHING = a_rubric(
    gates=[gate("first", "second", "sharp", "light"), gate("second", "light")],
    criteria=[
        ordinal("sharp", weight=1),
        ordinal("light", applies_when={"not": {"answer": "sharp", "equals": 1}}),
        ordinal("figure", applies_when={"tag": "subjects", "includes": "figure"}),
    ],
)
OPTIONS = st.sampled_from(["go", "narrow", "stop"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "first": OPTIONS,
        "second": OPTIONS,
        "sharp": st.integers(1, 5),
        "light": st.integers(1, 5),
        "figure": st.integers(1, 5),
    },
)
TAGS = st.sampled_from([None, {}, {"subjects": ("figure",)}])


def asked(rubric: Rubric, values: dict[str, Any], tags: dict[str, Any] | None = None) -> list[str]:
    """Return the ids of what is asked."""
    return [criterion.id for criterion in rubric.asked(values, tags)]


def test_an_open_gate_hides_the_criteria_but_not_the_other_gates() -> None:
    """Before the gates are answered only they are asked."""
    assert asked(BRANCHING, {}) == ["first", "second"]


def test_a_gate_that_stops_hides_all_that_follows() -> None:
    """Not even the next gate is asked, unless `only` names it."""
    assert asked(a_rubric(), {"safety": "violates"}) == ["safety"]
    assert asked(BRANCHING, {"first": "stop", "second": "go"}) == ["first", "second"]


def test_a_gate_that_narrows_leaves_what_it_names() -> None:
    """Of what follows, only the named criteria are asked."""
    assert asked(a_rubric(), {"safety": "narrow"}) == ["safety", "light"]


def test_two_gates_that_narrow_leave_what_both_leave() -> None:
    """The second one cannot bring back what the first one hid."""
    assert asked(BRANCHING, {"first": "narrow", "second": "narrow"}) == ["first", "second", "light"]


def test_answers_to_hidden_criteria_do_not_count() -> None:
    """`light` rests on `sharp`, which the gate hides: its old answer changes nothing."""
    values = {"first": "go", "second": "narrow", "sharp": 1}

    assert asked(BRANCHING, values) == ["first", "second", "light"]


@pytest.mark.parametrize(("tags", "expected"), [(None, True), ({}, False), ({"subjects": ("figure",)}, True)])
def test_what_rests_on_unknown_tags_is_included(tags: dict[str, Any] | None, expected: bool) -> None:
    """Without the task nothing is left out on its account."""
    assert ("figure" in asked(a_rubric(), {"safety": "ok"}, tags)) is expected


@given(VALUES, TAGS)
def test_what_is_asked_keeps_the_order_of_the_rubric(values: dict[str, Any], tags: Any) -> None:
    """Gates before criteria, each once, as the file lists them."""
    order = [criterion.id for criterion in BRANCHING.all]

    assert asked(BRANCHING, values, tags) == sorted(asked(BRANCHING, values, tags), key=order.index)


@given(VALUES, TAGS)
def test_dropping_answers_that_are_not_asked_changes_nothing(values: dict[str, Any], tags: Any) -> None:
    """`asked` depends on live answers alone, so that leftovers of another branch are harmless."""
    now = asked(BRANCHING, values, tags)
    live = {name: value for name, value in values.items() if name in now}

    assert asked(BRANCHING, live, tags) == now


@given(VALUES, TAGS)
def test_only_branching_answers_change_what_is_asked(values: dict[str, Any], tags: Any) -> None:
    """`branching` names every answer that the form has to ask Python about."""
    decisive = {name: value for name, value in values.items() if name in BRANCHING.branching}

    assert asked(BRANCHING, decisive, tags) == asked(BRANCHING, values, tags)


@given(VALUES)
def test_knowing_the_tags_never_asks_for_more(values: dict[str, Any]) -> None:
    """Without the task's tags at least as much is asked as with any tags."""
    without = set(asked(BRANCHING, values, None))

    assert without >= set(asked(BRANCHING, values, {})) | set(
        asked(BRANCHING, values, {"subjects": ("figure",)})
    )


def test_the_hash_is_that_of_the_content() -> None:
    """Equal content has one hash; one changed letter has another."""
    same, other = a_rubric(), a_rubric(title="Samples")

    assert same.hash == a_rubric().hash
    assert other.hash != same.hash


def test_an_unknown_criterion_is_told_with_the_nearest() -> None:
    """The error names the rubric and what was probably meant."""
    with pytest.raises(UnknownName) as caught:
        a_rubric().criterion("shrap")

    assert "No criterion 'shrap' in rubric sample 1.0.0. Did you mean 'sharp'?" in str(caught.value)


def test_words_follow_the_edit_type() -> None:
    """The tag named by `variant_tag` picks the variant."""
    variants = {"add": {"levels": {1: "Nothing was added."}}}
    rubric = a_rubric(gates=[], criteria=[ordinal("sharp", weight=1, variants=variants)])

    worded = rubric.worded("sharp", {"edit_type": "add"})

    assert isinstance(worded, Ordinal)
    assert worded.level(1).descriptor == "Nothing was added."
    assert rubric.worded("sharp") is rubric.criterion("sharp")
