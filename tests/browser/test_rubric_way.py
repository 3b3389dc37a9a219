"""The way of a rubric that learns: a gap is found, decided, closed by a version, and it helped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gap_world import APRIL, CAMPAIGN, HARD, MARCH, WRONG_GOLD, submit_round, world_gold, world_tasks
from lab import Lab, make_notebook
from playwright.sync_api import Locator, Page, expect

import evalwidgets as ew
from evalwidgets import analysis
from evalwidgets.core.gap_book import Gap
from evalwidgets.store.reviews import ReviewStore

WAIT = 20_000
SETUP = """
import sys; sys.path.insert(0, {here!r})
import evalwidgets as ew
from pathlib import Path
from gap_world import CAMPAIGN, world_gold, world_tasks
rubric, tasks = ew.read_rubric({rubric!r}), world_tasks(Path("data/demo"))
store, gold = ew.open_store("way.db"), world_gold(tasks, rubric)
desk = ew.RubricDesk(
    rubric, store, campaign=CAMPAIGN, folder="published", lead="lee", gold=gold, tasks=tasks)
register = ew.GapRegister(
    tasks, rubric, store, campaign=CAMPAIGN, lead="lee", gold=gold, on_edit=desk.turn_to)
register
"""
DECISION = "A shadow goes with its owner and is no loss."


@pytest.fixture
def store(workspace: Path) -> ReviewStore:
    """Return a store in which six people have rated twenty edits under the first version."""
    rubric = ew.read_rubric(workspace / "rubrics" / "image-edit.yaml")
    store = ew.open_store(workspace / "way.db")
    submit_round(store, world_tasks(workspace / "data" / "demo"), rubric, "march", MARCH)
    return store


def test_a_gap_is_found_closed_and_seen_to_be_closed(
    lab: Lab, page: Page, workspace: Path, store: ReviewStore
) -> None:
    """The unclear clause comes first; deciding and publishing close it; the chart splits at the version."""
    old = ew.read_rubric(workspace / "rubrics" / "image-edit.yaml")
    assert {"rule_unclear", "hard_task", "gold_suspect"} == set(causes_of(store, workspace).values())
    register = opened(lab, page, workspace, "before", "rubrics/image-edit.yaml")
    first = register.locator(".ew-gaps li").first
    expect(first).to_contain_text("Preservation 4|5", timeout=60_000)
    expect(first).to_contain_text("suggested")

    first.locator("button").click()
    page.keyboard.press("g")
    expect(register.locator(".ew-gap-desk .ew-state")).to_have_text("open", timeout=WAIT)
    words = register.locator(".ew-gap-desk .ew-acts textarea")
    words.fill(DECISION)
    words.press("Escape")
    page.keyboard.press("d")
    expect(register.locator(".ew-gap-desk .ew-state")).to_have_text("decided", timeout=WAIT)
    page.keyboard.press("r")

    desk = page.locator(".ew-board").nth(1)
    boundary = desk.locator('[data-id="criteria.preservation.levels.5.boundary"]')
    expect(boundary).to_be_visible(timeout=WAIT)
    boundary.press("End")
    boundary.press_sequentially(f" {DECISION}", delay=2)
    expect(desk.locator(".ew-bump").first).to_have_text("minor", timeout=WAIT)
    boundary.press("Escape")
    page.keyboard.press("p")
    expect(desk.get_by_text("It closes the gap")).to_be_visible(timeout=WAIT)
    expect(desk.get_by_text("Reviewers are asked 3 tasks about it")).to_be_visible()
    page.keyboard.press("y")
    expect(desk.get_by_text("image-edit 1.1.0 is published")).to_be_visible(timeout=WAIT)

    gap = closed(store)
    new = ew.read_rubric(workspace / "published" / "image-edit-1.1.0.yaml")
    assert gap.closed is not None
    assert (new.hash, "1.1.0") == (gap.closed.rubric_hash, gap.closed.version)
    assert old.hash == store.versions[CAMPAIGN].log[0].before_hash

    submit_round(store, world_tasks(workspace / "data" / "demo"), new, "april", APRIL)
    register = opened(lab, page, workspace, "after", "published/image-edit-1.1.0.yaml")
    register.locator(f'[data-id="gap:{gap.name}"]').click(timeout=60_000)
    expect(register.get_by_text("Closed by version 1.1.0")).to_be_visible(timeout=WAIT)
    chart = page.locator(".ew-chart svg").first
    expect(chart).to_be_visible(timeout=WAIT)
    told = re.compile(r"1\.1\.0: 40% on 3 tasks before, 100% on 3 tasks after \(\+60 points")
    expect(chart).to_have_attribute("aria-label", told)


def opened(lab: Lab, page: Page, workspace: Path, name: str, rubric: str) -> Locator:
    """Open a notebook with the register and the desk, run it, and return the register."""
    setup = SETUP.format(here=str(Path(__file__).parent), rubric=rubric)
    make_notebook(workspace / f"{name}.ipynb", setup, "desk")
    lab.open(page, f"{name}.ipynb")
    lab.run_all(page)
    return page.locator(".ew-board").first


def causes_of(store: ReviewStore, workspace: Path) -> dict[str, str]:
    """Return the suggested cause of each task on which reviewers disagree, and check whose they are."""
    tasks = world_tasks(workspace / "data" / "demo")
    rubric = ew.read_rubric(workspace / "rubrics" / "image-edit.yaml")
    gold = ew.gold_table(world_gold(tasks, rubric), rubric)
    labels = analysis.task_labels(tasks)
    rows = analysis.suggest_causes(store.ratings(CAMPAIGN), rubric, gold, labels).rows
    found = dict(zip(rows["task"], rows["cause"], strict=True))
    assert ("hard_task", "gold_suspect") == (found[HARD], found[WRONG_GOLD])
    return found


def closed(store: ReviewStore) -> Gap:
    """Return the one gap of the campaign, which the version has closed."""
    (gap,) = store.gaps[CAMPAIGN].gaps.values()
    assert "closed" == gap.state
    return gap
