"""The log of what was deliberately opened: it only grows, and says who looked how often."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from evalwidgets.core.opening import Opening
from evalwidgets.errors import StoreError
from evalwidgets.store.engine import sqlite_module
from evalwidgets.store.openings import COLUMNS
from evalwidgets.store.reviews import ReviewStore, open_store

from .faults import Gate, start
from .samples import NOON, an_opening
from .test_verify import tamper

PICTURE = {"kind": "picture", "role": "edited", "how": "reveal"}


def test_openings_come_back_in_order(store: ReviewStore) -> None:
    """Each reviewer's openings are those that were logged, the same one twice included."""
    opened = [an_opening(), an_opening(), an_opening(**PICTURE), an_opening(reviewer="ben", task="t2")]
    for one in opened:
        store.openings.log(one)

    assert store.openings.read("spring") == opened
    assert store.openings.read(reviewer="ben") == opened[3:]
    assert store.openings.read(round="r9") == []
    assert store.verify() == ()


def test_the_table_has_the_columns_that_the_audit_reads(store: ReviewStore) -> None:
    """Also when nothing was opened yet; times are aware."""
    assert list(COLUMNS) == list(store.openings.table().columns)
    store.openings.log(an_opening(**PICTURE))

    table = store.openings.table(campaign="spring", round="r1", reviewer="ana")

    assert ["t1", "picture", "edited", "reveal"] == list(table.loc[0, ["task", "kind", "role", "how"]])
    assert table["opened_at"].to_list() == [pd.Timestamp(NOON)]


def test_exposure_counts_pictures_once_and_looks_each(store: ReviewStore) -> None:
    """Two peeks at one picture are one picture; a reviewer who opened only evidence has seen none."""
    later = NOON + timedelta(minutes=9)
    for one in (
        an_opening(**{**PICTURE, "how": "peek"}),
        an_opening(**{**PICTURE, "how": "peek"}),
        an_opening(**PICTURE, opened_at=later),
        an_opening(**{**PICTURE, "role": "original"}),
        an_opening(),
        an_opening(reviewer="ben"),
    ):
        store.openings.log(one)

    ana, ben = store.openings.exposure("spring").to_dict("records")

    assert {**ana, "last_at": later} == ana
    assert (ana["pictures"], ana["peeks"], ana["reveals"], ana["evidence"]) == (2, 2, 2, 1)
    assert (ben["pictures"], ben["evidence"], ben["last_at"] is pd.NaT) == (0, 1, True)


def test_exposure_of_nobody_is_an_empty_table(store: ReviewStore) -> None:
    """A store in which nothing was opened says so with its columns."""
    assert "pictures" in store.openings.exposure()
    assert len(store.openings.exposure()) == 0


def test_openings_of_many_programs_all_count(address: str) -> None:
    """Two windows of one reviewer log at once: no opening is lost, and the numbers have no gap."""
    open_store(address).close()
    gate = Gate()

    def work(name: str, say) -> None:
        gate.wait()
        with open_store(address) as store:
            for number in range(8):
                store.openings.log(an_opening(task=f"{name}{number}"))
            say(name)

    windows = [start(lambda say, name=name: work(name, say)) for name in ("a", "b")]
    gate.open()
    for window in windows:
        window.finish()

    with open_store(address) as store:
        assert len(store.openings.read()) == 16
        assert store.verify() == ()


def test_an_opening_that_cannot_be_kept_is_refused(store: ReviewStore) -> None:
    """What was not checked by the value is checked at the door; nothing is stored."""
    unkept = Opening.model_construct(**{**an_opening().model_dump(), "task": "a\x00b"})

    with pytest.raises(StoreError, match="cannot be stored"):
        store.openings.log(unkept)

    assert store.openings.read() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE opening SET kind = 'picture'",
        "DELETE FROM opening",
        "INSERT OR REPLACE INTO opening SELECT * FROM opening",
    ],
)
def test_another_program_cannot_rewrite_an_opening(file_store: ReviewStore, db: Path, statement: str) -> None:
    """A plain connection is refused, and nothing has changed."""
    module = sqlite_module()
    file_store.openings.log(an_opening())

    with (
        closing(module.connect(str(db))) as other,
        pytest.raises(module.IntegrityError, match="a stored opening never changes and never goes"),
    ):
        other.execute(statement)

    assert file_store.openings.read() == [an_opening()]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM opening WHERE seq = 1", "opening 2 by ana in spring: the one before it is missing"),
        ("UPDATE opening SET payload = replace(payload, 't1', 't2')", "not the one that was hashed"),
        ("UPDATE opening SET payload = '{}'", "the payload is no opening (6 problems)"),
        ("UPDATE opening SET round = 'r9' WHERE seq = 2", "its columns are not those of the payload"),
    ],
)
def test_tampering_with_the_log_is_named(
    file_store: ReviewStore, db: Path, statement: str, found: str
) -> None:
    """A look that was taken out of the log, or changed in it, is found."""
    for _ in range(2):
        file_store.openings.log(an_opening())
    assert file_store.verify() == ()

    tamper(db, statement)

    assert any(found in problem for problem in file_store.verify()), file_store.verify()


def test_a_backup_holds_the_openings(file_store: ReviewStore, tmp_path: Path) -> None:
    """The copy knows who looked."""
    file_store.openings.log(an_opening())

    with open_store(file_store.backup(tmp_path / "copy.db")) as copy:
        assert copy.openings.read() == [an_opening()]
        assert copy.verify() == ()
