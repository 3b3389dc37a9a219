"""The page of the practice panel when no task is open: the path, the exemplar wall, or a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.widgets import assets
from evalwidgets.widgets.exemplar_wall import WALL_PARTS, WALL_STYLES, send_large
from evalwidgets.widgets.exemplars import Exemplars
from evalwidgets.widgets.mastery_map import MAP_PARTS

AWAY: dict[str, Any] = {"kind": "away"}
"""The page gives way to a task."""


class PracticePage(anywidget.AnyWidget):
    """Shows one page and reports what the learner chooses on it.

    Parameters
    ----------
    on_message : callable
        Called with what the learner chose: ``{"type": "open", "what": ...}``,
        ``{"type": "home"}`` or ``{"type": "wall", "criterion": ...}``.
    exemplars : Exemplars, optional
        What the wall shows. Anchors are public, so the page answers for its large pictures
        itself; without exemplars there is no wall.
    """

    _esm = assets.module(
        *dict.fromkeys((*WALL_PARTS, *MAP_PARTS)),
        "interval_bar.js",
        "practice_home.js",
        "practice_result.js",
        "practice_page.js",
    )
    _css = assets.styles(
        *WALL_STYLES, "mastery_map.css", "practice_page.css", "practice_home.css", "practice_result.css"
    )

    page = traitlets.Dict(dict(AWAY)).tag(sync=True)
    """What is shown, as JSON, by its `kind`: home, wall, result or away."""
    pictures = traitlets.Dict().tag(sync=True)
    """The small pictures of the wall that is shown, by name."""

    def __init__(
        self, on_message: Callable[[Mapping[str, Any]], None], exemplars: Exemplars | None = None
    ) -> None:
        super().__init__()
        self._on_message, self._exemplars = on_message, exemplars
        self.on_msg(self._receive)

    def show(self, page: Mapping[str, Any]) -> None:
        """Show a page other than the wall."""
        with self.hold_sync():
            self.pictures, self.page = {}, dict(page)

    def show_wall(self, criterion: str | None = None) -> None:
        """Show the exemplar wall of a criterion, by default the first.

        Raises
        ------
        UnknownName
            If the criterion has no anchors.
        ValueError
            If the page was given no exemplars.
        """
        if self._exemplars is None:
            msg = "This page has no exemplar wall; pass exemplars=Exemplars(anchors, rubric)."
            raise ValueError(msg)
        wall, pictures = self._exemplars.shown(criterion)
        with self.hold_sync():
            self.pictures, self.page = pictures, {"kind": "wall", "wall": wall}

    def send_file(self, name: str, media_type: str, data: bytes) -> None:
        """Hand the learner a file, which the browser saves under this name."""
        self.send({"type": "file", "name": name, "media": media_type}, [data])

    def _receive(self, _page: PracticePage, content: Mapping[str, Any], _buffers: object) -> None:
        match content:
            case {"type": "large", "picture": str(name)}:
                if self._exemplars is not None:
                    send_large(self, self._exemplars, name)
            case {"type": "open", "what": str()} | {"type": "home"} | {"type": "wall", "criterion": str()}:
                self._on_message(content)

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return "PracticePage()"
