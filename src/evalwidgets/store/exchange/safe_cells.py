"""Cells that no spreadsheet takes for a formula: a quotation mark before those that could be one, and back.

A spreadsheet runs what begins with ``=``, ``+``, ``-`` or ``@``, some also behind blanks, tabs
and line ends; a note such as ``=HYPERLINK(...)`` then sends a table's cells elsewhere when it is
clicked. The mark makes it a text to them all. It is put before a text only if the text could be
a formula, with or without marks that stand there already, so that taking one away again always
gives back what was written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_MARK = "'"
_WIDE = "\uff1d\uff0b\uff0d\uff20"  # = + - @ as East Asian keyboards write them, which some take for the same
_COULD_BE_FORMULA = re.compile(rf"'*[\s\x00-\x20\ufeff]*[=+\-@{_WIDE}\t\r\n]")


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    return _MARK + text if _COULD_BE_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` was given."""
    return cell[1:] if cell.startswith(_MARK) and _COULD_BE_FORMULA.match(cell, 1) else cell


def unguarded_column(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of texts as they were before `guarded`."""
    marked = cells.str.startswith(_MARK)
    if not marked.any():  # the usual table, of any size
        return cells
    return cells.where(~marked, cells[marked].map(unguarded))
