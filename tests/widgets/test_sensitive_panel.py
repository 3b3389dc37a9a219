"""Sensitive tasks on a panel: nothing of a picture leaves the kernel before it is revealed."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import nbformat.v4
import pytest
from PIL import Image

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import StoreError
from evalwidgets.store.images import read_picture
from evalwidgets.store.openings import Openings
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel

from .page import Page, again, send

pytestmark = pytest.mark.usefixtures("loud_callbacks")


@pytest.fixture
def grim(edits: TaskSet) -> TaskSet:
    """Return the six edits, of which all but one are sensitive."""
    told = {"sensitive": True, "content_note": "A wound, seen closely."}
    return TaskSet([task.model_copy(update=told if task.id != "t05" else {}) for task in edits], edits.folder)


@pytest.fixture
def page(grim: TaskSet, every: Rubric, work_store: ReviewStore, sent: list[dict[str, Any]]) -> Page:
    """Return a page on which ana's first task is sensitive."""
    return Page(ReviewPanel(grim, every, work_store, "ana", seed=None))


def entries(page: Page) -> dict[str, Any]:
    """Return the pictures of the shown scene, by role."""
    return {one["role"]: one for one in page.panel._stage.scene["pictures"]}


def fetched(sent: list[dict[str, Any]]) -> list[bytes]:
    """Return every buffer that went to the browser."""
    return [bytes(buffer) for message in sent for buffer in message.get("buffers") or []]


def ask_for_all(page: Page) -> None:
    """Fetch every hash that any scene tells the browser."""
    stage = page.panel._stage
    for scene in (stage.scene, *stage.queue):
        for one in scene.get("pictures", []):
            for digest in (one["picture"], one.get("cover")):
                if digest:
                    page.need(digest)


def test_a_sensitive_scene_comes_covered(page: Page) -> None:
    """A note in words, sizes, and a cover for each picture; the same holds for what comes next."""
    stage = page.panel._stage

    assert {"note": "A wound, seen closely.", "seen": 0, "pause": ""} == stage.scene["sensitive"]
    for scene in (stage.scene, *stage.queue):
        assert [(None, 24, 16)] * 2 == [
            (one["picture"], one["width"], one["height"]) for one in scene["pictures"]
        ]
        assert all(one["cover"] for one in scene["pictures"])


def test_a_task_without_a_note_gets_a_neutral_one(
    edits: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """It says that there is none."""
    bare = TaskSet([task.model_copy(update={"sensitive": True}) for task in edits], edits.folder)

    panel = ReviewPanel(bare, every, work_store, "ana")

    assert panel._stage.scene["sensitive"]["note"] == (
        "This task is marked as sensitive; nothing says what it shows."
    )


def test_before_a_reveal_nothing_larger_than_a_cover_leaves_the_kernel(
    page: Page, grim: TaskSet, sent: list[dict[str, Any]]
) -> None:
    """A page that asks for all it knows, and guesses, gets covers; no message, state or output has more."""
    ask_for_all(page)
    page.answer_all()
    page.submit()
    ask_for_all(page)

    bytes_sent = fetched(sent)
    assert bytes_sent
    assert all(max(Image.open(io.BytesIO(one)).size) <= 16 for one in bytes_sent)
    saved = everything_saved(page.panel)
    for task in grim.where(ids=["t00", "t01", "t02", "t03", "t04"]):
        for role in task.images:
            picture = read_picture(grim.path_of(task, role))
            assert picture.data not in bytes_sent
            assert picture.digest not in saved
            assert picture.digest not in json.dumps([{**one, "buffers": None} for one in sent], default=str)


def everything_saved(panel: ReviewPanel) -> str:
    """Return what a notebook keeps of a panel: its output, and the state of its widgets if that is saved."""
    output = nbformat.v4.new_output("display_data", panel._repr_mimebundle_())
    cell = nbformat.v4.new_code_cell("panel", outputs=[output])
    tree = [panel, *panel.children, *panel.children[1].children]
    states = [widget.get_state() for widget in tree]
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell])) + json.dumps(states, default=str)


