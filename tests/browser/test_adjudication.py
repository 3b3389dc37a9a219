"""A lead settles two cases and sends one back, by keyboard alone; its reviewer gets it back and answers."""

from __future__ import annotations

import shutil
from pathlib import Path

from lab import Lab, cells_of, make_notebook
from playwright.sync_api import Locator, Page, expect

import evalwidgets as ew

WAIT = 30_000
PLACE = ("demo-simulated", "demo-calibration")
SETUP = """
import evalwidgets as ew
rubric = ew.read_rubric("rubrics/image-edit.yaml")
tasks = ew.read_tasks("data/demo/tasks.jsonl").where(ids=["edit-004", "edit-011", "edit-074"])
store = ew.open_store("settle.db")
place = {"campaign": "demo-simulated", "round": "demo-calibration"}
ew.AdjudicationPanel(tasks, rubric, store, **place, lead="lee")
"""
REVIEWER = "ew.ReviewPanel(tasks, rubric, store, 'hugo', **place)"
STRAY = ("b", "d", "d", "x", "y", "Escape", "Enter", "l", "l", "o", "Shift+Enter")
NOTE = "b a d d <b>look</b> at the left hand"


def test_two_cases_are_settled_one_comes_back_and_is_answered(lab: Lab, page: Page, workspace: Path) -> None:
    """Accepted, chosen, sent back: each is in the log, and no key reaches the notebook's commands."""
    shutil.copy(workspace / "data/demo/reviews.db", workspace / "settle.db")
    make_notebook(workspace / "settle.ipynb", SETUP, REVIEWER)
    lab.open(page, "settle.ipynb")
    cells = cells_of(page)
    lab.run_all(page)
    board, panel = page.locator(".ew-board"), page.locator(".ew-panel:not(.ew-board)")
    expect(panel.get_by_text("Done. Thank you.")).to_be_visible(timeout=60_000)
    expect(board.locator(".ew-tally-row").first).to_be_visible(timeout=WAIT)
    board.focus()
    press(page, *STRAY, "ArrowDown", "ArrowDown")
    expect(board.locator(".ew-dot.ew-on")).to_be_visible(timeout=WAIT)

    settle(page, board, "a", "6", "a b c: the left hand has six fingers")
    expect(board.locator(".ew-settled-bar")).to_contain_text("1 of ", timeout=WAIT)
    expect(board.locator(".ew-asks")).to_have_count(0, timeout=WAIT)  # the next case lies open
    settle(page, board, "2", "2", "rule 3")
    expect(board.locator(".ew-settled-bar")).to_contain_text("2 of ", timeout=WAIT)

    press(page, "l")
    while "hugo" not in (board.locator(".ew-dot.ew-on").all_inner_texts() or [""])[0]:
        press(page, "ArrowDown")
        expect(board.locator(".ew-dot.ew-on")).to_be_visible(timeout=WAIT)
    press(page, "r")
    expect(board.get_by_label("Note to the reviewer")).to_be_focused(timeout=WAIT)
    page.keyboard.type(NOTE)
    press(page, "Control+Enter")

    expect(panel.locator(".ew-sent-back")).to_contain_text(NOTE, timeout=WAIT)
    panel.locator(".ew-sent-back").scroll_into_view_if_needed()
    panel.focus()
    press(page, "Control+Enter")
    expect(panel.get_by_text("Done. Thank you.")).to_be_visible(timeout=WAIT)

    assert cells == cells_of(page)
    with ew.open_store(workspace / "settle.db") as store:
        book = store.adjudication[PLACE[0]]
        assert ["accepted", "chosen", "lee"] == [*(one.how for one in book.settled.values()), book.log[0].by]
        assert ["settled", "settled", "sent_back"] == [one.kind for one in book.log]
        (note,) = book.returned_to("hugo", PLACE[1], "image-edit")
        (again,) = store.reviews(*PLACE, "hugo", task=note.task)
        assert (NOTE, "returned", 2) == (note.note, again.reason, again.revision)


def settle(page: Page, board: Locator, answer: str, cause: str, reason: str) -> None:
    """Decide by the key of an answer, that of a cause, and a reason, and write it down."""
    press(page, answer)
    expect(board.locator(".ew-asks")).to_be_visible(timeout=WAIT)
    press(page, cause)
    expect(board.get_by_label("Reason")).to_be_focused(timeout=WAIT)
    page.keyboard.type(reason)
    page.keyboard.press("Control+Enter")


def press(page: Page, *keys: str) -> None:
    """Press keys, each once the kernel has answered the one before."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_selector(".ew-board:not([data-waiting]), .ew-board[data-waiting='0']")
