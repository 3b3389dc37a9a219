"""Small pictures for a contact sheet, made when asked for; of sensitive tasks only what covers them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import NamedTuple

from evalwidgets.core.task import JUDGED, Task
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.made_pictures import cover_of
from evalwidgets.store.small_copies import small_copy
from evalwidgets.store.tasks import TaskSet

LONGEST = 480
_KEPT_BYTES = 48 * 1024 * 1024
_log = logging.getLogger(__name__)


class Thumb(NamedTuple):
    """What is sent of a picture."""

    data: bytes
    media_type: str


class ExplorerThumbs:
    """Makes the small picture of a task and keeps those that were asked for last.

    Parameters
    ----------
    tasks : TaskSet
        Where the pictures are.
    """

    def __init__(self, tasks: TaskSet) -> None:
        self._tasks = tasks
        self._kept: dict[tuple[Path, int, bool], Thumb] = {}
        self._bytes = 0

    def of(self, task: Task) -> Thumb | None:
        """Return the picture that is judged, small; None if it cannot be shown.

        Of a pair it is the first candidate. A sensitive task gives nothing but its cover.
        """
        role = JUDGED[task.kind] or "a"
        try:
            path = self._tasks.path_of(task, role)
            key = (path, path.stat().st_mtime_ns, task.sensitive)
            found = self._kept.pop(key, None) or self._made(path, covered=task.sensitive)
        except (EvalWidgetsError, OSError) as error:
            # Not a warning: it names the file, and Jupyter brings warnings to the page.
            _log.info("A picture could not be made small: %s", error)
            return None
        self._kept[key] = found
        self._drop()
        return found

    def _made(self, path: Path, *, covered: bool) -> Thumb:
        copy = cover_of(path) if covered else small_copy(path, LONGEST)
        self._bytes += len(copy.data)
        return Thumb(copy.data, copy.media_type)

    def _drop(self) -> None:
        for key in list(self._kept)[:-1]:
            if self._bytes <= _KEPT_BYTES:
                return
            self._bytes -= len(self._kept.pop(key).data)
