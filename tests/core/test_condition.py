"""Conditions: tests of answers and tags, and what is not known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.condition import Condition, Test

NAMES = st.sampled_from(["one", "two", "three"])
VALUES = st.one_of(st.integers(0, 5), st.sampled_from(["yes", "no"]))


def one_test() -> st.SearchStrategy[dict[str, Any]]:
    """Draw one test in the words of a file."""
    return st.one_of(
        VALUES.map(lambda value: {"equals": value}),
        st.lists(VALUES, min_size=1, max_size=3).map(lambda values: {"in": values}),
        st.integers(0, 5).map(lambda value: {"at_most": value}),
        st.integers(0, 5).map(lambda value: {"at_least": value}),
        VALUES.map(lambda value: {"includes": value}),
        st.booleans().map(lambda value: {"answered": value}),
    )


LEAVES = st.builds(
    lambda subject, name, test: Condition.model_validate({subject: name, **test}),
    st.sampled_from(["answer", "tag"]),
    NAMES,
    one_test(),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Condition(all=tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Condition(any=tuple(parts))),
        inner.map(lambda part: Condition.model_validate({"not": part})),
    ),
    max_leaves=6,
)
ANSWERS = st.dictionaries(NAMES, VALUES)
TAGS = st.none() | st.dictionaries(NAMES, VALUES | st.lists(VALUES, max_size=3))


def opposite(condition: Condition) -> Condition:
    """Return `not condition`."""
    return Condition.model_validate({"not": condition})


@given(CONDITIONS, CONDITIONS, ANSWERS, TAGS)
def test_de_morgan_holds_even_when_tags_are_unknown(
    one: Condition, other: Condition, answers: dict[str, Any], tags: dict[str, Any] | None
) -> None:
    """`not (a and b)` is `not a or not b`, whether the verdict is yes, no or not known."""
    neither = opposite(Condition(all=(one, other)))
    either = Condition(any=(opposite(one), opposite(other)))

    assert neither.holds(answers, tags) is either.holds(answers, tags)


@given(CONDITIONS, ANSWERS, TAGS)
def test_what_is_decided_without_tags_stays_so_with_any_tags(
    condition: Condition, answers: dict[str, Any], tags: dict[str, Any] | None
) -> None:
    """A verdict that was reached without the tags is not overturned by them."""
    verdict = condition.holds(answers, None)

    assert verdict is None or condition.holds(answers, tags) is verdict


@given(CONDITIONS, ANSWERS)
def test_with_tags_at_hand_every_condition_is_decided(condition: Condition, answers: dict[str, Any]) -> None:
    """Only unknown tags leave a condition open; missing answers and missing tags do not."""
    assert condition.holds(answers, {}) in (True, False)


@given(CONDITIONS, ANSWERS, TAGS, NAMES)
def test_answers_that_are_not_used_make_no_difference(
    condition: Condition, answers: dict[str, Any], tags: dict[str, Any] | None, name: str
) -> None:
    """`answers_used` names every criterion that the verdict rests on."""
    without = {key: value for key, value in answers.items() if key != name}

    if name not in condition.answers_used():
        assert condition.holds(answers, tags) is condition.holds(without, tags)


@given(CONDITIONS)
def test_a_condition_reads_back_from_its_own_words(condition: Condition) -> None:
    """Written out as in a file and read again, a condition is the same."""
    plain = condition.model_dump(mode="json", by_alias=True, exclude_none=True)

    assert Condition.model_validate(plain) == condition


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("safety is 'ok'", {"answer": "safety", "equals": "ok"}),
        ("safety is one of 'ok', 2", {"answer": "safety", "in": ["ok", 2]}),
        ("score is at most 2", {"answer": "score", "at_most": 2}),
        ("score is at least 1.5", {"answer": "score", "at_least": 1.5}),
        ("tag subjects includes 'dog'", {"tag": "subjects", "includes": "dog"}),
        ("safety is answered", {"answer": "safety", "answered": True}),
        ("not (safety is not answered)", {"not": {"answer": "safety", "answered": False}}),
        ("(a is 1 and b is 2)", {"all": [{"answer": "a", "equals": 1}, {"answer": "b", "equals": 2}]}),
        ("(a is 1 or b is 2)", {"any": [{"answer": "a", "equals": 1}, {"answer": "b", "equals": 2}]}),
    ],
)
def test_a_condition_is_told_in_words(words: str, plain: dict[str, Any]) -> None:
    """The text of a condition reads like a sentence and tells 3 from '3'."""
    assert str(Condition.model_validate(plain)) == words


@pytest.mark.parametrize(
    ("given_value", "test", "expected"),
    [
        (None, {"equals": "no"}, False),
        (None, {"at_most": 5}, False),
        (None, {"answered": False}, True),
        ([], {"answered": True}, True),
        ("high", {"at_least": 1}, False),
        (["dog", "cat"], {"includes": "cat"}, True),
        ("cat", {"includes": "cat"}, True),
        (0, {"at_least": 0}, True),
        (-1, {"at_least": 0}, False),
    ],
)
def test_a_test_of_one_value(given_value: Any, test: dict[str, Any], expected: bool) -> None:
    """No value fails every test but `answered: false`; text is never compared with a number."""
    assert Test.model_validate(test).passes(given_value) is expected


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ({}, "expected exactly one of all, any, not, answer, tag, got none"),
        ({"answer": "a", "tag": "b", "equals": 1}, "got ['answer', 'tag']"),
        ({"answer": "a"}, "expected exactly one of equals, in, at_most"),
        ({"answer": "a", "equals": 1, "at_most": 2}, "got ['equals', 'at_most']"),
        ({"all": [{"answer": "a", "equals": 1}], "equals": 1}, "needs 'answer' or 'tag' beside it"),
    ],
)
def test_a_condition_tests_exactly_one_thing(plain: dict[str, Any], told: str) -> None:
    """No subject, two subjects, no test, two tests: each is refused with what is allowed."""
    with pytest.raises(ValidationError) as caught:
        Condition.model_validate(plain)

    assert told in str(caught.value)
