"""Places are marked on the stage by mouse and by keys; they come back where they were drawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lab import Lab, await_panel, cells_of
from marks import Hands
from playwright.sync_api import Browser, Page, expect
from reviewer import Keyboard

import evalwidgets as ew

NEAR = 1.0
"""Pixels of the picture."""


@pytest.fixture
def notebook(workspace: Path, request: pytest.FixtureRequest) -> str:
    """Return 01_review for the rubric that asks where the defects are, in a round of this test's own."""
    text = (workspace / "notebooks/01_review.ipynb").read_text(encoding="utf-8")
    document = json.loads(text)
    (cell,) = [one for one in document["cells"] if "rubric_file =" in "".join(one["source"])]
    source = "".join(cell["source"]).replace("image-edit.yaml", "defect-localisation.yaml", 1)
    cell["source"] = source.replace('"first-look"', f'"{request.node.name}"')
    (workspace / "notebooks/marks.ipynb").write_text(json.dumps(document), encoding="utf-8")
    return "notebooks/marks.ipynb"


def open_marks(lab: Lab, page: Page, notebook: str) -> tuple[Hands, Keyboard]:
    """Open the panel and say that there are defects, so that places can be marked."""
    lab.open(page, notebook)
    lab.run_all(page)
    await_panel(page)
    hands, keys = Hands(page), Keyboard(page)
    page.locator(".ew-row").first.click()
    page.keyboard.press("m")  # fills the window
    keys.answer("defects_found", "1", "yes")
    keys.await_row("defects")
    return hands, keys


def stored(workspace: Path, key: str) -> list[dict[str, Any]]:
    """Return the regions of a stored review."""
    with ew.open_store(workspace / "data/work/reviews.db") as store:
        return list(store.review(key).values["defects"])


def finish(keys: Keyboard) -> str:
    """Answer what is asked besides places, submit, and return the key of the review."""
    keys.press("ArrowDown")
    keys.await_row("families")
    keys.press("ArrowDown")
    keys.answer("worst_severity", "1", 1)
    keys.press("2")
    key = keys.key
    keys.page.wait_for_selector(".ew-submit.ew-ready")
    keys.submit()
    keys.page.wait_for_selector(".ew-saved")
    return key


def near(expected: list[float], got: list[float], most: float = NEAR) -> bool:
    """Return whether places are the same to a pixel of the picture."""
    return len(expected) == len(got) and all(
        abs(one - two) <= most for one, two in zip(expected, got, strict=True)
    )


def test_what_is_drawn_while_zoomed_is_stored_and_comes_back(
    lab: Lab, browser: Browser, page: Page, workspace: Path, notebook: str
) -> None:
    """Box, point and polygon, changed by mouse; after a restart, on another screen, at the same pixels."""
    hands, keys = open_marks(lab, page, notebook)
    page.mouse.move(*hands.pane().at((0.4, 0.4)))
    for _ in range(4):
        page.mouse.wheel(0, -240)
    page.wait_for_timeout(100)
    pane = hands.pane()

    corners = (pane.at((0.35, 0.36)), pane.at((0.45, 0.44)))
    hands.drag(*corners)
    keys.press("4", "1", "2")  # blending: seam or halo; visible
    hands.click([pane.at((0.5, 0.4))])
    keys.press("2", "1", "1")
    keys.press("p")
    polygon = [pane.at(place) for place in ((0.47, 0.45), (0.52, 0.45), (0.52, 0.5))]
    hands.click([*polygon, polygon[0]])
    hands.await_count(3)
    keys.press("5", "1", "3")
    hands.await_heard()

    box, point, closed = hands.boxes
    assert near([*pane.pixel(*corners[0]), *pane.pixel(*corners[1])], box)
    assert near([*pane.pixel(*pane.at((0.5, 0.4)))], point)
    assert near([along for corner in polygon for along in pane.pixel(*corner)], closed)
    drawn = hands.regions
    assert [("seam_halo", 2), ("warp", 1), ("remnant", 3)] == [
        (one["label"], one["severity"]) for one in drawn
    ]
    assert {tuple(pane.size)} == {tuple(one["size"]) for one in drawn}

    lab.restart_kernel(page)
    page.context.close()
    context = browser.new_context(viewport={"width": 1500, "height": 1000}, device_scale_factor=2)
    later = context.new_page()
    lab.open(later, notebook)
    lab.run_all(later)
    await_panel(later)
    hands, keys = Hands(later), Keyboard(later)
    keys.focus("defects") if keys.row != "defects" else None
    hands.await_count(3)
    assert drawn == hands.regions
    _assert_painted(hands, drawn[0])

    key = finish(keys)
    assert drawn == stored(workspace, key)
    context.close()


def _assert_painted(hands: Hands, box: dict[str, Any]) -> None:
    """Find the left side of a box on the canvas, to a pixel of the picture."""
    (left, top), (_, bottom) = box["points"]
    width, height = box["size"]
    hands.page.keyboard.press("Escape")
    hands.page.keyboard.press("z")  # one pixel of the picture on one of the screen
    hands.page.wait_for_timeout(150)
    painted = hands.lines_across((left / width, (top + bottom) / 2 / height), 8)
    assert painted
    assert abs(sum(painted) / len(painted) - left) <= NEAR


