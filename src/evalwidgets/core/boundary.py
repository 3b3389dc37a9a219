"""A boundary between two neighbouring levels of a criterion: the unit in which practice is counted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

from evalwidgets.core.criterion import Ordinal
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import Name, Value

Side = Literal["below", "above"]
SIDES: tuple[Side, Side] = ("below", "above")


class Boundary(Value):
    """Where one level of a criterion ends and the next begins."""

    criterion: Name
    lower: int
    """The level below it."""

    @property
    def upper(self) -> int:
        """The level above it, on a scale without gaps."""
        return self.lower + 1

    def __str__(self) -> str:
        """Return it as people read it, for example `preservation 3|4`."""
        return f"{self.criterion} {self.lower}|{self.upper}"

    def side_of(self, value: Any) -> Side | None:
        """Return the side on which an answer puts a task; None when the answer is no level."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            return None
        return "above" if value > self.lower else "below"


def boundaries(rubric: Rubric) -> tuple[Boundary, ...]:
    """Return the boundaries of every ordinal criterion, in the order of the rubric, lowest first."""
    return tuple(
        _between(criterion.id, lower)
        for criterion in rubric.all
        if isinstance(criterion, Ordinal)
        for lower in criterion.scale[:-1]
    )


def sides(rubric: Rubric, gold: Gold) -> dict[Boundary, Side]:
    """Return the boundaries that gold decides, with the side that is right.

    With accepted levels a to b, a task lies above (a-1|a) and below (b|b+1). Boundaries
    further away would be decided too, but nobody learns 3|4 on a flawless picture; those
    inside the accepted levels are open, whichever way one judges. Distributions, orders
    and "not applicable" decide nothing.
    """
    decided: dict[Boundary, Side] = {}
    for criterion in rubric.all:
        answer = gold.answers.get(criterion.id)
        if answer is not None and isinstance(criterion, Ordinal):
            decided |= _sides_of(criterion, answer)
    return decided


def _sides_of(criterion: Ordinal, answer: GoldAnswer) -> dict[Boundary, Side]:
    scale = criterion.scale
    known = answer.accepted and all(type(one) is int and one in scale for one in answer.accepted)
    if not known:
        return {}
    lowest, highest = min(answer.accepted), max(answer.accepted)
    decided: dict[Boundary, Side] = {}
    for lower, upper in itertools.pairwise(scale):
        if upper == lowest:
            decided[_between(criterion.id, lower)] = "above"
        if lower == highest:
            decided[_between(criterion.id, lower)] = "below"
    return decided


@cache
def _between(criterion: str, lower: int) -> Boundary:
    """Return the one boundary of this place: thousands of trials share it, and find it by identity."""
    return Boundary(criterion=criterion, lower=lower)


def lacking_gold(
    rubric: Rubric, golds: Iterable[Gold], *, least: int = 2
) -> dict[Boundary, tuple[Side, ...]]:
    """Return the boundaries that cannot be taught with this gold, with the sides that it lacks.

    A side that rests on a single task teaches that task, not the boundary; a side without
    any leaves no way to tell a learner who sees the boundary from one who always says the
    same. Such a boundary stays open until the lead adds gold.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    golds : iterable of Gold
        The gold of the practice pool.
    least : int
        How many tasks each side needs.
    """
    count = dict.fromkeys(itertools.product(boundaries(rubric), SIDES), 0)
    for gold in golds:
        for decided in sides(rubric, gold).items():
            count[decided] += 1
    short = {
        boundary: tuple(side for side in SIDES if count[boundary, side] < least)
        for boundary in boundaries(rubric)
    }
    return {boundary: lacks for boundary, lacks in short.items() if lacks}
