"""Measured evidence for many tasks: pair by pair when asked for, each pair of pictures once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.evidence.comparison import compare
from evalwidgets.analysis.explore.task_facts import MEASURED
from evalwidgets.core.region import Region
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.pictures.door import open_image
from evalwidgets.store.tasks import TaskSet

Asked = str | Path | Sequence[Region] | np.ndarray
"""Where an edit was asked for: the file of a mask (white where), regions, or a mask."""
_log = logging.getLogger(__name__)
_UNREADABLE: dict[str, Any] = {
    "changed": None,
    "change_area": None,
    "outside_share": None,
    "trust": "unreadable",
}


class ExplorerEvidence:
    """Measures edits, and remembers what it found by what the pictures hold.

    Parameters
    ----------
    tasks : TaskSet
        Only edits can be measured.
    asked : mapping of task to mask or regions
        Where each edit was asked for, as far as that is stated.
    """

    def __init__(self, tasks: TaskSet, asked: Mapping[str, Asked]) -> None:
        self._tasks, self._asked = tasks, asked
        self._found: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.known: dict[str, dict[str, Any]] = {}
        """What was found, by task."""

    def measure(self, tasks: Iterable[str]) -> None:
        """Measure edits that are not measured yet; of one that cannot be read, that is what is known."""
        for name in tasks:
            task = self._tasks[name]
            if name in self.known or task.kind != "edit":
                continue
            before, after = (self._tasks.digest_of(task, role) for role in ("original", "edited"))
            key = (before, after, name if name in self._asked else "")
            if key not in self._found or not (before and after):
                self._found[key] = self._compared(name)
            self.known[name] = self._found[key]

    def table(self, tasks: Iterable[str]) -> pd.DataFrame:
        """Return what is known of these tasks, by task, in the columns of `MEASURED`."""
        rows = {task: self.known[task] for task in tasks if task in self.known}
        found = pd.DataFrame.from_dict(rows, orient="index", columns=list(MEASURED))
        return found.astype({"changed": "boolean", "change_area": float, "outside_share": float})

    def _compared(self, name: str) -> dict[str, Any]:
        task = self._tasks[name]
        try:
            paths = (self._tasks.path_of(task, "original"), self._tasks.path_of(task, "edited"))
            found = compare(*paths, _region(self._asked.get(name)))
        except EvalWidgetsError as error:
            _log.info("Evidence of task %s could not be measured: %s", name, error)
            return _UNREADABLE
        told = found.trust != "none"  # else the whole picture changed, and no place can be named
        return {
            "changed": bool(found.changed.any()) if told else True,
            "change_area": float(found.changed.mean()) if told else None,
            "outside_share": found.outside_share,
            "trust": found.trust,
        }


def _region(asked: Asked | None) -> Any:
    if isinstance(asked, str | Path):
        return np.asarray(open_image(Path(asked)).convert("L"), dtype=np.uint8) > 127
    return asked
