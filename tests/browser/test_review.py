"""A reviewer works in 01_review by keyboard; the kernel dies in between; nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lab import Lab, await_panel, cells_of
from playwright.sync_api import Page, expect
from reviewer import Keyboard

import evalwidgets as ew

NOTEBOOK = "notebooks/01_review.ipynb"


def test_ten_tasks_by_keyboard_survive_a_kernel_restart(lab: Lab, page: Page, workspace: Path) -> None:
    """Ten tasks reviewed by keys alone are stored as pressed, and the next run goes on at the eleventh."""
    lab.open(page, NOTEBOOK)
    before = cells_of(page)
    lab.run_all(page)
    await_panel(page)
    hands = Keyboard(page)

    _arrows_with_shift_are_the_stage_s(hands)
    _gate_that_hides_criteria(hands)
    _refused_submit_for_a_missing_note(hands, page)
    _flag_second_level_and_numpad(hands)
    _undo(hands)
    for level in (3, 4, 5, 3, 4):
        hands.answer_all({"instruction_adherence": level, "preservation": level})
        hands.submit()
    _reopen_and_supersede(hands)
    hands.answer_all({})
    hands.submit()
    hands.await_saved(10)

    assert before == cells_of(page)
    lab.restart_kernel(page)
    lab.run_all(page)
    page.wait_for_selector('[data-done="10"]', timeout=60_000)
    await_panel(page)
    expect(page.locator(".ew-bar-count").last).to_contain_text("10 of")
    assert before == cells_of(page)
    with ew.open_store(workspace / "data/work/reviews.db") as store:
        stored = store.reviews(campaign="demo", round="first-look", reviewer="kim")
        everything = store.reviews(campaign="demo", round="first-look", reviewer="kim", current=False)
        assert store.verify() == ()
    stored.sort(key=lambda review: review.position)
    assert hands.said == [_as_pressed(review) for review in stored]
    assert [len(everything), len(stored)] == [11, 10]


def test_keys_typed_ahead_of_the_kernel_are_kept(lab: Lab, page: Page, workspace: Path) -> None:
    """A whole review typed without a pause, gates included, is stored as it was typed."""
    lab.open(page, NOTEBOOK)
    lab.run_all(page)
    await_panel(page)
    hands = Keyboard(page)
    hands.await_row("feasibility")
    key = hands.key

    hands.press(*"111444444", "Control+Enter")
    page.wait_for_function("key => document.querySelector('.ew-form').dataset.key !== key", arg=key)
    page.wait_for_selector(".ew-saved")

    with ew.open_store(workspace / "data/work/reviews.db") as store:
        values = store.review(key).values
    gates = {"feasibility": "feasible", "safety": "ok", "visible_change": "yes"}
    assert gates == {name: values.pop(name) for name in gates}
    assert {4} == set(values.values())
    assert 5 <= len(values)


def test_a_reloaded_page_shows_what_was_said(lab: Lab, page: Page) -> None:
    """The kernel lives on: after a reload the sheet is as it was, answers of a minute ago included."""
    lab.open(page, NOTEBOOK)
    lab.run_all(page)
    await_panel(page)
    hands = Keyboard(page)
    hands.answer("feasibility", "1", "feasible")
    hands.answer("safety", "1", "ok")
    hands.answer("visible_change", "1", "yes")
    hands.answer("instruction_adherence", "3", 3)
    hands.await_row("preservation")
    lab.command(page, "docmanager:save")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")

    page.reload()
    await_panel(page)

    answered = page.locator(".ew-row.ew-answered").all()
    rows = [row.get_attribute("data-row") for row in answered]
    assert ["feasibility", "safety", "visible_change", "instruction_adherence"] == rows


def test_no_key_reaches_the_notebook(lab: Lab, page: Page) -> None:
    """Keys that command JupyterLab's cells change nothing while the panel has the keyboard."""
    lab.open(page, NOTEBOOK)
    lab.run_all(page)
    await_panel(page)
    before = cells_of(page)

    for key in (
        "a",
        "b",
        "d",
        "d",
        "x",
        "y",
        "r",
        "Escape",
        "d",
        "d",
        "ArrowUp",
        "b",
        "Enter",
        "l",
        "o",
        "Shift+m",
    ):
        page.keyboard.press(key)
    page.locator(".ew-stage-canvas").click()
    for key in ("b", "d", "d", "x", "Escape", "x", "Shift+Enter", "Control+Enter", "Alt+Enter"):
        page.keyboard.press(key)
    page.locator(".ew-submit").last.click()
    for key in ("b", "d", "d", "x", "Escape", "a"):
        page.keyboard.press(key)

    assert before == cells_of(page)
    expect(page.locator(".ew-panel")).to_be_visible()


