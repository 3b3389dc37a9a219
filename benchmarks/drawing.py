"""What is compared by `regions.py`: where each widget is drawn on, and how its box can be seen."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from marking import VIEWPORT

Spot = tuple[float, float]

_LONGEST = 20.0  # seconds to wait for a region in the kernel
_STEP = 0.008  # seconds between two moves of the mouse: those of a good mouse

# Notes where the pointer is, and in every frame how far to the right the box reaches that is being
# drawn. Both by the clock of the page, which a busy kernel cannot slow down.
PROBE = """
window.seen = {frames: [], pointer: [], on: false};
addEventListener("pointermove", (event) => window.seen.on && window.seen.pointer.push(
  [event.timeStamp, event.clientX]), true);
addEventListener("mouseup", (event) => {
  window.releasedAt = Date.now() - performance.now() + event.timeStamp;
}, true);
window.watchEdge = (find) => {
  window.seen = {frames: [], pointer: [], on: true};
  const base = find(null);
  const look = (now) => {
    if (!window.seen.on) return;
    window.seen.frames.push([performance.now(), find(base)]);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
// The right end of what differs from the picture, in a strip of rows: lines may be dashed.
window.edgeOnCanvas = (selector, row) => (base) => {
  const canvas = document.querySelector(selector), box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width, rows = Math.round(16 * scale);
  const top = Math.round((row - box.top) * scale);
  const data = canvas.getContext("2d").getImageData(0, top, canvas.width, rows).data;
  if (!base) return data;
  for (let x = canvas.width - 1; x >= 0; x--) for (let y = 0; y < rows; y++) {
    const at = 4 * (y * canvas.width + x);
    const difference = Math.abs(data[at] - base[at]) + Math.abs(data[at + 1] - base[at + 1]);
    if (difference > 24) return box.left + x / scale;
  }
  return null;
};
"""


_WHERE = """stage => {
  const told = {};
  stage.dispatchEvent(new CustomEvent("ew:where", {detail: told}));
  const [{rect, ratio, picture}] = told.drawings;
  return {rect, ratio, width: picture.width, height: picture.height};
}"""


@dataclass(frozen=True)
class Drawing:
    """One widget under test: a way to draw boxes, and the log of what its kernel holds.

    A further method needs a cell that shows its widget, a selector, and a function of the
    page that finds the right edge of the box that is being drawn.
    """

    name: str
    cell: str
    """Code that makes the widget in the notebook."""
    surface: str
    """Selector of what is drawn on."""
    edge: str
    """A function (base) in the page that returns the right edge; `{row}` is a height of the screen."""
    log: Path

    def open(self, page: Page) -> None:
        """Bring the widget into view, with its picture."""
        page.wait_for_selector(self.surface, state="attached", timeout=90_000)
        page.locator(self.surface).first.evaluate("element => element.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(1500)

    def origin(self, page: Page) -> Spot:
        """Return where on the screen the surface begins."""
        box = page.locator(self.surface).first.bounding_box()
        assert box is not None
        return box["x"], box["y"]

    def clear(self, page: Page) -> None:
        """Leave nothing on the picture that changes its looks while a box is drawn."""

    def meant(self, page: Page, spot: Spot) -> Spot:  # noqa: ARG002 - others ask the page
        """Return which pixel of the picture a spot of the surface is."""
        return VIEWPORT[0] + spot[0], VIEWPORT[1] + spot[1]

    def drag(self, page: Page, start: Spot, end: Spot, seconds: float, *, release: bool = True) -> None:
        """Draw from one corner to the other: at first down, then evenly to the side."""
        x, y = self.origin(page)
        page.mouse.move(x + start[0], y + start[1])
        page.mouse.down()
        for spot in _path(start, end, seconds):
            page.mouse.move(x + spot[0], y + spot[1])
        if release:
            page.mouse.up()

    def stored_at(self, page: Page, lines: int) -> dict[str, Any]:
        """Return the first line of the log after so many: when, and what the kernel holds."""
        deadline = time.monotonic() + _LONGEST
        while time.monotonic() < deadline:
            there = self.lines()
            if len(there) > lines:
                return dict(json.loads(there[lines]))
            page.wait_for_timeout(20)
        msg = f"{self.name}: no region in the kernel within {_LONGEST:.0f} seconds."
        raise TimeoutError(msg)

    def lines(self) -> list[str]:
        """Return the lines of the log that are written to their end."""
        text = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
        return text[: text.rfind("\n") + 1].splitlines()


class Staged(Drawing):
    """Our own stage: it shows the whole picture, and goes to 100 % by a key."""

    def open(self, page: Page) -> None:
        """Bring the panel into view and its picture to one pixel on one pixel of the screen."""
        page.wait_for_selector(".marking-staged .ew-stage[data-painted]", timeout=90_000)
        super().open(page)
        page.locator(self.surface).focus()
        page.keyboard.press("z")
        page.wait_for_timeout(500)

    def clear(self, page: Page) -> None:
        """Undo every box: one that is selected, or under the pointer, would change its looks."""
        while page.locator(".marking-staged .ew-region").count():
            page.keyboard.press("Control+z")
            page.wait_for_timeout(100)
        page.wait_for_timeout(200)

    def meant(self, page: Page, spot: Spot) -> Spot:
        """Return which pixel of the picture a spot of the surface is, as the stage has drawn it."""
        told = page.locator(".marking-staged .ew-stage").evaluate(_WHERE)
        rect, ratio = told["rect"], told["ratio"]
        x = (spot[0] * ratio - rect["x"]) * told["width"] / rect["width"]
        y = (spot[1] * ratio - rect["y"]) * told["height"] / rect["height"]
        return x, y


def _path(start: Spot, end: Spot, seconds: float) -> Iterator[Spot]:
    """Yield the spots of a drag, each when its time has come."""
    begun = time.monotonic()
    while (share := (time.monotonic() - begun) / seconds) < 1:
        down = min(1.0, 5 * share)
        yield start[0] + share * (end[0] - start[0]), start[1] + down * (end[1] - start[1])
        time.sleep(_STEP)
    yield end


def drawings(folder: Path, picture: Path, density: int) -> list[Drawing]:
    """Return the widgets that are compared, for a screen of this density."""
    log = folder / f"mended-{density}.jsonl"
    surface = ".marking-mended canvas"
    own_log, own = folder / f"staged-{density}.jsonl", ".marking-staged .ew-stage-canvas"
    return [
        Staged(
            name="the stage itself",
            cell=f"import marking, pathlib\n"
            f"marking.staged(pathlib.Path({str(picture)!r}), pathlib.Path({str(own_log)!r}))",
            surface=own,
            edge=f"edgeOnCanvas({own!r}, {{row}})",
            log=own_log,
        ),
        Drawing(
            name="ipyannotations, mended",
            cell=f"import marking, pathlib\n"
            f"marking.mended(pathlib.Path({str(picture)!r}), pathlib.Path({str(log)!r}), {density})",
            surface=surface,
            edge=f"edgeOnCanvas({surface!r}, {{row}})",
            log=log,
        ),
    ]
