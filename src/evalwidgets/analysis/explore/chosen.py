"""The tasks of a slice: ready-made slices, a query, an order."""

from __future__ import annotations

import pandas as pd

from evalwidgets.analysis.explore.presets import preset_named
from evalwidgets.analysis.explore.query import matching
from evalwidgets.core.slice_book import Slice
from evalwidgets.errors import SliceError, UnknownName


def chosen(facts: pd.DataFrame, slice_: Slice) -> pd.DataFrame:
    """Return the rows of a table of tasks that a slice holds, in its order.

    Parameters
    ----------
    facts : DataFrame
        From `task_facts`.
    slice_ : Slice
        Ready-made slices must all hold, and the query; `sort` names a column, with a minus
        the largest come first. Equals, and all without `sort`, keep the order of the table;
        what has no value comes last.

    Raises
    ------
    UnknownName
        If there is no such ready-made slice, or no such column.
    SliceError
        If the query cannot be read (see `matching`), or the column cannot be sorted by.
    """
    held = matching(facts, slice_.query)
    for name in slice_.presets:
        held = held & preset_named(name).of(facts).to_numpy(dtype=bool)
    return _sorted(facts[held], slice_.sort.strip())


def _sorted(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    column = sort.removeprefix("-").strip()
    if not column:
        return rows
    if column not in rows:
        raise UnknownName("column", column, map(str, rows.columns), "the table of tasks")
    try:
        return rows.sort_values(column, ascending=not sort.startswith("-"), kind="stable", na_position="last")
    except TypeError:
        msg = f"Tasks cannot be sorted by {column!r}: it holds values of several kinds."
        raise SliceError(msg) from None
