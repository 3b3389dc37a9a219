"""Addresses, and the places that are refused before an engine touches them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from evalwidgets.errors import StoreUnusable
from evalwidgets.store import location
from evalwidgets.store.location import file_system, is_network, locate
from evalwidgets.store.reviews import open_store

from .faults import start
from .samples import a_review

NOBODY = 65_534


def test_a_path_and_a_url_mean_the_same_file(tmp_path: Path) -> None:
    """A plain path, a Path and a sqlite URL lead to one store."""
    path = tmp_path / "reviews.db"

    addresses = [str(path), path, f"sqlite:///{path}"]

    assert {locate(address).path for address in addresses} == {path.resolve()}


def test_a_relative_path_stays_where_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changing the working folder later does not move the store."""
    monkeypatch.chdir(tmp_path)
    with open_store("reviews.db") as store:
        store.submit(a_review())
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir("elsewhere")
        store.close()

    assert (tmp_path / "reviews.db").is_file()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_postgresql_url_gets_our_driver() -> None:
    """A URL without a driver uses psycopg; its name is the database's."""
    found = locate("postgresql://ana:secret@db.example.org/spring")

    assert found.url.drivername == "postgresql+psycopg"
    assert (found.name, found.is_sqlite) == ("spring", False)
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("sqlite://", "only in memory is lost"),
        (":memory:", "only in memory is lost"),
        ("sqlite:///x.db?mode=memory", "takes no options, got 'mode'"),
        ("mysql://server/x", "No store on 'mysql'"),
        ("post gres://x", "cannot be read|No store on"),
    ],
)
def test_an_address_that_cannot_keep_reviews_is_refused(address: str, why: str) -> None:
    """The refusal says what is allowed instead."""
    with pytest.raises(StoreUnusable, match=f"(?s){why}.*Give a path such as 'reviews.db'"):
        open_store(address)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A path into a folder that does not exist creates nothing."""
    with pytest.raises(StoreUnusable, match=r"No folder '.*nowhere' for the store 'reviews\.db'"):
        open_store(tmp_path / "nowhere" / "reviews.db")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """A folder given as the file is named as such."""
    with pytest.raises(StoreUnusable, match="is not a file"):
        open_store(tmp_path)


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    """A file that is no SQLite file is refused and not changed."""
    path = tmp_path / "notes.txt"
    path.write_text("my notes, which matter to me")

    with pytest.raises(StoreUnusable, match=r"no SQLite file\. Nothing was changed"):
        open_store(path)

    assert path.read_text() == "my notes, which matter to me"


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A SQLite file that is no store is refused and not one byte of it changes."""
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE review (id, text)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreUnusable, match=r"'photos\.db' is a database, but not a store"):
        open_store(path)

    assert path.read_bytes() == before


def test_a_torn_file_is_refused(db: Path) -> None:
    """A file that begins like SQLite and is not is a sentence."""
    db.write_bytes(location.SQLITE_HEADER + b"\xff" * 4_000)

    with pytest.raises(StoreUnusable, match=r"reviews\.db"):
        open_store(db)


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_read_only_store_is_refused_with_what_to_do(db: Path, closed: str) -> None:
    """Without the right to write, opening says which of file and folder is read-only."""
    open_store(db).close()
    own = [folder for folder in (db.parent, *db.parents) if "pytest-" in str(folder)]
    for folder in own:  # pytest's own folders, and one more where a worker of many runs
        folder.chmod(0o755)
    db.parent.chmod(0o777 if closed == "file" else 0o555)
    db.chmod(0o444 if closed == "file" else 0o666)

    def work(say) -> None:
        if os.getuid() == 0:
            os.setuid(NOBODY)  # root may write everywhere
        with pytest.raises(StoreUnusable) as caught:
            open_store(db)
        say(str(caught.value))

    (said,) = start(work).finish()

    assert "is read-only for this account" in said
    assert said.startswith("The store" if closed == "file" else "The folder")


MOUNTS = """\
24 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
25 24 0:22 / /proc rw - proc proc rw
60 24 0:45 / /mnt/team\\040disk rw,relatime - nfs4 server:/team rw,vers=4.2
61 60 0:46 / /mnt/team\\040disk/local rw shared:2 master:1 - xfs /dev/vdb rw
62 24 0:47 / /home/lab rw - autofs systemd-1 rw
63 24 0:48 / /home/lab rw - fuse.sshfs lab:/home rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/x", "ext4"),
        ("/mnt/team disk/reviews", "nfs4"),
        ("/mnt/team disk/local/reviews", "xfs"),
        ("/mnt/team disks", "ext4"),
        ("/home/lab", "fuse.sshfs"),
    ],
)
def test_the_file_system_is_that_of_the_innermost_and_latest_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, kind: str
) -> None:
    """Blanks in mount points, mounts within mounts and mounts over mounts are read rightly."""
    (tmp_path / "mountinfo").write_text(MOUNTS)
    monkeypatch.setattr(location, "MOUNTS", tmp_path / "mountinfo")

    assert file_system(Path(folder)) == kind


def test_an_unknown_system_refuses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the mounts are not listed, as on macOS, the store opens."""
    monkeypatch.setattr(location, "MOUNTS", tmp_path / "absent")

    assert file_system(tmp_path) is None
    open_store(tmp_path / "reviews.db").close()


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "lustre", "fuse.sshfs", "fuse.glusterfs"])
def test_a_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """On a disk that several machines write, the store is refused and PostgreSQL is named."""
    (tmp_path / "mountinfo").write_text(f"24 1 0:1 / / rw - {kind} server:/x rw\n")
    monkeypatch.setattr(location, "MOUNTS", tmp_path / "mountinfo")

    with pytest.raises(StoreUnusable, match=rf"network disk \({kind}\).*PostgreSQL"):
        open_store(tmp_path / "reviews.db")

    assert not (tmp_path / "reviews.db").exists()


def test_local_disks_are_not_network_disks() -> None:
    """The usual local file systems are admitted."""
    kinds = ["ext4", "xfs", "btrfs", "overlay", "tmpfs", "zfs", "apfs", "fuseblk", "fuse.fuse-overlayfs"]

    assert [kind for kind in kinds if is_network(kind)] == []


def test_a_refused_login_never_shows_the_password(server: str) -> None:
    """A wrong password, an absent database and an absent server are sentences without the password."""
    socket = server.split("host=")[1]
    addresses = [
        f"postgresql://nobody:hunter2@/postgres?host={socket}",
        f"postgresql://postgres:hunter2@/absent?host={socket}",
        "postgresql://ana:hunter2@127.0.0.1:9/reviews",
        "postgresql://ana:hunter2@127.0.0.1:9/reviews?connect_timeout=hunter2",
    ]

    for address in addresses:
        with pytest.raises(StoreUnusable, match="PostgreSQL, database") as caught:
            open_store(address)
        assert "hunter2" not in str(caught.value)
        assert caught.value.__cause__ is None
