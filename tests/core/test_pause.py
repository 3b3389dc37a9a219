"""A pause is offered after 25 minutes of work, and anew after each break."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.pause import Pause


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


def worked(pause: Pause, clock: Clock, minutes: int, active: float = 60) -> None:
    """Let somebody work for so many minutes, with so many active seconds in each."""
    for _ in range(minutes):
        clock.now += timedelta(minutes=1)
        pause.work(active)


def test_nothing_is_said_before_25_minutes() -> None:
    """A fresh session, and one of 24 minutes, are left in peace."""
    clock = Clock()
    pause = Pause(clock)

    assert pause.advice == ""
    worked(pause, clock, 24)
    assert pause.advice == ""


def test_after_25_minutes_a_pause_is_offered_as_a_choice() -> None:
    """It says how long; it promises nothing and forbids nothing."""
    clock = Clock()
    pause = Pause(clock)
    worked(pause, clock, 31)

    assert "31 minutes without a pause. Take one whenever you like." == pause.advice


def test_a_break_of_five_minutes_counts_as_a_break() -> None:
    """Afterwards time is counted from zero."""
    clock = Clock()
    pause = Pause(clock)
    worked(pause, clock, 30)
    clock.now += timedelta(minutes=6)
    pause.work(40)

    assert (pause.advice, pause.minutes) == ("", 0)
    worked(pause, clock, 25)
    assert pause.advice


def test_a_shorter_absence_is_no_break() -> None:
    """Four minutes away do not start the count anew."""
    clock = Clock()
    pause = Pause(clock)
    worked(pause, clock, 20)
    clock.now += timedelta(minutes=4)
    worked(pause, clock, 6)

    assert pause.advice


def test_looking_long_at_one_picture_is_no_break() -> None:
    """Seven minutes without a key, of which the page tells that they were active, are work."""
    clock = Clock()
    pause = Pause(clock)
    worked(pause, clock, 20)
    clock.now += timedelta(minutes=7)
    pause.work(7 * 60)

    assert pause.minutes == 27


def test_only_active_time_counts() -> None:
    """Who looks away half of each minute has worked half as long."""
    clock = Clock()
    pause = Pause(clock)
    worked(pause, clock, 49, active=30)

    assert pause.advice == ""


@given(st.lists(st.tuples(st.floats(0, 299), st.floats(0, 120)), max_size=60))
def test_without_a_break_it_is_the_sum_of_active_time(steps: list[tuple[float, float]]) -> None:
    """However the time comes in pieces, as long as no gap is five minutes long."""
    clock = Clock()
    pause = Pause(clock)
    for away, active in steps:
        clock.now += timedelta(seconds=away)
        pause.work(active)

    total = sum((timedelta(seconds=active) for _, active in steps), timedelta())
    assert bool(pause.advice) == (total >= timedelta(minutes=25))
