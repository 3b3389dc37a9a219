"""The dot tally and the room strip, and what every chart gives a page: SVG and picks."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Circle, FancyArrowPatch
from PIL import Image

from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.charts.lettering import fitted, width_of
from evalwidgets.analysis.charts.room_strip import room_strip
from evalwidgets.analysis.charts.style import LIGHT, Chart
from evalwidgets.analysis.meeting.room import room

from .chart_cases import CHARTS, NARROW, PROGRESS, TALLIES, tally_of

VECTORS = ("tally-revealed", "spread-causes", "gold-coverage", "gold-health", "drift", "preference")
"""Between them they have all that SVG numbers or names itself: clips, hatches, markers, pictures."""


def pixels(chart: Chart) -> np.ndarray:
    """Return the picture as an array of colours."""
    return np.asarray(Image.open(io.BytesIO(chart.png(1.0))).convert("RGB")).astype(int)


def discs(chart: Chart, colour: str = LIGHT.accent) -> list[Circle]:
    """Return the dots of this colour, in the order of their letters."""
    return [
        one
        for one in chart.axes[0].patches
        if isinstance(one, Circle) and one.get_facecolor()[:3] == to_rgb(colour)
    ]


@pytest.mark.parametrize("width", [9.0, NARROW])
@pytest.mark.parametrize("name", TALLIES)
def test_words_stay_inside_their_column(name: str, width: float) -> None:
    """No line under the axis is wider than its column, and none meets the line above or below."""
    chart = dot_tally(TALLIES[name], width=width)
    chart.png(1.0)
    axes = chart.axes[0]
    column = axes.get_window_extent().width / len(TALLIES[name].places)
    boxes = [text.get_window_extent() for text in axes.texts if text.get_position()[1] < 0]

    assert max(box.width for box in boxes) <= column
    for one in boxes:
        below = [
            box.y1 - one.y0 for box in boxes if box.x0 < one.x1 and one.x0 < box.x1 and box.y1 < one.y1 - 1
        ]
        assert max(below, default=0) <= 1


@pytest.mark.parametrize("name", TALLIES)
def test_no_two_dots_lie_on_each_other(name: str) -> None:
    """Each reviewer's dot is seen whole, with its letter in it."""
    tally = TALLIES[name]

    found = discs(dot_tally(tally))

    centres = np.array([dot.center for dot in found])
    apart = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1)) + np.eye(len(centres)) * 9
    assert len(found) == len(tally.dots)
    assert apart.min() >= 2 * found[0].radius


