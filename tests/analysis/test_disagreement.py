"""Where reviewers disagree."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import Scale, most_disagreed, spread
from evalwidgets.errors import RatingsError

from .simulated import simulated
from .tables import ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), label="Quality")
GATE = Scale("gate", ("yes", "no", "unsure"), "nominal", label="Gate")
TIMES = "\N{MULTIPLICATION SIGN}"


@settings(deadline=None)
@given(values=st.lists(st.integers(1, 5), min_size=2, max_size=9))
def test_spread_is_the_mean_distance_of_pairs(values: list[int]) -> None:
    """It equals going through all pairs, as a share of the scale."""
    pairs = [abs(a - b) / 4 for a, b in combinations(values, 2)]

    table = spread(ratings_of([values]), QUALITY).table

    assert table.iloc[0, 0] == pytest.approx(np.mean(pairs))


@settings(deadline=None)
@given(values=st.lists(st.sampled_from(GATE.levels), min_size=2, max_size=9))
def test_spread_of_choices_is_the_share_of_differing_pairs(values: list[str]) -> None:
    """Options have no distance: they are the same or not."""
    pairs = [a != b for a, b in combinations(values, 2)]

    table = spread(ratings_of([values], "gate"), GATE).table

    assert table.iloc[0, 0] == pytest.approx(np.mean(pairs))


def test_not_applicable_differs_from_every_level() -> None:
    """Three 4s and one "not applicable": half the pairs disagree wholly."""
    ratings = ratings_of([[4, 4, 4, 4]])
    ratings.loc[3, "value"] = None
    ratings["na"] = [None, None, None, "no_people"]

    found = spread(ratings, QUALITY)

    assert found.table.iloc[0, 0] == pytest.approx(0.5)
    assert found.answers.iloc[0, 0] == f"4{TIMES}3 · N/A"
    assert found.splits.iloc[0, 0] == "4 N/A"


def test_one_answer_is_no_disagreement() -> None:
    """A task with one rating has no spread and comes last."""
    found = spread(ratings_of([[4, None], [1, 5]]), QUALITY)

    assert list(found.table.index) == ["t1", "t0"]
    assert np.isnan(found.table.loc["t0", "quality"])


def test_camps_come_before_a_single_slip() -> None:
    """Two camps are more divided than one outlier, and the criterion that drives it is named."""
    ratings = pd.concat(
        [
            ratings_of([[1, 5, 5, 5, 5, 5], [1, 1, 1, 5, 5, 5], [3, 3, 3, 3, 3, 3]], "quality"),
            ratings_of([["yes"] * 6, ["yes"] * 6, ["yes"] * 6], "gate"),
        ]
    )

    table = most_disagreed(ratings, [GATE, QUALITY])

    assert table.to_dict("records") == [
        {
            "task": "t1",
            "score": pytest.approx(0.6),
            "criterion": "quality",
            "label": "Quality",
            "answers": f"1{TIMES}3 · 5{TIMES}3",
        },
        {
            "task": "t0",
            "score": pytest.approx(1 / 3),
            "criterion": "quality",
            "label": "Quality",
            "answers": f"1 · 5{TIMES}5",
        },
    ]


def test_at_most_n_tasks_are_listed() -> None:
    """The agenda has n tasks, the most divided ones."""
    world = simulated(0)

    table = most_disagreed(world.ratings, world.scales, n=10)

    assert len(table) == 10
    assert table["score"].is_monotonic_decreasing


@pytest.mark.parametrize("tasks", [[], [[3, 3], [4, 4]], [[3], [4]]], ids=["none", "alike", "single"])
def test_no_disagreement_is_an_empty_agenda(tasks: list[Any]) -> None:
    """Nothing to discuss gives no rows and the columns all the same."""
    table = most_disagreed(ratings_of(tasks), QUALITY)

    assert table.empty
    assert list(table.columns) == ["task", "score", "criterion", "label", "answers"]


def test_counts_are_measured_by_what_occurs() -> None:
    """An open scale has no declared ends: the largest distance seen is 1."""
    people = Scale("people", (), "interval")

    found = spread(ratings_of([[0, 10], [4, 5]], "people"), people)

    assert found.table["people"].to_dict() == {"t0": 1.0, "t1": pytest.approx(0.1)}


def test_values_off_the_scale_are_refused() -> None:
    """A sixth level is an error here too."""
    with pytest.raises(RatingsError, match="criterion quality: expected values among"):
        spread(ratings_of([[1, 6]]), QUALITY)


@pytest.mark.parametrize(
    ("tasks", "finding"),
    [
        ([], "No task has two reviewers yet"),
        ([[2], [3]], "No task has two reviewers yet"),
        ([[2, 2]], "Reviewers gave the same answers everywhere"),
        ([[1, 3]], "Reviewers differ most on Quality (50% of the scale apart); most divided task: t0"),
    ],
)
def test_the_finding_is_a_sentence(tasks: list[Any], finding: str) -> None:
    """The finding says what divides, or that nothing does."""
    assert spread(ratings_of(tasks), QUALITY).finding == finding
