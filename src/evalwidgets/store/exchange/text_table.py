"""Text tables (CSV and its kin): encoding and separator guessed and said, every row whole."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from evalwidgets.errors import RatingsError
from evalwidgets.store.exchange.safe_cells import unguarded, unguarded_column

if TYPE_CHECKING:
    import pandas as pd

MOST_COLUMNS = 2_000
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_CHUNK = 1 << 20
_BEGINNING = 1 << 16
_SHOWN_ROWS = 5
_NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or another zip archive; save the sheet as CSV",
    b"\x1f\x8b": "compressed by gzip; unpack it first",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook; save the sheet as CSV",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

Watch = Callable[[BinaryIO], BinaryIO]
"""Wraps the opened file, so that reading it can be shown."""


class TextTable(NamedTuple):
    """A table of texts, and how its file was understood."""

    table: pd.DataFrame
    separator: str
    said: tuple[str, ...]


class _Scan(NamedTuple):
    encoding: str
    quotes: int


def read_text_table(path: Path, watch: Watch | None = None) -> TextTable:
    """Read a text table; every cell stays text, and an empty one is an empty text.

    A quotation mark that keeps spreadsheets from running a cell (`safe_cells`) is taken away.

    Raises
    ------
    RatingsError
        If the file is not text, has no header, or has rows of another length.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    _refuse_other_kinds(path, beginning)
    scan = _scan(path, beginning)
    first_lines = beginning.decode(scan.encoding, errors="ignore")
    separator = _separator(first_lines)
    header = _header(path, first_lines, separator)
    table = _parsed(path, scan.encoding, separator, len(header), watch).iloc[1:].reset_index(drop=True)
    _refuse_open_quote(path, table, scan.quotes)
    table = table.set_axis(header, axis=1).apply(unguarded_column)
    said = [f"separated by {_SEPARATORS[separator]}"] if separator != "," else []
    if scan.encoding not in ("utf-8", "utf-8-sig"):
        said.append(f"encoding {scan.encoding}")
    return TextTable(table, separator, tuple(said))


def _refuse_other_kinds(path: Path, beginning: bytes) -> None:
    for magic, what in _NOT_TEXT.items():
        if beginning.startswith(magic):
            msg = f"{path}: expected a table of ratings (CSV or Parquet), got {what}."
            raise RatingsError(msg)
    if beginning.lstrip()[:1] in (b"{", b"["):
        msg = f"{path}: expected a table of ratings (CSV or Parquet), got JSON; write its rows as CSV."
        raise RatingsError(msg)
    if not beginning.strip():
        msg = f"{path}: the file is empty; expected a header such as task,reviewer,criterion,value."
        raise RatingsError(msg)


def _scan(path: Path, beginning: bytes) -> _Scan:
    """Return the encoding of the whole file and how many quotation marks it has."""
    for mark, marked in _BYTE_ORDER_MARKS.items():
        if beginning.startswith(mark):
            return _Scan(marked, _tried(path, marked))
    if b"\x00" in beginning:
        msg = f"{path}: expected text (CSV) or Parquet, got a binary file."
        raise RatingsError(msg)
    for encoding in ("utf-8", "cp1252"):
        try:
            return _Scan(encoding, _tried(path, encoding))
        except UnicodeDecodeError as error:
            failed = error
    msg = (
        f"{path}: expected text in UTF-8 or Windows-1252, got byte {failed.object[failed.start]:#04x} "
        f"({failed.reason}). Save it as UTF-8."
    )
    raise RatingsError(msg)


def _tried(path: Path, encoding: str) -> int:
    """Decode the whole file, and return how many quotation marks it has."""
    decoder = codecs.getincrementaldecoder(encoding)()
    quotes = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            quotes += decoder.decode(chunk).count('"')
    decoder.decode(b"", final=True)
    return quotes


def _separator(text: str) -> str:
    """Return the separator that splits the first lines into most columns, evenly."""

    def columns(separator: str) -> tuple[bool, int]:
        widths = [len(row) for row in _first_rows(text, separator)]
        return len(set(widths)) == 1, max(widths, default=0)

    tried = {separator: columns(separator) for separator in _SEPARATORS}
    split = {separator: shape for separator, shape in tried.items() if shape[1] > 1}
    return max(split, key=lambda one: split[one]) if split else ","


def _first_rows(text: str, separator: str) -> Iterator[list[str]]:
    # The last line may be cut off, unless it is the only one.
    whole = text[: text.rfind("\n") + 1] if len(text) >= _BEGINNING // 4 and "\n" in text else text
    rows = csv.reader(io.StringIO(whole, newline=""), delimiter=separator)
    try:
        for row, _ in zip(filter(None, rows), range(_SHOWN_ROWS), strict=False):
            yield row
    except csv.Error:
        return


def _header(path: Path, text: str, separator: str) -> list[str]:
    names = [unguarded(name.strip().lstrip("\ufeff")) for name in next(_first_rows(text, separator), [])]
    if len(text) >= _BEGINNING // 4 and "\n" not in text.replace("\r", "\n"):
        msg = (
            f"{path}:1: the first line has {len(text):,} characters and more; expected a header of at most "
            f"{MOST_COLUMNS:,} columns, such as task,reviewer,criterion,value."
        )
        raise RatingsError(msg)
    if len(names) > MOST_COLUMNS:
        msg = (
            f"{path}: expected at most {MOST_COLUMNS:,} columns, got {len(names):,}. "
            "Give the table with a row for each task or rating, not a column."
        )
        raise RatingsError(msg)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        msg = f"{path}:1: the column {twice[0]!r} stands {names.count(twice[0])} times; keep or rename one."
        raise RatingsError(msg)
    return [name or f"column {place}" for place, name in enumerate(names, start=1)]


def _parsed(path: Path, encoding: str, separator: str, columns: int, watch: Watch | None) -> pd.DataFrame:
    """Return all rows, the header being the first; rows of another length are an error."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    ragged: list[arrow.InvalidRow] = []

    def note(row: arrow.InvalidRow) -> str:
        ragged.append(row)
        return "error"

    # Threads would lose the row's number.
    reading = arrow.ReadOptions(
        autogenerate_column_names=True, encoding=_arrow_name(encoding), use_threads=False
    )
    parsing = arrow.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=note)
    texts = {f"f{i}": pa.string() for i in range(columns)}
    converting = arrow.ConvertOptions(column_types=texts, strings_can_be_null=False)
    try:
        with path.open("rb") as file, closing(watch(file) if watch else file) as source:
            table = arrow.read_csv(source, reading, parsing, converting)
    except pa.ArrowException as error:
        if not ragged:
            msg = f"{path}: cannot be read as a table ({_one_line(error)})."
            raise RatingsError(msg) from None
        row = ragged[0]
        msg = (
            f"{path}: row {row.number} (the header being row 1) has {row.actual_columns} cells, the header "
            f"{row.expected_columns}: {row.text[:60]!r}. Put a text that holds a separator into quotes."
        )
        raise RatingsError(msg) from None
    rows: pd.DataFrame = table.to_pandas()
    return rows


def _arrow_name(encoding: str) -> str:
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _one_line(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error))[:200]


def _refuse_open_quote(path: Path, table: pd.DataFrame, quotes: int) -> None:
    """Refuse a table whose last cell swallowed the rest of the file."""
    if quotes % 2 and len(table) and any("\n" in cell or "\r" in cell for cell in table.iloc[-1]):
        msg = (
            f'{path}: row {len(table) + 1} opens a quotation mark (") that is never closed; '
            "close it, or double it where it is part of a text."
        )
        raise RatingsError(msg)
