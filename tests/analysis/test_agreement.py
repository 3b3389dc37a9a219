"""Agreement: published values, independent libraries, and the corners."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evalwidgets.analysis import gwet_ac1, gwet_ac2, krippendorff_alpha, percent_agreement
from evalwidgets.analysis.agreement.agreement import brennan_prediger, fleiss_kappa
from evalwidgets.analysis.agreement.kappa import conger_kappa
from evalwidgets.analysis.agreement.patterns import CountPatterns, patterns_of_counts
from evalwidgets.analysis.results import Estimate
from evalwidgets.errors import RatingsError

from .tables import ratings_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "agreement.json").read_text())
MEASURES = ("nominal", "ordinal", "interval", "ratio")
LEVELS = [1, 2, 3, 4, 5]

FIGURES: dict[str, Callable[..., Estimate]] = {
    "percent": percent_agreement,
    "alpha_nominal": krippendorff_alpha,
    "alpha_ordinal": lambda it, **kw: krippendorff_alpha(it, level="ordinal", **kw),
    "alpha_interval": lambda it, **kw: krippendorff_alpha(it, level="interval", **kw),
    "alpha_ratio": lambda it, **kw: krippendorff_alpha(it, level="ratio", **kw),
    "ac1": gwet_ac1,
    "ac2_quadratic": gwet_ac2,
    "ac2_linear": lambda it, **kw: gwet_ac2(it, weights="linear", **kw),
    "ac2_ordinal": lambda it, **kw: gwet_ac2(it, weights="ordinal", **kw),
    "fleiss": fleiss_kappa,
    "brennan_prediger": brennan_prediger,
    **{
        f"{name}_{weights}": partial(figure, weights=weights)
        for name, figure in (("fleiss", fleiss_kappa), ("brennan_prediger", brennan_prediger))
        for weights in ("linear", "quadratic", "ordinal")
    },
}
# These need to know who rated, so they take no patterns.
NAMED: dict[str, Callable[..., Estimate]] = {
    "conger": conger_kappa,
    **{f"conger_{name}": partial(conger_kappa, weights=name) for name in ("linear", "quadratic", "ordinal")},
}


def ratings_in(case: dict[str, Any]) -> Any:
    """Return a case's ratings: a table, or patterns where it holds votes."""
    if "tasks" in case:
        return ratings_of(case["tasks"])
    votes = np.array(case["votes"], dtype=np.int64)
    n = np.array(case["n"]) if "n" in case else None
    reviewers = int(votes.sum(axis=1).max())
    return patterns_of_counts(votes, levels=case["levels"], n_reviewers=reviewers, n=n)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["desc"])
def test_published_values_are_reproduced(case: dict[str, Any]) -> None:
    """Every figure of a published example comes out to the printed digits."""
    ratings = ratings_in(case)

    actual = {
        name: round({**FIGURES, **NAMED}[name](ratings, levels=case["levels"]).estimate, case["digits"])
        for name in case["expected"]
    }

    assert case["expected"] == actual


def sparse(levels: int = 5) -> st.SearchStrategy[np.ndarray]:
    """Return tasks x reviewers of level codes, -1 where a rating is missing."""
    shape = st.tuples(st.integers(2, 12), st.integers(2, 5))
    return shape.flatmap(lambda size: arrays(np.int64, size, elements=st.integers(-1, levels - 1)))


@settings(max_examples=200, deadline=None)
@given(codes=sparse(), level=st.sampled_from(MEASURES))
def test_alpha_equals_an_independent_library(codes: np.ndarray, level: Any) -> None:
    """On random sparse tables alpha is what the krippendorff package computes."""
    votes = np.stack([(codes == level).sum(axis=1) for level in range(5)], axis=1)
    used = votes[votes.sum(axis=1) > 1].sum(axis=0)
    assume(np.count_nonzero(used) > 1)
    expected = krippendorff.alpha(value_counts=votes, value_domain=LEVELS, level_of_measurement=level)

    result = krippendorff_alpha(ratings_of(answers(codes)), levels=LEVELS, level=level)

    assert expected == pytest.approx(result.estimate, abs=1e-9)


def answers(codes: np.ndarray) -> list[list[int | None]]:
    """Return level values of codes, None where the code is -1."""
    return [[int(code) + 1 if code >= 0 else None for code in row] for row in codes]


