"""Where a store lives: a URL or a path read once, and refused early when it cannot work."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from evalwidgets.errors import StoreUnusable

SQLITE_HEADER = b"SQLite format 3\x00"

MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux lists what is mounted; elsewhere it is absent and nothing is refused."""

NETWORK_TYPES = frozenset(
    {
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "gfs2",
        "gpfs",
        "lustre",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "panfs",
    }
)
LOCAL_FUSE = frozenset({"fuse.fuse-overlayfs", "fuse.mergerfs", "fuse.ntfs-3g", "fuse.exfat"})


@dataclass(frozen=True)
class Location:
    """A store's address.

    Attributes
    ----------
    url
        What SQLAlchemy connects to; it masks the password when shown.
    path
        The SQLite file with every link resolved; None on a server.
    name
        What people see: the file's name or the database's name, nothing secret.
    """

    url: URL
    path: Path | None
    name: str

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is one file on this machine."""
        return self.path is not None

    def masked(self, text: str) -> str:
        """Return the text on one line, with the password blotted out should a driver repeat it."""
        password = self.url.password
        line = re.sub(r"\s+", " ", text).strip()
        return line.replace(str(password), "***") if password else line


def locate(address: str | os.PathLike[str]) -> Location:
    """Read a URL (`sqlite:///...`, `postgresql+psycopg://...`) or a plain path.

    Raises
    ------
    StoreUnusable
        If the address names no engine that can keep reviews.
    """
    text = os.fspath(address)
    if "://" not in text:
        return _file(Path(text))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        msg = f"The store's URL cannot be read. {_ALLOWED}"
        raise StoreUnusable(msg) from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        if url.query:
            msg = f"A SQLite URL takes no options, got {', '.join(sorted(url.query))!r}. {_ALLOWED}"
            raise StoreUnusable(msg)
        return _file(Path(url.database or ""))
    if backend == "postgresql":
        driven = url if "+" in url.drivername else url.set(drivername="postgresql+psycopg")
        return Location(driven, None, driven.database or driven.username or "postgresql")
    msg = f"No store on {backend!r}. {_ALLOWED}"
    raise StoreUnusable(msg)


_ALLOWED = "Give a path such as 'reviews.db', 'sqlite:///reviews.db' or 'postgresql+psycopg://person@server/database'."


def _file(path: Path) -> Location:
    if str(path) in {"", ".", ":memory:"}:
        msg = f"A store needs a file, because what is only in memory is lost at restart. {_ALLOWED}"
        raise StoreUnusable(msg)
    resolved = path.expanduser().resolve()
    return Location(URL.create("sqlite", database=str(resolved)), resolved, resolved.name)


def admit(path: Path) -> None:
    """Refuse a file that cannot be a store, before a database engine touches it.

    Raises
    ------
    StoreUnusable
        If the folder is missing, read-only or on a network disk, or the file is
        read-only or no SQLite file.
    """
    folder = path.parent
    if not folder.is_dir():
        msg = f"No folder {str(folder)!r} for the store {path.name!r}. Make the folder, or give another path."
        raise StoreUnusable(msg)
    kind = file_system(folder)
    if kind is not None and is_network(kind):
        msg = (
            f"{path.name!r} would lie on a network disk ({kind}), where SQLite can lose reviews. "
            "Use a folder on this machine's own disk; where several machines share a store, a PostgreSQL URL."
        )
        raise StoreUnusable(msg)
    if path.exists():
        _admit_file(path)
    if not os.access(folder, os.W_OK | os.X_OK):
        msg = (
            f"The folder {str(folder)!r} is read-only for this account, and a store writes beside its file. "
            "Ask for write access, or copy the file with backup() to a folder of your own."
        )
        raise StoreUnusable(msg)


def _admit_file(path: Path) -> None:
    if not path.is_file():
        msg = f"{str(path)!r} is not a file. Give the path of the store's file inside a folder."
        raise StoreUnusable(msg)
    if not os.access(path, os.R_OK | os.W_OK):
        msg = f"The store {str(path)!r} is read-only for this account. Ask for write access, or open a copy."
        raise StoreUnusable(msg)
    with path.open("rb") as file:
        head = file.read(len(SQLITE_HEADER))
    if head not in {b"", SQLITE_HEADER}:
        msg = f"{str(path)!r} is not a store: it is no SQLite file. Nothing was changed; give another path."
        raise StoreUnusable(msg)


def is_network(kind: str) -> bool:
    """Whether a file system of this type may be written by several machines at once."""
    return kind in NETWORK_TYPES or ((kind == "fuse" or kind.startswith("fuse.")) and kind not in LOCAL_FUSE)


def file_system(folder: Path) -> str | None:
    """Return the type of the file system that holds a folder (`ext4`, `nfs4`, ...), or None if unknown."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    here = folder.resolve()
    best, kind = -1, None
    for line in lines:
        before, _, after = line.partition(" - ")
        parts = before.split(" ")
        if len(parts) < 5 or not after:
            continue
        mount = Path(_unescaped(parts[4]))
        # A later mount on the same point hides the earlier one, hence >=.
        if here.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), after.split(" ")[0]
    return kind


def _unescaped(text: str) -> str:
    """Return a mount point as it is; the kernel writes blanks and backslashes in octal."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
