"""What the stage shows of a task, and the parts of pictures that the browser asks for."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, NamedTuple

from evalwidgets.core.desk import Desk
from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.made_pictures import MadePicture, cover_of
from evalwidgets.store.tasks import TaskSet
from evalwidgets.store.tiles import TILE, Tiles
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
_PLACES = 3 * _REMEMBERED  # of the pictures in them, which the browser may ask for again
_TILE_NAME = re.compile(r"([0-9a-f]{64})@([0-9]{1,4})/([0-9]{1,4})/([0-9]{1,4})")
"""Hash of the picture, then factor, column and row."""
_HELD = 2 * _PLACES  # pictures made here: covers of those, and what is drawn over them


class _Source(NamedTuple):
    """Where a picture comes from, and how the file was when a scene named it."""

    path: Path
    changed: int
    """Nanoseconds of its last change."""
    factors: tuple[int, ...]


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
        self._files: dict[str, _Source] = {}
        self._copies: dict[str, Picture] = {}  # tiles among them, by the names they are asked for by
        self._tiles = Tiles()
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

    def send_part(self, name: str, at: int) -> None:
        """Send the part of a picture or a tile that begins at byte `at`, or word that there is none."""
        try:
            picture = self._copy(name)
        except EvalWidgetsError as error:
            # Not a warning: it names the file, and Jupyter brings warnings to the reviewer's page.
            _log.info("A picture could not be sent: %s", error)
            picture = None
        if picture is None or not 0 <= at < len(picture.data):
            self._stage.send_missing(name)
            return
        data = picture.data[at : at + PART]
        self._stage.send_part(name, at, len(picture.data), data, picture.media_type)

    def _make(self, task: Task, key: str) -> dict[str, Any]:
        pictures = [self._entry(task, role) for role in task.images]
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

    def _entry(self, task: Task, role: str) -> dict[str, Any]:
        """Return a picture of a scene; of a sensitive task with its cover."""
        entry: dict[str, Any] = {"role": role, "label": _LABELS[role]}
        try:
            picture = self._read(task, role)
            cover = cover_of(self._tasks.path_of(task, role)) if task.sensitive else None
        except EvalWidgetsError:  # the reason may name the file, and so the model: it is the lead's to read
            return {**entry, "picture": None, "width": 0, "height": 0}
        entry |= {"picture": picture.digest, "width": picture.width, "height": picture.height}
        if picture.factors:
            entry["tiles"] = {"size": TILE, "factors": list(picture.factors)}
        return {**entry, "cover": self.hold(cover)} if cover else entry

    def _read(self, task: Task, role: str) -> Picture:
        path = self._tasks.path_of(task, role)
        changed = _changed(path)
        picture = read_picture(path)
        self._files.pop(picture.digest, None)
        self._files[picture.digest] = _Source(path, changed, picture.factors)
        for digest in list(self._files)[:-_PLACES]:
            del self._files[digest]
        self._keep(picture.digest, picture)
        return picture

    def _copy(self, name: str) -> Picture | MadePicture | None:
        """Return a copy or a tile, made anew if need be; None if no scene, or file, has it any more."""
        if name in self._held:
            return self._held[name]
        picture = self._copies.get(name) or self._made_anew(name)
        if picture is not None:
            self._keep(name, picture)
        return picture

    def _made_anew(self, name: str) -> Picture | None:
        tile = _TILE_NAME.fullmatch(name)
        source = self._files.get(tile[1] if tile else name)
        if source is None:
            return None
        if tile is None:
            picture = read_picture(source.path)
            return picture if picture.digest == name else None  # the file is another one by now
        factor, column, row = (int(part) for part in tile.groups()[1:])
        if factor not in source.factors or _changed(source.path) != source.changed:
            return None
        return self._tiles.tile(source.path, factor, column, row)

    def _keep(self, name: str, picture: Picture) -> None:
        """Keep a copy as the one used last, and let the oldest go until the rest is small enough."""
        self._copies.pop(name, None)
        self._copies[name] = picture
        size = sum(len(copy.data) for copy in self._copies.values())
        for old in list(self._copies)[:-1]:
            if size <= _KEPT_BYTES:
                return
            size -= len(self._copies.pop(old).data)


def _changed(path: Path) -> int:
    """Return when a file was changed last, in nanoseconds; 0 of one that is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
