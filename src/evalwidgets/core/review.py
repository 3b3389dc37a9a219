"""A review: one reviewer's answer sheet for one task under one rubric version."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    PositiveInt,
    field_validator,
    model_validator,
)

from evalwidgets.core.value import Value, canonical_json, clean_json, clean_text, content_hash

CleanText = Annotated[str, AfterValidator(clean_text)]
Key = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean_text)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Answer(Value):
    """What was said to one criterion; `value` has the shape that its control states."""

    value: Any = None
    second: int | None = None
    """A second level that is also defensible."""
    na: CleanText | None = None
    """Why the criterion is not applicable; then there is no value."""
    reason: CleanText | None = None
    """Why a gate was answered so."""
    note: CleanText = ""
    """The justification: what, where, and by which rule."""

    @field_validator("value")
    @classmethod
    def _is_plain_json(cls, value: Any) -> Any:
        if isinstance(value, float) and not math.isfinite(value):
            msg = f"expected a finite number, got {value}"
            raise ValueError(msg)
        return json.loads(canonical_json(clean_json(value)))

    @model_validator(mode="after")
    def _value_or_not_applicable(self) -> Answer:
        if self.na is not None and self.value is not None:
            msg = f"not applicable ({self.na}) and the value {self.value!r} exclude each other"
            raise ValueError(msg)
        return self

    @property
    def given(self) -> bool:
        """Whether the criterion was answered: a value, or not applicable with its reason."""
        return self.value is not None or self.na is not None

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        return not self.given and not self.note and self.reason is None and self.second is None


class Sheet(Value):
    """The working copy of a review: what the reviewer has said so far."""

    answers: dict[str, Answer] = {}
    note: CleanText = ""
    flags: dict[str, CleanText] = {}
    """Flag id to a remark, which may be empty."""
    confidence: int | None = Field(None, ge=1, le=3)

    @property
    def values(self) -> dict[str, Any]:
        """Criterion id to value, for the criteria that have one."""
        return {name: answer.value for name, answer in self.answers.items() if answer.value is not None}

    def answer(self, criterion: str) -> Answer:
        """Return the answer to a criterion; an empty one when there is none."""
        return self.answers.get(criterion, Answer())

    def answered(self, criterion: str, **changes: Any) -> Self:
        """Return the sheet with one answer changed; an answer that says nothing is dropped."""
        answer = Answer(**{**self.answer(criterion).model_dump(), **changes})
        answers = {**self.answers, criterion: answer}
        if answer.empty:
            del answers[criterion]
        return self.model_copy(update={"answers": answers})


class Review(Sheet):
    """One reviewer's answers for one task, immutable once submitted.

    A later review of the same task by the same reviewer *supersedes* it: it has the
    next `revision`, and the first one stays.
    """

    id: str
    """A UUID made when the task is shown: submitting twice stores once."""
    campaign: Key
    round: Key
    task: Key
    task_hash: Sha256
    rubric: Key
    rubric_version: Key
    rubric_hash: Sha256
    reviewer: Key
    revision: PositiveInt = 1
    state: Literal["submitted", "skipped"] = "submitted"
    reason: CleanText = ""
    """Why the task was skipped, or why the review was revised."""
    shown_at: AwareDatetime
    submitted_at: AwareDatetime
    seconds: float = Field(0, ge=0, allow_inf_nan=False)
    """Active time: the panel visible and focused."""
    position: int = Field(0, ge=0)
    """Where the task stood in this reviewer's order, from 0."""

    @field_validator("id")
    @classmethod
    def _is_uuid(cls, value: str) -> str:
        return str(UUID(value))

    @field_validator("shown_at", "submitted_at")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        return value.astimezone(UTC)

    @property
    def content(self) -> Mapping[str, Any]:
        """What the reviewer said, without ids and times: equal content is the same review."""
        said = self.model_dump(mode="json", exclude={"id", "shown_at", "submitted_at", "seconds"})
        return dict(said)

    @property
    def content_hash(self) -> str:
        """The sha256 of `content`."""
        return content_hash(self.content)
