"""Cohen's and Conger's kappa: published values, independent libraries, and the corners."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import t as student
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from evalwidgets.analysis.agreement.kappa import cohen_kappa, conger_kappa
from evalwidgets.errors import RatingsError, UnknownName

from .tables import ratings_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "kappa.json").read_text())
LEVELS = [1, 2, 3, 4, 5]
BOTH = ("r0", "r1")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["desc"])
def test_published_values_are_reproduced(case: dict[str, Any]) -> None:
    """Every kappa of a published table of pairs comes out to the printed digits."""
    levels = case["levels"]
    table = np.array(case["table"])
    first, second = np.repeat(np.indices(table.shape).reshape(2, -1), table.ravel(), axis=1)
    pairs = [[levels[i], levels[j]] for i, j in zip(first, second, strict=True)]
    ratings = ratings_of(pairs)

    actual = {
        name: round(
            cohen_kappa(ratings, reviewers=BOTH, levels=levels, weights=name).estimate, case["digits"]
        )
        for name in case["expected"]
    }

    assert case["expected"] == actual


def pairs_of(levels: int = 5) -> st.SearchStrategy[np.ndarray]:
    """Return tasks x two reviewers of levels from 1."""
    return st.integers(2, 25).flatmap(lambda n: arrays(np.int64, (n, 2), elements=st.integers(1, levels)))


@pytest.mark.filterwarnings("ignore::RuntimeWarning:statsmodels")
@settings(max_examples=100, deadline=None)
@given(given_levels=pairs_of(), weights=st.sampled_from([None, "linear", "quadratic"]))
def test_cohen_equals_two_independent_libraries(given_levels: np.ndarray, weights: Any) -> None:
    """On random pairs, unused levels included, it is what scikit-learn and statsmodels compute."""
    assume(len(np.unique(given_levels)) > 1)
    table = np.zeros((5, 5))
    np.add.at(table, (given_levels[:, 0] - 1, given_levels[:, 1] - 1), 1)
    kind = {"wt": weights} if weights else {}

    result = cohen_kappa(ratings_of(given_levels.tolist()), reviewers=BOTH, levels=LEVELS, weights=weights)

    learned = cohen_kappa_score(given_levels[:, 0], given_levels[:, 1], labels=LEVELS, weights=weights)
    assert learned == pytest.approx(result.estimate, abs=1e-9)
    assert float(cohens_kappa(table, **kind).kappa) == pytest.approx(result.estimate, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(given_levels=pairs_of(), weights=st.sampled_from([None, "linear", "quadratic", "ordinal"]))
def test_conger_of_two_who_rated_everything_is_cohen(given_levels: np.ndarray, weights: Any) -> None:
    """For two reviewers and complete ratings the two are one number with one interval."""
    ratings = ratings_of(given_levels.tolist())

    cohen = cohen_kappa(ratings, reviewers=BOTH, levels=LEVELS, weights=weights)
    conger = conger_kappa(ratings, levels=LEVELS, weights=weights)

    for one, other in zip(
        (cohen.estimate, cohen.low, cohen.high), (conger.estimate, conger.low, conger.high), strict=True
    ):
        assert (one is None) == (other is None)
        assert one is None or one == pytest.approx(other, abs=1e-9)


def half_missing(seed: int, shape: tuple[int, int] = (15, 4)) -> pd.DataFrame:
    """Return ratings around a true level, a third of them missing."""
    rng = np.random.default_rng(seed)
    levels = np.clip(rng.integers(1, 6, shape[0])[:, None] + rng.integers(-1, 2, shape), 1, 5)
    missing = rng.random(shape) < 0.33
    return ratings_of(np.where(missing, None, levels.astype(object)).tolist())


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("figure", ["cohen", "conger"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_jackknife_equals_leaving_out_each_unit(figure: str, seed: int, clustered: bool) -> None:
    """The interval is that of deleting each task (or cluster) and computing kappa anew."""
    ratings = half_missing(seed)
    of_task = {task: i // 3 if clustered else i for i, task in enumerate(sorted(ratings["task"].unique()))}
    unit = ratings["task"].map(of_task)

    def kappa(rows: pd.DataFrame, **how: Any) -> Any:
        if figure == "conger":
            return conger_kappa(rows, levels=LEVELS, weights="quadratic", **how)
        return cohen_kappa(rows, reviewers=BOTH, levels=LEVELS, weights="quadratic", **how)

    if figure == "cohen":
        both = ratings[ratings["reviewer"].isin(BOTH)].groupby("task").size()
        unit = unit[ratings["task"].isin(both[both == 2].index)]
    without = np.array(
        [kappa(ratings[ratings["task"].map(of_task) != one]).estimate for one in unit.unique()]
    )
    n = len(without)
    half = student.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())

    result = kappa(ratings, clusters=of_task) if clustered else kappa(ratings)

    assert result.estimate - half == pytest.approx(result.low, abs=1e-9)
    assert result.method == f"delete-one-{'cluster' if clustered else 'task'} jackknife with t"


@pytest.mark.parametrize("figure", ["cohen", "conger"])
def test_the_bootstrap_agrees_with_the_jackknife(figure: str) -> None:
    """Both kinds of interval have about the same width."""
    ratings = half_missing(3, (150, 4))
    kappas = {
        "cohen": lambda **how: cohen_kappa(ratings, reviewers=BOTH, levels=LEVELS, **how),
        "conger": lambda **how: conger_kappa(ratings, levels=LEVELS, **how),
    }

    drawn, left = kappas[figure](interval="bootstrap"), kappas[figure]()

    assert drawn.width == pytest.approx(left.width, rel=0.2)
    assert drawn.method == "bootstrap over tasks (1000 draws)"


def test_batches_do_not_change_conger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Working in small parts gives what one part gives."""
    ratings = half_missing(4)
    whole = conger_kappa(ratings, levels=LEVELS)

    monkeypatch.setattr("evalwidgets.analysis.agreement.sums._BATCH", 50)

    parts = conger_kappa(ratings, levels=LEVELS)
    assert (whole.low, whole.high) == pytest.approx((parts.low, parts.high))


