"""The review panel, driven by the messages that a browser sends: acts and submits."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.errors import ReviewIncomplete, StoreError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import every_control
from .page import Page, again, page_answers, send, shown

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()
NOTE = "the brim on the left is cut off"


def test_an_act_is_confirmed_with_its_number(page: Page) -> None:
    """The kernel's word carries the number of the act, so that the browser knows what it has heard."""
    page.rate("safety", "ok")
    page.rate("change", "no")

    assert page.marks["seq"] == 2
    assert "quality" not in page.marks["visible"]
    assert page.marks["answers"]["change"]["value"] == "no"


def test_an_act_that_is_refused_leaves_the_sheet_and_says_why(page: Page) -> None:
    """The browser showed it at once; the kernel's marks take it back and the message explains."""
    page.rate("safety", "ok")

    page.rate("adherence", 7)

    assert "Adherence: expected one of 1, 2, 3, 4, 5, got 7" in page.refused
    assert page.marks["answers"].keys() == {"safety"}
    assert page.marks["seq"] == 2


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("rate", []),
        ("rate", ["safety", {"x": []}]),
        ("dance", ["safety"]),
        ("write_note", ["safety", "a\x00b"]),
    ],
)
def test_an_act_that_no_form_would_send_is_refused_likewise(page: Page, act: str, said: list[Any]) -> None:
    """Whatever arrives, the panel answers with a sentence and stays as it was."""
    page.rate("safety", "ok")

    page.act(act, *said)

    assert page.refused
    assert page.panel.data == {"safety": "ok"}


def test_messages_that_mean_nothing_are_let_go(panel: ReviewPanel) -> None:
    """A newer or older page may send what this kernel does not know."""
    before = shown(panel)

    for content in ({}, {"type": "dance"}, {"type": "act", "key": 3}, {"type": "move", "move": "up"}):
        send(panel._form, content)

    assert before == shown(panel)


def test_an_answer_to_a_review_that_is_stored_is_ignored(page: Page) -> None:
    """A key that was pressed while the page moved on does not land on the next task."""
    page.answer_all()
    key = page.key
    page.submit()

    page.act("rate", "adherence", 1, key=key)

    assert page.panel.data == {}
    assert page.panel._store.reviews()[0].values["adherence"] == 4


def test_time_adds_up_over_the_visits_to_a_task(page: Page) -> None:
    """The page counts from zero each time it shows a task; the review has the sum."""
    page.rate("safety", "ok", seconds=30)
    page.move("forward")
    page.move("back")
    page.answer_all()

    page.submit(seconds=5)

    assert page.panel._store.reviews()[0].seconds == 35


def test_a_submitted_review_is_on_disk_before_the_tick_appears(page: Page, work_store: ReviewStore) -> None:
    """What the store holds is what was answered; the bar says so, and the next task is shown."""
    page.answer_all()
    first = page.panel.session.current
    assert page.panel._bar.saved["count"] == 0

    page.submit()

    (review,) = work_store.reviews()
    assert first is not None
    assert (review.task, review.values, review.seconds) == (first.id, page_answers(review.values), 2.0)
    assert (page.panel._bar.saved["state"], page.panel._bar.saved["count"]) == ("saved", 1)
    assert page.panel._form.shown["after"] == {page.view: 1}
    assert page.panel.session.order[1] == page.panel.session.desk.task.id


def test_an_incomplete_review_comes_back_with_what_is_missing(page: Page, sent: list[dict[str, Any]]) -> None:
    """Nothing is stored, nothing said is lost, and the page is called back to the task."""
    page.rate("safety", "ok")
    page.rate("adherence", 2)

    page.submit()

    assert page.panel._store.reviews() == []
    assert page.panel.data == {"safety": "ok", "adherence": 2}
    assert "Change: not rated yet." in page.refused
    assert page.panel._bar.saved["state"] == ""


