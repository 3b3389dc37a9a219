"""A task whose picture is refused: the panel says so, takes a flag, and goes on, whatever is done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_tasks
from evalwidgets.widgets.review_panel import ReviewPanel

from ..hostile.bad_pictures import BAD
from ..hostile.texts import KEPT
from ..samples import ROOT, write_manifest
from .page import Page

pytestmark = pytest.mark.usefixtures("loud_callbacks")
SENTENCE = "Edited: this picture cannot be shown. Flag it, or skip the task."
SOME = ("pixels-13000.png", "scans-500.jpg", "half.jpeg", "drawing.svg", "page.png", "empty.png")
Reviewed = Callable[[Page], None]


@pytest.fixture(scope="module")
def image_edit() -> Rubric:
    """Return the rubric that reviewers of edits get."""
    return read_rubric(ROOT / "rubrics" / "image-edit.yaml")


def first_spoiled(tasks: TaskSet, rubric: Rubric, store: ReviewStore, content: bytes) -> Page:
    """Return a page whose first task has these bytes for the edited picture."""
    first = ReviewPanel(tasks, rubric, store, "ana").session.order[0]
    tasks.path_of(tasks[first], "edited").write_bytes(content)
    return Page(ReviewPanel(tasks, rubric, store, "ana"))


@pytest.mark.parametrize("name", SOME)
def test_a_refused_picture_is_told_flagged_and_skipped(
    name: str, edits: TaskSet, image_edit: Rubric, work_store: ReviewStore
) -> None:
    """The next task is shown whole."""
    page = first_spoiled(edits, image_edit, work_store, BAD[name]())
    first = page.panel.session.order[0]

    assert SENTENCE == page.panel._stage.scene["notice"]
    page.act("flag", "technical_problem", "grey")
    page.skip("it does not load")

    (review,) = work_store.reviews()
    assert (review.task, review.state, review.flags) == (first, "skipped", {"technical_problem": "grey"})
    assert page.panel._stage.scene["notice"] == ""
    assert all(one["picture"] for one in page.panel._stage.scene["pictures"])


def test_a_task_with_a_refused_picture_can_be_submitted(
    edits: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """Who can judge from what is left says so; the flag goes with the review."""
    page = first_spoiled(edits, every, work_store, BAD["half.png"]())
    first = page.panel.session.order[0]

    assert SENTENCE == page.panel._stage.scene["notice"]
    page.act("flag", "technical", "the edited picture is missing")
    page.answer_all()
    page.submit()

    (review,) = work_store.reviews()
    assert (first, "submitted", {"technical": "the edited picture is missing"}) == (
        review.task,
        review.state,
        review.flags,
    )
    assert page.panel._stage.scene["notice"] == ""


def test_a_round_of_nothing_but_refused_pictures_comes_to_its_end(
    edits: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """Each is flagged and skipped; the panel never stands still."""
    for number, name in enumerate(SOME):
        for role in ("original", "edited"):
            edits.path_of(edits[number], role).write_bytes(BAD[name]())
    page = Page(ReviewPanel(edits, every, work_store, "ana"))

    for _ in SOME:
        assert page.panel._stage.scene["notice"].count("cannot be shown") == 2
        page.act("flag", "technical", "")
        page.skip("nothing to see")

    assert page.panel.session.finished
    assert {"technical": ""} == work_store.reviews()[0].flags


@pytest.mark.parametrize("name", KEPT)
def test_odd_texts_reach_the_page_as_they_are(
    name: str, tmp_path: Path, every: Rubric, work_store: ReviewStore
) -> None:
    """As text among the scene's texts; a note of the same comes back in the review."""
    tasks = read_tasks(write_manifest(tmp_path / "m", 1, guideline=KEPT[name]))
    page = Page(ReviewPanel(tasks, every, work_store, "ana"))
    texts = page.panel._stage.scene["texts"]

    page.answer_all()
    page.act("write_note", "adherence", KEPT[name])
    page.submit()

    assert {"label": "Guideline", "text": tasks[0].guideline} in texts
    (review,) = work_store.reviews()
    assert tasks[0].guideline == review.answers["adherence"].note


def test_a_note_of_a_megabyte_is_told_and_not_kept(
    edits: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """Whoever pastes a book reads why it was not taken, and goes on."""
    page = Page(ReviewPanel(edits, every, work_store, "ana"))
    page.answer_all()

    for act in (("write_note", "adherence"), ("write_note", ""), ("flag", "technical"), ("rate", "differs")):
        page.act(*act, "a" * 1_000_000)
    page.submit()

    (review,) = work_store.reviews()
    assert len(review.model_dump_json()) < 5_000
