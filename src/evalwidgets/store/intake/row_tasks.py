"""A row of an intake as a task: its texts and tags cleaned, its name telling no model."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from evalwidgets.core.task import Tag
from evalwidgets.core.value import LONGEST_TEXT, clean_line, clean_text, content_hash
from evalwidgets.store.intake.intake import FACTS, PICTURE_ROLES, Intake

NO_INSTRUCTION = "(No instruction was given.)"
GIVEN_ID = "given_id"
_YES = ("true", "yes", "1", "y")
_LONGEST_LIST = 100


class Draft(NamedTuple):
    """What a row says of a task."""

    id: str
    pictures: dict[str, str]
    """Role to the path as given."""
    facts: dict[str, Any]
    tags: dict[str, Tag]
    telling: str
    """The name as given, where it tells the model; else empty."""


def draft_of(intake: Intake, place: int, row: Mapping[Any, Any]) -> Draft:
    """Return what a row says.

    Raises
    ------
    ValueError
        If a text cannot be kept, or is too long.
    """
    cells = {name: row[intake.column(name)] for name in intake.columns}
    pictures: dict[str, str] = {role: _plain(cells[role]) for role in PICTURE_ROLES if role in cells}
    tags: dict[str, Tag] = {}
    for name, cell in cells.items():
        tag = None if name in (*FACTS, *PICTURE_ROLES) else _tag(cell)
        if tag is not None:
            tags[name] = tag
    facts: dict[str, Any] = {
        name: text for name in FACTS if name not in ("id", "sensitive") and (text := _text(cells.get(name)))
    }
    if _plain(cells.get("sensitive")).casefold() in _YES:
        facts["sensitive"] = True
    given = clean_line(_plain(cells.get("id")).replace("/", "-"))[:200]
    model = str(tags.get("model", "")).casefold()
    telling = given if len(model) > 1 and model in given.casefold() else ""
    if telling:
        tags[GIVEN_ID] = given
    name = given if given and not telling else f"task-{content_hash([place, *sorted(pictures.items())])[:10]}"
    return Draft(name, pictures, facts, tags, telling)


def _plain(cell: object) -> str:
    missing = cell is None or (isinstance(cell, float) and math.isnan(cell))
    return "" if missing else str(cell).strip()


def _text(cell: object) -> str:
    text = clean_text(_plain(cell))
    if len(text) > LONGEST_TEXT:
        msg = f"a text has {len(text):,} characters; at most {LONGEST_TEXT:,} can be shown"
        raise ValueError(msg)
    return text


def _tag(cell: Any) -> Tag | None:
    """Return a cell as a tag; None where it is empty or no tag can hold it."""
    if hasattr(cell, "tolist"):
        cell = cell.tolist()
    if isinstance(cell, list | tuple | set):
        return tuple(clean_text(_plain(one)) for one in cell)[:_LONGEST_LIST]
    if isinstance(cell, bool | int) or (isinstance(cell, float) and math.isfinite(cell)):
        return cell
    return clean_text(_plain(cell)) or None
