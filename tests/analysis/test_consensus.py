"""Consensus: what is settled and by what, how sure it is, and decisions that win."""

from __future__ import annotations

import math
from statistics import median_high, median_low

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalwidgets.analysis import Scale, wilson_interval
from evalwidgets.analysis.aggregation.consensus import ConsensusTable, consensus
from evalwidgets.errors import RatingsError

from .tables import ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")
SAFE = Scale("safe", ("ok", "bad"), "nominal", label="Safe")


def one(answers: list[object], scale: Scale = QUALITY) -> pd.Series:
    """Return the consensus of one task."""
    return consensus(ratings_of([answers], scale.id), scale).rows.iloc[0]


def decided(*rows: tuple[str, object]) -> pd.DataFrame:
    """Return final decisions of a lead on quality."""
    table = pd.DataFrame(rows, columns=["task", "value"]).astype({"value": object})
    return table.assign(criterion="quality", by="lead", reason="meeting of Monday")


@pytest.mark.parametrize(
    ("answers", "provenance", "value", "note"),
    [
        ([4, 4, 4], "unanimous", 4, ""),
        ([4, 4, 2], "majority", 4, ""),
        ([4, 2], "unresolved", None, "Tied"),
        ([4, 4, 2, 2, 1], "unresolved", None, "Tied"),
        ([4, 4, 3, 2, 1], "unresolved", None, "No answer has more than half"),
        ([4], "unresolved", None, "Only one reviewer rated"),
    ],
)
def test_each_task_says_how_it_was_settled(
    answers: list[object], provenance: str, value: object, note: str
) -> None:
    """More than half of at least two makes a consensus; all else is unresolved, and says why."""
    row = one(answers)

    assert (row["provenance"], row["value"], row["note"]) == (provenance, value, note)


def test_a_tie_names_the_answers_that_share_the_lead() -> None:
    """The tied answers are listed in the order of the scale, and there is no majority."""
    row = one([5, 2, 5, 2, 1])

    assert row["tied"] == (2, 5)
    assert row["majority"] is None
    assert row["share"] == 0.4


def test_a_divided_panel_shows_its_most_common_answer_without_a_consensus() -> None:
    """The leader is told, the value stays open."""
    row = one([4, 4, 3, 2, 1])

    assert (row["majority"], row["value"]) == (4, None)


def test_a_decision_wins_over_every_vote() -> None:
    """Adjudicated values stand with who decided and why; votes stay visible beside them."""
    ratings = ratings_of([[4, 4, 4], [2, 3]])

    rows = consensus(ratings, QUALITY, decisions=decided(("t0", 2), ("t1", 3))).rows

    assert rows["provenance"].tolist() == ["adjudicated", "adjudicated"]
    assert rows["value"].tolist() == [2, 3]
    assert rows["majority"].tolist() == [4, None]
    assert rows["by"].tolist() == ["lead", "lead"]
    assert rows["reason"].tolist() == ["meeting of Monday"] * 2
    assert rows["note"].tolist() == ["", ""]


def test_a_decision_on_an_unrated_task_has_a_row() -> None:
    """What was decided is never lost, even without votes."""
    rows = consensus(ratings_of([[4, 4]]), QUALITY, decisions=decided(("elsewhere", 1))).rows

    last = rows.iloc[-1]
    assert (last["task"], last["value"], last["n"], last["label"]) == ("elsewhere", 1, 0, "Quality")
    assert last["majority"] is None
    assert rows.iloc[0]["provenance"] == "unanimous"


def test_two_decisions_on_one_task_are_refused() -> None:
    """Which one stands is not ours to say."""
    with pytest.raises(RatingsError, match="got two for t0 / quality"):
        consensus(ratings_of([[4, 4]]), QUALITY, decisions=decided(("t0", 1), ("t0", 2)))


def test_a_decision_off_the_scale_is_refused() -> None:
    """A decided value is one of the declared levels."""
    with pytest.raises(RatingsError, match="decisions, criterion quality"):
        consensus(ratings_of([[4, 4]]), QUALITY, decisions=decided(("t0", 9)))


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=9), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_votes_equal_the_standard_library(tasks: list[list[int]]) -> None:
    """Medians, shares and means are those of plain Python on every task."""
    wide = max(map(len, tasks))
    rows = consensus(ratings_of([[*task, *[None] * (wide - len(task))] for task in tasks]), QUALITY).rows

    assert rows["median_low"].tolist() == [median_low(task) for task in tasks]
    assert rows["median_high"].tolist() == [median_high(task) for task in tasks]
    most = [max(task.count(level) for level in task) for task in tasks]
    assert rows["share"].tolist() == pytest.approx(
        [m / len(task) for m, task in zip(most, tasks, strict=True)]
    )
    assert rows["mean"].tolist() == pytest.approx([float(np.mean(task)) for task in tasks])
    ends = np.array([wilson_interval(m, len(task)) for m, task in zip(most, tasks, strict=True)])
    assert rows[["share_low", "share_high"]].to_numpy() == pytest.approx(ends)


