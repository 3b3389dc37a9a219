"""A review that the lead sent back, at its reviewer's panel: it comes first, and is answered once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from evalwidgets.core.adjudication_events import SentBack, TakenBack
from evalwidgets.core.review import Review
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.widgets.review_panel import ReviewPanel

from .page import Page, again

pytestmark = pytest.mark.usefixtures("loud_callbacks")
NOTE = "The brim is whole: look at the <i>left</i> end"


def do(page: Page, count: int) -> list[Review]:
    """Review so many tasks and return what was stored, in order."""
    store, before = page.panel._store, {one.id for one in page.panel._store.reviews()}
    for _ in range(count):
        page.answer_all()
        page.submit()
    return [one for one in store.reviews() if one.id not in before]


def send_back(store: ReviewStore, review: Review, criterion: str = "adherence") -> None:
    """Send a review back, as the adjudication panel does."""
    facts = {name: getattr(review, name) for name in ("task", "rubric", "round", "reviewer")}
    note = SentBack(**facts, review=review.id, criterion=criterion, note=NOTE, by="lee", at=datetime.now(UTC))
    store.adjudication.log(review.campaign, note)


def stored(page: Page, task: str) -> list[tuple[int, str]]:
    """Return revision and reason of every review of a task."""
    return [(one.revision, one.reason) for one in page.panel._store.reviews(task=task, current=False)]


def test_a_returned_task_comes_first_with_its_note_and_its_answers(page: Page) -> None:
    """In full, with the criterion that it is about; what was said before lies there to be changed."""
    reviews = do(page, 2)
    send_back(page.panel._store, reviews[1])

    new = Page(again(page.panel))

    layout = new.panel._form.shown["layout"]
    assert reviews[1].task == new.panel.session.desk.task.id
    assert {"by": "lee", "criterion": "adherence", "label": "Adherence", "note": NOTE} == layout["sent_back"]
    assert reviews[1].values == new.panel.data
    assert "task 2 was sent back to you" == new.panel._bar.status["revising"]
    assert ["sent_back" in laid["layout"] for laid in new.panel._form.queue] == [False] * 3


def test_standing_by_it_and_changing_it_both_answer_the_note(page: Page) -> None:
    """Either is the next revision with its reason; then the task is done and new ones follow."""
    same, changed = do(page, 2)
    for review in (same, changed):
        send_back(page.panel._store, review)
    new = Page(again(page.panel))

    new.submit()
    assert changed.task == new.panel.session.desk.task.id
    new.rate("adherence", 5)
    new.submit()

    assert [(1, ""), (2, "returned")] == stored(new, same.task) == stored(new, changed.task)
    assert new.panel.session.order[2] == new.panel.session.desk.task.id
    assert "sent_back" not in new.panel._form.shown["layout"]
    assert 5 == new.panel._store.reviews(task=changed.task)[0].values["adherence"]


def test_what_is_sent_back_during_the_work_comes_after_the_next_submit(page: Page) -> None:
    """What lies open stays; then the returned task is shown before any new one."""
    (review,) = do(page, 1)
    page.rate("safety", "ok")
    send_back(page.panel._store, review)

    page.answer_all()
    assert review.task != page.panel.session.desk.task.id
    page.submit()

    assert review.task == page.panel.session.desk.task.id
    assert NOTE == page.panel._form.shown["layout"]["sent_back"]["note"]


def test_at_the_end_card_it_comes_by_itself(page: Page) -> None:
    """The card looks now and then; what is taken back before that changes nothing."""
    reviews = do(page, len(page.panel.session.order))
    page.pulse()
    assert "end" == page.panel._bar.card["kind"]

    send_back(page.panel._store, reviews[3])
    page.pulse()

    assert "" == page.panel._bar.card["kind"]
    assert reviews[3].task == page.panel.session.desk.task.id
    page.submit()
    assert "end" == page.panel._bar.card["kind"]
    assert [(1, ""), (2, "returned")] == stored(page, reviews[3].task)

    send_back(page.panel._store, reviews[2])
    place = {"task": reviews[2].task, "rubric": reviews[2].rubric, "review": reviews[2].id}
    page.panel._store.adjudication.log(
        reviews[2].campaign, TakenBack(**place, by="lee", reason="the wrong one", at=datetime.now(UTC))
    )
    page.pulse()
    assert "end" == page.panel._bar.card["kind"]


def test_drafts_and_undo_of_a_returned_task_survive_the_kernel(page: Page) -> None:
    """A new kernel shows the note and the changed answer; what is taken back is as it was before."""
    reviews = do(page, 2)
    send_back(page.panel._store, reviews[0])
    first = Page(again(page.panel))
    first.rate("adherence", 2)
    first.act("write_note", "adherence", "left brim is cut off")

    second = Page(again(page.panel))

    assert 2 == second.panel.data["adherence"]
    assert NOTE == second.panel._form.shown["layout"]["sent_back"]["note"]
    second.rate("adherence", 3)
    second.move("undo")
    assert 2 == second.panel.data["adherence"]
    second.submit()
    assert [(1, ""), (2, "returned")] == stored(second, reviews[0].task)
    second.submit(key=second.panel._form.shown["layout"]["key"])  # incomplete: nothing is stored
    assert [(1, ""), (2, "returned")] == stored(second, reviews[0].task)


def test_a_returned_task_can_be_skipped_which_answers_the_note(page: Page) -> None:
    """Skipped again with the same words is an answer, too: it does not come back for ever."""
    page.skip("does not load")
    (review,) = page.panel._store.reviews()
    send_back(page.panel._store, review, criterion="")
    new = Page(again(page.panel))
    assert "" == new.panel._form.shown["layout"]["sent_back"]["label"]

    new.skip("does not load")

    assert [(1, "does not load"), (2, "does not load")] == stored(new, review.task)
    assert review.task != new.panel.session.desk.task.id


def test_two_windows_answer_a_note_once(panel: ReviewPanel, page: Page) -> None:
    """The second is told that it was answered elsewhere; submitting again replaces it."""
    (review,) = do(page, 1)
    send_back(panel._store, review)
    one, two = Page(again(panel)), Page(again(panel))
    one.rate("adherence", 5)
    one.submit()

    two.submit()

    assert "stored elsewhere meanwhile" in two.refused
    assert [(1, ""), (2, "returned")] == stored(two, review.task)


def test_nobody_else_sees_the_note(page: Page) -> None:
    """Another reviewer's panel of the same round shows its own first task."""
    (review,) = do(page, 1)
    send_back(page.panel._store, review)

    other = ReviewPanel(page.panel._tasks, page.panel._rubric, page.panel._store, "ben")

    assert "sent_back" not in json.dumps(other._form.shown)
    assert 0 == other.progress.done
