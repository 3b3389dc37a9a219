"""Small tables of ratings for tests, written as one row per task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def ratings_of(tasks: Sequence[Sequence[Any]], criterion: str = "quality", **columns: Any) -> pd.DataFrame:
    """Return the tidy table of answers given as tasks x reviewers, None where missing."""
    rows = [
        (f"t{t}", f"r{r}", criterion, value)
        for t, row in enumerate(tasks)
        for r, value in enumerate(row)
        if value is not None
    ]
    table = pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"])
    return table.astype({"value": object}).assign(**columns)


def gold_of(accepted: Sequence[Any], criterion: str = "quality", **columns: Any) -> pd.DataFrame:
    """Return the gold table of one criterion: a value or a tuple of values per task."""
    sets = [value if isinstance(value, tuple) else (value,) for value in accepted]
    rows = [(f"t{t}", criterion, values) for t, values in enumerate(sets)]
    table = pd.DataFrame(rows, columns=["task", "criterion", "accepted"])
    return table.assign(tolerance=None, na=False).assign(**columns)
