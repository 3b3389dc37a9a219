"""The tasks that divide reviewers most, as a sheet of pictures for the meeting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from evalwidgets.analysis.charts.lettering import fitted, label
from evalwidgets.analysis.charts.style import (
    BODY,
    MARGIN,
    SMALL,
    WIDTH,
    Chart,
    ThemeName,
    empty_chart,
    plain,
    theme_named,
)
from evalwidgets.analysis.results import counted

Card = tuple[str, Sequence[Image.Image], str]
"""Title, pictures from left to right (original before edited), caption."""

_COLUMNS = 2
_GAP, _BETWEEN = 0.3, 0.06
_CARD = (WIDTH - 2 * MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS
_TALLEST = 2.1
_TITLE, _LINE = 0.26, 0.19
_LINES = 2
"""Lines of a caption at most."""
_PIXELS_PER_INCH = 200


def disagreed_tasks(cards: Sequence[Card], *, theme: ThemeName = "light") -> Chart:
    """Draw a contact sheet: the pictures of each task, its title, what reviewers said.

    Parameters
    ----------
    cards : sequence of (title, pictures, caption)
        The most divided first; captions such as the criterion and the answers.
    theme : {"light", "dark"}
        The notebook's theme.

    Notes
    -----
    Pictures of one task stand side by side at the same height, never stacked. Leave
    sensitive pictures out: a saved notebook keeps what it shows.
    """
    colours = theme_named(theme)
    if not cards:
        return empty_chart("Reviewers do not disagree on any task", colours)
    lines = [cards[start : start + _COLUMNS] for start in range(0, len(cards), _COLUMNS)]
    heights = [max(map(_height, line)) for line in lines]
    what = "The task" if len(cards) == 1 else f"The {counted(len(cards), 'task')}"
    finding = f"{what} that divide{'s' if len(cards) == 1 else ''} reviewers most; first: {cards[0][0]}"
    reading = "Below the pictures: the criterion that divides most, and the answers given."
    drawing = sum(heights) + len(lines) * _GAP
    chart = Chart(finding, reading, theme=colours, height=drawing, photographic=True)
    chart.set_layout_engine("none")
    top = chart.header
    for line, height in zip(lines, heights, strict=True):
        for column, card in enumerate(line):
            _draw_card(chart, card, MARGIN + column * (_CARD + _GAP), top)
        top += height + _GAP
    return chart


def _room(pictures: Sequence[Image.Image]) -> float:
    """Return the width that each picture of a card has, in inches."""
    n = max(len(pictures), 1)
    return (_CARD - _BETWEEN * (n - 1)) / n


def _picture_height(pictures: Sequence[Image.Image]) -> float:
    """Return how tall a card's pictures are when they fill their width, in inches."""
    tall = [_room(pictures) * picture.height / picture.width for picture in pictures]
    return min(_TALLEST, max(tall, default=0.0))


def _caption(card: Card) -> list[str]:
    return fitted(card[2].replace("_", " "), _CARD, SMALL, most=_LINES).split("\n")


def _height(card: Card) -> float:
    """Return the height of a card in inches."""
    return _TITLE + _picture_height(card[1]) + 0.07 + _LINE * len(_caption(card))


def _draw_card(chart: Chart, card: Card, left: float, top: float) -> None:
    """Draw one card; left and top in inches, top from the upper edge."""
    title, pictures, _ = card
    across, down = chart.get_size_inches()
    theme, height = chart.theme, _picture_height(pictures)
    below = top + _TITLE + height
    at = {"x": left / across, "va": "top"}
    name = plain(label(title, _CARD, BODY, bold=True, lines=1))
    chart.text(y=1 - top / down, s=name, size=BODY, weight="bold", color=theme.ink, **at)
    said = plain("\n".join(_caption(card)))
    chart.text(y=1 - (below + 0.07) / down, s=said, size=SMALL, color=theme.quiet, linespacing=1.3, **at)
    room = _room(pictures)
    for place, picture in enumerate(pictures):
        x = left + place * (room + _BETWEEN)
        axes = chart.add_axes((x / across, 1 - below / down, room / across, height / down))
        axes.imshow(_thumbnail(picture, room), interpolation="antialiased")
        axes.set_anchor("NW")
        axes.set_axis_off()


def _thumbnail(picture: Image.Image, width: float) -> np.ndarray:
    """Return the picture no larger than it is drawn, on white where it is transparent."""
    small = picture.convert("RGBA")
    small.thumbnail((round(width * _PIXELS_PER_INCH), round(_TALLEST * _PIXELS_PER_INCH)))
    paper = Image.new("RGBA", small.size, "white")
    return np.asarray(Image.alpha_composite(paper, small).convert("RGB"))
