"""Reviews put together from the rows of a table: what it does not say is filled in, and said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from pydantic import ValidationError

from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import canonical_json, clean_json
from evalwidgets.errors import ExchangeError, UnknownName
from evalwidgets.store.exchange.beside import Beside
from evalwidgets.store.exchange.losses import counted
from evalwidgets.store.exchange.typed_cells import value_in

FACTS = (
    *("review", "campaign", "round", "task", "task_hash", "rubric", "rubric_version", "rubric_hash"),
    *("reviewer", "revision", "state", "reason", "note", "flags", "confidence"),
    *("shown_at", "submitted_at", "seconds", "position"),
)
"""What a row may say of its review, by the names of `Review` but `review`, its id."""

PARTS = ("value", "second", "na", "reason", "note")
"""What a row may say of one answer."""

UNKNOWN_HASH = "0" * 64
"""The task's hash in a review whose task nobody has at hand."""

_PLACE = ("campaign", "round", "rubric", "rubric_version", "rubric_hash", "task", "reviewer", "revision")
_REVIEWS = UUID("5b1f8a70-6f0e-4c55-9a1c-0b7de6a3c2f4")
_NOWHERE = "imported"
_LONG_AGO = "1970-01-01T00:00:00+00:00"
_SHOWN_PROBLEMS = 20
_LONGEST = 300
"""Characters of a problem: it may quote a cell of any length."""


class TextRow(NamedTuple):
    """One row: where it stands, what it says of its review, and the parts of its answers by criterion."""

    place: str
    facts: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]


@dataclass
class _Begun:
    place: str
    facts: dict[str, str]
    answers: dict[str, Answer] = field(default_factory=dict)


def assembled(rows: Iterable[TextRow], beside: Beside) -> tuple[tuple[Review, ...], tuple[str, ...]]:
    """Return the reviews that rows tell, in the order of their first rows, and what was filled in.

    Rows of one review are those with its id; without ids, those of one reviewer on one task
    in one campaign, round, rubric and revision. A review without an id gets one that follows
    from its place, so that what is imported twice is there once.

    Raises
    ------
    ExchangeError
        With every problem, each as `file: row: what is wrong and what is allowed`.
    """
    problems: dict[str, list[str]] = {}
    filled: Counter[str] = Counter()
    begun: dict[object, tuple[_Begun, Rubric]] = {}
    for row in rows:
        try:
            one, rubric = _begin(row, begun, beside, filled)
            _take(row, one, rubric)
        except (ValueError, UnknownName, RecursionError) as error:
            problems.setdefault(_first(error), []).append(row.place)
    reviews = []
    for one, _ in begun.values():
        try:
            reviews.append(_review(one, filled))
        except (ValueError, RecursionError) as error:
            problems.setdefault(_first(error), []).append(one.place)
    if problems:
        raise ExchangeError(list(_told(problems)))
    return tuple(reviews), tuple(f"{said} ({counted(n, 'review')})." for said, n in filled.items())


