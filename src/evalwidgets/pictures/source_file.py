"""The bytes of a picture file: of a plain file only, never more than admitted, never waiting."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from evalwidgets.errors import ImageError

MAX_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 80  # of a file, as errors repeat it


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a plain file of an admitted size.

    Raises
    ------
    ImageError
        If there is no such file, it is a folder, a pipe, a socket or a device, it is too
        large, or the system will not give it.
    """
    try:
        if not path.is_file():  # asked before it is opened: opening a device may already do something
            raise _no_file(path)
        with open(path, "rb", opener=_not_waiting) as file:
            status = os.fstat(file.fileno())  # what was opened, should it have been exchanged meanwhile
            if not stat.S_ISREG(status.st_mode):
                raise _no_file(path)
            if status.st_size > MAX_BYTES:
                size, most = status.st_size / 1e6, MAX_BYTES / 1e6
                msg = f"{name_of(path)}: {size:.0f} MB; at most {most:.0f} MB can be shown."
                raise ImageError(msg)
            return file.read(MAX_BYTES)
    except OSError as error:
        msg = f"{name_of(path)}: the file cannot be read ({error.strerror}); check its path and rights."
        raise ImageError(msg) from error


def name_of(path: Path) -> str:
    """Return the name of a file as errors give it: short, and without what could steer a terminal."""
    name = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in path.name)
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}\N{HORIZONTAL ELLIPSIS}"


def _no_file(path: Path) -> ImageError:
    return ImageError(f"{name_of(path)}: there is no such picture file; check the manifest's path.")


def _not_waiting(path: str, flags: int) -> int:
    """Open a file so that a pipe in its place would not make us wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
