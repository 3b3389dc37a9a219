"""JSON files that other tools, or strangers, wrote: read within limits, each fault with its place."""

from __future__ import annotations

import json
import math
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from evalwidgets.core.value import Value
from evalwidgets.errors import ExchangeError

MAX_BYTES = 256 * 1024 * 1024
"""A hundred thousand annotated tasks have some 200 MB."""
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON writes half of a surrogate pair; two of them may well be one character."""
_V = TypeVar("_V", bound=Value)


def read_json(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    ExchangeError
        If it is missing, too large, no plain file, no JSON, or holds a key twice or a
        number that is none (NaN, an infinity, thousands of digits).
    """
    return parsed(_text(path), str(path))


def json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield each JSON value of a file with one a line, after its place (`file:line`); see `read_json`."""
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", parsed(line, f"{path}:{number}")


def parsed(text: str, where: str) -> Any:
    """Return what a JSON text holds; see `read_json`."""
    try:
        value = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number, parse_float=_finite)
        if _HALF.search(text):
            json.dumps(value, ensure_ascii=False).encode()  # half of a pair has no bytes
    except RecursionError:
        raise ExchangeError([f"{where}: nested too deeply."]) from None
    except ValueError as error:
        raise ExchangeError([f"{where}: not JSON that can be read: {str(error)[:200]}"]) from None
    return value


def write_json(path: Path, value: Any) -> Path:
    """Write a value as JSON; a file that exists is replaced once the new one is whole."""
    return _write(path, json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n")


def write_json_lines(path: Path, rows: Iterable[Any]) -> Path:
    """Write one JSON value a line; a file that exists is replaced once the new one is whole."""
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    return _write(path, "".join(lines))


def write_text(path: Path, text: str) -> Path:
    """Write a text; a file that exists is replaced once the new one is whole."""
    return _write(path, text)


def checked(model: type[_V], value: Any, where: str) -> _V:
    """Return a value of the core that a file holds.

    Raises
    ------
    ExchangeError
        With every problem as `where: place: what is wrong`.
    """
    try:
        return model.model_validate(value)
    except (ValidationError, RecursionError) as error:
        raise ExchangeError([f"{where}: {sentence}" for sentence in _sentences(error)]) from None


def mapping(value: Any, where: str) -> dict[str, Any]:
    """Return a value that must be a JSON object."""
    if not isinstance(value, Mapping):
        raise ExchangeError([f"{where}: expected an object in braces, got {_short(value)}."])
    return dict(value)


def loose(value: Any) -> dict[str, Any]:
    """Return a JSON object; an empty one for anything else, where others may have left it out."""
    return dict(value) if isinstance(value, Mapping) else {}


def listed(value: Any, where: str) -> list[Any]:
    """Return a value that must be a JSON list."""
    if not isinstance(value, list):
        raise ExchangeError([f"{where}: expected a list, got {_short(value)}."])
    return value


def number(value: Any, where: str, *, most: float = 1e9) -> float:
    """Return a value that must be a finite number of a sensible size."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        raise ExchangeError([f"{where}: expected a number of at most {most:g}, got {_short(value)}."])
    return float(value)


def _text(path: Path) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ExchangeError([f"{path}: not a plain file."])
        if status.st_size > MAX_BYTES:
            most = MAX_BYTES / 1e6
            raise ExchangeError([f"{path}: {status.st_size / 1e6:,.0f} MB; at most {most:,.0f} MB are read."])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(
            [f"{path}: expected UTF-8 text ({error.reason} at byte {error.start})."]
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, ExchangeError):
            raise
        why = getattr(error, "strerror", None) or error
        raise ExchangeError([f"{path}: cannot be read ({why}); give the folder that holds it."]) from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    once = dict(pairs)
    if len(once) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        msg = f"the key {twice[:80]!r} stands twice; keep one"
        raise ValueError(msg)
    return once


def _no_number(word: str) -> Any:
    msg = f"expected a number, got {word}"
    raise ValueError(msg)


def _finite(word: str) -> float:
    value = float(word)
    return value if math.isfinite(value) else float(_no_number(word[:40]))


def _write(path: Path, text: str) -> Path:
    spare = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with spare.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        spare.replace(path)
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror}); choose another folder."
        raise ExchangeError([msg]) from None
    return path


def _sentences(error: Exception) -> list[str]:
    if not isinstance(error, ValidationError):
        return ["nested too deeply."]
    return [
        f"{'.'.join(str(part) for part in one['loc']) or 'here'}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors(include_url=False, include_context=False, include_input=False)[:20]
    ]


def _short(value: Any) -> str:
    return repr(value)[:60] if not isinstance(value, dict | list) else f"a {type(value).__name__}"
