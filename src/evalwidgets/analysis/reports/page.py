"""Sections into one self-contained page: pictures inside, no scripts, no address elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, StrictUndefined

from evalwidgets.analysis.charts.style import DARK, LIGHT, Chart
from evalwidgets.analysis.numbers import true_minus

if TYPE_CHECKING:
    from evalwidgets.analysis.reports.report import Draw, Section

_TEMPLATE = "report.html.jinja"
_SCALE = 1.6
"""Dots per CSS pixel: sharp on paper and on dense screens, and drawn in half the time of 2."""


class Picture(NamedTuple):
    """A chart in both themes, as addresses that hold the picture itself."""

    light: str
    dark: str
    width: int
    height: int
    finding: str


def page(title: str, sections: Iterable[Section]) -> str:
    """Return the page; every text in it is escaped."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(files(__package__).joinpath(_TEMPLATE).read_text(encoding="utf-8"))
    return template.render(title=title, sections=list(map(_drawn, sections)), light=LIGHT, dark=DARK)


def _drawn(section: Section) -> dict[str, Any]:
    table = section.table
    filled = table is not None and len(table) > 0
    return {
        "title": section.title,
        "sentence": true_minus(section.sentence),
        "reading": section.reading,
        "points": [true_minus(point) for point in section.points],
        "pictures": [_picture(draw) for draw in section.charts],
        "columns": list(table.columns) if table is not None and filled else [],
        "rows": table.to_numpy().tolist() if table is not None and filled else [],
    }


def _picture(draw: Draw) -> Picture:
    light, dark = draw("light"), draw("dark")
    width, height = (round(float(inches) * light.dpi) for inches in light.get_size_inches())
    return Picture(_address(light), _address(dark), width, height, light.finding)


def _address(chart: Chart) -> str:
    """Return a `data:` address that holds the chart, with few colours."""
    kind, content = chart.picture(_SCALE)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
