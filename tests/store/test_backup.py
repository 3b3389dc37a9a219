"""A copy of a living store misses nothing and is never half."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalwidgets.errors import StoreError
from evalwidgets.store import backup
from evalwidgets.store.reviews import ReviewStore, open_store

from .faults import acknowledged_are_stored, start
from .samples import ROUND, a_draft, a_review


def test_a_backup_is_a_store(file_store: ReviewStore, tmp_path: Path, rubric) -> None:
    """The copy opens as a store with the same reviews, drafts and rubrics, and is one plain file."""
    file_store.submit(a_review())
    file_store.save_draft(a_draft(task="t2"), **ROUND)
    file_store.remember_rubric(rubric)
    (tmp_path / "safe").mkdir()

    path = file_store.backup(tmp_path / "safe" / "monday.db")

    assert list(path.parent.iterdir()) == [path]
    with open_store(path) as copy:
        assert copy.reviews() == file_store.reviews()
        assert copy.drafts(**ROUND) == file_store.drafts(**ROUND)
        assert copy.rubrics() == file_store.rubrics()
        copy.submit(a_review(task="t3"))


def test_a_backup_while_three_write_misses_nothing(db: Path, tmp_path: Path) -> None:
    """Each copy holds every review that was acknowledged before the backup began."""

    def work(name: str, say) -> None:
        with open_store(db) as store:
            for number in range(1_000_000):
                say(store.submit(a_review(reviewer=name, task=f"t{number}")).id)

    with open_store(db) as store:
        writers = [start(lambda say, name=name: work(name, say)) for name in ("w1", "w2", "w3")]
        for number in range(10):
            for writer in writers:
                writer.wait_for(8 * (number + 1))
            before = [line for writer in writers for line in writer.lines]

            copy = store.backup(tmp_path / f"copy{number}.db")

            assert acknowledged_are_stored(copy, before) >= len(before) > 0
        acks = [line for writer in writers for line in writer.kill()]

    assert acknowledged_are_stored(db, acks) >= len(acks)


def test_a_backup_never_overwrites(file_store: ReviewStore, db: Path, tmp_path: Path) -> None:
    """An existing file, the store itself included, and a missing folder are refused."""
    (tmp_path / "taken.db").write_text("precious")

    with pytest.raises(StoreError, match="never overwrites"):
        file_store.backup(tmp_path / "taken.db")
    with pytest.raises(StoreError, match="never overwrites"):
        file_store.backup(db)
    with pytest.raises(StoreError, match=r"No folder .*absent"):
        file_store.backup(tmp_path / "absent" / "copy.db")

    assert (tmp_path / "taken.db").read_text() == "precious"


def test_a_backup_that_fails_leaves_nothing(
    file_store: ReviewStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the copy cannot be brought to disk, no file remains and the reason is given."""

    def fails(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_to_disk", fails)
    (tmp_path / "safe").mkdir()

    with pytest.raises(StoreError, match=r"was not made.*No space left"):
        file_store.backup(tmp_path / "safe" / "copy.db")

    assert list((tmp_path / "safe").iterdir()) == []


def test_a_server_is_backed_up_by_its_own_tool(postgresql: str, tmp_path: Path) -> None:
    """On PostgreSQL the sentence holds the command."""
    with open_store(postgresql) as store, pytest.raises(StoreError, match=r"pg_dump .*--file=copy\.dump"):
        store.backup(tmp_path / "copy.dump")
