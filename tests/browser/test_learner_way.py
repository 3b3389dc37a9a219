"""A learner's whole way, as it is served: tour, warm-up, practice, exam, result, next day's refresher."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lab import Lab
from learner import Learner
from message_reader import MessageReader, gold_needles, spellings
from playwright.sync_api import Page, expect
from served import Served

import evalwidgets as ew
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.trial import trials_of

from ..samples import ROOT

NOTEBOOK = "notebooks/02_practice.ipynb"
WAY = "notebooks/way.ipynb"
CLOCK = """
from datetime import UTC, datetime, timedelta
from pathlib import Path

def now():
    return datetime.now(UTC) + timedelta(hours=float(Path("clock").read_text()))
"""
CODE = ("import evalwidgets", "read_gold", "PracticePanel(", "store_url")
STATE = "application/vnd.jupyter.widget-state+json"
PRACTICE, EXAM = 10, 20


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Return the rubric of the notebook."""
    return ew.read_rubric(ROOT / "rubrics/image-edit.yaml")


@pytest.fixture(scope="module")
def gold(workspace: Path, rubric: Rubric) -> dict[str, Gold]:
    """Return the demo's gold of edits, with the places that experts marked."""
    own, places = (
        ew.read_gold(workspace / "data/demo" / name) for name in ("gold.jsonl", "region_gold.jsonl")
    )
    merged = ew.with_regions(own, places)
    return {task: one for task, one in merged.items() if one.rubric == rubric.id}


