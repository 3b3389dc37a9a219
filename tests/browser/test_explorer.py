"""A researcher at the explorer: scroll, query, open, rate in the sandbox by keys, back where it was, save."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab, make_notebook
from playwright.sync_api import Locator, Page, expect

import evalwidgets as ew
from evalwidgets.core.round import SANDBOX

WAIT = 20_000
CAMPAIGN = "demo-simulated"
SETUP = f"""
import shutil
import evalwidgets as ew
rubric = ew.read_rubric("rubrics/image-edit.yaml")
tasks, gold = ew.read_tasks("data/demo/tasks.jsonl"), ew.read_gold("data/demo/gold.jsonl")
shutil.copy("data/demo/reviews.db", "explored.db")
store = ew.open_store("explored.db")
explorer = ew.Explorer(tasks, rubric, store, campaign={CAMPAIGN!r}, gold=gold, researcher="rae")
explorer
"""
SHOWN = """explorer => [...explorer.querySelectorAll('.ew-print')]
  .filter(card => card.querySelector('img').naturalWidth).length"""


@pytest.mark.slow
def test_an_edge_case_is_found_looked_at_and_rated_in_the_sandbox(
    lab: Lab, page: Page, workspace: Path
) -> None:
    """All of it by keys; the notebook's own commands hear none of them, and no rating is changed."""
    make_notebook(workspace / "explorer.ipynb", SETUP, "len(explorer.shown)")
    lab.open(page, "explorer.ipynb")
    lab.run_all(page)
    explorer = page.locator(".ew-explorer")
    sheet, keys = explorer.locator(".ew-contact"), page.keyboard
    expect(explorer.locator(".ew-print").first).to_be_visible(timeout=60_000)

    explorer.focus()
    keys.press("End")
    expect(explorer.locator(".ew-here")).to_have_attribute("data-task", "edit-083")
    assert sheet.evaluate("sheet => sheet.scrollTop") > 0
    assert explorer.locator(".ew-print").count() < 60  # of 83: the others do not exist

    keys.press("/")
    keys.type("spraed > 0.3")
    keys.press("Enter")
    expect(explorer.get_by_role("alert")).to_contain_text("Did you mean 'spread'", timeout=WAIT)
    explorer.get_by_label("Query").fill("spread > 0.3")
    keys.press("Enter")
    expect(explorer.get_by_text("16 of 83 tasks")).to_be_visible(timeout=WAIT)
    expect(explorer).to_be_focused()
    page.wait_for_function(f"() => ({SHOWN})(document.querySelector('.ew-explorer')) >= 12", timeout=WAIT)

    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("Space")
    opened = explorer.locator(".ew-here").get_attribute("data-task")
    keys.press("Enter")
    expect(explorer.locator(".ew-answer-table")).to_be_visible(timeout=WAIT)
    expect(explorer.get_by_role("button", name="Marked")).to_have_attribute("aria-pressed", "true")
    keys.press("r")
    expect(explorer.locator(".ew-panel")).to_be_focused(timeout=WAIT)
    keys.press("Escape")
    expect(explorer.locator(".ew-answer-table")).to_be_visible(timeout=WAIT)
    keys.press("r")
    _rate(explorer, page)
    expect(explorer.get_by_role("columnheader", name="You")).to_be_visible(timeout=WAIT)

    keys.press("Escape")
    expect(explorer.locator(".ew-here")).to_be_visible(timeout=WAIT)
    assert explorer.locator(".ew-here").get_attribute("data-task") == opened
    explorer.get_by_role("button", name="Save slice").click()
    explorer.get_by_label("Title of the slice").fill("Widely apart")
    keys.press("Enter")
    expect(explorer.get_by_label("Saved slices")).to_have_value("widely-apart", timeout=WAIT)

    with (
        ew.open_store(workspace / "explored.db") as store,
        ew.open_store(workspace / "data/demo/reviews.db") as demo,
    ):
        assert [one.task for one in store.reviews(CAMPAIGN, SANDBOX)] == [opened]
        assert store.ratings(CAMPAIGN).equals(demo.ratings(CAMPAIGN))
        assert store.slices[CAMPAIGN].of("widely-apart").slice.query == "spread > 0.3"


def _rate(explorer: Locator, page: Page) -> None:
    """Answer that the task cannot be judged, and why, which ends the review; submit it."""
    panel = explorer.locator(".ew-panel")
    expect(panel).to_be_focused(timeout=WAIT)
    for key in ("4", "1"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    expect(panel.locator(".ew-submit.ew-ready")).to_be_visible(timeout=WAIT)
    page.keyboard.press("Control+Enter")
