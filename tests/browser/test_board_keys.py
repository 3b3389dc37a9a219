"""The lead holds a meeting by keyboard: every key does what it says, once, and none reaches the notebook."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lab import Lab, cells_of, make_notebook
from playwright.sync_api import Page, expect

import evalwidgets as ew
from evalwidgets.core.round_state import RoundState

PLACE = ("demo-simulated", "demo-meeting")
CELL = """import evalwidgets as ew
tasks, gold = ew.read_tasks("../data/demo/tasks.jsonl"), ew.read_gold("../data/demo/gold.jsonl")
board = ew.CalibrationBoard(
    tasks, gold, ew.read_rubric("../rubrics/image-edit.yaml"), ew.open_store("../data/meeting.db"),
    campaign="demo-simulated", lead="lee", minutes_folder="../data/minutes",
)
board"""
STRAY = ("a", "b", "d", "d", "x", "y", "r", "Escape", "b", "Enter", "l", "o", "ArrowUp", "Shift+Enter")
REASON = "v g 1 2 n p k m dd: the shadow stays"
WAIT = 60_000  # a first kernel on a busy machine is slow
_BUSY = """seconds => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  kernel.requestExecute({ code: `import ctypes; ctypes.PyDLL(None).sleep(${seconds})` });
}"""
"""Sleeps with the interpreter's lock held: widgets are heard in a thread beside that of the cells."""


@dataclass
class Board:
    """The board in the page, and the log of its round in the store."""

    page: Page
    store: ew.ReviewStore

    def step(self, name: str) -> None:
        """Wait until a step is shown and the kernel has answered all."""
        self.page.wait_for_selector(
            f".ew-board.ew-step-{name}:not([data-waiting]), .ew-step-{name}[data-waiting='0']"
        )

    def button(self, name: str) -> None:
        """Press a button with the mouse."""
        self.page.locator(f'.ew-board button[data-id="{name}"]').click(timeout=WAIT)

    def stray(self) -> None:
        """Press keys that mean something to JupyterLab's cells and nothing here."""
        for key in STRAY:
            self.page.keyboard.press(key)

    def answered(self) -> None:
        """Wait until the kernel has answered everything."""
        self.page.wait_for_selector(".ew-board[data-waiting='0']", timeout=WAIT)

    @property
    def state(self) -> RoundState:
        """Where the round stands in the store."""
        return self.store.rounds[PLACE]


@pytest.fixture
def board(lab: Lab, page: Page, workspace: Path) -> Iterator[Board]:
    """Return the board on a copy of the demo's round, whose reviewers have finished."""
    copy = workspace / "data" / "meeting.db"
    shutil.copyfile(workspace / "data/demo/reviews.db", copy)
    make_notebook(workspace / "notebooks/board.ipynb", CELL, "1 + 1")
    lab.open(page, "notebooks/board.ipynb")
    lab.run_all(page)
    page.wait_for_selector(".ew-board .ew-head", timeout=60_000)
    with ew.open_store(copy) as store:
        yield Board(page, store)


def test_a_meeting_by_keyboard(board: Board) -> None:
    """Picks, keys and texts in every step: the log holds what was meant, the notebook is untouched."""
    page = board.page
    before = cells_of(page)
    board.button("round-demo-meeting")
    board.step("room")
    board.stray()
    _close(board)

    _pick_a_cell(board)
    board.stray()
    _vote_while_the_kernel_is_busy(board)
    page.keyboard.press("g")
    expect(page.locator(".ew-gold")).to_be_visible(timeout=WAIT)
    page.keyboard.press("3")
    expect(page.locator('[data-id="cause-rule_unclear"]')).to_have_attribute(
        "aria-pressed", "true", timeout=WAIT
    )
    _decide(board)
    _pick_a_reviewer(board)
    board.stray()
    page.keyboard.press("m")
    expect(page.locator(".ew-board.ew-filled")).to_be_visible()
    board.stray()
    page.keyboard.press("m")

    state = board.state
    assert before == cells_of(page)
    assert 1 == len(state.votes)
    assert [("gap", REASON)] == [(one.what, one.reason) for one in state.decisions]
    assert ["rule_unclear"] == [one.cause for one in state.causes.values()]
    assert (1, 1, ()) == (len(state.discussed), len(state.revealed), state.notes)


def _close(board: Board) -> None:
    board.button("Close the blind phase")
    board.page.keyboard.press("Tab")
    board.page.locator('[data-id="Close it now"]').press("Enter")
    board.page.wait_for_selector(".ew-agenda", timeout=WAIT)


def _pick_a_cell(board: Board) -> None:
    """Reach the heat-map by Tab, go to a cell by arrows, open it."""
    page = board.page
    marks = page.locator(".ew-chart [role=button]")
    expect(marks.first).to_be_visible(timeout=WAIT)
    page.locator('.ew-board button[data-id="chart-tasks"]').focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("() => Boolean(document.activeElement?.shadowRoot)"):
            break
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector(".ew-step-case .ew-stage[data-painted]", timeout=WAIT)


def _vote_while_the_kernel_is_busy(board: Board) -> None:
    """See the button pressed at once; pressing again in impatience changes nothing."""
    page = board.page
    board.answered()
    page.evaluate(_BUSY, 4)
    page.wait_for_timeout(600)  # by now it sleeps
    page.keyboard.press("v")
    expect(page.locator('.ew-pressed[data-id="vote"]')).to_be_visible()
    expect(page.locator(".ew-busy")).to_be_visible()
    page.keyboard.press("v")
    page.keyboard.press("v")
    expect(page.get_by_text("Close the re-vote")).to_be_visible(timeout=WAIT)
    board.answered()
    assert 1 == len(board.state.votes)
    page.keyboard.press("v")
    expect(page.get_by_text("Vote once more")).to_be_visible(timeout=WAIT)


def _decide(board: Board) -> None:
    """No letter of a reason is a key; Escape leaves the text; what the kernel says does not take it away."""
    page = board.page
    side = page.locator(".ew-board-side")
    page.locator('[data-id="settle-gap"]').press("Enter")
    reason = page.get_by_label("Reason", exact=True)
    reason.focus()
    page.keyboard.type(REASON)
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.classList.contains('ew-board')")
    board.stray()
    lower = side.evaluate("side => side.scrollTop")
    page.locator('[data-id="cause-slip"]').evaluate("chip => chip.blur()")
    page.keyboard.press("3")
    board.answered()
    expect(reason).to_have_value(REASON)
    assert lower == side.evaluate("side => side.scrollTop")
    reason.press("Control+Enter")
    expect(page.get_by_text(f"Gap in the rubric: {REASON}")).to_be_visible(timeout=WAIT)
    expect(reason).to_have_count(0)


def _pick_a_reviewer(board: Board) -> None:
    board.button("step-overview")
    board.button("chart-reviewers")
    mark = board.page.locator('.ew-chart [data-gid^="reviewer:"]').first
    expect(mark).to_be_visible(timeout=WAIT)
    mark.click()
    expect(board.page.get_by_text("furthest from gold")).to_be_visible(timeout=WAIT)
