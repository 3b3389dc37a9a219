"""An anchor: one picture that stands firmly on one level of a criterion, and why."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from evalwidgets.core.rubric import Version
from evalwidgets.core.task import Role
from evalwidgets.core.value import Name, Sentence, Slug, Value, Words, clean_line

_JUDGED: tuple[Role, ...] = ("edited", "image")


class Anchor(Value):
    """One step of a *ladder*: the same scene at each level of one criterion.

    Anchors are public, like the rubric that they explain: they are no gold, and nobody is
    asked about them in earnest.
    """

    id: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean_line)]
    ladder: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean_line)]
    """What the anchors of one scene have in common."""
    rubric: Slug
    rubric_version: Version
    """The version whose words the anchor was chosen for."""
    criterion: Name
    level: int = Field(ge=0, le=9)
    images: dict[Role, str]
    """Role to a path relative to the manifest's folder."""
    instruction: Words = ""
    prompt: Words = ""
    guideline: Words = ""
    edit_type: str = ""
    """Which variant of the criterion's words fits."""
    why: Sentence
    """Why it is this level and no other, in one sentence."""

    @model_validator(mode="after")
    def _has_a_picture_to_judge(self) -> Anchor:
        if not any(role in self.images for role in _JUDGED):
            msg = f"images: an anchor needs {' or '.join(_JUDGED)}; got {', '.join(self.images) or 'none'}"
            raise ValueError(msg)
        return self

    @property
    def judged(self) -> Role:
        """The role of the picture that stands on the level."""
        return next(role for role in _JUDGED if role in self.images)
