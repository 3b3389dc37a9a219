"""What every event of a log shares: when it happened, in UTC, and who did it."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import AwareDatetime, field_validator

from evalwidgets.core.review import Key
from evalwidgets.core.value import Value


class Event(Value):
    """Something that happened."""

    at: AwareDatetime

    @field_validator("at")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        return value.astimezone(UTC)


class Deed(Event):
    """Something that somebody did."""

    by: Key