@pytest.mark.parametrize("n", [1, 2, 5, 6, 9, 15, 30])
def test_the_range_around_the_median_is_the_narrowest_that_is_sure_enough(n: int) -> None:
    """Its confidence is the binomial one; one step narrower would fall below the level."""
    values = sorted(np.random.default_rng(n).integers(1, 1000, n).tolist())
    row = one(list(values), Scale("quality", metric="interval"))

    depth = values.index(row["range_low"])
    sure = 1 - 2 * stats.binom.cdf(depth, n, 0.5)
    assert row["range_high"] == values[n - 1 - depth]
    assert row["range_confidence"] == pytest.approx(max(0.0, sure))
    assert depth == 0 or sure >= 0.95
    assert 1 - 2 * stats.binom.cdf(depth + 1, n, 0.5) < 0.95


def test_the_mean_borrows_its_spread_from_all_tasks() -> None:
    """Three equal ratings still have an interval: that of three ratings on this criterion."""
    rows = consensus(ratings_of([[3, 3, 3], [2, 3, 4], [1, 3, 5]]), QUALITY).rows

    error = math.sqrt((0 + 2 + 8) / 6 / 3)
    half = stats.t.ppf(0.975, 6) * error
    assert (rows["mean_high"] - rows["mean"]).tolist() == pytest.approx([half] * 3, rel=1e-6)


def test_an_unordered_scale_has_no_median_and_a_likely_answer() -> None:
    """Nominal criteria get Dawid-Skene's answer; ordered ones get median and mean."""
    nominal = one(["ok", "ok", "bad"], SAFE)
    ordered = one([4, 4, 2])

    assert math.isnan(nominal["median_low"])
    assert nominal["likely"] == "ok"
    assert 0.5 < nominal["probability"] <= 1
    assert ordered["likely"] is None


def test_answers_of_several_criteria_keep_their_types() -> None:
    """Whole numbers stay whole beside texts, sets and gaps."""
    ratings = pd.concat(
        [
            ratings_of([[4, 4], [1, 2]]),
            ratings_of([["ok", "ok"]], "safe"),
            ratings_of([[["b", "a"], ["a", "b"]]], "marks"),
        ]
    )
    scales = [QUALITY, SAFE, Scale("marks", metric="nominal")]

    values = consensus(ratings, scales).rows["value"].tolist()

    assert values == [4, None, "ok", ("a", "b")]
    assert [type(value) for value in values] == [int, type(None), str, tuple]


def test_the_finding_and_the_summary_count_provenances() -> None:
    """Shares in words, and a table by criterion and for all."""
    ratings = pd.concat(
        [ratings_of([[4, 4], [1, 2]]), ratings_of([["ok", "ok", "bad"], ["ok", "ok"]], "safe")]
    )

    table = consensus(ratings, [QUALITY, SAFE], decisions=decided(("t1", 1)))

    assert table.finding == "Of 4 answers, 50% are unanimous, 25% have a majority, 25% were adjudicated"
    assert table.summary.loc["(all)"].to_dict() == {
        "unanimous": 2,
        "majority": 1,
        "adjudicated": 1,
        "unresolved": 0,
    }
    assert list(table.summary.index) == ["quality", "safe", "(all)"]


def test_what_does_not_count_is_said() -> None:
    """Answers "not applicable" and criteria that the rubric lacks are counted as left out."""
    ratings = ratings_of([[4, 4]]).assign(na=None)
    extra = pd.DataFrame(
        [("t0", "r2", "quality", None, "no_person"), ("t0", "r2", "old", 3, None)],
        columns=["task", "reviewer", "criterion", "value", "na"],
    )

    said = str(consensus(pd.concat([ratings, extra]), QUALITY))

    assert "1 rating (not on a scale of this rubric)" in said
    assert "1 rating not applicable (Quality: no level was given)" in said


def test_no_ratings_are_a_sentence() -> None:
    """An empty table answers in words, with its columns."""
    table: ConsensusTable = consensus(ratings_of([[3]])[:0], QUALITY)

    assert table.finding == "There are no ratings to agree on"
    assert table.rows.empty
    assert table._repr_html_().startswith("<table")


def test_decisions_alone_make_a_consensus() -> None:
    """Without any vote the decided answers stand."""
    table = consensus(ratings_of([[3]])[:0], QUALITY, decisions=decided(("t0", 3)))

    assert table.finding == "Of 1 answer, 100% were adjudicated"
