"""Measured evidence on a stage: shown to whom it is for, once they have judged, and logged."""

from __future__ import annotations

import logging
from typing import Any

from evalwidgets.core.evidence_setting import EvidenceSetting, Who, may_see_evidence
from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError, StoreError
from evalwidgets.store.kept_openings import KeptOpenings
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.evidence_view import evidence_view
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.scenes import Scenes

_log = logging.getLogger(__name__)
_NOT_AN_EDIT = "Evidence compares an edited picture with its original; this task is no edit."
_FAILED = "The change could not be measured: one of the pictures cannot be read."
BLANK: dict[str, Any] = {
    "overlay": "",
    "role": "edited",
    "width": 0,
    "height": 0,
    "trust": "",
    "trust_sentence": "",
    "sentences": [],
    "why": "",
}
"""What the stage's `evidence` says besides `key` and `state` while there is nothing to show."""


class EvidenceWork:
    """Answers whoever presses E on a stage.

    The answer is the stage's trait `evidence`: `key` (of the scene), `state` ("shown", "locked",
    "measuring" or "failed"), `overlay` (hash of a layer to be drawn over the picture in `role`,
    stretched to it; empty if no place stands out), `width` and `height` of that layer, `trust`
    ("good", "caution" or "none") with its `trust_sentence`, the facts as `sentences`, and
    `why` it is locked or failed.

    Parameters
    ----------
    tasks : TaskSet
        Where the pictures are.
    scenes : Scenes
        Holds the layer for the browser.
    stage : ImageStage
        Where it is shown.
    """

    def __init__(self, tasks: TaskSet, scenes: Scenes, stage: ImageStage) -> None:
        self._tasks, self._scenes, self._stage = tasks, scenes, stage
        self._measured: tuple[str, dict[str, Any]] = ("", {})  # the task measured last

    def turn(self, key: str) -> None:
        """Forget what the stage says of any other scene."""
        if self._stage.evidence.get("key", key) != key:
            self._stage.evidence = {}

    def press(
        self,
        key: str,
        task: Task,
        kept: KeptOpenings,
        *,
        setting: EvidenceSetting,
        who: Who,
        submitted: bool,
        review: str = "",
    ) -> None:
        """Show the evidence of the task on the stage, or say why not; shown evidence is logged.

        Parameters
        ----------
        key : str
            Of the scene.
        task : Task
            Which task.
        kept : KeptOpenings
            Where the opening is logged before anything is shown.
        setting, who, submitted
            As in `may_see_evidence`.
        review : str
            The id of the submitted review; the lead has none.
        """
        why = may_see_evidence(setting, submitted=submitted, who=who) or _of_kind(task)
        if why:
            self._say(key, "locked", why=why)
            return
        try:
            found = self._find(key, task)
        except EvalWidgetsError as error:  # it may name the file, and so the model: not for the page
            _log.info("Evidence of task %s could not be measured: %s", task.id, error)
            self._say(key, "failed", why=_FAILED)
            return
        try:
            kept.log_evidence(task.id, review)
        except StoreError as error:
            self._say(key, "failed", why=f"Evidence is shown only when that can be logged. {error}")
            return
        self._say(key, "shown", **found)

    def _find(self, key: str, task: Task) -> dict[str, Any]:
        if self._measured[0] != task.id:
            self._say(key, "measuring")
            self._measured = (task.id, evidence_view(self._tasks, task))
        found = dict(self._measured[1])
        layer = found["overlay"]
        return {**found, "overlay": self._scenes.hold(layer) if layer else ""}

    def _say(self, key: str, state: str, **facts: Any) -> None:
        self._stage.evidence = {"key": key, "state": state, **BLANK, **facts}


def _of_kind(task: Task) -> str:
    return "" if task.kind == "edit" else _NOT_AN_EDIT
