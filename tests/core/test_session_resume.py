"""What a session takes up from before: stored reviews, drafts, and names in one spelling."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from evalwidgets.core.review import Sheet
from evalwidgets.core.session import Session

from ..samples import answer_all
from .sessions import NOON, RUBRIC, TASKS, a_session, do_one


def test_a_task_that_is_listed_twice_is_met_once() -> None:
    """The order holds each task once, whatever the caller hands over."""
    assert sorted(Session(RUBRIC, [*TASKS, TASKS[0]], "ana").order) == [task.id for task in TASKS]


def test_reviews_of_other_tasks_play_no_part() -> None:
    """A round that was narrowed to some tasks ignores what was said about the others."""
    session = a_session()
    review = do_one(session).model_copy(update={"task": "elsewhere"})

    assert a_session(reviews=[review]).progress.done == 0


def test_the_latest_revision_counts_in_whatever_order_reviews_come() -> None:
    """Revisions decide, never the order of the list or a clock."""
    session = a_session()
    first = do_one(session, adherence=4)
    session.back()
    second = do_one(session, adherence=5).model_copy(update={"submitted_at": NOON - timedelta(days=1)})

    resumed = a_session(reviews=[second, first])

    assert second == resumed.review_of(first.task)


def test_names_are_kept_as_reviews_keep_them() -> None:
    """However the accents of a name are composed, it is one reviewer with one order."""
    name = "Zoë"
    composed, decomposed = (
        Session(RUBRIC, TASKS, unicodedata.normalize(form, name)) for form in ("NFC", "NFD")
    )

    assert composed.order == decomposed.order
    assert decomposed.reviewer == decomposed.review.reviewer


def test_a_review_that_another_window_stored_becomes_the_one_before() -> None:
    """What lies on the desk stays, with a new key, as the next revision."""
    session, other = a_session(), a_session()
    stored = do_one(other, adherence=3)
    answer_all(session, adherence=5)
    key = session.desk.key

    session.give_way(stored)

    review = session.submit()
    assert (review.revision, review.values["adherence"]) == (2, 5)
    assert key != review.id


def test_the_desk_of_a_key_is_open_until_its_review_is_stored() -> None:
    """An answer that arrives late finds no desk."""
    session = a_session()
    key = session.desk.key

    assert session.desk is session.desk_of(key)
    do_one(session)
    assert session.desk_of(key) is None


def test_pace_is_the_median_of_the_last_reviews() -> None:
    """Skipped tasks and pauses do not slow the estimate down."""
    session = a_session()
    for seconds in (10, 300, 30):
        session.desk.seconds = seconds
        do_one(session)
    session.accept(session.skip("broken"))

    assert (session.progress.pace, session.progress.seconds_left) == (30, 30)


def test_a_draft_of_a_task_that_is_gone_is_let_go() -> None:
    """A manifest that lost a task does not stop the reviewer."""
    session = a_session()

    session.restore("gone", "12345678-1234-4234-8234-123456789abc", Sheet(note="x"), NOON, 3)

    assert session.progress.total == 5


def test_a_restored_draft_goes_on_with_its_key_and_time() -> None:
    """The id, the moment and the seconds are those of before the restart; a revision stays one."""
    session = a_session()
    first = do_one(session)
    sheet = Sheet(**first.model_dump(include=set(Sheet.model_fields))).answered("adherence", value=5)
    key = "12345678-1234-4234-8234-123456789abc"

    session.restore(first.task, key, sheet, NOON, 7.5)
    session.go(first.task)

    review = session.submit()
    assert (key, 2, NOON, 7.5) == (review.id, review.revision, review.shown_at, review.seconds)
    assert session.desk.touched
