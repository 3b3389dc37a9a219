"""A person with a keyboard at the review panel, who remembers what was pressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

_FOCUSED = ".ew-row.ew-focused"
_MOVED_ON = """key => document.querySelector('.ew-form').dataset.key !== key
  || document.querySelector('.ew-card:not([hidden]) h2')?.textContent.startsWith('Done')"""


@dataclass
class Keyboard:
    """Presses keys on the panel and notes, for each submitted task, what each key must have stored."""

    page: Page
    said: list[dict[str, Any]] = field(default_factory=list)
    now: dict[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> str:
        """The id of the row that has the focus."""
        return self.page.locator(_FOCUSED).get_attribute("data-row") or ""

    @property
    def key(self) -> str:
        """The key of the sheet that is shown."""
        return self.page.locator(".ew-form").get_attribute("data-key") or ""

    @property
    def rows(self) -> list[str]:
        """The ids of all rows that are shown."""
        return [row.get_attribute("data-row") or "" for row in self.page.locator(".ew-row").all()]

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def await_row(self, row: str) -> None:
        """Wait until a row has the focus."""
        self.page.wait_for_selector(f'{_FOCUSED}[data-row="{row}"]', timeout=10_000)

    def focus(self, row: str) -> None:
        """Move up to a row with the arrow key."""
        while self.row != row:
            self.press("ArrowUp")

    def answer(self, row: str, key: str, value: Any) -> None:
        """Answer the focused row by a digit and note the value that it stands for."""
        self.await_row(row)
        self.press(key)
        self.now[row] = value

    def answer_all(self, levels: dict[str, int], gates: tuple[str, ...] = ("feasibility", "safety")) -> None:
        """Answer a feasible, safe edit: gates, the change, then every criterion that is asked."""
        values = {"feasibility": "feasible", "safety": "ok"}
        for gate in gates:
            self.answer(gate, "1", values[gate])
        self.answer("visible_change", "1", "yes")
        self.await_row("instruction_adherence")
        while self.row != "#confidence":
            row = self.row
            self.answer(row, str(levels.get(row, 4)), levels.get(row, 4))
            self.page.wait_for_function(
                "row => document.querySelector('.ew-row.ew-focused')?.dataset.row !== row", arg=row
            )
        self.press("2")
        self.now["#confidence"] = 2

    def note(self, row: str, text: str) -> None:
        """Write the note of the focused row and leave the text."""
        self.press("j")
        self.page.wait_for_function("() => document.activeElement?.tagName === 'TEXTAREA'")
        self.page.keyboard.type(text)
        self.press("Escape")
        self.now[f"{row}.note"] = text

    def submit(self) -> None:
        """Submit, wait for the next task, and file what was said under the one that is done."""
        before = self.key
        self.press("Control+Enter")
        self.page.wait_for_function(_MOVED_ON, arg=before, timeout=10_000)
        self.said.append(self.now)
        self.now = {}

    def await_card(self, title: str) -> None:
        """Wait until a card with this title lies over the panel, as after news from the lead."""
        card = self.page.locator(".ew-card:not([hidden]) h2", has_text=title)
        card.wait_for(timeout=20_000)

    def await_vote(self, label: str) -> None:
        """Wait until the panel asks for a re-vote on a criterion, by its label."""
        self.page.locator(".ew-voting .ew-bar-count", has_text=f"Re-vote in silence: {label}").wait_for(
            timeout=20_000
        )
        self.page.wait_for_selector(".ew-row.ew-focused")

    def vote(self, key: str = "") -> None:
        """Vote by a digit, or without one keep the answer, and wait until the vote is in."""
        if key:
            self.press(key)
        self.press("Control+Enter")
        self.await_card("Your vote is in")

    def await_saved(self, count: int) -> None:
        """Wait until the bar says that so many tasks are done and on disk."""
        self.page.wait_for_selector(f'[data-done="{count}"] .ew-saved', timeout=20_000)
