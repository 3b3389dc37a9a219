"""The exemplar wall: one scene at each level of a criterion, side by side, with the words that decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.anchors import AnchorSet
from evalwidgets.widgets import assets
from evalwidgets.widgets.exemplars import Exemplars

WALL_PARTS = (
    "keys.js",
    "form_elements.js",
    "exemplar_cards.js",
    "exemplar_pictures.js",
    "exemplar_levels.js",
    "exemplar_sheet.js",
    "exemplar_view.js",
)
"""The modules of which the wall is made, wherever it stands."""
WALL_STYLES = ("exemplar_wall.css", "exemplar_sheet.css")
"""And its style sheets."""


class ExemplarWall(anywidget.AnyWidget):
    """Shows one criterion at a time: the same scene at its levels, lowest to highest.

    Holding Space shows the original in all of them, in place. Enter opens one large. The
    boundary cards ask which of two neighbouring levels a picture stands on; what is answered
    is shown and kept nowhere.

    Parameters
    ----------
    anchors : AnchorSet
        From `read_anchors`.
    rubric : Rubric
        The rule book whose levels they stand on.
    criterion : str, optional
        Which criterion is shown first; by default the rubric's first that has anchors.
    seed : object
        Decides the order of the boundary cards.

    Raises
    ------
    UnknownName
        If the criterion has no anchors.
    EvalWidgetsError
        If none of the rubric's criteria has any.
    """

    _esm = assets.module(*WALL_PARTS, "exemplar_wall.js")
    _css = assets.styles(*WALL_STYLES)

    wall = traitlets.Dict().tag(sync=True)
    """What is shown, as JSON; see `Exemplars`."""
    pictures = traitlets.Dict().tag(sync=True)
    """The small JPEGs of the criterion that is shown, by name."""

    def __init__(
        self, anchors: AnchorSet, rubric: Rubric, criterion: str | None = None, *, seed: object = ""
    ) -> None:
        self._exemplars = Exemplars(anchors, rubric, seed)
        super().__init__()
        self.show(criterion)
        self.on_msg(self._receive)

    @property
    def criterion(self) -> str:
        """The criterion that is shown."""
        return str(self.wall["criterion"])

    def show(self, criterion: str | None = None) -> None:
        """Show a criterion, by default the first."""
        wall, pictures = self._exemplars.shown(criterion)
        with self.hold_sync():
            self.pictures, self.wall = pictures, wall

    def _receive(self, _wall: ExemplarWall, content: Mapping[str, Any], _buffers: object) -> None:
        match content:
            case {"type": "wall", "criterion": str(name)} if name in self._exemplars.criteria:
                self.show(name)
            case {"type": "large", "picture": str(name)}:
                send_large(self, self._exemplars, name)

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"ExemplarWall({self.wall['rubric']!r}, {self.criterion!r})"


def send_large(widget: anywidget.AnyWidget, exemplars: Exemplars, name: str) -> None:
    """Send the picture behind a small one with all its pixels, if it can be shown."""
    picture = exemplars.large(name)
    if picture is not None:
        widget.send({"type": "large", "picture": name, "media": picture.media_type}, [picture.data])
