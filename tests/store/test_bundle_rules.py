"""What is odd about something that comes back, by rules that need no store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from evalwidgets.core.review import Review
from evalwidgets.store.bundle.intake_rules import of_review, of_rubric
from evalwidgets.store.bundle.odd_times import at_once, clock_oddities
from evalwidgets.store.bundle.waybill import CarriedTask, Waybill

from .samples import NOON, ROUND, a_review, new_id

HASH = "a" * 64


def a_waybill(**changes: Any) -> Waybill:
    """Return the waybill of ana's bundle of one task."""
    plain = {
        **ROUND,
        "id": new_id("bundle"),
        "seed": "0",
        "evidence": "never",
        "rubric_version": "1.0.0",
        "rubric_hash": "b" * 64,
        "made_at": NOON,
        "tasks": (CarriedTask(task="t1", task_hash=HASH, digests={}, pictures={}),),
        "files": {},
    }
    return Waybill(**{**plain, **changes})


@pytest.mark.parametrize(
    ("facts", "odd"),
    [
        ({}, None),
        ({"wanted": "b" * 64}, None),
        ({"known": False}, (True, "does not know")),
        ({"wanted": "c" * 64}, (True, "the round has another one")),
        ({"wanted": "c" * 64, "take": True}, (False, "stored as such")),
        ({"newer": "1.1.0"}, (False, "1.1.0 has been published since")),
    ],
)
def test_a_rubric_is_the_stores_the_rounds_and_the_latest_or_it_is_told(facts: Any, odd: Any) -> None:
    """An older version that was the campaign's own is stored; what would mix up a round waits."""
    found = of_rubric(a_waybill(), **{"known": True, "wanted": "", "newer": "", "take": False, **facts})

    assert odd is None or (found is not None and odd[0] is found.held and odd[1] in found.what)
    assert (found is None) is (odd is None)


@pytest.mark.parametrize(
    ("changes", "now", "odd"),
    [
        ({}, None, None),
        ({}, {"t1": HASH}, None),
        ({}, {"t1": "f" * 64}, "changed task"),
        ({}, {"t2": HASH}, "unknown task"),
        ({"task": "t9"}, None, "unknown task"),
        ({"task_hash": "e" * 64}, None, "changed task"),
        ({"rubric_hash": "c" * 64}, None, "stale rubric"),
        ({"reviewer": "mia"}, None, "other person"),
        ({"round": "r9"}, None, "other person"),
    ],
)
def test_a_review_is_of_what_was_sent_to_whom_it_was_sent(changes: Any, now: Any, odd: str | None) -> None:
    """The person, the rules and the task are those of the waybill, and the task is still as it was."""
    found = of_review(a_review(**changes), a_waybill(), {"t1": HASH}, now, take=False)

    assert odd == (found and found.kind)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"seconds": 41.5}, ""),
        ({"seconds": 400}, "400 active seconds within 41"),
        ({"submitted_at": NOON - timedelta(seconds=9)}, "submitted 9 s before it was shown"),
        ({"submitted_at": NOON + timedelta(days=2)}, "in the future (2026-03-04 12:00 UTC)"),
    ],
)
def test_times_that_cannot_be_are_told_in_words(changes: Any, words: str) -> None:
    """Nothing is said of clocks that differ by as much as clocks do."""
    told = [*clock_oddities(a_review(**changes), NOON + timedelta(minutes=4), NOON + timedelta(days=1))]

    assert words in " ".join(told)
    assert bool(words) is bool(told)


def test_only_work_at_the_same_moment_is_at_once() -> None:
    """One task after the other is one person; a task that lay open while another was judged is, too."""
    first = a_review(task="t1", seconds=40)

    def starting(seconds: int, active: float) -> Review:
        end = first.submitted_at + timedelta(seconds=seconds + active)
        return a_review(task="t2", submitted_at=end, seconds=active)

    assert [] == at_once([first], [starting(0, 30), starting(-40, 0), starting(500, 30)])
    assert [(first, other := starting(-20, 30))] == at_once([first], [other])