def test_a_reveal_is_logged_and_then_gives_one_picture(page: Page, sent: list[dict[str, Any]]) -> None:
    """The other picture stays covered; the entry keeps its cover and has the hash that can be fetched."""
    page.reveal("edited")

    shown = entries(page)
    assert (shown["original"]["picture"], bool(shown["edited"]["cover"])) == (None, True)
    (opening,) = page.panel._store.openings.read()
    assert (opening.kind, opening.role, opening.how) == ("picture", "edited", "reveal")
    assert (opening.reviewer, opening.task, opening.review) == ("ana", "t00", page.key)
    assert page.panel._stage.scene["sensitive"]["seen"] == 1
    sent.clear()
    page.need(shown["edited"]["picture"])
    (data,) = fetched(sent)
    assert Image.open(io.BytesIO(data)).size == (24, 16)


def test_each_peek_is_logged(page: Page) -> None:
    """Looks are counted; the pictures among them are counted once."""
    for _ in range(3):
        page.reveal("original", "peek")

    assert ["peek"] * 3 == [one.how for one in page.panel._store.openings.read()]
    assert page.panel._stage.scene["sensitive"]["seen"] == 1
    assert page.panel._bar.status["exposure"] == 1


def test_coming_back_finds_the_pictures_covered(page: Page) -> None:
    """After another task, or a new kernel, each look is a new choice; what was seen is still counted."""
    page.reveal("edited")
    page.move("forward")
    page.move("back")
    assert entries(page)["edited"]["picture"] is None

    page.reveal("edited")
    resumed = again(page.panel)
    resumed.show("t00")

    assert [None, None] == [one["picture"] for one in resumed._stage.scene["pictures"]]
    assert resumed._stage.scene["sensitive"]["seen"] == 1


def test_what_may_not_be_revealed_stays_as_it_is(page: Page) -> None:
    """Of another task than the open one, in a role or a way that is none, or what is not covered at all."""
    ahead = page.panel._stage.queue[0]["key"]
    before = page.panel._stage.scene

    page.reveal("edited", key=ahead)
    page.reveal("edited", key="no such key")
    page.reveal("left")
    page.reveal("edited", "stare")
    send(page.panel._stage, {"type": "reveal", "key": page.key})
    page.panel.show("t05")
    page.reveal("edited")

    assert page.panel._store.openings.read() == []
    assert "sensitive" not in page.panel._stage.scene
    page.panel.show("t00")
    assert before == page.panel._stage.scene


def test_a_look_that_cannot_be_logged_is_not_given(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture stays covered and the reviewer is told why."""
    full = StoreError("The disk is full. Nothing was stored.")
    monkeypatch.setattr(Openings, "log", lambda *_: (_ for _ in ()).throw(full))

    page.reveal("edited")

    assert entries(page)["edited"]["picture"] is None
    assert "The disk is full" in page.refused


def test_judging_needs_no_look(page: Page) -> None:
    """A task can be submitted, or skipped by choice, with everything covered: nothing is held against it."""
    page.answer_all()
    page.submit()
    assert page.panel._bar.status["sensitive"]
    page.skip("sensitive, by choice")

    done, skipped = page.panel._store.reviews()
    assert (done.state, skipped.state, skipped.reason) == ("submitted", "skipped", "sensitive, by choice")
    assert page.panel._store.openings.read() == []


def test_a_pause_is_offered_after_25_minutes_of_work(page: Page) -> None:
    """In the bar and beside the content note of the next task; it stops nothing."""
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    pause = page.panel._work.view.covers.pause
    pause._now = lambda: now
    page.rate("safety", "ok", seconds=0)
    for minute in range(1, 26):
        now += timedelta(minutes=1)
        page.rate("change", "yes" if minute % 2 else "no", seconds=60 * minute)
    assert page.panel._bar.status["advice"] == ""
    page.answer_all()

    page.submit()

    assert page.panel._bar.status["advice"].startswith(
        "25 minutes without a pause. Take one whenever you like"
    )
    assert page.panel._stage.scene["sensitive"]["pause"] == page.panel._bar.status["advice"]
    assert page.panel._bar.card["kind"] == ""
