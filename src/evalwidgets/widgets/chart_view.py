"""A chart in the page whose marks can be picked, by mouse and by keyboard.

The drawing is an SVG that the browser scales and hits by itself. ipympl, the usual way to
an interactive matplotlib figure, was the alternative: each of its frames is a picture that
travels from the kernel, so even the hover over a mark waits for a round trip. And its canvas
is one element without parts, so no mark can take the focus, be named or be picked by a key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

import anywidget
import traitlets

from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.widgets import assets

Draw: TypeAlias = Callable[[ThemeName], Chart]
_NOTHING: dict[str, Any] = {"svg": "", "picks": [], "finding": "", "theme": "light", "themed": False}


class ChartView(anywidget.AnyWidget):
    """Shows a chart and tells which part of it a person picked.

    Parameters
    ----------
    draw : callable or Chart, optional
        Draws the chart in a theme, ``draw("dark")``: the page says which, and the chart
        is drawn anew when it changes. A Chart is shown as it is.
    on_pick : callable, optional
        Called with the id of what was picked, such as ``reviewer:ana``.

    Notes
    -----
    `selected` is the id of what was picked last, or empty; assign it to mark another
    part. A chart that is shown later keeps the mark if it has such a part.
    """

    _esm = assets.module("keys.js", "chart_view.js")
    _css = assets.styles("chart_view.css")

    chart = traitlets.Dict(dict(_NOTHING)).tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    theme = traitlets.Enum(("light", "dark"), default_value="light").tag(sync=True)

    def __init__(
        self, draw: Draw | Chart | None = None, on_pick: Callable[[str], None] | None = None
    ) -> None:
        self._draw: Draw | Chart | None = None
        self._key: object = None
        self._ids: set[str] = set()
        self._on_pick = on_pick
        super().__init__()
        self.observe(self._on_theme, "theme")
        self.on_msg(self._receive)
        if draw is not None:
            self.show(draw)

    def show(self, draw: Draw | Chart, *, key: object = None) -> None:
        """Show another chart in the same place.

        Parameters
        ----------
        draw : callable or Chart
            As for the widget.
        key : object, optional
            What the chart shows, in a word: when it is the key of the chart that is
            shown, nothing is drawn anew.
        """
        if key is not None and key == self._key:
            return
        self._draw, self._key = draw, key
        self._redraw()

    def _redraw(self) -> None:
        if self._draw is None:
            return
        themed = not isinstance(self._draw, Chart)
        theme = cast("ThemeName", self.theme)
        chart = self._draw(theme) if callable(self._draw) else self._draw
        self._ids = {pick.id for pick in chart.picks}
        if self.selected not in self._ids:
            self.selected = ""
        self.chart = {
            "svg": chart.svg(),
            "picks": [pick._asdict() for pick in chart.picks],
            "finding": chart.finding,
            "theme": chart.theme.name,
            "themed": themed,
        }

    def _on_theme(self, _change: object) -> None:
        if not isinstance(self._draw, Chart):
            self._redraw()

    def _receive(self, _view: ChartView, content: Mapping[str, Any], _buffers: object) -> None:
        match content:
            case {"type": "pick", "id": str(picked)} if picked in self._ids:
                self.selected = picked
                if self._on_pick is not None:
                    self._on_pick(picked)

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"ChartView({self.chart['finding']!r})"
