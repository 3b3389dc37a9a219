"""What the stage shows of a task, and the parts of pictures that the browser asks for."""

from __future__ import annotations

import logging
from typing import Any

from evalwidgets.core.desk import Desk
from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.images import Picture
from evalwidgets.store.made_pictures import MadePicture, cover_of
from evalwidgets.store.tasks import TaskSet
from evalwidgets.store.tiles import TILE
from evalwidgets.widgets.common_size import Size, common_size
from evalwidgets.widgets.covers import NO_NOTE, Covers
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.picture_shelf import PictureShelf

PART = 128 * 1024
"""Bytes of a picture in one message: what a small message may have to wait for."""
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


class Scenes:
    """Makes the scenes of a set of tasks and answers the browser, which fetches their pictures.

    A scene names its pictures by hash. Of a big one it has a preview, and the browser asks for tiles.

    Attributes
    ----------
    covers : Covers
        What of sensitive tasks may be seen now.
    intro : bool
        Whether a scene shows what was asked first, then the original, then everything.
    """

    def __init__(self, tasks: TaskSet, stage: ImageStage) -> None:
        self._tasks = tasks
        self._stage = stage
        self._shelf = PictureShelf(_PLACES)
        self._made: dict[str, dict[str, Any]] = {}
        self._own: dict[str, dict[str, Size]] = {}
        self.covers = Covers()
        self.intro = False

    def scene(self, desk: Desk) -> dict[str, Any]:
        """Return the scene of an open task; the same one as long as it is remembered."""
        return self.of_task(desk.task, desk.key)

    def of_task(self, task: Task, key: str | None = None) -> dict[str, Any]:
        """Return the scene of a task, known by `key`, which without a review is the task's id."""
        key = key or task.id
        if key not in self._made:
            self._made[key] = self._make(task, key)
            for old in list(self._made)[:-_REMEMBERED]:
                del self._made[old], self._own[old]
        scene = self.covers.over(self._made[key])
        return {**scene, "intro": True} if self.intro else scene

    def hold(self, picture: MadePicture) -> str:
        """Hold a picture that was made here, for the browser to ask for, and return its hash."""
        return self._shelf.hold(picture)

    def sizes_of(self, desk: Desk, role: str) -> tuple[Size, Size] | None:
        """Return the size in which a picture is shown, and that of its file; None if it cannot be shown."""
        for picture in self.scene(desk)["pictures"]:
            if picture["role"] == role and picture["width"]:
                return (picture["width"], picture["height"]), self._own[desk.key][role]
        return None

    def send_part(self, name: str, at: int) -> None:
        """Send the part of a picture or a tile that begins at byte `at`, or word that there is none."""
        try:
            picture = self._shelf.get(name)
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
        copies, self._own[key] = self._copies_of(task)
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
            "texts": [*_texts_of(task), *_remarks_on(copies)],
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
        if copy.tiles:
            entry["tiles"] = {"size": TILE, "factors": list(copy.tiles.factors)}
        return {**entry, "cover": self.hold(cover)} if cover else entry

    def _copies_of(self, task: Task) -> tuple[dict[str, Picture | None], dict[str, Size]]:
        """Return the display copies of a task by role, candidates in one size, and the files' own sizes.

        The copy is None, and the size missing, where a picture cannot be shown.
        """
        copies: dict[str, Picture | None] = {role: self._offered(task, role) for role in task.images}
        sizes = {role: (one.width, one.height) for role, one in copies.items() if one}
        size = common_size(sizes) if task.kind == "pair" else None
        others = {role for role in sizes if size and size != sizes[role]}
        shown = {role: self._offered(task, role, size) if role in others else copies[role] for role in copies}
        return shown, sizes

    def _offered(self, task: Task, role: str, fit: Size | None = None) -> Picture | None:
        try:
            return self._shelf.offer(self._tasks.path_of(task, role), fit)
        except EvalWidgetsError:  # the reason may name the file, and so the model: it is the lead's to read
            return None


def _texts_of(task: Task) -> list[dict[str, str]]:
    return [
        {"label": label, "text": getattr(task, name)} for name, label in _TEXTS.items() if getattr(task, name)
    ]


def _remarks_on(copies: dict[str, Picture | None]) -> list[dict[str, str]]:
    """Return what a reviewer should know of pictures that are shown otherwise than they are stored."""
    remarks = {role: copy.facts.remark for role, copy in copies.items() if copy and copy.facts.remark}
    return [{"label": "Note", "text": f"{_LABELS[role]}: {remark}."} for role, remark in remarks.items()]
