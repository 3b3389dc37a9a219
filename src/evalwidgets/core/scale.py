"""What a criterion is made of: levels, options, reasons, notes to ask for, targets."""

from __future__ import annotations

from collections.abc import Container
from typing import Literal

from pydantic import Field, PositiveInt

from evalwidgets.core.condition import Condition, Test
from evalwidgets.core.task import Role
from evalwidgets.core.value import Name, Sentence, Value

GoldKind = Literal["point", "set", "distribution", "order", "none"]


class Reason(Value):
    """A reason that can be picked: why not applicable, or why a gate was answered so."""

    id: Name
    """What reviews store."""
    name: Sentence
    """What the reviewer reads."""


class Level(Value):
    """One step of an ordinal scale, described so that a newcomer can apply it."""

    value: int = Field(ge=0, le=9)
    """The number that reviews store, and the digit key that picks it."""
    name: Sentence
    """One to three words for the button."""
    descriptor: Sentence
    """When this level is right: what can be seen, counted where possible; shown while choosing."""
    boundary: str = ""
    """What separates it from the level below."""
    example: str = ""
    """One case that sits firmly on this level."""


class Option(Value):
    """One answer of a choice."""

    value: Name
    """What reviews store."""
    name: Sentence
    """One to three words for the button."""
    descriptor: str = ""
    """When this option is right; shown while choosing."""
    example: str = ""
    """One case in which this option is right."""
    picture: Role | None = Field(None, exclude_if=lambda role: role is None)
    """The picture that it is about: a task without that picture does not offer it."""

    def offered(self, pictures: Container[str]) -> bool:
        """Return whether a task with pictures in these roles has what the option is about."""
        return self.picture is None or self.picture in pictures


class GateOption(Option):
    """One answer of a gate, with what follows from it."""

    next: Literal["continue", "stop"] = "continue"
    """`stop` ends the review: nothing further is asked but what `only` names."""
    only: tuple[Name, ...] = ()
    """When given, of the gates and criteria that follow only these are asked."""
    ask_reason: bool = False
    """Whether one of the gate's reasons must be picked."""

    @property
    def leaves(self) -> frozenset[str] | None:
        """The ids that may still be asked after this answer; None when it limits nothing."""
        return frozenset(self.only) if self.only or self.next == "stop" else None


class JustifyRule(Value):
    """When an answer needs a note, and what the note must hold."""

    when: Test
    """The test of the answer's value that calls for the note."""
    unless: Condition | None = None
    """Earlier answers or tags that already say why, so that no note is asked for."""
    min_words: PositiveInt = 6
    """The fewest words that the note may have."""
    needs: tuple[Literal["what", "where", "rule"], ...] = ("what", "where")
    """What the note must name."""


class Targets(Value):
    """The share of ratings that should equal gold, and lie within tolerance of it."""

    exact: float = Field(ge=0, le=1)
    """Share of ratings equal to gold."""
    within: float = Field(ge=0, le=1)
    """Share of ratings within the criterion's tolerance of gold."""


class Variant(Value):
    """Other words for one kind of task, for example one edit type; the scale stays."""

    question: str = ""
    """The question for this kind of task; empty keeps the criterion's own."""
    levels: dict[int, Sentence] = {}
    """Level value to descriptor; a level left out keeps the criterion's own."""
