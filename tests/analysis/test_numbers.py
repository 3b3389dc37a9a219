"""Numbers as people read them: a true minus, no sign before zero, hyphens in words left alone."""

from __future__ import annotations

import pytest

from evalwidgets.analysis.numbers import decimal, level_text, number_word, signed, true_minus


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [
        (-0.004, "0.00", "0.00"),
        (0.004, "0.00", "0.00"),
        (-1.25, "\N{MINUS SIGN}1.25", "\N{MINUS SIGN}1.25"),
        (2, "2.00", "+2.00"),
    ],
)
def test_a_number_has_a_true_minus_and_zero_has_no_sign(value: float, plain: str, with_sign: str) -> None:
    """What rounds to zero is neither above nor below it."""
    assert plain == decimal(value)
    assert with_sign == signed(value)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("alpha is -0.00 on Style", "alpha is 0.00 on Style"),
        ("[-0.50, -0.05]", "[\N{MINUS SIGN}0.50, \N{MINUS SIGN}0.05]"),
        ("edit-045 on 2026-03-02", "edit-045 on 2026-03-02"),
        ("a well-known 0.16-0.72", "a well-known 0.16-0.72"),
        ("+0.00 to +0.10", "0.00 to +0.10"),
    ],
)
def test_only_the_minus_of_a_number_changes(given: str, expected: str) -> None:
    """Names, dates and ranges keep their hyphens."""
    assert expected == true_minus(given)


def test_small_counts_are_words_and_levels_are_plain() -> None:
    """Counts up to twelve are words; a whole float is a whole number, a set its options."""
    assert [number_word(n) for n in (0, 1, 12, 13)] == ["none", "one", "twelve", "13"]
    assert [level_text(level) for level in (3.0, 2.5, 4, "ok", ("a", "b"), ())] == [
        *("3", "2.5", "4", "ok", "a+b", "none")
    ]
