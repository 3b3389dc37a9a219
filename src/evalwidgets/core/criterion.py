"""One question of a rubric: its control, its scale, and what a good answer needs."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from evalwidgets.core.condition import Condition
from evalwidgets.core.region import SHAPES, Shape
from evalwidgets.core.region_rules import (
    MOST_REGIONS,
    Need,
    explain_regions,
    missing_in,
    read_regions,
    too_few,
)
from evalwidgets.core.scale import (
    GateOption,
    GoldKind,
    JustifyRule,
    Level,
    Option,
    Reason,
    Targets,
    Variant,
)
from evalwidgets.core.task import Role
from evalwidgets.core.value import Name, Sentence, Value

__all__ = [
    "AnyCriterion",
    "Choice",
    "Count",
    "Criterion",
    "Gate",
    "GateOption",
    "GoldKind",
    "JustifyRule",
    "Level",
    "Multi",
    "Option",
    "Ordinal",
    "Preference",
    "Reason",
    "Regions",
    "Targets",
    "Text",
    "Variant",
    "Words",
    "YesNo",
]


class Criterion(Value):
    """What all controls share; see the subclasses for the shape of their values."""

    id: Name
    """What reviews, gold and conditions call it; never changed once reviews exist."""
    label: Sentence
    """One to three words that head the row."""
    question: Sentence
    """What the reviewer answers, as one question."""
    help: str = ""
    """How to look, and what counts."""
    applies_when: Condition | None = None
    """When it is asked, by earlier answers or the task's tags; without it always."""
    required: bool = True
    """Whether a review without it is incomplete."""
    na_reasons: tuple[Reason, ...] = ()
    """Reasons for "not applicable"; none means that it always applies when asked."""
    weight: float = Field(0, ge=0)
    """Its share in a weighted overall score."""
    tolerance: float | None = Field(None, ge=0)
    """How far from gold still counts as right; without it 1 on four levels and more, else 0."""
    gold_kind: GoldKind = "point"
    """What gold states: one value, a set of values, a distribution, an order, or nothing."""
    justify: tuple[JustifyRule, ...] = ()
    """When the answer needs a note."""
    targets: Targets | None = None
    """What reviewers should reach against gold."""
    control: str
    """The kind of scale, which decides the shape of the value."""

    is_gate: ClassVar[bool] = False
    allows_second: ClassVar[bool] = False

    @property
    def scale(self) -> tuple[Any, ...]:
        """The declared values in order; empty for open controls."""
        return ()

    @property
    def gold_tolerance(self) -> float:
        """The tolerance in force: as declared, or exact (0) where no order gives "near" a sense."""
        return self.tolerance or 0.0

    def explain(self, value: Any) -> str | None:
        """Return why a value is not allowed, as a sentence, or None when it is."""
        known = any(type(value) is type(one) and value == one for one in self.scale)  # True is not 1
        return None if known else f"expected one of {_listed(self.scale)}, got {value!r}"

    def lacks(self, value: Any) -> tuple[str, ...]:  # noqa: ARG002 - subclasses use it
        """Return what an allowed value still misses before it can be submitted, as sentences."""
        return ()

    def variant_for(self, name: object) -> Criterion:  # noqa: ARG002 - subclasses use it
        """Return the criterion in the words for this kind of task."""
        return self


class Ordinal(Criterion):
    """Described levels in order; the value is the level's integer."""

    control: Literal["ordinal"]
    levels: tuple[Level, ...] = Field(min_length=2, max_length=10)
    """The steps of the scale."""
    second: bool = True
    """Whether a second level may be marked as also defensible."""
    variants: dict[str, Variant] = {}
    """Value of the rubric's `variant_tag` to the words for such tasks."""

    @property
    def scale(self) -> tuple[int, ...]:
        """The level values, lowest first."""
        return tuple(sorted(level.value for level in self.levels))

    @property
    def gold_tolerance(self) -> float:
        """As declared; else 1 on four levels and more, and exact on fewer."""
        if self.tolerance is not None:
            return self.tolerance
        return 1.0 if len(self.levels) > 3 else 0.0

    def level(self, value: int) -> Level:
        """Return the level with this value."""
        return next(level for level in self.levels if level.value == value)

    def variant_for(self, name: object) -> Ordinal:
        """Return the criterion with the descriptors for this kind of task."""
        variant = self.variants.get(str(name))
        if variant is None:
            return self
        levels = tuple(
            level.model_copy(update={"descriptor": variant.levels.get(level.value, level.descriptor)})
            for level in self.levels
        )
        return self.model_copy(update={"levels": levels, "question": variant.question or self.question})


