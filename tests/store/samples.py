"""Reviews to store: plain ones by hand, and any valid one by hypothesis."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_events import Example, Raised
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_events import Proposed, Seconded
from evalwidgets.core.lesson import Lesson
from evalwidgets.core.opening import Opening
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round import Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.drafts import Draft

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROUND = {"campaign": "spring", "round": "r1", "reviewer": "ana", "rubric": "image-edit"}


def new_id(*seed: object) -> str:
    """Return a UUID that depends on the seed alone."""
    return str(UUID(int=random.Random(repr(seed)).getrandbits(128), version=4))


def a_review(**changes: Any) -> Review:
    """Return a valid review; its id follows from what is changed."""
    facts: dict[str, Any] = {
        **ROUND,
        "id": new_id(sorted(changes.items(), key=str)),
        "task": "t1",
        "task_hash": "a" * 64,
        "rubric_version": "1.0.0",
        "rubric_hash": "b" * 64,
        "answers": {
            "feasible": Answer(value="yes"),
            "accuracy": Answer(value=3, second=2, note="The hat at the left is red as asked."),
            "defects": Answer(value=["halo", "remnant"]),
            "text": Answer(na="no_text"),
        },
        "flags": {"sensitive": ""},
        "confidence": 2,
        "shown_at": NOON,
        "submitted_at": NOON + timedelta(seconds=41),
        "seconds": 38.5,
        "position": 4,
    }
    return Review(**{**facts, **changes})


def a_round(**changes: Any) -> Round:
    """Return a calibration round of two tasks and two reviewers, opened at noon."""
    facts: dict[str, Any] = {
        "campaign": "spring",
        "name": "r2",
        "rubric": "image-edit",
        "rubric_version": "1.0.0",
        "rubric_hash": "b" * 64,
        "tasks": ("t1", "t2"),
        "reviewers": ("ana", "ben"),
        "lead": "lee",
        "opened_at": NOON,
    }
    return Round(**{**facts, **changes})


def an_opening(**changes: Any) -> Opening:
    """Return ana's opening of the evidence of a task that she has submitted."""
    facts: dict[str, Any] = {
        "campaign": "spring",
        "round": "r1",
        "reviewer": "ana",
        "task": "t1",
        "review": new_id("submitted"),
        "kind": "evidence",
        "opened_at": NOON,
    }
    return Opening(**{**facts, **changes})


def a_lesson(**changes: Any) -> Lesson:
    """Return ana's practice on two tasks, begun at noon."""
    facts: dict[str, Any] = {
        "campaign": "spring",
        "name": "practice 1",
        "mode": "practice",
        "learner": "ana",
        "rubric": "image-edit",
        "rubric_version": "1.0.0",
        "rubric_hash": "b" * 64,
        "tasks": ("t1", "t2"),
        "began_at": NOON,
    }
    return Lesson(**{**facts, **changes})


def a_gold(**changes: Any) -> Gold:
    """Return gold of one task: accuracy is 3 or 4."""
    facts: dict[str, Any] = {
        "task": "t1",
        "rubric": "image-edit",
        "rubric_version": "1.0.0",
        "answers": {"accuracy": GoldAnswer(accepted=(3, 4), rationale="The hat is red.")},
        "by": "lee",
    }
    return Gold(**{**facts, **changes})


def a_proposal(**changes: Any) -> Proposed:
    """Return lee's proposal of that gold."""
    facts: dict[str, Any] = {
        "gold": a_gold(),
        "by": "lee",
        "at": NOON,
        "reason": "settled in the meeting",
        "origin": "round r2, consensus of 2",
    }
    return Proposed(**{**facts, **changes})


def a_second_look(**changes: Any) -> Seconded:
    """Return mia's seconding of the first proposal in the log."""
    facts: dict[str, Any] = {"task": "t1", "rubric": "image-edit", "proposal": 1, "by": "mia", "at": NOON}
    return Seconded(**{**facts, **changes})


def a_draft(**changes: Any) -> Draft:
    """Return a valid draft."""
    facts: dict[str, Any] = {"review": new_id("draft"), "task": "t1", "shown_at": NOON, "seconds": 3.25}
    return Draft(**{**facts, **changes})


def a_rubric(**changes: Any) -> Rubric:
    """Return a small valid rubric."""
    level = {"name": "Level", "descriptor": "What this level looks like."}
    facts: dict[str, Any] = {
        "id": "image-edit",
        "version": "1.0.0",
        "title": "Image edit",
        "kind": "edit",
        "criteria": [
            {
                "id": "accuracy",
                "label": "Accuracy",
                "question": "Is the picture as it was asked for?",
                "control": "ordinal",
                "levels": [{"value": value, **level} for value in (1, 2, 3, 4)],
            }
        ],
        "purpose": "To test with.",
        "changelog": [
            {"version": "1.0.0", "date": "2026-03-02", "bump": "first", "changes": ["First version."]}
        ],
    }
    return Rubric.model_validate({**facts, **changes})


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
keys = texts.filter(bool)
names = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
numbers = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
scalars = texts | numbers | st.booleans()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
levels = st.none() | st.integers(0, 9)
times = st.datetimes(
    datetime(1970, 1, 3),
    datetime(2199, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9.5))]),
)
rated = st.builds(Answer, value=values, second=levels, reason=st.none() | texts, note=texts)
not_applicable = st.builds(Answer, na=texts, note=texts)
only_a_note = st.builds(Answer, note=texts)
answers = st.dictionaries(names, rated | not_applicable | only_a_note, max_size=6)


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Draw any valid first review."""
    return Review(
        id=str(draw(st.uuids())),
        **{
            name: draw(keys) for name in ("campaign", "round", "task", "rubric", "rubric_version", "reviewer")
        },
        task_hash="a" * 64,
        rubric_hash="b" * 64,
        state=draw(st.sampled_from(["submitted", "submitted", "skipped"])),
        answers=draw(answers),
        note=draw(texts),
        flags=draw(st.dictionaries(names, texts, max_size=2)),
        confidence=draw(st.none() | st.integers(1, 3)),
        reason=draw(texts),
        shown_at=draw(times),
        submitted_at=draw(times),
        seconds=draw(st.floats(0, allow_nan=False, allow_infinity=False)),
        position=draw(st.integers(0, 2**31 - 1)),
    )


def a_gap(**changes: Any) -> Raised:
    """Return lee's gap about shadows that were left over, at one task."""
    facts: dict[str, Any] = {
        "gap": "shadows",
        "rubric": "image-edit",
        "rubric_version": "1.0.0",
        "clause": Clause(criterion="preservation", lower=3),
        "title": "Is a shadow part of what was removed?",
        "examples": (Example(task="t1", quote="the shadow is still there"),),
        "by": "lee",
        "at": NOON,
    }
    return Raised(**{**facts, **changes})
