"""A clause: the part of a rubric that people argue about."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from evalwidgets.core.value import Name, Value


class Clause(Value):
    """A criterion, one boundary of it, or the rubric as a whole."""

    criterion: Name | Literal[""] = ""
    """Empty for the rubric as a whole."""
    lower: int | None = None
    """The level below the boundary that is unclear; None for the whole criterion."""

    @model_validator(mode="after")
    def _a_boundary_is_of_a_criterion(self) -> Self:
        if self.lower is not None and not self.criterion:
            msg = f"lower: the boundary {self.lower}|{self.lower + 1} needs the criterion that it belongs to"
            raise ValueError(msg)
        return self

    def __str__(self) -> str:
        """Return it as people read it: `preservation 3|4`, `preservation`, `the rubric`."""
        if not self.criterion:
            return "the rubric"
        return self.criterion if self.lower is None else f"{self.criterion} {self.lower}|{self.lower + 1}"
