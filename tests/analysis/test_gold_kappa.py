"""Errors and weighted kappa with gold: equal to scikit-learn, honest about lopsided gold."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evalwidgets.analysis import Scale
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.gold_kappa import GoldKappaTable, kappa_with_gold
from evalwidgets.analysis.intervals import student_t_quantile
from evalwidgets.errors import RatingsError

from .simulated import EVEN, LOPSIDED, simulated
from .tables import gold_of, ratings_of

LEVELS = (1, 2, 3, 4, 5)
QUALITY = Scale("quality", LEVELS, tolerance=1, label="Quality")
PAIRS = st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=1, max_size=40)


def row_of(table: GoldKappaTable, reviewer: str, criterion: str = "quality") -> pd.Series:
    """Return the row of a reviewer and criterion."""
    rows = table.rows
    return rows[(rows["reviewer"] == reviewer) & (rows["criterion"] == criterion)].iloc[0]


def sklearn_kappa(pairs: list[tuple[int, int]], weights: str | None) -> float:
    """Return scikit-learn's kappa over the declared levels."""
    right, said = zip(*pairs, strict=True)
    return float(cohen_kappa_score(right, said, labels=list(LEVELS), weights=weights))


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.sampled_from(["quadratic", "linear", None]))
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.UndefinedMetricWarning")
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
def test_kappa_equals_scikit_learn(pairs: list[tuple[int, int]], weights: str | None) -> None:
    """On any pairs, over the declared levels; undefined in the same cases, with a note."""
    right, said = zip(*pairs, strict=True)

    table = kappa_with_gold(
        ratings_of([[value] for value in said]),
        gold_of(list(right)),
        QUALITY,
        weights=weights,  # type: ignore[arg-type]
    )

    row = row_of(table, "r0")
    expected = sklearn_kappa(pairs, weights)
    if math.isnan(expected):
        assert math.isnan(row["kappa"])
        assert row["note"].startswith("Gold and all")
    else:
        assert row["kappa"] == pytest.approx(expected, abs=1e-9)


def test_the_interval_leaves_out_one_task_at_a_time() -> None:
    """The standard error equals refitting without every single task, with t."""
    rng = np.random.default_rng(2)
    right = rng.integers(1, 6, 30)
    said = np.clip(right + rng.integers(-1, 2, 30), 1, 5)
    pairs = list(zip(right.tolist(), said.tolist(), strict=True))
    without = np.array([sklearn_kappa(pairs[:i] + pairs[i + 1 :], "quadratic") for i in range(30)])
    half = student_t_quantile(0.975, 29) * math.sqrt(29 / 30 * ((without - without.mean()) ** 2).sum())

    row = row_of(kappa_with_gold(ratings_of([[v] for _, v in pairs]), gold_of(right.tolist()), QUALITY), "r0")

    assert row["kappa_low"] == pytest.approx(row["kappa"] - half)


def test_all_reviewers_together_leave_out_a_task_with_all_its_ratings() -> None:
    """Two reviewers who always say the same are no more evidence than one."""
    rng = np.random.default_rng(3)
    right = rng.integers(1, 6, 40).tolist()
    said = [int(np.clip(level + rng.integers(-1, 2), 1, 5)) for level in right]

    table = kappa_with_gold(ratings_of([[v, v] for v in said]), gold_of(right), QUALITY)

    together, alone = row_of(table, ALL), row_of(table, "r0")
    assert together["kappa"] == pytest.approx(alone["kappa"])
    assert together["kappa_low"] == pytest.approx(alone["kappa_low"])
    assert (together["n_tasks"], together["n_ratings"]) == (40, 80)


def test_errors_are_signed_and_unsigned() -> None:
    """Bias is the mean of given minus gold, mae the mean of its size."""
    row = row_of(kappa_with_gold(ratings_of([[5], [2], [3], [3]]), gold_of([3, 3, 3, 3]), QUALITY), "r0")

    assert (row["bias"], row["mae"], row["exact"], row["within"]) == (0.25, 0.75, 0.5, 0.75)


def test_the_nearest_of_several_accepted_levels_counts_and_is_said() -> None:
    """Where 3 and 4 are accepted both are full agreement; gold counts half for each."""
    table = kappa_with_gold(ratings_of([[3], [4], [1]]), gold_of([(3, 4), (3, 4), 1]), QUALITY)

    assert row_of(table, "r0")["kappa"] == 1.0
    assert table.gold_shares["n_tasks"].to_list() == [1, 0, 1, 1, 0]
    assert table.note.startswith("2 answers of gold accept several values: the nearest")
    assert "favours the reviewer" in str(table)


def test_not_applicable_has_no_place_on_the_scale() -> None:
    """It counts as right or wrong, and never enters kappa, bias or mae."""
    ratings = ratings_of([[4], [2], [3], [5]])
    ratings["na"] = [None, None, None, "no_people"]
    ratings.loc[3, "value"] = None
    gold = gold_of([4, 2, (), 5], na=[False, False, True, False])

    row = row_of(kappa_with_gold(ratings, gold, QUALITY), "r0")

    assert (row["n_tasks"], row["exact"], row["bias"], row["kappa"]) == (4, 0.5, 0.0, 1.0)


