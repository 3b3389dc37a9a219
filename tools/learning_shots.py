"""Take the pictures of practice, the exam and the gold bench; part of `tools/screenshots.py`."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lab import Lab
from playwright.sync_api import Page
from reviewer import Keyboard

import evalwidgets as ew
from evalwidgets.core.criterion import Ordinal
from evalwidgets.core.gold import GoldAnswer
from evalwidgets.core.gold_events import Contested

LEARNER, CAMPAIGN = "ana", "demo"
_DAYS, _A_DAY = 5, 14
_SLIPS = {"preservation": (0, 0, 2), "style_alignment": (0, 0, 0, 1)}
_NOTE = "the shadow at the left edge is still there, below the bench"


def practise_for_days(workspace: Path) -> None:
    """Let a learner practise who is good, but lenient about preservation, and take an exam today."""
    folder = workspace / "data" / "demo"
    chance = random.Random(4)
    clock = [datetime.now(UTC) - timedelta(days=_DAYS)]
    (workspace / "data" / "work").mkdir(parents=True, exist_ok=True)
    gold = ew.with_regions(ew.read_gold(folder / "gold.jsonl"), ew.read_gold(folder / "region_gold.jsonl"))
    with ew.open_store(workspace / "data" / "work" / "reviews.db") as store:
        panel = ew.PracticePanel(
            ew.read_tasks(folder / "tasks.jsonl"),
            gold,
            ew.read_rubric(workspace / "rubrics" / "image-edit.yaml"),
            store,
            LEARNER,
            anchors=ew.read_anchors(folder / "anchors.jsonl"),
            campaign=CAMPAIGN,
            now=lambda: clock[0],
        )
        _lesson(panel, "warm_up", 3, gold, chance, clock)
        for _ in range(_DAYS):
            _lesson(panel, "practice", _A_DAY, gold, chance, clock)
            clock[0] += timedelta(days=1) - timedelta(minutes=_A_DAY)
        _lesson(panel, "exam", 20, gold, chance, clock)
        contest = Contested(
            task="edit-003", rubric="image-edit", criterion="preservation", by="ben", at=clock[0],
            reason="Her hair lies in the shade now; that is no change of its colour.",
        )  # fmt: skip
        panel.close()
    with ew.open_store(folder / "reviews.db") as store:
        store.gold.log("demo-simulated", contest)


def _lesson(
    panel: ew.PracticePanel, what: str, count: int, gold: Any, chance: random.Random, clock: list[datetime]
) -> None:
    panel.enter(what)
    for _ in range(count):
        if panel.task is None:
            break
        _answer(panel, gold[panel.task.id].answers, chance)
        clock[0] += timedelta(minutes=1)
        panel.submit()
        panel.go_on()
    panel._work.receive({"type": "hand_in"})  # as the card of a finished exam does; nothing else heeds it
    panel.go_home()


def _answer(panel: ew.PracticePanel, gold: dict[str, GoldAnswer], chance: random.Random) -> None:
    done: set[str] = set()
    while left := [one for one in panel.session.to_answer() if one.required and one.id not in done]:
        criterion = left[0]
        done.add(criterion.id)
        accepted = gold[criterion.id].accepted if criterion.id in gold else ()
        if not isinstance(criterion, Ordinal):
            panel.rate(criterion.id, accepted[0] if accepted else criterion.options[0].value)  # type: ignore[attr-defined]
            panel.act("write_note", criterion.id, _NOTE)
            if accepted and accepted[0] == "infeasible":
                panel.act("give_reason", criterion.id, "target_absent")
            continue
        levels = [level.value for level in criterion.levels]
        slip = chance.choice(_SLIPS.get(criterion.id, (0,)))
        level = accepted[0] if accepted else 3
        panel.rate(criterion.id, level if level == min(levels) else min(max(levels), level + slip))
        panel.act("write_note", criterion.id, _NOTE)
    panel.act("set_confidence", 3)


def learning(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take the path with its map, the wall, a task from what was asked to the feedback, and a result."""
    lab.open(page, "notebooks/02_practice.ipynb")
    lab.run_all(page)
    page.wait_for_selector(".ew-home, .ew-feedback, .ew-stage[data-painted]", timeout=60_000)
    page.locator(".ew-panel").focus()
    if not page.locator(".ew-home").is_visible():  # the picture before left a task open
        page.keyboard.press("Shift+H")
        page.wait_for_selector(".ew-home")
    page.keyboard.press("m")
    take("learning-path")
    _door(page, "wall")
    page.wait_for_selector(".ew-wall[data-criterion]")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector('.ew-wall[data-criterion="preservation"]')
    take("exemplar-wall")
    page.keyboard.press("b")
    take("boundary-card")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    _door(page, "practice")
    for number in range(3):
        page.wait_for_selector('.ew-stage[data-intro="asked"]')
        if not number:
            take("practice-asked")
        page.keyboard.press("Space")
        page.wait_for_selector('.ew-stage[data-intro="original"]')
        page.keyboard.press("Space")
        page.wait_for_selector(".ew-form:not(.ew-unseen)")
        Keyboard(page).answer_all({"character_consistency": 5, "preservation": 5, "visual_quality": 3})
        if not number:
            take("practice")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".ew-feedback")
        if number == 2 or page.locator('.ew-fb-row[data-mark="lenient"]').count():
            break
        page.keyboard.press("n")
    take("feedback")
    page.keyboard.press("Escape")
    page.wait_for_selector(".ew-home")
    page.locator('.ew-home [data-what^="result:"]').first.click()
    page.wait_for_selector(".ew-result")
    take("exam-result")


def _door(page: Page, what: str) -> None:
    page.wait_for_selector(".ew-home")
    page.locator(f'.ew-home [data-what="{what}"]').click()


def gold_bench(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take the bench with a contest on it, filling the window."""
    lab.open(page, "notebooks/06_gold.ipynb")
    lab.run_all(page)
    bench = page.locator(".ew-board")
    bench.wait_for(timeout=60_000)
    bench.scroll_into_view_if_needed()
    page.wait_for_selector(".ew-board .ew-stage[data-painted]", timeout=60_000)
    bench.focus()
    page.keyboard.press("m")
    take("gold-bench")
