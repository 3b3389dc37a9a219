"""What happens when a person settles what reviewers answered, one frozen event each."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, field_validator, model_validator

from evalwidgets.core.cause import CauseId
from evalwidgets.core.event import Deed
from evalwidgets.core.review import CleanText, Key
from evalwidgets.core.rubric import Version
from evalwidgets.core.value import Name, clean_json

Words = Annotated[CleanText, Field(min_length=1)]

How = Literal["accepted", "chosen", "unresolved"]
"""One reviewer's answer stands; another answer does; or it is left open, and says so."""


class _OfTask(Deed):
    task: Key
    rubric: Key


class Settled(_OfTask):
    """Somebody looked at all answers to one criterion of a task and settled it; a later one replaces it."""

    kind: Literal["settled"] = "settled"
    rubric_version: Version
    criterion: Name
    how: How
    value: Any = None
    na: CleanText | None = None
    """Why the criterion does not apply; then there is no value."""
    review: CleanText = ""
    """Of an accepted answer: the id of the review that gave it."""
    reason: Words
    cause: CauseId
    """Why reviewers disagreed."""
    considered: Annotated[tuple[Key, ...], Field(min_length=1)]
    """The ids of the reviews that lay open: what the decision rests on."""

    @field_validator("value")
    @classmethod
    def _as_it_will_be_read(cls, value: Any) -> Any:
        return clean_json(value)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given = [self.value is not None, self.na is not None]
        if sum(given) != (self.how != "unresolved"):
            needs = "neither a value nor na" if self.how == "unresolved" else "either a value or na"
            msg = f"value: what is {self.how} has {needs}, got {self.value!r} and {self.na!r}"
            raise ValueError(msg)
        if (self.how == "accepted") != bool(self.review):
            msg = "review: an accepted answer, and nothing else, names the review that gave it"
            raise ValueError(msg)
        return self


class SentBack(_OfTask):
    """A review was returned to its reviewer with a note; the task is in their queue again."""

    kind: Literal["sent_back"] = "sent_back"
    round: Key
    reviewer: Key
    review: Key
    """The id of the review; a later revision of it answers the note."""
    criterion: Name | Literal[""] = ""
    """What the note is about; empty for the whole review."""
    note: Words


class TakenBack(_OfTask):
    """A returned review need not be looked at again."""

    kind: Literal["taken_back"] = "taken_back"
    review: Key
    reason: Words


AdjudicationEvent = Annotated[Settled | SentBack | TakenBack, Field(discriminator="kind")]

_ANY: TypeAdapter[AdjudicationEvent] = TypeAdapter(AdjudicationEvent)


def adjudication_event_from_json(text: str) -> AdjudicationEvent:
    """Return the event that a JSON text holds."""
    return _ANY.validate_json(text)
