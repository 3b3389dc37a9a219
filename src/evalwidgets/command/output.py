"""What commands write: results on standard output or into a file, everything else beside it."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evalwidgets.errors import EvalWidgetsError


def write(text: str, out: Path | None) -> None:
    """Write a result to standard output, or into a file, saying so.

    Raises
    ------
    EvalWidgetsError
        If the file cannot be written.
    """
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{out}: cannot be written ({error.strerror}); give --out a file in a folder that exists."
        raise EvalWidgetsError(msg) from None
    say([f"Wrote {out}"])


def say(sentences: Iterable[object]) -> None:
    """Write sentences to standard error, which leaves standard output to the result."""
    for sentence in sentences:
        print(printable(str(sentence)), file=sys.stderr)


def printable(text: str) -> str:
    """Return text without what could steer a terminal; names in a table can hold anything."""
    return "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in text)


def shown(value: float | None, low: float | None = None, high: float | None = None) -> str:
    """Return a number with its interval, rounded for reading; a dash where there is none."""
    if value is None or math.isnan(value):
        return "-"
    interval = "" if low is None or high is None or math.isnan(low) else f" [{low:.2f}, {high:.2f}]"
    return f"{value:.2f}{interval}"


def as_json(value: Any) -> str:
    """Return a value as JSON in ASCII, which every pipe carries; what does not exist is null."""
    return json.dumps(_plain(value), indent=2, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if hasattr(value, "item"):  # a number of numpy's
        return _plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | bool | None) else str(value)
