"""Kendall's W: a published value, an independent library, and the corners."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import friedmanchisquare
from scipy.stats import t as student

from evalwidgets.analysis.agreement.concordance import kendall_w
from evalwidgets.errors import UnknownName

from .tables import ratings_of

ANXIETY = json.loads((Path(__file__).parents[1] / "cases" / "interval_scales.json").read_text())[1]
LEVELS = [1, 2, 3, 4, 5, 6]


def test_the_published_value_is_reproduced() -> None:
    """W, Friedman's chi-square and its p-value are R irr's."""
    result = kendall_w(ratings_of(ANXIETY["tasks"]), levels=LEVELS)

    assert ANXIETY["kendall_w"] == pytest.approx(result.estimate.estimate, abs=5e-9)
    assert ANXIETY["statistic"] == pytest.approx(result.statistic, abs=5e-6)
    assert ANXIETY["p_value"] == pytest.approx(result.p_value, abs=5e-8)
    assert str(result).endswith("Friedman's chi-square 30.76 on 19 df, p = 0.043.")


@settings(max_examples=100, deadline=None)
@given(data=st.data(), tasks=st.integers(2, 12), reviewers=st.integers(3, 6))
def test_it_equals_an_independent_library(data: Any, tasks: int, reviewers: int) -> None:
    """On random tables with ties it is what scipy computes."""
    levels = data.draw(arrays(np.int64, (tasks, reviewers), elements=st.integers(1, 6)))
    assume(tasks > 2 and (np.ptp(levels, axis=0) > 0).any())
    expected = friedmanchisquare(*levels)

    result = kendall_w(ratings_of(levels.tolist()), levels=LEVELS)

    assert expected.statistic == pytest.approx(result.statistic, abs=1e-9)
    assert expected.pvalue == pytest.approx(result.p_value, abs=1e-9)


def test_the_jackknife_equals_leaving_out_each_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interval is that of ranking anew without each task, in batches too."""
    tasks = ANXIETY["tasks"]
    without = np.array(
        [
            kendall_w(ratings_of(tasks[:i] + tasks[i + 1 :]), levels=LEVELS).estimate.estimate
            for i in range(len(tasks))
        ]
    )
    n = len(without)
    half = student.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    monkeypatch.setattr("evalwidgets.analysis.agreement.sums._BATCH", 100)

    result = kendall_w(ratings_of(tasks), levels=LEVELS).estimate

    assert result.estimate - half == pytest.approx(result.low, abs=1e-9)
    assert result.estimate + half == pytest.approx(result.high, abs=1e-9)


def test_incomplete_tasks_are_counted_and_said() -> None:
    """Ranks need complete tasks; choosing reviewers saves some."""
    ratings = ratings_of([[1, 2, 1], [3, 3, None], [5, 4, 5], [None, 5, 2], [2, 2, 2]])

    everyone = kendall_w(ratings, levels=LEVELS)
    two = kendall_w(ratings, levels=LEVELS, reviewers=["r0", "r1"])

    assert (everyone.estimate.n_tasks, two.estimate.n_tasks) == (3, 4)
    assert "Left out: 2 tasks that not all of the reviewers rated (ranks need complete tasks)." in str(
        everyone
    )


def test_a_shift_does_not_matter() -> None:
    """A reviewer one level above the others has the same order."""
    assert kendall_w(ratings_of([[1, 2], [2, 3], [3, 4]]), levels=LEVELS).estimate.estimate == 1.0


def test_names_in_order_are_ranked_as_declared() -> None:
    """Named levels rank by the declared order, not by the alphabet."""
    numbers = [[1, 1], [2, 3], [3, 2], [1, 2]]
    names = [[["low", "fair", "high"][level - 1] for level in row] for row in numbers]

    one = kendall_w(ratings_of(numbers), levels=[1, 2, 3])
    other = kendall_w(ratings_of(names), levels=["low", "fair", "high"])

    assert one == other


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([], "There are no ratings"),
        ([[1], [2]], "Only one reviewer rated"),
        ([[1, None], [None, 2]], "No task was rated by all 2 reviewers; choose fewer"),
        ([[1, 2]], "Only one task was rated by all"),
        ([[4, 3], [4, 3]], "Every reviewer gave all tasks the same level"),
    ],
    ids=["empty", "one reviewer", "nothing in common", "one task", "no order"],
)
def test_a_number_that_does_not_exist_is_a_sentence(tasks: list[Any], sentence: str) -> None:
    """Degenerate ratings give None and say why."""
    result = kendall_w(ratings_of(tasks), levels=LEVELS)

    assert (result.estimate.estimate, result.statistic, result.p_value) == (None, None, None)
    assert result.estimate.note.startswith(sentence)
    assert "nan" not in repr(result)


def test_an_unknown_reviewer_is_refused() -> None:
    """A misspelt reviewer is named with the nearest."""
    with pytest.raises(UnknownName, match="Did you mean 'r1'"):
        kendall_w(ratings_of([[1, 2]]), levels=LEVELS, reviewers=["r0", "r11"])
