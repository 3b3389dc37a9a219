"""A bar for what takes more than two seconds, on standard error and only for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any, BinaryIO, TypeVar, cast

_T = TypeVar("_T")
_PATIENCE = 2.0
"""Seconds without a bar."""


class Bar:
    """Counts what is done, and appears once that has taken a while.

    Parameters
    ----------
    what : str
        What is being done.
    total : int
        How much there is to do.
    forced : bool
        Whether to appear at once, and also where standard error is no terminal.
    options
        Of tqdm.
    """

    def __init__(self, what: str, total: int, *, forced: bool = False, **options: Any) -> None:
        self._options = {"desc": what, "total": total, "leave": False, "file": sys.stderr, **options}
        self._done = 0
        self._shown: Any = None
        self._lock = Lock()
        # A timer, because one long step would otherwise end before a bar could appear.
        self._timer = Timer(0 if forced else _PATIENCE, self._show)
        self._timer.daemon = True
        if forced:
            self._show()
        elif sys.stderr.isatty():
            self._timer.start()

    def move(self, n: int = 1) -> None:
        """Say that so much more is done."""
        with self._lock:
            self._done += n
            if self._shown is not None:
                self._shown.update(n)

    def close(self) -> None:
        """Take the bar away."""
        self._timer.cancel()
        with self._lock:
            if self._shown is not None:
                self._shown.close()

    def _show(self) -> None:
        from tqdm import tqdm

        with self._lock:
            self._shown = tqdm(initial=self._done, **self._options)


@contextmanager
def progress(what: str, total: int, *, forced: bool = False) -> Iterator[Bar]:
    """Give a bar for the time of a block."""
    bar = Bar(what, total, forced=forced)
    try:
        yield bar
    finally:
        bar.close()


def steps(things: Collection[_T], what: str, *, forced: bool = False) -> Iterable[_T]:
    """Yield the things, showing how many are done."""
    with progress(what, len(things), forced=forced) as bar:
        for thing in things:
            yield thing
            bar.move()


def watched(what: str, *, forced: bool = False) -> Callable[[BinaryIO], BinaryIO]:
    """Return what wraps an opened file to show how much of it is read."""

    def wrap(file: BinaryIO) -> BinaryIO:
        size = os.fstat(file.fileno()).st_size
        bar = Bar(what, size, forced=forced, unit="B", unit_scale=True, unit_divisor=1024)
        return cast("BinaryIO", _Watched(file, bar))

    return wrap


class _Watched:
    """A file whose reads move a bar; closing it takes the bar away."""

    def __init__(self, file: BinaryIO, bar: Bar) -> None:
        self._file = file
        self._bar = bar

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, size: int = -1) -> bytes:
        """Read, and move the bar."""
        read = self._file.read(size)
        self._bar.move(len(read))
        return read

    def close(self) -> None:
        """Close the file, and take the bar away."""
        self._bar.close()
        self._file.close()
