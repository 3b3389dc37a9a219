"""What the stage shows of a task, and the parts of pictures that the browser asks for."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from evalwidgets.core.desk import Desk
from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.made_pictures import MadePicture, cover_of
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.common_size import Size, common_size
from evalwidgets.widgets.covers import NO_NOTE, Covers
from evalwidgets.widgets.image_stage import ImageStage

PART = 128 * 1024
"""Bytes of a picture in one message: what a small message may have to wait for."""
_KEPT_BYTES = 16 * 1024 * 1024  # of display copies: reading one of 12 megapixels anew takes 75 ms
_log = logging.getLogger(__name__)
_LABELS = {
    "image": "Image",
    "original": "Original",
    "edited": "Edited",
    "a": "A",
    "b": "B",
    "c": "C",
    "d": "D",
}
_TEXTS = {"instruction": "Instruction", "prompt": "Prompt", "guideline": "Guideline"}
_REMEMBERED = 64  # scenes
_PLACES = 5 * _REMEMBERED  # of the pictures in them, which the browser may ask for again
_HELD = 2 * _PLACES  # pictures made here: covers of those, and what is drawn over them


class Scenes:
    """Makes the scenes of a set of tasks and answers the browser, which fetches their pictures.

    A scene names its pictures by hash. Only the display copies used last are kept.

    Attributes
    ----------
    covers : Covers
        What of sensitive tasks may be seen now.
    """

    def __init__(self, tasks: TaskSet, stage: ImageStage) -> None:
        self._tasks = tasks
        self._stage = stage
        self._files: dict[str, tuple[Path, Size | None]] = {}
        self._copies: dict[str, Picture] = {}
        self._held: dict[str, MadePicture] = {}
        self._made: dict[str, dict[str, Any]] = {}
        self.covers = Covers()

    def scene(self, desk: Desk) -> dict[str, Any]:
        """Return the scene of an open task; the same one as long as it is remembered."""
        return self.of_task(desk.task, desk.key)

    def of_task(self, task: Task, key: str | None = None) -> dict[str, Any]:
        """Return the scene of a task, known by `key`, which without a review is the task's id."""
        key = key or task.id
        if key not in self._made:
            self._made[key] = self._make(task, key)
            for old in list(self._made)[:-_REMEMBERED]:
                del self._made[old]
        return self.covers.over(self._made[key])

    def hold(self, picture: MadePicture) -> str:
        """Hold a picture that was made here, for the browser to ask for, and return its hash."""
        self._held.pop(picture.digest, None)
        self._held[picture.digest] = picture
        for digest in list(self._held)[:-_HELD]:
            del self._held[digest]
        return picture.digest

    def size_of(self, desk: Desk, role: str) -> tuple[int, int] | None:
        """Return width and height of a picture, upright, in its own pixels; None if it cannot be shown."""
        for picture in self.scene(desk)["pictures"]:
            if picture["role"] == role and picture["width"]:
                return picture["width"], picture["height"]
        return None

    def send_part(self, digest: str, at: int) -> None:
        """Send the part of a picture that begins at byte `at`, or word that there is none."""
        try:
            picture = self._copy(digest)
        except EvalWidgetsError as error:
            # Not a warning: it names the file, and Jupyter brings warnings to the reviewer's page.
            _log.info("A picture could not be sent: %s", error)
            picture = None
        if picture is None or not 0 <= at < len(picture.data):
            self._stage.send_missing(digest)
            return
        data = picture.data[at : at + PART]
        self._stage.send_part(digest, at, len(picture.data), data, picture.media_type)

    def _make(self, task: Task, key: str) -> dict[str, Any]:
        copies = self._copies_of(task)
        pictures = [self._entry(task, role, copy) for role, copy in copies.items()]
        notices = [
            f"{one['label']}: this picture cannot be shown. Flag it, or skip the task."
            for one in pictures
            if one["picture"] is None
        ]
        note = {"sensitive": {"note": task.content_note or NO_NOTE}} if task.sensitive else {}
        return {
            "key": key,
            "kind": task.kind,
            "pictures": pictures,
            "texts": [
                {"label": label, "text": getattr(task, name)}
                for name, label in _TEXTS.items()
                if getattr(task, name)
            ],
            "notice": " ".join(notices),
            **note,
        }

    def _entry(self, task: Task, role: str, copy: Picture | None) -> dict[str, Any]:
        """Return a picture of a scene; of a sensitive task with its cover."""
        entry: dict[str, Any] = {"role": role, "label": _LABELS[role]}
        try:
            cover = cover_of(self._tasks.path_of(task, role)) if copy and task.sensitive else None
        except EvalWidgetsError:
            copy = cover = None
        if copy is None:
            return {**entry, "picture": None, "width": 0, "height": 0}
        entry |= {"picture": copy.digest, "width": copy.width, "height": copy.height}
        return {**entry, "cover": self.hold(cover)} if cover else entry

    def _copies_of(self, task: Task) -> dict[str, Picture | None]:
        """Return the display copies of a task by role, candidates in one size; None where there is none."""
        copies: dict[str, Picture | None] = {role: self._read(task, role) for role in task.images}
        sizes = {role: (one.width, one.height) for role, one in copies.items() if one}
        size = common_size(sizes) if task.kind == "pair" else None
        for role, copy in copies.items():
            fit = size if copy and size != sizes[role] else None
            copies[role] = self._offered(task, role, self._read(task, role, fit) if fit else copy, fit)
        return copies

    def _read(self, task: Task, role: str, fit: Size | None = None) -> Picture | None:
        try:
            return read_picture(self._tasks.path_of(task, role), fit=fit)
        except EvalWidgetsError:  # the reason may name the file, and so the model: it is the lead's to read
            return None

    def _offered(self, task: Task, role: str, copy: Picture | None, fit: Size | None) -> Picture | None:
        """Remember where a copy comes from, for the browser to ask for."""
        if copy is not None:
            self._files.pop(copy.digest, None)
            self._files[copy.digest] = self._tasks.path_of(task, role), fit
            for digest in list(self._files)[:-_PLACES]:
                del self._files[digest]
            self._keep(copy)
        return copy

    def _copy(self, digest: str) -> Picture | MadePicture | None:
        """Return a display copy, read anew if need be; None if no scene, or file, has it any more."""
        if digest in self._held:
            return self._held[digest]
        picture = self._copies.get(digest)
        if picture is None and digest in self._files:
            path, fit = self._files[digest]
            picture = read_picture(path, fit=fit)
        if picture is None or picture.digest != digest:  # the file is another one by now
            return None
        self._keep(picture)
        return picture

    def _keep(self, picture: Picture) -> None:
        """Keep a copy as the one used last, and let the oldest go until the rest is small enough."""
        self._copies.pop(picture.digest, None)
        self._copies[picture.digest] = picture
        size = sum(len(copy.data) for copy in self._copies.values())
        for digest in list(self._copies)[:-1]:
            if size <= _KEPT_BYTES:
                return
            size -= len(self._copies.pop(digest).data)
