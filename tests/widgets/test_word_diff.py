"""Two texts word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.widgets.word_diff import Words, word_diff


@given(st.text("ab ,.é", max_size=12), st.text("ab ,.é", max_size=12))
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    """What stayed and went is the old one, what stayed and came the new one."""
    pieces = word_diff(before, after)

    assert before == "".join(text for kind, text in pieces if kind != "new")
    assert after == "".join(text for kind, text in pieces if kind != "gone")
    assert all(text for _, text in pieces)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("same", "same", [("same", "same")]),
        ("", "new", [("new", "new")]),
        (
            "One minor difference.",
            "One difference.",
            [("same", "One"), ("gone", " minor"), ("same", " difference.")],
        ),
        (
            "a big red hat",
            "a small blue hat",
            [("same", "a "), ("gone", "big red"), ("new", "small blue"), ("same", " hat")],
        ),
    ],
)
def test_a_rewritten_phrase_reads_as_one(before: str, after: str, pieces: Words) -> None:
    """One phrase out, one phrase in."""
    assert pieces == word_diff(before, after)
