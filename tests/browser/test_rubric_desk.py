"""A lead changes a descriptor and a tolerance by keyboard, sees what follows, and publishes."""

from __future__ import annotations

import stat
from pathlib import Path

from lab import Lab, make_notebook
from playwright.sync_api import Page, expect

import evalwidgets as ew

WAIT = 20_000
SETUP = """
import evalwidgets as ew
rubric = ew.read_rubric("rubrics/image-edit.yaml")
tasks, gold = ew.read_tasks("data/demo/tasks.jsonl"), ew.read_gold("data/demo/gold.jsonl")
store = ew.open_store("data/demo/reviews.db")
desk = ew.RubricDesk(
    rubric, store, campaign="demo-simulated", folder="published", lead="lee", gold=gold, tasks=tasks)
desk.act("pick", "preservation")
desk
"""


def test_a_version_is_edited_and_published_by_keyboard(lab: Lab, page: Page, workspace: Path) -> None:
    """The step, the gold and what would differ are there while it is typed; the file is there for good."""
    make_notebook(workspace / "desk.ipynb", SETUP)
    lab.open(page, "desk.ipynb")
    lab.run_all(page)
    desk, outcome = page.locator(".ew-board"), page.locator(".ew-outcome")
    expect(outcome.get_by_text("Nothing to publish yet")).to_be_visible(timeout=60_000)

    desk.focus()
    page.keyboard.press("e")
    expect(desk.get_by_label("Question")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(desk.get_by_label("Tolerance")).to_be_focused()
    page.keyboard.type("0")
    expect(outcome.get_by_text("judgements would differ")).to_be_visible(timeout=WAIT)
    descriptor = desk.locator('[data-id="criteria.preservation.levels.5.descriptor"]')
    for _ in range(3):  # "Put back", the level's name, its descriptor
        page.keyboard.press("Tab")
    expect(descriptor).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" A shadow that follows from it is none.", delay=5)
    expect(outcome.locator("ins", has_text="A shadow that follows")).to_be_visible(timeout=WAIT)
    expect(descriptor).to_have_value(
        "Nothing outside the request differs, even when zoomed. A shadow that follows from it is none."
    )
    expect(descriptor).to_be_focused()
    expect(outcome.locator(".ew-bump").first).to_have_text("major")
    expect(outcome.locator(".ew-impact tbody tr")).to_contain_text("80544808")

    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(outcome.locator(".ew-diff li")).to_have_count(1, timeout=WAIT)
    page.keyboard.press("a")
    expect(outcome.locator(".ew-diff li")).to_have_count(2, timeout=WAIT)
    page.keyboard.press("p")
    expect(outcome.get_by_text("This cannot be taken back")).to_be_visible(timeout=WAIT)
    page.keyboard.press("y")
    expect(outcome.get_by_text("image-edit 2.0.0 is published")).to_be_visible(timeout=WAIT)

    path = workspace / "published" / "image-edit-2.0.0.yaml"
    assert 0o444 == stat.S_IMODE(path.stat().st_mode)
    after = ew.read_rubric(path)
    assert 0 == after.criterion("preservation").tolerance
    with ew.open_store(workspace / "data" / "demo" / "reviews.db") as store:
        latest = store.versions["demo-simulated"].latest("image-edit")
        assert latest is not None
        assert ("2.0.0", after.hash, "lee") == (latest.version, latest.rubric_hash, latest.by)