def test_regions_are_changed_by_mouse_and_every_step_can_be_undone(
    lab: Lab, page: Page, notebook: str
) -> None:
    """Moved by the line, reshaped by a grip, cut at the edge, given another class, deleted, and back."""
    hands, keys = open_marks(lab, page, notebook)
    pane = hands.pane()
    hands.drag(pane.at((0.2, 0.2)), pane.at((0.4, 0.4)))
    hands.await_count(1)
    keys.press("1", "1", "2")
    (start,) = hands.boxes

    hands.drag(pane.at((0.25, 0.2)), pane.at((0.35, 0.3)))
    (moved,) = hands.boxes
    step = [0.1 * pane.size[0], 0.1 * pane.size[1]]
    assert near([start[0] + step[0], start[1] + step[1], start[2] + step[0], start[3] + step[1]], moved)
    hands.drag(pane.at((0.5, 0.5)), (pane.left + pane.width + 5, pane.at((0, 0.7))[1]))
    (shaped,) = hands.boxes
    assert near([*moved[:2], pane.size[0], 0.7 * pane.size[1]], shaped)
    keys.press("k", "5", "1")
    expect(page.locator(".ew-region-text")).to_have_text("Remnant · Visible")
    keys.press("Delete")
    hands.await_count(0)
    expect(page.locator('[data-row="defects"].ew-answered')).to_have_count(0)

    for text, box in (("Remnant", shaped), ("Hands", shaped), ("Hands", moved), ("Hands", start)):
        keys.press("Control+z")
        expect(page.locator(".ew-region-text")).to_contain_text(text)
        page.wait_for_function("count => document.querySelectorAll('.ew-region').length === count", arg=1)
        hands.await_boxes([box])


def test_what_is_begun_can_be_left_and_the_picture_can_be_moved_meanwhile(
    lab: Lab, page: Page, notebook: str
) -> None:
    """Escape lets a drag go, Alt moves the picture, a double click does not zoom, other rows do not mark."""
    hands, keys = open_marks(lab, page, notebook)
    pane = hands.pane()
    page.mouse.move(*pane.at((0.3, 0.3)))
    page.mouse.down()
    page.mouse.move(*pane.at((0.5, 0.5)), steps=3)
    keys.press("Escape")
    page.mouse.up()
    assert hands.regions == []

    page.mouse.dblclick(*pane.at((0.6, 0.6)))
    hands.await_count(1)  # the second click takes the point that the first one made
    assert pane == hands.pane()
    keys.press("Control+z")
    hands.await_count(0)

    page.mouse.move(*pane.at((0.5, 0.5)))
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(100)
    before = hands.pane()
    page.keyboard.down("Alt")
    hands.drag((400, 400), (450, 430))
    page.keyboard.up("Alt")
    page.wait_for_timeout(100)
    assert near([before.left + 50, before.top + 30], [hands.pane().left, hands.pane().top])
    assert hands.regions == []

    keys.press("r")
    keys.await_row("worst_severity")
    hands.drag((400, 400), (420, 420))
    assert hands.regions == []
    keys.press("r")
    keys.await_row("defects")
    keys.press("0")
    expect(page.locator('[data-row="defects"] .ew-chosen')).to_have_text("Nothing to mark")


def test_places_are_marked_by_keys_alone(lab: Lab, page: Page, workspace: Path, notebook: str) -> None:
    """A box, a point and a polygon by the cross, one of them moved; no key reaches the notebook."""
    hands, keys = open_marks(lab, page, notebook)
    cells = cells_of(page)
    pane = hands.pane()
    across = page.evaluate("() => document.querySelector('.ew-stage-canvas').clientWidth / 100")
    middle = page.evaluate(
        "() => (({ left, top, width, height }) => [left + width / 2, top + height / 2])"
        "(document.querySelector('.ew-stage-canvas').getBoundingClientRect())"
    )
    place = pane.pixel(*middle)
    step = across / pane.width * pane.size[0]

    keys.press("Enter", "Enter", *["ArrowRight"] * 4, *["ArrowDown"] * 3, "Shift+ArrowDown", "Enter")
    hands.await_count(1)
    assert near([*place, place[0] + 4 * step, place[1] + 3.1 * step], hands.boxes[0])
    keys.press("1", "1", "3", "Enter", "ArrowLeft", "Enter")  # described, and moved as a whole
    assert near([place[0] - step, place[1], place[0] + 3 * step, place[1] + 3.1 * step], hands.boxes[0])
    keys.press("Escape", "Enter", "ArrowUp", "Enter", "Enter", "t")
    page.keyboard.type("shadow")
    keys.press("Enter", "2")
    assert near([place[0], place[1] - step], hands.boxes[1])
    keys.press("p", "Enter", "Enter", *["ArrowUp"] * 5, "Enter", *["ArrowLeft"] * 5, "Enter", "Enter")
    hands.await_count(3)
    keys.press("2", "1", "1", "j")
    page.keyboard.type("the edge of the table bends")
    keys.press("Enter", "ArrowLeft", "ArrowLeft")
    expect(page.locator(".ew-region[aria-selected=true]")).to_contain_text("Hands · Ruins it")
    hands.await_heard()

    drawn = hands.regions
    key = finish(keys)
    assert drawn == stored(workspace, key)
    assert [("box", "hands"), ("point", "shadow"), ("polygon", "warp")] == [
        (one["type"], one["label"]) for one in drawn
    ]
    assert drawn[2]["note"] == "the edge of the table bends"
    assert cells == cells_of(page)