def test_unused_levels_between_count() -> None:
    """Of 1, 3 and 5 used on a scale of five, weights go by the scale and not by positions."""
    pairs = [[1, 1], [1, 3], [3, 3], [3, 5], [5, 5], [5, 1]]

    declared = cohen_kappa(ratings_of(pairs), reviewers=BOTH, levels=LEVELS, weights="quadratic")

    first, second = zip(*pairs, strict=True)
    assert cohen_kappa_score(first, second, labels=LEVELS, weights="quadratic") == pytest.approx(
        declared.estimate
    )


def test_tasks_of_only_one_are_counted_and_said() -> None:
    """What one of the two rated alone does not enter; others' ratings are no matter."""
    ratings = ratings_of([[1, 1, 5], [2, 3, 5], [4, None, 5], [None, 5, 5], [None, None, 5]])

    result = cohen_kappa(ratings, reviewers=BOTH, levels=LEVELS)

    assert (result.n_tasks, result.n_reviewers, result.n_ratings) == (2, 2, 4)
    assert "Left out: 2 tasks that only one of the two rated (nothing to compare)." in str(result)


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([[1, None], [None, 2]], "r0 and r1 have no task in common"),
        ([[4, 4], [4, 4]], "Both gave 4 to all 2 tasks"),
    ],
)
def test_a_kappa_that_does_not_exist_is_a_sentence(tasks: list[Any], sentence: str) -> None:
    """Nothing in common and one level only give None and say why."""
    result = cohen_kappa(ratings_of(tasks), reviewers=BOTH, levels=LEVELS)

    assert (result.estimate, result.low) == (None, None)
    assert result.note.startswith(sentence)


@pytest.mark.parametrize(
    "tasks",
    [[], [[3]], [[3, 3]], [[1, 5]], [[3, 3], [3, 3]], [[1, None], [None, 2]]],
    ids=["empty", "one rating", "one pair", "one split pair", "one level", "nothing in common"],
)
@pytest.mark.parametrize("interval", ["jackknife", "bootstrap"])
def test_conger_is_never_nan(tasks: list[Any], interval: Any) -> None:
    """Whatever the ratings, it is a number or None with a note."""
    result = conger_kappa(ratings_of(tasks), levels=LEVELS, interval=interval, n_boot=50)

    for number in (result.estimate, result.low, result.high):
        assert number is None or np.isfinite(number)
    assert result.low is not None or result.note


def test_who_is_compared_must_exist_and_differ() -> None:
    """A misspelt reviewer is named with the nearest; one reviewer is not two."""
    ratings = ratings_of([[1, 2]])

    with pytest.raises(UnknownName, match=r"No reviewer 'r11'.*Did you mean 'r1'"):
        cohen_kappa(ratings, reviewers=("r0", "r11"), levels=LEVELS)
    with pytest.raises(RatingsError, match="expected two different reviewers"):
        cohen_kappa(ratings, reviewers=("r0", "r0"), levels=LEVELS)
    with pytest.raises(RatingsError, match="Did you mean 'linear'"):
        cohen_kappa(ratings, reviewers=BOTH, levels=LEVELS, weights="linea")  # type: ignore[arg-type]
