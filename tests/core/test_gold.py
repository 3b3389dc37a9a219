"""Gold answers say exactly one thing."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from evalwidgets.core.gold import Gold, GoldAnswer

from ..samples import a_region


@pytest.mark.parametrize(
    "said",
    [
        {"accepted": (3, 4)},
        {"accepted": ([],)},
        {"accepted": (0,)},
        {"distribution": {"a": 0.25, "b": 0.75}},
        {"order": ("a", "b")},
        {"na": True},
    ],
)
def test_one_kind_of_answer_is_taken(said: dict[str, Any]) -> None:
    """A set, a distribution, an order, or "must not apply"; falsy values are values."""
    assert GoldAnswer(**said).model_dump(include=set(said)) == said


@pytest.mark.parametrize("said", [{}, {"accepted": (3,), "na": True}, {"accepted": (3,), "order": ("a",)}])
def test_none_or_two_kinds_of_answer_are_refused(said: dict[str, Any]) -> None:
    """The message lists the kinds and what was given."""
    with pytest.raises(
        ValidationError, match="expected exactly one of accepted, distribution, order, na; got"
    ):
        GoldAnswer(**said)


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ({"a": 0.5, "b": 0.4}, "shares that sum to 1, got 0.9"),
        ({"a": 1.5, "b": -0.5}, "distribution.b"),
        ({"a": float("nan")}, "distribution.a"),
    ],
)
def test_a_distribution_holds_shares(shares: dict[str, float], told: str) -> None:
    """Shares lie between 0 and 1 and sum to 1."""
    with pytest.raises(ValidationError, match=told):
        GoldAnswer(distribution=shares)


def test_a_negative_tolerance_is_refused() -> None:
    """A tolerance is a distance."""
    with pytest.raises(ValidationError, match="tolerance"):
        GoldAnswer(accepted=(3,), tolerance=-1)


def test_a_criterion_that_could_not_exist_is_refused() -> None:
    """Gold names criteria by ids, so a label with a space is a mistake."""
    with pytest.raises(ValidationError, match="answers"):
        Gold(task="t", rubric="r", rubric_version="1.0.0", answers={"Not an id": GoldAnswer(na=True)})


def test_a_region_of_gold_must_be_found_unless_it_is_tolerated() -> None:
    """A place that only some would call a defect is neither asked for nor held against anyone."""
    gold = Gold.model_validate(
        {
            "task": "t",
            "rubric": "sample",
            "rubric_version": "1.0.0",
            "answers": {},
            "regions": [a_region(), {**a_region(id="r2"), "required": False}],
        }
    )

    assert [("r1", True), ("r2", False)] == [(region.id, region.required) for region in gold.regions]
