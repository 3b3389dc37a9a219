"""Parquet files as tables: what a file says of its size is checked before it is unpacked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from evalwidgets.errors import RatingsError
from evalwidgets.store.exchange.text_table import MOST_COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MOST_UNPACKED = 4_000_000_000
"""Bytes."""
_T = TypeVar("_T")


def parquet_table(path: Path) -> pd.DataFrame:
    """Return a Parquet file as a DataFrame.

    Raises
    ------
    RatingsError
        If it is too large or cannot be read.
    """
    import pandas as pd

    table = _read(path, lambda file: pd.read_parquet(file, engine="pyarrow"))
    named = [name for name in table.index.names if name]
    return (table.reset_index() if named else table.reset_index(drop=True)).rename(columns=str)


def arrow_table(path: Path) -> pa.Table:
    """Return a Parquet file as an Arrow table, whose cells are exact.

    Raises
    ------
    RatingsError
        If it is too large or cannot be read.
    """
    from pyarrow import parquet

    return _read(path, parquet.read_table)


def _read(path: Path, reading: Callable[[Path], _T]) -> _T:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        facts = parquet.read_metadata(path)
        unpacked = sum(facts.row_group(i).total_byte_size for i in range(facts.num_row_groups))
        if facts.num_columns > MOST_COLUMNS or unpacked > MOST_UNPACKED:
            msg = (
                f"{path}: {facts.num_columns:,} columns and {unpacked:,} bytes unpacked; expected at most "
                f"{MOST_COLUMNS:,} and {MOST_UNPACKED:,}. Write the columns of the ratings only."
            )
            raise RatingsError(msg)
        return reading(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, RatingsError):
            raise
        msg = f"{path}: this Parquet file cannot be read ({str(error).splitlines()[0][:160]})."
        raise RatingsError(msg) from None
