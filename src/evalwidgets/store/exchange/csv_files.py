"""Tables as CSV files, for people who open them in a spreadsheet and for `read_ratings`."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.exchange.safe_cells import guarded

if TYPE_CHECKING:
    import pandas as pd


def write_csv(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table as CSV whose cells are safe to open in a spreadsheet.

    Parameters
    ----------
    table : DataFrame
        For example ``store.ratings()``, or the table of a result. Its index is left out.
    path : str or path-like
        The file; one that exists is replaced once the new one is whole.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    EvalWidgetsError
        If the file cannot be written, or a text holds what UTF-8 cannot.

    Notes
    -----
    UTF-8, commas, every text in quotation marks. A text that a spreadsheet could take for a
    formula (it begins with ``=``, ``+``, ``-``, ``@`` or a blank before one of them) gets a
    ``'`` before it, which `read_ratings` takes away again. Numbers are written with all their
    digits and without a mark, times in ISO 8601, lists and answers with parts as JSON, and what
    is missing as an empty cell. CSV cannot tell a missing text from an empty one, nor the text
    ``3`` from the number; Parquet (``table.to_parquet``) can.
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
            writer.writerow([guarded(str(name)) for name in table.columns])
            writer.writerows(_rows(table))
        part.replace(target)
    except (OSError, UnicodeEncodeError) as error:
        part.unlink(missing_ok=True)
        why = getattr(error, "strerror", None) or "a text holds half of a surrogate pair"
        msg = f"{target}: cannot be written ({why}); give a file in a folder that exists."
        raise EvalWidgetsError(msg) from None
    return target


def _rows(table: pd.DataFrame) -> Iterable[Iterable[Any]]:
    import pandas as pd

    def cell(value: Any) -> Any:
        if isinstance(value, Mapping | list | tuple | set | frozenset | np.ndarray):
            return guarded(_as_json(value))
        return "" if pd.isna(value) else _scalar(value)

    columns = [map(cell, table.iloc[:, place].tolist()) for place in range(table.shape[1])]
    return zip(*columns, strict=True)


def _scalar(value: Any) -> Any:
    """Return a number as it is, and everything else as a text that is safe."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return value.isoformat() if isinstance(value, date) else guarded(str(value))


def _as_json(value: Any) -> str:
    plain = sorted(value, key=str) if isinstance(value, set | frozenset) else value
    plain = plain.tolist() if isinstance(plain, np.ndarray) else plain
    return json.dumps(plain, ensure_ascii=False, default=str)
