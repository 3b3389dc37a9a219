"""Edits of a rubric as values: what shall read otherwise.

Nothing is changed in place: edits are applied to a rubric together and give another one,
which is valid or refused with the place that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, field_validator

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import Place
from evalwidgets.core.rubric_diff import cap_name
from evalwidgets.core.rubric_plain import called, holder_of, key_of, plain_of, valid_rubric
from evalwidgets.core.value import Value, clean_json
from evalwidgets.errors import RubricError

__all__ = [
    "AddPart",
    "Edit",
    "RemovePart",
    "SetTo",
    "edited",
    "edits_from_json",
    "inverse",
    "told_place",
    "value_at",
]

_STORED = {"id", "value", "control"}
"""What reviews and gold call a part, and the shape of its values: it never changes."""
_OF_THE_VERSION = {"id", "kind", "version", "changelog"}


class _OfPlace(Value):
    place: Annotated[Place, Field(min_length=1)]
    """Keys and ids of parts in turn, as the diff names them; caps by their position."""


class SetTo(_OfPlace):
    """A text, number or rule shall be another one."""

    kind: Literal["set"] = "set"
    to: Any = None
    """What shall stand there; None for nothing."""

    @field_validator("to")
    @classmethod
    def _clean(cls, to: Any) -> Any:
        return clean_json(to)


class AddPart(_OfPlace):
    """A part, such as a cap or a flag, shall be added to the list at a place."""

    kind: Literal["add"] = "add"
    part: dict[str, Any]
    at: int | None = Field(None, ge=0)
    """Its position; None for the end."""

    @field_validator("part")
    @classmethod
    def _clean(cls, part: dict[str, Any]) -> dict[str, Any]:
        return dict(clean_json(part))


class RemovePart(_OfPlace):
    """The part at a place shall go."""

    kind: Literal["remove"] = "remove"


Edit = Annotated[SetTo | AddPart | RemovePart, Field(discriminator="kind")]

_EDITS: TypeAdapter[tuple[Edit, ...]] = TypeAdapter(tuple[Edit, ...])


def edits_from_json(text: str) -> tuple[Edit, ...]:
    """Return the edits that a JSON list holds."""
    return _EDITS.validate_json(text)


def edited(rubric: Rubric, edits: Iterable[Edit]) -> Rubric:
    """Return the rubric as the edits, one after the other, make it read; its version stays.

    Raises
    ------
    RubricError
        If what comes of all edits is no valid rubric; each problem names its place.
    UnknownName
        If an edit is about a part that does not exist.
    """
    return valid_rubric(_applied(rubric, edits))


def told_place(rubric: Rubric, place: Place) -> str:
    """Return a place as the diff calls it: a cap there bears its condition, here its position."""
    if place[0] != "caps" or len(place) == 1:
        return ".".join(place)
    return ".".join(("caps", cap_name(rubric.caps[int(place[1])]), *place[2:]))


def value_at(rubric: Rubric, place: Place) -> Any:
    """Return what stands at a place, as JSON has it.

    Raises
    ------
    UnknownName
        If there is no such place.
    """
    node: Any = plain_of(rubric)
    for depth, name in enumerate(place):
        node = node[key_of(node, name, place[:depth])]
    return node


def inverse(rubric: Rubric, edit: Edit) -> Edit:
    """Return the edit that takes an edit of the rubric back."""
    holder, name = holder_of(plain_of(rubric), edit.place), edit.place[-1]
    if isinstance(edit, AddPart):
        parts = value_at(rubric, edit.place)
        at = len(parts) if edit.at is None else min(edit.at, len(parts))
        return RemovePart(place=(*edit.place, called(edit.part, at)))
    if isinstance(holder, dict) and name not in holder:
        return RemovePart(place=edit.place)
    before = holder[key_of(holder, name, edit.place[:-1])]
    if isinstance(edit, SetTo) or isinstance(holder, dict):
        return SetTo(place=edit.place, to=before)
    return AddPart(place=edit.place[:-1], part=before, at=key_of(holder, name, edit.place[:-1]))


def _applied(rubric: Rubric, edits: Iterable[Edit]) -> dict[str, Any]:
    plain = plain_of(rubric)
    for edit in edits:
        _refuse(edit, plain)
        _APPLY[type(edit)](plain, edit)
    return plain


def _refuse(edit: Edit, plain: dict[str, Any]) -> None:
    """Refuse what would change what reviews store, or what only a release may change."""
    where, last = ".".join(edit.place), edit.place[-1]
    if edit.place[0] in _OF_THE_VERSION:
        raise RubricError([f"{where}: it cannot be edited; a release writes version and changelog"])
    is_key = len(edit.place) % 2 == 1 and len(edit.place) > 1
    if is_key and last in _STORED:
        why = "reviews and gold refer to it, so it never changes; add a new part and remove this one"
        raise RubricError([f"{where}: {why}"])
    if isinstance(edit, SetTo) and isinstance(edit.to, Mapping) and len(edit.place) > 1:
        before = holder_of(plain, edit.place)
        now = before.get(last) if isinstance(before, dict) else before[key_of(before, last, edit.place[:-1])]
        changed = [
            key for key in sorted(_STORED) if isinstance(now, dict) and now.get(key) != edit.to.get(key)
        ]
        if changed:
            raise RubricError([f"{where}.{changed[0]}: reviews and gold refer to it, so it never changes"])


def _set(plain: dict[str, Any], edit: SetTo) -> None:
    holder, name = holder_of(plain, edit.place), edit.place[-1]
    holder[name if isinstance(holder, dict) else key_of(holder, name, edit.place[:-1])] = edit.to


def _add(plain: dict[str, Any], edit: AddPart) -> None:
    holder = holder_of(plain, edit.place)
    parts = holder[key_of(holder, edit.place[-1], edit.place[:-1])]
    if not isinstance(parts, list):
        raise RubricError([f"{'.'.join(edit.place)}: a part can only be added to a list"])
    parts.insert(len(parts) if edit.at is None else edit.at, edit.part)


def _remove(plain: dict[str, Any], edit: RemovePart) -> None:
    holder = holder_of(plain, edit.place)
    del holder[key_of(holder, edit.place[-1], edit.place[:-1])]


_APPLY: dict[type, Callable[[dict[str, Any], Any], None]] = {SetTo: _set, AddPart: _add, RemovePart: _remove}
