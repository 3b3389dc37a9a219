"""Values as lines of JSON, and back: every wrong line is told with its number."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from evalwidgets.core.value import Value
from evalwidgets.store.manifest import jsonl_rows
from evalwidgets.store.manifest_values import values_of

_V = TypeVar("_V", bound=Value)


def write_lines(path: Path, values: Iterable[Value], *, short: bool = False) -> Path:
    """Write one value a line and return the path.

    Parameters
    ----------
    path : Path
        A new file.
    values : iterable of Value
        What is written, in this order.
    short : bool
        Whether to leave out what is as it usually is.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for value in values:
            plain = value.model_dump(mode="json", by_alias=True, exclude_defaults=short)
            file.write(json.dumps(plain, ensure_ascii=False, allow_nan=False) + "\n")
    return path


def read_lines(model: type[_V], path: Path, unique: str) -> list[_V]:
    """Return the values of a file that `write_lines` wrote.

    Raises
    ------
    TaskError
        With every problem of the file, each as `file:line: place: what is wrong`.
    """
    return values_of(model, path, jsonl_rows(path), lambda _: [], unique)
