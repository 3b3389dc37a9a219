"""Places that the kernel gives a stage to look at: drawn where they are, told of, never changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lab import Lab
from PIL import Image
from playwright.sync_api import Page, expect
from stage_alone import StagePage, open_stage, write_tasks

BOX = {
    "id": "A:1",
    "type": "box",
    "points": [[100, 100], [300, 200]],
    "role": "edited",
    "size": [600, 400],
    "picture": "",
    "label": "",
    "severity": 2,
    "cause": "",
    "note": "a pale edge\n<b>round</b> it",
}
GIVEN = {"region": BOX, "label": "A", "title": "Seam or halo · Visible", "look": "other"}
GREY = (120, 120, 120)


def edit(name: str) -> dict[str, Any]:
    """Return an edit whose edited picture came out at half the size of its original."""
    images = {
        role: Image.new("RGB", size, GREY)
        for role, size in (("original", (600, 400)), ("edited", (300, 200)))
    }
    return {"id": name, "kind": "edit", "instruction": "Remove it.", "images": images}


def is_marked(stage: StagePage, slot: int, x: float, y: float) -> bool:
    """Return whether anything is drawn at a point of the frame, in pixels of the original."""
    rect = stage.drawn[slot]["rect"]
    at = (rect["x"] + x / 600 * rect["width"], rect["y"] + y / 400 * rect["height"])
    return any(stage.pixel(round(at[0]) + off, round(at[1]))[:3] != GREY for off in (-1, 0, 1))


def test_given_places_are_shown_in_every_mode_and_told_of(lab: Lab, page: Page, workspace: Path) -> None:
    """On the picture they belong to, as ghosts on the other, and gone with the scene they were given for."""
    manifest = write_tasks(workspace / "given", edit("one"), edit("two"))
    stage = open_stage(lab, page, manifest, given=f"stage.regions = [{GIVEN!r}]")
    page.wait_for_selector('.ew-stage-button[data-tool="hide"]:visible')
    stage.settle()

    assert is_marked(stage, 0, 100, 150)
    assert not is_marked(stage, 0, 200, 150)  # nothing is filled
    before = stage.drawn[0]["rect"]
    page.mouse.move(*stage.screen(stage.drawn[0], 75, 75))
    expect(page.locator(".ew-region-tip")).to_contain_text("Seam or halo · Visible")
    expect(page.locator(".ew-region-tip-note")).to_have_text("a pale edge\n<b>round</b> it")
    stage.press("s")
    assert is_marked(stage, 0, 100, 150)
    assert is_marked(stage, 1, 100, 150)
    stage.press("s", "h")
    assert not is_marked(stage, 0, 100, 150)
    stage.press("h", "z")
    page.mouse.move(300, 300)
    page.mouse.down()
    page.mouse.move(340, 330, steps=2)
    page.mouse.up()
    stage.settle()
    assert stage.drawn[0]["rect"] != before  # the mouse moves the picture: there is nothing to mark
    expect(stage.tool("mark")).to_be_hidden()

    stage.step("two")
    stage.settle()
    expect(stage.tool("hide")).to_be_hidden()
