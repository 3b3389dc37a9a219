"""Lessons in the store: one log for each learner, and reviews that are nobody's work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from evalwidgets.core.lesson_events import Began, Differed, Ended, Judged
from evalwidgets.core.review import Answer
from evalwidgets.errors import RoundError, RoundRefusal, UnknownName
from evalwidgets.store.lessons import DIFFERENCES, RESULTS
from evalwidgets.store.reviews import ReviewStore, open_store

from .samples import NOON, a_draft, a_lesson, a_review, a_round

PLACE = ("spring", "ana", "practice 1")
ENDED = Ended(at=NOON + timedelta(hours=1))


def differed(why: str, at: int = 0, **more: Any) -> Differed:
    """Return why an answer differs, said so many minutes after noon."""
    facts = {"task": "t1", "criterion": "accuracy", **more}
    return Differed(why=why, at=NOON + timedelta(minutes=at), **facts)


def in_lesson(**changes: Any) -> Any:
    """Return ana's review in her lesson."""
    return a_review(round="practice 1", **changes)


def test_a_lesson_stands_where_its_log_left_it_after_a_restart(address: str) -> None:
    """What was logged is read back by another program as the same state."""
    with open_store(address) as store:
        store.lessons.begin(a_lesson())
        store.lessons.log(*PLACE, differed("missed"))
        before = store.lessons.log(*PLACE, ENDED)

    with open_store(address) as store:
        assert (before,) == store.lessons.of("spring", "ana")
        assert (a_lesson(), ENDED.at) == (before.lesson, before.ended_at)
        assert (differed("missed"),) == before.differences


def test_lessons_of_a_learner_come_as_begun(store: ReviewStore) -> None:
    """The first begun comes first, whatever its name; others and other campaigns have their own."""
    for name in ("zebra", "apple"):
        store.lessons.begin(a_lesson(name=name))
    store.lessons.log("spring", "ana", "zebra", ENDED)
    store.lessons.begin(a_lesson(learner="ben", name="zebra"))
    store.lessons.begin(a_lesson(campaign="autumn", learner="cleo"))

    assert ["zebra", "apple"] == [one.lesson.name for one in store.lessons.of("spring", "ana")]
    assert ["ana", "ben"] == store.lessons.learners("spring")
    assert () == store.lessons.of("spring", "cleo")


def test_a_lesson_is_begun_once(store: ReviewStore) -> None:
    """The second beginning is refused, and the first one stands."""
    store.lessons.begin(a_lesson())

    with pytest.raises(RoundError, match="exists already; a lesson never changes"):
        store.lessons.begin(a_lesson(tasks=("t9",)))
    assert ("t1", "t2") == store.lessons.of("spring", "ana")[0].lesson.tasks


def test_a_lesson_does_not_take_the_name_of_a_round(store: ReviewStore) -> None:
    """Reviews belong to one or the other by name, so the names differ."""
    store.rounds.open(a_round(name="practice 1"))

    with pytest.raises(RoundError, match="has a round 'practice 1'; give the lesson another name"):
        store.lessons.begin(a_lesson())


def test_an_unknown_lesson_is_named_with_the_nearest(store: ReviewStore) -> None:
    """A misspelt lesson is answered with those of the learner."""
    store.lessons.begin(a_lesson())

    with pytest.raises(UnknownName, match=r"No lesson 'practise 1'.*Known: practice 1"):
        store.lessons.log("spring", "ana", "practise 1", ENDED)


def test_a_beginning_is_of_the_lesson_that_it_names(store: ReviewStore) -> None:
    """A log is never begun by another lesson's beginning."""
    began = Began(at=NOON, lesson=a_lesson(name="practice 2"))

    with pytest.raises(RoundError, match="is of lesson 'practice 2', not of 'practice 1'"):
        store.lessons.log(*PLACE, began)


def test_what_cannot_happen_is_not_stored(store: ReviewStore) -> None:
    """An exam that goes on is not judged, and nothing of it stays behind."""
    store.lessons.begin(a_lesson(mode="exam"))

    with pytest.raises(RoundError, match="still goes on: end it first"):
        store.lessons.log(*PLACE, Judged(at=NOON, verdict="pass"))

    store.lessons.log(*PLACE, ENDED)
    assert "pass" == store.lessons.log(*PLACE, Judged(at=NOON, verdict="pass")).judged.verdict
    assert store.verify() == ()


def test_practice_takes_each_answer_once(store: ReviewStore) -> None:
    """What is answered after feedback was answered by gold: it is refused, in practice only."""
    store.lessons.begin(a_lesson())
    store.lessons.begin(a_lesson(name="exam 1", mode="exam"))
    for name in ("practice 1", "exam 1"):
        store.submit(a_review(round=name))

    with pytest.raises(RoundRefusal, match="gold has been seen, so it comes again another day"):
        store.submit(in_lesson(revision=2))
    store.submit(a_review(round="exam 1", revision=2))

    assert [1, 2] == [one.revision for one in store.reviews(round="exam 1", current=False)]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"task": "t9"}, "has no task 't9'"),
        ({"rubric_hash": "c" * 64}, "began with another form of rubric image-edit"),
    ],
)
def test_a_lesson_takes_its_own_tasks_under_its_own_rubric(
    store: ReviewStore, changes: dict[str, str], why: str
) -> None:
    """Any other review is refused with the reason, and nothing is stored."""
    store.lessons.begin(a_lesson())

    with pytest.raises(RoundRefusal, match=why):
        store.submit(in_lesson(**changes))
    assert [] == store.reviews(lessons=True)


