"""An opening: what somebody deliberately looked at that had lain closed, evidence or a covered picture."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, field_validator, model_validator

from evalwidgets.core.review import Key
from evalwidgets.core.task import Role
from evalwidgets.core.value import Value

OpeningKind = Literal["evidence", "picture"]
How = Literal["peek", "reveal"]

AFTER_EVIDENCE = "after_evidence"
"""The reason of a review that was changed after its reviewer had seen the measured evidence."""


class Opening(Value):
    """One deliberate look, as it is logged; nothing is ever taken back from the log."""

    campaign: Key
    round: Key
    reviewer: Key
    """Who looked; on the lead's board, the lead."""
    task: Key
    review: Annotated[str, Field(pattern=r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$")] = ""
    """The id of the review on the desk, of evidence the submitted one; empty for the lead, who has none."""
    kind: OpeningKind
    role: Role | Literal[""] = ""
    """Which covered picture; empty for evidence."""
    how: How | Literal[""] = ""
    """Whether the picture was opened for a moment or to stay; empty for evidence."""
    opened_at: AwareDatetime

    @field_validator("opened_at")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        return value.astimezone(UTC)

    @model_validator(mode="after")
    def _says_which_picture(self) -> Self:
        told = bool(self.role), bool(self.how)
        if told != ((True, True) if self.kind == "picture" else (False, False)):
            msg = (
                "an opening of a picture has a role and how (peek or reveal), one of evidence has neither; "
                f"got kind {self.kind!r}, role {self.role!r}, how {self.how!r}"
            )
            raise ValueError(msg)
        return self
