"""Comparing on the stage: what is seen is one of the pictures, whole, named right, in the same place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from lab import Lab
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from stage_alone import StagePage, open_stage, write_tasks

COLOURS = {
    "original": "#a03828",
    "edited": "#2850a8",
    "a": "#2c7a4b",
    "b": "#8a6d1f",
    "c": "#6a3a8f",
    "d": "#1f7f8a",
}
SIZES = {"edited": (480, 320), "b": (1440, 960)}  # others: 960 x 640

# Note what is on the canvas (five rows of its pixels, as one number) and what is said of it, in every frame.
_RECORD = """stage => {
  const canvas = stage.querySelector("canvas"), context = canvas.getContext("2d");
  const rows = [0.1, 0.3, 0.5, 0.7, 0.9].map(share => Math.round(share * canvas.height));
  const pixels = () => {
    let hash = 2166136261;
    for (const row of rows) {
      const words = new Uint32Array(context.getImageData(0, row, canvas.width, 1).data.buffer);
      for (const word of words) hash = Math.imul(hash ^ word, 16777619);
    }
    return hash >>> 0;
  };
  const labels = () => [...stage.querySelectorAll(".ew-stage-label")].filter(one => !one.hidden)
    .map(one => one.textContent).join("|");
  const heights = () => canvas.getBoundingClientRect().top + " " + canvas.height;
  window.seen = [];
  const look = now => {
    window.seen.push({now, pixels: pixels(), labels: labels(), said: canvas.ariaLabel, place: heights()});
    window.looking = requestAnimationFrame(look);
  };
  window.looking = requestAnimationFrame(look);
}"""
_TURNED = "count => seen.filter((one, at) => at && one.pixels !== seen[at - 1].pixels).length >= count"
_STOP = "() => { cancelAnimationFrame(window.looking); return window.seen; }"


def picture(role: str) -> Image.Image:
    """Return a picture of a colour of its own with a cross, so that a shift shows."""
    size = SIZES.get(role, (960, 640))
    image = Image.new("RGB", size, COLOURS[role])
    draw = ImageDraw.Draw(image)
    draw.line([(0, 0), size], "#f0f0f0", 3)
    draw.line([(0, size[1]), (size[0], 0)], "#101010", 3)
    return image


@pytest.fixture
def stage(lab: Lab, page: Page, workspace: Path) -> StagePage:
    """Return a stage that shows an edit; pairs of two, three and four candidates lie ready."""

    def task(name: str, kind: str, *roles: str) -> dict[str, Any]:
        images = {role: picture(role) for role in roles}
        return {"id": name, "kind": kind, "instruction": "Make it blue.", "images": images}

    manifest = write_tasks(
        workspace / "compare",
        task("edit", "edit", "original", "edited"),
        task("three", "pair", "original", "a", "b", "c"),
        task("four", "pair", "a", "b", "c", "d"),
        task("two", "pair", "a", "b"),
    )
    return open_stage(lab, page, manifest)


def recorded(stage: StagePage) -> list[dict[str, Any]]:
    """Return what was seen since the recording began, frame by frame."""
    return list(stage.page.evaluate(_STOP))


def flips(frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first frame of each run of frames that look alike."""
    return [next(run) for _, run in groupby(frames, key=lambda frame: frame["pixels"])]


def still(stage: StagePage) -> dict[str, Any]:
    """Return one frame of what stands still."""
    stage.root.evaluate(_RECORD)
    stage.settle()
    frames = recorded(stage)
    assert len(flips(frames)) == 1
    return {**frames[0], "now": None}


def test_a_hundred_flips_show_no_frame_but_the_two_pictures(stage: StagePage) -> None:
    """Turning, holding and blinking: each frame is one picture, whole, named right, and nothing moves."""
    edited = still(stage)
    stage.press("x")
    original = still(stage)
    stage.press("x")
    assert (edited["labels"], original["labels"]) == ("Edited", "Original")
    assert edited["pixels"] != original["pixels"]

    stage.root.evaluate(_RECORD)
    for _ in range(50):
        stage.press("x")
    for _ in range(25):
        stage.page.keyboard.down("Space")
        stage.settle()
        stage.page.keyboard.up("Space")
        stage.settle()
    by_hand = len(flips(recorded(stage))) - 1
    by_hand_frames = recorded(stage)
    stage.press("Shift+B")
    stage.root.evaluate(_RECORD)
    stage.press("b")
    stage.page.wait_for_function(_TURNED, arg=10)
    stage.press("b")
    blinked = flips(recorded(stage))

    assert by_hand == 100
    assert all({**frame, "now": None} in (edited, original) for frame in [*by_hand_frames, *blinked])
    assert len(blinked) > 10


def around(drawing: dict[str, Any]) -> Iterator[float]:
    """Yield where nine points of the frame lie, seen from the middle of their pane, in device pixels."""
    rect, pane = drawing["rect"], drawing["pane"]
    for side, length in (("x", "width"), ("y", "height")):
        for share in (0.1, 0.5, 0.9):
            yield rect[side] + share * rect[length] - pane[side] - pane[length] / 2


