"""The tidy table: one row for each rating of the stored reviews."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, and_, literal_column, select

from evalwidgets.store.queries import chosen
from evalwidgets.store.schema import in_payload, rating, review

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "campaign": "str",
    "round": "str",
    "task": "str",
    "reviewer": "str",
    "criterion": "str",
    "value": "object",
    "second": "Int64",
    "na": "object",
    "note": "str",
    "confidence": "Int64",
    "rubric": "str",
    "rubric_version": "str",
    "revision": "int64",
    "reason": "str",
    "flags": "object",
    "submitted_at": "datetime64[us, UTC]",
    "seconds": "float64",
    "position": "int64",
    "review": "str",
}
"""Column to its pandas type, in the order of the table.

`reason` says why a review was revised, `flags` (a tuple of ids) what it was flagged for.
"""


def rating_table(
    connection: Connection, filters: Mapping[str, str | None], *, current: bool, lessons: bool = False
) -> list[Row[Any]]:
    """Return the rows of the tidy table in order of submission, values still as JSON."""
    of_review = and_(rating.c.campaign == review.c.campaign, rating.c.review == review.c.id)
    query = chosen(
        select(*map(_column, COLUMNS)).join_from(review, rating, of_review),
        filters,
        current=current,
        lessons=lessons,
    )
    return list(connection.execute(query.order_by(rating.c.criterion)))


def _column(name: str) -> ColumnElement[Any]:
    if name in ("reason", "flags"):
        return in_payload(review.c.payload, literal_column(f"'{name}'")).label(name)
    own = {"criterion", "value", "second", "na", "note", "review"}
    return (rating if name in own else review).c[name]


def tidy(rows: Sequence[Row[Any]]) -> pd.DataFrame:
    """Return the rows as a table whose values have the types that they have in JSON."""
    import pandas as pd

    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(COLUMNS, ())
    # Series by Series: pandas would otherwise turn whole numbers beside None into floats.
    series = {name: pd.Series(_typed(name, columns[name]), dtype=kind) for name, kind in COLUMNS.items()}
    return pd.DataFrame(series)


def _typed(name: str, column: Sequence[Any]) -> list[Any]:
    if name == "flags":
        return [tuple(json.loads(text)) for text in column]
    if name != "value":
        return list(column)
    return [None if text is None else json.loads(text) for text in column]
