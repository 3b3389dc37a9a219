"""When a campaign got which version of a rubric: an event each, in a log that only grows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, field_validator

from evalwidgets.core.event import Deed
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Key, Sha256
from evalwidgets.core.rubric import Version
from evalwidgets.core.rubric_bump import Bump
from evalwidgets.core.value import Name, Sentence, Slug, clean_json


class Published(Deed):
    """A version of a rubric was published: its words are fixed from now on."""

    kind: Literal["published"] = "published"
    rubric: Key
    version: Version
    rubric_hash: Sha256
    """Of the whole rubric; a lesson's or a narrowed round's own hash differs."""
    before_version: Version
    before_hash: Sha256
    bump: Bump
    changes: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    """The changelog, as reviewers read it."""
    criteria: tuple[Name, ...] = ()
    """What reads differently now."""
    closes: tuple[Slug, ...] = ()
    """The gaps that it closes."""
    quiz: tuple[Gold, ...] = ()
    """New gold that shows what changed; reviewers of the older version answer it before they go on."""

    @field_validator("quiz")
    @classmethod
    def _as_it_will_be_read(cls, quiz: tuple[Gold, ...]) -> tuple[Gold, ...]:
        """Return gold as JSON gives it back: texts in NFC, values of several parts as lists."""
        return tuple(Gold.model_validate(clean_json(gold.model_dump(mode="json"))) for gold in quiz)


RubricEvent = Published

_ANY: TypeAdapter[RubricEvent] = TypeAdapter(RubricEvent)


def rubric_event_from_json(text: str) -> RubricEvent:
    """Return the event that a JSON text holds."""
    return _ANY.validate_json(text)
