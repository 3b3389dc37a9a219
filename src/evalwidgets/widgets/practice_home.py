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
_NAMES = {"warm_up": "Warm-up", "practice": "Practice", "exam": "Exam", "check_in": "Check-in"}


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
    return {
        "kind": "home",
        "learner": book.learner,
        "rubric": f"{rubric.title} {rubric.version}",
        "told": TOLD,
        "sentence": notice or _sentence(book),
        "map": mastery_map(rubric, book.standing, book.teachable, book.at),
        "doors": [as_json(one) for one in doors(book, has_wall=has_wall, toured=toured)],
        "history": [_entry(book, one) for one in reversed(book.lessons)],
    }


def _sentence(book: LearnerBook) -> str:
    """Return how far the learner is, in a sentence."""
    standing = book.standing.values()
    held = sum(one.state in ("mastered", "due") for one in standing)
    due = sum(one.state == "due" for one in standing)
    coming = [one.due for one in standing if one.state == "mastered" and one.due]
    if not book.trained:
        return "Nothing practised yet."
    told = f"{held} of {len(standing)} boundaries mastered"
    if due:
        return f"{told}; {due} to be looked at again now."
    return f"{told}; the next comes again on {_day(min(coming))}." if coming else f"{told}."


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
