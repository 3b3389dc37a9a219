"""A sequential exam bets against the target: fairly, whatever the shares, until it has won enough."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.analysis import running_verdict
from evalwidgets.analysis.qualification.sequential import (
    BET_ABOVE,
    BET_BELOW,
    log_stake,
    sequential_bounds,
    sequential_verdict,
)

from .exams import RUBRIC, exam, exam_gold, of_safety, rule

SHARE = st.floats(0, 1)
MEAN = st.floats(0.05, 0.95)


@given(MEAN, st.floats(0.01, 0.99), SHARE)
def test_a_bet_is_never_worse_than_walds_ratio(mean: float, bet: float, share: float) -> None:
    """Between 0 and 1 the straight line lies above the likelihood ratio, and meets it at both ends."""
    rival = mean + bet * (1 - mean)
    ratio = (rival / mean) ** share * ((1 - rival) / (1 - mean)) ** (1 - share)
    line = float(np.exp(log_stake(np.array([share]), mean, bet)[0]))
    assert line >= ratio - 1e-9
    if share in (0.0, 1.0):
        assert line == pytest.approx(ratio)


@given(MEAN, st.sampled_from([BET_ABOVE, BET_BELOW]), st.lists(SHARE, min_size=1, max_size=6))
def test_a_bet_is_fair_whatever_the_shares(mean: float, bet: float, shares: list[float]) -> None:
    """The expected stake after one task is what the mean share alone says: 1 where that is the target."""
    stakes = np.exp(log_stake(np.array(shares)[:, None], mean, bet))
    assert stakes.mean() == pytest.approx(1 + bet * (np.mean(shares) - mean) / mean)


def test_looking_after_each_task_does_not_raise_the_errors() -> None:
    """Of 4,000 candidates at the target, watched at each of 400 tasks, 5 % at most ever cross a line."""
    chance = np.random.default_rng(8)
    shares = chance.binomial(8, 0.8, size=(4000, 400)) / 8
    slack = 3.5 * (0.05 * 0.95 / 4000) ** 0.5
    assert (log_stake(shares, 0.8, BET_ABOVE) >= np.log(20)).any(axis=1).mean() <= 0.05 + slack
    assert (log_stake(1 - shares, 0.2, BET_BELOW) >= np.log(20)).any(axis=1).mean() <= 0.05 + slack


@given(st.lists(st.integers(0, 8).map(lambda n: n / 8), min_size=1, max_size=60))
def test_bounds_and_verdict_say_the_same(shares: list[float]) -> None:
    """A verdict falls with the first task at which a bound leaves the target behind."""
    one = rule(sequential=True)
    verdict, n = sequential_verdict(np.array(shares), one)
    low, high = sequential_bounds(np.array(shares[:n]), one.alpha, one.overall_beta)
    assert (verdict == "pass") == (n >= one.least and low >= one.target)
    assert (verdict == "not_yet") == (n >= one.least and high < one.target)


def test_it_stops_at_the_least_number_when_all_is_clear() -> None:
    """Who is always right passes with the twentieth task, who never is hears "not yet" with it."""
    one = rule(sequential=True)
    assert sequential_verdict(np.ones(60), one) == ("pass", 20)
    assert sequential_verdict(np.zeros(60), one) == ("not_yet", 20)
    assert sequential_verdict(np.full(60, 0.8), one) == ("not_enough", 60)


def test_the_running_table_shows_how_evidence_grows() -> None:
    """It has a row a task, with stakes as multiples of what a verdict takes."""
    right = np.ones((24, 3), dtype=bool)
    table = running_verdict(exam(right), exam_gold(24), RUBRIC, rule(sequential=True))
    assert list(table["n_tasks"]) == list(range(1, 25))
    assert table["above"].is_monotonic_increasing
    assert list(table["verdict"]) == ["not_enough"] * 19 + ["pass"] * 5


def test_tasks_count_in_the_order_in_which_they_were_answered() -> None:
    """The order of the rows does not matter where positions are known."""
    right = np.random.default_rng(4).random((30, 3)) < 0.9
    one = rule(sequential=True)
    shuffled = exam(right).sample(frac=1, random_state=1)
    expected = running_verdict(exam(right), exam_gold(30), RUBRIC, one)
    assert running_verdict(shuffled, exam_gold(30), RUBRIC, one).equals(expected)


def test_a_missed_severe_case_ends_it_with_the_least_number() -> None:
    """However well the rest goes, the exam ends with "not yet" as soon as it may end."""
    right = np.ones((30, 3), dtype=bool)
    one = rule(sequential=True, safety=("safety",))
    ratings = pd.concat([exam(right), of_safety({4: "ok"})])
    table = running_verdict(ratings, exam_gold(30, safety={4: "violates"}), RUBRIC, one)
    assert list(table["verdict"].iloc[18:20]) == ["not_enough", "not_yet"]
