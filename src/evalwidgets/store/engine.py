"""The two doors of a store: one that writes and waits its turn, one that only reads."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from evalwidgets.errors import StoreError, StoreUnusable
from evalwidgets.store.explain import explained, sentence
from evalwidgets.store.location import Location

BUSY_SECONDS = 30
ATTEMPTS = 40

_LOCK = 4_995_148_273_251
"""The advisory lock that programs starting on one PostgreSQL database take turns on."""

Result = TypeVar("Result")

# synchronous=FULL is what makes the tick mean "on disk"; NORMAL lost acknowledged
# reviews in half of all simulated power cuts. fullfsync says the same to macOS.
_PRAGMAS = (
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "synchronous=FULL",
    "fullfsync=ON",
    "mmap_size=0",
    "trusted_schema=OFF",
)


def sqlite_module() -> ModuleType:
    """Return pysqlite3, which bundles a current SQLite, or the standard library's module."""
    try:
        import pysqlite3
    except ImportError:
        import sqlite3

        return sqlite3
    module: ModuleType = pysqlite3
    return module


class Doors:
    """A store's connections, safe to share between threads and to carry across a fork.

    Writes of one process take turns on a lock, so that no thread starves and no
    fork can copy half a transaction. Readers never wait for writers.
    """

    def __init__(self, location: Location) -> None:
        self.location = location
        self.closed = False
        self.reopen()
        _OPEN.add(self)

    def reopen(self) -> None:
        """Start afresh with connections of this process's own."""
        self.lock = threading.RLock()
        self._engines = _sqlite(self.location) if self.location.is_sqlite else _postgresql(self.location)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection inside a transaction that sees one moment and may write."""
        with self.lock, self._begun(self._engines.writer) as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Like `writing`, and nobody else is here until it ends: for changing the tables."""
        with self.lock, self._begun(self._engines.plain) as connection:
            # SQLite's BEGIN IMMEDIATE has already made this program the only writer.
            if not self.location.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment and can change nothing."""
        with explained(self.location):
            self._refuse_when_closed()
            with self._engines.reader.connect() as connection:
                yield connection

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        with explained(self.location):
            self._refuse_when_closed()
            with engine.begin() as connection:
                yield connection

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """Give the writer's bare driver connection, for what no transaction may hold."""
        with self.lock, explained(self.location):
            self._refuse_when_closed()
            raw = self._engines.plain.raw_connection()
            try:
                yield raw.driver_connection
            except sqlite_module().Error as error:
                raise StoreError(sentence(error, self.location)) from None
            finally:
                raw.close()

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run the work in a write transaction, again when it lost a race to another process."""
        for _ in range(ATTEMPTS):
            try:
                with self.writing() as connection:
                    return work(connection)
            except DBAPIError as error:
                lost = error
        said = self.location.masked(str(lost.orig))
        msg = (
            f"The store {self.location.name!r} could not keep this in {ATTEMPTS} tries: {said}. "
            "Nothing was stored."
        )
        raise StoreError(msg)

    def release(self) -> None:
        """Close the idle connections; the next use opens new ones."""
        for engine in self._engines:
            engine.dispose()

    def close(self) -> None:
        """Close for good."""
        with self.lock:
            self.closed = True
            self.release()

    def _refuse_when_closed(self) -> None:
        if self.closed:
            msg = f"The store {self.location.name!r} is closed. Open it again with open_store()."
            raise StoreError(msg)


class _Engines(NamedTuple):
    writer: Engine
    reader: Engine
    plain: Engine


def _sqlite(location: Location) -> _Engines:
    options: dict[str, Any] = {"module": sqlite_module(), "connect_args": {"timeout": BUSY_SECONDS}}
    writer = create_engine(location.url, pool_size=1, **options)
    reader = create_engine(location.url, pool_size=2, max_overflow=-1, **options)
    _configure(writer, "BEGIN IMMEDIATE", _PRAGMAS)
    # Not SQLite's own read-only mode: after a crash a reader must be able to replay the log.
    _configure(reader, "BEGIN", (*_PRAGMAS, "query_only=ON"))
    return _Engines(writer, reader, plain=writer)


def _configure(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # else the driver begins transactions of its own, deferred ones
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _postgresql(location: Location) -> _Engines:
    try:
        plain = create_engine(
            location.url,
            pool_size=1,
            max_overflow=4,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "application_name": "evalwidgets"},
        )
    except ImportError as error:
        msg = f"PostgreSQL needs the driver {error.name!r}. Run: pip install 'psycopg[binary]'"
        raise StoreUnusable(msg) from None

    @event.listens_for(plain, "connect")
    def _on_disk(connection: Any, _: object) -> None:
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') = 'off'"
        )
        connection.commit()

    # As on SQLite, what a transaction reads is of one moment; a race then ends in a broken
    # constraint, never in two reads that contradict each other.
    writer = plain.execution_options(isolation_level="REPEATABLE READ")
    return _Engines(writer, writer.execution_options(postgresql_readonly=True), plain)


_OPEN: weakref.WeakSet[Doors] = weakref.WeakSet()
"""The doors that a fork has to know of."""


class _Held(threading.local):
    """The doors whose locks this thread holds while it forks."""

    doors: tuple[Doors, ...] = ()


_held = _Held()


def _before_fork() -> None:
    """Wait for running writes and close idle connections: neither may exist in two processes."""
    _held.doors = tuple(sorted(_OPEN, key=id))
    for doors in _held.doors:
        doors.lock.acquire()
        doors.release()


def _after_fork_in_parent() -> None:
    for doors in _held.doors:
        doors.lock.release()
    _held.doors = ()


def _after_fork_in_child() -> None:
    for doors in list(_OPEN):
        doors.reopen()
    _held.doors = ()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork_in_child
    )