def test_a_lesson_that_ended_takes_no_answer(store: ReviewStore) -> None:
    """A late answer is refused; what was stored before can be submitted again, as after a crash."""
    store.lessons.begin(a_lesson())
    store.submit(in_lesson())
    store.lessons.log(*PLACE, ENDED)

    with pytest.raises(RoundRefusal, match="ended at 2026-03-02 13:00 UTC; nothing was stored"):
        store.submit(in_lesson(task="t2"))
    assert in_lesson() == store.submit(in_lesson())


def test_what_is_answered_in_lessons_is_nobodys_work(store: ReviewStore) -> None:
    """Reviews, ratings and counts leave it out unless the lesson is named, or lessons are asked for."""
    store.lessons.begin(a_lesson())
    work = [a_review(task="t3"), a_review(reviewer="ben", round="practice 1")]  # ben has no such lesson
    for review in (*work, in_lesson(answers={"accuracy": Answer(value=1)})):
        store.submit(review)

    assert work == store.reviews()
    assert 3 == len(store.reviews(lessons=True))
    assert ["ana", "ben"] == [one.reviewer for one in store.reviews(round="practice 1")]
    assert {3} == set(store.ratings().query("criterion == 'accuracy'")["value"])
    assert {1, 3} == set(store.ratings(lessons=True).query("criterion == 'accuracy'")["value"])
    assert {1, 3} == set(store.ratings(round="practice 1").query("criterion == 'accuracy'")["value"])
    assert 2 == _votes(store)
    assert 2 == _votes(store, round="practice 1")


def _votes(store: ReviewStore, **filters: str) -> int:
    counted = store.count_votes("accuracy", (1, 2, 3, 4), "spring", **filters)
    return int((counted.counts * counted.n[:, None]).sum())


def test_differences_are_the_last_words_of_all_learners_by_time(store: ReviewStore) -> None:
    """One row for each answer that somebody took a stand on, oldest first; corrections count."""
    store.lessons.begin(a_lesson())
    store.lessons.begin(a_lesson(learner="ben"))
    store.lessons.log(*PLACE, differed("missed", 1))
    store.lessons.log(*PLACE, differed("disagree", 5, remark="no rule says so"))
    store.lessons.log("spring", "ben", "practice 1", differed("misread", 3, task="t2"))

    table = store.lessons.differences("spring")

    assert list(DIFFERENCES) == list(table)
    assert [
        ["ben", "practice 1", "practice", "t2", "accuracy", "misread", ""],
        ["ana", "practice 1", "practice", "t1", "accuracy", "disagree", "no rule says so"],
    ] == table.iloc[:, :7].to_numpy().tolist()
    assert store.lessons.differences("autumn").empty


def test_what_somebody_has_worked_on_is_known_in_any_round(address: str) -> None:
    """Reviewed, skipped or begun, in rounds and lessons of the campaign; others' work is theirs."""
    with open_store(address) as store:
        store.lessons.begin(a_lesson())
        store.submit(in_lesson(task="t1"))
        store.submit(a_review(task="t3", state="skipped", answers={}))
        store.submit(a_review(task="t4", reviewer="ben"))
        store.submit(a_review(task="t5", campaign="autumn"))
        place = {"campaign": "spring", "round": "r9", "reviewer": "ana", "rubric": "image-edit"}
        store.save_draft(a_draft(task="t6"), **place)

        assert {"t1", "t3", "t6"} == store.lessons.seen("spring", "ana")
        assert frozenset() == store.lessons.seen("spring", "zoe")


def test_results_are_what_was_judged(store: ReviewStore) -> None:
    """An exam brings its verdict and figures, a check-in none; what goes on or was not judged is left out."""
    for name, mode in (("exam 1", "exam"), ("check-in 1", "check_in"), ("exam 2", "exam")):
        store.lessons.begin(a_lesson(name=name, mode=mode))
        store.lessons.log("spring", "ana", name, ENDED)
    figures = {"n_tasks": 20, "rate": 0.9, "low": 0.82, "high": 0.97}
    later = Judged(at=ENDED.at + timedelta(minutes=2), verdict="pass", found=figures)
    store.lessons.log("spring", "ana", "exam 1", later)
    store.lessons.log("spring", "ana", "check-in 1", Judged(at=ENDED.at + timedelta(minutes=1)))

    table = store.lessons.results("spring")

    assert tuple(table.columns) == RESULTS
    assert table["lesson"].tolist() == ["check-in 1", "exam 1"]
    assert table["verdict"].fillna("").tolist() == ["", "pass"]
    assert table.iloc[1]["rate"] == 0.9
    assert store.lessons.results("autumn").empty
