"""Cells of text into values of a criterion, as its control shapes them; the rubric says which are allowed."""

from __future__ import annotations

import json
import re
from typing import Any

from evalwidgets.core.criterion import Criterion

_WHOLE = re.compile(r"[+-]?\d{1,15}(\.0*)?")
_NUMBERS = ("ordinal", "count")
_LISTS = ("multi", "words", "regions")


def value_in(cell: str, criterion: Criterion) -> Any:
    """Return the value that a cell holds.

    Raises
    ------
    ValueError
        If it is none that the criterion allows; the message says which are.
    """
    value = _shaped(cell, criterion)
    why = criterion.explain(value)
    if why:
        raise ValueError(why)
    return value


def _shaped(cell: str, criterion: Criterion) -> Any:
    if criterion.control in _NUMBERS:
        whole = cell.strip()
        return int(float(whole)) if _WHOLE.fullmatch(whole) else cell  # spreadsheets write 3 as 3.0
    if criterion.control in _LISTS:
        return _listed(cell)
    return cell


def _listed(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        msg = f"expected a JSON list, got {cell[:60]!r}"
        raise ValueError(msg) from None
