"""What settles a case: which values gold may accept, and which decisions can stand."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.round_events import Noted
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.widgets.settling import made, offered

from ..samples import ROOT, every_control
from .board import NOON

EVERY = every_control()


@pytest.mark.parametrize(
    ("criterion", "values"),
    [
        ("adherence", [1, 2, 3, 4, 5]),
        ("change", ["yes", "no"]),
        ("safety", ["ok", "sensitive", "violates"]),
        ("better", ["halo", "remnant"]),
        ("quality", [1, 2, 3, 4, 5, "N/A"]),
        ("figure", [1, 2, 3, "N/A"]),
        ("places", []),
        ("number", []),
    ],
)
def test_the_values_of_the_scale_are_offered(criterion: str, values: list[Any], every: Rubric) -> None:
    """And "does not apply" where a criterion may not; open controls offer nothing."""
    assert values == [one["value"] for one in offered(every.criterion(criterion))]


def test_a_candidate_that_is_not_there_is_not_offered() -> None:
    """Of a task with three candidates the fourth cannot become gold."""
    best = read_rubric(ROOT / "rubrics/candidate-choice.yaml").criterion("best")

    values = [one["value"] for one in offered(best, {"original", "a", "b", "c"})]

    assert values == ["a", "b", "c", "none"]


@pytest.mark.parametrize(
    ("criterion", "names"),
    [
        ("figure", ["1 Level 1", "2 Level 2", "3 Level 3", "does not apply"]),
        ("change", ["Yes", "No"]),
        ("response", ["Halo", "Remnant"]),
    ],
)
def test_values_are_offered_in_the_words_of_the_rubric(criterion: str, names: list[str]) -> None:
    """As reviewers read them."""
    assert names == [one["name"] for one in offered(EVERY.criterion(criterion))]


def test_an_event_that_cannot_be_kept_is_refused_in_words() -> None:
    """Pydantic's own errors are for programmers."""
    with pytest.raises(RoundError, match=r"This cannot be kept: .*NUL"):
        made(Noted, by="lee", at=NOON, text="a\x00")
    assert "well" == made(Noted, by="lee", at=NOON, text="well").text
