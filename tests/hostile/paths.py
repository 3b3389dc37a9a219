"""Paths that lead outside, nowhere, or to what has no end."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from ..samples import write_picture

TOLD_AT_ONCE = (
    "",
    "..",
    "../secret.png",
    "pictures/../../secret.png",
    "..\\secret.png",
    "pictures\\..\\..\\secret.png",
    "/etc/passwd",
    "/dev/zero",
    "/proc/self/environ",
    "//server/share/a.png",
    "\\\\server\\share\\a.png",
    "C:\\a.png",
    "c:a.png",
    "\\\\?\\C:\\a.png",
    "~/a.png",
    "~root/a.png",
    "http://example.org/a.png",
    "file:///etc/passwd",
    "a.png\0.jpg",
)
"""A manifest with one of these is refused when it is read."""

TOLD_WHEN_OPENED = (
    "%2e%2e/secret.png",
    "\uff0e\uff0e/secret.png",
    "$HOME/a.png",
    "`id`.png",
    "|cat",
    "n" * 5000,
    "folder",
    "folder/",
    "gone.png",
    "plain.png/below",
    "link-out.png",
    "folder-out/secret.png",
    "ring.png",
    "pipe.png",
    "socket.png",
    "sparse.png",
    "link-to-endless.png",
    "link-to-memory.png",
)
"""Names and nothing else, of what is no picture inside the folder."""


def make_places(folder: Path) -> Path:
    """Make what these paths name, with a picture beside the folder that nobody may see; return the folder."""
    inside = folder / "in"
    write_picture(folder / "secret.png", 1)
    write_picture(inside / "plain.png", 2)
    (inside / "folder").mkdir()
    os.mkfifo(inside / "pipe.png")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(inside / "socket.png"))
    (inside / "sparse.png").touch()
    os.truncate(inside / "sparse.png", 5 * 10**9)
    links = {
        "link-out.png": "../secret.png",
        "folder-out": "..",
        "ring.png": "ring.png",
        "link-to-endless.png": "/dev/zero",
        "link-to-memory.png": "/proc/self/mem",
    }
    for name, target in links.items():
        (inside / name).symlink_to(target)
    return inside
