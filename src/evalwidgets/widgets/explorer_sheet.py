"""The contact sheet of the explorer: which tasks in which order, and their small pictures when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import numpy as np
import pandas as pd
import traitlets

from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import assets
from evalwidgets.widgets.explorer_thumbs import ExplorerThumbs

AT_ONCE = 12
"""How many pictures one message can ask for; the page asks for fewer."""


class ExplorerSheet(anywidget.AnyWidget):
    """Draws the tasks that it is given; the page asks for the pictures of what is in sight.

    All facts of the cards lie in the page from the beginning, so that scrolling asks the
    kernel for nothing but pictures and a filter sends no more than an order.

    Parameters
    ----------
    tasks : TaskSet
        All of them: a *place* is that of a task among these.
    on_say : callable
        Hears what a person does: "open", "focus", "mark" with a task's id, and whether.
    """

    _esm = assets.module(
        "keys.js",
        "board_elements.js",
        "explorer_grid.js",
        "explorer_thumbs.js",
        "explorer_card.js",
        "explorer_sheet.js",
    )
    _css = assets.styles("explorer_sheet.css")

    told = traitlets.Dict().tag(sync=True)
    """What the cards say, a list over all tasks for each column."""
    order = traitlets.Bytes().tag(sync=True)
    """The places of the tasks that are shown, as little-endian 32-bit integers."""
    marked = traitlets.List(traitlets.Int()).tag(sync=True)
    """The places of the tasks that are marked."""
    place = traitlets.Int(0).tag(sync=True)
    """The task to turn to when the sheet comes back."""
    active = traitlets.Bool(True).tag(sync=True)
    """Whether the sheet is what is shown, so that keys are for it."""
    empty = traitlets.Unicode().tag(sync=True)
    """What to say when no task is shown."""

    def __init__(self, tasks: TaskSet, on_say: Callable[[str, str, bool], None]) -> None:
        super().__init__()
        self._tasks, self._on_say = tasks, on_say
        self._thumbs = ExplorerThumbs(tasks)
        self._places = {task.id: place for place, task in enumerate(tasks)}
        self.on_msg(self._receive)

    def tell(self, facts: pd.DataFrame) -> None:
        """Tell the page what is known of each task, in the order of the tasks."""
        spread = (100 * facts["spread"]).round().fillna(-1).astype(int)
        self.told = {
            "ids": [task.id for task in self._tasks],
            "spread": spread.tolist(),
            "reviews": facts["n_reviews"].tolist(),
            "flags": facts["n_flags"].tolist(),
            "suspect": facts["gold_suspect"].fillna(value=False).astype(int).tolist(),
            "sensitive": [int(task.sensitive) for task in self._tasks],
        }

    def show(self, places: np.ndarray, empty: str = "") -> None:
        """Show these tasks, in this order."""
        with self.hold_sync():
            self.empty = empty
            self.order = places.astype("<i4").tobytes()

    def mark(self, tasks: list[str]) -> None:
        """Show which tasks are marked."""
        self.marked = [self._places[task] for task in tasks]

    def turn(self, task: str) -> None:
        """Turn to a task."""
        self.place = self._places.get(task, 0)

    def _receive(self, _sheet: ExplorerSheet, content: Mapping[str, Any], _buffers: object) -> None:
        match content:
            case {"type": "need", "places": [*places]}:
                for place in places[:AT_ONCE]:
                    self._send_picture(place)
            case {"type": ("open" | "focus" | "mark") as said, "place": int(place)}:
                if 0 <= place < len(self._tasks):
                    self._on_say(said, self._tasks[place].id, bool(content.get("on", True)))

    def _send_picture(self, place: object) -> None:
        """Send one small picture, or word that it cannot be shown."""
        if isinstance(place, int) and 0 <= place < len(self._tasks):
            found = self._thumbs.of(self._tasks[place])
            media = found.media_type if found else ""
            self.send({"type": "picture", "place": place, "media": media}, [found.data] if found else [])

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return f"ExplorerSheet({len(self._tasks)} tasks)"
