"""The rows of a CSV, JSONL or Parquet file of tasks, as they stand there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalwidgets.errors import EvalWidgetsError, RatingsError, TaskError
from evalwidgets.store.exchange.text_table import MOST_COLUMNS, read_text_table
from evalwidgets.store.manifest import MAX_BYTES, jsonl_rows

if TYPE_CHECKING:
    import pandas as pd

TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
MOST_ROWS = 200_000


def read_source_table(path: Path) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the table of a file, and what was understood of it.

    Nested objects of JSONL become columns such as `images.original`.

    Raises
    ------
    TaskError
        If the file is missing, too large, or no table.
    """
    try:
        table, said = _read(path)
    except (RatingsError, OSError) as error:
        raise TaskError([str(error).replace("table of ratings", "table of tasks")]) from error
    if not len(table):
        raise TaskError([f"{path.name}: the table has no rows; point at one with a row for each task."])
    if len(table) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        msg = (
            f"{path.name}: {len(table):,} rows and {len(table.columns):,} columns; at most {MOST_ROWS:,} and "
            f"{MOST_COLUMNS:,} are taken in at once. Split the table."
        )
        raise TaskError([msg])
    return table, said


def _read(path: Path) -> tuple[pd.DataFrame, tuple[str, ...]]:
    if path.suffix.casefold() not in TABLES:
        msg = f"{path.name}: expected a folder or a file of the kind {', '.join(TABLES)}."
        raise TaskError([msg])
    if not path.is_file():
        raise TaskError([f"{path.name}: there is no such file; check the path."])
    if path.stat().st_size > MAX_BYTES:
        size, most = path.stat().st_size / 1e6, MAX_BYTES / 1e6
        raise TaskError([f"{path.name}: {size:,.0f} MB; at most {most:,.0f} MB are read. Split the table."])
    if path.suffix.casefold() == ".parquet":
        return _parquet(path), ()
    if path.suffix.casefold() in (".csv", ".tsv"):
        text = read_text_table(path)
        return text.table, text.said
    return _jsonl(path), ()


def _jsonl(path: Path) -> pd.DataFrame:
    import pandas as pd

    rows, problems = [], []
    for line, parse in jsonl_rows(path):
        try:
            row = parse()
        except (ValueError, RecursionError, EvalWidgetsError) as error:
            problems.append(f"{path.name}:{line}: {error}")
            continue
        if isinstance(row, dict):
            rows.append(_flat(row))
        else:
            problems.append(f"{path.name}:{line}: expected one JSON object a line, got {type(row).__name__}")
    if problems:
        raise TaskError(problems[:20])
    return pd.DataFrame(rows, dtype=object)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return an object whose inner objects' keys follow theirs after a stop, one level deep."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        inner = value if isinstance(value, dict) else None
        flat |= {f"{name}.{key}": one for key, one in inner.items()} if inner else {name: value}
    return flat


def _parquet(path: Path) -> pd.DataFrame:
    """Return a Parquet file's table; what it says of its size is checked before it is unpacked."""
    import pandas as pd
    import pyarrow as pa
    from pyarrow import parquet

    try:
        facts = parquet.read_metadata(path)
        unpacked = sum(facts.row_group(i).total_byte_size for i in range(facts.num_row_groups))
        if facts.num_rows > MOST_ROWS or unpacked > 4 * MAX_BYTES:
            msg = (
                f"{path.name}: {facts.num_rows:,} rows and {unpacked / 1e6:,.0f} MB unpacked; at most "
                f"{MOST_ROWS:,} rows and {4 * MAX_BYTES / 1e6:,.0f} MB are taken in at once. Split the table."
            )
            raise TaskError([msg])
        table: pd.DataFrame = pd.read_parquet(path, engine="pyarrow").rename(columns=str)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, TaskError):
            raise
        why = str(error).splitlines()[0][:160]
        raise TaskError([f"{path.name}: this Parquet file cannot be read ({why})."]) from None
    return table