@pytest.fixture(scope="module")
def clock(workspace: Path) -> Path:
    """Return the file by which the served notebook's clock is moved, in hours."""
    file = workspace / "notebooks/clock"
    file.write_text("0", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def served(workspace: Path, clock: Path) -> Iterator[Served]:
    """Return the learners' notebook, served; only its clock can be moved."""
    notebook = json.loads((workspace / NOTEBOOK).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        cell["source"] = source.replace("campaign=campaign,\n)", "campaign=campaign,\n    now=now,\n)")
        if source == "import evalwidgets as ew":
            cell["source"] += CLOCK
    assert "now=now" in json.dumps(notebook)
    (workspace / WAY).write_text(json.dumps(notebook), encoding="utf-8")
    server = Served(workspace, WAY)
    yield server
    server.close()


@pytest.fixture
def learner(served: Served, page: Page, workspace: Path, rubric: Rubric, gold: dict[str, Gold]) -> Learner:
    """Return a learner at the page, whose name the panel has asked for."""
    learner = Learner(page, workspace / "data/work/reviews.db", rubric, gold, MessageReader(page), "mia")
    sit_down(served, learner)
    return learner


def sit_down(served: Served, learner: Learner) -> None:
    """Open the page and say who one is."""
    served.open(learner.page)
    learner.page.wait_for_selector(".ew-card:not([hidden]) input:focus")
    learner.page.keyboard.type(learner.name)
    learner.page.keyboard.press("Enter")
    learner.page.wait_for_selector(".ew-home")


def test_a_learner_s_whole_way(
    served: Served, learner: Learner, clock: Path, gold: dict[str, Gold], rubric: Rubric
) -> None:
    """From the first door to the next day, by keyboard; gold comes with the feedback and never before."""
    page = learner.page
    _tour(learner)
    _warm_up(learner)
    done = _practise(learner)
    assert _returns(done, rubric, gold)

    _examine(learner)
    assert [code for code in CODE if code in page.content()] == []
    assert learner.reader.find(CODE) == {}
    _refresh_next_day(served, learner, clock)

    with ew.open_store(learner.store) as store:
        assert store.ratings("demo", reviewer=learner.name).empty  # practice is nobody's work
        assert len(store.ratings("demo", reviewer=learner.name, lessons=True)) > 0
        assert store.verify() == ()


def _tour(learner: Learner) -> None:
    """Follow the tour a few steps by doing what it says, then end it; nothing is kept."""
    page = learner.page
    assert learner.door == "tour"
    page.keyboard.press("Enter")
    strip = page.locator(".ew-tour")
    expect(strip).to_contain_text("1 of 9")
    learner.look()
    expect(strip).to_contain_text("2 of 9")
    page.keyboard.down("Space")
    page.keyboard.up("Space")
    expect(strip).to_contain_text("3 of 9")
    page.keyboard.press("x")
    page.keyboard.press("x")
    expect(strip).to_contain_text("4 of 9")
    page.keyboard.press("Escape")
    page.wait_for_selector(".ew-home")
    assert learner.lessons == ()


def _warm_up(learner: Learner) -> None:
    """Three tasks with feedback that count nowhere."""
    assert learner.door == "warm_up"
    learner.page.keyboard.press("Enter")
    for number in range(1, 4):
        learner.look()
        task = learner.answer("right")
        learner.commit(task)
        expect(learner.feedback).to_contain_text("not scored")
        assert len(learner.reviews("warm-up")) == number
        learner.go_on()
    learner.page.wait_for_selector(".ew-home")
    expect(learner.page.locator(".ew-mastery")).not_to_contain_text("learning")


def _practise(learner: Learner) -> list[Review]:
    """Ten tasks, right and wrong; the first with a place of the expert's is marked, another one missed."""
    assert learner.door == "practice"
    learner.page.keyboard.press("Enter")
    marked = missed = False
    for number in range(PRACTICE):
        learner.look()
        wrong = number % 3 == 1
        task = learner.answer("low" if wrong else "right")
        places = [one for one in learner.gold[task].regions if one.required]
        drawn = bool(places) and not marked and learner.mark(task)
        learner.commit(task)
        if drawn:
            marked = True
            expect(learner.feedback).to_contain_text("1 found")
        elif places and not missed:
            missed = True
            expect(learner.feedback).to_contain_text("missed")
        if wrong:
            _say_why(learner)
        learner.go_on()
    learner.page.keyboard.press("Shift+H")
    learner.page.wait_for_selector(".ew-home")
    assert marked
    assert missed
    lesson = learner.lessons[-1]
    assert {one.why for one in lesson.differences} == {"missed"}
    return learner.reviews(lesson.lesson.name)


def _say_why(learner: Learner) -> None:
    """Say by one key that a flaw was missed, and see the anchors of both levels side by side."""
    page = learner.page
    row = learner.feedback.locator('.ew-fb-row[data-mark="strict"]').first
    if row.count() == 0:
        return
    expect(row.locator(".ew-fb-picture")).to_have_count(2)
    expect(row.locator(".ew-fb-picture").first).to_be_visible()
    for _ in range(len(learner.rubric.all)):
        if row.evaluate("row => row.contains(document.activeElement)"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    expect(row.locator('[aria-pressed="true"], [aria-checked="true"]')).to_contain_text("missed it")
    learner.await_difference()


def _returns(done: list[Review], rubric: Rubric, gold: dict[str, Gold]) -> bool:
    """Return whether a boundary that was missed came again 3 to 7 tasks later, on another task."""
    assert len(done) == PRACTICE
    assert len({review.task for review in done}) == PRACTICE
    at: dict[object, list[tuple[int, bool]]] = {}
    for place, review in enumerate(done):
        for trial in trials_of(rubric, review, gold[review.task]):
            at.setdefault(trial.boundary, []).append((place, trial.correct))
    return any(
        not right and 3 <= later - place <= 7
        for trials in at.values()
        for (place, right), (later, _) in pairwise(trials)
    )


def _examine(learner: Learner) -> None:
    """Twenty tasks never seen, no feedback, no gold in any message; then the result, with its rule."""
    page = learner.page
    seen = {review.task for one in learner.lessons for review in learner.reviews(one.lesson.name)}
    learner.open_door("exam")
    for _ in range(EXAM):
        page.wait_for_selector(".ew-stage[data-painted]")
        before = page.locator(".ew-form").get_attribute("data-key")
        learner.answer("right")
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            "key => document.querySelector('.ew-form').dataset.key !== key"
            " || document.querySelector('.ew-card:not([hidden])')",
            arg=before,
        )
        assert learner.feedback.is_hidden()
    page.locator(".ew-card:not([hidden])").wait_for()
    learner.expect_no_gold()
    page.keyboard.press("Enter")
    result = page.locator(".ew-result")
    result.wait_for(timeout=20_000)
    exam = learner.lessons[-1]
    assert exam.judged is not None
    assert exam.judged.verdict in ("pass", "not_yet", "not_enough")
    assert len(exam.lesson.tasks) == EXAM
    assert seen.isdisjoint(exam.lesson.tasks)
    expect(result).to_contain_text("%")
    learner.expect_no_gold()  # nor does the result tell the gold of any task
    page.keyboard.press("Escape")
    page.wait_for_selector(".ew-home")


def _refresh_next_day(served: Served, learner: Learner, clock: Path) -> None:
    """Come back a day later to a refresher of what was missed."""
    clock.write_text("25", encoding="utf-8")
    sit_down(served, learner)
    learner.open_door("refresher")
    learner.look()
    task = learner.answer("right")
    learner.commit(task)
    learner.go_on()
    lesson = learner.lessons[-1].lesson
    assert lesson.focus
    assert (lesson.began_at.date() - learner.lessons[0].lesson.began_at.date()).days >= 1


def test_a_saved_notebook_holds_no_gold(
    lab: Lab, page: Page, workspace: Path, rubric: Rubric, gold: dict[str, Gold]
) -> None:
    """Saved in JupyterLab with the state of every widget while a task lies open, the file betrays nothing."""
    learner = Learner(page, workspace / "data/work/reviews.db", rubric, gold, MessageReader(page), "kim")
    lab.open(page, NOTEBOOK)
    lab.run_all(page)
    page.wait_for_selector(".ew-home", timeout=60_000)
    learner.open_door("practice")
    learner.look()
    learner.answer("right")

    lab.command(page, "@jupyter-widgets/jupyterlab-manager:saveWidgetState")
    saved = workspace / NOTEBOOK
    for _ in range(20):  # the setting takes a moment to be heard of
        lab.command(page, "docmanager:save")
        page.wait_for_timeout(500)
        if STATE in saved.read_text(encoding="utf-8"):
            break

    lab.command(page, "@jupyter-widgets/jupyterlab-manager:saveWidgetState")  # as it was
    text = saved.read_text(encoding="utf-8")
    assert STATE in text
    assert "instruction_adherence" in text  # the state is there, the form's layout with it
    assert [
        one
        for one in gold_needles(gold.values(), rubric)
        if any(spelled.decode("latin-1") in text for spelled in spellings(one))
    ] == []
    learner.expect_no_gold()
