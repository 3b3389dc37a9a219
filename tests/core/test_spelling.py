"""The same words spelt otherwise, and words that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.spelling import same_meaning

SAME = [
    ("One visible error.", "one visible error"),
    ("The colour is off", "The color is off"),
    ("Recieved as asked", "Received as asked"),
    ("A seperate part", "A separate part"),
    ("It occured once", "It occurred once"),
    ("It is organised", "It is organized"),
    ("Clean, natural", "Clean - natural"),
    ("Two  spaces", "Two spaces"),
]
OTHER = [
    ("An error is visible", "An error is invisible"),
    ("One error", "One errors"),
    ("Two errors", "Ten errors"),
    ("A minor error", "A major error"),
    ("At most 2 errors", "At most 3 errors"),
    ("Under 1.5", "Under 15"),
    ("Below -1", "Below 1"),
    ("x > 2", "x < 2"),
    ("About 5 %", "About 5"),
    ("Seen at once", "Not seen at once"),
    ("A larger part", "A large part"),
    ("Three parts", "There parts"),
    ("A colour and a flavour", "A color and a flavor"),
    ("It is there", "It is these"),
    ("most of it", "must of it"),
    ("Another shape", "Another shade"),
    ("A slight edge", "A sight edge"),
    ("A small trace", "A smell trace"),
    ("Seen through it", "Seen though it"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_case_and_punctuation_keep_the_meaning(one: str, other: str) -> None:
    """The same words, spelt otherwise, say the same, whichever comes first."""
    assert same_meaning(one, other)
    assert same_meaning(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_word_number_or_sign_changes_the_meaning(one: str, other: str) -> None:
    """In doubt two texts say different things, whichever comes first."""
    assert not same_meaning(one, other)
    assert not same_meaning(other, one)


@given(st.text(), st.text())
def test_the_order_of_the_texts_makes_no_difference(one: str, other: str) -> None:
    """What is the same one way is the same the other way; a text is the same as itself."""
    assert same_meaning(one, other) == same_meaning(other, one)
    assert same_meaning(one, one)