@settings(max_examples=60, deadline=None)
@given(codes=sparse(), data=st.data())
def test_order_of_tasks_and_reviewers_does_not_matter(codes: np.ndarray, data: Any) -> None:
    """Shuffled rows give the same numbers to the last digit but one."""
    rows = data.draw(st.permutations(range(len(codes))))
    columns = data.draw(st.permutations(range(codes.shape[1])))

    one = gwet_ac2(ratings_of(answers(codes)), levels=LEVELS)
    other = gwet_ac2(ratings_of(answers(codes[rows][:, columns])), levels=LEVELS)

    assert (one.estimate is None) == (other.estimate is None)
    if one.estimate is not None:
        assert one.estimate == pytest.approx(other.estimate, abs=1e-12)
        assert (one.low or 0) == pytest.approx(other.low or 0, abs=1e-9)


@given(first=st.lists(st.integers(1, 5), min_size=2, max_size=12), copies=st.integers(2, 4))
@settings(deadline=None)
def test_copies_agree_wholly(first: list[int], copies: int) -> None:
    """Reviewers who are copies of each other have alpha 1, or a sentence when all is one level."""
    result = krippendorff_alpha(ratings_of([[value] * copies for value in first]), levels=LEVELS)

    if len(set(first)) == 1:
        assert result.estimate is None
        assert f"ratings are the same ({first[0]})" in result.note
    else:
        assert result.estimate == pytest.approx(1.0)
        assert (result.low, result.high) == (None, None)


def test_within_counts_near_answers() -> None:
    """Two answers one level apart agree within 1 and not exactly."""
    ratings = ratings_of([[2, 3], [2, 4], [5, 5]])

    assert percent_agreement(ratings, levels=LEVELS).estimate == pytest.approx(1 / 3)
    assert percent_agreement(ratings, levels=LEVELS, within=1).estimate == pytest.approx(2 / 3)


def test_within_one_of_three_levels_is_refused() -> None:
    """A tolerance on three levels is nearly always met, so it is an error."""
    with pytest.raises(RatingsError, match=r"within=1.*scale of 3 levels.*Use within=0"):
        percent_agreement(ratings_of([[1, 2]]), levels=[1, 2, 3], within=1)


def test_full_agreement_has_a_wilson_interval() -> None:
    """Ten unanimous tasks do not prove that all are: the interval reaches below 1."""
    result = percent_agreement(ratings_of([[4, 4]] * 10), levels=LEVELS)

    assert result.estimate == 1.0
    assert (result.low, result.high) == (pytest.approx(0.7225, abs=1e-4), 1.0)
    assert result.method == "Wilson, each task one trial"


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([], "There are no ratings"),
        ([[1], [2], [3]], "Only one reviewer rated"),
        ([[1, None], [None, 2]], "No task was rated by two reviewers"),
        ([[4, 4], [4, 4]], "All 4 ratings are the same (4)"),
    ],
    ids=["empty", "one reviewer", "nothing in common", "one level"],
)
def test_a_number_that_does_not_exist_is_a_sentence(tasks: list[Any], sentence: str) -> None:
    """Degenerate ratings give None and say why; nothing is nan."""
    result = krippendorff_alpha(ratings_of(tasks), levels=LEVELS, level="ordinal")

    assert (result.estimate, result.low, result.high) == (None, None, None)
    assert result.note.startswith(sentence)
    assert "is not defined" in str(result)
    assert "nan" not in str(result)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
@pytest.mark.parametrize("interval", ["jackknife", "bootstrap"])
@pytest.mark.parametrize(
    "tasks",
    [[], [[3]], [[3, 3]], [[1, 5]], [[3, 3], [3, 3]], [[1, None], [None, 2]]],
    ids=["empty", "one rating", "one pair", "one split pair", "one level", "nothing in common"],
)
def test_no_figure_is_ever_nan(figure: Any, interval: Any, tasks: list[Any]) -> None:
    """Whatever the ratings, a figure is a number or None with a note."""
    result = figure(ratings_of(tasks), levels=LEVELS, interval=interval, n_boot=50)

    for number in (result.estimate, result.low, result.high):
        assert number is None or np.isfinite(number)
    assert result.low is not None or result.note


