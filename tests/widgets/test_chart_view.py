"""The view of a chart: what reaches the page, what a pick does, and how the theme is followed."""

from __future__ import annotations

import json

import pytest
from ipywidgets.widgets.widget import _instances

from evalwidgets.analysis.charts.style import Chart, ThemeName, theme_named
from evalwidgets.widgets.chart_view import ChartView

from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")


def chart(
    theme: ThemeName = "light", reviewers: tuple[str, ...] = ("ana", "ben"), finding: str = "Two marks"
) -> Chart:
    """Return a chart with a mark for each reviewer that can be picked."""
    drawn = Chart(finding, "", theme=theme_named(theme), height=1.0)
    axes = drawn.add_subplot()
    for x, name in enumerate(reviewers):
        drawn.add_pick(axes.plot([x], [1], marker="o")[0], f"reviewer:{name}", f"{name}: fine")
    return drawn


def test_a_chart_reaches_the_page_with_its_picks() -> None:
    """The SVG, the marks by id with what they say, and the finding travel together, as JSON."""
    view = ChartView(chart)

    assert view.chart == json.loads(json.dumps(view.chart))
    assert view.chart["svg"] == chart().svg()
    assert [pick["id"] for pick in view.chart["picks"]] == ["reviewer:ana", "reviewer:ben"]
    assert [pick["label"] for pick in view.chart["picks"]] == ["ana: fine", "ben: fine"]
    assert all(f'id="{pick["gid"]}"' in view.chart["svg"] for pick in view.chart["picks"])
    assert repr(view) == "ChartView('Two marks')"


def test_a_pick_is_heard_and_marked() -> None:
    """What the person picked is selected, and whoever made the view is told its id."""
    heard: list[str] = []
    view = ChartView(chart, heard.append)

    send(view, {"type": "pick", "id": "reviewer:ben"})

    assert heard == ["reviewer:ben"]
    assert view.selected == "reviewer:ben"


@pytest.mark.parametrize(
    "message",
    [{"type": "pick", "id": "reviewer:eve"}, {"type": "pick", "id": 3}, {"type": "drop"}, {}, "pick"],
)
def test_what_is_no_part_of_the_chart_cannot_be_picked(message: object) -> None:
    """A late or wrong message changes nothing."""
    heard: list[str] = []
    view = ChartView(chart, heard.append)

    send(view, message)

    assert heard == []
    assert view.selected == ""


def test_the_chart_follows_the_theme_of_the_page() -> None:
    """When the page turns dark the chart is drawn anew for it, and the mark stays."""
    view = ChartView(chart)
    view.selected = "reviewer:ana"

    view.set_state({"theme": "dark"})

    assert view.chart["theme"] == "dark"
    assert "#111111" in view.chart["svg"]
    assert view.selected == "reviewer:ana"


def test_a_drawn_chart_is_shown_as_it_is() -> None:
    """A chart that cannot be drawn anew is not waited for in another theme."""
    view = ChartView(chart("light"))

    view.set_state({"theme": "dark"})

    assert view.chart["theme"] == "light"
    assert view.chart["themed"] is False


def test_another_chart_takes_the_same_place() -> None:
    """Showing makes no widget, draws in the page's theme, and drops a mark that is gone."""
    view = ChartView(chart)
    view.set_state({"theme": "dark"})
    view.selected = "reviewer:ben"
    before = set(_instances)

    view.show(lambda theme: chart(theme, ("ana",), "One mark"))

    assert set(_instances) == before
    assert (view.chart["finding"], view.chart["theme"]) == ("One mark", "dark")
    assert view.selected == ""


def test_the_same_key_draws_nothing_anew() -> None:
    """A board that refreshes after each act pays for a drawing only when it shows something else."""
    drawn: list[str] = []

    def draw(theme: ThemeName) -> Chart:
        drawn.append(theme)
        return chart(theme)

    view = ChartView()
    for key in ("one", "one", "two", "two"):
        view.show(draw, key=key)

    assert drawn == ["light", "light"]


def test_an_empty_view_waits() -> None:
    """Without a chart there is nothing to draw, to pick or to follow."""
    view = ChartView()

    view.set_state({"theme": "dark"})
    send(view, {"type": "pick", "id": ""})

    assert view.chart["svg"] == ""
    assert repr(view) == "ChartView('')"