def move(stage: StagePage, chance: random.Random) -> None:
    """Zoom or pan by mouse or by key, at a random place."""
    box = stage.canvas.bounding_box()
    assert box is not None
    mouse = stage.page.mouse
    mouse.move(
        box["x"] + chance.uniform(20, box["width"] - 20), box["y"] + chance.uniform(20, box["height"] - 20)
    )
    match chance.choice(["wheel", "drag", "key", "key"]):
        case "wheel":
            mouse.wheel(0, chance.uniform(-300, 200))
        case "drag":
            mouse.down()
            mouse.move(
                box["x"] + chance.uniform(0, box["width"]), box["y"] + chance.uniform(0, box["height"])
            )
            mouse.up()
        case "key":
            stage.press(chance.choice(["+", "+", "+", "-", "x", "z"]))
    stage.settle()


def test_all_panes_and_modes_share_one_place(stage: StagePage) -> None:
    """After each of fifty random moves every picture point lies alike in every pane, and in every mode."""
    chance = random.Random(20261128)
    compared = 0
    for number in range(50):
        if number == 30:
            stage.step("four")
        move(stage, chance)
        places = []
        for mode in "ssww" if number < 30 else "swws":
            stage.press(mode)
            drawn = stage.drawn
            places += [list(around(one)) for one in drawn]
            assert all(near(place, places[-1]) for place in places[-len(drawn) :])
            assert len({(one["pane"]["width"], one["pane"]["height"]) for one in drawn}) == 1
        fits = drawn[0]["rect"]["width"] <= drawn[0]["pane"]["width"]
        if not fits:  # a whole picture is as large as its pane allows; a closer look stays as it is
            assert all(near(place, places[0]) for place in places)
            compared += 1
    assert compared >= 25


def near(one: list[float], other: list[float]) -> bool:
    """Return whether all points lie within a pixel of each other."""
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def test_candidates_stand_in_one_row_and_take_turns(stage: StagePage) -> None:
    """Three and four candidates: in one row, one large in turn, a wipe against the next."""
    stage.step("three")
    assert stage.labels == ["A", "B", "C"]
    assert len({one["rect"]["y"] for one in stage.drawn}) == 1
    stage.press("s")
    seen = []
    for _ in range(4):
        seen += stage.labels
        stage.press("x")
    assert seen == ["A", "B", "C", "A"]
    stage.press("w")
    assert stage.labels == ["B", "C"]
    stage.page.keyboard.down("Space")
    stage.settle()
    assert [one["role"] for one in stage.drawn] == ["original", "original"]
    stage.page.keyboard.up("Space")
    stage.step("four")
    assert stage.labels == ["A", "B"]  # the mode stays, the turn does not
    stage.press("w", "s", "x")
    assert stage.labels == ["B", "C", "D", "A"]
    assert not stage.tool("original").is_visible()


def test_blinking_ends_with_the_task_the_hold_and_the_wish_for_calm(stage: StagePage) -> None:
    """Nothing turns by itself on another task, after a hold or a look elsewhere; never for who wants calm."""
    blinks = stage.tool("blink")
    live = stage.page.locator(".ew-stage-live")

    stage.press("b")
    expect(blinks).to_have_attribute("aria-pressed", "true")
    expect(live).to_have_text("Blinking, 2 changes a second")
    stage.press("Shift+B")
    expect(stage.tool("rate")).to_have_text("3/s")
    stage.press("Space")
    expect(blinks).to_have_attribute("aria-pressed", "false")
    stage.press("b")
    stage.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(blinks).to_have_attribute("aria-pressed", "false")
    stage.press("b")
    stage.step("two")
    expect(blinks).to_have_attribute("aria-pressed", "false")
    assert stage.labels == ["A", "B"]

    stage.page.emulate_media(reduced_motion="reduce")
    stage.press("b")
    assert stage.labels == ["B", "A"]
    expect(blinks).to_have_attribute("aria-pressed", "false")
    expect(blinks).to_have_attribute("aria-label", "Turn once (reduced motion: nothing turns by itself)")
    expect(live).to_have_text("B and A, side by side")


def test_the_toolbar_is_one_tab_stop_in_one_line(stage: StagePage) -> None:
    """Arrow keys go through it, the stop stays where it was; buttons say what they are and their key."""
    last = stage.page.locator(".ew-stage-button:visible").last.get_attribute("data-tool") or ""
    stage.press("Tab")
    focused = stage.page.locator(":focus")
    expect(focused).to_have_attribute("data-tool", "original")
    stage.press("ArrowRight", "ArrowRight", "ArrowLeft")
    expect(focused).to_have_attribute("data-tool", "turn")
    stage.press("Enter")
    assert stage.labels == ["ORIGINAL"]
    stage.press("End")
    expect(focused).to_have_attribute("data-tool", last)
    stage.press("Shift+Tab", "Tab")
    expect(focused).to_have_attribute("data-tool", last)
    stage.press("Home")
    expect(focused).to_have_attribute("data-tool", "original")

    for name, key in (("turn", "X"), ("blink", "B"), ("rate", "Shift+B"), ("side", "S"), ("in", "+")):
        expect(stage.tool(name)).to_have_attribute("aria-keyshortcuts", key)
        assert stage.tool(name).get_attribute("aria-label")
    for width in (1600, 1280, 900):
        stage.page.set_viewport_size({"width": width, "height": 800})
        stage.settle()
        bar = stage.page.locator(".ew-stage-bar")
        assert bar.evaluate("el => [el.offsetHeight, el.scrollWidth <= el.clientWidth]") == [37, True]
    assert (stage.canvas.get_attribute("aria-label") or "").startswith("Original, in place, ")
