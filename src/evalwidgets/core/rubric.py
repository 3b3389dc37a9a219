"""The rubric: the versioned rule book that says what is asked, how, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from evalwidgets.core.condition import Condition
from evalwidgets.core.criterion import AnyCriterion, Criterion, Gate
from evalwidgets.core.rubric_rules import broken_rules
from evalwidgets.core.value import Name, Sentence, Slug, Value, content_hash
from evalwidgets.errors import UnknownName

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
TaskKind = Literal["image", "prompt", "edit", "pair"]


class Cap(Value):
    """A limit on a score that follows from an answer: what it means, said once."""

    when: Condition
    """The answers or tags that the limit follows from."""
    criterion: Name | None = None
    """The criterion whose level is limited; without it the overall score."""
    at_most: float
    """The highest level or score that is left."""
    because: Sentence
    """Why, as reviewers read it."""


class TableRow(Value):
    """One row of a decision table: the first row whose condition holds gives the score."""

    when: Condition
    score: float
    name: str = ""
    """What the score means, in a few words."""


class OverallRule(Value):
    """How one score is made of many; `none` shows the profile only."""

    kind: Literal["none", "weighted_mean", "geometric_mean_of_minima", "decision_table", "all_full"] = "none"
    families: tuple[tuple[Name, ...], ...] = ()
    """For `geometric_mean_of_minima`: the groups whose minima are multiplied."""
    table: tuple[TableRow, ...] = ()
    """For `decision_table`."""
    otherwise: float | None = None
    """For `decision_table`: the score when no row holds."""


class Flag(Value):
    """Something worth a second pair of eyes that is no rating."""

    id: Name
    name: Sentence
    descriptor: str = ""


class DefectClass(Value):
    """One kind of defect that can be marked."""

    id: Name
    name: Sentence
    descriptor: str = ""


class DefectFamily(Value):
    """Kinds of defects that belong together; near misses inside a family still match."""

    id: Name
    name: Sentence
    classes: tuple[DefectClass, ...] = Field(min_length=1)


class Change(Value):
    """One entry of the changelog."""

    version: Version
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    bump: Literal["first", "major", "minor", "patch"]
    changes: tuple[Sentence, ...] = Field(min_length=1)


class Rubric(Value):
    """A rule book for one kind of task.

    `gates` are asked first; `criteria` follow as far as they apply. Its `hash` goes
    on every review, so that a rating can always be read against the words that the
    reviewer saw.
    """

    id: Slug
    version: Version
    title: Sentence
    kind: TaskKind
    status: Literal["draft", "active", "retired"] = "active"
    purpose: Sentence
    owner: str = ""
    instructions: str = ""
    """What a reviewer reads before starting."""
    sources: tuple[Sentence, ...] = ()
    variant_tag: Name = "edit_type"
    """The tag of a task that picks the variant of a criterion's words."""
    gates: tuple[Gate, ...] = ()
    criteria: tuple[AnyCriterion, ...] = Field(min_length=1)
    caps: tuple[Cap, ...] = ()
    overall: OverallRule = OverallRule()
    flags: tuple[Flag, ...] = ()
    defects: tuple[DefectFamily, ...] = ()
    confidence: bool = True
    """Whether reviewers say how sure they are, from 1 to 3."""
    changelog: tuple[Change, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Rubric:
        broken = broken_rules(self)
        if broken:
            raise ValueError("\n".join(broken))
        return self

    @cached_property
    def hash(self) -> str:
        """The sha256 of the rubric's content."""
        return content_hash(self.model_dump(mode="json", by_alias=True))

    @property
    def all(self) -> tuple[Criterion, ...]:
        """Gates, then criteria, in the order in which they are asked."""
        return (*self.gates, *self.criteria)

    @cached_property
    def family_of(self) -> dict[str, str]:
        """Each class of defects to the family that it belongs to, in the order of the rubric."""
        return {one.id: family.id for family in self.defects for one in family.classes}

    def criterion(self, name: str) -> Criterion:
        """Return the gate or criterion with this id.

        Raises
        ------
        UnknownName
            If there is none; the message names the nearest.
        """
        for criterion in self.all:
            if criterion.id == name:
                return criterion
        known = [criterion.id for criterion in self.all]
        raise UnknownName("criterion", name, known, f"rubric {self.id} {self.version}")

    def worded(self, name: str, tags: Mapping[str, Any] | None = None) -> Criterion:
        """Return a criterion in the words for a task with these tags."""
        return self.criterion(name).variant_for((tags or {}).get(self.variant_tag))

    def asked(
        self, values: Mapping[str, Any], tags: Mapping[str, Any] | None = None
    ) -> tuple[Criterion, ...]:
        """Return what is asked now, in order: open gates first, then what they leave.

        Parameters
        ----------
        values : mapping
            Criterion id to the answered value so far.
        tags : mapping or None
            The task's tags. Without them, what rests on tags alone is included.

        Notes
        -----
        A gate that is not answered yet hides everything after the gates. One answered
        with an option that stops, or that names what may follow (`only`), hides the
        rest; two such gates leave what both leave. Answers that were given to a
        criterion which is no longer asked do not count.
        """
        asked: list[Criterion] = []
        live: dict[str, Any] = {}
        left = frozenset(criterion.id for criterion in self.all)
        waiting = False
        for criterion in self.all:
            if waiting and not criterion.is_gate:
                break
            if criterion.id not in left:
                continue
            if criterion.applies_when and criterion.applies_when.holds(live, tags) is False:
                continue
            asked.append(criterion)
            if criterion.id in values:
                live[criterion.id] = values[criterion.id]
            if isinstance(criterion, Gate):
                option = criterion.option(values.get(criterion.id))
                waiting = waiting or option is None
                if option is not None and option.leaves is not None:
                    left &= option.leaves
        return tuple(asked)

    @cached_property
    def branching(self) -> frozenset[str]:
        """The ids of the gates and criteria whose answers change what is asked."""
        used = [criterion.applies_when.answers_used() for criterion in self.all if criterion.applies_when]
        return frozenset({gate.id for gate in self.gates}.union(*used))
