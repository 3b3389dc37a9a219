"""The headline: figures with their evidence, verdicts only where sure, changes only where sure."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import Scale, gold_accuracy, krippendorff_alpha, wilson_interval
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.headline import Headline, headline, rate_difference
from evalwidgets.analysis.intervals import Interval, student_t_quantile

from .simulated import EVEN, simulated
from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, target_exact=0.5, target_within=0.9, label="Quality")
STYLE = Scale("style", (1, 2, 3, 4, 5), tolerance=1, label="Style")


def row_of(result: Headline, criterion: str) -> pd.Series:
    """Return the row of a criterion."""
    return result.rows[result.rows["criterion"] == criterion].iloc[0]


def rated(right: int, n: int) -> pd.DataFrame:
    """Return one reviewer's ratings of n tasks with gold 3, so many of them right."""
    return ratings_of([[3]] * right + [[1]] * (n - right))


def test_figures_are_those_of_the_single_statistics() -> None:
    """Within, exact, alpha and verdict are what accuracy and agreement say."""
    world = simulated(1, gold_shares=EVEN)

    result = headline(world.ratings, world.gold, world.scales)

    accuracy = gold_accuracy(world.ratings, world.gold, world.scales).rows
    expected = accuracy[(accuracy["reviewer"] == ALL) & (accuracy["criterion"] == "style")].iloc[0]
    row = row_of(result, "style")
    names = ["within", "within_low", "within_high", "exact", "exact_low", "n_tasks", "verdict"]
    assert row[names].to_list() == expected[names].to_list()
    alpha = krippendorff_alpha(world.ratings, levels=(1, 2, 3, 4, 5), criterion="style", level="ordinal")
    assert (row["alpha"], row["alpha_low"]) == (alpha.estimate, alpha.low)
    assert list(result.rows["criterion"]) == [ALL, *(scale.id for scale in world.scales)]


def test_bias_leaves_out_one_task_at_a_time() -> None:
    """The mean deviation with the error of leaving out each task with all its ratings."""
    said = [[4, 5], [3, None], [2, 2], [3, 4], [5, 3]]
    deviations = [[one - 3 for one in row if one is not None] for row in said]
    without = [np.mean(np.concatenate(deviations[:i] + deviations[i + 1 :])) for i in range(5)]
    half = student_t_quantile(0.975, 4) * math.sqrt(4 / 5 * ((without - np.mean(without)) ** 2).sum())

    row = headline(ratings_of(said), gold_of([3] * 5), QUALITY).rows.iloc[0]

    assert row["bias"] == pytest.approx(np.mean(np.concatenate(deviations)))
    assert row["bias_high"] - row["bias"] == pytest.approx(half)


def test_newcombe_as_published() -> None:
    """56 of 70 against 48 of 80: the difference 0.2 has the interval 0.0524 to 0.3339 (Newcombe 1998, 10)."""
    ends = rate_difference(56 / 70, wilson_interval(56, 70), 48 / 80, wilson_interval(48, 80))

    assert (round(ends.low, 4), round(ends.high, 4)) == (0.0524, 0.3339)


def test_no_change_is_excluded_only_where_it_is_sure() -> None:
    """The interval of a difference lies within -1 to 1 and is symmetric in the two rounds."""
    one, other = Interval(0.5, 0.9), Interval(0.6, 0.8)

    ends, reverse = rate_difference(0.7, one, 0.7, other), rate_difference(0.7, other, 0.7, one)

    assert ends.low == pytest.approx(-reverse.high)
    assert not ends.excludes(0)
    assert rate_difference(1.0, Interval(1.0, 1.0), 0.0, Interval(0.0, 0.0)) == Interval(1.0, 1.0)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ((57, 60), (36, 60), "better"),
        ((36, 60), (57, 60), "worse"),
        ((50, 60), (48, 60), "not enough evidence"),
    ],
)
def test_a_change_is_named_only_where_it_is_sure(
    now: tuple[int, int], before: tuple[int, int], change: str
) -> None:
    """Better and worse need the whole interval on one side of no change."""
    result = headline(rated(*now), gold_of([3] * 60), QUALITY, rated(*before))

    row = row_of(result, "quality")
    assert row["change"] == change
    assert row["delta"] == pytest.approx(now[0] / 60 - before[0] / 60)
    assert row["delta_low"] < row["delta"] < row["delta_high"]


