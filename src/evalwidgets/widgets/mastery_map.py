"""The mastery map: criteria by boundaries, and how far a learner is at each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.widgets import assets

MAP_PARTS = ("form_elements.js", "mastery_grid.js")
"""The modules of which the map is made, wherever it stands."""


class MasteryMap(anywidget.AnyWidget):
    """Shows where a learner stands at each boundary of a rubric.

    Parameters
    ----------
    shown : mapping
        From `mastery_view.mastery_map`.
    """

    _esm = assets.module(*MAP_PARTS, "mastery_map.js")
    _css = assets.styles("mastery_map.css")

    map = traitlets.Dict().tag(sync=True)
    """What is shown, as JSON; see `mastery_view.mastery_map`."""

    def __init__(self, shown: Mapping[str, Any]) -> None:
        super().__init__(map=dict(shown))

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"MasteryMap({self.map['sentence']!r})"
