"""Where the dots of a tally lie and how much room the words below them take, in inches."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from evalwidgets.analysis.charts.lettering import fitted, width_of
from evalwidgets.analysis.charts.style import BODY, MARGIN, SMALL, Chart
from evalwidgets.analysis.meeting.tally import Tally

NUMBER = 13.0
LINE = 1.25
"""The height of a line of text, in its font size."""
_GAP = 0.05
_FLOOR = 0.17
"""From the axis to the lowest dot: room for gold, kept while gold is hidden so that nothing jumps."""
_TALLEST = 3.0
_BIG, _SMALL = 0.36, 0.25


class Spot(NamedTuple):
    """The middle of a dot, in inches right of and above the axis's left end."""

    x: float
    y: float


class TextLine(NamedTuple):
    """One line of the words under the axis; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    quiet: bool


@dataclass(frozen=True)
class Layout:
    """The sizes of one drawing."""

    column: float
    dot: float
    reach: float
    """Half the width of the widest stack."""
    standing: dict[str, Spot]
    """Letter to where the dot lies."""
    before: dict[str, Spot]
    """Letter to where it lay before the re-vote, for who moved."""
    lines: tuple[TextLine, ...]
    top: float
    depth: float

    @property
    def height(self) -> float:
        """Inches from the lowest word to above the highest dot."""
        return self.top + self.depth

    def x(self, place: int) -> float:
        """Return the middle of a column."""
        return (place + 0.5) * self.column


def lay_out(tally: Tally, room: float) -> Layout:
    """Return where everything lies in a drawing `room` inches wide.

    Blind answers are stacked in the order of letters; who moves in the re-vote lands on
    top of the new column, so that no other dot changes its place.
    """
    column = room / len(tally.places)
    heights = Counter(dot.blind for dot in tally.dots)
    heights.update(dot.stands for dot in tally.dots if dot.moved)
    tallest = max(heights.values())
    lanes, size = _lanes_and_size(tallest, column)
    step = size + _GAP
    taken: dict[int, int] = defaultdict(int)

    def next_spot(place: int) -> Spot:
        row, lane = divmod(taken[place], lanes)
        taken[place] += 1
        in_row = min(lanes, heights[place] - row * lanes)
        x = (place + 0.5) * column + (lane - (in_row - 1) / 2) * step
        return Spot(x, _FLOOR + (row + 0.5) * step)

    blind = {dot.letter: next_spot(dot.blind) for dot in tally.dots}
    # Who comes from furthest away lands highest: arrows then cross least.
    movers = sorted((dot for dot in tally.dots if dot.moved), key=lambda dot: abs(dot.stands - dot.blind))
    moved = {dot.letter: next_spot(dot.stands) for dot in movers}
    lines = tuple(line for place in range(len(tally.places)) for line in _words(tally, place, column))
    rows = max(3, math.ceil(tallest / lanes))
    return Layout(
        column=column,
        dot=size,
        reach=(lanes * step - _GAP) / 2,
        standing={**blind, **moved},
        before={letter: blind[letter] for letter in moved},
        lines=lines,
        top=_FLOOR + rows * step + (0.3 if moved else 0.12),
        depth=0.12 - min(line.y for line in lines),
    )


def _lanes_and_size(tallest: int, column: float) -> tuple[int, float]:
    """Return how many dots lie beside each other in a stack, and their diameter.

    One lane as long as the stack stays low, because bars are then plainly somebody's.
    """
    size = min(_BIG, max(_SMALL, _TALLEST / tallest - _GAP))
    size = min(size, column * 0.55)
    lanes = 1
    while (
        math.ceil(tallest / lanes) * (size + _GAP) > _TALLEST + 0.01
        and (lanes + 1.6) * (size + _GAP) <= column
    ):
        lanes += 1
    return lanes, size


def _words(tally: Tally, place: int, column: float) -> list[TextLine]:
    """Return the lines under a column from top to bottom: the level's number, name, descriptor."""
    one = tally.places[place]
    narrow = column < 1.4
    room = column - (0.14 if narrow else 0.2)
    number = str(one.value) if isinstance(one.value, int | float) else ""
    name = "" if one.name == number else one.name
    name_size = _whole_words(name, room)
    size = SMALL if narrow else SMALL + 0.5
    blocks = (
        (number, NUMBER, True, False),
        (fitted(name, room, name_size, bold=True), name_size, True, False),
        (fitted(one.descriptor, room, size, most=9), size, False, True),
    )
    x, y = (place + 0.5) * column, -0.17
    lines = []
    for text, points, bold, quiet in blocks:
        for line in text.splitlines():
            lines.append(TextLine(x, y - points / 72, line, points, bold, quiet))
            y -= points * LINE / 72
        y -= 0.03
    return lines


def _whole_words(name: str, room: float) -> float:
    """Return the largest size at which no word of a name is broken."""
    for size in (BODY, SMALL):
        if all(width_of(word, size, bold=True) <= room for word in name.split()):
            return size
    return SMALL - 1


def axes_in_inches(chart: Chart, layout: Layout, below: float) -> Axes:
    """Return axes whose units are inches, the axis of levels at 0: nothing is stretched or moved."""
    chart.set_layout_engine("none")
    width, height = chart.get_size_inches()
    room = width - 2 * MARGIN
    place = (MARGIN / width, (MARGIN + below) / height, room / width, layout.height / height)
    axes = chart.add_axes(place)
    axes.set_axis_off()
    axes.set_xlim(0, room)
    axes.set_ylim(-layout.depth, layout.top)
    return axes


def keys_in_lines(keys: Sequence[Artist], room: float) -> int:
    """Return in how many lines the key must stand to fit."""
    needed = sum(width_of(str(key.get_label()), SMALL) + 0.62 for key in keys)
    return math.ceil(needed / room)
