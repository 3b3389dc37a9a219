"""What happens to a gap of the rubric, one frozen event each; the register is read from the log."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from evalwidgets.core.clause import Clause
from evalwidgets.core.event import Deed
from evalwidgets.core.review import CleanText, Key, Sha256
from evalwidgets.core.rubric import Version
from evalwidgets.core.task import Tag
from evalwidgets.core.value import Name, Slug, Value

Words = Annotated[CleanText, Field(min_length=1)]

Source = Literal["flag", "learner", "cause", "decision", "hand"]
"""Where a gap was noticed: a reviewer's flag, a learner who disagrees, a suggested or confirmed
cause, a decision of a meeting, or somebody who wrote it down."""


class Example(Value):
    """A task at which a gap shows, perhaps with what somebody wrote there."""

    task: Key
    review: CleanText = ""
    """The id of the review that is quoted; who wrote it stays in the store."""
    quote: CleanText = ""


class _OfGap(Deed):
    gap: Slug
    """Its name in the register, for example `shadow-after-removal`."""


class Raised(_OfGap):
    """Somebody says that the rubric has a hole or contradicts itself."""

    kind: Literal["raised"] = "raised"
    rubric: Key
    rubric_version: Version
    clause: Clause = Clause()
    title: Words
    """What is unclear, in one line."""
    where: dict[Name, Tag] = {}
    """The tags of the tasks that it is about; empty for all."""
    examples: tuple[Example, ...] = ()
    source: Source = "hand"


class Exampled(_OfGap):
    """One more task at which it shows."""

    kind: Literal["exampled"] = "exampled"
    example: Example


class Voted(_OfGap):
    """Somebody says that this gap matters to them too, or no longer."""

    kind: Literal["voted"] = "voted"
    backs: bool = True


class Decided(_OfGap):
    """What shall hold from now on; a later decision replaces it."""

    kind: Literal["decided"] = "decided"
    decision: Words


class Closed(_OfGap):
    """A published version of the rubric says what was decided."""

    kind: Literal["closed"] = "closed"
    version: Version
    rubric_hash: Sha256


class Dismissed(_OfGap):
    """It is no gap: the rubric says it already, or it matters too little."""

    kind: Literal["dismissed"] = "dismissed"
    reason: Words


class Reopened(_OfGap):
    """It was closed or dismissed, and shows again."""

    kind: Literal["reopened"] = "reopened"
    reason: Words


GapEvent = Annotated[
    Raised | Exampled | Voted | Decided | Closed | Dismissed | Reopened, Field(discriminator="kind")
]

_ANY: TypeAdapter[GapEvent] = TypeAdapter(GapEvent)


def gap_event_from_json(text: str) -> GapEvent:
    """Return the event that a JSON text holds."""
    return _ANY.validate_json(text)
