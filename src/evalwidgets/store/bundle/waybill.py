"""What a bundle says of itself, on the way out and on the way back."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from evalwidgets.core.evidence_setting import EvidenceSetting
from evalwidgets.core.review import CleanText, Key, Sha256
from evalwidgets.core.task import Role
from evalwidgets.core.value import Value

WAYBILL, RUBRIC, TASKS = "bundle.json", "rubric.json", "tasks.jsonl"
"""What every bundle holds, beside pictures."""
SLIP, REVIEWS, OPENINGS = "returned.json", "reviews.jsonl", "openings.jsonl"
"""What a returned bundle holds beside its waybill and rubric."""

Id = Annotated[str, AfterValidator(lambda text: str(UUID(text)))]
PictureName = Annotated[str, Field(pattern=r"^pictures/[0-9a-f]{64}\.(png|jpg)$")]


class Place(NamedTuple):
    """Where the reviews of a bundle belong, and whose they are."""

    campaign: str
    round: str
    reviewer: str


class CarriedTask(Value):
    """One task as the lead's store knows it, and the copies of its pictures."""

    task: Key
    task_hash: Sha256
    """Of what is judged: the texts and the lead's own files."""
    digests: dict[Role, Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]]
    """Role to the sha256 of the lead's file; empty when it could not be read."""
    pictures: dict[Role, PictureName]
    """Role to the copy that travels; a picture that could not be read has none."""


class Waybill(Value):
    """What travels, from which work, to whom; it is fixed when the bundle is written."""

    format: Literal[1] = 1
    id: Id
    """A UUID of this bundle: what is returned names it."""
    campaign: Key
    round: Key
    reviewer: Key
    """The only person that a bundle names."""
    seed: Key | None
    """Of the reviewer's own order; None keeps the manifest's."""
    evidence: EvidenceSetting
    rubric: Key
    rubric_version: Key
    rubric_hash: Sha256
    note: CleanText = ""
    made_at: AwareDatetime
    tasks: Annotated[tuple[CarriedTask, ...], Field(min_length=1)]
    files: dict[str, Sha256]
    """Name to sha256 of the rubric and the tasks; a picture is named by its own."""

    @model_validator(mode="after")
    def _each_task_once(self) -> Waybill:
        names = [one.task for one in self.tasks]
        twice = sorted(name for name, count in Counter(names).items() if count > 1)
        if twice:
            msg = f"tasks: {', '.join(twice)} is named twice; each may appear once"
            raise ValueError(msg)
        return self

    @property
    def place(self) -> Place:
        """Where its reviews belong, and whose they are."""
        return Place(self.campaign, self.round, self.reviewer)

    @property
    def pictures(self) -> frozenset[str]:
        """The names of all carried pictures."""
        return frozenset(name for one in self.tasks for name in one.pictures.values())


class Slip(Value):
    """What comes back in a returned bundle, as counted when it was written."""

    format: Literal[1] = 1
    copy_id: Id
    """A UUID of the folder that it was unpacked into: two of one bundle are two desks."""
    returned_at: AwareDatetime
    reviews: int = Field(ge=0)
    """Of all revisions."""
    answered: int = Field(ge=0)
    """Tasks that are submitted or skipped."""
    drafts: int = Field(ge=0)
    """Tasks that are begun and not submitted; what they hold stays with the reviewer."""
    openings: int = Field(ge=0)
    files: dict[str, Sha256]
    """Name to sha256 of everything else in the file."""
