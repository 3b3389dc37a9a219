"""The part of the intake desk that is seen: it draws the view and reports what the person does."""

from __future__ import annotations

import traitlets

from evalwidgets.widgets import assets
from evalwidgets.widgets.board_part import BoardPart


class IntakePart(BoardPart):
    """The path, the guess, the first rows, the progress and the report."""

    _esm = assets.module(
        "keys.js",
        "board_asks.js",
        "board_elements.js",
        "board_head.js",
        "intake_guess.js",
        "intake_report.js",
        "intake_part.js",
    )
    _css = assets.styles("review_panel.css", "calibration_board.css", "intake_desk.css")

    progress = traitlets.Dict().tag(sync=True)
    """`done` of `total` pictures; empty while nothing is taken in."""
    thumbs = traitlets.Dict().tag(sync=True)
    """Small JPEG copies by their sha256."""

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return "IntakePart()"
