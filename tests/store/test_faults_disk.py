"""A full disk: the submit raises, nothing is lost, and it goes on once there is room."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalwidgets.core.review import Review
from evalwidgets.errors import StoreError
from evalwidgets.store.reviews import ReviewStore, open_store

from .faults import acknowledged_are_stored
from .samples import ROUND, a_draft, a_review


def fill(store: ReviewStore) -> tuple[list[str], Review]:
    """Submit until it is refused; return what was acknowledged, and the refused review."""
    acks: list[str] = []
    for number in range(2_000):
        review = a_review(task=f"t{number}", note="a long note " * 400)
        try:
            acks.append(store.submit(review).id)
        except StoreError as error:
            assert "the disk is full. Nothing was stored; free some space" in str(error)  # noqa: PT017
            return acks, review
    pytest.fail("the disk never got full")


def test_a_file_that_may_not_grow_refuses_and_recovers(db: Path) -> None:
    """At SQLite's own limit of pages the submit raises; with room again the same review is stored."""
    with open_store(db) as store:
        with store._doors.driver() as driver:
            driver.execute("PRAGMA max_page_count = 120")
        store.save_draft(a_draft(task="kept"), **ROUND)

        acks, refused = fill(store)

        assert len(acks) > 10
        assert acknowledged_are_stored(db, acks) == len(acks)
        assert list(store.drafts(**ROUND)) == ["kept"]
        assert len(store.reviews()) == len(acks)
        with store._doors.driver() as driver:
            driver.execute("PRAGMA max_page_count = 100000")
        acks.append(store.submit(refused).id)
    assert acknowledged_are_stored(db, acks) == len(acks)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 3 MB, where this account may."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3000k", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"only root may mount a small disk: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_refuses_and_recovers(small_disk: Path) -> None:
    """On a disk without room the submit raises; after deleting something it is stored."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_500_000)
    db = small_disk / "reviews.db"
    with open_store(db) as store:
        acks, refused = fill(store)

        assert len(acks) > 10
        assert len(store.reviews()) == len(acks)
        for _ in range(5):
            with pytest.raises(StoreError, match="the disk is full"):
                store.submit(refused)
        ballast.unlink()
        acks.append(store.submit(refused).id)
        acks.extend(store.submit(a_review(task=f"after {number}")).id for number in range(20))
        assert store.verify() == ()
    assert acknowledged_are_stored(db, acks) == len(acks)


def test_a_full_disk_at_the_first_start_is_a_sentence(small_disk: Path) -> None:
    """Where not even the tables fit, opening says so and a later start succeeds."""
    ballast = small_disk / "ballast"
    room = shutil.disk_usage(small_disk).free
    ballast.write_bytes(b"x" * room)

    with pytest.raises(StoreError, match=r"the disk is full|cannot be opened|failed to read or write"):
        open_store(small_disk / "reviews.db")

    ballast.unlink()
    with open_store(small_disk / "reviews.db") as store:
        store.submit(a_review())
        assert store.verify() == ()
