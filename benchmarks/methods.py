"""What is compared: how each widget is answered and submitted in the page, and timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from playwright.sync_api import Page

from evalwidgets import Rubric
from report import OURS
from screen import Colour, Screen

Step = Callable[[Page], None]


class Taken(NamedTuple):
    """The milliseconds that a person waited during one review."""

    painted: float
    """From the submit to the next picture."""
    opened: float | None
    """From the first answer to what it opens; None if it opens nothing."""


@dataclass(frozen=True)
class Method:
    """One widget under test: where its picture is, and what a person does with it."""

    name: str
    place: str
    """Selector of the whole widget."""
    picture: str
    """Selector of the element that shows the picture, centred."""
    answers: tuple[Step, ...]
    """What a person does before submitting, one step for each criterion."""
    submit: Step
    begin: Step = lambda _: None
    """What a person does on coming back to the widget."""
    opens: str = ""
    """Selector of what the first answer brings, which a person must see before going on."""

    def show(self, page: Page, screen: Screen, colour: Colour) -> None:
        """Bring the widget into view and wait until its picture is there."""
        page.wait_for_selector(self.picture, state="attached", timeout=60_000)
        page.locator(self.place).evaluate("element => element.scrollIntoView({block: 'center'})")
        with screen:
            page.wait_for_timeout(400)
            screen.painted(self._middle(page), colour)
        self.begin(page)

    def review(
        self, page: Page, screen: Screen, colour: Colour, pause: float = 0.0, *, hasty: bool = False
    ) -> Taken:
        """Answer, submit, and wait until the next picture is painted.

        Parameters
        ----------
        colour : Colour
            The colour of the next picture.
        pause : float
            Seconds from now to the submit, over which the answers are spread.
        hasty : bool
            Give the last answer and submit in one go, at the end of the pause.
        """
        opened = None
        begun = time.monotonic()
        middle = self._middle(page)
        with screen:
            for place, answer in enumerate(self.answers, start=1):
                _wait_until(page, begun + pause * place / (len(self.answers) + (not hasty)))
                answer(page)
                if place == 1 and self.opens:
                    opened = _seconds_until(page, self.opens)
                    begun += opened
            _wait_until(page, begun + pause)
            self.submit(page)
            painted = screen.painted(middle, colour)
        return Taken(painted - float(page.evaluate("() => pressedAt")), opened and opened * 1000)

    def _middle(self, page: Page) -> tuple[float, float]:
        """Return where on the screen the picture's middle is."""
        box, window = page.locator(self.picture).bounding_box(), page.viewport_size
        assert box is not None
        assert window is not None
        return (box["x"] + box["width"] / 2) / window["width"], (box["y"] + box["height"] / 2) / window[
            "height"
        ]


def methods(rubric: Rubric) -> list[Method]:
    """Return our panel and its peers."""
    panel = Method(
        name=OURS,
        place=".ew-panel",
        picture=".ew-panel .ew-stage-canvas",
        answers=tuple(_key(key) for key in "1" * len(rubric.gates) + "4" * len(rubric.criteria)),
        submit=lambda page: page.keyboard.press("Control+Enter"),
        begin=lambda page: page.locator(".ew-panel .ew-stage-canvas").click(),
        opens='.ew-form:not([data-seq="0"])',
    )
    image = Method(
        name="ipywidgets.Image",
        place=".peer-image",
        picture=".peer-image img",
        answers=tuple(_level(row) for row in range(len(rubric.criteria))),
        submit=_click(".peer-image"),
    )
    boxes = Method(
        name="ipyannotations",
        place=".peer-boxes",
        picture=".peer-boxes canvas",
        answers=(),
        submit=_click(".peer-boxes"),
    )
    return [panel, image, boxes]


def _key(key: str) -> Step:
    return lambda page: page.keyboard.press(f"Digit{key}")


def _level(row: int) -> Step:
    return lambda page: page.locator(".peer-image .widget-toggle-buttons").nth(row).get_by_text("4").click()


def _click(place: str) -> Step:
    return lambda page: page.locator(f"{place} .jupyter-button", has_text="Submit").click()


def _wait_until(page: Page, moment: float) -> None:
    left = moment - time.monotonic()
    if left > 0:
        page.wait_for_timeout(left * 1000)


def _seconds_until(page: Page, selector: str) -> float:
    begun = time.monotonic()
    page.wait_for_selector(selector)
    return time.monotonic() - begun
