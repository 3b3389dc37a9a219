"""Copies of the tasks' pictures in a folder for another tool: upright, without metadata, named by content.

They are made again from the pixels and not copied byte by byte. Other tools differ in whether
they turn a picture by its EXIF, so that a box would lie elsewhere, and files of edited pictures
often say in their metadata or names which model made them. A JPEG that stands upright keeps its
coded pixels; all else becomes PNG without loss. The price: the copies' hashes differ from the files'.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError, ExchangeError
from evalwidgets.pictures.door import open_header, read_bytes
from evalwidgets.store.display import as_png, displayed
from evalwidgets.store.images import read_picture
from evalwidgets.store.tasks import TaskSet

FOLDER = "images"
_NAMED = 12  # tasks that a sentence names


class Copy(NamedTuple):
    """One picture in the folder."""

    path: str
    """Relative to the folder, with slashes; a name without a file when the picture cannot be read."""
    size: tuple[int, int] | None
    """Width and height; None when the picture cannot be read."""


class Copies(NamedTuple):
    """The pictures that were copied."""

    of: Mapping[tuple[str, str], Copy]
    """Id of the task and role to the copy."""
    paths: tuple[Path, ...]
    left_out: tuple[str, ...]

    def images(self, task: Task) -> dict[str, str]:
        """Return role to the path of the copy."""
        return {role: self.of[task.id, role].path for role in task.images}


def copy_pictures(tasks: TaskSet, folder: Path) -> Copies:
    """Copy the pictures of all tasks into `folder/images`.

    Raises
    ------
    ExchangeError
        If a file cannot be written there.
    """
    copies: dict[tuple[str, str], Copy] = {}
    paths: dict[str, Path] = {}
    unread: list[str] = []
    for task in tasks:
        for role in task.images:
            try:
                data, ending, size = _display_copy(tasks.path_of(task, role))
            except EvalWidgetsError:
                name = hashlib.sha256(f"{task.id}\n{role}".encode()).hexdigest()[:16]
                copies[task.id, role] = Copy(f"{FOLDER}/missing-{name}.png", None)
                unread.append(f"{task.id} ({role})")
                continue
            name = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:32]}{ending}"
            copies[task.id, role] = Copy(name, size)
            if name not in paths:
                paths[name] = _write(folder / name, data)
    return Copies(copies, tuple(paths.values()), _said(len(paths), unread))


def _display_copy(path: Path) -> tuple[bytes, str, tuple[int, int]]:
    picture = read_picture(path)
    size = (picture.width, picture.height)
    if picture.tiles is None:
        return picture.data, ".jpg" if picture.media_type == "image/jpeg" else ".png", size
    with open_header(read_bytes(path), path) as found:  # what a page shows is a preview; this is all of it
        return as_png(displayed(found, path)), ".png", size


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror}); choose another folder."
        raise ExchangeError([msg]) from None
    return path


def _said(copied: int, unread: list[str]) -> tuple[str, ...]:
    said = []
    if copied:
        said.append(
            "The pictures were made again from their pixels, so that neither their names nor their metadata "
            "tell the model; the names, the metadata and the hashes of the files stay behind."
        )
    if unread:
        names = ", ".join(unread[:_NAMED]) + (", ..." if len(unread) > _NAMED else "")
        said.append(f"{len(unread)} pictures cannot be read and were not copied: {names}.")
    return tuple(said)
