"""Reviewers against gold: sets, tolerance, "not applicable", verdicts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis import Scale, gold_accuracy, wilson_interval
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.accuracy import joint_verdict, verdict_on
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.intervals import Interval
from evalwidgets.errors import RatingsError

from .simulated import SCALES, simulated
from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, target_exact=0.5, target_within=0.9)


def row_of(table: pd.DataFrame, reviewer: str, criterion: str) -> pd.Series:
    """Return the row of a reviewer and criterion."""
    return table[(table["reviewer"] == reviewer) & (table["criterion"] == criterion)].iloc[0]


def test_rates_are_counted_with_their_wilson_intervals() -> None:
    """Exact and within-tolerance rates of each reviewer, each with its own n."""
    ratings = ratings_of([[3, 5], [4, 1], [2, None], [3, 3]])

    accuracy = gold_accuracy(ratings, gold_of([3, 3, 3, 3]), QUALITY)

    first, second = (row_of(accuracy.rows, name, "quality") for name in ("r0", "r1"))
    assert (first["n_tasks"], first["exact"], first["within"]) == (4, 0.5, 1.0)
    assert (second["n_tasks"], second["exact"], second["within"]) == (3, 1 / 3, 1 / 3)
    assert (first["exact_low"], first["exact_high"]) == wilson_interval(2, 4)
    assert (second["within_low"], second["within_high"]) == wilson_interval(1, 3)


@pytest.mark.parametrize(
    ("value", "exact", "within", "deviation"),
    [(2, True, True, 0), (4, True, True, 0), (3, False, True, -1), (5, False, True, 1), (1, False, True, -1)],
)
def test_several_accepted_values_are_all_right(
    value: int, exact: bool, within: bool, deviation: float
) -> None:
    """The nearest accepted value decides; of two equally near ones the higher."""
    row = compare_with_gold(ratings_of([[value]]), gold_of([(2, 4)]), QUALITY).rows.iloc[0]

    assert (row["exact"], row["within"], row["deviation"]) == (exact, within, deviation)
    assert row["middle"] == 3


@pytest.mark.parametrize(
    ("value", "gold_na", "right"), [(None, True, True), (4, True, False), (None, False, False)]
)
def test_not_applicable_is_an_answer(value: Any, gold_na: bool, right: bool) -> None:
    """Right where gold says so, wrong where gold has a level, and a level is wrong there."""
    ratings = ratings_of([[4]])
    ratings["value"] = pd.Series([value], dtype=object)
    ratings["na"] = "no_people" if value is None else None
    gold = gold_of([() if gold_na else 4], na=gold_na)

    accuracy = gold_accuracy(ratings, gold, QUALITY)

    row = row_of(accuracy.rows, "r0", "quality")
    assert (row["exact"], row["within"]) == (right, right)
    assert row["na_wrong"] == (0 if right else 1)


def test_an_empty_answer_is_not_a_wrong_one() -> None:
    """Neither value nor reason: not rated, left out and said."""
    ratings = ratings_of([[4], [4]])
    ratings.loc[1, "value"] = None

    accuracy = gold_accuracy(ratings, gold_of([4, 4]), QUALITY)

    assert row_of(accuracy.rows, "r0", "quality")["n_tasks"] == 1
    assert "1 rating without a value (not rated)" in str(accuracy)


def test_gold_without_one_right_answer_is_left_out() -> None:
    """A distribution makes nobody right or wrong."""
    accuracy = gold_accuracy(ratings_of([[4], [2]]), gold_of([4, ()]), QUALITY)

    assert row_of(accuracy.rows, "r0", "quality")["n_tasks"] == 1
    assert "1 answer of gold without an accepted value" in str(accuracy)


def test_ratings_without_gold_are_counted() -> None:
    """Tasks that have no gold are left out and said."""
    accuracy = gold_accuracy(ratings_of([[4], [2], [3]]), gold_of([4]), QUALITY)

    assert "2 ratings without gold (no accepted answer)" in str(accuracy)


def test_gold_may_narrow_its_own_tolerance() -> None:
    """A gold answer with tolerance 0 counts one level off as wrong."""
    gold = gold_of([4, 4], tolerance=[0, None])

    row = row_of(gold_accuracy(ratings_of([[5], [5]]), gold, QUALITY).rows, "r0", "quality")

    assert row["within"] == 0.5


def test_choices_and_sets_are_right_or_wrong() -> None:
    """Text answers have no tolerance; a set of options counts whole, in any order."""
    gate = Scale("gate", ("yes", "no"), "nominal")
    marks = Scale("marks", (), "nominal")
    ratings = pd.concat([ratings_of([["yes"], ["no"]], "gate"), ratings_of([[["b", "a"]], [[]]], "marks")])
    gold = pd.concat([gold_of(["yes", "yes"], "gate"), gold_of([(["a", "b"],), (["a"],)], "marks")])

    table = gold_accuracy(ratings, gold, [gate, marks]).rows

    assert row_of(table, "r0", "gate")["exact"] == 0.5
    assert row_of(table, "r0", "marks")["exact"] == 0.5


def test_pooled_rates_know_that_criteria_of_a_task_hang_together() -> None:
    """Six criteria of ten tasks, all right or all wrong together, have the interval of ten."""
    names = [f"c{i}" for i in range(6)]
    scales = [Scale(name, (1, 2, 3, 4, 5)) for name in names]
    answers = [[3]] * 7 + [[1]] * 3
    ratings = pd.concat([ratings_of(answers, name) for name in names])
    gold = pd.concat([gold_of([3] * 10, name) for name in names])

    row = row_of(gold_accuracy(ratings, gold, scales).rows, "r0", ALL)

    assert (row["n_tasks"], row["n_ratings"]) == (10, 60)
    assert (row["exact_low"], row["exact_high"]) == pytest.approx(wilson_interval(7, 10))


@pytest.mark.parametrize(
    ("interval", "n_tasks", "verdict"),
    [
        (Interval(0.92, 0.99), 40, "pass"),
        (Interval(0.90, 0.99), 40, "pass"),
        (Interval(0.60, 0.89), 40, "not yet"),
        (Interval(0.80, 0.95), 40, "not enough evidence"),
        (Interval(0.01, 0.20), 5, "not enough evidence"),
    ],
)
def test_a_verdict_needs_the_whole_interval_and_enough_tasks(
    interval: Interval, n_tasks: int, verdict: str
) -> None:
    """No verdict when the interval straddles the target, and never on five tasks."""
    assert verdict_on(interval, 0.9, n_tasks) == verdict


def test_one_missed_target_is_a_miss() -> None:
    """The verdict of two targets is the worse one; without targets there is none."""
    assert joint_verdict("pass", "not yet") == "not yet"
    assert joint_verdict("pass", "not enough evidence") == "not enough evidence"
    assert joint_verdict("pass", "no target") == "pass"
    assert verdict_on(Interval(0, 1), None, 50) == "no target"
    assert joint_verdict("no target", "no target") == "no target"


def test_planted_reviewers_get_the_verdict_they_deserve() -> None:
    """A good reviewer passes or lacks evidence; one who reads a rule differently fails there."""
    world = simulated(0, n_tasks=120)

    table = gold_accuracy(world.ratings, world.gold, SCALES).rows

    good = table[(table["reviewer"] == "good") & (table["criterion"] != ALL)]
    assert "not yet" not in set(good["verdict"])
    assert row_of(table, "camp", "preservation")["verdict"] == "not yet"
    assert row_of(table, "camp", "adherence")["verdict"] == "pass"


def test_values_off_the_scale_are_refused_on_either_side() -> None:
    """Neither ratings nor gold may hold a level that the rubric does not declare."""
    with pytest.raises(RatingsError, match="ratings, criterion quality: expected values among"):
        gold_accuracy(ratings_of([[9]]), gold_of([4]), QUALITY)
    with pytest.raises(RatingsError, match="gold, criterion quality: expected values among"):
        gold_accuracy(ratings_of([[4]]), gold_of([9]), QUALITY)


def test_gold_that_says_two_things_is_refused() -> None:
    """One task and criterion has one gold answer."""
    gold = pd.concat([gold_of([4]), gold_of([2])])

    with pytest.raises(RatingsError, match="got two for t0 / quality"):
        gold_accuracy(ratings_of([[4]]), gold, QUALITY)


def test_a_gold_table_without_its_columns_is_refused() -> None:
    """The error names the missing column and the nearest."""
    gold = gold_of([4]).rename(columns={"accepted": "acepted"})

    with pytest.raises(RatingsError, match=r"missing accepted\. Did you mean 'acepted'"):
        gold_accuracy(ratings_of([[4]]), gold, QUALITY)


def test_no_ratings_give_a_sentence() -> None:
    """An empty table is not an error."""
    accuracy = gold_accuracy(ratings_of([]), gold_of([4]), QUALITY)

    assert accuracy.rows.empty
    assert str(accuracy) == "No rating has a gold answer yet."


def test_the_finding_says_the_rate_and_who_is_below() -> None:
    """The headline is one sentence."""
    ratings = ratings_of([[3, 1]] * 30)

    accuracy = gold_accuracy(ratings, gold_of([3] * 30), QUALITY)

    assert accuracy.finding == "50% of ratings are within tolerance of gold; r1 below a target"
    assert "<table" in accuracy._repr_html_()


def test_three_levels_are_never_judged_within_one() -> None:
    """One step off is wrong on three levels, whatever tolerance gold asks for."""
    scale = Scale("severity", (1, 2, 3))

    row = row_of(
        gold_accuracy(
            ratings_of([[1], [2], [3]], "severity"), gold_of([2, 2, 2], "severity", tolerance=1), scale
        ).rows,
        "r0",
        "severity",
    )

    assert row["within"] == row["exact"] == 1 / 3


@pytest.mark.parametrize("n_tasks", [1, 5, 40])
def test_all_right_has_numbers_and_honest_ends(n_tasks: int) -> None:
    """When everybody gives gold's answer nothing is nan, and few tasks leave the low end low."""
    rows = gold_accuracy(ratings_of([[5, 5]] * n_tasks), gold_of([5] * n_tasks), QUALITY).rows

    numbers = rows[["exact", "exact_low", "exact_high", "within", "within_low", "within_high"]]
    assert not numbers.isna().any().any()
    assert (rows["exact_low"] <= wilson_interval(n_tasks, n_tasks).low + 1e-12).all()
    assert set(rows["verdict"]) == (
        {"no target", "pass"} if n_tasks == 40 else {"no target", "not enough evidence"}
    )


def test_the_order_of_rows_and_names_does_not_matter() -> None:
    """Shuffled rows give the same table."""
    world = simulated(3, n_tasks=30)

    shuffled = world.ratings.sample(frac=1, random_state=0)

    pd.testing.assert_frame_equal(
        gold_accuracy(world.ratings, world.gold, SCALES).rows,
        gold_accuracy(shuffled, world.gold, SCALES).rows,
    )
