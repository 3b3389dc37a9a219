"""What changed between two rubrics, and which step of the version number it deserves.

Major: what a reviewer may answer, or what an answer means, changed; statistics split and
gold must be looked at again. Minor: more help with the same meanings. Patch: wording that
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalwidgets.core.condition import Condition, Test
from evalwidgets.core.rubric import Cap, Rubric
from evalwidgets.core.rubric_bump import RANK, Bump, Kind, Place, deserved, numbers, step_taken, stepped
from evalwidgets.core.value import Value

__all__ = ["RubricChange", "RubricDiff", "cap_name", "diff"]

_NOT_CONTENT = {"version", "changelog"}
_NOT_GOLD = {"weight", "tolerance"}
"""Major, yet what gold accepts for the criterion stays true."""


class RubricChange(Value):
    """One difference between two rubrics."""

    place: str
    """Where, for example `criteria.preservation.levels.3.descriptor`."""
    kind: Kind
    before: Any = None
    after: Any = None
    bump: Bump
    """The step of the version number that it deserves."""
    sentence: str
    """The change in words."""
    criterion: str = ""
    """The gate or criterion that it is about; empty when it is about the whole."""
    touches_gold: bool = False
    """Whether accepted answers for the criterion may no longer be right."""


class RubricDiff(Value):
    """Every difference between two rubrics, in the order of the older one."""

    old: str
    """Version of the older rubric."""
    new: str
    """Version of the newer rubric."""
    changes: tuple[RubricChange, ...] = ()

    @property
    def bump(self) -> Bump | None:
        """The step that the changes deserve together; None when nothing changed."""
        bumps = [change.bump for change in self.changes]
        return max(bumps, key=RANK.__getitem__, default=None)

    @property
    def version_problem(self) -> str | None:
        """What is wrong with the new version number, as a sentence, or None."""
        if numbers(self.new) < numbers(self.old):
            return f"version: {self.new} is older than {self.old}; versions only go up"
        taken = step_taken(self.old, self.new)
        if self.bump is None or (taken and RANK[taken] >= RANK[self.bump]):
            return None
        wanted = stepped(self.old, self.bump)
        return (
            f"version: the changes since {self.old} deserve a {self.bump} step; "
            f"expected {wanted} or later, got {self.new}"
        )

    @property
    def criteria_to_revalidate(self) -> tuple[str, ...]:
        """The ids of the gates and criteria whose gold must be looked at again."""
        touched = (change.criterion for change in self.changes if change.touches_gold)
        return tuple(dict.fromkeys(touched))


def diff(old: Rubric, new: Rubric) -> RubricDiff:
    """Return what changed from one rubric to another.

    Parameters
    ----------
    old, new : Rubric
        Two versions of a rubric. Parts are matched by id and value, not by position.

    Notes
    -----
    Questions, descriptors and names of levels and options carry the meaning: a change
    there is major, unless the texts are the same but for case, punctuation, spaces and the
    spelling of one word (see `spelling.same_meaning`); when in doubt it is major.
    """
    changes = tuple(
        _judged(place, kind, before, after)
        for place, kind, before, after in _compared(_outline(old), _outline(new), ())
    )
    return RubricDiff(old=old.version, new=new.version, changes=changes)


def cap_name(cap: Cap) -> str:
    """Return what a cap is called in places: what it limits, and when."""
    return f"{cap.criterion or 'overall'} when {cap.when}"


def _outline(rubric: Rubric) -> dict[str, Any]:
    """Return the rubric as nested mappings in which every part stands under its id."""
    names = (name for name in type(rubric).model_fields if name not in _NOT_CONTENT)
    plain = {name: _keyed(getattr(rubric, name)) for name in names}
    caps = {cap_name(cap): _keyed(cap) for cap in rubric.caps}
    return {**plain, "caps": caps}


def _keyed(value: Any) -> Any:
    if isinstance(value, Condition | Test):
        return str(value)
    if isinstance(value, Value):
        return {name: _keyed(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(key): _keyed(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        keys = [getattr(one, "id", getattr(one, "value", None)) for one in value]
        if None in keys:
            return [_keyed(one) for one in value]
        return {str(key): _keyed(one) for key, one in zip(keys, value, strict=True)}
    return value


def _compared(old: Any, new: Any, place: Place) -> Iterator[tuple[Place, Kind, Any, Any]]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new:
            yield place, "changed", _something(old), _something(new)
        return
    for key in {**old, **new}:
        inner = (*place, key)
        if key not in new:
            yield inner, "removed", old[key], None
        elif key not in old:
            yield inner, "added", None, new[key]
        else:
            yield from _compared(old[key], new[key], inner)
    before = [key for key in old if key in new]
    after = [key for key in new if key in old]
    if before != after:
        yield (*place, "order"), "changed", before, after


def _something(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def _judged(place: Place, kind: Kind, before: Any, after: Any) -> RubricChange:
    bump = deserved(place, kind, before, after)
    criterion = _criterion(place)
    inside = len(place) > 2 or place[0] == "caps"
    return RubricChange(
        place=".".join(place),
        kind=kind,
        before=before,
        after=after,
        bump=bump,
        sentence=_sentence(".".join(place), kind, before, after),
        criterion=criterion,
        touches_gold=bool(criterion) and inside and bump == "major" and place[-1] not in _NOT_GOLD,
    )


def _criterion(place: Place) -> str:
    """Return the gate or criterion that a place belongs to, or an empty text."""
    if place[0] == "caps" and place[1] != "order":
        name = place[1].partition(" when ")[0]
        return "" if name == "overall" else name
    return place[1] if place[0] in ("gates", "criteria") and place[1] != "order" else ""


def _sentence(place: str, kind: Kind, before: Any, after: Any) -> str:
    if kind == "changed":
        return f"{place}: was {_shown(before)}, is now {_shown(after)}"
    return f"{place}: {kind}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "; ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return f"[{', '.join(_shown(one) for one in value)}]"
    return repr(value)
