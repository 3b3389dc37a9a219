"""What the stage shows of a task, and the pictures that the browser asks for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evalwidgets.core.desk import Desk
from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.tasks import TaskSet

_log = logging.getLogger(__name__)
_LABELS = {"image": "Image", "original": "Original", "edited": "Edited", "a": "A", "b": "B"}
_TEXTS = {"instruction": "Instruction", "prompt": "Prompt", "guideline": "Guideline"}
_REMEMBERED = 64  # scenes
_PLACES = 3 * _REMEMBERED  # of the pictures in them, which the browser may ask for again


class Scenes:
    """Makes the scenes of a set of tasks and sends each picture once, ahead of its time.

    The bytes are never kept: a browser that lacks a picture asks for it by its hash.
    """

    def __init__(self, tasks: TaskSet, send: Callable[[str, bytes, str], None]) -> None:
        self._tasks = tasks
        self._send = send
        self._files: dict[str, Path] = {}
        self._made: dict[str, dict[str, Any]] = {}

    def scene(self, desk: Desk) -> dict[str, Any]:
        """Return the scene of an open task, sending its pictures when it is new."""
        if desk.key not in self._made:
            self._made[desk.key] = self._make(desk)
            for key in list(self._made)[:-_REMEMBERED]:
                del self._made[key]
        return self._made[desk.key]

    def resend(self, digests: list[str]) -> None:
        """Send pictures that a browser lacks: a new page, a second view, an emptied cache."""
        for path in (self._files[digest] for digest in digests if digest in self._files):
            try:
                picture = read_picture(path)
            except EvalWidgetsError as error:  # gone since; the others must still come
                _log.warning("A picture could not be sent again: %s", error)
            else:
                self._send(picture.digest, picture.data, picture.media_type)

    def _make(self, desk: Desk) -> dict[str, Any]:
        task = desk.task
        pictures, notices = [], []
        for role in task.images:
            try:
                picture = self._read(task, role)
            except EvalWidgetsError:
                # The reason may name the file, and so the model: it is the lead's to read.
                notices.append(f"{_LABELS[role]}: this picture cannot be shown. Flag it, or skip the task.")
                pictures.append(
                    {"role": role, "label": _LABELS[role], "picture": None, "width": 0, "height": 0}
                )
                continue
            pictures.append(
                {
                    "role": role,
                    "label": _LABELS[role],
                    "picture": picture.digest,
                    "width": picture.width,
                    "height": picture.height,
                }
            )
            self._send(picture.digest, picture.data, picture.media_type)
        return {
            "key": desk.key,
            "kind": task.kind,
            "pictures": pictures,
            "texts": [
                {"label": label, "text": getattr(task, name)}
                for name, label in _TEXTS.items()
                if getattr(task, name)
            ],
            "notice": " ".join(notices),
        }

    def _read(self, task: Task, role: str) -> Picture:
        path = self._tasks.path_of(task, role)
        picture = read_picture(path)
        self._files.pop(picture.digest, None)
        self._files[picture.digest] = path
        for digest in list(self._files)[:-_PLACES]:
            del self._files[digest]
        return picture
