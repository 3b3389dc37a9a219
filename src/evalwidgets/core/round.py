"""A round: which tasks, which rubric, which reviewers, until when, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, field_validator, model_validator

from evalwidgets.core.evidence_setting import EvidenceSetting
from evalwidgets.core.review import CleanText, Key, Sha256
from evalwidgets.core.value import Name, Value

Mode = Literal["review", "practice", "exam", "calibration"]
RE_VOTE = "re-vote"
"""The reason of a review that was changed in a meeting, after hearing the others."""


SANDBOX = "sandbox"
"""The round in which each person tries answers out; it is nobody's work, and enters no table
of ratings that does not name it."""


class Round(Value):
    """A named piece of work within a campaign, as the lead opened it; it never changes."""

    campaign: Key
    name: Key
    mode: Mode = "calibration"
    rubric: Key
    rubric_version: Key
    rubric_hash: Sha256
    """Of the rubric as reviewers get it: narrowed to `criteria` when there are any."""
    criteria: tuple[Name, ...] = ()
    """The criteria to calibrate; all of the rubric's when empty."""
    tasks: Annotated[tuple[Key, ...], Field(min_length=1)]
    reviewers: Annotated[tuple[Key, ...], Field(min_length=1)]
    lead: Key
    seed: Key = "0"
    """Of each reviewer's own order."""
    evidence: EvidenceSetting = "lead_only"
    """Who sees what was measured of an edit; reviewers of a calibration agree or not by eye."""
    deadline: AwareDatetime | None = None
    opened_at: AwareDatetime
    note: CleanText = ""

    @field_validator("deadline", "opened_at")
    @classmethod
    def _in_utc(cls, value: datetime | None) -> datetime | None:
        return value.astimezone(UTC) if value else None

    @field_validator("name")
    @classmethod
    def _is_no_sandbox(cls, name: str) -> str:
        if name.strip().casefold() == SANDBOX:
            msg = f"name: {name!r} is where people try answers out; give the round another name"
            raise ValueError(msg)
        return name

    @model_validator(mode="after")
    def _each_once(self) -> Round:
        for what in ("tasks", "reviewers", "criteria"):
            names = getattr(self, what)
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                msg = f"{what}: {', '.join(twice)} is named twice; each may appear once"
                raise ValueError(msg)
        return self
