"""The bar above a panel: progress, pace, the saved tick, keys, and the cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.widgets import assets

NO_CARD: dict[str, Any] = {"kind": "", "title": "", "lines": [], "action": "", "label": ""}
_UNSAVED: dict[str, Any] = {"state": "", "text": "", "count": 0}
BLANK: dict[str, Any] = {
    "title": "",
    "round": "",
    "reviewer": "",
    "done": 0,
    "skipped": 0,
    "total": 0,
    "position": 0,
    "pace": None,
    "left": None,
    "revising": "",
    "vote": "",
    "sensitive": False,
    "advice": "",
    "exposure": 0,
    "said": "",
    "home": False,
}


class PanelBar(anywidget.AnyWidget):
    """Shows where the reviewer is; reports what concerns the whole panel."""

    _esm = assets.module("keys.js", "pulse.js", "panel_bar.js")
    _css = assets.styles("panel_bar.css", "review_panel.css")

    # What the panel sets
    status = traitlets.Dict(dict(BLANK)).tag(sync=True)
    saved = traitlets.Dict(dict(_UNSAVED)).tag(sync=True)
    card = traitlets.Dict(dict(NO_CARD)).tag(sync=True)

    def __init__(self, on_message: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__()
        self.on_msg(lambda _widget, content, _buffers: on_message(content))

    def show_saved(self, text: str) -> None:
        """Show the tick: what was submitted is on disk."""
        self.saved = {"state": "saved", "text": text, "count": self.saved["count"] + 1}

    def show_failed(self, text: str) -> None:
        """Say that the last submit is not on disk, and why."""
        self.saved = {"state": "failed", "text": text, "count": self.saved["count"]}

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return "PanelBar()"
