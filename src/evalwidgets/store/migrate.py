"""Bring a store to the version that this program knows; one path, one program at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Connection, Table, inspect, select

from evalwidgets.errors import StoreError, StoreUnusable
from evalwidgets.store.engine import BUSY_SECONDS, Doors, sqlite_module
from evalwidgets.store.explain import BUSY
from evalwidgets.store.guards import guard
from evalwidgets.store.location import Location
from evalwidgets.store.schema import (
    adjudication_event,
    gap_event,
    gold_event,
    lesson_event,
    meta,
    metadata,
    opening,
    round_event,
    rubric_event,
    slice_event,
)

VERSION = 5

_FIRST_TABLES = {"review", "rating", "draft", "rubric", "meta"}
"""What a store of any version has; a database with some of them only is something else."""

APPLICATION_ID = 0x45565731
"""What SQLite keeps in the file's header to tell a store from any other database ("EVW1")."""


def _adding(*tables: Table) -> Callable[[Connection], None]:
    """Return the step that adds tables, with their guards."""

    def step(connection: Connection) -> None:
        for table in tables:
            table.create(connection)
        guard(connection, tables)

    return step


STEPS: dict[int, Callable[[Connection], None]] = {
    1: _adding(round_event),
    2: _adding(opening),
    3: _adding(lesson_event, gold_event),
    4: _adding(adjudication_event, gap_event, rubric_event, slice_event),
}
"""Version to the step that leads to the next one. A new store is created at the newest at once."""


def prepare(doors: Doors) -> None:
    """Create the tables of a new store, or bring an older one up to date.

    Raises
    ------
    StoreUnusable
        If a newer program wrote the store, the database is no store, or it cannot
        be reached.
    """
    try:
        with doors.reading() as connection:
            found = version_of(connection, doors.location)
            ready = found == VERSION and _is_concurrent(connection)
        if not ready:
            _make_concurrent(doors)
            with doors.alone() as connection:
                _upgrade(connection, doors.location)
    except StoreUnusable:
        raise
    except StoreError as error:
        raise StoreUnusable(str(error)) from None


def version_of(connection: Connection, location: Location) -> int:
    """Return the store's version, 0 for an empty database.

    Raises
    ------
    StoreUnusable
        If the version is newer than this program's, or the database holds something else.
    """
    found = _sqlite_version(connection) if location.is_sqlite else _postgresql_version(connection)
    if found is None:
        msg = (
            f"{location.name!r} is a database, but not a store of evalwidgets. "
            "Nothing was changed; give another path or database."
        )
        raise StoreUnusable(msg)
    if found > VERSION:
        msg = (
            f"{location.name!r} was written by a newer evalwidgets (store version {found}, this one knows "
            f"up to {VERSION}). Nothing was changed. Run: pip install --upgrade evalwidgets"
        )
        raise StoreUnusable(msg)
    return found


def _sqlite_version(connection: Connection) -> int | None:
    number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if mark == APPLICATION_ID:
        return int(number)
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    return 0 if (mark, number, tables) == (0, 0, 0) else None


def _postgresql_version(connection: Connection) -> int | None:
    present = set(inspect(connection).get_table_names()) & set(metadata.tables)
    if not present:
        return 0
    if not present >= _FIRST_TABLES:
        return None
    number = connection.scalar(select(meta.c.value).where(meta.c.name == "version"))
    return None if number is None else int(number)


def _upgrade(connection: Connection, location: Location) -> None:
    found = version_of(connection, location)
    if found == 0:
        metadata.create_all(connection, checkfirst=False)
        guard(connection)
    for version in range(found or VERSION, VERSION):
        STEPS[version](connection)
    if found != VERSION:
        _set_version(connection, location)


def _set_version(connection: Connection, location: Location) -> None:
    if location.is_sqlite:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
    connection.execute(meta.delete().where(meta.c.name == "version"))
    connection.execute(meta.insert().values(name="version", value=str(VERSION)))


def _is_concurrent(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return True
    return bool(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal")


def _make_concurrent(doors: Doors) -> None:
    """Switch a SQLite file to the write-ahead log, in which readers and writers do not block each other."""
    if not doors.location.is_sqlite:
        return
    with doors.driver() as driver:
        mode = _patiently(lambda: driver.execute("PRAGMA journal_mode=WAL").fetchone()[0])
    if mode != "wal":
        msg = (
            f"{doors.location.name!r}: this disk does not carry SQLite's write-ahead log (the mode stays "
            f"{mode!r}). Use a folder on this machine's own disk, or a PostgreSQL URL."
        )
        raise StoreUnusable(msg)


def _patiently(switch: Callable[[], str]) -> str:
    """Try again while other programs start on the same new file; here SQLite itself does not wait."""
    module = sqlite_module()
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return switch()
        except module.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.01)
