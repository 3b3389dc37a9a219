"""Ratings that other tools wrote: CSV or Parquet, long or wide, into the tidy table."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evalwidgets.errors import RatingsError, did_you_mean
from evalwidgets.store.exchange.cells import as_narrow, values_of
from evalwidgets.store.exchange.column_names import Layout, Shape, kept_facts, layout_of
from evalwidgets.store.exchange.parquet_table import parquet_table
from evalwidgets.store.exchange.text_table import Watch, read_text_table

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 1_000_000_000
"""A larger file belongs into a database, whose engine counts for us (`count_query`)."""
MAX_CRITERIA = 500
_PARQUET = b"PAR1"
_NUMBERS = ("revision", "seconds", "position", "confidence", "second")
_IDENTITY = ("task", "reviewer", "criterion")
_FEW = 20
"""In a column of more rows than this, another text in each is no rating."""


@dataclass(frozen=True, eq=False)
class RatingFile:
    """Ratings from a file, and what was understood of it.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table: `task, reviewer, criterion, value`, and of the other columns
        those that it knows (`revision`, `submitted_at`, ...).
    layout : Layout
        Which column was taken for what.
    understood : tuple of str
        Everything that was guessed or passed over, one sentence each.
    """

    ratings: pd.DataFrame
    layout: Layout
    understood: tuple[str, ...]


def read_ratings(
    path: str | os.PathLike[str],
    columns: Mapping[str, str | Sequence[str]] | None = None,
    shape: Shape | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    watch: Watch | None = None,
) -> RatingFile:
    """Read a table of ratings.

    Parameters
    ----------
    path : str or path-like
        CSV (separator and encoding are guessed: commas, semicolons, tabs; UTF-8, UTF-16
        with its mark, Windows-1252) or Parquet.
    columns : mapping, optional
        What the table calls `task, reviewer, criterion, value`. What is not said is
        guessed: `image_id`, `rater`, `dimension`, `score` and many more are known.
    shape : {"long", "wide"}, optional
        Long: a row for each rating. Wide: a row for each task with a column for each
        reviewer, or a row for each task and reviewer with a column for each criterion.
    max_bytes : int
        A larger file is refused before it is read.
    watch : callable, optional
        Wraps the opened file, for example to show how far it is read.

    Raises
    ------
    RatingsError
        If the file is missing, too large, not a table, or it cannot be told which
        column is which.
    UnknownName
        If a column in `columns` is not in the file.

    Notes
    -----
    Guesses are never silent: they stand in `understood`. The values of a criterion are
    numbers where all of them are, else texts. A column of ratings without a criterion
    gives the criterion its name.
    """
    file = Path(path)
    refuse_unreadable(file, max_bytes)
    with file.open("rb") as opened:
        parquet = opened.read(4) == _PARQUET
    said: tuple[str, ...] = ()
    decimal_comma = False
    if parquet:
        table = parquet_table(file)
    else:
        table, separator, said = read_text_table(file, watch)
        decimal_comma = separator in ";\t"
    layout = layout_of(
        list(table.columns), columns, shape, where=str(file), unlike_ratings=_unlike_ratings(table)
    )
    rows = _tidy(table, layout, file)
    ratings, more = _typed(rows, file, decimal_comma=decimal_comma)
    return RatingFile(ratings, layout, (*said, layout.said(), *more))


def refuse_unreadable(path: Path, max_bytes: int = MAX_BYTES) -> None:
    """Refuse what is no file, or a file that is too large.

    Raises
    ------
    RatingsError
        Saying which.
    """
    if path.is_dir():
        msg = f"{path}: a folder, not a file; name the table in it."
        raise RatingsError(msg)
    if not path.is_file():
        near = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        msg = f"{path}: there is no such file.{did_you_mean(path.name, near)}"
        raise RatingsError(msg)
    size = path.stat().st_size
    if size > max_bytes:
        msg = (
            f"{path}: {size:,} bytes are more than the {max_bytes:,} that are read at once. Keep such a "
            "table in a database, which counts it by one statement (evalwidgets.store.count_query)."
        )
        raise RatingsError(msg)


def _unlike_ratings(table: pd.DataFrame) -> list[str]:
    """Return the columns that hold a different text in every row: addresses, prompts."""
    import pandas as pd

    if len(table) <= _FEW:
        return []
    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    # A look at the first rows spares most columns the count of all.
    varied = [name for name in texts if table[name].head(_FEW).astype(str).nunique() == _FEW]
    return [name for name in varied if table[name].astype(str).nunique() == len(table)]


def _tidy(table: pd.DataFrame, layout: Layout, path: Path) -> pd.DataFrame:
    """Return one row per rating, cells still as they are."""
    if not len(table):
        msg = f"{path}: the table has a header and no rows."
        raise RatingsError(msg)
    facts = kept_facts(layout, list(table.columns))
    given = {role: getattr(layout, role) for role in _IDENTITY if getattr(layout, role)}
    for role, column in given.items():
        _refuse_empty(table[column], role, path)
    kept = table[[*given.values(), *facts]].set_axis([*given, *facts], axis=1)
    if layout.shape == "long":
        rows = kept.assign(value=table[layout.rated[0]])
        return rows if "criterion" in rows else rows.assign(criterion=layout.rated[0])
    wide = kept.join(table[list(layout.rated)].set_axis(range(len(layout.rated)), axis=1))
    spread = "criterion" if layout.reviewer else "reviewer"
    melted = wide.melt(id_vars=list(kept.columns), var_name="place", value_name="value")
    names = np.array(layout.rated, dtype=object)
    rows = melted.assign(**{spread: names[melted["place"].to_numpy(dtype=np.int64)]})
    # An empty cell of a wide table only says that this reviewer did not have the task.
    rated = rows[~_is_empty(rows["value"])].drop(columns="place")
    return rated if "criterion" in rated else rated.assign(criterion="rating")


def _refuse_empty(cells: pd.Series[Any], role: str, path: Path) -> None:
    empty = _is_empty(cells)
    if empty.any():
        row = int(np.argmax(empty)) + 2
        msg = f"{path}: row {row} (the header being row 1) has no {role}; every rating needs one."
        raise RatingsError(msg)


def _is_empty(cells: pd.Series[Any]) -> np.ndarray:
    missing = cells.isna().to_numpy(dtype=bool)
    return np.asarray(missing | (cells.astype(str).str.strip() == "").to_numpy(dtype=bool))


def _typed(rows: pd.DataFrame, path: Path, *, decimal_comma: bool) -> tuple[pd.DataFrame, list[str]]:
    """Return names as texts and values as what they are, and what was noticed."""
    import pandas as pd

    rows = rows.reset_index(drop=True)
    columns: dict[str, Any] = {name: rows[name].astype("str").str.strip() for name in _IDENTITY}
    codes, criteria = pd.factorize(columns["criterion"])
    if len(criteria) > MAX_CRITERIA:
        msg = (
            f"{path}: {len(criteria):,} different criteria, expected at most {MAX_CRITERIA}; "
            "is that the column of criteria? Name it with columns={'criterion': ...} (--criterion-column)."
        )
        raise RatingsError(msg)
    values = np.full(len(rows), None, dtype=object)
    said = []
    for place, criterion in enumerate(criteria):
        own = np.flatnonzero(codes == place)
        cells = values_of(rows["value"].iloc[own], decimal_comma=decimal_comma)
        values[own] = cells.answers
        said += [f"criterion {criterion!r}: {sentence}" for sentence in cells.said]
    columns["value"] = as_narrow(values)
    for name in rows.columns:
        if name not in columns:
            columns[name], trouble = _fact(rows[name])
            said += [f"column {name!r} is left out: {trouble}"] if trouble else []
    return pd.DataFrame({name: column for name, column in columns.items() if column is not None}), said


def _fact(cells: pd.Series[Any]) -> tuple[Any, str]:
    """Return a further column with its type, or None and why it is left out."""
    import pandas as pd

    present = cells.mask(_is_empty(cells))
    try:
        if cells.name == "submitted_at":
            return pd.to_datetime(present, utc=True, format="ISO8601").to_numpy(), ""
        if cells.name in _NUMBERS:
            return pd.to_numeric(present).to_numpy(), ""
    except (ValueError, TypeError) as error:
        return None, str(error).splitlines()[0][:120]
    texts = present.astype(object)
    return texts.where(present.notna(), None).to_numpy(), ""
