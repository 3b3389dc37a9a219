"""The lines of task manifests and gold files, each read by itself so that every problem is told."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from evalwidgets.core.task import ROLES
from evalwidgets.errors import EvalWidgetsError, TaskError

__all__ = ["TEXTS", "Row", "csv_rows", "jsonl_rows"]

MAX_BYTES = 256 * 1024 * 1024
"""A hundred thousand tasks have some 50 MB."""
_ROLES = sorted({role for must, may in ROLES.values() for role in (*must, *may)})
TEXTS = ("id", "kind", "instruction", "prompt", "guideline", "source", "content_note")
"""What a task says in plain text."""

Row = tuple[int, Callable[[], Any]]
"""The number of a line, and what reads it; reading raises `ValueError` where the line is wrong."""


def _text(path: Path) -> str:
    try:
        _refuse_endless(path)
        return path.read_text(encoding="utf-8-sig")  # Excel begins its CSV files with a byte order mark
    except FileNotFoundError:
        msg = f"{path}: there is no such file; check the path (the current folder is {Path.cwd().name})."
        raise EvalWidgetsError(msg) from None
    except UnicodeDecodeError as error:
        raise TaskError([f"{path}: expected UTF-8 text ({error.reason} at byte {error.start})"]) from error
    except (OSError, ValueError) as error:  # a NUL in the path is the latter
        why = getattr(error, "strerror", None) or error
        msg = f"{path}: cannot be read ({why}); give the path of a file that you may read."
        raise EvalWidgetsError(msg) from error


def _refuse_endless(path: Path) -> None:
    """Refuse what reading would not come to the end of: a pipe, a device, a file of gigabytes."""
    status = path.stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):  # a folder is told by reading it
        msg = f"{path}: not a plain file; give the path of a file of tasks."
        raise EvalWidgetsError(msg)
    if status.st_size > MAX_BYTES:
        size, most = status.st_size / 1e6, MAX_BYTES / 1e6
        msg = f"{path}: {size:,.0f} MB; at most {most:,.0f} MB are read. Split the set of tasks."
        raise EvalWidgetsError(msg)


def jsonl_rows(path: Path) -> Iterator[Row]:
    """Yield the lines of a file with one JSON object a line; empty ones are left out."""
    # Not splitlines(): a text may hold other separators, such as U+2028, as they are.
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            yield number, partial(_from_json, line)


def _from_json(line: str) -> Any:
    try:
        return json.loads(line, object_pairs_hook=_once_each, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        msg = f"expected one JSON object a line: {error}"
        raise ValueError(msg) from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = _first_twice(name for name, _ in pairs)
    if twice is not None:
        msg = f"the key {twice!r} stands twice; keep one"
        raise ValueError(msg)
    return dict(pairs)


def _no_number(word: str) -> Any:
    msg = f"expected a number, got {word}"
    raise ValueError(msg)


def csv_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file in the shape of the JSON; empty ones are left out."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong = list(_header_problems(header))
        yield from ((1, partial(_fail, why)) for why in wrong)
        for row in reader:
            if any(row) and not wrong:
                yield reader.line_num, partial(_from_cells, header, row)
    except csv.Error as error:
        yield reader.line_num, partial(_fail, f"not CSV from here on: {error}")


def _header_problems(header: list[str]) -> Iterator[str]:
    missing = [name for name in ("id", "kind") if name not in header]
    if missing and header:
        yield f"expected the columns id and kind, separated by commas; got {', '.join(header)[:80]!r}"
    twice = _first_twice(name for name in header if name)
    if twice is not None:
        yield f"the column {twice!r} stands twice; keep one"


def _from_cells(header: list[str], row: list[str]) -> dict[str, Any]:
    if any(row[len(header) :]):
        msg = f"{len(row)} cells under {len(header)} columns; put a text that holds a comma into quotes"
        raise ValueError(msg)
    cells = {name: cell for name, cell in zip(header, row, strict=False) if name and cell}
    known = {*TEXTS, *_ROLES, "sensitive"}
    return {
        **{name: cells[name] for name in TEXTS if name in cells},
        "images": {role: cells[role] for role in _ROLES if role in cells},
        "sensitive": cells.get("sensitive", "no").strip().lower(),
        "tags": {name: cell for name, cell in cells.items() if name not in known},
    }


def _fail(why: str) -> Any:
    raise ValueError(why)


def _first_twice(names: Iterable[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)
