"""What a learner should look at again, from a meeting, from a round, and from their own practice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from evalwidgets.core.boundary import Boundary
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.mastery import Mastery
from evalwidgets.core.refresher import asked_for, due_or_weak, missed_boundaries
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round_events import Decided

from ..samples import every_control
from ..store.samples import a_review

RUBRIC = every_control()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def gold(task: str, level: int) -> Gold:
    """Return gold that accepts one level of adherence."""
    answers = {"adherence": GoldAnswer(accepted=(level,))}
    return Gold(task=task, rubric=RUBRIC.id, rubric_version="1.0.0", answers=answers)


GOLD = {"t1": gold("t1", 3), "t2": gold("t2", 3), "t3": gold("t3", 4)}


def at(lower: int, criterion: str = "adherence") -> Boundary:
    """Return a boundary."""
    return Boundary(criterion=criterion, lower=lower)


def said(task: str, level: int, **more: Any) -> Review:
    """Return a review that gives a level of adherence."""
    return a_review(task=task, rubric=RUBRIC.id, answers={"adherence": Answer(value=level)}, **more)


def test_misses_come_by_how_often_they_came() -> None:
    """Right answers miss nothing, and tasks without gold cannot be missed."""
    reviews = [said("t1", 2), said("t2", 5), said("t3", 5), said("t3", 5, reviewer="x"), said("t9", 1)]

    assert (at(4), at(2), at(3)) == missed_boundaries(RUBRIC, reviews, GOLD)
    assert () == missed_boundaries(RUBRIC, [said("t1", 3)], GOLD)


def test_a_later_revision_misses_nothing() -> None:
    """What was said after the others were heard is not blind."""
    assert () == missed_boundaries(RUBRIC, [said("t1", 5, revision=2)], GOLD)


def decided(**changes: Any) -> Decided:
    """Return that ana gets a refresher on adherence, after the discussion of a task."""
    facts: dict[str, Any] = {"what": "refresher", "task": "t1", "criterion": "adherence", "reviewer": "ana"}
    return Decided(by="lee", at=NOON, reason="Read it again.", **{**facts, **changes})


def test_a_lead_asks_for_the_boundaries_beside_the_task_s_gold() -> None:
    """Of the criterion that was discussed; for others nothing is asked."""
    kept = decided(what="keep", reviewer=None)

    assert (at(2), at(3)) == asked_for(RUBRIC, [kept, decided()], "ana", GOLD)
    assert () == asked_for(RUBRIC, [decided()], "ben", GOLD)


def test_without_gold_of_the_task_the_whole_criterion_is_asked_for() -> None:
    """The meeting knew what it meant; the lesson must not be empty."""
    found = asked_for(RUBRIC, [decided(task="t9", criterion="quality")], "ana", GOLD)

    assert tuple(at(lower, "quality") for lower in (1, 2, 3, 4)) == found


def test_due_comes_before_weak_and_the_rest_not_at_all() -> None:
    """Longest overdue first; of what is being learnt only what was missed, the weakest first."""
    states = [
        Mastery(boundary=at(1), state="learning", misses=1, sensitivity=1.0),
        Mastery(boundary=at(2), state="due", due=NOON),
        Mastery(boundary=at(3), state="due", due=NOON - timedelta(days=2)),
        Mastery(boundary=at(4), state="learning", false_alarms=2, sensitivity=0.2),
        Mastery(boundary=at(1, "quality"), state="learning", hits=3),
        Mastery(boundary=at(2, "quality"), state="mastered", due=NOON),
        Mastery(boundary=at(3, "quality")),
    ]

    found = due_or_weak({one.boundary: one for one in states})

    assert (at(3), at(2), at(4), at(1)) == found