def test_five_tasks_make_neither_verdict_nor_change() -> None:
    """All wrong against all right on five tasks is still not enough evidence."""
    result = headline(rated(0, 5), gold_of([3] * 5), QUALITY, rated(5, 5))

    row = row_of(result, "quality")
    assert (row["verdict"], row["change"]) == ("not enough evidence", "not enough evidence")
    assert "Not enough evidence on Quality." in result.lines


def test_three_states() -> None:
    """Pass, not yet and not enough evidence, each named with its criteria."""
    scales = [Scale(name, (1, 2, 3, 4, 5), tolerance=1, target_within=0.8, label=name) for name in "ABC"]
    ratings = pd.concat(
        [rated(n, 60).assign(criterion=name) for name, n in zip("ABC", (60, 20, 50), strict=True)]
    )
    gold = pd.concat([gold_of([3] * 60, name) for name in "ABC"])

    result = headline(ratings, gold, scales)

    assert result.rows["verdict"].to_list() == ["no target", "pass", "not yet", "not enough evidence"]
    assert "Pass on A; not yet on B; not enough evidence on C." in result.lines
    assert "B is lowest: 33% [23%, 46%], against a target of 80%." in result.lines


def test_the_lines_of_a_simulated_round() -> None:
    """Rates, lowest, verdicts, bias and alpha with the public band, most important first."""
    world = simulated(1, gold_shares=EVEN, reviewers=("strict", "good", "fair"), missing=0.0)

    result = headline(world.ratings, world.gold, world.scales)

    assert [line.partition(" ")[0] for line in result.lines][2:] == ["Pass", "On", "Between"]
    assert "ratings on 60 tasks with gold are within tolerance" in result.lines[0]
    assert result.lines[3].startswith("On average ratings lie below gold: \N{MINUS SIGN}0.")
    assert result.lines[-1].endswith("trained teams on public image ratings reach 0.16 to 0.72.")
    assert "is lowest" in result.lines[1]
    assert result.n_reviewers == 3


def test_another_rubric_version_is_said() -> None:
    """A difference between rounds under two versions is not that of reviewers alone."""
    now, before = (rated(50, 60).assign(rubric_version=version) for version in ("2.0.0", "1.0.0"))

    lines = headline(now, gold_of([3] * 60), QUALITY, before).lines

    assert lines[-1].startswith("The rubric changed from 1.0.0 to 2.0.0 between the rounds")


def test_a_criterion_that_is_new_has_no_change() -> None:
    """What the earlier round did not ask cannot have changed."""
    ratings = pd.concat([rated(50, 60), rated(50, 60).assign(criterion="style")])
    gold = pd.concat([gold_of([3] * 60), gold_of([3] * 60, "style")])

    result = headline(ratings, gold, [QUALITY, STYLE], rated(40, 60))

    assert row_of(result, "style")["change"] == ""
    assert math.isnan(row_of(result, "style")["delta"])


def test_missing_numbers_have_a_note() -> None:
    """Gold that everybody meets leaves alpha undefined, and the row says why."""
    result = headline(ratings_of([[5, 5]] * 12), gold_of([5] * 12), QUALITY)

    row = row_of(result, "quality")
    assert math.isnan(row["alpha"])
    assert "Alpha: All 24 ratings are the same" in row["note"]
    assert "no criterion has an alpha that can tell" in result.lines[-1]
    assert "nan" not in str(result)


@pytest.mark.parametrize("previous", [None, ratings_of([])])
def test_no_gold_gives_a_sentence(previous: pd.DataFrame | None) -> None:
    """Nothing to judge is not an error."""
    result = headline(ratings_of([[4]]), gold_of([]), QUALITY, previous)

    assert result.finding == "No rating has a gold answer yet"
    assert str(result).startswith("No rating has a gold answer yet.")
    assert "<table" in result._repr_html_()


def test_one_task_of_one_reviewer_is_no_error() -> None:
    """A single rating has figures, no interval of the bias, and no verdict."""
    result = headline(ratings_of([[4]]), gold_of([3]), QUALITY)

    assert "Ratings of the one task lie +1.00 levels from gold; others may differ." in result.lines
    assert row_of(result, "quality")["verdict"] == "not enough evidence"


def test_choices_alone_have_no_bias() -> None:
    """Without a numbered scale there is no shift to speak of."""
    gate = Scale("gate", ("yes", "no"), "nominal", label="Gate")

    result = headline(ratings_of([["yes"]] * 12, "gate"), gold_of(["yes"] * 12, "gate"), gate)

    assert math.isnan(result.rows.iloc[0]["bias"])
    assert "No criterion has a target, so there is no verdict." in result.lines
