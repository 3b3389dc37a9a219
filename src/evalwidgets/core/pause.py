"""When to offer a pause: how long somebody has worked since they were last away for some minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

WORK = timedelta(minutes=25)
"""Active time after which a pause is offered."""
BREAK = timedelta(minutes=5)
"""Time without activity that counts as one."""


class Pause:
    """Adds up active time since the last break, and offers one in words; it stops nobody.

    Parameters
    ----------
    now : callable
        Source of the time.
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._worked = timedelta()
        self._last: datetime | None = None

    def work(self, seconds: float) -> None:
        """Take note of active time since it was told last; after a break it counts from zero.

        What of the time in between was not active was rest.
        """
        now, active = self._now(), timedelta(seconds=seconds)
        rested = self._last is not None and now - self._last - active >= BREAK
        self._worked = timedelta() if rested else self._worked + active
        self._last = now

    @property
    def minutes(self) -> int:
        """Whole minutes of active time since the last break."""
        return int(self._worked / timedelta(minutes=1))

    @property
    def advice(self) -> str:
        """The offer of a pause; empty before there is reason for one."""
        if self._worked < WORK:
            return ""
        return f"{self.minutes} minutes without a pause. Take one whenever you like."
