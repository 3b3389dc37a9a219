"""Ratings and reviews as Parquet, typed, with the tasks and the rubrics beside them: for DuckDB or pandas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import canonical_json
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.beside import read_beside, write_beside
from evalwidgets.store.exchange.losses import pictures_stay
from evalwidgets.store.exchange.parquet_table import arrow_table
from evalwidgets.store.exchange.rating_files import refuse_unreadable
from evalwidgets.store.exchange.tidy import tidy_ratings
from evalwidgets.store.exchange.unread import unknown_rubrics
from evalwidgets.store.exchange.work import Brought, Work, Written

if TYPE_CHECKING:
    import pyarrow as pa

RATINGS = "ratings.parquet"
REVIEWS = "reviews.parquet"
_JSON = ("answers", "flags")
_WHOLE = ("revision", "confidence", "position", "second")
_NUMBERS = dict.fromkeys(_WHOLE, "int64") | dict.fromkeys(("seconds", "number"), "float64")
_TIMES = ("shown_at", "submitted_at")
_SHOWN_PROBLEMS = 20


def write_parquet(work: Work, folder: Path) -> Written:
    """Write ``ratings.parquet`` to count with and ``reviews.parquet``, from which all comes back equal.

    In the ratings, `value` is a text (a list is JSON), `number` the same as a number where it
    is one, and `flags` a list; in the reviews, `answers` and `flags` are JSON.
    """
    from pyarrow import parquet

    ratings, reviews = folder / RATINGS, folder / REVIEWS
    parquet.write_table(_ratings(work), ratings)
    parquet.write_table(_reviews(work), reviews)
    return Written((*write_beside(work, folder), ratings, reviews), pictures_stay(work))


def _ratings(work: Work) -> pa.Table:
    import pyarrow as pa

    columns: dict[str, list[Any]] = {
        str(name): column.tolist() for name, column in tidy_ratings(work.reviews).items()
    }
    values = columns["value"]
    numbers = [one if isinstance(one, int | float) and not isinstance(one, bool) else None for one in values]
    columns["value"] = [one if isinstance(one, str | None) else canonical_json(one) for one in values]
    columns["number"] = numbers
    # From pandas: what is missing there is missing here.
    cells = {name: pa.array(column, _kind(name), from_pandas=True) for name, column in columns.items()}
    return pa.table(cells)


def _reviews(work: Work) -> pa.Table:
    import pyarrow as pa

    texts = {"answers": pa.string(), "flags": pa.string()}
    return pa.table(
        {
            name: pa.array([_cell(one, name) for one in work.reviews], texts.get(name, _kind(name)))
            for name in Review.model_fields
        }
    )


def _cell(review: Review, name: str) -> Any:
    if name in _JSON:
        return canonical_json(review.model_dump(mode="json", include={name})[name])
    return getattr(review, name)


def _kind(name: str) -> pa.DataType:
    """Return the type of a column; those that are no text are the exception."""
    import pyarrow as pa

    if name in _TIMES:
        return pa.timestamp("us", tz="UTC")
    return pa.list_(pa.string()) if name == "flags" else pa.type_for_alias(_NUMBERS.get(name, "string"))


def read_parquet(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read the reviews that `write_parquet` wrote.

    Raises
    ------
    ExchangeError
        With every row that is no review.
    RatingsError
        If the file is missing, too large or no Parquet.
    """
    beside = read_beside(folder, rubrics)
    path = folder / REVIEWS
    refuse_unreadable(path)
    problems: list[str] = []
    reviews = tuple(_read(arrow_table(path), path, problems))
    if problems:
        more = len(problems) - _SHOWN_PROBLEMS
        raise ExchangeError([*problems[:_SHOWN_PROBLEMS], *([f"... and {more} more"] if more > 0 else [])])
    work = Work(beside.tasks, beside.rubrics, reviews)
    return Brought(work, unknown_rubrics(work))


def _read(table: pa.Table, path: Path, problems: list[str]) -> Iterator[Review]:
    for number, row in enumerate(table.to_pylist(), start=1):
        try:
            plain = {**row, **{name: json.loads(row[name]) for name in _JSON if row.get(name)}}
            yield Review.model_validate(plain)
        except (ValueError, TypeError, RecursionError) as error:
            problems.append(f"{path}: row {number}: {_first(error)}")


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}, got {str(first['input'])[:60]!r}"
    return str(error) or "nested too deeply"