def _arrows_with_shift_are_the_stage_s(hands: Keyboard) -> None:
    hands.await_row("feasibility")
    hands.press("Shift+ArrowDown", "Shift+ArrowRight")
    assert hands.row == "feasibility"


def _gate_that_hides_criteria(hands: Keyboard) -> None:
    hands.await_row("feasibility")
    hands.press("3")  # infeasible: asks for its reason
    hands.page.wait_for_selector(".ew-reasons:not([hidden])")
    hands.press("1")
    hands.now |= {"feasibility": "infeasible", "feasibility.reason": "target_absent"}
    hands.answer("safety", "1", "ok")
    hands.await_row("response_quality")
    assert "preservation" not in hands.rows
    hands.answer("response_quality", "1", "unchanged")
    hands.await_row("#confidence")
    hands.submit()


def _refused_submit_for_a_missing_note(hands: Keyboard, page: Page) -> None:
    hands.answer_all({"preservation": 2})
    page.wait_for_selector('.ew-lacks-note[data-row="preservation"]')
    key = hands.key
    hands.press("Control+Enter")
    page.wait_for_selector(".ew-trouble")
    page.wait_for_function("() => document.activeElement?.tagName === 'TEXTAREA'")
    assert key == hands.key
    text = "the wall on the left has turned darker and lost its texture"
    page.keyboard.type(text)
    hands.press("Escape")
    hands.now["preservation.note"] = text
    page.wait_for_selector(".ew-submit.ew-ready")
    hands.submit()


def _flag_second_level_and_numpad(hands: Keyboard) -> None:
    hands.answer("feasibility", "Numpad1", "feasible")
    hands.answer("safety", "Numpad1", "ok")
    hands.answer("visible_change", "Numpad1", "yes")
    hands.await_row("instruction_adherence")
    hands.press("Shift+Digit3")
    hands.now["instruction_adherence.second"] = 3
    while hands.row != "#confidence":
        row = hands.row
        hands.answer(row, "Numpad4", 4)
        hands.page.wait_for_function(
            "row => document.querySelector('.ew-row.ew-focused')?.dataset.row !== row", arg=row
        )
    hands.press("f", "1")
    hands.page.wait_for_selector(".ew-raised")
    hands.now |= {"flags": ["edge_case"]}
    hands.submit()


def _undo(hands: Keyboard) -> None:
    hands.answer_all({"visual_quality": 5})
    hands.press("Control+z")  # takes the confidence back
    hands.page.wait_for_function(
        "() => !document.querySelector('[data-row=\"#confidence\"].ew-answered')", timeout=5_000
    )
    del hands.now["#confidence"]
    hands.submit()


def _reopen_and_supersede(hands: Keyboard) -> None:
    hands.await_row("feasibility")
    hands.await_saved(9)
    hands.press("Control+ArrowLeft")
    hands.page.wait_for_selector('.ew-row.ew-answered[data-row="preservation"]')
    while hands.row != "preservation":
        hands.press("ArrowDown")
    hands.press("5")
    hands.page.wait_for_selector(".ew-submit.ew-ready")
    key = hands.key
    hands.press("Control+Enter")
    hands.page.wait_for_function("key => document.querySelector('.ew-form').dataset.key !== key", arg=key)
    hands.said[-1]["preservation"] = 5


def _as_pressed(review: ew.Review) -> dict[str, Any]:
    """Return a stored review in the words in which the keyboard noted what it pressed."""
    said: dict[str, Any] = dict(review.values)
    for name, answer in review.answers.items():
        parts = {"note": answer.note, "reason": answer.reason, "second": answer.second}
        said |= {f"{name}.{part}": value for part, value in parts.items() if value}
    if review.flags:
        said["flags"] = sorted(review.flags)
    if review.confidence:
        said["#confidence"] = review.confidence
    return said
