"""Cells into values: numbers as numbers, empty as missing, everything else as text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")
_MISSING = frozenset({"na", "n/a", "#n/a", "nan", "null", "<na>", "nat"})
"""How tables write "no answer". Not "none", which is an answer on some scales."""
_EXACT = 2**53
"""Whole numbers up to here are exact as floats."""


class Cells(NamedTuple):
    """Values of cells, and what was noticed while reading them."""

    answers: np.ndarray
    """Objects; None where missing."""
    said: tuple[str, ...]


def values_of(cells: pd.Series[Any], *, decimal_comma: bool = False) -> Cells:
    """Return what the cells of one criterion say.

    They are numbers where all are (`"3"`, `3.0` and `"3.0"` are 3), else texts; a JSON
    list (`["halo", "remnant"]`) is a set of options.
    """
    import pandas as pd

    codes, labels = pd.factorize(_scalars(cells))
    texts = [str(label).strip() for label in labels]
    words = [text for text in texts if text.casefold() in _MISSING]
    present = [text for text in texts if text and text.casefold() not in _MISSING]
    numbers = {text: _number(text, decimal_comma) for text in present}
    numeric = [text for text in present if numbers[text] is not None]
    said = [f"{', '.join(map(repr, words))} read as missing"] if words else []
    if present and len(numeric) < len(present):
        if numeric:
            other = next(text for text in present if numbers[text] is None)
            said.append(f"read as text, because {_short(other)!r} is no number")
        numbers = {text: _listed(text) for text in present}
    known = np.empty(len(texts) + 1, dtype=object)
    known[:-1] = [numbers.get(text) for text in texts]
    return Cells(known[codes], tuple(said))


def as_narrow(values: np.ndarray) -> np.ndarray:
    """Return whole numbers without a gap as such, which is what counting is fastest on."""
    kinds = {type(value) for value in values}
    return values.astype(np.int64) if kinds == {int} else values


def _scalars(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return lists (from Parquet) as JSON texts and floats that are whole as whole numbers' texts."""
    if cells.dtype != object:
        return cells
    return cells.map(
        lambda cell: (
            json.dumps(list(cell))
            if isinstance(cell, Sequence | np.ndarray) and not isinstance(cell, str)
            else cell
        )
    )


def _number(text: str, decimal_comma: bool) -> int | float | None:
    if decimal_comma and _COMMA_NUMBER.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def _listed(text: str) -> Any:
    """Return the options of a JSON list as a sorted tuple, else the text itself."""
    if not text.startswith("["):
        return text
    try:
        options = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return tuple(sorted(map(str, options))) if isinstance(options, list) else text


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}\N{HORIZONTAL ELLIPSIS}"