class Choice(Criterion):
    """One of several options; the value is the option's id."""

    control: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=9)

    @property
    def scale(self) -> tuple[str, ...]:
        """The option values as declared."""
        return tuple(option.value for option in self.options)


class Preference(Choice):
    """A choice between the two pictures of a pair, in the order from A to B."""

    control: Literal["preference"]  # type: ignore[assignment]


class Gate(Choice):
    """A choice that is asked first and can end the review or narrow what follows."""

    control: Literal["choice"] = "choice"
    options: tuple[GateOption, ...] = Field(min_length=2, max_length=9)
    reasons: tuple[Reason, ...] = ()
    """What can be picked where an option asks for a reason."""
    is_gate: ClassVar[bool] = True

    def option(self, value: object) -> GateOption | None:
        """Return the option with this value, or None."""
        return next((option for option in self.options if option.value == value), None)


class YesNo(Criterion):
    """Yes or no; the value is the text "yes" or "no"."""

    control: Literal["yes_no"]
    yes: str = "Yes"
    no: str = "No"

    @property
    def scale(self) -> tuple[str, ...]:
        """Yes before no."""
        return ("yes", "no")


class Multi(Criterion):
    """Any number of options; the value is a sorted list, the empty one means none of them."""

    control: Literal["multi"]
    options: tuple[Option, ...] = Field(min_length=1, max_length=60)

    def explain(self, value: Any) -> str | None:
        """Return why a value is not allowed, or None."""
        known = [option.value for option in self.options]
        if not isinstance(value, list | tuple):
            return f"expected a list of options, got {value!r}"
        unknown = [one for one in value if one not in known]
        return f"expected options among {_listed(sorted(known))}, got {unknown}" if unknown else None


class Count(Criterion):
    """How many; the value is a whole number."""

    control: Literal["count"]
    least: int = Field(0, ge=0)
    most: int = Field(999, ge=1)

    def explain(self, value: Any) -> str | None:
        """Return why a value is not allowed, or None."""
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and self.least <= value <= self.most:
            return None
        return f"expected a whole number from {self.least} to {self.most}, got {value!r}"


class Text(Criterion):
    """A few words; the value is text."""

    control: Literal["text"]
    min_words: int = Field(0, ge=0)
    max_words: int = Field(200, ge=1)
    gold_kind: GoldKind = "none"

    def explain(self, value: Any) -> str | None:
        """Return why a value is not allowed, or None."""
        if not isinstance(value, str):
            return f"expected text, got {value!r}"
        words = len(value.split())
        if self.min_words <= words <= self.max_words:
            return None
        return f"expected {self.min_words} to {self.max_words} words, got {words}"


class Words(Criterion):
    """Marked words of the task's text; the value is a list of `{"word": position, "mark": id}`."""

    control: Literal["words"]
    of: Literal["prompt", "instruction", "guideline"] = "prompt"
    marks: tuple[Option, ...] = Field(min_length=1, max_length=9)
    gold_kind: GoldKind = "none"

    def explain(self, value: Any) -> str | None:
        """Return why a value is not allowed, or None."""
        known = [mark.value for mark in self.marks]
        if isinstance(value, list | tuple) and all(
            isinstance(one, dict) and isinstance(one.get("word"), int) and one.get("mark") in known
            for one in value
        ):
            return None
        return f"expected a list of words with a mark among {_listed(sorted(known))}, got {value!r}"


class Regions(Criterion):
    """Marked places; the value is a list of regions, the empty one means "looked, found none"."""

    control: Literal["regions"]
    shapes: tuple[Shape, ...] = SHAPES
    """What may be drawn."""
    of: Role | Literal[""] = ""
    """The role of the picture that is marked; empty means the one that is judged."""
    least: int = Field(0, ge=0, le=MOST_REGIONS)
    """How many regions an answer has at the least; 0 allows "looked, found none"."""
    needs: tuple[Need, ...] = ()
    """What each region must say besides its place."""
    gold_kind: GoldKind = "none"

    def explain(self, value: Any) -> str | None:
        """Return why a value is not allowed, or None; what is only missing yet is in `lacks`."""
        return explain_regions(value, self.shapes, self.of)

    def lacks(self, value: Any) -> tuple[str, ...]:
        """Return a sentence for all that is still missing."""
        regions = read_regions(value)
        return (*too_few(regions, self.least), *missing_in(regions, self.needs))


AnyCriterion = Annotated[
    Ordinal | Choice | Preference | YesNo | Multi | Count | Text | Words | Regions,
    Field(discriminator="control"),
]


def _listed(values: Any) -> str:
    return ", ".join(str(value) for value in values)
