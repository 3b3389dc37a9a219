"""Gold: the accepted answer for a task, as a set, a distribution or an order, with its reasons."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from evalwidgets.core.region import Region
from evalwidgets.core.value import Name, Value

Share = Annotated[float, Field(ge=0, le=1)]


class GoldAnswer(Value):
    """What is accepted for one criterion."""

    accepted: tuple[Any, ...] = ()
    """Every value that counts as right."""
    distribution: dict[str, Share] = {}
    """Value (as text) to the share of experts who gave it, where no single answer is right."""
    order: tuple[Any, ...] = ()
    """Values from best to worst, for preferences."""
    na: bool = False
    """True when the criterion must not apply."""
    tolerance: float | None = Field(None, ge=0)
    """How far from an accepted level still counts; without it the criterion's own."""
    rationale: str = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> GoldAnswer:
        given = [name for name in ("accepted", "distribution", "order", "na") if getattr(self, name)]
        if len(given) != 1:
            msg = f"expected exactly one of accepted, distribution, order, na; got {given or 'none'}"
            raise ValueError(msg)
        if self.distribution and abs(sum(self.distribution.values()) - 1) > 0.01:
            msg = f"distribution: expected shares that sum to 1, got {sum(self.distribution.values()):g}"
            raise ValueError(msg)
        return self


class GoldRegion(Region):
    """A place that the expert marked; a `tolerated` one may be marked or not."""

    required: bool = True
    """Whether it must be found; False tolerates it: neither finding nor missing it counts."""


class Gold(Value):
    """The expert's answers for one task under one rubric version."""

    task: str = Field(min_length=1)
    rubric: str
    rubric_version: str
    answers: dict[Name, GoldAnswer]
    rationale: str = ""
    """What the expert would say to a trainee."""
    regions: tuple[GoldRegion, ...] = ()
    """For the rubric's `regions` criteria: the places that must be found, and those that may be marked."""
    difficulty: str = ""
    concepts: tuple[str, ...] = ()
    by: str = ""
