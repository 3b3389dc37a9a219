"""Sensitivity and bias: what signal detection makes of hits and false alarms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.sensitivity import Detection

COUNTS = st.integers(0, 12)
DETECTIONS = st.builds(Detection, COUNTS, COUNTS, COUNTS, COUNTS)


def test_the_numbers_are_those_of_the_textbook_formula() -> None:
    """Of 20 and 20 trials, 16 hits and 4 false alarms: rates 16.5 / 21 and 4.5 / 21, so d' = 1.583."""
    found = Detection(hits=16, misses=4, false_alarms=4, correct_rejections=16)

    assert found.sensitivity == pytest.approx(1.583, abs=5e-4)
    assert found.bias == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "sign"), [(Detection(9, 1, 5, 5), 1), (Detection(5, 5, 1, 9), -1), (Detection(8, 2, 2, 8), 0)]
)
def test_who_says_above_too_often_has_a_positive_bias(counts: Detection, sign: int) -> None:
    """Lenient is positive, strict negative, and errors that balance are neither."""
    assert counts.bias == pytest.approx(0, abs=1e-9) if sign == 0 else (counts.bias or 0) * sign > 0.1


@given(COUNTS.filter(bool), COUNTS.filter(bool))
def test_always_the_same_answer_tells_nothing_apart(above: int, below: int) -> None:
    """However the tasks are mixed, d' stays far from any threshold: what is left is the correction."""
    lenient = Detection(hits=above, misses=0, false_alarms=below, correct_rejections=0)
    strict = Detection(hits=0, misses=above, false_alarms=0, correct_rejections=below)

    assert abs(lenient.sensitivity or 0) < 1.2
    assert abs(strict.sensitivity or 0) < 1.2
    assert (lenient.bias or 0) > 0 > (strict.bias or 0)


@given(COUNTS, COUNTS)
def test_one_side_alone_tells_nothing(one: int, other: int) -> None:
    """Without a trial on each side there is no sensitivity and no bias."""
    for found in (Detection(one, other, 0, 0), Detection(0, 0, one, other)):
        assert (found.sensitivity, found.bias) == (None, None)


@given(DETECTIONS)
def test_exchanging_the_sides_turns_the_bias_and_keeps_the_sensitivity(found: Detection) -> None:
    """What is called above plays no part in how well the sides are told apart."""
    turned = Detection(
        hits=found.correct_rejections,
        misses=found.false_alarms,
        false_alarms=found.misses,
        correct_rejections=found.hits,
    )

    if found.sensitivity is None:
        assert turned.sensitivity is None
    else:
        assert turned.sensitivity == pytest.approx(found.sensitivity, abs=1e-9)
        assert turned.bias == pytest.approx(-(found.bias or 0), abs=1e-9)


@given(COUNTS, COUNTS.filter(bool), COUNTS, COUNTS.filter(bool))
def test_a_right_answer_in_place_of_a_wrong_one_shows_more(
    hits: int, misses: int, rejections: int, alarms: int
) -> None:
    """Sensitivity grows with each error that is turned into a right answer, on either side."""
    before = Detection(hits, misses, alarms, rejections).sensitivity or 0

    assert (Detection(hits + 1, misses - 1, alarms, rejections).sensitivity or 0) > before
    assert (Detection(hits, misses, alarms - 1, rejections + 1).sensitivity or 0) > before
