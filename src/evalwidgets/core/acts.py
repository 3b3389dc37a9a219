"""What a reviewer can do to a sheet: each act is a function from a sheet to the next sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.criterion import Criterion, Multi, Ordinal, Regions, Text
from evalwidgets.core.region_rules import read_regions, unknown_labels
from evalwidgets.core.review import Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import LONGEST_TEXT
from evalwidgets.errors import EvalWidgetsError, UnknownName


@dataclass(frozen=True)
class Setting:
    """Where an act happens: the rubric and the tags of the task."""

    rubric: Rubric
    tags: Mapping[str, Any]

    def asked(self, sheet: Sheet, name: str) -> Criterion:
        """Return a criterion in the words for the task, if it is asked now.

        Raises
        ------
        UnknownName
            If the rubric has no such criterion.
        EvalWidgetsError
            If it exists but is not asked now.
        """
        asked = [one.id for one in self.rubric.asked(sheet.values, self.tags)]
        criterion = self.rubric.worded(name, self.tags)
        if name not in asked:
            msg = f"{name!r} is not asked for this task now. Asked: {', '.join(asked)}."
            raise EvalWidgetsError(msg)
        return criterion


def rate(setting: Setting, sheet: Sheet, criterion: str, value: Any) -> Sheet:
    """Answer a criterion; None takes the answer back."""
    scale = setting.asked(sheet, criterion)
    if isinstance(scale, Multi) and isinstance(value, list | tuple):
        value = sorted(set(value))
    # Text may be too short while it is being written; `check` says so before it is submitted.
    _short_enough(value)
    why = None if value is None or isinstance(scale, Text) else scale.explain(value)
    if why:
        msg = f"{scale.label}: {why}."
        raise EvalWidgetsError(msg)
    if isinstance(scale, Regions) and value is not None:
        value = _as_kept(setting, value)
    before = sheet.answer(criterion)
    return sheet.answered(
        criterion,
        value=value,
        na=None,
        reason=before.reason if before.value == value else None,
        second=None if value is None or before.second == value else before.second,
    )


def mark(setting: Setting, sheet: Sheet, criterion: str, region: Mapping[str, Any]) -> Sheet:
    """Mark a region; one with the same id is replaced where it stands."""
    _of_regions(setting, sheet, criterion)
    name = region.get("id") if isinstance(region, Mapping) else None
    before = sheet.answer(criterion).value or []
    after = [region if one["id"] == name else one for one in before]
    return rate(setting, sheet, criterion, after if region in after else [*after, region])


def unmark(setting: Setting, sheet: Sheet, criterion: str, region: str) -> Sheet:
    """Delete the region with this id; without the last one the criterion is not answered any more."""
    _of_regions(setting, sheet, criterion)
    marked = sheet.answer(criterion).value or []
    _known(region, [one["id"] for one in marked], f"criterion {criterion}", "region")
    return rate(setting, sheet, criterion, [one for one in marked if one["id"] != region] or None)


def mark_second(setting: Setting, sheet: Sheet, criterion: str, value: int) -> Sheet:
    """Mark a second level as also defensible; the same one again takes it back."""
    scale = setting.asked(sheet, criterion)
    if not (isinstance(scale, Ordinal) and scale.second and value in scale.scale):
        msg = f"{scale.label}: {value!r} cannot be a second defensible level here."
        raise EvalWidgetsError(msg)
    answer = sheet.answer(criterion)
    if answer.na is not None:
        msg = f"{scale.label}: not applicable ({answer.na}), so no level of it is defensible; rate it first."
        raise EvalWidgetsError(msg)
    if value == answer.value:
        return sheet
    return sheet.answered(criterion, second=None if answer.second == value else value)


def mark_na(setting: Setting, sheet: Sheet, criterion: str, reason: str | None) -> Sheet:
    """Mark a criterion as not applicable, with its reason; None takes it back."""
    scale = setting.asked(sheet, criterion)
    _known(reason, [one.id for one in scale.na_reasons], f"criterion {criterion}")
    if reason is None:
        return sheet.answered(criterion, na=None)
    return sheet.answered(criterion, value=None, second=None, reason=None, na=reason)


def give_reason(setting: Setting, sheet: Sheet, criterion: str, reason: str | None) -> Sheet:
    """Give the reason for a gate's answer; None takes it back."""
    scale = setting.asked(sheet, criterion)
    _known(reason, [one.id for one in getattr(scale, "reasons", ())], f"gate {criterion}")
    return sheet.answered(criterion, reason=reason)


