"""The tour: a minute on a real task in the real panel, that goes on when the learner does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.widgets import assets


class TourGuide(anywidget.AnyWidget):
    """Leads through the panel, one strip of words above it and a frame around what is meant.

    It hides nothing and keeps nothing: while it runs no review is submitted, and its last
    step is the submit that ends it. What is answered meanwhile is for the panel to forget.

    Parameters
    ----------
    on_message : callable
        Called with ``{"type": "tour", "step": n}`` when the step with number n (from 1) is
        shown, and with ``{"type": "tour", "step": "end", "done": bool}`` once: done, or left
        by Escape.
    """

    _esm = assets.module("keys.js", "form_elements.js", "tour_steps.js", "tour.js")
    _css = assets.styles("tour.css")

    running = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether it is shown; true begins it anew."""

    def __init__(self, on_message: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__()
        self._on_message = on_message
        self.on_msg(self._receive)

    def _receive(self, _guide: TourGuide, content: Mapping[str, Any], _buffers: object) -> None:
        if content.get("step") == "end":
            self.running = False
        self._on_message(content)

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return "TourGuide()"
