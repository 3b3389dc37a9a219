"""Evidence on the stage: closed until the review is in, then drawn in place, and what it changes is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from reviewer import Keyboard
from sensitive import PanelPage, open_panel_on
from stage_alone import write_tasks

SIZE = (400, 300)
CHANGED = (100, 80, 220, 200)
"""Left, top, right, bottom of what the edit changed."""
INSIDE, OUTSIDE = (160, 140), (330, 40)


def pictures(shade: int) -> dict[str, Image.Image]:
    """Return a plain original, and the same with a white box."""
    original = Image.new("RGB", SIZE, (150, 120, shade))
    edited = original.copy()
    ImageDraw.Draw(edited).rectangle(CHANGED, fill="white")
    return {"original": original, "edited": edited}


@pytest.fixture
def panel(lab: Lab, page: Page, workspace: Path) -> PanelPage:
    """Return a panel on three edits of one plain picture each."""
    tasks = [
        {"id": f"t{number}", "kind": "edit", "instruction": "Add a white box.", "source": f"s{number}",
         "images": pictures(60 + 20 * number)}
        for number in (1, 2, 3)
    ]  # fmt: skip
    manifest = write_tasks(workspace / "evidence", *tasks)
    return open_panel_on(lab, page, manifest, "image-edit")


def colour(panel: PanelPage, point: tuple[int, int], slot: int = 0) -> tuple[int, ...]:
    """Return the colour at a point of the picture in a slot, as it is drawn."""
    panel.stage.settle()
    drawing = panel.stage.drawn[slot]
    rect = drawing["rect"]
    across, down = (point[axis] / SIZE[axis] for axis in (0, 1))
    return panel.stage.pixel(rect["x"] + rect["width"] * across, rect["y"] + rect["height"] * down)[:3]


def test_evidence_opens_after_the_review_and_what_it_changes_is_kept(panel: PanelPage) -> None:
    """E says when it opens; then the map lies over the edited picture alone, and a change has its reason."""
    hands, region = Keyboard(panel.page), panel.page.get_by_role("region", name="Measured change")
    hands.await_row("feasibility")
    before = colour(panel, OUTSIDE)

    panel.stage.press("e")
    expect(region).to_have_attribute("data-state", "locked")
    assert colour(panel, OUTSIDE) == before
    hands.answer_all({"preservation": 3})
    first = hands.key
    hands.submit()
    expect(region).to_be_hidden()

    hands.await_saved(1)
    hands.press("Control+ArrowLeft")
    panel.page.wait_for_selector('.ew-row.ew-answered[data-row="preservation"]')
    panel.page.wait_for_selector(f'.ew-stage[data-painted="{hands.key}"]')
    assert colour(panel, OUTSIDE) == before
    panel.stage.press("e")
    expect(region).to_have_attribute("data-state", "shown", timeout=120_000)
    expect(region).to_contain_text("Local map usable")
    _await_dimmed(panel, before)
    _lies_over_the_edited_picture_alone(panel, before)

    while hands.row != "preservation":
        hands.press("ArrowDown")
    hands.press("5")
    panel.page.wait_for_selector(".ew-submit.ew-ready")
    again = hands.key
    hands.press("Control+Enter")
    panel.page.wait_for_function("key => document.querySelector('.ew-form').dataset.key !== key", arg=again)
    expect(region).to_be_hidden()
    with panel.store() as store:
        stored = store.reviews(round="round", reviewer="kim", current=False)
        log = store.openings.table(reviewer="kim")
    stored.sort(key=lambda review: review.revision)
    told = [(one.task, one.revision, one.values["preservation"], one.reason) for one in stored]
    assert told == [("t1", 1, 3, ""), ("t1", 2, 5, "after_evidence")]
    opened = log[log["kind"] == "evidence"][["task", "review"]]
    assert [("t1", first)] * 2 == list(opened.itertuples(index=False, name=None))  # E was pressed twice


def _await_dimmed(panel: PanelPage, before: tuple[int, ...]) -> None:
    """Wait until what did not change has lost most of its colour under the map's grey."""
    for _ in range(100):
        seen = colour(panel, OUTSIDE)
        if max(seen) - min(seen) < 0.6 * (max(before) - min(before)):
            return
        panel.page.wait_for_timeout(100)
    pytest.fail("the map was not drawn")


def _lies_over_the_edited_picture_alone(panel: PanelPage, before: tuple[int, ...]) -> None:
    keyboard, press = panel.page.keyboard, panel.stage.press
    dimmed = colour(panel, OUTSIDE)
    assert colour(panel, INSIDE) == (255, 255, 255)
    keyboard.down("Space")
    assert colour(panel, OUTSIDE) == before
    keyboard.up("Space")
    for mode in ("s", "w"):
        press(mode)
        assert colour(panel, OUTSIDE, slot=1) == pytest.approx(dimmed, abs=2)
        assert colour(panel, (40, 40), slot=0) == before
        press(mode)
    press("z")
    assert colour(panel, (220, 210)) == pytest.approx(dimmed, abs=2)
    press("z", "e")
    assert colour(panel, OUTSIDE) == before
    press("e")
