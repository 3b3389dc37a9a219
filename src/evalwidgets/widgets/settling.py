"""What settles a case: the values that gold may accept, and a decision checked before it is logged."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from evalwidgets.core.criterion import Criterion, Ordinal, YesNo
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_changes import NOT_APPLICABLE, with_decisions
from evalwidgets.core.round_events import Decided
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import Value
from evalwidgets.errors import RoundError, UnknownName

E = TypeVar("E", bound=Value)
WHAT = {
    "keep": "Gold stands",
    "gold": "Gold changed",
    "gap": "Gap in the rubric",
    "refresher": "Refresher",
}
"""What a meeting decides, and how the board says it."""


def offered(criterion: Criterion, pictures: Container[str] | None = None) -> list[dict[str, Any]]:
    """Return what gold may accept for a criterion with declared answers: value and name.

    With the roles of a task's pictures, what is about another picture is left out.
    """
    options = {option.value: option for option in getattr(criterion, "options", ())}
    named = [
        {"value": value, "name": _named(criterion, value)}
        for value in criterion.scale
        if pictures is None or value not in options or options[value].offered(pictures)
    ]
    may_not_apply = criterion.na_reasons or criterion.applies_when
    return [*named, {"value": NOT_APPLICABLE, "name": "does not apply"}] if may_not_apply else named


def _named(criterion: Criterion, value: Any) -> str:
    if isinstance(criterion, Ordinal):
        return f"{value} {criterion.level(value).name}"
    if isinstance(criterion, YesNo):
        return criterion.yes if value == "yes" else criterion.no
    return next(
        (str(one.name) for one in getattr(criterion, "options", ()) if one.value == value), str(value)
    )


def made(kind: type[E], **facts: Any) -> E:
    """Return an event with these facts.

    Raises
    ------
    RoundError
        If a text holds what no store can keep.
    """
    try:
        return kind(**facts)
    except ValidationError as error:
        msg = f"This cannot be kept: {error.errors()[0]['msg']}. Say it in other words."
        raise RoundError(msg) from None


def decided(
    state: RoundState,
    gold: Mapping[str, Gold],
    rubric: Rubric,
    *,
    task: str,
    criterion: str,
    what: str,
    reason: str,
    accepted: Sequence[Any],
    reviewer: str | None,
    by: str,
    at: datetime,
) -> Decided:
    """Return a decision that can be logged: one that gold, rubric and round can live with.

    Raises
    ------
    UnknownName
        If there is no such decision, or no such reviewer.
    RoundError
        If the reason, the values or the reviewer are missing, or a value is not on the scale.
    TaskError
        If the task's gold is of another rubric.
    """
    if what not in WHAT:
        raise UnknownName("decision", what, WHAT, "a round")
    if not reason.strip():
        msg = "A decision needs its reason in a few words; it is what the minutes and the next lead read."
        raise RoundError(msg)
    if what == "refresher":
        _check_reviewer(reviewer, state.round.reviewers)
    decision = made(
        Decided,
        what=what,
        task=task,
        criterion=criterion,
        reason=reason.strip(),
        accepted=_on_scale(rubric.criterion(criterion), accepted) if what == "gold" else (),
        reviewer=reviewer if what == "refresher" else None,
        by=by,
        at=at,
    )
    with_decisions(gold, [*state.decisions, decision], rubric)  # what it cannot apply must not be logged
    return decision


def _check_reviewer(reviewer: str | None, known: Sequence[str]) -> None:
    if not reviewer:
        msg = f"A refresher is for somebody: choose one of {', '.join(known)}."
        raise RoundError(msg)
    if reviewer not in known:
        raise UnknownName("reviewer", reviewer, known, "the round")


def _on_scale(criterion: Criterion, given: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values that the lead picked, as the scale declares them."""
    if not given:
        msg = "Pick at least one level that is accepted from now on."
        raise RoundError(msg)
    declared = [one["value"] for one in offered(criterion)]
    off = [value for value in given if value not in declared]
    if off:
        known = ", ".join(map(str, declared))
        msg = f"{criterion.label}: {', '.join(map(str, off))} is not on its scale. Known: {known or 'none'}."
        raise RoundError(msg)
    return tuple(value for value in declared if value in given)
