"""A rubric as JSON: its parts found by their place, and what is wrong with it told by place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import Place
from evalwidgets.errors import RubricError, UnknownName

__all__ = ["called", "holder_of", "key_of", "plain_of", "valid_rubric"]

_FORMS = {"string_type": "expected text", "float_type": "expected a number", "int_type": "expected a number"}


def plain_of(rubric: Rubric) -> dict[str, Any]:
    """Return a rubric as JSON has it, every key written."""
    return rubric.model_dump(mode="json", by_alias=True)


def holder_of(plain: Any, place: Place) -> Any:
    """Return the mapping or list in which the last step of a place stands."""
    node = plain
    for depth, name in enumerate(place[:-1]):
        node = node[key_of(node, name, place[:depth])]
    if not isinstance(node, dict | list):
        raise UnknownName("part", place[-1], [], f"{'.'.join(place[:-1])} of the rubric")
    return node


def key_of(node: Any, name: str, place: Place) -> Any:
    """Return the key or position under which a step of a place stands."""
    names: list[str] = []
    if isinstance(node, dict):
        names = list(node)
        if name in node:
            return name
    elif isinstance(node, list):
        names = [called(one, at) for at, one in enumerate(node)]
        if name in names:
            return names.index(name)
    raise UnknownName("part", name, names, ".".join(place) or "the rubric")


def called(part: Any, at: int) -> str:
    """Return what an element of a list is called: its id, its value, or its position."""
    known = part if isinstance(part, dict) else {}
    return str(known.get("id", known.get("value", at)))


def valid_rubric(plain: dict[str, Any]) -> Rubric:
    """Return the rubric that JSON tells.

    Raises
    ------
    RubricError
        If it is not valid; each problem names its place.
    """
    try:
        return Rubric.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError as error:
        raise RubricError(list(dict.fromkeys(_told(error, plain)))) from None


def _told(error: ValidationError, plain: dict[str, Any]) -> Iterator[str]:
    for one in error.errors(include_url=False):
        rules = one.get("ctx", {}).get("error") if one["type"] == "value_error" else None
        if rules and not one["loc"]:
            yield from (_with_ids(line, plain) for line in str(rules).splitlines())
            continue
        what = rules or _FORMS.get(one["type"]) or one["msg"].replace("Input should", "it should")
        yield f"{_named(one['loc'], plain)}: {what}, got {one['input']!r}"


def _named(loc: Sequence[int | str], plain: Any) -> str:
    """Return pydantic's location in ids; the tags of unions are no part of it."""
    names, node = [], plain
    for part in loc:
        if isinstance(node, list) and isinstance(part, int) and part < len(node):
            names.append(called(node[part], part))
        elif isinstance(node, dict) and part in node:
            names.append(str(part))
        else:
            continue
        node = node[part]
    return ".".join(names) or "the rubric"


def _with_ids(line: str, plain: dict[str, Any]) -> str:
    """Return a broken rule with the id of its gate or criterion in place of the position."""
    return re.sub(
        r"^(gates|criteria)\[(\d+)\]",
        lambda found: f"{found[1]}.{plain[found[1]][int(found[2])]['id']}",
        line,
    )
