"""Take the pictures of the explorer, the boards of leads, intake, the quiz; a part of `screenshots.py`."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from lab import Lab, make_notebook
from playwright.sync_api import Locator, Page

import evalwidgets as ew

WAIT = 60_000
STORE = "data/work/edge.db"
SETUP = f"""
import evalwidgets as ew
tasks, gold = ew.read_tasks("data/demo/tasks.jsonl").where(kind="edit"), ew.read_gold("data/demo/gold.jsonl")
old = ew.read_rubric("rubrics/image-edit.yaml")
rubric = ew.read_rubric("data/demo/rubrics/image-edit-1.1.0.yaml")
store = ew.open_store({STORE!r})
calibration = {{"campaign": "demo-simulated", "round": "demo-calibration"}}
"""
BOARDS = {
    "explorer": "ew.Explorer(tasks, old, store, **calibration, gold=gold, researcher='rae')",
    "adjudication": "ew.AdjudicationPanel(tasks, old, store, **calibration, lead='lee', gold=gold)",
    "marks": """
defects = ew.read_rubric("rubrics/defect-localisation.yaml")
ew.AdjudicationPanel(tasks, defects, store, campaign="demo-simulated", round="demo-regions", lead="lee")
""",
    "register": "ew.GapRegister(tasks, rubric, store, campaign='demo-rubric', lead='lee', gold=gold)",
    "desk": """
place = {"campaign": "demo-rubric", "folder": "data/work/rubrics"}
ew.RubricDesk(rubric, store, **place, lead="lee", gold=gold, tasks=tasks)
""",
    "intake": "ew.IntakeDesk('data/work/delivery/edits.csv', into='data/work/intake')",
    "quiz": "ew.open_panel(tasks, rubric, store, 'kim', 'spring', campaign='demo-rubric')",
}


def edge_work(workspace: Path) -> None:
    """Copy the demo's store, add a reviewer who knows only the old rubric, and let a delivery arrive."""
    (workspace / "data" / "work").mkdir(parents=True, exist_ok=True)
    with ew.open_store(workspace / "data" / "demo" / "reviews.db") as demo:
        demo.backup(workspace / STORE)
    with ew.open_store(workspace / STORE) as store:
        known = store.reviews("demo-rubric", "before")[0]
        store.submit(known.model_copy(update={"id": str(uuid4()), "reviewer": "kim"}))
    _deliver(workspace / "data" / "demo", workspace / "data" / "work" / "delivery")
    for name, board in BOARDS.items():
        make_notebook(workspace / f"{name}.ipynb", SETUP + board)


def _deliver(demo: Path, into: Path) -> None:
    """Write a table of edits with its pictures, of which one is lost."""
    into.mkdir()
    edits = list(ew.read_tasks(demo / "tasks.jsonl").where(kind="edit"))[:24]
    with (into / "edits.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["before", "after", "prompt", "generator", "scene"])
        for task in edits:
            for role in ("original", "edited"):
                shutil.copy(demo / task.images[role], into)
            names = [Path(task.images[role]).name for role in ("original", "edited")]
            table.writerow([*names, task.instruction, task.tags["model"], task.tags.get("scene", "")])
    (into / Path(edits[5].images["edited"]).name).unlink()


def edge_cases(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take what researchers and leads see of edge cases, from the contact sheet to the quiz."""
    _explore(_opened(lab, page, "explorer"), page, take)
    _adjudicate(_opened(lab, page, "adjudication"), page, take)
    _adjudicate_marks(_opened(lab, page, "marks"), take)
    _register(_opened(lab, page, "register"), take)
    _change(_opened(lab, page, "desk"), page, take)
    _take_in(_opened(lab, page, "intake"), page, take)
    _opened(lab, page, "quiz").get_by_text("The rubric has changed").first.wait_for(timeout=WAIT)
    take("what-changed")


def _opened(lab: Lab, page: Page, name: str) -> Locator:
    """Run a notebook, and let its board fill the window where it can."""
    lab.open(page, f"{name}.ipynb")
    lab.run_all(page)
    board = page.locator(".ew-panel").first
    board.wait_for(timeout=WAIT)
    fill = board.get_by_role("button", name="Fill window")
    if name not in ("intake", "quiz"):
        fill.first.wait_for(timeout=WAIT)
        board.focus()
        page.keyboard.press("m")
    return board


def _explore(explorer: Locator, page: Page, take: Callable[[str], None]) -> None:
    explorer.locator(".ew-print img").first.wait_for(timeout=WAIT)
    _press(page, "/")
    page.keyboard.type("spread > 0.3")
    _press(page, "Enter", "ArrowRight", "Space", "ArrowRight", "ArrowRight", "Space")
    page.wait_for_timeout(1500)
    take("explorer")
    _press(page, "Enter")
    explorer.locator(".ew-answer-table").wait_for(timeout=WAIT)
    _painted(explorer)
    take("explorer-task")


def _adjudicate(board: Locator, page: Page, take: Callable[[str], None]) -> None:
    _painted(board)
    while (
        not board.locator(".ew-section", has_text="Why, extremes first").locator(".ew-said").count()
    ):  # until somebody said why
        _press(page, "n")
    _painted(board)
    take("adjudication")


def _adjudicate_marks(board: Locator, take: Callable[[str], None]) -> None:
    _painted(board)
    take("adjudication-marks")


def _register(board: Locator, take: Callable[[str], None]) -> None:
    _painted(board)
    take("gap-register-open")
    board.locator(".ew-gap-closed").first.click()
    board.locator(".ew-chart img, .ew-chart svg").first.wait_for(timeout=WAIT)
    _painted(board)
    take("gap-register")


def _change(board: Locator, page: Page, take: Callable[[str], None]) -> None:
    board.locator('[data-id="part-preservation"]').click()
    board.get_by_label("Tolerance").fill("0")
    words = board.locator('[data-id="criteria.preservation.levels.5.descriptor"]')
    words.press("End")
    words.type(" A shadow that follows from it is none.")
    board.locator(".ew-outcome ins", has_text="follows from it").wait_for(timeout=WAIT)
    page.wait_for_timeout(1500)
    take("rubric-desk")


def _take_in(desk: Locator, page: Page, take: Callable[[str], None]) -> None:
    desk.locator(".ew-intake-first img").first.wait_for(timeout=WAIT)
    page.wait_for_timeout(1000)
    take("intake")
    desk.get_by_role("button", name="Take in").click()
    desk.get_by_text("tasks taken in").wait_for(timeout=WAIT)
    take("intake-report")


def _painted(board: Locator) -> None:
    board.locator(".ew-stage[data-painted]").first.wait_for(timeout=WAIT)
    board.page.wait_for_timeout(800)


def _press(page: Page, *keys: str) -> None:
    """Press keys, each once the kernel has answered the one before."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(400)
