"""Steps of the version number: which one a change of a rubric deserves, and what it leads to."""

from __future__ import annotations

from typing import Any, Literal

from evalwidgets.core.spelling import same_meaning

__all__ = ["RANK", "Bump", "Kind", "Place", "deserved", "numbers", "step_taken", "stepped"]

Bump = Literal["major", "minor", "patch"]
Kind = Literal["added", "removed", "changed"]

RANK: dict[Bump, int] = {"patch": 1, "minor": 2, "major": 3}
"""How large a step is."""

Place = tuple[str, ...]
"""Names of keys and ids of parts in turn: `("criteria", "clarity", "levels", "3", "name")`."""

_PATCH = {"title", "purpose", "owner", "sources", "label"}
"""Headings and background: nobody rates by them."""

_MINOR = {
    *("instructions", "status", "confidence", "flags", "reasons", "help", "boundary", "example"),
    *("required", "justify", "targets", "second", "ask_reason", "min_words", "max_words"),
    *("shapes", "needs", "because"),
}
"""Help, and what goes with an answer: the answers mean what they meant."""

_MEANING = {"question", "descriptor", "name", "yes", "no", "levels"}
"""Words that carry the meaning (`levels`: the descriptors of a variant)."""

_MARKS = {"flags", "reasons", "na_reasons", "defects", "classes"}
"""What is picked beside the answers: other words for it change no level."""


def deserved(place: Place, kind: Kind, before: Any, after: Any) -> Bump:
    """Return the step that one change deserves; in doubt the larger one.

    Parameters
    ----------
    place : tuple of str
        Where; every second element is the id of a part, so that the others are keys.
    kind : {"added", "removed", "changed"}
        What happened there.
    before, after : Any
        What stood and stands there; None for nothing.
    """
    keys = place[::2]
    whole = len(place) % 2 == 0
    if place[0] == "overall":
        return "major"
    if whole and kind == "changed" and place[-1] == "order":
        return "minor"
    if _same_words(keys[-1], before, after):
        return "patch"
    if keys[-1] in _PATCH | _MINOR:
        return "patch" if keys[-1] in _PATCH else "minor"
    if whole:
        return _of_part(keys[-1], kind, after)
    about_a_mark = len(keys) > 1 and keys[-2] in _MARKS
    return "minor" if about_a_mark and keys[-1] in _MEANING else "major"


def _same_words(key: str, before: Any, after: Any) -> bool:
    texts = isinstance(before, str) and isinstance(after, str)
    return texts and key in _MEANING | _MINOR and same_meaning(before, after)


def _of_part(key: str, kind: Kind, after: Any) -> Bump:
    """Return the step for a whole part that came, went, or is a variant's text."""
    if kind != "added":
        return "major"
    if key in _MARKS or (key == "criteria" and not after["weight"]):
        return "minor"
    return "major"


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as what sorts: `1.10.0` after `1.9.0`."""
    return tuple(int(part) for part in version.split("."))


def stepped(version: str, bump: Bump) -> str:
    """Return the version after a step: `1.2.3` and minor give `1.3.0`."""
    kept, old = 3 - RANK[bump], numbers(version)
    return ".".join(str(part) for part in (*old[:kept], old[kept] + 1, *(0,) * (2 - kept)))


def step_taken(old: str, new: str) -> Bump | None:
    """Return the step between two versions; None where there is none."""
    names: tuple[Bump, ...] = ("major", "minor", "patch")
    pairs = zip(names, numbers(old), numbers(new), strict=True)
    return next((name for name, before, after in pairs if before != after), None)
