"""The tidy table of reviews that are at hand, the same as a store's own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from evalwidgets.core.review import Review
from evalwidgets.store.ratings import COLUMNS, tidy
from evalwidgets.store.rows import rating_rows

if TYPE_CHECKING:
    import pandas as pd


def tidy_ratings(reviews: Iterable[Review]) -> pd.DataFrame:
    """Return one row for each criterion that a submitted review answers.

    The columns are those of `ReviewStore.ratings`.
    """
    rows: list[Any] = []
    for review in reviews:
        facts = review.model_dump(exclude={"answers", "note", "id"})
        facts |= {"review": review.id, "flags": json.dumps(review.flags)}
        rows += [[{**facts, **rating}[name] for name in COLUMNS] for rating in rating_rows(review)]
    return tidy(rows)
