"""What pydantic says about a rubric, as sentences with their place in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from evalwidgets.errors import did_you_mean
from evalwidgets.store.rubric_yaml import Place, Plain, Problem

__all__ = ["named", "problems_of"]

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "greater_than": "a number above {gt:g}",
    "greater_than_equal": "a number of at least {ge:g}",
    "less_than_equal": "a number of at most {le:g}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "some text",
}
"""Kind of pydantic error to what it expected, with the values of its context."""

_PATTERNS = {
    r"^[a-z][a-z0-9-]*$": "small letters, digits and dashes, a letter first",
    r"^[a-z][a-z0-9_]*$": "small letters, digits and underscores, a letter first",
    r"^\d+\.\d+\.\d+$": "three numbers with points, such as 1.0.0",
    r"^\d{4}-\d{2}-\d{2}$": "a date such as 2025-01-31",
}
_LENGTHS = {"too_short": "at least {min_length}", "too_long": "at most {max_length}"}
_SHOWN = 60
"""How many characters of what was given an error shows."""
_MOST = 200
"""How many problems are told; a file with more of them is no rubric."""
_PLACE = re.compile(r"[a-z_]+(\[\d+\]|\.[A-Za-z0-9_-]+)*(?=: )")


def named(place: Place) -> str:
    """Return a place in the words of errors, for example `criteria[2].levels`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part[:_SHOWN]}" for part in place)
    return "".join(parts).lstrip(".")


def problems_of(error: ValidationError, plain: Plain, schema: Mapping[str, Any]) -> list[Problem]:
    """Return every problem of a rubric that pydantic refused.

    Parameters
    ----------
    error : ValidationError
        What pydantic raised for `plain.value`.
    plain : Plain
        The values of the file with their lines.
    schema : mapping
        The JSON Schema of rubrics: it knows which keys a place may have.
    """
    told: dict[Place, list[str]] = {}
    found: list[Problem] = []
    for one in error.errors(include_url=False)[:_MOST]:
        place = _place(one["loc"], plain.value, one["type"])
        if one["type"] == "too_short" and len(one["input"]) >= one["ctx"]["min_length"]:
            continue  # pydantic counts the elements without problems of their own
        if one["type"] == "value_error" and not place:
            found += [_rule(line, plain) for line in str(one["ctx"]["error"]).splitlines()]
        else:
            told.setdefault(place, []).append(_sentence(one, place, schema))
    found += [Problem(_line(place, plain), place, _joined(said)) for place, said in told.items()]
    return found


def _place(loc: Sequence[int | str], value: Any, kind: str) -> Place:
    """Drop from pydantic's location what is no part of the file: tags of unions, `[key]`.

    The third element in `criteria` is the control, by which pydantic picks the class.
    """
    place: list[int | str] = []
    for index, part in enumerate(loc):
        if part == "[key]" or (index == 2 and loc[0] == "criteria"):
            continue
        inside = isinstance(value, Mapping) and part in value
        inside = inside or (isinstance(value, list) and isinstance(part, int) and part < len(value))
        if not inside and not (kind == "missing" and index == len(loc) - 1):
            break
        place.append(part)
        value = value[part] if inside else None
    return (*place, "control") if kind.startswith("union_tag") else tuple(place)


def _line(place: Place, plain: Plain) -> int:
    """Return the line of a place, or of the nearest thing around it."""
    for length in range(len(place), 0, -1):
        if place[:length] in plain.lines:
            return plain.lines[place[:length]]
    return 1


def _rule(line: str, plain: Plain) -> Problem:
    """Turn one broken rule of the core, `place: what`, into a problem with its line."""
    match = _PLACE.match(line)
    if match is None:
        return Problem(1, (), line)
    steps = re.findall(r"\[(\d+)\]|([^.\[\]]+)", match[0])
    place = tuple(int(number) if number else name for number, name in steps)
    return Problem(_line(place, plain), place, line[match.end() + 2 :])


def _sentence(error: Mapping[str, Any], place: Place, schema: Mapping[str, Any]) -> str:
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        known = _keys(error["loc"][:-1], schema)
        hint = did_you_mean(str(place[-1]), known)
        return f"unknown key.{hint or ' Known: ' + ', '.join(known) + '.'}"
    if kind == "union_tag_not_found":
        return f"is required: one of {', '.join(_controls(schema))}"
    if kind == "union_tag_invalid":
        return _one_of(_controls(schema), context["tag"])
    if kind == "literal_error":
        return _one_of(re.findall("'([^']*)'", context["expected"]), given)
    if kind in _LENGTHS:
        return f"expected {_LENGTHS[kind].format(**context)} {place[-1]}, got {len(given)}"
    if kind == "string_pattern_mismatch":
        return f"expected {_PATTERNS.get(context['pattern'], context['pattern'])}, got {_shown(given)}"
    if kind in _EXPECTED:
        quote = kind == "string_type" and isinstance(given, int | float)
        hint = "; put it in quotes" if quote else ""
        return f"expected {_EXPECTED[kind].format(**context)}, got {_shown(given)}{hint}"
    return str(context.get("error", error["msg"]))


def _one_of(allowed: Sequence[str], given: Any) -> str:
    hint = did_you_mean(str(given), allowed)
    return f"expected one of {', '.join(allowed)}, got {_shown(given)}.{hint}".rstrip(".")


def _controls(schema: Mapping[str, Any]) -> list[str]:
    return list(schema["properties"]["criteria"]["items"]["discriminator"]["mapping"])


def _shown(given: Any) -> str:
    if given is None:
        return "nothing"
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, list | dict):
        return "a list" if isinstance(given, list) else "keys with values"
    text = repr(given)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _joined(sentences: Sequence[str]) -> str:
    """Join what the branches of one union said: `expected text or a whole number, got a list`."""
    expected = [sentence.removeprefix("expected ").rpartition(", got ") for sentence in sentences]
    if len(expected) > 1 and len({got for _, _, got in expected}) == 1:
        return f"expected {' or '.join(what for what, _, _ in expected)}, got {expected[0][2]}"
    return "; ".join(sentences)


def _keys(loc: Sequence[int | str], schema: Mapping[str, Any]) -> list[str]:
    """Return the keys that the schema allows at a location of pydantic's."""
    node: Mapping[str, Any] = schema
    for part in loc:
        node = _inside(_followed(node, schema), part)
    return list(_followed(node, schema).get("properties", ()))


def _inside(node: Mapping[str, Any], part: int | str) -> Mapping[str, Any]:
    if "discriminator" in node:
        return {"$ref": node["discriminator"]["mapping"][part]}
    if isinstance(part, int):
        return dict(node["items"])
    return dict(node.get("properties", {}).get(part) or node["additionalProperties"])


def _followed(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a node refers to, past `$ref` and past "or null"."""
    if "anyOf" in node:
        return _followed(node["anyOf"][0], schema)
    if "$ref" in node:
        return _followed(schema["$defs"][node["$ref"].rpartition("/")[2]], schema)
    return node