def _told(problems: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield each problem once, where it stands first and in how many rows more."""
    for sentence, places in islice(problems.items(), _SHOWN_PROBLEMS):
        more = f" (and in {counted(len(places) - 1, 'row')} more)" if len(places) > 1 else ""
        yield f"{places[0]}: {sentence[:_LONGEST]}{more}"
    if len(problems) > _SHOWN_PROBLEMS:
        yield f"... and {counted(len(problems) - _SHOWN_PROBLEMS, 'problem')} more"


def _begin(
    row: TextRow, begun: dict[object, tuple[_Begun, Rubric]], beside: Beside, filled: Counter[str]
) -> tuple[_Begun, Rubric]:
    """Return the review that a row belongs to, begun by it if it is the first."""
    facts = {name: cell for name, cell in row.facts.items() if cell}
    key = facts.get("review") or tuple(facts.get(name) for name in _PLACE)
    if key in begun:
        one, rubric = begun[key]
        differing = [name for name in _PLACE if name in facts and facts[name] != one.facts.get(name)]
        if differing:
            msg = (
                f"the review {key} has another {differing[0]} at {one.place}; "
                "rows with one review's id belong to one review"
            )
            raise ValueError(msg)
        return one, rubric
    rubric = _rubric_of(facts, beside.rubrics, filled)
    facts |= {"rubric": rubric.id, "rubric_version": rubric.version, "rubric_hash": rubric.hash}
    if "task_hash" not in facts:
        facts["task_hash"] = _hash_of(facts.get("task", ""), beside, filled)
    begun[key] = _Begun(row.place, facts), rubric
    return begun[key]


def _rubric_of(facts: Mapping[str, str], rubrics: Mapping[str, Rubric], filled: Counter[str]) -> Rubric:
    """Return the rubric that a row names; where it names none, the newest of the only one there is."""
    named = {name: facts[name] for name in ("rubric", "rubric_version", "rubric_hash") if name in facts}
    fitting = [
        one
        for one in rubrics.values()
        if named.items() <= {"rubric": one.id, "rubric_version": one.version, "rubric_hash": one.hash}.items()
    ]
    if len({one.id for one in fitting}) != 1:
        known = ", ".join(f"{one.id} {one.version}" for one in rubrics.values()) or "none"
        given = " ".join(named.values()) or "nothing"
        msg = f"the rubric: expected one of those given with rubrics= (--rubric), got {given}; known: {known}"
        raise ValueError(msg)
    newest = max(fitting, key=lambda one: [int(part) for part in one.version.split(".")])
    if len(fitting) > 1 or not named:
        filled[f"Which version of the rubric is not said; {newest.id} {newest.version} was taken"] += 1
    return newest


def _hash_of(task: str, beside: Beside, filled: Counter[str]) -> str:
    try:
        return beside.tasks.hash_of(beside.tasks[task])
    except UnknownName:
        filled["What the task looked like when it was judged is not known"] += 1
        return UNKNOWN_HASH


def _take(row: TextRow, one: _Begun, rubric: Rubric) -> None:
    """Add the answers of a row to its review."""
    for name, cells in row.answers.items():
        criterion = rubric.criterion(name)
        if name in one.answers:
            msg = f"a second answer to {name!r} in the review that {one.place} begins; keep one"
            raise ValueError(msg)
        parts: dict[str, Any] = {part: cell for part, cell in cells.items() if cell}
        if "value" in parts:
            try:
                parts["value"] = value_in(parts["value"], criterion)
            except ValueError as error:
                msg = f"{name}: {error}"
                raise ValueError(msg) from None
        answer = Answer.model_validate(parts)
        if not answer.empty:
            one.answers[name] = answer


def _review(one: _Begun, filled: Counter[str]) -> Review:
    facts: dict[str, Any] = {**one.facts}
    facts.update(_filled(facts, filled))
    if "flags" in facts:
        facts["flags"] = _flags(facts["flags"])
    identity = [str(facts[name]) for name in _PLACE if name in facts]
    facts["id"] = facts.pop("review", None) or str(uuid5(_REVIEWS, canonical_json(identity)))
    return Review.model_validate({**clean_json(facts), "answers": one.answers})


def _filled(facts: Mapping[str, Any], filled: Counter[str]) -> Iterator[tuple[str, Any]]:
    """Yield what stands for a fact that the table does not have."""
    for name in ("campaign", "round"):
        if name not in facts:
            filled[f"The {name} is not said; it is called {_NOWHERE!r}"] += 1
            yield name, _NOWHERE
    if "submitted_at" not in facts:
        filled["When it was submitted is not said; 1970-01-01 stands for it"] += 1
    submitted = facts.get("submitted_at", _LONG_AGO)
    yield "submitted_at", submitted
    yield "shown_at", facts.get("shown_at", submitted)


def _flags(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        msg = f"flags: expected a JSON object of flags and remarks, got {cell[:60]!r}"
        raise ValueError(msg) from None


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        return f"{place}: {said}, got {str(first['input'])[:60]!r}" if place else said
    return str(error)
