"""The planner: exact chances of our own verdicts, checked against known figures and by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.analysis import Scale, gold_accuracy, wilson_interval
from evalwidgets.analysis.gold.accuracy import verdict_on
from evalwidgets.analysis.gold.planner import GoldPlan, gold_tasks_for_verdict, gold_tasks_needed, plan_gold
from evalwidgets.errors import RatingsError

from .tables import gold_of, ratings_of


def row_of(plan: GoldPlan, n: int, rate: float) -> pd.Series:
    """Return the row of a number of tasks and a true rate."""
    return plan.rows[(plan.rows["n_tasks"] == n) & np.isclose(plan.rows["rate"], rate)].iloc[0]


@pytest.mark.parametrize(
    ("n", "weak", "good"), [(10, 0.38, 0.18), (20, 0.24, 0.17), (40, 0.11, 0.14), (60, 0.06, 0.11)]
)
def test_a_plain_bar_decides_by_luck_on_few_tasks(n: int, weak: float, good: float) -> None:
    """At 80 % a 70 % reviewer passes and an 85 % one fails as often as an independent simulation found."""
    plan = plan_gold(0.8)

    assert row_of(plan, n, 0.70)["passed_by_point"] == pytest.approx(weak, abs=0.01)
    assert 1 - row_of(plan, n, 0.85)["passed_by_point"] == pytest.approx(good, abs=0.01)


@pytest.mark.parametrize(("n", "half_width"), [(10, 0.23), (20, 0.17), (40, 0.12), (80, 0.09)])
def test_the_margin_at_80_percent(n: int, half_width: float) -> None:
    """Half-widths of Wilson at 80 %, as known; the needed number is the first that reaches it."""
    low, high = wilson_interval(0.8 * n, n)

    assert (high - low) / 2 == pytest.approx(half_width, abs=0.005)
    assert gold_tasks_needed(0.8, (high - low) / 2) == n


@given(st.integers(1, 60), st.floats(0.05, 0.95), st.floats(0.0, 1.0))
def test_chances_are_those_of_the_verdict_on_every_count(n: int, target: float, rate: float) -> None:
    """The sums over all counts that get each verdict, and they add up to 1."""
    right = np.arange(n + 1)
    logs = [0.0, *np.cumsum(np.log(np.arange(1, n + 1)))]
    chance = np.array(
        [np.exp(logs[n] - logs[k] - logs[n - k]) * rate**k * (1 - rate) ** (n - k) for k in right]
    )
    verdicts = np.array([verdict_on(wilson_interval(int(k), n), target, n) for k in right])

    row = plan_gold(target, sizes=[n], rates=[rate], half_width=0.2).rows.iloc[0]

    assert row["passed"] == pytest.approx(chance[verdicts == "pass"].sum(), abs=1e-9)
    assert row["not_yet"] == pytest.approx(chance[verdicts == "not yet"].sum(), abs=1e-9)
    assert row["passed"] + row["not_yet"] + row["not_enough"] == pytest.approx(1)


def test_simulated_reviewers_get_the_planned_verdicts() -> None:
    """Of 300 reviewers who are right 70 % of the time as many fail on 40 tasks as planned."""
    rng = np.random.default_rng(0)
    answers = np.where(rng.random((40, 300)) < 0.7, 3, 5).tolist()
    scale = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, target_within=0.8)

    rows = gold_accuracy(ratings_of(answers), gold_of([3] * 40), scale).rows

    people = rows[(rows["criterion"] == "quality") & (rows["reviewer"] != "(all)")]
    planned = row_of(plan_gold(0.8), 40, 0.7)
    assert (people["verdict"] == "not yet").mean() == pytest.approx(planned["not_yet"], abs=0.08)
    assert (people["verdict"] == "pass").mean() == pytest.approx(planned["passed"], abs=0.02)


def test_five_tasks_never_make_a_verdict() -> None:
    """Below the least number of tasks everything is not enough evidence."""
    rows = plan_gold(0.8, sizes=[5]).rows

    assert (rows["not_enough"] == 1).all()


def test_a_wrong_verdict_is_rare_whatever_the_number() -> None:
    """Our rule wrongly passes or fails a reviewer on the bar itself in less than 6 of 100 tries."""
    rows = plan_gold(0.8, sizes=range(10, 121), rates=[0.8]).rows

    assert rows["passed"].max() < 0.05
    assert rows["not_yet"].max() < 0.06


@pytest.mark.parametrize(("rate", "column"), [(0.9, "passed"), (0.95, "passed"), (0.7, "not_yet")])
def test_the_number_for_a_verdict_is_the_first_that_reaches_it(rate: float, column: str) -> None:
    """One task fewer is not enough."""
    n = gold_tasks_for_verdict(0.8, rate)

    chances = plan_gold(0.8, sizes=[n - 1, n], rates=[rate]).rows[column]
    assert chances.iloc[0] < 0.8 <= chances.iloc[1]


def test_the_finding_says_how_many_and_what_luck_does() -> None:
    """The number for the margin, and the wrong pass on the fewest tasks."""
    assert plan_gold(0.8).finding == (
        "Telling 80% to within 10 points takes 60 gold tasks; with 10, a reviewer who is right 70% of the "
        "time reaches the bar by luck in 38% of tries"
    )
    assert "<table" in plan_gold(0.9)._repr_html_()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: gold_tasks_needed(80), "expected a share between 0 and 1, got 80"),
        (lambda: gold_tasks_needed(0.8, 0.001), "not even 2000 gold tasks"),
        (lambda: gold_tasks_for_verdict(0.8, 0.8), "other than the target"),
        (lambda: gold_tasks_for_verdict(0.8, 0.801), "not even 2000 gold tasks tell it"),
        (lambda: plan_gold(0.8, sizes=[]), "expected numbers of gold tasks"),
        (lambda: plan_gold(0.8, rates=[70]), "expected true rates from 0 to 1"),
    ],
)
def test_impossible_plans_are_refused(call: object, said: str) -> None:
    """Percent for shares, no sizes, and margins that no gold set reaches."""
    with pytest.raises(RatingsError, match=said):
        call()  # type: ignore[operator]
