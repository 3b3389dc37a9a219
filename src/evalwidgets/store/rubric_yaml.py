"""YAML as rubrics use it: one small, shallow document of plain values, each with its line.

Nothing is constructed from tags and nothing is expanded, so that a hostile file costs no
more than reading it. Plain values follow the core schema of YAML 1.2: `yes`, `on`, `010`,
`12:30` and dates stay text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from evalwidgets.core.value import clean_text

__all__ = ["MAX_BYTES", "MAX_DEPTH", "UNPRINTABLE", "Place", "Plain", "Problem", "read_plain", "resolved"]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40

Place = tuple[str | int, ...]
"""The way from the top of the file to a value: keys as text, positions in lists as int."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)\.[0-9]*|(0|[1-9][0-9]*)(?=[eE]))([eE][-+]?[0-9]+)?")


class Problem(NamedTuple):
    """One thing that is wrong with a file."""

    line: int
    place: Place
    message: str


class Plain(NamedTuple):
    """What a file holds; `value` is None when it could not be read at all."""

    value: Any
    lines: dict[Place, int]
    """Place to the line of its key, or of itself when it stands in a list."""
    problems: list[Problem]


class _Refused(Exception):
    """The file cannot be read on from here."""

    def __init__(self, line: int, message: str, place: Place = ()) -> None:
        super().__init__(message)
        self.problem = Problem(line, place, message)


def read_plain(source: bytes) -> Plain:
    """Read the bytes of a YAML file into plain values.

    Parameters
    ----------
    source : bytes
        The whole file; callers need not read more than `MAX_BYTES` + 1 of it.

    Returns
    -------
    Plain
        With `problems` when the file is too large, too deep, not UTF-8, not one
        document, or uses a duplicate key, an anchor, an alias or a tag.
    """
    reader = _Reader()
    try:
        value = reader.read(_text(source))
    except _Refused as refused:
        return Plain(None, reader.lines, [*reader.problems, refused.problem])
    except yaml.MarkedYAMLError as error:
        return Plain(None, reader.lines, [*reader.problems, _syntax(error, source)])
    except yaml.YAMLError as error:
        return Plain(None, reader.lines, [*reader.problems, Problem(1, (), f"not YAML: {error}")])
    return Plain(value, reader.lines, reader.problems)


def _text(source: bytes) -> str:
    if len(source) > MAX_BYTES:
        raise _Refused(1, f"the file is larger than {MAX_BYTES // 1024} KB; split the rubric")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise _Refused(line, "the file is not UTF-8 text; save it as UTF-8") from None
    found = UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise _Refused(line, f"the character U+{ord(found[0]):04X} is not allowed; remove it")
    return text


def _syntax(error: yaml.MarkedYAMLError, source: bytes) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    row = source.decode("utf-8-sig").splitlines()[line - 1 : line]
    if row and "\t" in row[0][: len(row[0]) - len(row[0].lstrip())]:
        return Problem(line, (), "a tab; YAML indents with spaces only")
    told = error.problem or error.context or "cannot be read"
    if told.startswith("mapping values"):
        told = "': ' where a new key cannot start; put text that holds ': ' in quotes"
    return Problem(line, (), f"not valid YAML: {told}")


class _Reader:
    """Builds plain values from parser events, never deeper than `MAX_DEPTH`."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._events: Iterator[Any] = iter(())

    def read(self, text: str) -> Any:
        self._events = iter(yaml.parse(text, Loader=_LOADER))
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _Refused(1, "the file is empty; expected a rubric")
        value = self._value(next(self._events), ())
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refused(_line(after), "a second document ('---'); expected exactly one")
        return value

    def _value(self, event: Any, place: Place) -> Any:
        self._admit(event, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        text = self._clean(event, place)
        return resolved(text) if event.implicit[0] else text

    def _admit(self, event: Any, place: Place) -> None:
        line = _line(event)
        if len(place) > MAX_DEPTH:
            raise _Refused(line, f"nested more than {MAX_DEPTH} levels deep", place[:3])
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(line, f"the alias *{event.anchor}; write the value out", place)
        if event.anchor is not None:
            raise _Refused(line, f"the anchor &{event.anchor}; anchors are not allowed", place)
        if event.tag is not None:
            raise _Refused(line, f"the tag {event.tag}; tags are not allowed", place)

    def _mapping(self, place: Place) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, place)
            inner = (*place, key)
            if key in mapping:
                message = f"used twice, first in line {self.lines[inner]}; each key may appear once"
                self.problems.append(Problem(_line(event), inner, message))
                self._value(next(self._events), (*place, f"{key} (again)"))
                continue
            self.lines[inner] = _line(event)
            mapping[key] = self._value(next(self._events), inner)
        return mapping

    def _key(self, event: Any, place: Place) -> str:
        self._admit(event, place)
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            raise _Refused(_line(event), "a key that is no text; expected 'key: value'", place)
        return self._clean(event, place)

    def _sequence(self, place: Place) -> list[Any]:
        values: list[Any] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            inner = (*place, len(values))
            self.lines[inner] = _line(event)
            values.append(self._value(event, inner))
        return values

    def _clean(self, event: Any, place: Place) -> str:
        try:
            return clean_text(event.value)
        except ValueError as error:
            raise _Refused(_line(event), str(error), place) from None


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def resolved(text: str) -> Any:
    """Return what a plain (unquoted) scalar means in the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
