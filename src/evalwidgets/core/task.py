"""A task: one thing to judge, with its pictures by role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from evalwidgets.core.value import LONGEST_TEXT, Name, Sentence, Value, Words, clean_line, content_hash

Role = Literal["image", "original", "edited", "a", "b", "c", "d"]

ROLES: dict[str, tuple[tuple[Role, ...], tuple[Role, ...]]] = {
    "image": (("image",), ()),
    "prompt": (("image",), ()),
    "edit": (("original", "edited"), ()),
    "pair": (("a", "b"), ("original", "c", "d")),
}
"""Kind of task to the roles that it must and may have."""

JUDGED: dict[str, Role | Literal[""]] = {"image": "image", "prompt": "image", "edit": "edited", "pair": ""}
"""Kind of task to the picture that is judged; empty for a pair, where each is."""

Tag = str | int | float | bool | tuple[str, ...]


class Requirement(Value):
    """One checkable part of a prompt; asked only when its parent is met."""

    id: Name
    text: Annotated[Sentence, Field(max_length=LONGEST_TEXT)]
    parent: Name | None = None


class Task(Value):
    """One thing to judge.

    Attributes
    ----------
    images
        Role to a path relative to the manifest's folder.
    tags
        Facts for selection and analysis (edit type, model, difficulty, ...). Those
        that name a model or the truth stay with the lead; reviewers never see tags.
    source
        What the task was made from: tasks of one source never follow one another.
    """

    id: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean_line)]
    kind: Literal["image", "prompt", "edit", "pair"]
    images: dict[Role, str]
    instruction: Words = ""
    prompt: Words = ""
    guideline: Words = ""
    requirements: tuple[Requirement, ...] = ()
    tags: dict[str, Tag] = {}
    source: Words = ""
    sensitive: bool = False
    content_note: Words = ""
    """What a sensitive task shows, in words, read before it is revealed."""

    @model_validator(mode="after")
    def _roles_and_texts_fit_the_kind(self) -> Task:
        must, may = ROLES[self.kind]
        missing = [role for role in must if role not in self.images]
        unknown = [role for role in self.images if role not in (*must, *may)]
        if missing or unknown:
            msg = (
                f"images: a task of kind {self.kind!r} needs the roles {', '.join(must)}"
                f"{' and may have ' + ', '.join(may) if may else ''}; got {', '.join(self.images) or 'none'}"
            )
            raise ValueError(msg)
        if "d" in self.images and "c" not in self.images:
            msg = "images: candidates have their letters in order; got d without c"
            raise ValueError(msg)
        needed = {"edit": "instruction", "prompt": "prompt"}.get(self.kind)
        if needed and not getattr(self, needed).strip():
            msg = f"{needed}: a task of kind {self.kind!r} needs it"
            raise ValueError(msg)
        return self

    def content_hash(self, digests: Mapping[str, str]) -> str:
        """Return the sha256 of what is judged: texts and the bytes of each picture, not the paths.

        Parameters
        ----------
        digests : mapping
            Role to the sha256 of the picture's file.
        """
        judged: dict[str, Any] = {
            "kind": self.kind,
            "instruction": self.instruction,
            "prompt": self.prompt,
            "guideline": self.guideline,
            "requirements": [one.model_dump() for one in self.requirements],
            "images": {role: digests.get(role, "") for role in self.images},
        }
        return content_hash(judged)
