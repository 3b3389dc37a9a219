"""Tags as columns: one per tag, under a name that a query can say."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterable

import pandas as pd

from evalwidgets.core.task import Task

_NOT_IN_NAMES = re.compile(r"\W")
_TAKEN = frozenset({"index", "has", "known"})


def tag_columns(tasks: Iterable[Task], taken: Collection[str] = ()) -> pd.DataFrame:
    """Return one column per tag, missing where a task has none of the name.

    Parameters
    ----------
    tasks : iterable of Task
        One row each.
    taken : collection of str
        Names of other columns: a tag of such a name becomes `tag_<name>`. What no query
        could say as a name ("edit type") becomes one ("edit_type").
    """
    rows = [task.tags for task in tasks]
    names: dict[str, str] = {}
    used = {*taken, *_TAKEN}
    for tag in dict.fromkeys(tag for row in rows for tag in row):
        names[tag] = _spoken(tag, used)
        used.add(names[tag])
    columns = {name: _column([row.get(tag) for row in rows]) for tag, name in names.items()}
    return pd.DataFrame(columns, index=range(len(rows)))


def _spoken(tag: str, used: set[str]) -> str:
    name = _NOT_IN_NAMES.sub("_", tag)
    if not name.isidentifier() or keyword.iskeyword(name) or name in used or name.startswith("__"):
        name = f"tag_{name}"
    while name in used:
        name += "_"
    return name


def _column(values: list[object]) -> pd.Series:
    """Return values as numbers or truths where all are, else as they are."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds and kinds <= {int, float}:
        return pd.Series(values, dtype=float if float in kinds or None in values else int)
    return pd.Series(values, dtype=object)
