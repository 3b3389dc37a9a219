"""A reviewer goes through a calibration round in 01_review by keyboard, while the lead works elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lab import Lab, await_panel, cells_of
from playwright.sync_api import Page, expect
from reviewer import Keyboard

import evalwidgets as ew
from evalwidgets.core.round import RE_VOTE, Round
from evalwidgets.core.round_events import Closed, Concluded, RoundEvent, VoteClosed, VoteOpened

PLACE = ("demo", "together")
NOTEBOOK = "notebooks/01_together.ipynb"


@pytest.fixture
def store(workspace: Path) -> Iterator[ew.ReviewStore]:
    """Return the workspace's store, on which the lead has opened a round of two tasks for kim and lou."""
    (workspace / "data/work").mkdir(parents=True, exist_ok=True)
    plain = (workspace / "notebooks/01_review.ipynb").read_text(encoding="utf-8")
    (workspace / NOTEBOOK).write_text(plain.replace("first-look", PLACE[1]), encoding="utf-8")
    rubric = ew.read_rubric(workspace / "rubrics/image-edit.yaml")
    tasks = ew.read_tasks(workspace / "data/demo/tasks.jsonl").where(kind="edit", edit_type="remove")
    with ew.open_store(workspace / "data/work/reviews.db") as opened:
        opened.remember_rubric(rubric)
        opened.rounds.open(
            Round(
                campaign=PLACE[0],
                name=PLACE[1],
                rubric=rubric.id,
                rubric_version=rubric.version,
                rubric_hash=rubric.hash,
                tasks=tuple(task.id for task in tasks[:2]),
                reviewers=("kim", "lou"),
                lead="lee",
                opened_at=datetime.now(UTC),
            )
        )
        yield opened


def log(store: ew.ReviewStore, kind: type[Any], **facts: Any) -> None:
    """Let the lead add an event to the round's log."""
    event: RoundEvent = kind(by="lee", at=datetime.now(UTC), **facts)
    store.rounds.log(*PLACE, event)


def test_a_round_by_keyboard(lab: Lab, page: Page, store: ew.ReviewStore) -> None:
    """Two tasks, the wait, a vote that changes, a restart, one that keeps, the end: stored as pressed."""
    lab.open(page, NOTEBOOK)
    before = cells_of(page)
    lab.run_all(page)
    await_panel(page)
    hands = Keyboard(page)
    for level in (4, 3):
        hands.answer_all({"preservation": level})
        hands.submit()
    hands.await_card("Done. Thank you.")
    for back in ("Enter", "Control+ArrowLeft"):  # looking again is not revising
        hands.press(back)
        expect(page.locator(".ew-card")).to_be_hidden()
        hands.await_row("feasibility")
        hands.press("Control+Enter")
        hands.await_card("Done. Thank you.")

    first, second = store.rounds[PLACE].round.tasks
    levels = {review.task: review.values["preservation"] for review in store.reviews(*PLACE, "kim")}
    log(store, Closed)
    hands.await_card("The blind phase is over")
    log(store, VoteOpened, task=first, criterion="preservation")
    hands.await_vote("Preservation")
    assert hands.rows == ["preservation"]
    expect(page.locator(".ew-anchor .ew-before")).to_have_text("your answer before")
    expect(page.locator(".ew-anchor.ew-on b")).to_contain_text(_name(store, levels[first]))
    hands.vote("5")
    log(store, VoteClosed)
    hands.await_card("The re-vote is over")
    log(store, VoteOpened, task=second, criterion="preservation")
    hands.await_vote("Preservation")
    lab.restart_kernel(page)
    lab.run_all(page)
    page.wait_for_selector(".ew-voting", state="detached", timeout=20_000)
    hands.await_vote("Preservation")
    await_panel(page)
    hands.vote()
    log(store, VoteClosed)
    log(store, Concluded)
    hands.await_card("The round is over. Thank you.")

    kept = {review.task: review for review in store.reviews(*PLACE, "kim")}
    assert {first: 5, second: levels[second]} == {
        task: review.values["preservation"] for task, review in kept.items()
    }
    assert [(2, RE_VOTE), (2, RE_VOTE)] == [(review.revision, review.reason) for review in kept.values()]
    assert store.verify() == ()
    assert before == cells_of(page)


def _name(store: ew.ReviewStore, level: int) -> str:
    rubric = store.rubrics()[store.rounds[PLACE].round.rubric_hash]
    return next(one.name for one in rubric.criterion("preservation").levels if one.value == level)