def write_note(setting: Setting, sheet: Sheet, criterion: str, note: str) -> Sheet:
    """Write the justification of one criterion, or of the whole review when `criterion` is empty."""
    _short_enough(note)
    if not criterion:
        return sheet.model_validate({**sheet.model_dump(), "note": note})
    setting.asked(sheet, criterion)
    return sheet.answered(criterion, note=note)


def flag(setting: Setting, sheet: Sheet, name: str, remark: str | None = "") -> Sheet:
    """Raise a flag with a remark; None lowers it."""
    _known(name, [one.id for one in setting.rubric.flags], f"rubric {setting.rubric.id}", "flag")
    flags = {one: said for one, said in sheet.flags.items() if one != name}
    if remark is not None:
        _short_enough(remark)
        flags[name] = remark
    return sheet.model_validate({**sheet.model_dump(), "flags": flags})


def set_confidence(setting: Setting, sheet: Sheet, confidence: int | None) -> Sheet:
    """Say how sure: 1 guessing, 2 fairly sure, 3 certain; None takes it back."""
    del setting
    if confidence not in (None, 1, 2, 3):
        msg = f"Expected a confidence of 1, 2 or 3, got {confidence!r}."
        raise EvalWidgetsError(msg)
    return sheet.model_copy(update={"confidence": confidence})


ACTS: dict[str, Callable[..., Sheet]] = {
    act.__name__: act
    for act in (
        rate,
        mark,
        unmark,
        mark_second,
        mark_na,
        give_reason,
        write_note,
        flag,
        set_confidence,
    )
}


def do(name: str, setting: Setting, sheet: Sheet, *said: Any) -> Sheet:
    """Do the act with this name and return the next sheet.

    Raises
    ------
    UnknownName
        If there is no such act, criterion, flag or reason.
    EvalWidgetsError
        If what was said makes no sense here, or is nothing that a store can keep.
    """
    if name not in ACTS:
        raise UnknownName("act", name, ACTS)
    try:
        return ACTS[name](setting, sheet, *said)
    except (TypeError, ValueError) as error:
        why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        msg = f"{name} was not done: {why.removeprefix('Value error, ')}."
        raise EvalWidgetsError(msg) from error


def _of_regions(setting: Setting, sheet: Sheet, criterion: str) -> None:
    scale = setting.asked(sheet, criterion)
    if not isinstance(scale, Regions):
        msg = f"{scale.label}: nothing can be marked here, it is answered by {scale.control!r}."
        raise EvalWidgetsError(msg)


def _as_kept(setting: Setting, value: Any) -> list[dict[str, Any]]:
    """Return regions with every field and as exact as they are kept, if the rubric has their classes."""
    regions = read_regions(value)
    for label in unknown_labels(regions, setting.rubric.family_of):
        raise UnknownName("class", label, setting.rubric.family_of, f"rubric {setting.rubric.id}")
    return [region.model_dump(mode="json") for region in regions]


def _short_enough(said: object) -> None:
    if isinstance(said, str) and len(said) > LONGEST_TEXT:
        msg = f"a text of {len(said):,} characters; at most {LONGEST_TEXT:,} are kept"
        raise ValueError(msg)


def _known(name: str | None, known: list[str], where: str, what: str = "reason") -> None:
    if name is not None and name not in known:
        raise UnknownName(what, name, known, where)
