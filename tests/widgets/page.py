"""A page of a browser, as far as the kernel can tell: it sends what the panel's JavaScript sends."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import uuid4

from ipywidgets import Widget

from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import GOOD_ANSWERS


class Page:
    """One page that shows a panel.

    Parameters
    ----------
    panel : ReviewPanel
        The panel that it shows.
    """

    def __init__(self, panel: ReviewPanel) -> None:
        self.panel = panel
        self.view = str(uuid4())
        self.submits = 0
        self._seqs: Counter[str] = Counter()

    @property
    def key(self) -> str:
        """The key of the sheet that lies open."""
        layout = self.panel._form.shown["layout"]
        return layout["key"] if layout else ""

    @property
    def marks(self) -> dict[str, Any]:
        """Where the open sheet stands, after what the kernel said last."""
        shown, later = self.panel._form.shown["marks"], self.panel._form.marks
        newer = later and later["key"] == shown["key"] and later["seq"] >= shown["seq"]
        return later if newer else shown

    @property
    def refused(self) -> str:
        """What the kernel refused last, in words."""
        return self.panel._form.shown["refused"]

    def act(self, act: str, *said: Any, key: str = "", seconds: float = 1.0) -> None:
        """Report an act on the open sheet."""
        key = key or self.key
        self._seqs[key] = max(self._seqs[key], self.marks["seq"] if key == self.key else 0) + 1
        message = {"type": "act", "key": key, "seq": self._seqs[key], "act": act, "said": list(said)}
        send(self.panel._form, {**message, "seconds": seconds})

    def rate(self, criterion: str, value: Any, seconds: float = 1.0) -> None:
        """Report a rating."""
        self.act("rate", criterion, value, seconds=seconds)

    def answer_all(self, **other: Any) -> None:
        """Report an answer to everything that is asked."""
        answers = {**GOOD_ANSWERS, **other}
        for name in ("safety", *answers):
            if name in self.marks["visible"] and name in answers:
                self.rate(name, answers[name])

    def submit(self, key: str = "", seconds: float = 2.0) -> None:
        """Report a submit of the open sheet, or of the one with this key."""
        self.submits += 1
        message = {"type": "submit", "key": key or self.key, "view": self.view, "count": self.submits}
        send(self.panel._form, {**message, "seconds": seconds})

    def move(self, move: str) -> None:
        """Report back, forward or undo."""
        send(self.panel._form, {"type": "move", "move": move, "key": self.key})

    def skip(self, reason: str) -> None:
        """Report a skip from the bar's card."""
        send(self.panel._bar, {"type": "skip", "reason": reason})

    def name_reviewer(self, name: str) -> None:
        """Report the name that was typed into the card."""
        send(self.panel._bar, {"type": "reviewer", "name": name})

    def need(self, picture: str, at: int = 0) -> None:
        """Ask for the part of a picture that begins at byte `at`."""
        send(self.panel._stage, {"type": "need", "picture": picture, "at": at})

    def reveal(self, role: str, how: str = "reveal", key: str = "") -> None:
        """Ask to see a covered picture of the shown scene, or of the one with this key."""
        key = key or self.panel._stage.scene["key"]
        send(self.panel._stage, {"type": "reveal", "key": key, "role": role, "how": how})

    def press_e(self, key: str = "") -> dict[str, Any]:
        """Ask for the evidence of the shown scene, or of the one with this key; return what is told."""
        stage = self.panel._stage
        send(stage, {"type": "evidence", "key": key or stage.scene["key"]})
        return dict(stage.evidence)

    def reopen(self) -> None:
        """Report the button of the end card."""
        send(self.panel._bar, {"type": "reopen"})

    def pulse(self) -> None:
        """Report that the page is visible and waits."""
        send(self.panel._bar, {"type": "pulse"})


def send(widget: Widget, content: Any) -> None:
    """Let a widget receive a custom message as if it came over the wire."""
    data = {"method": "custom", "content": json.loads(json.dumps(content))}
    widget._handle_msg({"content": {"data": data}, "buffers": []})


def again(panel: ReviewPanel) -> ReviewPanel:
    """Return the panel of a new kernel on the same store."""
    return ReviewPanel(panel._tasks, panel._rubric, panel._store, "ana")


def shown(panel: ReviewPanel) -> Any:
    """Return what form and stage show, without what is new each time: keys, counts, what was heard."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            dropped = ("key", "seq", "serial", "after") if "value" not in value else ()
            return {name: plain(inner) for name, inner in value.items() if name not in dropped}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    form, stage = panel._form, panel._stage
    return plain({"shown": form.shown, "queue": form.queue, "scene": stage.scene, "next": stage.queue})


def page_answers(values: Any) -> dict[str, Any]:
    """Return the good answers to the criteria that these values answer."""
    return {name: value for name, value in GOOD_ANSWERS.items() if name in values}
