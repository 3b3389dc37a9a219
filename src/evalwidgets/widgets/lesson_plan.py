"""Which lesson is begun or gone on with, and which task of it comes next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from evalwidgets.core.boundary import Boundary
from evalwidgets.core.exam_choice import choose_exam
from evalwidgets.core.exam_rule import ExamRule, rule_for
from evalwidgets.core.lesson import Lesson, LessonMode
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.core.practice_plan import next_task
from evalwidgets.errors import RoundError, TaskError
from evalwidgets.widgets.learner_book import LearnerBook

WARM_UP, CHECK_IN, REFRESHER = 3, 10, 12
"""Tasks of a warm-up, a check-in and a refresher."""
_EASE = {"easy": 0, "medium": 1}


def warm_up(book: LearnerBook) -> LessonState:
    """Begin the warm-up, or go on with it: the easiest tasks of the practice pool."""
    known = book.of_mode("warm_up")
    return known[-1] if known else begin_lesson(book, "warm-up", "warm_up", _easiest(book)[:WARM_UP])


def first_task(book: LearnerBook) -> str:
    """Return the task for the tour: one with which the warm-up begins, or any without gold."""
    return next(iter([*_easiest(book), *book.course.by_id]))


def practice(book: LearnerBook) -> LessonState:
    """Begin today's practice, or go on with it."""
    return _of_today(book, "practice") or begin_lesson(
        book, f"practice {book.day}", "practice", _unspent(book)
    )


def refresher(book: LearnerBook) -> LessonState:
    """Begin today's refresher, or go on with it: practice on what was missed, or is due.

    Raises
    ------
    TaskError
        If nothing is.
    """
    going = _of_today(book, "refresher")
    if going:
        return going
    focus = book.focus
    if not focus:
        msg = "Nothing to refresh: nothing was missed and nothing is due. Practise instead."
        raise TaskError([msg])
    kept = tuple((one.criterion, one.lower) for one in focus)
    return begin_lesson(book, f"refresher {book.day}", "practice", _unspent(book), focus=kept)


def check_in(book: LearnerBook) -> LessonState:
    """Begin a check-in, or go on with it: tasks of the practice pool, those that were not met for longest."""
    going = book.going("check_in")
    if going:
        return going
    met = {review.task: review.submitted_at.isoformat() for review in book.trained}
    longest_ago = sorted(book.pool.practice, key=lambda name: (met.get(name, ""), _lot(book, name)))
    return begin_lesson(book, f"check-in {book.day}", "check_in", longest_ago[:CHECK_IN])


def exam(book: LearnerBook) -> LessonState:
    """Begin an exam, or go on with the one that is not over.

    Raises
    ------
    TaskError
        If too few gold tasks are left that this learner has never seen.
    """
    going = book.going("exam")
    if going:
        return going
    rule = exam_rule(book)
    name = _free_name(book, f"exam {book.day}")
    tasks = exam_tasks(book, rule, name)
    return begin_lesson(book, name, "exam", tasks, rule=rule.model_dump(mode="json"))


def exam_rule(book: LearnerBook) -> ExamRule:
    """Return the rule of an exam that would begin now."""
    course = book.course
    usual = rule_for(course.rubric, size=course.exam_size, sequential=course.sequential)
    if not course.sequential:
        return usual
    unseen = len(set(book.pool.exam) - book.seen)
    return usual.model_copy(update={"most": max(usual.least, min(usual.most, unseen))})


def exam_tasks(book: LearnerBook, rule: ExamRule, name: str) -> tuple[str, ...]:
    """Return the tasks of an exam that would begin now; see `choose_exam` for what it raises."""
    course = book.course
    return choose_exam(
        course.tasks,
        book.gold,
        course.rubric,
        pool=book.pool.exam,
        seen=book.seen,
        size=rule.length,
        seed=f"{course.seed}|{name}|{book.learner}",
    )