def test_a_number_that_rests_on_one_task_has_no_interval() -> None:
    """Where leaving out one task makes alpha undefined, the interval is withheld with a reason."""
    split = ratings_of([[1, 1, 1]] * 19 + [[1, 1, 2]])

    jackknife = krippendorff_alpha(split, levels=[1, 2])
    bootstrap = krippendorff_alpha(split, levels=[1, 2], interval="bootstrap")

    assert jackknife.estimate == pytest.approx(0.0)
    assert (jackknife.low, bootstrap.low) == (None, None)
    assert "rests on a single task" in jackknife.note
    assert "bootstrap draws leave the number undefined" in bootstrap.note


def test_tasks_with_one_rating_are_counted_and_said() -> None:
    """Alpha leaves tasks with a single rating out and says how many."""
    result = krippendorff_alpha(ratings_of([[1, 1], [2, 3], [4, None], [None, 5]]), levels=LEVELS)

    assert (result.n_tasks, result.n_ratings) == (2, 4)
    assert "Left out: 2 tasks with a single rating (nothing to compare)." in str(result)


def test_declared_levels_matter_to_ac_and_not_to_alpha() -> None:
    """A scale with unused levels has another AC1 and the same alpha."""
    ratings = ratings_of([[1, 1], [3, 3], [5, 3], [1, 1], [5, 5]])

    assert gwet_ac1(ratings, levels=LEVELS).estimate > gwet_ac1(ratings, levels=[1, 3, 5]).estimate
    for level in MEASURES:
        whole = krippendorff_alpha(ratings, levels=LEVELS, level=level).estimate
        used = krippendorff_alpha(ratings, levels=[1, 3, 5], level=level).estimate
        assert whole == pytest.approx(used)


def test_unknown_options_are_refused_with_the_nearest() -> None:
    """A misspelt level of measurement or weight is named with what was probably meant."""
    ratings = ratings_of([[1, 2], [2, 2]])

    with pytest.raises(RatingsError, match="Did you mean 'ordinal'"):
        krippendorff_alpha(ratings, levels=LEVELS, level="ordnal")  # type: ignore[arg-type]
    with pytest.raises(RatingsError, match="Did you mean 'quadratic'"):
        gwet_ac2(ratings, levels=LEVELS, weights="quadratc")  # type: ignore[arg-type]
    with pytest.raises(RatingsError, match="expected 'jackknife' or 'bootstrap'"):
        krippendorff_alpha(ratings, levels=LEVELS, interval="bca")  # type: ignore[arg-type]
    with pytest.raises(RatingsError, match="expected numbers for a distance"):
        krippendorff_alpha(ratings_of([["a", "b"]]), levels=["a", "b"], level="interval")
    with pytest.raises(RatingsError, match="expected levels of 0 and more"):
        krippendorff_alpha(ratings_of([[-1, 2]]), levels=[-1, 2], level="ratio")


def test_named_levels_in_order_have_an_ordinal_alpha() -> None:
    """Ordinal alpha goes by the order of the levels, so names give what numbers give."""
    numbers = ratings_of([[1, 2], [2, 2], [3, 1], [3, 3]])
    names = numbers.assign(value=numbers["value"].map({1: "low", 2: "fair", 3: "high"}))

    one = krippendorff_alpha(numbers, levels=[1, 2, 3], level="ordinal")
    other = krippendorff_alpha(names, levels=["low", "fair", "high"], level="ordinal")

    assert one.estimate == other.estimate
    assert gwet_ac2(numbers, levels=[1, 2, 3]).estimate == pytest.approx(
        gwet_ac2(names, levels=["low", "fair", "high"]).estimate
    )


def test_patterns_serve_as_well_as_the_table() -> None:
    """What a database counted gives the same result as the ratings themselves."""
    ratings = ratings_of([[1, 2, 2], [3, 3, None], [5, 4, 5], [1, 1, 1]])
    votes = np.array([[1, 2, 0, 0, 0], [0, 0, 2, 0, 0], [0, 0, 0, 1, 2], [3, 0, 0, 0, 0]])
    patterns: CountPatterns = patterns_of_counts(votes, levels=LEVELS, n_reviewers=3)

    assert krippendorff_alpha(ratings, levels=LEVELS) == krippendorff_alpha(patterns, levels=LEVELS)
