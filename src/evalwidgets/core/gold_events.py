"""What happens to gold, one frozen event each; the log of them says how gold was made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, field_validator

from evalwidgets.core.event import Deed
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import CleanText, Key
from evalwidgets.core.value import Name, clean_json

Reason = Annotated[CleanText, Field(min_length=1)]
Number = Annotated[int, Field(ge=1)]
"""Of an event in its log, from 1."""


class Proposed(Deed):
    """Somebody says what gold of a task should be: its first, or other than it is."""

    kind: Literal["proposed"] = "proposed"
    gold: Gold
    reason: Reason
    """Why it should be gold; of a change, why gold was wrong."""
    origin: CleanText = ""
    """Where it comes from, for example "round demo-meeting, consensus of 6"."""

    @field_validator("gold")
    @classmethod
    def _as_it_will_be_read(cls, gold: Gold) -> Gold:
        """Return gold as JSON gives it back: texts in NFC, values of several parts as lists."""
        return Gold.model_validate(clean_json(gold.model_dump(mode="json")))

    @property
    def task(self) -> str:
        """The task that it is gold for."""
        return self.gold.task

    @property
    def rubric(self) -> str:
        """The rubric that it is gold under."""
        return self.gold.rubric


class _OfPlace(Deed):
    task: Key
    rubric: Key


class Seconded(_OfPlace):
    """A second person looked at a proposal and stands by it: from now on it is gold."""

    kind: Literal["seconded"] = "seconded"
    proposal: Number
    """The number of what was looked at, so that nobody seconds what came after."""


class Returned(_OfPlace):
    """A proposal was given back, or taken back; what was gold stays."""

    kind: Literal["returned"] = "returned"
    proposal: Number
    reason: Reason


class Contested(_OfPlace):
    """Somebody who was judged by gold says that it is wrong."""

    kind: Literal["contested"] = "contested"
    criterion: Name
    reason: Reason
    review: CleanText = ""
    """The id of the review that gold disagreed with, if there is one."""


class Answered(_OfPlace):
    """A contest was answered: gold stays, or a change of it was proposed."""

    kind: Literal["answered"] = "answered"
    contest: Number
    what: Literal["kept", "changed"]
    reason: Reason


class Retired(_OfPlace):
    """Gold is used no longer, at once: it takes a yardstick away and adds none."""

    kind: Literal["retired"] = "retired"
    reason: Reason


GoldEvent = Annotated[
    Proposed | Seconded | Returned | Contested | Answered | Retired, Field(discriminator="kind")
]

_ANY: TypeAdapter[GoldEvent] = TypeAdapter(GoldEvent)


def gold_event_from_json(text: str) -> GoldEvent:
    """Return the event that a JSON text holds."""
    return _ANY.validate_json(text)
