"""What can be said of a case, level by level, with the letters of who said it: the tally that decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from evalwidgets.core.criterion import Count, Criterion, Ordinal
from evalwidgets.core.gold_changes import NOT_APPLICABLE
from evalwidgets.core.review import Answer
from evalwidgets.widgets.settling import offered

_MOST_NUMBERS = 10


class CaseLevel(NamedTuple):
    """One possible answer."""

    value: Any
    """`NOT_APPLICABLE` where the criterion is said not to apply."""
    name: str
    short: str
    """How a table calls it: a level's number, else the name."""
    descriptor: str
    key: str
    """The digit that chooses it; empty beyond the ninth."""
    letters: tuple[str, ...]
    also: tuple[str, ...]
    """Who finds it also defensible."""


def case_levels(
    criterion: Criterion, answers: Mapping[str, Answer], pictures: Sequence[str]
) -> tuple[CaseLevel, ...]:
    """Return what can be said of a case: numbers from the top down, options as declared, N/A last.

    Parameters
    ----------
    criterion : Criterion
        In the words for the task.
    answers : mapping of letter to Answer
        What was said.
    pictures : sequence of str
        The roles of the task's pictures: options about others are left out unless said.
    """
    known = offered(criterion, pictures) if criterion.scale else []
    known = known or [{"value": one, "name": text_of(one)} for one in _without_scale(criterion, answers)]
    values = [one["value"] for one in known]
    for answer in answers.values():
        if value_of(answer) not in values:
            values.append(value_of(answer))
            known.append({"value": values[-1], "name": _named(values[-1])})
    numbers = isinstance(criterion, Ordinal | Count)
    levels = [
        CaseLevel(
            value=one["value"],
            name=str(one["name"]),
            short=_short(one["value"], str(one["name"])),
            descriptor=_descriptor(criterion, one["value"]),
            key=_key(one["value"], place, numbers=numbers),
            letters=tuple(letter for letter, said in answers.items() if value_of(said) == one["value"]),
            also=tuple(letter for letter, said in answers.items() if _is_second(said, one["value"])),
        )
        for place, one in enumerate(known, 1)
    ]
    if numbers:
        levels.sort(key=lambda one: -1 if one.value == NOT_APPLICABLE else one.value, reverse=True)
    return tuple(sorted(levels, key=lambda one: one.value == NOT_APPLICABLE))


def value_of(answer: Answer) -> Any:
    """Return what an answer says, "not applicable" being an answer."""
    return NOT_APPLICABLE if answer.na is not None else answer.value


def text_of(value: Any) -> str:
    """Return an answer in a few characters."""
    if isinstance(value, list | tuple):
        if any(isinstance(one, dict) for one in value):
            return f"{len(value)} marked"
        return "+".join(map(str, value)) or "none"
    return str(value)


def _without_scale(criterion: Criterion, answers: Mapping[str, Answer]) -> list[Any]:
    """Return what may be chosen where no answers are declared: the numbers between, else what was said."""
    given = [answer.value for answer in answers.values() if answer.value is not None]
    if isinstance(criterion, Count) and given:
        return list(range(min(given), max(given) + 1))[:_MOST_NUMBERS]
    return []


def _named(value: Any) -> str:
    return "does not apply" if value == NOT_APPLICABLE else text_of(value)


def _short(value: Any, name: str) -> str:
    if value == NOT_APPLICABLE:
        return "N/A"
    return str(value) if isinstance(value, int) else name


def _descriptor(criterion: Criterion, value: Any) -> str:
    if isinstance(criterion, Ordinal):
        return criterion.level(value).descriptor if value in criterion.scale else ""
    options = getattr(criterion, "options", ())
    return next((str(one.descriptor) for one in options if one.value == value), "")


def _is_second(said: Answer, value: Any) -> bool:
    return said.second is not None and said.second == value and said.value != value


def _key(value: Any, place: int, *, numbers: bool) -> str:
    if value == NOT_APPLICABLE:
        return "" if numbers and value == 0 else "0"
    digit = value if numbers else place
    return str(digit) if 1 <= digit <= 9 else ""
