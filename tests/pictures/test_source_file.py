"""The bytes of a picture file: of plain files only, and in no case waiting or reading without end."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from evalwidgets.errors import ImageError
from evalwidgets.pictures import source_file
from evalwidgets.pictures.source_file import MAX_BYTES, name_of, read_bytes


def test_a_file_is_read(tmp_path: Path) -> None:
    """All of it, also through a link."""
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").symlink_to("a")

    assert b"abc" == read_bytes(tmp_path / "a") == read_bytes(tmp_path / "b")


def odd_places(folder: Path) -> dict[str, Path]:
    """Return what stands where a picture should, but is no plain file."""
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "socket"))
    (folder / "ring").symlink_to("ring")
    return {
        **{name: folder / name for name in ("pipe", "socket", "ring", "gone", "pipe/below", "a\0b")},
        "folder": folder,
        "endless": Path("/dev/zero"),
        "terminal": Path("/dev/tty"),
        "environment": Path("/proc/self/mem"),
    }


@pytest.mark.parametrize(
    "place",
    ["pipe", "socket", "ring", "gone", "pipe/below", "a\0b", "folder", "endless", "terminal", "environment"],
)
def test_what_is_no_plain_file_is_told_at_once(place: str, tmp_path: Path) -> None:
    """A pipe would make us wait, a device has no end, a folder is none: one sentence for each."""
    with pytest.raises(ImageError, match=r"there is no such picture file|cannot be read"):
        read_bytes(odd_places(tmp_path)[place])


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the opening there is time to exchange it."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(Path, "is_file", lambda _: True)

    with pytest.raises(ImageError, match="there is no such picture file"):
        read_bytes(tmp_path / "pipe")


def test_a_file_of_five_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    """Its size is asked before its bytes."""
    (tmp_path / "huge.png").touch()
    os.truncate(tmp_path / "huge.png", 5 * 10**9)

    with pytest.raises(ImageError, match=r"huge\.png: 5000 MB; at most 67 MB can be shown"):
        read_bytes(tmp_path / "huge.png")
    assert MAX_BYTES == source_file.MAX_BYTES


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.png", "a.png"),
        ("\x1b[31mred\n.png", "�[31mred�.png"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("n" * 99, "n" * 80 + "…"),
    ],
)
def test_a_name_is_told_short_and_harmless(name: str, told: str) -> None:
    """It can hold anything that a disk takes, also what steers a terminal."""
    assert told == name_of(Path("folder") / name)
