"""The exemplar wall alone in a notebook: flip, turn to another criterion, open one large, answer a card."""

from __future__ import annotations

from pathlib import Path

from lab import Lab, cells_of, make_notebook
from playwright.sync_api import Page, expect

_CELL = """
from evalwidgets import ExemplarWall, read_anchors, read_rubric

anchors = read_anchors("data/demo/anchors.jsonl")
wall = ExemplarWall(anchors, read_rubric("rubrics/image-edit.yaml"), "preservation")
wall
"""


def open_wall(lab: Lab, page: Page, workspace: Path) -> list[tuple[str, str]]:
    """Open a notebook that shows a wall, wait for its pictures, and return the notebook's cells."""
    notebook = make_notebook(workspace / "wall.ipynb", _CELL)
    lab.open(page, notebook.name)
    lab.run_all(page)
    page.wait_for_selector('.ew-wall[data-criterion="preservation"]', timeout=60_000)
    return cells_of(page)


def sizes(page: Page) -> list[list[int]]:
    """Return the decoded size of every picture that can be seen on the wall."""
    return page.evaluate(
        "() => [...document.querySelectorAll('.ew-wall-levels img')]"
        ".filter(image => getComputedStyle(image).visibility === 'visible')"
        ".map(image => [image.naturalWidth, image.naturalHeight])"
    )


def test_a_wall_is_worked_by_keys(lab: Lab, page: Page, workspace: Path) -> None:
    """One scene at five levels, flipped together; tabs, one large, a card; the notebook stays as it was."""
    cells = open_wall(lab, page, workspace)
    expect(page.locator(".ew-level-name .ew-level-value").locator("visible=true")).to_have_text(list("12345"))
    expect(page.locator(".ew-step .ew-deciding").nth(3)).to_have_text("One minor difference")
    assert sizes(page) == [[640, 427]] * 5

    page.locator(".ew-level-open").nth(2).focus()
    page.keyboard.down(" ")
    originals = page.locator(".ew-wall-levels .ew-pane-original")
    for place in range(5):
        expect(originals.nth(place)).to_be_visible()
    assert sizes(page) == [[640, 427]] * 5
    page.keyboard.up(" ")
    expect(originals.first).not_to_be_visible()

    page.keyboard.press("Enter")
    large = page.locator(".ew-sheet .ew-pane-judged")
    expect(large).to_be_visible()
    page.wait_for_function("() => document.querySelector('.ew-sheet .ew-pane-judged').naturalWidth === 1080")
    page.keyboard.press("ArrowRight")
    expect(page.locator('.ew-sheet-step[aria-current="true"]')).to_contain_text("One minor")
    page.keyboard.press("Escape")
    expect(large).not_to_be_visible()
    expect(page.locator(".ew-level-open").nth(3)).to_be_focused()

    page.keyboard.press("ArrowDown")
    page.wait_for_selector('.ew-wall[data-criterion="structural_integrity"]')
    expect(page.get_by_role("tab", selected=True)).to_have_text("Structure")
    assert sizes(page) == [[640, 427]] * 5
    assert cells_of(page) == cells


def test_a_boundary_card_answers_with_the_deciding_words(lab: Lab, page: Page, workspace: Path) -> None:
    """Nothing says which level it is before a digit does; then the right one is marked, right or wrong."""
    open_wall(lab, page, workspace)
    page.get_by_role("button", name="Boundary cards").click()
    choices = page.locator(".ew-choice")
    expect(choices).to_have_count(2)
    expect(page.locator(".ew-sheet .ew-deciding")).to_have_count(0)
    expect(page.locator(".ew-sheet-score")).to_have_text("Card 1 of 8")

    page.keyboard.press("9")
    expect(page.locator(".ew-sheet-score")).to_have_text("Card 1 of 8")
    page.keyboard.press(choices.first.locator(".ew-level-value").inner_text())

    expect(page.locator(".ew-choice.ew-right .ew-deciding")).to_have_count(1)
    right = choices.first.evaluate("choice => choice.classList.contains('ew-right')")
    expect(page.locator(".ew-sheet-score")).to_have_text(f"Card 1 of 8 · {int(right)} of 1 right")
    expect(page.locator(".ew-sheet-answer")).to_contain_text("Yes, it is" if right else "level too lenient")
    page.keyboard.press("Enter")
    expect(page.locator(".ew-sheet-score")).to_contain_text("Card 2 of 8")
    page.keyboard.press("Escape")
    expect(page.locator(".ew-sheet")).not_to_be_visible()
