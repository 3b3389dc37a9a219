"""A part of a lead's board or bench: it draws the view it is given and reports what the lead does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.widgets import assets


class BoardPart(anywidget.AnyWidget):
    """One region of a board, by the `kind` of its view: head, list, page, case, talk, gold, gap, dispute."""

    _esm = assets.module(
        "keys.js",
        "pulse.js",
        "board_asks.js",
        "board_elements.js",
        "board_head.js",
        "board_plan.js",
        "board_room.js",
        "board_settle.js",
        "board_case.js",
        "board_minutes.js",
        "bench_list.js",
        "bench_gold.js",
        "gap_list.js",
        "gap_desk.js",
        "adjudication_list.js",
        "adjudication_decide.js",
        "adjudication_case.js",
        "rubric_typing.js",
        "rubric_outline.js",
        "rubric_editor.js",
        "rubric_outcome.js",
        "explorer_head.js",
        "explorer_task.js",
        "board_part.js",
    )
    _css = assets.styles(
        "review_panel.css",
        "calibration_board.css",
        "board_steps.css",
        "gold_bench.css",
        "gap_register.css",
        "adjudication_panel.css",
        "rubric_desk.css",
        "explorer.css",
    )

    view = traitlets.Dict().tag(sync=True)
    """What is shown, as JSON; an empty one shows nothing."""

    def __init__(self, on_act: Callable[[str, list[Any]], bool]) -> None:
        super().__init__()
        self._on_act = on_act
        self.on_msg(self._receive)

    def _receive(self, _part: BoardPart, content: Mapping[str, Any], _buffers: object) -> None:
        """Let an act be done, and tell the page when it is: until then its button looks pressed."""
        match content:
            case {"type": "act", "n": int(n), "act": str(act), "said": [*said]}:
                done = False
                try:
                    done = self._on_act(act, said)
                finally:
                    self.send({"type": "answered", "n": n, "done": done})

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return "BoardPart()"
