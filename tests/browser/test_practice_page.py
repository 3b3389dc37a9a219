"""The page of the practice panel: while it is shown, the panel's keys are its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab, make_notebook
from playwright.sync_api import Page, expect

_CELL = """
import ipywidgets
from evalwidgets import read_anchors, read_rubric
from evalwidgets.widgets.exemplars import Exemplars
from evalwidgets.widgets.panel_bar import PanelBar
from evalwidgets.widgets.practice_page import AWAY, PracticePage

rubric = read_rubric("rubrics/image-edit.yaml")
door = {"text": "", "why": "", "badge": ""}
home = {"kind": "home", "learner": "ana", "rubric": rubric.title, "told": "", "sentence": "Begin.",
        "history": [], "map": {"rows": [], "sentence": ""}, "doors": [
    {**door, "what": "wall", "title": "Wall", "state": "open", "key": "1"},
    {**door, "what": "practice", "title": "Practice", "state": "next", "key": "2"},
    {**door, "what": "exam", "title": "Exam", "state": "locked", "key": "3", "why": "Practise first."},
    {**door, "what": "result", "title": "Result", "state": "open", "key": "4"}]}
rate = {"value": 0.84, "low": 0.77, "high": 0.9, "target": 0.88}
result = {"kind": "result", "verdict": "not_yet", "title": "Not yet", "sentence": "Close.", "rate": rate,
          "criteria": [{**rate, "label": "Style", "n": 20, "note": ""}], "focus": ["Look twice."],
          "rule": ["So."], "links": [{"label": "Practise", "what": "practice"}]}

def hear(message):
    match message:
        case {"type": "home"}:
            page.show(home)
        case {"type": "open", "what": "result"}:
            page.show(result)
        case {"type": "open", "what": "wall"} | {"type": "wall"}:
            page.show_wall(message.get("criterion"))
        case {"type": "open"}:
            page.show({**AWAY, "what": message["what"]})

page = PracticePage(hear, Exemplars(read_anchors("data/demo/anchors.jsonl"), rubric))
page.show(home)
desk = ipywidgets.HBox([ipywidgets.HTML("The task.")])
desk.add_class("ew-desk")
panel = ipywidgets.VBox([page, PanelBar(lambda _: None), desk])
panel.add_class("ew-panel")
panel
"""


@pytest.fixture
def shown(lab: Lab, page: Page, workspace: Path) -> Page:
    """Return a page that shows the start page of a panel."""
    notebook = make_notebook(workspace / "practice-page.ipynb", _CELL)
    lab.open(page, notebook.name)
    lab.run_all(page)
    page.wait_for_selector(".ew-home", timeout=60_000)
    expect(page.locator(".ew-door-next")).to_be_visible()
    page.locator(".ew-door-next").focus()
    return page


def test_doors_open_by_key_and_escape_comes_back(shown: Page) -> None:
    """The wall, its large picture, the result; a locked door stays shut, and Enter takes the next step."""
    desk = shown.locator(".ew-desk")
    expect(desk).not_to_be_visible()

    shown.keyboard.press("3")
    shown.keyboard.press("1")
    shown.wait_for_selector('.ew-wall[data-criterion="instruction_adherence"]')
    shown.keyboard.press("ArrowDown")
    shown.wait_for_selector('.ew-wall[data-criterion="preservation"]')
    shown.keyboard.press("2")
    expect(shown.locator(".ew-sheet")).to_be_visible()
    shown.keyboard.press("Escape")
    expect(shown.locator(".ew-sheet")).not_to_be_visible()
    shown.keyboard.press("Escape")
    expect(shown.locator(".ew-home")).to_be_visible()
    shown.keyboard.press("4")
    expect(shown.get_by_role("img", name="Style: 84 %")).to_be_visible()
    shown.keyboard.press("Escape")
    expect(shown.locator(".ew-home")).to_be_visible()

    shown.keyboard.press("Enter")
    expect(desk).to_be_visible()
    expect(shown.locator(".ew-practice")).not_to_be_visible()


def test_keys_of_a_task_do_nothing_under_a_page_but_those_of_the_window_do(shown: Page) -> None:
    """Skip asks for no reason; the table of keys opens, and nothing under it hears a key."""
    card = shown.locator(".ew-card")
    shown.keyboard.press("Shift+S")
    expect(card).not_to_be_visible()

    shown.keyboard.press("?")
    expect(card).to_be_visible()
    shown.keyboard.press("1")
    shown.keyboard.press("Escape")
    expect(card).not_to_be_visible()
    expect(shown.locator(".ew-home")).to_be_visible()
