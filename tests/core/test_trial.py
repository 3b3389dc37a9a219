"""Trials: what one review says at the boundaries that gold decides."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.trial import Trial, trials_of

from ..samples import every_control
from .trainees import MORNING, a_review

RUBRIC = every_control()
GOLD = Gold(
    task="t",
    rubric=RUBRIC.id,
    rubric_version=RUBRIC.version,
    answers={
        "safety": GoldAnswer(accepted=("ok",)),
        "adherence": GoldAnswer(accepted=(3, 4)),
        "figure": GoldAnswer(accepted=(2,)),
    },
)


def reviewed(values: dict[str, Any], **changes: Any) -> Review:
    """Return a review of the task with these values."""
    return a_review(RUBRIC, "t", values, MORNING, **changes)


def told(review: Review) -> dict[str, tuple[str, str, bool]]:
    """Return boundary to right side, said side, and whether they agree."""
    return {str(one.boundary): (one.right, one.said, one.correct) for one in trials_of(RUBRIC, review, GOLD)}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (1, {"adherence 2|3": ("above", "below", False), "adherence 4|5": ("below", "below", True)}),
        (3, {"adherence 2|3": ("above", "above", True), "adherence 4|5": ("below", "below", True)}),
        (5, {"adherence 2|3": ("above", "above", True), "adherence 4|5": ("below", "above", False)}),
    ],
)
def test_a_level_is_a_trial_at_each_boundary_that_gold_decides(level: int, expected: dict[str, Any]) -> None:
    """Too low a level misses the boundary below what is accepted, too high a one that above."""
    assert told(reviewed({"adherence": level})) == expected


def test_one_review_gives_trials_at_many_boundaries() -> None:
    """The whole sheet counts, criterion by criterion in the order of the rubric."""
    assert list(told(reviewed({"figure": 3, "adherence": 4}))) == [
        "adherence 2|3",
        "adherence 4|5",
        "figure 1|2",
        "figure 2|3",
    ]


def test_no_level_makes_no_trial() -> None:
    """What was not rated or not applicable says nothing about a boundary."""
    assert told(reviewed({})) == {}
    assert told(reviewed({}, answers={"adherence": Answer(na="hidden"), "figure": Answer(note="hm")})) == {}


@pytest.mark.parametrize("changes", [{"state": "skipped"}, {"revision": 2}])
def test_only_the_first_submitted_review_is_a_trial(changes: dict[str, Any]) -> None:
    """A skip decides nothing, and a revision comes after the feedback."""
    assert told(reviewed({"adherence": 3}, **changes)) == {}


def test_a_trial_keeps_what_the_review_says_about_itself() -> None:
    """Task, review, time, seconds and confidence travel with it."""
    review = reviewed({"adherence": 3}, seconds=41.5, confidence=2)

    trial = trials_of(RUBRIC, review, GOLD)[0]

    assert (trial.task, trial.review, trial.at) == ("t", review.id, review.submitted_at)
    assert (trial.seconds, trial.confidence) == (41.5, 2)
    assert Trial.model_validate_json(trial.model_dump_json()) == trial
