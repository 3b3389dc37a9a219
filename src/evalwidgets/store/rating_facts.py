"""The tidy table of one rubric again, narrow and quick: for looking at many tasks at once."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, Select, literal_column, select

from evalwidgets.store.queries import asked_for
from evalwidgets.store.schema import in_payload, rating, review

if TYPE_CHECKING:
    import pandas as pd

_NAMES = ("round", "task", "reviewer", "rubric_version")
COLUMNS = (
    *("campaign", "rubric", *_NAMES, "criterion", "value", "na"),
    *("confidence", "revision", "flags", "review"),
)
"""The columns, each as in `ratings.COLUMNS`; names are categories."""


def rating_facts(connection: Connection, filters: Mapping[str, str | None]) -> pd.DataFrame:
    """Return the ratings of a campaign under a rubric, every revision of them, in no order.

    Notes
    -----
    The tidy table of 100,000 reviews takes over 20 seconds, nearly all of it for a row
    object per rating and for turning the same text into the same value again and again.
    Here reviews and ratings are read apart and each different text becomes a value once.
    """
    import pandas as pd

    ids, confidence, revision, flags, *names = _columns(connection, _reviews(filters), 4 + len(_NAMES))
    of_campaign = select(rating.c.review, rating.c.criterion, rating.c.value, rating.c.na)
    query = of_campaign.where(rating.c.campaign == filters["campaign"])
    owners, criteria, values, reasons = _columns(connection, query, 4)
    at_of = {name: at for at, name in enumerate(ids)}
    found = np.fromiter((at_of.get(name, -1) for name in owners), dtype=np.int64, count=len(owners))
    kept = found >= 0  # the others belong to another rubric, round or lesson
    at = found[kept]
    same = {name: _categories([filters[name]]).take(np.zeros_like(at)) for name in ("campaign", "rubric")}
    table = {
        **same,
        **{name: _categories(texts).take(at) for name, texts in zip(_NAMES, names, strict=True)},
        "criterion": _categories(criteria)[kept],
        "value": _as_it_is(_read(values, json.loads)[kept]),
        "na": _as_it_is(np.array(reasons, dtype=object)[kept]),
        "confidence": pd.array(confidence, dtype="Int64").take(at) if ids else pd.array([], dtype="Int64"),
        "revision": np.array(revision, dtype=np.int64)[at],
        "flags": _as_it_is(_read(flags, lambda text: tuple(json.loads(text)))[at]),
        "review": pd.Categorical.from_codes(at, pd.Index(ids)),
    }
    return pd.DataFrame(table, columns=list(COLUMNS))


def notes_of(connection: Connection, filters: Mapping[str, str | None]) -> pd.DataFrame:
    """Return what was written beside answers: `task, note`, every revision, in no order."""
    import pandas as pd

    of_review = (rating.c.campaign == review.c.campaign) & (rating.c.review == review.c.id)
    query = select(review.c.task, rating.c.note).join_from(review, rating, of_review)
    tasks, notes = _columns(
        connection, query.where(rating.c.note != "", *asked_for(filters, lessons=False)), 2
    )
    return pd.DataFrame({"task": pd.Series(tasks, dtype=str), "note": pd.Series(notes, dtype=str)})


def _reviews(filters: Mapping[str, str | None]) -> Select[Any]:
    flags = in_payload(review.c.payload, literal_column("'flags'"))
    own = (review.c.id, review.c.confidence, review.c.revision, flags)
    return select(*own, *(review.c[name] for name in _NAMES)).where(*asked_for(filters, lessons=False))


def _columns(connection: Connection, query: Select[Any], width: int) -> list[Sequence[Any]]:
    """Return what a query finds, column by column; none of it needs a conversion by SQLAlchemy."""
    with _uncollected():
        rows = connection.execute(query).cursor.fetchall()
        return list(zip(*rows, strict=True)) if rows else [()] * width


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no garbage be looked for: a million short-lived rows would be searched again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _categories(texts: Sequence[Any]) -> pd.Categorical:
    import pandas as pd

    codes, names = pd.factorize(np.array(texts, dtype=object))
    return pd.Categorical.from_codes(codes, pd.Index(names))


def _as_it_is(values: np.ndarray) -> pd.Series[Any]:
    """Return a column in which pandas guesses no type: whole numbers stay so beside None, and None stays."""
    import pandas as pd

    return pd.Series(values, dtype=object)


def _read(texts: Sequence[str | None], read: Callable[[str], Any]) -> np.ndarray:
    """Return what texts say, each different one read once; None stays None."""
    import pandas as pd

    codes, different = pd.factorize(np.array(texts, dtype=object))
    said = np.full(len(different) + 1, None, dtype=object)
    for place, text in enumerate(different):
        said[place] = read(text)
    return np.asarray(said[codes])  # the code of None is -1: the last place
