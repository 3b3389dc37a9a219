"""Looking closely at big pictures: the file's own pixels, fetched once, never another task's."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lab import Lab
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, WebSocket, expect
from stage_alone import StagePage, open_stage, write_tasks

SIZE = (6000, 4000)
Pixels = NDArray[np.uint8]

_CANVAS = """canvas => {
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let text = "";
  const step = 32768;
  for (let at = 0; at < data.length; at += step) text += String.fromCharCode(...data.subarray(at, at + step));
  return [canvas.width, canvas.height, btoa(text)];
}"""
# Note in every frame whether anything red, as all of the first task is, stands on the canvas of the second.
_WATCH = """([stage, key]) => {
  const canvas = stage.querySelector("canvas"), context = canvas.getContext("2d");
  window.frames = [];
  const look = () => {
    if (stage.dataset.painted === key) {
      const row = context.getImageData(0, canvas.height >> 1, canvas.width, 1).data;
      let red = 0;
      for (let at = 0; at < row.length; at += 4) if (row[at] > row[at + 2] + 40) red += 1;
      window.frames.push(red);
    }
    if (window.frames.length < 90) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def pattern(base: int) -> Pixels:
    """Return the pixels of a big picture in which every place is known by its colour."""
    x, y = np.arange(SIZE[0]), np.arange(SIZE[1])
    blue = np.full((SIZE[1], SIZE[0]), base)
    tiles = x[None, :] // 256 + y[:, None] // 256
    made = np.broadcast_arrays((x % 256)[None, :], (y % 256)[:, None], (blue + tiles) % 256)
    return np.stack(made, axis=-1).astype(np.uint8)


ORIGINAL, EDITED = pattern(0), pattern(100)


@pytest.fixture(scope="module")
def manifest(workspace: Path) -> Path:
    """Return an edit of 24 megapixels, a red picture of 10, a blue one of 10, and a small one."""
    folder = workspace / "close"
    folder.mkdir()
    for name, pixels in (("original.png", ORIGINAL), ("edited.png", EDITED)):
        Image.fromarray(pixels).save(folder / name, compress_level=1)
    red, blue, small = (
        Image.new("RGB", size, colour)
        for size, colour in (((4000, 2500), "#c01818"), ((4000, 2500), "#1830c0"), ((600, 400), "#1830c0"))
    )
    return write_tasks(
        folder,
        {
            "id": "edit",
            "kind": "edit",
            "images": {"original": "original.png", "edited": "edited.png"},
            "instruction": "Add blue",
        },
        {"id": "red", "kind": "image", "images": {"image": red}},
        {"id": "blue", "kind": "image", "images": {"image": blue}},
        {"id": "small", "kind": "image", "images": {"image": small}},
    )


@pytest.fixture
def needs(page: Page) -> list[str]:
    """Return the list of the parts of tiles that the page asks the kernel for."""
    asked: list[str] = []

    def heard(socket: WebSocket) -> None:
        socket.on("framesent", lambda sent: asked.extend(_tiles_in(sent)))

    page.on("websocket", heard)
    return asked


def _tiles_in(sent: bytes | str) -> Iterator[str]:
    text = sent if isinstance(sent, str) else sent.decode("utf-8", "replace")
    if '"need"' in text and "@" in text:
        yield text


@pytest.fixture
def stage(lab: Lab, page: Page, manifest: Path, needs: list[str]) -> StagePage:
    """Return a stage that shows the edit."""
    return open_stage(lab, page, manifest)


def canvas_of(stage: StagePage) -> Pixels:
    """Return all pixels of the canvas."""
    width, height, text = stage.canvas.evaluate(_CANVAS)
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(height, width, 4)[..., :3]


def expected(drawing: dict[str, Any], whole: Pixels) -> tuple[tuple[slice, slice], Pixels]:
    """Return which part of the canvas a picture covers at 1:1, and what must stand there."""
    rect, clip = drawing["rect"], drawing["clip"]
    left, top = max(rect["x"], clip["x"]), max(rect["y"], clip["y"])
    right = min(rect["x"] + rect["width"], clip["x"] + clip["width"])
    bottom = min(rect["y"] + rect["height"], clip["y"] + clip["height"])
    x, y = left - rect["x"], top - rect["y"]
    return (slice(top, bottom), slice(left, right)), whole[y : y + bottom - top, x : x + right - left]


def differing(stage: StagePage, drawing: dict[str, Any], whole: Pixels) -> int:
    """Return how many of the canvas's values differ from the file's, at 1:1."""
    place, pixels = expected(drawing, whole)
    return int((canvas_of(stage)[place] != pixels).sum())


def await_sharp(stage: StagePage, whole: Pixels) -> None:
    """Wait until the first slot shows the file's own pixels."""
    for _ in range(100):
        if differing(stage, stage.drawn[0], whole) == 0:
            return
        stage.page.wait_for_timeout(200)
    msg = f"{differing(stage, stage.drawn[0], whole)} values still differ from the file after 20 seconds."
    raise AssertionError(msg)


def test_at_one_to_one_the_canvas_shows_the_file_and_a_flip_is_sharp_at_once(
    stage: StagePage, needs: list[str]
) -> None:
    """Every device pixel is the file's, without a seam; the peer's tiles lie ready; nothing comes twice."""
    assert not needs  # the whole picture in sight: a preview is enough
    stage.press("z")
    await_sharp(stage, EDITED)
    assert stage.drawn[0]["zoom"] == 1
    stage.page.wait_for_timeout(1500)  # the peer's

    fetched = len(needs)
    assert fetched >= 12
    stage.page.keyboard.down("Space")
    stage.settle()
    assert differing(stage, stage.drawn[0], ORIGINAL) == 0
    stage.page.keyboard.up("Space")
    _pan(stage, *_to_stay_inside(stage.drawn[0]))
    stage.page.wait_for_timeout(400)  # the view rests: now it would ask

    assert differing(stage, stage.drawn[0], EDITED) == 0
    assert needs[fetched:] == []


def _to_stay_inside(drawing: dict[str, Any]) -> tuple[int, int]:
    """Return how far the picture can be moved to the left and up until the next tiles come in sight."""
    rect, pane = drawing["rect"], drawing["pane"]
    right, bottom = pane["width"] - rect["x"], pane["height"] - rect["y"]
    return -min(40, -right % 512), -min(40, -bottom % 512)


def _pan(stage: StagePage, dx: int, dy: int) -> None:
    box = stage.canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + 400, box["y"] + 200
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    stage.page.mouse.move(x + dx, y + dy, steps=5)
    stage.page.mouse.up()


def test_magnified_tiles_meet_without_a_seam(stage: StagePage) -> None:
    """At 2.4 times, the step from 255 to 0 at a tile's border is smoothed like one within a tile."""
    stage.press("z")
    await_sharp(stage, EDITED)
    stage.press("+", "+", "+", "+")
    stage.page.wait_for_timeout(600)
    drawing = stage.drawn[0]
    assert 2 < drawing["zoom"] < 3
    canvas = canvas_of(stage)
    row = canvas[canvas.shape[0] // 2 + 3, :, 0].astype(int)
    steps = [
        row[round(drawing["rect"]["x"] + column * drawing["zoom"]) + np.arange(-3, 4)]
        for column in range(256, SIZE[0], 256)
        if 10 < drawing["rect"]["x"] + column * drawing["zoom"] < len(row) - 10
    ]

    between = [int(((values > 30) & (values < 225)).sum()) for values in steps]

    assert len(between) >= 2  # a tile's border among them, and a step inside a tile
    assert min(between) >= 1, between


def test_nothing_of_a_task_is_drawn_on_the_next(stage: StagePage) -> None:
    """Tiles that are under way when the person goes on come too late to be seen."""
    stage.step("red")
    stage.press("z")
    stage.page.wait_for_timeout(100)  # its tiles are asked for, and not here
    stage.page.evaluate(_WATCH, [stage.root.element_handle(), "blue"])

    stage.step("blue")
    stage.press("z")
    stage.page.wait_for_function("() => window.frames.length >= 90")

    assert [0] * 90 == stage.page.evaluate("window.frames")


def test_the_inspector_tells_the_pixels_of_both_pictures(stage: StagePage) -> None:
    """At the pointer, and by keys in the middle; the readout never lies on the pixel."""
    stage.press("z")
    for _ in range(9):
        stage.press("+")
    drawing = stage.drawn[0]
    assert 7 < drawing["zoom"] < 8
    readout = stage.page.locator(".ew-stage-readout")
    box = stage.canvas.bounding_box()
    assert box is not None
    stage.page.mouse.move(box["x"] + 60, box["y"] + box["height"] - 30)
    column = int((60 - drawing["rect"]["x"]) * SIZE[0] / drawing["rect"]["width"])
    row = int((int(box["height"]) - 30 - drawing["rect"]["y"]) * SIZE[1] / drawing["rect"]["height"])

    for whole in (ORIGINAL, EDITED):
        expect(readout).to_contain_text(" ".join(map(str, whole[row, column])), timeout=20_000)
    expect(readout).to_contain_text(f"column {column}, row {row}")
    expect(readout).to_have_attribute("data-corner", "top-left")

    stage.page.mouse.move(5, 5)  # the pointer is elsewhere: the middle counts
    stage.press("Shift+ArrowRight")
    before = readout.locator(".ew-readout-place").inner_text()
    stage.press("Shift+ArrowRight", "Shift+ArrowDown")
    middle, line = (int(part.split()[-1]) for part in before.split(","))
    expect(readout).to_contain_text(f"column {middle + 1}, row {line + 1}")


def test_a_view_is_of_all_pictures_and_ends_with_the_task(stage: StagePage) -> None:
    """V goes through the channels, Shift+V back; what is on is said; the next task is in colour."""
    chip = stage.page.locator(".ew-stage-channel")
    for keys, name in ((("v",), "luminance"), (("v", "v"), "edges"), (("Shift+V",), "saturation")):
        stage.press(*keys)
        expect(stage.root).to_have_attribute("data-channel", name, timeout=15_000)
        expect(chip).to_have_text(name)
    stage.press("s")
    for drawing in stage.drawn:
        middle = drawing["pane"]["x"] + drawing["pane"]["width"] // 2
        red, green, blue, _ = stage.pixel(middle, drawing["pane"]["height"] // 2)
        assert red == green == blue

    stage.step("small")
    expect(chip).to_be_hidden()
    assert stage.pixel(stage.drawn[0]["pane"]["width"] // 2, 200)[:3] == (0x18, 0x30, 0xC0)


def test_the_map_shows_where_and_brings_there(stage: StagePage) -> None:
    """It is there only while a part is in sight; a click brings that place into the middle; O hides it."""
    stage_map = stage.page.locator(".ew-stage-map")
    expect(stage_map).to_be_hidden()
    stage.press("z")
    expect(stage_map).to_be_visible()
    box = stage_map.bounding_box()
    assert box is not None

    stage.page.mouse.click(box["x"] + 0.25 * box["width"], box["y"] + 0.75 * box["height"])

    drawing = stage.drawn[0]
    middle = (drawing["pane"]["width"] / 2 - drawing["rect"]["x"]) / SIZE[0]
    assert abs(middle - 0.25) < 0.02
    expect(stage.canvas).to_have_attribute("aria-label", "Edited, in place, 100 %, at the lower left")
    stage.press("o")
    expect(stage_map).to_be_hidden()
