"""The rubric form: shows what is asked and reports what the reviewer does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from evalwidgets.widgets import assets

_NOTHING: dict[str, Any] = {"layout": None, "marks": None, "after": {}, "refused": ""}


class RubricForm(anywidget.AnyWidget):
    """One rubric, one task: the rows, the notes, the flags and the submit button.

    The form decides nothing. It gets layouts and marks (see `form_view`) and reports
    acts, submits and moves as messages.
    """

    _esm = assets.module(
        "keys.js",
        "form_state.js",
        "form_elements.js",
        "region_answers.js",
        "region_row.js",
        "form_rows.js",
        "active_time.js",
        "form_desk.js",
        "region_talk.js",
        "rubric_form.js",
    )
    _css = assets.styles("rubric_form.css", "region_row.css")

    # What the panel sets
    shown = traitlets.Dict(dict(_NOTHING)).tag(sync=True)
    """The sheet that lies open; `after` counts the submits that were heard per browser page."""
    queue = traitlets.List(traitlets.Dict()).tag(sync=True)
    """The sheets that come next, so that the browser can go on without waiting."""
    marks = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    """The kernel's word on a sheet after each act."""

    def __init__(self, on_message: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__()
        self._heard: dict[str, int] = {}
        self._serial = 0
        self.on_msg(lambda _widget, content, _buffers: on_message(content))

    def show(
        self, laid: Mapping[str, Any] | None, queue: Sequence[dict[str, Any]], refused: str = ""
    ) -> None:
        """Show a sheet (layout and marks), or nothing, and what comes after it."""
        self._serial += 1
        empty: Mapping[str, Any] = {"layout": None, "marks": None}
        with self.hold_sync():
            self.queue = list(queue)
            self.shown = {
                **(laid or empty),
                "after": dict(self._heard),
                "refused": refused,
                "serial": self._serial,
            }

    def heard(self, view: str, count: int) -> None:
        """Note how many submits of a browser page have been dealt with."""
        self._heard[view] = max(count, self._heard.get(view, 0))

    @property
    def answers(self) -> dict[str, Any]:
        """What is answered on the open sheet: criterion id to value."""
        marks: dict[str, Any] = self.shown["marks"] or {"key": "", "answers": {}}
        if self.marks and self.marks["key"] == marks["key"]:
            marks = self.marks
        given = marks["answers"].items()
        return {name: answer["value"] for name, answer in given if answer["value"] is not None}

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return "RubricForm()"