_BEGIN: dict[str, Callable[[LearnerBook], LessonState]] = {
    "warm_up": warm_up,
    "practice": practice,
    "refresher": refresher,
    "exam": exam,
    "check_in": check_in,
}
LESSONS = frozenset(_BEGIN)
"""The doors behind which there is a lesson."""


def begin(what: str, book: LearnerBook) -> LessonState:
    """Begin the lesson behind a door, or return the one to go on with.

    Raises
    ------
    TaskError
        If there is nothing to do in it.
    """
    try:
        return _BEGIN[what](book)
    except RoundError:  # another window began it just now
        return _BEGIN[what](LearnerBook(book.course, book.learner))


def next_of(book: LearnerBook, state: LessonState) -> str | None:
    """Return the task that comes next in a lesson whose tasks come one by one; None at its end."""
    lesson, done = state.lesson, book.reviews_of(state)
    if lesson.mode != "practice":
        answered = {review.task for review in done}
        known = book.course.by_id
        return next((name for name in lesson.tasks if name in known and name not in answered), None)
    if lesson.focus and len(done) >= REFRESHER:
        return None
    course = book.course
    taught = set(book.pool.practice)
    pool = {name: book.gold[name] for name in lesson.tasks if name in taught}
    here = {review.id for review in done}
    pick = next_task(
        course.rubric,
        pool,
        course.by_id,
        [review for review in book.trained if review.id not in here],
        done,
        lesson.began_at,
        seed=f"{lesson.seed}|{lesson.name}|{lesson.learner}",
        focus=frozenset(Boundary(criterion=name, lower=lower) for name, lower in lesson.focus),
    )
    return pick.task if pick else None


def _easiest(book: LearnerBook) -> list[str]:
    """Return the practice pool, the easiest first, and equals in an order of the learner's own."""
    return sorted(
        book.pool.practice, key=lambda name: (_EASE.get(book.gold[name].difficulty, 2), _lot(book, name))
    )


def _of_today(book: LearnerBook, kind: str) -> LessonState | None:
    """Return today's practice or refresher while it goes on."""
    wants_focus = kind == "refresher"
    going = [one for one in book.open_lessons if one.lesson.mode == "practice"]
    ours = [one for one in going if bool(one.lesson.focus) == wants_focus]
    return ours[-1] if ours else None


def _unspent(book: LearnerBook) -> Sequence[str]:
    """Return the practice pool without what the warm-up has shown, if that leaves anything."""
    spent = {name for one in book.of_mode("warm_up") for name in one.lesson.tasks}
    return [name for name in book.pool.practice if name not in spent] or book.pool.practice


def begin_lesson(
    book: LearnerBook, name: str, mode: LessonMode, tasks: Sequence[str], **more: Any
) -> LessonState:
    """Begin a lesson on these tasks, under the first free form of its name.

    Raises
    ------
    TaskError
        If there is no task.
    """
    course = book.course
    if not tasks:
        msg = f"There is no gold under rubric {course.rubric.id} to practise on. Ask your lead for gold."
        raise TaskError([msg])
    course.store.remember_rubric(course.rubric)
    lesson = Lesson(
        campaign=course.campaign,
        name=_free_name(book, name),
        mode=mode,
        learner=book.learner,
        rubric=course.rubric.id,
        rubric_version=course.rubric.version,
        rubric_hash=course.rubric.hash,
        tasks=tuple(tasks),
        seed=str(course.seed),
        began_at=book.at,
        **more,
    )
    return course.store.lessons.begin(lesson)


def _free_name(book: LearnerBook, name: str) -> str:
    """Return the name, or with the first number that no lesson of the learner has yet."""
    taken = {one.lesson.name for one in book.lessons}
    number = 1
    while (name if number == 1 else f"{name} {number}") in taken:
        number += 1
    return name if number == 1 else f"{name} {number}"


def _lot(book: LearnerBook, name: str) -> str:
    """Return what decides between equals, for each learner in another way."""
    return hashlib.sha256(f"{book.course.seed}|{book.learner}|{name}".encode()).hexdigest()
