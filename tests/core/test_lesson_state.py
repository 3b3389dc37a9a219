"""Where a lesson stands follows from its log, and what cannot happen is refused with the reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from evalwidgets.core.lesson import Lesson
from evalwidgets.core.lesson_events import (
    Began,
    Differed,
    Ended,
    Judged,
    LessonEvent,
    lesson_event_from_json,
)
from evalwidgets.core.lesson_state import LessonState, replay_lesson
from evalwidgets.core.review import Review
from evalwidgets.errors import RoundError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LESSON = Lesson(
    campaign="spring",
    name="practice 1",
    mode="practice",
    learner="ana",
    rubric="image-edit",
    rubric_version="1.0.0",
    rubric_hash="b" * 64,
    tasks=("t1", "t2"),
    began_at=NOON,
)
BEGAN = Began(at=NOON, lesson=LESSON)
DIFFERED = Differed(at=NOON, task="t1", criterion="quality", why="disagree", remark="no rule says so")
ENDED, JUDGED = Ended(at=NOON), Judged(at=NOON, verdict="not_yet", found={"within": 0.7})


def a_review(**changes: Any) -> Review:
    """Return a review in the lesson."""
    facts: dict[str, Any] = {
        "id": "00000000-0000-4000-8000-000000000001",
        "campaign": "spring",
        "round": "practice 1",
        "task": "t1",
        "task_hash": "a" * 64,
        "rubric": "image-edit",
        "rubric_version": "1.0.0",
        "rubric_hash": "b" * 64,
        "reviewer": "ana",
        "shown_at": NOON,
        "submitted_at": NOON,
    }
    return Review(**{**facts, **changes})


def test_a_whole_lesson_is_told_by_its_log() -> None:
    """Differences, end and verdict follow from the events."""
    state = replay_lesson([BEGAN, DIFFERED, ENDED, JUDGED])

    assert LessonState(LESSON, ENDED.at, JUDGED, (DIFFERED,)) == state


def test_why_one_differs_may_be_said_after_the_end() -> None:
    """The result of an exam is read when it is over."""
    assert (DIFFERED,) == replay_lesson([BEGAN, ENDED, JUDGED, DIFFERED]).differences


@pytest.mark.parametrize(
    ("log", "event", "why"),
    [
        ([], BEGAN, "exists already; a lesson never changes"),
        ([ENDED], ENDED, "ended already; that is for good"),
        ([], JUDGED, "still goes on: end it first"),
        ([ENDED, JUDGED], JUDGED, "was judged already; its result stands"),
        ([], DIFFERED.model_copy(update={"task": "t9"}), "has no task 't9'"),
    ],
)
def test_what_cannot_happen_is_refused(log: list[LessonEvent], event: LessonEvent, why: str) -> None:
    """Each refusal names the lesson and says why."""
    with pytest.raises(RoundError, match=f"Lesson 'practice 1'.*{why}"):
        replay_lesson([BEGAN, *log, event])


@pytest.mark.parametrize("log", [[], [ENDED]])
def test_a_log_begins_with_the_beginning(log: list[LessonEvent]) -> None:
    """Without it nobody knows what the lesson is."""
    with pytest.raises(RoundError, match="begins with its beginning"):
        replay_lesson(log)


@pytest.mark.parametrize(
    ("mode", "again"),
    [("warm_up", "gold has been seen"), ("practice", "gold has been seen"), ("exam", ""), ("check_in", "")],
)
def test_answers_come_once_where_feedback_follows(mode: str, again: str) -> None:
    """Before the end an exam's answer may be changed; practice's may not, for gold has been seen."""
    state = replay_lesson([Began(at=NOON, lesson=LESSON.model_copy(update={"mode": mode}))])

    assert "" == state.refusal(a_review(), 0)
    assert again in state.refusal(a_review(revision=2), 1)
    assert bool(again) == bool(state.refusal(a_review(revision=2), 1))


@pytest.mark.parametrize("event", [BEGAN, DIFFERED, ENDED, JUDGED])
def test_events_come_back_from_json(event: LessonEvent) -> None:
    """What the store keeps is the event itself."""
    assert event == lesson_event_from_json(event.model_dump_json())


def test_a_lesson_names_each_task_once_and_keeps_its_time_in_utc() -> None:
    """A task that is named twice is refused; a clock of another zone means the same moment."""
    east = NOON.astimezone(timezone(timedelta(hours=9)))

    with pytest.raises(ValidationError, match="t1 is named twice"):
        Lesson(**{**dict(LESSON), "tasks": ("t1", "t2", "t1")})
    assert "2026-03-02T12:00:00+00:00" == Lesson(**{**dict(LESSON), "began_at": east}).began_at.isoformat()