def test_a_store_that_refuses_loses_nothing(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the task stays with everything in place; later the same key is stored once."""
    page.answer_all()
    key, before = page.key, page.panel.session.sheet
    full = StoreError("The disk is full. Nothing was stored; free some space, then submit again.")
    monkeypatch.setattr(ReviewStore, "submit", lambda *_: (_ for _ in ()).throw(full))
    page.submit()

    assert (page.key, page.panel.session.sheet) == (key, before)
    assert "The disk is full" in page.refused
    assert page.panel._bar.saved["state"] == "failed"
    monkeypatch.undo()
    page.submit()
    assert [key] == [review.id for review in page.panel._store.reviews()]
    assert page.panel._bar.saved["state"] == "saved"


def test_the_page_that_ran_ahead_is_called_back(
    edits: TaskSet, work_store: ReviewStore, sent: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser had advanced by itself; a refusal re-opens the refused task and recalls the stage."""
    page = Page(ReviewPanel(edits, RUBRIC, work_store, "ana"))
    page.answer_all()
    key, ahead = page.key, page.panel._form.queue[0]["layout"]["key"]
    monkeypatch.setattr(ReviewStore, "submit", lambda *_: (_ for _ in ()).throw(StoreError("No.")))
    page.submit()
    page.act("rate", "safety", "ok", key=ahead)

    contents = [message.get("data", {}).get("content") for message in sent if message.get("data")]
    assert {"type": "recall"} in contents
    assert page.key == key
    assert page.panel.session.desk_of(ahead).sheet.values == {"safety": "ok"}  # type: ignore[union-attr]


def test_submitting_twice_stores_once(page: Page) -> None:
    """A second click, or a message that came twice, changes nothing."""
    page.answer_all()
    key = page.key
    page.submit()
    after = shown(page.panel)

    page.submit(key)

    assert len(page.panel._store.reviews(current=False)) == 1
    assert after == shown(page.panel)
    assert page.panel._form.shown["after"] == {page.view: 2}


def test_a_review_that_another_tab_stored_is_not_overwritten(panel: ReviewPanel, page: Page) -> None:
    """The second tab keeps its answers, is told, and may submit them as the next revision."""
    other = Page(again(panel))
    page.answer_all(adherence=4)
    other.answer_all(adherence=5)
    page.submit()

    other.submit()

    assert "was stored elsewhere meanwhile" in other.refused
    assert other.panel.data["adherence"] == 5
    assert [4] == [review.values["adherence"] for review in panel._store.reviews(current=False)]
    other.submit()
    stored = panel._store.reviews(current=False)
    assert [(1, 4), (2, 5)] == [(review.revision, review.values["adherence"]) for review in stored]


def test_the_same_answers_in_another_tab_make_no_second_review(panel: ReviewPanel, page: Page) -> None:
    """Once the tab has been told of the stored review, there is nothing left to replace."""
    other = Page(again(panel))
    page.answer_all()
    other.answer_all()
    page.submit()
    other.submit()

    other.submit()

    assert len(panel._store.reviews(current=False)) == 1
    assert other.panel.session.order[1] == other.panel.session.desk.task.id


def test_code_is_told_by_an_error_what_a_person_reads(panel: ReviewPanel) -> None:
    """`submit()` raises; the task stays."""
    with pytest.raises(ReviewIncomplete, match="Safety: not rated yet"):
        panel.submit()

    assert panel.session.order[0] == panel.session.desk.task.id


def test_a_reopened_review_is_superseded(page: Page) -> None:
    """Back, another answer, submit: both revisions are kept and the later one counts."""
    page.answer_all(adherence=4)
    page.submit()
    page.move("back")
    assert page.marks["revision"] == 2
    assert page.panel._bar.status["revising"]
    page.rate("adherence", 5)

    page.submit()

    both = page.panel._store.reviews(current=False)
    assert [(1, 4), (2, 5)] == [(review.revision, review.values["adherence"]) for review in both]
    assert [5] == [review.values["adherence"] for review in page.panel._store.reviews()]
