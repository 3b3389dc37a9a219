"""Which step of the version number one change of a rubric deserves."""

from __future__ import annotations

from typing import Any, Literal

from evalwidgets.core.spelling import same_meaning

__all__ = ["Bump", "Kind", "Place", "deserved"]

Bump = Literal["major", "minor", "patch"]
Kind = Literal["added", "removed", "changed"]

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
