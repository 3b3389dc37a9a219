"""One way from any version to this one, whoever starts first and whatever is killed."""

from __future__ import annotations

import random
import select
from contextlib import closing
from pathlib import Path

import pytest

from evalwidgets.core.opening import Opening
from evalwidgets.errors import StoreUnusable
from evalwidgets.store import migrate
from evalwidgets.store.engine import Doors, sqlite_module
from evalwidgets.store.location import locate
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.schema import PLACE, metadata

from .faults import Gate, acknowledged_are_stored, start
from .samples import ROUND, a_gap, a_lesson, a_proposal, a_review, a_round, an_opening

STARTERS = 6
CASES = Path(__file__).parents[1] / "cases"
LATER_TABLES = {
    1: "round_event",
    2: "opening",
    3: "lesson_event gold_event",
    4: "adjudication_event gap_event rubric_event slice_event",
}
"""Version to the tables that it did not know yet and the next one has."""


def test_campaign_comes_first_in_every_key() -> None:
    """A store can be split by campaign, save for what is addressed by content."""
    split = [table for name, table in metadata.tables.items() if name not in {"rubric", "meta"}]

    firsts = {
        next(iter(constraint.columns)).name
        for table in split
        for constraint in table.constraints
        if constraint.__visit_name__ in {"primary_key_constraint", "unique_constraint"}
    }

    assert firsts == {"campaign"}
    assert PLACE[0] == "campaign"


def test_six_programs_that_start_at_once_make_one_store(address: str) -> None:
    """Whoever comes first creates the tables; nobody fails, and the store is sound."""
    gate = Gate()

    def work(name: str, say) -> None:
        gate.wait()
        with open_store(address) as store:
            say(store.submit(a_review(reviewer=name)).id)

    starters = [
        start(lambda say, name=name: work(name, say)) for name in (f"p{number}" for number in range(STARTERS))
    ]
    gate.open()
    for starter in starters:
        starter.finish()

    with open_store(address) as store:
        assert len(store.reviews()) == STARTERS
        assert store.verify() == ()


def test_a_start_that_is_killed_leaves_nothing_half(tmp_path: Path) -> None:
    """After SIGKILL at any moment of the first start, the next start makes a sound store."""
    chance = random.Random(2)
    open_store(tmp_path / "first.db").close()  # loads what the children then have at hand
    for number in range(25):
        db = tmp_path / f"{number}.db"
        starter = start(lambda say, db=db: open_forever(db, say))
        # A random moment is the point: from before the file exists to after the last commit.
        select.select([], [], [], chance.uniform(0, 0.07))
        starter.kill()

        with open_store(db) as store:
            review = store.submit(a_review())
        assert acknowledged_are_stored(db, [review.id]) == 1


def open_forever(db: Path, say) -> None:
    """Open the store, then wait to be killed."""
    store = open_store(db)
    say(repr(store))
    select.select([], [], [])


def test_a_newer_store_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that does not know the store's version changes nothing and says what to do."""
    monkeypatch.setattr(migrate, "VERSION", 7)
    open_store(address).close()
    monkeypatch.undo()

    with pytest.raises(
        StoreUnusable, match=r"store version 7, this one knows up to \d.*pip install --upgrade"
    ):
        open_store(address)


