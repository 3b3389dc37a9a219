"""The deciding phrase: words of the descriptor that the reasons repeat, or none at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.deciding_phrase import deciding_phrase

WORD = st.sampled_from(
    [
        "one",
        "minor",
        "difference",
        "outside",
        "the",
        "request,",
        "nothing.",
        "is",
        "seen",
        "(at",
        "size)",
        "and",
        "of",
    ]
)
TEXT = st.lists(WORD, max_size=14).map(" ".join)


def phrase(descriptor: str, *grounds: str, beside: tuple[str, ...] = ()) -> str:
    """Return the deciding words; empty when there are none."""
    return "".join(piece.text for piece in deciding_phrase(descriptor, grounds, beside) if piece.deciding)


@pytest.mark.parametrize(
    ("descriptor", "grounds", "found"),
    [
        (
            "One minor difference outside the request.",
            ["Level 3 begins with a second minor difference.", "One loaf is missing."],
            "One minor difference",
        ),
        (
            "Nothing outside the request differs, even when zoomed.",
            ["Nothing but the sign differs, even when zoomed."],
            "even when zoomed",
        ),
        (
            "One of the four is off at normal size; the changed part looks added.",
            ["One of four is off.", "Level 3 begins where it is seen at normal size."],
            "One of the four is off at normal size",
        ),
        (
            "The main subject is broken; it cannot be recognised.",
            ["The cat is wrung: the main subject is broken."],
            "The main subject is broken",
        ),
        ("Two or more errors are seen.", ["Three errors on the cat."], "Two or more errors"),
    ],
)
def test_the_words_that_the_reasons_repeat_are_marked(
    descriptor: str, grounds: list[str], found: str
) -> None:
    """With the count before them, and the small words between them."""
    assert phrase(descriptor, *grounds) == found


def test_words_that_the_level_beside_it_has_too_decide_less() -> None:
    """What is the same on both levels cannot tell them apart."""
    descriptor = "A trace is seen at normal size, but it does not disturb."
    ground = "A trace is seen at normal size, and it does not disturb much."

    assert phrase(descriptor, ground) == "A trace is seen at normal size"
    assert phrase(descriptor, ground, beside=("A trace, seen at normal size.",)) == "it does not disturb"


@pytest.mark.parametrize(
    ("descriptor", "ground"),
    [
        ("Something was added, but the wrong thing.", "One cookie instead of three."),
        ("Everything is there.", "It is what there is of it."),
        ("The main thing is shown.", "The main road."),
        ("", "Anything."),
    ],
)
def test_without_two_words_in_common_nothing_is_marked(descriptor: str, ground: str) -> None:
    """A guess would teach the wrong thing."""
    assert phrase(descriptor, ground) == ""


@given(TEXT, st.lists(TEXT, max_size=3), st.lists(TEXT, max_size=2))
def test_the_pieces_are_the_descriptor_and_one_phrase_at_most(
    descriptor: str, grounds: list[str], beside: list[str]
) -> None:
    """Nothing is lost or moved, and a phrase stays within its clause."""
    pieces = deciding_phrase(descriptor, grounds, beside)
    marked = [piece.text for piece in pieces if piece.deciding]

    assert "".join(piece.text for piece in pieces) == descriptor
    assert len(marked) <= 1
    assert not any(pause in text for text in marked for pause in ",;:.()")
    assert all(text == text.strip() and text for text in marked)
