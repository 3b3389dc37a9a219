"""A bar for what takes more than two seconds, on standard error and only for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, TypeVar, cast

_T = TypeVar("_T")
_PATIENCE = 2.0
"""Seconds without a bar."""


def steps(things: Iterable[_T], what: str, *, forced: bool = False) -> Iterable[_T]:
    """Return the things, showing how many are done."""
    from tqdm import tqdm

    return cast("Iterable[_T]", tqdm(things, **_options(what, forced)))


def watched(what: str, *, forced: bool = False) -> Callable[[BinaryIO], BinaryIO]:
    """Return what wraps an opened file to show how much of it is read."""
    from tqdm import tqdm

    def wrap(file: BinaryIO) -> BinaryIO:
        size = os.fstat(file.fileno()).st_size
        bar = tqdm(total=size, unit="B", unit_scale=True, unit_divisor=1024, **_options(what, forced))
        return cast("BinaryIO", _Watched(file, bar))

    return wrap


class _Watched:
    """A file whose reads move a bar."""

    def __init__(self, file: BinaryIO, bar: Any) -> None:
        self._file = file
        self._bar = bar

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, size: int = -1) -> bytes:
        """Read, and move the bar; the end of the file closes it."""
        read = self._file.read(size)
        self._bar.update(len(read))
        if not read:
            self._bar.close()
        return read


def _options(what: str, forced: bool) -> dict[str, Any]:
    # None: silent where standard error is no terminal.
    return {
        "desc": what,
        "delay": 0 if forced else _PATIENCE,
        "disable": False if forced else None,
        "file": sys.stderr,
        "leave": False,
    }
