"""Two leads at their benches: one proposes, the other makes it gold; a contest is answered by keys."""

from __future__ import annotations

from pathlib import Path

from lab import Lab, make_notebook
from playwright.sync_api import Locator, Page, expect

import evalwidgets as ew

WAIT = 20_000
SETUP = """
import datetime as dt
import evalwidgets as ew
from evalwidgets.core.gold_events import Contested
rubric = ew.read_rubric("rubrics/image-edit.yaml")
tasks, gold = ew.read_tasks("data/demo/tasks.jsonl"), ew.read_gold("data/demo/gold.jsonl")
store = ew.open_store("gold.db")
store.gold.log("team", Contested(
    task="edit-001", rubric="image-edit", criterion="preservation", by="ana", at=dt.datetime.now(dt.UTC),
    reason="The reflection is gone <b>too</b>"))
lee, mia = (
    ew.GoldBench(tasks, gold, rubric, store, campaign="team", lead=name) for name in ("lee", "mia"))
lee
"""


def test_two_leads_make_gold_and_answer_a_contest(lab: Lab, page: Page, workspace: Path) -> None:
    """Kept by key; changed and proposed by one, who cannot second it; seconded by the other."""
    make_notebook(workspace / "gold.ipynb", SETUP, "mia")
    lab.open(page, "gold.ipynb")
    lab.run_all(page)
    lee, mia = page.locator(".ew-board").nth(0), page.locator(".ew-board").nth(1)
    expect(lee.get_by_text("The reflection is gone <b>too</b>").last).to_be_visible(timeout=60_000)

    lee.get_by_label("Reason").fill("Rule 3: a reflection belongs to what was removed")
    _key(lee, "k")
    expect(lee.get_by_text("Nothing waits")).to_be_visible(timeout=WAIT)
    expect(lee.get_by_label("Reason")).to_have_value("")

    _open(lee, "edit-003")
    lee.locator('[data-id="accept-preservation-3"]').click()
    expect(lee.get_by_text("Preservation: 2 → 2 or 3")).to_be_visible(timeout=WAIT)
    lee.get_by_label("Reason").fill("She is still recognisable")
    _key(lee, "g")
    expect(lee.get_by_role("button", name="Second it")).to_be_disabled(timeout=WAIT)
    expect(lee.get_by_text("ask a colleague")).to_be_visible()

    _open(mia, "edit-003")
    expect(mia.get_by_text("She is still recognisable").first).to_be_visible(timeout=WAIT)
    _key(mia, "y")
    expect(mia.locator(".ew-log li").first).to_contain_text("seconded by mia", timeout=WAIT)

    with ew.open_store(workspace / "gold.db") as store:
        book = store.gold["team"]
        assert ["contested", "answered", "proposed", "seconded"] == [one.kind for one in book.log]
        assert (2, 3) == book.applied({}, "image-edit")["edit-003"].answers["preservation"].accepted


def _open(bench: Locator, task: str) -> None:
    """Lay a task on the bench by typing its name."""
    bench.get_by_label("Open any task").fill(task)
    expect(bench.locator(".ew-gold-desk b").first).to_have_text(task, timeout=WAIT)


def _key(bench: Locator, key: str) -> None:
    """Press a key of the bench."""
    bench.focus()
    bench.page.keyboard.press(key)
