"""Connections: durable, patient, never shared between processes."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from evalwidgets.errors import StoreError
from evalwidgets.store import engine
from evalwidgets.store.engine import Doors, sqlite_module
from evalwidgets.store.location import locate
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.schema import meta

from .faults import acknowledged_are_stored, start
from .samples import a_review


@pytest.fixture
def doors(file_store: ReviewStore, db: Path):
    """Return the doors of a prepared store."""
    opened = Doors(locate(db))
    yield opened
    opened.close()


def pragmas(connection) -> dict[str, object]:
    """Return the settings that the store's promises rest on."""
    names = [
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "recursive_triggers",
        "query_only",
        "busy_timeout",
    ]
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}


def test_writes_reach_the_disk_before_they_return(doors: Doors) -> None:
    """Both doors use the write-ahead log with synchronous=FULL (2) and wait 30 seconds."""
    common = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 30_000,
    }

    with doors.writing() as connection:
        assert pragmas(connection) == {**common, "query_only": 0}
    with doors.reading() as connection:
        assert pragmas(connection) == {**common, "query_only": 1}


def test_a_write_holds_its_right_from_the_start(doors: Doors, db: Path) -> None:
    """Nobody else can begin to write in a write transaction, even before its first statement."""
    module = sqlite_module()

    with (
        closing(module.connect(str(db), timeout=0, isolation_level=None)) as other,
        doors.writing(),
        pytest.raises(module.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_a_reader_waits_for_nobody_and_changes_nothing(doors: Doors) -> None:
    """While a write is open, reading goes on; and the reading door refuses to write."""
    with doors.writing() as writer:
        writer.execute(meta.insert().values(name="half", value="done"))
        with doors.reading() as reader:
            assert reader.scalar(meta.select().where(meta.c.name == "half")) is None

    with pytest.raises(StoreError, match="read-only now"), doors.reading() as reader:
        reader.execute(meta.insert().values(name="x", value="y"))


def test_waiting_too_long_is_a_sentence(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another program holds the store beyond the patience, nothing is stored and it says so."""
    open_store(db).close()
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    with open_store(db) as store, closing(sqlite_module().connect(str(db), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match=r"another program has been writing.*Nothing was stored"):
            store.submit(a_review())

        other.execute("ROLLBACK")
        store.submit(a_review())
        assert len(store.reviews()) == 1


def test_what_the_tables_forbid_is_a_sentence(doors: Doors) -> None:
    """A race is run again; what still breaks a rule of the tables in the end is refused, and all of it."""

    def work(connection) -> None:
        connection.execute(meta.insert().values(name="half", value="done"))
        connection.execute(meta.insert().values(name="version", value="again"))

    with pytest.raises(StoreError, match=r"could not keep this in 40 tries: UNIQUE.*Nothing was stored"):
        doors.write(work)

    with doors.reading() as connection:
        assert [row.name for row in connection.execute(meta.select())] == ["version"]


def test_threads_share_a_store(store: ReviewStore) -> None:
    """Eight threads that submit and read at once all succeed."""
    failed = []

    def work(name: str) -> None:
        try:
            for number in range(15):
                store.submit(a_review(reviewer=name, task=f"t{number}"))
                assert len(store.reviews(reviewer=name)) == number + 1
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(f"r{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert len(store.reviews()) == 8 * 15


def test_a_fork_gets_connections_of_its_own(store: ReviewStore) -> None:
    """Parent and children go on with the same store object after a fork, and nobody loses anything."""
    store.submit(a_review(task="before"))

    def work(name: str, say) -> None:
        for number in range(10):
            store.submit(a_review(reviewer=name, task=f"t{number}"))
        say(str(len(store.reviews(reviewer=name))))

    children = [start(lambda say, name=name: work(name, say)) for name in ("c1", "c2", "c3")]
    for number in range(10):
        store.submit(a_review(reviewer="parent", task=f"t{number}"))

    assert [child.finish() for child in children] == [["10"]] * 3
    assert len(store.reviews()) == 41
    assert store.verify() == ()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed on Linux only")
def test_a_fork_inherits_no_open_file(file_store: ReviewStore, db: Path) -> None:
    """SQLite forbids a connection in two processes: the child starts without any."""
    file_store.submit(a_review())
    assert len(file_store.reviews()) == 1

    child = start(lambda say: say(str([str(path) for path in open_files() if str(path).startswith(str(db))])))

    assert child.finish() == ["[]"]


def open_files() -> list[Path]:
    """Return what this process has open."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [link.readlink() for link in links]


def test_a_fork_waits_for_a_running_write(file_store: ReviewStore, db: Path) -> None:
    """Forking while other threads write copies no half transaction, and no lock that is never released."""
    stop = threading.Event()
    acks: list[str] = []

    def write(name: str) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            acks.append(file_store.submit(a_review(reviewer=name, task=f"t{number}")).id)

    threads = [threading.Thread(target=write, args=(f"thread{number}",)) for number in range(2)]
    for thread in threads:
        thread.start()
    for number in range(10):
        name = f"child{number}"
        child = start(lambda say, name=name: say(file_store.submit(a_review(reviewer=name)).id))
        acks.extend(child.finish())
    stop.set()
    for thread in threads:
        thread.join()

    assert acknowledged_are_stored(db, acks) == len(acks)


def test_the_standard_sqlite_serves_where_the_newer_one_is_missing(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pysqlite3 the standard library's module keeps the same promises."""
    import sqlite3
    import sys

    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    assert sqlite_module() is sqlite3

    with open_store(db) as store:
        store.submit(a_review())
        assert store.verify() == ()
        assert store.backup(db.with_name("copy.db")).is_file()
    assert acknowledged_are_stored(db, [a_review().id]) == 1


def test_a_server_that_trusts_memory_is_told_to_wait_for_the_disk(postgresql: str) -> None:
    """Where the server's default is to answer before the disk has it, ours is not."""
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as lead:
        lead.execute("ALTER ROLE postgres SET synchronous_commit = off")
        opened = Doors(locate(postgresql))

        with opened.writing() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"

        opened.close()
        lead.execute("ALTER ROLE postgres RESET synchronous_commit")


def test_a_connection_that_the_server_dropped_is_replaced(postgresql: str) -> None:
    """After the server has ended our idle connection, the next submit opens another."""
    import psycopg

    with open_store(postgresql) as store:
        store.submit(a_review())
        with psycopg.connect(postgresql, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'evalwidgets'"
            )

        store.submit(a_review(task="t2"))

        assert len(store.reviews()) == 2