def test_lopsided_gold_moves_kappa_and_is_warned_of() -> None:
    """The same reviewer: kappa falls with gold all 4 and 5, the rate within tolerance does not."""
    even = simulated(1, n_tasks=300, reviewers=("good",), gold_shares=EVEN)
    high = simulated(1, n_tasks=300, reviewers=("good",), gold_shares=(0, 0, 0, 0.5, 0.5))

    one, other = (kappa_with_gold(world.ratings, world.gold, world.scales) for world in (even, high))

    balanced, lopsided = row_of(one, "good", "quality"), row_of(other, "good", "quality")
    assert balanced["kappa"] - lopsided["kappa"] > 0.25
    assert abs(balanced["within"] - lopsided["within"]) < 0.03
    assert (balanced["lopsided"], lopsided["lopsided"]) == (False, True)
    assert any("only 2 of its 5 levels reach 5 gold tasks" in said for said in other.warnings)
    assert not any("Quality" in said for said in one.warnings)


def test_one_common_gold_level_is_warned_of() -> None:
    """More than 60 % on one level makes gold lopsided, and the sentence says which."""
    world = simulated(1, n_tasks=200, reviewers=("good",), gold_shares=LOPSIDED)

    table = kappa_with_gold(world.ratings, world.gold, world.scales)

    assert any("Kappa says little on Style: 6" in said and "gold is 5" in said for said in table.warnings)
    assert "too lopsided on" in table.finding


def test_choices_are_never_weighted() -> None:
    """Options have no near misses, whatever weights are asked for."""
    gate = Scale("gate", ("yes", "no", "unsure"), "nominal")
    said, right = ["yes", "no", "unsure", "yes"], ["yes", "no", "no", "unsure"]

    row = row_of(
        kappa_with_gold(ratings_of([[v] for v in said], "gate"), gold_of(right, "gate"), gate), "r0", "gate"
    )

    assert row["weights"] == "none"
    assert row["kappa"] == pytest.approx(cohen_kappa_score(right, said))
    assert math.isnan(row["bias"])


def test_three_levels_are_exact() -> None:
    """On three levels one step off is never within tolerance, even when gold asks for it."""
    scale = Scale("severity", (1, 2, 3))
    gold = gold_of([2, 2, 2], "severity", tolerance=1)

    row = row_of(kappa_with_gold(ratings_of([[1], [2], [3]], "severity"), gold, scale), "r0", "severity")

    assert row["within"] == row["exact"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("n_tasks", [1, 12])
def test_all_the_same_is_a_sentence(n_tasks: int) -> None:
    """When everyone gives gold's only level kappa is empty and the note says why."""
    table = kappa_with_gold(ratings_of([[5, 5]] * n_tasks), gold_of([5] * n_tasks), QUALITY)

    assert table.rows["kappa"].isna().all()
    why = "exact is 1, and kappa cannot tell that from chance"
    assert all(note.startswith("Gold and all") and note.endswith(why) for note in table.rows["note"])
    assert "nan" not in str(table)


def test_every_missing_interval_has_a_note() -> None:
    """One task, or perfect agreement, has no interval and says why."""
    one = row_of(kappa_with_gold(ratings_of([[4]]), gold_of([5]), QUALITY), "r0")
    perfect = row_of(kappa_with_gold(ratings_of([[1], [3], [5]]), gold_of([1, 3, 5]), QUALITY), "r0")

    assert one["note"] == "One task shows nothing of how tasks differ"
    assert perfect["kappa"] == 1.0
    assert perfect["note"].startswith("The number is the same whichever tasks are taken")


@pytest.mark.parametrize("ratings", [ratings_of([]), ratings_of([[4]])])
def test_no_gold_gives_a_sentence(ratings: pd.DataFrame) -> None:
    """Nothing to compare is not an error."""
    table = kappa_with_gold(ratings, gold_of([4])[:0], QUALITY)

    assert table.finding == "No rating on a declared scale has a gold answer yet"
    assert table.rows.empty
    assert "<table" in table._repr_html_()


def test_open_scales_are_left_out_and_said() -> None:
    """A count declares no levels, so kappa has none to place it on."""
    table = kappa_with_gold(ratings_of([[4]]), gold_of([4]), [Scale("quality", (), "interval")])

    assert "1 criterion (no declared levels)" in str(table)


def test_unknown_weights_are_refused() -> None:
    """The error names what is allowed and the nearest."""
    with pytest.raises(RatingsError, match="Did you mean 'quadratic'"):
        kappa_with_gold(ratings_of([[4]]), gold_of([4]), QUALITY, weights="quadratics")  # type: ignore[arg-type]
