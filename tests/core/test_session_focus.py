"""A task that is asked again for some of its criteria only: what may change, and what stands."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.desk import differing
from evalwidgets.core.review import Review, Sheet
from evalwidgets.core.session import Session
from evalwidgets.errors import EvalWidgetsError, ReviewIncomplete

from ..samples import an_answer, answer_all
from .sessions import NOON, a_session, current, do_one

KEY = "12345678-1234-4234-8234-123456789abc"


def asked_again(*criteria: str, **answers: Any) -> tuple[Session, Review]:
    """Return a session that asks its first task again, and what was said about it before."""
    session = a_session()
    review = do_one(session, **answers)
    session.ask_again(review.task, criteria, KEY)
    return session, review


def ids(session: Session) -> list[str]:
    """Return the ids of what is to be answered."""
    return [one.id for one in session.to_answer()]


def test_only_what_is_in_focus_is_to_be_answered() -> None:
    """The task lies open as it was submitted, with the key of the coming review."""
    session, before = asked_again("adherence")

    assert (before.task, KEY, 2) == (session.desk.task.id, session.desk.key, session.desk.revision)
    assert before.values == session.sheet.values
    assert ids(session) == ["adherence"]


def test_all_other_answers_stand(before_and_after: tuple[Review, Review]) -> None:
    """The revision differs from the review in the answer that was asked for."""
    before, after = before_and_after

    assert {"adherence"} == differing(Sheet(**said(before)), Sheet(**said(after)))
    assert (2, "re-vote", KEY) == (after.revision, after.reason, after.id)


@pytest.fixture
def before_and_after() -> tuple[Review, Review]:
    """Return a review and its revision in focus."""
    session, before = asked_again("adherence", adherence=4)
    session.rate("adherence", 5)
    return before, session.submit(reason="re-vote")


def said(review: Review) -> dict[str, Any]:
    """Return what a review says, without its place."""
    return review.model_dump(include=set(Sheet.model_fields))


@pytest.mark.parametrize(
    "act",
    [
        ("rate", "quality", 1),
        ("write_note", "quality", "too soft"),
        ("write_note", "", "all in all"),
        ("flag", "edge_case", ""),
        ("set_confidence", 1),
    ],
)
def test_what_is_not_in_focus_cannot_be_changed(act: tuple[Any, ...]) -> None:
    """The sentence names what is asked."""
    session, before = asked_again("adherence")

    with pytest.raises(EvalWidgetsError, match="Only this is asked now: Adherence"):
        session.act(*act)
    assert before.values == session.sheet.values


@given(which=st.integers(0, 20), answer=st.integers(0, 40), focus=st.sampled_from(["adherence", "change"]))
def test_no_act_in_focus_reaches_an_answer_outside(which: int, answer: int, focus: str) -> None:
    """Whatever is rated, only what is shown has changed."""
    session, _ = asked_again(focus)
    one = session.asked()[which % len(session.asked())]
    shown = set(ids(session))

    with suppress(EvalWidgetsError):
        session.rate(one.id, an_answer(one, answer))

    assert differing(session.sheet, session.desk.opened) <= shown


def test_an_answer_that_contradicts_another_brings_that_one_into_sight() -> None:
    """All rules of the rubric hold: without a change, adherence is at most 1."""
    session, _ = asked_again("change")

    session.rate("change", "no")

    assert ids(session) == ["change", "adherence"]
    with pytest.raises(ReviewIncomplete, match="at most 1 here"):
        session.submit()


def test_what_was_resolved_stays_in_sight() -> None:
    """A row that vanished under the hand could not be corrected."""
    session, _ = asked_again("change")
    session.rate("change", "no")

    session.rate("adherence", 1)

    assert ids(session) == ["change", "adherence"]


def test_a_gate_that_opens_more_asks_for_it() -> None:
    """Who now finds the task fit to be judged judges it."""
    session = a_session()
    session.rate("safety", "violates")
    session.act("give_reason", "safety", "violence")
    review = session.submit()
    session.accept(review)
    session.ask_again(review.task, ["safety"], KEY)

    session.rate("safety", "ok")

    assert {"safety", "change", "adherence", "quality"} <= set(ids(session))


def test_nothing_leads_away_from_a_task_that_is_asked_again() -> None:
    """No step, no undo beyond it, nothing behind it; once it is answered, nothing lies open."""
    session, _ = asked_again("adherence")

    assert not session.back()
    assert not session.forward()
    assert not session.undo()
    assert session.upcoming(3) == []
    session.accept(session.submit(reason="re-vote"))
    assert session.finished


def test_a_draft_with_the_key_is_gone_on_with() -> None:
    """After a restart the answer that was chosen is there, and what it was before too."""
    session, before = asked_again("adherence", adherence=4)
    sheet = session.rate("adherence", 2)
    resumed = a_session(reviews=[before])
    resumed.restore(before.task, KEY, sheet, NOON, 4.0)

    resumed.ask_again(before.task, ["adherence"], KEY)

    assert (2, 4) == (resumed.sheet.values["adherence"], resumed.desk.opened.values["adherence"])
    assert ids(resumed) == ["adherence"]


def test_a_draft_of_another_review_plays_no_part() -> None:
    """Answers that were never submitted do not slip into the vote."""
    session = a_session()
    before = do_one(session)
    session.back()
    session.rate("quality", 1)

    session.ask_again(before.task, ["adherence"], KEY)

    assert before.values == session.sheet.values


def test_at_rest_nothing_is_current() -> None:
    """No task, no next one, no way back; what was done is still counted."""
    session = a_session()
    do_one(session)

    session.rest()

    assert session.finished
    assert not session.back()
    assert session.progress.done == 1


def test_one_task_alone_lies_open_and_nothing_follows() -> None:
    """Who is told what is right after each task must not see the next one before."""
    session = a_session()
    task = session.order[3]
    desk = session.only(task)

    assert (task, desk.key) == (current(session), session.desk.key)
    assert session.upcoming(3) == []
    assert not session.back()
    assert not session.forward()
    do_one(session)
    assert session.finished
    assert not session.undo()


def test_confidence_can_be_asked_for() -> None:
    """Then a review without it has a problem more; the rubric can leave it out altogether."""
    session = a_session(asks_confidence=True)
    answer_all(session)
    (problem,) = session.problems()
    assert ("#confidence", True) == (problem.criterion, problem.blocks)
    with pytest.raises(ReviewIncomplete, match="how sure you are"):
        session.submit()

    session.act("set_confidence", 1)

    assert session.problems() == ()
    assert 1 == session.submit().confidence
