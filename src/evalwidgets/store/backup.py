"""A copy of a living store that misses nothing and is never half."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from evalwidgets.errors import StoreError
from evalwidgets.store.engine import Doors, sqlite_module


def back_up(doors: Doors, target: Path) -> Path:
    """Copy the store into a new file, which appears under its name only when it is whole.

    Raises
    ------
    StoreError
        If the store is on a server, the file exists, its folder does not, or the
        copy fails.
    """
    _refuse(doors, target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy(doors, partial)
        _to_disk(partial)
        _refuse(doors, target)  # someone may have made the file meanwhile
        partial.replace(target)
        _to_disk(target.parent)
    except (OSError, sqlite_module().Error) as error:
        msg = f"The backup {str(target)!r} was not made: {error}. Nothing is left of it."
        raise StoreError(msg) from None
    finally:
        partial.unlink(missing_ok=True)
    return target


def _refuse(doors: Doors, target: Path) -> None:
    if not doors.location.is_sqlite:
        msg = (
            f"{doors.location.name!r} is a PostgreSQL store, which its own tool backs up. "
            f"Run: pg_dump --format=custom --file={target.name} {doors.location.name}"
        )
        raise StoreError(msg)
    if not target.parent.is_dir():
        msg = f"No folder {str(target.parent)!r} for the backup. Make it, or give another path."
        raise StoreError(msg)
    if target.exists():
        msg = f"{str(target)!r} exists, and a backup never overwrites. Give a new name."
        raise StoreError(msg)


def _copy(doors: Doors, partial: Path) -> None:
    """Copy by SQLite's own means in one step, hence one moment of the store; then check the copy."""
    copy = sqlite_module().connect(str(partial), isolation_level=None)
    try:
        with doors.reading() as connection:
            cast("Any", connection.connection.driver_connection).backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # one plain file, without a log beside it
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if found != "ok":
        msg = f"The backup was not made: the store {doors.location.name!r} is damaged ({found})."
        raise StoreError(msg)


def _to_disk(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return  # Windows cannot and need not write a folder out
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