def test_a_dot_stands_over_its_level() -> None:
    """The axis is true: the middle of each stack is the middle of its column."""
    tally = TALLIES["twenty"]

    found = discs(dot_tally(tally))

    column = (9.0 - 0.32) / len(tally.places)
    reached = [int(dot.center[0] // column) for dot in found]
    assert reached == [dot.stands for dot in tally.dots]


def test_only_who_moves_changes_place_in_the_re_vote() -> None:
    """Everybody else stays where the room saw them; a ring and an arrow show where movers were."""
    before = tally_of(3, 4, 3, 1, 4, 3, 4, 2)
    after = tally_of(3, 4, 3, 1, 4, 3, 4, 2, revote={3: 3, 7: 3, 4: 4})

    blind, voted = (dot_tally(one) for one in (before, after))

    places = [[dot.center for dot in discs(chart)] for chart in (blind, voted)]
    assert [i for i, (old, new) in enumerate(zip(*places, strict=True)) if old != new] == [3, 7]
    rings = discs(voted, LIGHT.paper)
    assert [ring.center for ring in rings] == [places[0][3], places[0][7]]
    assert sum(isinstance(one, FancyArrowPatch) for one in voted.axes[0].patches) == 2
    assert discs(blind, LIGHT.paper) == []


def test_revealing_gold_moves_no_dot() -> None:
    """The diamond and the band come; what the room looks at stays."""
    hidden, shown = (
        dot_tally(tally_of(3, 4, 1, **more))
        for more in ({}, {"revealed": True, "gold": TALLIES["span"].gold})
    )

    assert [dot.center for dot in discs(hidden)] == [dot.center for dot in discs(shown)]
    assert "gold" not in [text.get_text() for text in hidden.axes[0].texts]
    assert "gold" in [text.get_text() for text in shown.axes[0].texts]


def test_nobody_s_answer_is_a_sentence() -> None:
    """Without answers the chart says so instead of drawing an empty axis."""
    charts = [dot_tally(tally_of()), room_strip(room(PROGRESS[:0]))]

    assert [chart.axes for chart in charts] == [[], []]
    assert charts[0].finding == "Nobody has answered Preservation on edit-045 yet"
    assert charts[1].finding == "Nobody has been asked to review yet"
    assert all(chart.png(1.0) for chart in charts)


@pytest.mark.parametrize("name", VECTORS)
def test_the_svg_is_the_same_every_time(name: str) -> None:
    """Valid XML without a date, the same text for the same chart, letters as paths."""
    one, other = CHARTS[name]().svg(), CHARTS[name]().svg()

    assert one == other
    assert ElementTree.fromstring(one).tag == "{http://www.w3.org/2000/svg}svg"
    assert "<text" not in one
    assert "metadata" not in one
    assert not re.search(r"<script|\son\w+=", one)


@pytest.mark.parametrize(
    ("name", "prefix", "n"),
    [
        ("tally-blind", "letter:", 8),
        ("room", "reviewer:", 6),
        ("severity", "reviewer:", 9),
        ("accuracy", "reviewer:", 63),
        ("agreement", "criterion:", 6),
    ],
)
def test_marks_can_be_picked(name: str, prefix: str, n: int) -> None:
    """Each mark has an element of its own in the SVG, says what it shows, and stands for something."""
    chart = CHARTS[name]()

    ids = {element.get("id") for element in ElementTree.fromstring(chart.svg()).iter()}

    assert len(chart.picks) == n
    assert len({pick.gid for pick in chart.picks}) == n
    assert {pick.gid for pick in chart.picks} <= ids
    for pick in chart.picks:
        assert pick.id.startswith(prefix)
        assert pick.label
        assert "nan" not in pick.label


def test_letters_are_all_that_a_tally_s_picks_say() -> None:
    """A screen reader hears the letter, the answers in order, and the second level."""
    labels = [pick.label for pick in dot_tally(TALLIES["revealed"]).picks]

    assert labels[0] == "A says 4, 5 also defensible"
    assert labels[3] == "D says 2, after the re-vote 4"
    assert labels[7] == "H says 3, after the re-vote 4, 5 also defensible"


def test_a_gid_that_says_so_is_a_pick_without_a_label() -> None:
    """Charts may simply set gids; other gids are none of our business."""
    chart = CHARTS["severity"]()
    marks = chart.axes[0].lines[:2]
    marks[0].set_gid("cell:edit-004:visual_quality")
    marks[1].set_gid("background")

    found = {pick.gid: pick.label for pick in chart.picks}

    assert found["cell:edit-004:visual_quality"] == "edit-004, visual quality"
    assert "background" not in found


@pytest.mark.parametrize("name", ["severity", "accuracy", "agreement"])
def test_picks_change_no_picture(name: str) -> None:
    """Being pickable is nothing that the PNG shows."""
    chart, bare = CHARTS[name](), CHARTS[name]()

    for artist in bare.findobj():
        artist.set_gid(None)

    assert chart.png(1.0) == bare.png(1.0)


def test_text_is_broken_where_it_really_ends() -> None:
    """Lines fit by the width of their letters; long words break; what is cut ends in an ellipsis."""
    text = "Wide WWWW and narrow iiii, then incomprehensibilities at the end"

    lines = fitted(text, 0.9, 9.5).splitlines()
    cut = fitted(text, 0.9, 9.5, most=2).splitlines()

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(width_of(line, 9.5) for line in [*lines, *cut]) <= 0.9
    assert len(cut) == 2
    assert cut[-1].endswith("\N{HORIZONTAL ELLIPSIS}")
    assert fitted("", 1, 9) == ""
