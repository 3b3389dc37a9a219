"""Faults that the review panel had once: conflicts, reloads, odd messages, closing."""

from __future__ import annotations

import gc
import unicodedata
import warnings
from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from evalwidgets.errors import StoreError, TaskError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import every_control
from .page import Page, send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()


@pytest.fixture
def ana(edits: TaskSet, work_store: ReviewStore) -> Any:
    """Return what makes ana's panel on one store."""
    return lambda: Page(ReviewPanel(edits, RUBRIC, work_store, "ana"))


@pytest.fixture
def stranger(
    edits: TaskSet, work_store: ReviewStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Page:
    """Return a page whose panel does not know who reviews."""
    for variable in ("EVALWIDGETS_REVIEWER", "JUPYTERHUB_USER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    return Page(ReviewPanel(edits, RUBRIC, work_store))


def failing(*_: Any, **__: Any) -> Any:
    """Fail as a store does whose disk is full."""
    msg = "The disk is full."
    raise StoreError(msg)


def test_answers_that_met_a_conflict_survive_a_restart(ana: Any) -> None:
    """The desk got a new key; without a new draft a kernel restart would drop what was said."""
    first, second = ana(), ana()
    first.answer_all(adherence=4)
    second.answer_all(adherence=5)
    first.submit()
    second.submit()

    resumed = ana().panel
    resumed.show(second.panel.session.desk.task)

    assert resumed.data["adherence"] == 5


def test_a_conflict_is_settled_by_one_more_submit(ana: Any) -> None:
    """However many revisions were stored elsewhere, the next submit supersedes the latest."""
    first, second = ana(), ana()
    second.answer_all(adherence=5)
    for level in (3, 4, 3):
        first.answer_all(adherence=level)
        first.submit()
        first.move("back")
    second.submit()

    second.submit()

    assert [5] == [review.values["adherence"] for review in first.panel._store.reviews()]


def test_a_callback_that_fails_leaves_panel_and_session_in_step(ana: Any) -> None:
    """The review is on disk and the session moved on, so the form must too."""
    page = ana()
    page.answer_all()
    page.panel.on_submit(lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        page.submit()

    assert page.key == page.panel.session.desk.key


def test_a_reloaded_page_does_not_set_the_time_back(ana: Any) -> None:
    """Its clock begins at zero while the kernel still shows the same task."""
    page = ana()
    page.rate("safety", "ok", seconds=40)
    reloaded = Page(page.panel)
    reloaded.answer_all()

    reloaded.submit(seconds=5)

    assert page.panel._store.reviews()[0].seconds >= 40


def test_a_skip_is_for_the_task_that_the_reviewer_saw(ana: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A skip that crosses a refusal must not skip the refused task, which is fully answered."""
    page = ana()
    page.answer_all()
    refused = page.panel.session.desk.task.id
    ahead = page.panel._form.queue[0]["layout"]["key"]
    with monkeypatch.context() as full:
        full.setattr(ReviewStore, "submit", failing)
        page.submit()

    send(page.panel._bar, {"type": "skip", "reason": "does not load", "key": ahead})

    assert refused not in [review.task for review in page.panel._store.reviews()]


def test_an_undo_is_for_the_task_that_the_reviewer_saw(ana: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message holds the key; the kernel must heed it."""
    page = ana()
    page.answer_all()
    desk = page.panel.session.desk
    before = desk.sheet
    ahead = page.panel._form.queue[0]["layout"]["key"]
    with monkeypatch.context() as full:
        full.setattr(ReviewStore, "submit", failing)
        page.submit()
    page.act("rate", "safety", "ok", key=ahead)

    send(page.panel._form, {"type": "move", "move": "undo", "key": ahead})

    assert before == desk.sheet


@pytest.mark.parametrize("name", ["", "a" * 300, "a\x00b"])
def test_a_name_that_is_none_is_asked_for_again(stranger: Page, name: str) -> None:
    """The card stays, and says what is wrong; nothing is raised past the panel."""
    stranger.name_reviewer(name)

    assert stranger.panel._bar.card["kind"] == "ask"


def test_a_key_before_the_name_is_let_go(stranger: Page) -> None:
    """Nobody reviews yet, so there is nothing to move."""
    stranger.move("back")

    assert stranger.panel._bar.card["kind"] == "ask"


def test_a_store_that_fails_at_the_start_is_told(stranger: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reviewer reads why the work cannot begin."""
    monkeypatch.setattr(ReviewStore, "remember_rubric", failing)

    stranger.name_reviewer("ana")

    assert "The disk is full" in str(stranger.panel._bar.card)


@pytest.mark.parametrize("seconds", [None, -5, "x"])
def test_an_odd_time_stops_nothing(ana: Any, seconds: Any) -> None:
    """A clock that was set back, or a page of another version: the answer counts all the same."""
    page = ana()

    page.act("rate", "safety", "ok", seconds=seconds)

    assert page.panel.data == {"safety": "ok"}
    assert page.panel.session.desk.seconds >= 0


def test_a_name_is_one_reviewer_however_it_is_composed(edits: TaskSet, work_store: ReviewStore) -> None:
    """Work that was stored under the composed form is found again under the decomposed one."""
    name = unicodedata.normalize("NFD", "Zoë")
    page = Page(ReviewPanel(edits, RUBRIC, work_store, name))
    page.answer_all()
    page.submit()

    assert ReviewPanel(edits, RUBRIC, work_store, name).progress.done == 1


def test_closing_a_panel_frees_all_its_widgets(edits: TaskSet, work_store: ReviewStore) -> None:
    """Layouts too: whoever runs a cell a hundred times does not collect five hundred."""
    ReviewPanel(edits, RUBRIC, work_store, "ana").close()
    before = set(_instances)

    ReviewPanel(edits, RUBRIC, work_store, "ana").close()

    assert before == set(_instances)


def test_a_panel_that_was_refused_goes_quietly(edits: TaskSet, work_store: ReviewStore) -> None:
    """The error is the only thing that is said; closing what was never built must not fail."""
    rubric = RUBRIC.model_copy(update={"kind": "pair"})
    with pytest.raises(TaskError):
        ReviewPanel(edits, rubric, work_store, "ana")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gc.collect()

    ReviewPanel.__new__(ReviewPanel).close()
