"""A learner at the practice panel, by keyboard alone: path, tour, warm-up, practice, home, and a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab, make_notebook
from playwright.sync_api import Page, expect
from reviewer import Keyboard

pytestmark = pytest.mark.slow
_CELL = """
import evalwidgets as ew

gold = ew.with_regions(ew.read_gold("data/demo/gold.jsonl"), ew.read_gold("data/demo/region_gold.jsonl"))
panel = ew.PracticePanel(
    ew.read_tasks("data/demo/tasks.jsonl"),
    gold,
    ew.read_rubric("rubrics/image-edit.yaml"),
    ew.open_store("practice.db"),
    "kim",
    anchors=ew.read_anchors("data/demo/anchors.jsonl"),
    campaign="browser",
)
panel
"""
_NEXT = ".ew-door-next .ew-door-title"


def look(page: Page) -> None:
    """See what was asked, then the original, then everything."""
    expect(page.locator(".ew-intro-text")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".ew-intro-text")).to_be_hidden()
    page.keyboard.press("Space")
    expect(page.locator(".ew-unseen")).to_have_count(0)


def answer(page: Page, **levels: int) -> None:
    """Look, answer every row, and commit."""
    look(page)
    keyboard = Keyboard(page)
    keyboard.answer_all({"character_consistency": 5, **levels})
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ew-feedback h2, .ew-feedback h1").first).to_be_visible()


def start(lab: Lab, page: Page, workspace: Path) -> None:
    """Open the notebook and run it, until the panel shows a page or a task."""
    notebook = workspace / "learner.ipynb"
    if not notebook.exists():
        make_notebook(notebook, _CELL)
    lab.open(page, notebook.name)
    lab.run_all(page)


def test_a_learner_needs_no_mouse(lab: Lab, page: Page, workspace: Path) -> None:
    """Enter takes the next step; what lies open survives a restart of the kernel; nothing is asked twice."""
    start(lab, page, workspace)
    expect(page.locator(_NEXT)).to_have_text("Tour", timeout=60_000)
    expect(page.locator(".ew-panel:focus-within")).to_have_count(1)  # whoever ran the cell works in it
    page.keyboard.press("Enter")
    expect(page.locator(".ew-tour-words")).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")

    expect(page.locator(_NEXT)).to_have_text("Warm-up")
    page.keyboard.press("Enter")
    for place in (1, 2, 3):
        expect(page.locator(".ew-bar-count")).to_have_text(f"Warm-up, {place} of 3: not scored")
        answer(page)
        page.keyboard.press("n")
    expect(page.locator(_NEXT)).to_have_text("Practice")

    page.keyboard.press("Enter")
    expect(page.locator(".ew-bar-count")).to_have_text("Task 1 of this sitting")
    answer(page, preservation=4)
    told = page.locator(".ew-feedback").inner_text()
    page.locator(".ew-panel").evaluate("panel => { panel.dataset.old = 'yes'; }")
    lab.restart_kernel(page)
    lab.run_all(page)
    anew = page.locator(".ew-panel:not([data-old]) .ew-feedback")
    expect(anew).to_have_text(told, use_inner_text=True, timeout=60_000)
    page.locator(".ew-panel").focus()

    page.keyboard.press("n")
    expect(page.locator(".ew-bar-count")).to_have_text("Task 2 of this sitting")
    page.keyboard.press("Shift+H")
    expect(page.locator(".ew-home-history li").first).to_contain_text("1 task, open")
