"""One look for every chart: sizes, two themes, and the frame that carries the finding.

Colours are told apart by colour-blind readers (blue against orange) and, because marks
also differ in shape and fill, in greyscale. Nothing here touches matplotlib's global
settings or pyplot, so a chart appears once and looks alike everywhere.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from PIL import Image

from evalwidgets.analysis import numbers
from evalwidgets.analysis.charts.lettering import balanced, width_of
from evalwidgets.analysis.charts.vector import Pick, picks_of, svg_of
from evalwidgets.errors import UnknownName

ThemeName = Literal["light", "dark"]

WIDTH = 9.0
"""Inches; 900 CSS pixels, which fits a notebook cell on a screen 1280 pixels wide."""
DPI = 100
_FEW_COLOURS = 128  # more than a chart needs, edges of letters included
TITLE, BODY, SMALL = 13.0, 9.5, 8.5
"""Font sizes in points."""
MARGIN = 0.16
"""Inches around everything."""

signed = numbers.signed
_UNDRAWN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, by what they are for."""

    name: str
    paper: str
    ink: str
    quiet: str
    line: str
    band: str
    accent: str
    warm: str
    accent_scale: tuple[str, ...]
    """From nothing to much, for cells that are fine or neutral."""
    warm_scale: tuple[str, ...]
    """From nothing to much, for cells that are not."""

    def colours(self, *, warm: bool = False) -> Colormap:
        """Return the scale from nothing to much."""
        steps = self.warm_scale if warm else self.accent_scale
        return LinearSegmentedColormap.from_list(f"{self.name}-{warm}", steps)


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    ink="#1f2328",
    quiet="#5c6570",
    line="#d6dbe1",
    band="#eef1f4",
    accent="#1a6bb0",
    warm="#c2500a",
    accent_scale=("#f4f7fa", "#bcd6ec", "#5b9bd0", "#1a6bb0", "#0b3f70"),
    warm_scale=("#fbf6f2", "#f6cfae", "#e68f4e", "#c2500a", "#7a2f02"),
)
DARK = Theme(
    name="dark",
    paper="#111111",
    ink="#ececec",
    quiet="#a3abb4",
    line="#3b4148",
    band="#22272d",
    accent="#6bb5f2",
    warm="#f39a52",
    accent_scale=("#1a1f25", "#1f3f5e", "#2f74ad", "#6bb5f2", "#c3e3ff"),
    warm_scale=("#231d18", "#57310f", "#a55a1c", "#f39a52", "#ffd9b8"),
)
_THEMES = {"light": LIGHT, "dark": DARK}


def theme_named(name: ThemeName) -> Theme:
    """Return the theme.

    Raises
    ------
    UnknownName
        If there is none of that name.
    """
    if name not in _THEMES:
        raise UnknownName("theme", name, _THEMES)
    return _THEMES[name]


