"""A researcher takes a delivery in: the guess is corrected by a select, the report is opened by its kind."""

from __future__ import annotations

from pathlib import Path

from lab import Lab, make_notebook
from playwright.sync_api import Page, expect

import evalwidgets as ew

WAIT = 20_000
SETUP = """
import pathlib
import evalwidgets as ew
from PIL import Image
root = pathlib.Path("delivery")
root.mkdir()
for n, name in enumerate(("o", "lark", "wren")):
    Image.new("RGB", (60, 40), (40 * n, 90, 90)).save(root / f"{name}.png")
(root / "edits.csv").write_text(
    "before,made,what,who\\n"
    "o.png,lark.png,<b>Remove</b> the tall cup,lark\\no.png,wren.png,<b>Remove</b> the tall cup,wren\\n"
    "o.png,gone.png,Add a small cup,lark\\n")
desk = ew.IntakeDesk(into="taken")
desk
"""


def test_a_delivery_is_pointed_at_corrected_and_taken_in(lab: Lab, page: Page, workspace: Path) -> None:
    """Path typed, column chosen as the model, progress seen through to the report; tasks are on disk."""
    make_notebook(workspace / "intake.ipynb", SETUP, "desk.tasks")
    lab.open(page, "intake.ipynb")
    lab.run_all(page)
    desk = page.locator(".ew-intake")
    desk.get_by_label("Folder or table").fill("delivery", timeout=60_000)
    page.keyboard.press("Tab")
    expect(desk.get_by_label("Instruction")).to_have_value("what", timeout=WAIT)
    expect(desk.get_by_text("<b>Remove</b> the tall cup").first).to_be_visible()
    expect(desk.locator(".ew-intake-first img")).to_have_count(5)
    expect(desk.locator(".ew-intake-gone")).to_have_count(1)

    desk.get_by_label("Original").select_option("")
    expect(desk.get_by_role("button", name="Take in")).to_be_disabled(timeout=WAIT)
    desk.get_by_label("Original").select_option("before")
    expect(desk.get_by_role("button", name="Take in")).to_be_enabled(timeout=WAIT)
    desk.get_by_role("button", name="Take in").click()
    expect(desk.get_by_text("2 of 3 tasks taken in")).to_be_visible(timeout=WAIT)
    desk.get_by_text("Missing file (1)").click()
    expect(desk.get_by_role("cell", name="gone.png")).to_be_visible()

    tasks = ew.read_tasks(workspace / "taken" / "tasks.jsonl")
    assert 2 == len(tasks)
    assert all(tasks.path_of(task, role).is_file() for task in tasks for role in task.images)
