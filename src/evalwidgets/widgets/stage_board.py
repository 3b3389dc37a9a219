"""A lead's board with pictures: one stage, what may be opened on it, and acts by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.board_looks import BoardLooks
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.lead_board import LeadBoard
from evalwidgets.widgets.scenes import Scenes

LOOKS = ("uncover", "see_evidence")
"""Acts of the stage: what lies covered, and what was measured."""


LOOK_KEYS = (
    "Look",
    [
        ("Space", "hold: the original"),
        ("X B S W", "turn, blink, side by side, wipe"),
        ("V", "view: light, colour, edges"),
        ("E", "evidence"),
        ("H", "hide the marks"),
        ("M", "fill the window"),
    ],
)
"""The stage's own keys, for the table of keys of a board."""


class StageBoard(LeadBoard):
    """A board that shows one task at a time on a stage.

    `_set_stage` comes first of all, before the board's own children are made.
    """

    def _set_stage(
        self, tasks: TaskSet, store: ReviewStore, campaign: str, person: str, **as_whom: Any
    ) -> None:
        """Make the stage, and what this person may open on it (`as_whom` as in `BoardLooks`)."""
        self._stage = ImageStage()
        self._scenes = Scenes(tasks, self._stage)
        self._stage.on_need(self._scenes.send_part)
        self._stage.on_report(self._on_report)
        self._looks = BoardLooks(tasks, self._scenes, self._stage, store, campaign, person, **as_whom)

    def _on_report(self, content: Mapping[str, Any]) -> None:
        """Open what is asked for on the stage, in turn with the other acts."""
        match content:
            case {"type": "evidence", "key": str(key)}:
                self._on_act("see_evidence", [key])
            case {"type": "reveal", "key": str(key), "role": str(role), "how": str(how)}:
                self._on_act("uncover", [key, role, how])