class Chart(Figure):
    """A figure whose title states a finding; it shows itself in a notebook, once.

    Parameters
    ----------
    finding : str
        The title: what the chart says, in words.
    reading : str
        One quiet line below: what is drawn and on what evidence.
    theme : Theme
        Its colours.
    width, height : float
        Inches; the height is that of the drawing, the title comes on top.
    gap : float
        Inches above and below each panel.
    lead : float
        Inches kept free between the reading line and the drawing.
    photographic : bool
        Whether it holds photographs, which a saved notebook keeps as JPEG.
    """

    def __init__(
        self,
        finding: str,
        reading: str,
        *,
        theme: Theme,
        height: float,
        width: float = WIDTH,
        gap: float = 0.05,
        lead: float = 0.0,
        photographic: bool = False,
    ) -> None:
        room = width - 2 * MARGIN
        finding = numbers.true_minus(finding)
        title = balanced(finding, room, TITLE, bold=True)
        below = balanced(reading, room, BODY)
        title_height = 0.24 * (title.count("\n") + 1)
        header = MARGIN + title_height + (0.19 * (below.count("\n") + 1) + 0.05 if below else 0) + 0.1 + lead
        total = header + height
        edge_x, edge_y = MARGIN / width, MARGIN / total
        rect = (edge_x, edge_y, 1 - 2 * edge_x, height / total - edge_y)
        super().__init__(
            figsize=(width, total),
            dpi=DPI,
            facecolor=theme.paper,
            layout=ConstrainedLayoutEngine(rect=rect, w_pad=0.02, h_pad=gap),
        )
        FigureCanvasAgg(self)
        self.theme = theme
        self.finding = finding
        self.photographic = photographic
        self.header = header
        self._picks: dict[str, Pick] = {}
        top = 1 - edge_y
        bold: dict[str, Any] = {"size": TITLE, "weight": "bold", "color": theme.ink, "linespacing": 1.25}
        self.text(edge_x, top, plain(title), va="top", **bold)
        below_at = top - (title_height + 0.03) / total
        self.text(edge_x, below_at, plain(below), size=BODY, color=theme.quiet, va="top", linespacing=1.3)

    def png(self, scale: float = 2.0) -> bytes:
        """Return the picture as PNG bytes, `scale` dots per CSS pixel, without a time stamp."""
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=DPI * scale, metadata={"Software": None})
        return buffer.getvalue()

    def svg(self) -> str:
        """Return the picture as SVG text, the same text every time, with the gids of its parts as ids."""
        return svg_of(self, self.finding)

    def add_pick(self, artist: Artist, id: str, label: str) -> None:  # noqa: A002 - as in Pick
        """Let a part of the drawing be picked.

        Parameters
        ----------
        artist : Artist
            The part; its gid is set.
        id : str
            What it stands for, such as `reviewer:ana`. Several parts may stand for the same.
        label : str
            What it says, for people who hear the chart.
        """
        same = sum(pick.id == id for pick in self._picks.values())
        pick = Pick(f"{id}~{same + 1}" if same else id, id, label)
        artist.set_gid(pick.gid)
        self._picks[pick.gid] = pick

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The parts that can be picked: those made so, and those whose gid says so."""
        return picks_of(self, self._picks)

    def __str__(self) -> str:
        """Return what the repr says; a figure's own text is its size."""
        return repr(self)

    def __repr__(self) -> str:
        """Return one deterministic line: what a saved notebook shows as text."""
        return f"Chart: {self.finding}"

    def _repr_mimebundle_(
        self,
        include: Any = None,  # noqa: ARG002 - IPython's protocol
        exclude: Any = None,  # noqa: ARG002 - IPython's protocol
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        width, height = (round(float(inches) * DPI) for inches in self.get_size_inches())
        kind, data = self.picture(1.4 if self.photographic else 2.0, smallest=True)
        return {kind: data, "text/plain": repr(self)}, {kind: {"width": width, "height": height}}

    def picture(self, scale: float, *, smallest: bool = False) -> tuple[str, bytes]:
        """Return a small picture, `scale` dots per CSS pixel, and its kind: PNG of few colours, or JPEG.

        The `smallest` one is a tenth smaller, and takes half as long again.
        """
        opaque = self._drawn(scale)
        buffer = io.BytesIO()
        if self.photographic:
            opaque.save(buffer, "JPEG", quality=80, optimize=True)
            return "image/jpeg", buffer.getvalue()
        few = opaque.quantize(_FEW_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(buffer, "PNG", optimize=smallest)
        return "image/png", buffer.getvalue()

    def _drawn(self, scale: float) -> Image.Image:
        """Return the picture as it is drawn, without a file between."""
        dpi = self.get_dpi()
        self.set_dpi(DPI * scale)
        try:
            canvas = FigureCanvasAgg(self)
            canvas.draw()  # type: ignore[no-untyped-call]
            return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")  # type: ignore[no-untyped-call]
        finally:
            self.set_dpi(dpi)


def quiet_axes(axes: Axes, theme: Theme, *, grid: Literal["x", "y", "none"] = "none") -> None:
    """Take away what is not needed: frame, tick marks, loud lines."""
    axes.set_facecolor("none")
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, labelsize=BODY, labelcolor=theme.ink, pad=5)
    axes.xaxis.label.set(color=theme.quiet, size=BODY)
    axes.yaxis.label.set(color=theme.quiet, size=BODY)
    axes.set_axisbelow(True)
    if grid != "none":
        axes.grid(axis=grid, color=theme.line, linewidth=0.8)


def panel_title(axes: Axes, title: str, theme: Theme, aside: str = "") -> None:
    """Write what a panel shows above its left end, and what is quiet above its right end."""
    axes.set_title(plain(title), size=BODY, weight="bold", color=theme.ink, loc="left", pad=6)
    if aside:
        axes.set_title(plain(aside), size=SMALL, color=theme.quiet, loc="right", pad=6)


def add_key(chart: Chart, handles: list[Any], *, columns: int | None = None) -> None:
    """Explain the marks below the drawing in quiet rows, as many to a row as fit or as are asked for."""
    theme = chart.theme
    lines = any(isinstance(one, Line2D) and one.get_linestyle() != "None" for one in handles)
    needed = sum(width_of(str(one.get_label()), SMALL) + (0.56 if lines else 0.46) for one in handles)
    rows = math.ceil(needed / (float(chart.get_size_inches()[0]) - 2 * MARGIN))
    chart.legend(
        handles=handles,
        loc="outside lower left",
        ncols=columns or math.ceil(len(handles) / rows),
        frameon=False,
        fontsize=SMALL,
        labelcolor=theme.quiet,
        handleheight=0.9,
        # Marks alone need less room than lines, and then begin where the title does.
        handlelength=2.0 if lines else 1.2,
        handletextpad=0.6,
        columnspacing=2.0,
        borderaxespad=MARGIN * 72 / SMALL,
        borderpad=0,
    )


def empty_chart(finding: str, theme: Theme) -> Chart:
    """Return a chart that says why there is nothing to draw."""
    chart = Chart(finding, "There is nothing to draw yet.", theme=theme, height=0.3)
    chart.set_layout_engine("none")
    return chart


def plain(text: object, most: int | None = None) -> str:
    """Return text that matplotlib draws as it stands (no mathematics), shortened if asked.

    What no font draws and no XML may hold is drawn as a replacement character.
    """
    words = _UNDRAWN.sub("\N{REPLACEMENT CHARACTER}", str(text))
    if most is not None and len(words) > most:
        words = words[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    return words.replace("$", r"\$")