def test_an_older_store_is_brought_up_to_date(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step from the found version to this one runs once, and keeps the reviews."""
    with open_store(address) as store:
        store.submit(a_review())
    ran = []
    first = migrate.VERSION
    monkeypatch.setattr(migrate, "VERSION", first + 2)
    steps = {first: lambda _: ran.append(1), first + 1: lambda _: ran.append(2)}
    monkeypatch.setattr(migrate, "STEPS", steps)

    for _ in range(2):
        with open_store(address) as store:
            assert store.reviews() == [a_review()]

    assert ran == [1, 2]


@pytest.mark.parametrize("version", LATER_TABLES)
def test_a_store_from_before_gets_what_it_lacks(address: str, version: int) -> None:
    """Reviews stay, and everything that a newer version knows can be logged."""
    with open_store(address) as store:
        store.submit(a_review())
        _back_to(store, version)

    with open_store(address) as store:
        store.rounds.open(a_round())
        store.openings.log(an_opening())
        store.lessons.begin(a_lesson())
        store.gold.log("spring", a_proposal())
        store.gaps.log("spring", a_gap())

        assert store.reviews() == [a_review()]
        assert store.rounds.names("spring") == ["r2"]
        assert store.openings.read() == [an_opening()]
        assert store.lessons.learners("spring") == ["ana"]
        assert [a_proposal()] == list(store.gold["spring"].log)
        assert ["shadows"] == list(store.gaps["spring"].gaps)
        assert store.verify() == ()


def _back_to(store: ReviewStore, version: int) -> None:
    """Undo the steps after a version, by the statements that the older program never ran."""
    later = [tables for first, tables in LATER_TABLES.items() if first >= version]
    with store._doors.alone() as connection:
        for table in " ".join(later).split():
            connection.exec_driver_sql(f"DROP TABLE {table}")
            if connection.dialect.name != "sqlite":
                connection.exec_driver_sql(f"DROP FUNCTION {table}_refuse")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
        connection.exec_driver_sql(f"UPDATE meta SET value = '{version}' WHERE name = 'version'")


@pytest.mark.parametrize(
    ("version", "openings", "learners"), [(2, [], []), (3, [an_opening()], []), (4, [an_opening()], ["ana"])]
)
def test_a_file_that_an_older_program_wrote_is_brought_up_to_date(
    db: Path, version: int, openings: list[Opening], learners: list[str]
) -> None:
    """The real thing, dumped from that program: reviews, draft, rubric, rounds and logs are all there."""
    dump = (CASES / f"store_version_{version}.sql").read_text(encoding="utf-8")
    with closing(sqlite_module().connect(str(db))) as connection:
        connection.executescript(dump)

    with open_store(db) as store:
        assert [1, 2] == [review.revision for review in store.reviews(current=False)]
        assert list(store.drafts(**ROUND)) == ["t2"]
        assert store.rounds["spring", "r2"].round == a_round()
        assert store.openings.read() == openings
        assert store.lessons.learners("spring") == learners
        assert list(store.gold["spring"].log) == [a_proposal() for _ in learners]
        assert store.verify() == ()
    with open_store(db) as store:
        store.openings.log(an_opening())
        store.lessons.begin(a_lesson(name="practice 2"))
        assert store.openings.read() == [*openings, an_opening()]
        assert store.verify() == ()


def test_a_step_that_fails_leaves_the_older_store(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step is part of one transaction: when it breaks, the store is as it was."""

    def breaks(connection) -> None:
        connection.exec_driver_sql("DROP TABLE draft")
        raise StoreUnusable("broken step")

    open_store(address).close()
    monkeypatch.setattr(migrate, "STEPS", {migrate.VERSION: breaks})
    monkeypatch.setattr(migrate, "VERSION", migrate.VERSION + 1)
    with pytest.raises(StoreUnusable, match="broken step"):
        open_store(address)
    monkeypatch.undo()

    with open_store(address) as store:
        assert store.drafts("c", "r", "ana", "x") == {}


def test_a_database_with_other_tables_of_our_names_is_no_store(postgresql: str) -> None:
    """On a server, a foreign table called review is neither used nor changed."""
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE TABLE review (id integer)")

    with pytest.raises(StoreUnusable, match="is a database, but not a store"):
        open_store(postgresql)


def test_a_disk_without_a_write_ahead_log_is_refused(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log cannot be used, readers would block writers: the store says so."""
    monkeypatch.setattr(migrate, "_patiently", lambda switch: "delete")
    doors = Doors(locate(db))

    with pytest.raises(StoreUnusable, match=r"does not carry SQLite's write-ahead log.*'delete'"):
        migrate.prepare(doors)

    doors.close()


def test_a_store_that_another_program_holds_is_waited_for(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switching a new file waits for others, and gives up with a sentence."""
    holder = sqlite_module().connect(str(db), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("evalwidgets.store.engine.BUSY_SECONDS", 0)
    monkeypatch.setattr(migrate, "BUSY_SECONDS", 0.2)

    with pytest.raises(StoreUnusable, match="another program has been writing"):
        open_store(db)

    holder.close()
    open_store(db).close()
