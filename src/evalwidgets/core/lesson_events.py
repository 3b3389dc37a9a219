"""What happens in a lesson, one frozen event each; a learner's log of them is all that is known of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from evalwidgets.core.event import Event
from evalwidgets.core.lesson import Lesson
from evalwidgets.core.review import CleanText, Key
from evalwidgets.core.value import Name

Why = Literal["misread", "missed", "disagree"]
"""Why an answer differs from gold, as the learner says: misread the rule, missed it, or do not agree."""

Verdict = Literal["pass", "not_yet", "not_enough"]


class Began(Event):
    """The learner sat down to it."""

    kind: Literal["began"] = "began"
    lesson: Lesson


class Differed(Event):
    """The learner said why an answer differs from gold; *disagree* is for the lead to hear."""

    kind: Literal["differed"] = "differed"
    task: Key
    criterion: Name
    why: Why
    remark: CleanText = ""


class Ended(Event):
    """The lesson is over: an exam takes no answer any more."""

    kind: Literal["ended"] = "ended"


class Judged(Event):
    """An exam was judged by its rule; a check-in has no verdict."""

    kind: Literal["judged"] = "judged"
    verdict: Verdict | None = None
    found: dict[str, Any] = {}
    """The result in figures, as it was shown and printed."""


LessonEvent = Annotated[Began | Differed | Ended | Judged, Field(discriminator="kind")]

_ANY: TypeAdapter[LessonEvent] = TypeAdapter(LessonEvent)


def lesson_event_from_json(text: str) -> LessonEvent:
    """Return the event that a JSON text holds."""
    return _ANY.validate_json(text)
