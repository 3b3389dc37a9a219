"""The practice page at home: the path, the mastery map, what was done, what is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from evalwidgets.analysis.results import counted
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.widgets.learner_book import LearnerBook
from evalwidgets.widgets.mastery_view import mastery_map
from evalwidgets.widgets.practice_doors import VERDICTS, as_json, doors

Json = dict[str, Any]

TOLD = (
    "Kept under your name: your answers, how long you worked on them, how sure you were, what you opened, "
    "and what you say to gold. Practice counts in no statistic of the team."
)
_NAMES = {
    "warm_up": "Warm-up",
    "practice": "Practice",
    "exam": "Exam",
    "check_in": "Check-in",
    "changes": "What changed",
}


def home_page(book: LearnerBook, *, has_wall: bool, toured: bool = False, notice: str = "") -> Json:
    """Return the page, as JSON for `PracticePage`.

    Parameters
    ----------
    book, has_wall, toured
        As in `doors`.
    notice : str
        What could not be done just now, in words.
    """
    rubric = book.course.rubric
    mastery = mastery_map(rubric, book.standing, book.teachable, book.at)
    return {
        "kind": "home",
        "learner": book.learner,
        "rubric": f"{rubric.title} {rubric.version}",
        "told": TOLD,
        "sentence": notice or (mastery["sentence"] if book.trained else "Nothing practised yet."),
        "map": mastery,
        "doors": [as_json(one) for one in doors(book, has_wall=has_wall, toured=toured)],
        "history": [_entry(book, one) for one in reversed(book.lessons)],
    }


def _entry(book: LearnerBook, state: LessonState) -> Json:
    lesson, done = state.lesson, len(book.reviews_of(state))
    name = "Refresher" if lesson.focus else _NAMES[lesson.mode]
    of = f"{done} of {len(lesson.tasks)} tasks"
    told = counted(done, "task") if lesson.mode == "practice" else of
    if state.judged:
        verdict = VERDICTS.get(state.judged.verdict or "")
        told = f"{told}; {verdict or state.judged.found.get('sentence', '')}"
    elif state.ended_at is None and state in book.open_lessons:
        told = f"{told}, open"
    return {"title": f"{name}, {_day(lesson.began_at)}", "text": told}


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B}"
