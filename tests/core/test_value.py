"""Values: frozen, and hashed over one canonical text."""

from __future__ import annotations

import json
import math
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.value import Value, canonical_json, clean_json, clean_text, content_hash

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


class Point(Value):
    """A value to try."""

    x: int


def test_a_value_cannot_be_changed() -> None:
    """Assigning to an attribute is refused."""
    point = Point(x=1)

    with pytest.raises(ValidationError, match="frozen"):
        point.x = 2  # type: ignore[misc]


def test_a_key_that_a_value_does_not_have_is_refused() -> None:
    """An unknown key is an error, not lost."""
    with pytest.raises(ValidationError, match="y"):
        Point.model_validate({"x": 1, "y": 2})


@given(PLAIN)
def test_canonical_json_reads_back_as_what_went_in(value: Any) -> None:
    """Nothing but the spelling of texts (NFC) is changed."""
    assert clean_json(value) == json.loads(canonical_json(value))


@given(st.dictionaries(TEXTS, st.integers(), max_size=5), st.randoms())
def test_the_order_of_keys_does_not_change_the_hash(value: dict[str, int], chance: Any) -> None:
    """Two mappings with the same content have one canonical text and one hash."""
    keys = list(value)
    chance.shuffle(keys)

    assert content_hash(value) == content_hash({key: value[key] for key in keys})


@given(TEXTS)
def test_a_text_has_one_hash_however_its_accents_are_composed(text: str) -> None:
    """Composed and decomposed forms of one text are the same text."""
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert content_hash(composed) == content_hash(decomposed)


@given(PLAIN, PLAIN)
def test_different_values_have_different_hashes(one: Any, other: Any) -> None:
    """Hashes are equal exactly when the canonical texts are."""
    same = canonical_json(one) == canonical_json(other)

    assert same == (content_hash(one) == content_hash(other))


@pytest.mark.parametrize(
    ("text", "told"),
    [("a\x00b", "NUL"), ("a\ud83d", "surrogate pair at character 1"), ("\udc00", "surrogate")],
)
def test_text_that_no_store_can_keep_is_refused(text: str, told: str) -> None:
    """NUL and half of a surrogate pair are refused with a sentence, also as a key or deep inside."""
    with pytest.raises(ValueError, match=told):
        clean_text(text)
    with pytest.raises(ValueError, match=told):
        canonical_json([{"deep": [text]}])
    with pytest.raises(ValueError, match=told):
        canonical_json({text: 1})


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_json_has_no_word_for_is_refused(number: float) -> None:
    """NaN and the infinities never enter a canonical text."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"x": [number]})
