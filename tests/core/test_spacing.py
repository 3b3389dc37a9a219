"""A missed boundary returns three to seven tasks later, once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.boundary import Boundary
from evalwidgets.core.spacing import LATEST, SOONEST, returning, waiting
from evalwidgets.core.trial import Trial

from .trainees import MORNING


def at(lower: int) -> Boundary:
    """Return a boundary of one criterion."""
    return Boundary(criterion="adherence", lower=lower)


def sitting(marks: str) -> list[list[Trial]]:
    """Return a sitting told by marks: `-` a task without trials, a letter a right trial, a capital a miss.

    The letter names the boundary: a is 1|2, b is 2|3 and so on.
    """
    return [[] if mark == "-" else [_trial(mark)] for mark in marks]


def _trial(mark: str) -> Trial:
    return Trial(
        boundary=at("abcd".index(mark.lower()) + 1),
        right="above",
        said="below" if mark.isupper() else "above",
        task="t",
        review="r",
        at=MORNING,
        seconds=30,
        confidence=None,
    )


def test_a_missed_boundary_waits_for_three_tasks_and_no_longer_than_seven() -> None:
    """Missed at place 0 it returns with the tasks at places 3 to 7."""
    times = [after for after in range(1, 12) if returning(waiting(sitting("A" + "-" * (after - 1))))]

    assert times == list(range(SOONEST, LATEST + 1)) == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("a---", ()),
        ("A--a", ()),
        ("A---a", ()),
        ("A-a-", (1,)),
        ("AA--", (1,)),
        ("AA-", ()),
        ("A--A", ()),
        ("A--A-", ()),
        ("A--A--", (1,)),
        ("AB---", (1, 2)),
        ("BA---", (2, 1)),
        ("AB--a", (2,)),
        ("ABA-", (2,)),
        ("ABA--", (2, 1)),
    ],
)
def test_any_task_from_the_third_on_brings_it_back(marks: str, expected: tuple[int, ...]) -> None:
    """Right again too early it still returns; missed again it waits anew; the longest waiting comes first."""
    assert returning(waiting(sitting(marks))) == tuple(map(at, expected))


def test_what_waits_is_told_with_how_long() -> None:
    """Just missed is one task ago, and too late for a return still waits."""
    assert waiting(sitting("A-------B")) == {at(1): 9, at(2): 1}


@given(st.text("abcABC-", max_size=30))
def test_what_returns_was_missed_within_reach_and_not_decided_since(marks: str) -> None:
    """Each returning boundary's latest miss lies three to seven tasks back, with no trial since the third."""
    for one in returning(waiting(sitting(marks))):
        letter = "abcd"[one.lower - 1]
        latest = marks.rindex(letter.upper())

        assert SOONEST <= len(marks) - latest <= LATEST
        assert letter not in marks[latest + SOONEST :].lower()
