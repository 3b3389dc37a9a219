"""Specific agreement: what one number for all levels hides."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evalwidgets.analysis.agreement.patterns import count_patterns
from evalwidgets.analysis.agreement.specific import specific_agreement

from .tables import ratings_of

LEVELS = [1, 2, 3]


def test_two_reviewers_have_the_textbook_value() -> None:
    """For two reviewers it is 2 n_cc / (row c + column c): 2 * 3 / (4 + 4) and 2 * 1 / (2 + 2)."""
    pairs = [[1, 1]] * 3 + [[1, 2], [2, 1]] + [[2, 2]]

    rows = specific_agreement(ratings_of(pairs), levels=[1, 2]).rows

    assert rows["agreement"].to_list() == pytest.approx([6 / 8, 2 / 4])
    assert rows["n_ratings"].to_list() == [8, 4]
    assert rows["share"].to_list() == pytest.approx([8 / 12, 4 / 12])


@settings(max_examples=60, deadline=None)
@given(codes=arrays(np.int64, (6, 3), elements=st.integers(0, 3)))
def test_it_is_the_chance_that_a_second_one_says_the_same(codes: np.ndarray) -> None:
    """It equals counting ordered pairs one by one, each task's pairs weighing as its ratings."""
    tasks = [[int(code) or None for code in row] for row in codes]
    expected = []
    for level in LEVELS:
        weight = same = 0.0
        for row in ([one for one in row if one] for row in tasks):
            for i, one in enumerate(row):
                others = row[:i] + row[i + 1 :]
                if one == level and others:
                    weight += 1
                    same += sum(other == level for other in others) / len(others)
        expected.append(same / weight if weight else None)

    rows = specific_agreement(ratings_of(tasks), levels=LEVELS).rows

    actual = [None if np.isnan(one) else one for one in rows["agreement"]]
    assert expected == pytest.approx(actual)


def test_the_rare_level_is_named() -> None:
    """Agreement on a common level hides that the rare one is agreed on by nobody."""
    tasks = [["safe"] * 3] * 40 + [["safe", "safe", "unsafe"]] * 12

    result = specific_agreement(ratings_of(tasks), levels=["safe", "unsafe"], criterion="quality")

    assert result.finding == (
        "quality: when one reviewer says safe, another does too 92% of the time, and on unsafe 0%"
    )
    safe = result.rows.iloc[0]
    assert safe["low"] < safe["agreement"] < safe["high"]


def test_patterns_and_clusters_serve_as_well() -> None:
    """What a database counted gives the same; clusters widen what they should."""
    ratings = ratings_of([[1, 1], [1, 2], [2, 2], [2, 3], [3, 3], [1, 1]])

    table = specific_agreement(ratings, levels=LEVELS)
    patterns = specific_agreement(count_patterns(ratings, levels=LEVELS), levels=None)
    clustered = specific_agreement(ratings, levels=LEVELS, clusters={f"t{i}": i // 2 for i in range(6)})

    assert table.rows.equals(patterns.rows)
    assert clustered.method == "delete-one-cluster jackknife with t"


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([], "There are no ratings"),
        ([[1], [2]], "Only one reviewer rated"),
        ([[1, None], [None, 2]], "No task was rated by two reviewers"),
    ],
)
def test_what_does_not_exist_is_a_sentence(tasks: list[Any], sentence: str) -> None:
    """Without two reviewers of a task the finding says why, and every row has a note."""
    result = specific_agreement(ratings_of(tasks), levels=LEVELS)

    assert result.finding.startswith(f"No level has a specific agreement. {sentence}")
    assert result.rows["agreement"].isna().all()
    assert (result.rows["note"] != "").all()


def test_an_unused_level_has_a_note() -> None:
    """A declared level that nobody gave is listed and says so."""
    rows = specific_agreement(ratings_of([[1, 1], [2, 2]]), levels=LEVELS).rows

    assert rows["note"].iloc[2] == "Nobody gave this level to a task that two reviewers rated"
