"""Hands that mark places on the stage, and what the stage says about where things lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

Place = tuple[float, float]
"""In a picture, in shares of its width and height."""

_WHERE = """() => {
  const told = {};
  document.querySelector(".ew-stage").dispatchEvent(new CustomEvent("ew:where", { detail: told }));
  const box = document.querySelector(".ew-stage-canvas").getBoundingClientRect();
  return { left: box.left, top: box.top, panes: told.drawings.map(({ rect, ratio, picture }) => (
    { rect, ratio, role: picture.role, size: [picture.width, picture.height] })) };
}"""
_TOLD = """() => new Promise((resolve) => {
  const root = document.querySelector(".ew-stage").closest(".ew-panel");
  root.addEventListener("ew:regions", (event) => resolve(event.detail), { once: true });
  root.dispatchEvent(new CustomEvent("ew:regions-wanted"));
})"""
_HAS_POINTS = f"""(boxes) => ({_TOLD})().then(({{ marks }}) =>
  JSON.stringify(marks.map(({{ region }}) => region.points.flat())) === JSON.stringify(boxes))"""
_STRIP = """([x, y, width]) => {
  const context = document.querySelector(".ew-stage-canvas").getContext("2d");
  const { data } = context.getImageData(Math.round(x), Math.round(y), Math.round(width), 1);
  return Array.from({ length: data.length / 4 }, (_, at) => [...data.slice(4 * at, 4 * at + 3)].join());
}"""


@dataclass(frozen=True)
class Pane:
    """Where a picture lies in the window, in CSS pixels."""

    left: float
    top: float
    width: float
    height: float
    size: tuple[int, int]

    def at(self, place: Place) -> tuple[float, float]:
        """Return where a place of the picture is in the window."""
        return self.left + place[0] * self.width, self.top + place[1] * self.height

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return which pixel of the picture is at a place of the window."""
        across, down = (x - self.left) / self.width, (y - self.top) / self.height
        return across * self.size[0], down * self.size[1]


@dataclass
class Hands:
    """The mouse of a person who marks places."""

    page: Page

    def pane(self, role: str = "edited") -> Pane:
        """Return where the picture of a role lies now."""
        told: dict[str, Any] = self.page.evaluate(_WHERE)
        one = next(one for one in told["panes"] if one["role"] == role)
        rect = {name: length / one["ratio"] for name, length in one["rect"].items()}
        size = (one["size"][0], one["size"][1])
        corner = (told["left"] + rect["x"], told["top"] + rect["y"])
        return Pane(*corner, rect["width"], rect["height"], size)

    @property
    def regions(self) -> list[dict[str, Any]]:
        """What the form has told the stage of the regions."""
        return [mark["region"] for mark in self.page.evaluate(_TOLD)["marks"]]

    @property
    def boxes(self) -> list[list[float]]:
        """The points of each region, as one list."""
        return [[along for point in region["points"] for along in point] for region in self.regions]

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag from one place of the window to another."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
        self.page.mouse.move(*end, steps=3)
        self.page.mouse.up()

    def click(self, places: Sequence[tuple[float, float]]) -> None:
        """Click places of the window, one after the other."""
        for place in places:
            self.page.mouse.click(*place)

    def await_count(self, count: int) -> None:
        """Wait until the form lists so many regions."""
        self.page.wait_for_function(
            "count => document.querySelectorAll('.ew-region').length === count", arg=count, timeout=10_000
        )

    def await_boxes(self, boxes: list[list[float]]) -> None:
        """Wait until the regions have these points."""
        self.page.wait_for_function(_HAS_POINTS, arg=boxes, timeout=10_000)

    def await_heard(self) -> None:
        """Wait until the kernel has answered everything that was said."""
        self.page.wait_for_function(
            "() => (({ seq, said }) => seq === said)(document.querySelector('.ew-form').dataset)",
            timeout=10_000,
        )

    def lines_across(self, place: Place, reach: float) -> list[float]:
        """Return where marks are drawn on a short level line through a place: columns of pixels.

        Told from the same line without marks, so that it is what was painted that counts.
        """
        pane = self.pane()
        told: dict[str, Any] = self.page.evaluate(_WHERE)
        x, y = pane.at(place)
        ratio = told["panes"][0]["ratio"]
        strip = [(x - told["left"] - reach) * ratio, (y - told["top"]) * ratio, 2 * reach * ratio]
        shown = self.page.evaluate(_STRIP, strip)
        self.page.keyboard.press("h")
        self.page.wait_for_timeout(100)
        bare = self.page.evaluate(_STRIP, strip)
        self.page.keyboard.press("h")
        columns = [at for at, (one, other) in enumerate(zip(shown, bare, strict=True)) if one != other]
        return [pane.pixel(told["left"] + (strip[0] + at + 0.5) / ratio, y)[0] for at in columns]
