"""Places and changes of a rubric as people read them, and what they type as what a rubric holds."""

from __future__ import annotations

import re
from typing import Any

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import Place
from evalwidgets.core.rubric_diff import RubricChange, RubricDiff
from evalwidgets.errors import RubricError
from evalwidgets.widgets.word_diff import Words, word_diff

_NUMBERS = {"weight", "tolerance", "at_most", "exact", "within", "min_words", "max_words"}
_MAY_BE_EMPTY = {"tolerance"}
_KEYS = {
    "at_most": "limit",
    "na_reasons": "reason for N/A",
    "levels": "level",
    "variants": "words for",
    "options": "option",
    "flags": "flag",
    "reasons": "reason",
    "because": "why",
}


def fitting(place: Place, given: Any) -> Any:
    """Return what was typed as the place takes it: a number, a list of lists, or the text.

    Raises
    ------
    RubricError
        If a number was expected.
    """
    key = place[-1]
    if key == "families" and isinstance(given, str):
        return [re.findall(r"\w+", family) for family in given.split(";") if family.strip()]
    if key not in _NUMBERS or not isinstance(given, str):
        return given
    text = given.strip().replace(",", ".")
    if not text and key in _MAY_BE_EMPTY:
        return None
    try:
        return float(text)
    except ValueError:
        raise RubricError([f"{'.'.join(place)}: expected a number, got {given!r}"]) from None


def place_words(place: str, *rubrics: Rubric) -> str:
    """Return a place of the diff as people say it: `Preservation, level 3, descriptor`."""
    labels = {one.id: one.label for rubric in reversed(rubrics) for one in rubric.all}
    if place.startswith("caps."):
        return _cap_words(place.removeprefix("caps."), labels)
    first, *rest = place.split(".")
    if first in ("criteria", "gates") and rest:
        if rest[0] == "order":
            return f"Order of the {first}"
        return ", ".join([labels.get(rest[0], rest[0]), *_steps(rest[1:])])
    steps = _steps([first, *rest])
    return ", ".join([steps[0].capitalize(), *steps[1:]])


def _cap_words(rest: str, labels: dict[str, str]) -> str:
    name, _, key = rest.rpartition(".") if re.search(r"\.(at_most|because)$", rest) else (rest, "", "")
    what, _, when = name.partition(" when ")
    told = f"Cap on {labels.get(what, 'the overall score')}"
    if when:
        told += " when " + re.sub(r"\w+", lambda word: labels.get(word[0], word[0]), when)
    return f"{told}, {_KEYS[key]}" if key else told


def _steps(steps: list[str]) -> list[str]:
    """Return keys and ids in turn as words: a list's key goes with the id of its part."""
    told, at = [], 0
    while at < len(steps):
        key = steps[at]
        if key in ("levels", "options", "reasons", "na_reasons", "variants", "flags") and at + 1 < len(steps):
            told.append(f"{_KEYS[key]} {steps[at + 1]}")
            at += 2
        else:
            told.append(_KEYS.get(key, key.replace("_", " ")))
            at += 1
    return told


def change_words(change: RubricChange) -> Words:
    """Return what a change takes away and brings, in pieces."""
    before, after = shown(change.before), shown(change.after)
    if isinstance(change.before, str) and isinstance(change.after, str):
        return word_diff(before, after)
    if change.kind == "changed":
        return from_to(before, after)
    return [("new", after)] if change.kind == "added" else [("gone", before)]


def from_to(before: str, after: str) -> Words:
    """Return a number or rule that became another one."""
    return [("gone", before), ("same", " → "), ("new", after)]


def shown(value: Any) -> str:
    """Return a value of a rubric as text."""
    match value:
        case None | "":
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return f"{value:g}"
        case dict():
            told = {key: inner for key, inner in value.items() if inner not in (None, "", [], {}, False)}
            name = next(
                (told[key] for key in ("because", "descriptor", "name", "label") if key in told), None
            )
            limit = f"at most {told['at_most']:g}: " if "at_most" in told and "because" in told else ""
            return f"{limit}{name}" if name else "; ".join(f"{key} {shown(one)}" for key, one in told.items())
        case list() | tuple():
            return ", ".join(map(shown, value))
    return str(value)


def changelog_lines(changed: RubricDiff, *rubrics: Rubric) -> list[str]:
    """Return a changelog to begin with: what changed where, one line a criterion."""
    parts: dict[str, list[str]] = {}
    for change in changed.changes:
        label, _, rest = place_words(change.place, *rubrics).partition(", ")
        said = _said(change)
        parts.setdefault(label, []).append(f"{rest} {said}".strip())
    return [f"{label}: {'; '.join(dict.fromkeys(said))}." for label, said in parts.items()]


def _said(change: RubricChange) -> str:
    if change.kind != "changed":
        return change.kind
    short = not isinstance(change.before, str | dict | list) and not isinstance(
        change.after, str | dict | list
    )
    return f"{shown(change.before)} → {shown(change.after)}" if short else "reworded"
