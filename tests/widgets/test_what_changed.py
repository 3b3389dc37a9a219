"""What changed in the rubric: asked of those who know the old version, before their work goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_events import Published
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.changes_quiz import ChangesQuiz
from evalwidgets.widgets.open_panel import open_panel
from evalwidgets.widgets.review_panel import ReviewPanel

from .page import Page, send

pytestmark = pytest.mark.usefixtures("loud_callbacks")

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def quiz_gold(task: str, level: int) -> Gold:
    """Return gold under the new version."""
    answer = GoldAnswer(accepted=(level,), tolerance=0, rationale="A shadow is part of what was removed.")
    return Gold(task=task, rubric="every-control", rubric_version="1.1.0", answers={"adherence": answer})


@pytest.fixture
def newer(every: Rubric) -> Rubric:
    """Return the next version of the rubric."""
    change = {**every.changelog[0].model_dump(), "version": "1.1.0", "bump": "minor"}
    return Rubric.model_validate(
        {**every.model_dump(by_alias=True), "version": "1.1.0", "changelog": [change, *every.changelog]}
    )


@pytest.fixture
def store(work_store: ReviewStore, edits: TaskSet, every: Rubric, newer: Rubric) -> ReviewStore:
    """Return a store in which ana has worked under 1.0.0, and 1.1.0 was published with two tasks."""
    page = Page(ReviewPanel(edits, every, work_store, "ana", "first"))
    page.answer_all()
    page.act("write_note", "adherence", "the hat at the left is not red")
    page.submit()
    publish(work_store, every, newer)
    return work_store


def publish(store: ReviewStore, every: Rubric, newer: Rubric, **more: Any) -> None:
    """Publish the next version, with gold of two tasks."""
    facts: dict[str, Any] = {
        "by": "lee", "at": NOON, "rubric": every.id, "version": newer.version, "rubric_hash": newer.hash,
        "before_version": every.version, "before_hash": every.hash, "bump": "minor",
        "changes": ("A shadow that is left over counts.",), "criteria": ("adherence",),
        "quiz": (quiz_gold("t02", 2), quiz_gold("t03", 5)),
    }  # fmt: skip
    store.versions.log("default", Published(**{**facts, **more}))


def opened(edits: TaskSet, rubric: Rubric, store: ReviewStore, reviewer: str | None = "ana") -> ReviewPanel:
    """Return the panel through the reviewers' door."""
    return open_panel(edits, rubric, store, reviewer, "second", seed=None)


def quiz_of(panel: ReviewPanel) -> ChangesQuiz | None:
    """Return the quiz behind which a panel stands."""
    first = panel.children[0]
    return first if isinstance(first, ChangesQuiz) else None


def answer(quiz: ChangesQuiz, level: int) -> None:
    """Answer the open task of the quiz, and leave its feedback."""
    page = Page(quiz)
    page.answer_all(adherence=level)
    page.act("write_note", "adherence", "the hat at the left is not red")
    page.act("set_confidence", 2)
    page.submit()
    assert quiz._feedback.feedback["rows"][0]["criterion"] == "adherence"
    send(quiz._feedback, {"type": "next", "key": quiz._feedback.feedback["key"]})


def test_who_knows_the_old_version_hears_what_changed(
    edits: TaskSet, newer: Rubric, store: ReviewStore
) -> None:
    """A card says it; then each task of the quiz with feedback, the result, and the work goes on."""
    panel = opened(edits, newer, store)
    quiz = quiz_of(panel)

    assert quiz is not None
    assert quiz._bar.card["lines"][0] == "1.1.0: A shadow that is left over counts."
    send(quiz._bar, {"type": "begin"})
    assert quiz.task.id == "t02"
    answer(quiz, 4)
    assert quiz.task.id == "t03"
    answer(quiz, 5)
    assert quiz._bar.card["lines"][0].startswith("1 of 2 answers are as the new version says")

    send(quiz._bar, {"type": "go_on"})
    assert quiz_of(panel) is None
    assert panel.task is not None
    assert quiz_of(opened(edits, newer, store)) is None


def test_only_what_changed_is_asked(edits: TaskSet, newer: Rubric, store: ReviewStore) -> None:
    """The quiz has the gates and the changed criterion, and its answers enter no table."""
    quiz = quiz_of(opened(edits, newer, store))
    before = len(store.ratings("default"))
    send(quiz._bar, {"type": "begin"})
    answer(quiz, 2)

    assert "quality" not in {one.id for one in quiz.session.rubric.criteria}
    assert len(store.ratings("default")) == before


def test_a_quiz_goes_on_where_a_kernel_died(edits: TaskSet, newer: Rubric, store: ReviewStore) -> None:
    """A new panel comes up at the second task, not at the card."""
    first = quiz_of(opened(edits, newer, store))
    send(first._bar, {"type": "begin"})
    answer(first, 2)

    again = quiz_of(opened(edits, newer, store))

    assert again is not None
    assert again.task.id == "t03"


@pytest.mark.parametrize("who", ["ben", "ana"])
def test_nobody_is_asked_without_need(
    edits: TaskSet, every: Rubric, newer: Rubric, store: ReviewStore, who: str
) -> None:
    """A newcomer knows no old version, and the old version itself has no news."""
    assert quiz_of(opened(edits, newer if who == "ben" else every, store, who)) is None


def test_a_version_without_gold_asks_nothing(
    edits: TaskSet, every: Rubric, newer: Rubric, work_store: ReviewStore
) -> None:
    """Where there is nothing to show it on, the work simply goes on."""
    page = Page(ReviewPanel(edits, every, work_store, "ana", "first"))
    page.skip("blurred")
    publish(work_store, every, newer, quiz=())

    assert quiz_of(opened(edits, newer, work_store)) is None


@pytest.mark.usefixtures("stranger")
def test_who_says_their_name_in_the_panel_is_asked_then(
    edits: TaskSet, newer: Rubric, store: ReviewStore
) -> None:
    """The quiz comes as soon as the name is known."""
    panel = opened(edits, newer, store, None)
    assert quiz_of(panel) is None

    send(panel._bar, {"type": "reviewer", "name": "ana"})

    assert quiz_of(panel) is not None
