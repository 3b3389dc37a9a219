"""The promised error rates hold over 10,000 simulated candidates, and good candidates pass."""

from __future__ import annotations

import numpy as np
import pytest

from evalwidgets.analysis import judge, operating_characteristic
from evalwidgets.analysis.qualification.characteristic import (
    VERDICTS,
    criterion_rates,
    simulated_exams,
    simulated_verdicts,
)
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.errors import RatingsError

from .exams import CRITERIA, RUBRIC, exam, exam_gold, rule

CANDIDATES = 10_000
SLACK = 3.5 * (0.05 * 0.95 / CANDIDATES) ** 0.5
"""Three and a half standard errors of a share of 5 %: 0.8 points."""
EIGHT = ExamRule(target=0.8, targets={f"c{n}": 0.8 for n in range(8)})
RULES = {
    **{f"{n} tasks": EIGHT.model_copy(update={"size": n}) for n in (20, 24, 60)},
    "sequential": EIGHT.model_copy(update={"sequential": True}),
}


def shares_of(
    rule: ExamRule, rate: float, correlation: float, candidates: int = CANDIDATES
) -> dict[str, float]:
    """Return how many of the candidates get which verdict."""
    chance = np.random.default_rng(5)
    right = simulated_exams(criterion_rates(rule, rate), rule.length, correlation, candidates, chance)
    verdict, _ = simulated_verdicts(right, rule)
    return {name: float((verdict == place).mean()) for place, name in enumerate(VERDICTS)}


@pytest.mark.parametrize("correlation", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("name", RULES)
def test_at_the_target_both_promises_hold(name: str, correlation: float) -> None:
    """At the target, where both errors are likeliest, neither is made more often than promised."""
    found = shares_of(RULES[name], 0.8, correlation)
    assert found["pass"] <= RULES[name].alpha + SLACK
    assert found["not_yet"] <= RULES[name].beta + SLACK


@pytest.mark.parametrize("sequential", [False, True])
def test_who_just_reaches_each_of_uneven_targets_is_seldom_refused(sequential: bool) -> None:
    """Ten looks at once, each at its own target, together refuse no more than beta."""
    targets = (0.85, 0.95, 0.8, 0.95, 0.9, 0.88, 0.85, 0.85, 0.85, 0.85)
    uneven = ExamRule(
        target=0.8, targets={f"c{n}": target for n, target in enumerate(targets)}, sequential=sequential
    )
    rates = criterion_rates(uneven, float(np.mean(targets)))
    assert rates == pytest.approx(targets)
    found = shares_of(uneven, float(np.mean(targets)), 0.3)
    assert found["not_yet"] <= uneven.beta + SLACK


@pytest.mark.parametrize("name", ["24 tasks", "sequential"])
def test_off_the_target_errors_are_rarer_still(name: str) -> None:
    """Five points below hardly anybody passes, five points above hardly anybody is told "not yet"."""
    assert shares_of(RULES[name], 0.75, 0.3, 4000)["pass"] < 0.02
    assert shares_of(RULES[name], 0.85, 0.3, 4000)["not_yet"] < 0.02


@pytest.mark.parametrize("name", ["24 tasks", "sequential"])
def test_good_candidates_pass_and_weak_ones_do_not(name: str) -> None:
    """Who is right 97 % of the time mostly passes; who is right 60 % of the time is mostly told "not yet"."""
    assert shares_of(RULES[name], 0.97, 0.3, 2000)["pass"] > 0.9
    assert shares_of(RULES[name], 0.6, 0.3, 2000)["not_yet"] > 0.9


@pytest.mark.parametrize("rate", [0.0, 1.0])
@pytest.mark.parametrize("sequential", [False, True])
def test_below_the_least_number_of_tasks_there_is_no_verdict(rate: float, sequential: bool) -> None:
    """19 tasks decide nothing, not even for those who are always right, or never."""
    short = EIGHT.model_copy(update={"size": 19, "sequential": sequential})
    right = simulated_exams(np.full(8, rate), 19, 0.0, 50, np.random.default_rng(1))
    assert not simulated_verdicts(right, short)[0].any()


@pytest.mark.parametrize("sequential", [False, True])
def test_the_simulator_judges_as_judge_does(sequential: bool) -> None:
    """Real tables of ratings get the simulated verdicts, and stop at the same task."""
    one = rule(size=30, most=30, sequential=sequential)
    seen = set()
    for place, rate in enumerate((0.6, 0.75, 0.85, 0.93, 1.0)):
        chance = np.random.default_rng(place)
        right = simulated_exams(criterion_rates(one, rate), 30, 0.3, 5, chance)
        verdicts, n_tasks = simulated_verdicts(right, one)
        for candidate, verdict, n in zip(right, verdicts, n_tasks, strict=True):
            result = judge(exam(candidate, CRITERIA), exam_gold(30), RUBRIC, one)
            assert (result.verdict, result.n_tasks) == (VERDICTS[verdict], n)
            seen.add(result.verdict)
    assert seen == set(VERDICTS)


def test_the_table_adds_up_and_repeats() -> None:
    """The three shares of a row sum to one, and equal seeds give equal tables."""
    table = operating_characteristic(EIGHT, rates=(0.7, 0.9), candidates=200)
    assert table[["passed", "not_yet", "not_enough"]].sum(axis=1).to_numpy() == pytest.approx(1)
    assert table.equals(operating_characteristic(EIGHT, rates=(0.7, 0.9), candidates=200))
    assert (table["n_tasks"] == EIGHT.size).all()


def test_a_sequential_exam_is_shorter_for_whom_it_is_clear() -> None:
    """Far from the target it ends soon, near it late."""
    table = operating_characteristic(RULES["sequential"], rates=(0.5, 0.82, 0.98), candidates=300)
    soon, late, again = table["n_tasks"]
    assert soon < 25
    assert again < 25
    assert late > 40


@pytest.mark.parametrize("correlation", [0.0, 0.4, 1.0])
def test_simulated_judgements_have_the_rate_and_the_correlation(correlation: float) -> None:
    """Errors are spread as the targets allow, and two judgements of one task correlate as asked."""
    uneven = ExamRule(target=0.8, targets={"a": 0.8, "b": 0.9})
    rates = criterion_rates(uneven, 0.7)
    assert rates == pytest.approx([0.6, 0.8])
    right = simulated_exams(np.array([0.7, 0.7]), 50, correlation, 2000, np.random.default_rng(2))
    one, other = right[..., 0].ravel(), right[..., 1].ravel()
    assert one.mean() == pytest.approx(0.7, abs=0.01)
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(correlation, abs=0.02)


def test_a_rate_in_percent_is_refused() -> None:
    """80 is no rate; the message says how to write it."""
    with pytest.raises(RatingsError, match=r"Write 0\.8 for 80 %"):
        operating_characteristic(EIGHT, rates=(80,))
