"""What the lead sent back comes first in the reviewer's queue, and stays there until it is answered."""

from __future__ import annotations

from evalwidgets.core.adjudication_book import RETURNED
from evalwidgets.core.adjudication_events import SentBack
from evalwidgets.core.review import Review

from ..samples import answer_all
from .sessions import NOON, RUBRIC, a_session, current, do_one


def sent_back(review: Review, note: str = "look at her hand") -> SentBack:
    """Return a review that the lead returned."""
    return SentBack(
        task=review.task,
        rubric=RUBRIC.id,
        round=review.round,
        reviewer=review.reviewer,
        review=review.id,
        criterion="adherence",
        note=note,
        by="lee",
        at=NOON,
    )


def test_a_returned_task_comes_before_new_ones_and_way_goes_on_after_it() -> None:
    """A new session begins with it; the answers are there; once submitted, new tasks follow."""
    first = a_session()
    done = [do_one(first), do_one(first)]

    session = a_session(reviews=done, sent_back=[sent_back(done[1])])

    assert done[1].task == current(session)
    assert "look at her hand" == getattr(session.returned(done[1].task), "note", None)
    assert done[1].values == session.sheet.values
    assert list(session.order[2:4]) == session.upcoming(2)
    answer = do_one(session)
    assert (2, RETURNED) == (answer.revision, answer.reason)
    assert session.returned(done[1].task) is None
    assert session.order[2] == current(session)


def test_standing_by_the_same_answers_is_an_answer() -> None:
    """Nothing has to be changed for the note to be answered, and its reason says that it was one."""
    first = a_session()
    review = do_one(first)
    session = a_session(reviews=[review], sent_back=[sent_back(review)])

    again = session.submit(reason="revised by hand")
    session.accept(again)

    assert (review.answers, RETURNED) == (again.answers, again.reason)
    assert session.order[1] == current(session)


def test_a_note_that_comes_meanwhile_takes_nothing_off_the_desk() -> None:
    """What lies open stays; the returned task is next, and of several the one that waits longest."""
    session = a_session()
    done = [do_one(session), do_one(session)]
    session.rate("safety", "ok")

    session.hear([sent_back(done[1]), sent_back(done[0])])

    assert session.order[2] == current(session)
    assert {"safety": "ok"} == session.sheet.values
    assert [done[1].task, done[0].task, session.order[3]] == session.upcoming(3)
    answer_all(session)
    session.accept(session.submit())
    assert done[1].task == current(session)
    session.skip("does not load")
    session.accept(session.skip("does not load"))
    assert done[0].task == current(session)


def test_at_the_end_a_note_opens_its_task_again() -> None:
    """The end is where new notes are looked for; one that is answered or foreign changes nothing."""
    session = a_session()
    done = [do_one(session) for _ in session.order]
    assert session.finished

    session.hear([sent_back(done[3].model_copy(update={"id": "0" * 32}))])
    assert session.finished
    session.hear([sent_back(done[3])])

    assert done[3].task == current(session)
    do_one(session)
    assert session.finished
    assert 5 == session.progress.done
