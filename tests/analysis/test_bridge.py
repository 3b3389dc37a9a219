"""The bridge set: planted shifts are found, and no shift is only claimed on evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalwidgets.analysis import Scale, bridge, bridge_tasks
from evalwidgets.core.rubric_diff import RubricChange, RubricDiff
from evalwidgets.errors import RatingsError

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
CLIP = Scale("clip", ("a", "b", "same"), "nominal")


def both(n_tasks: int, shift: float, *, seed: int = 1, fresh: bool = False) -> pd.DataFrame:
    """Return ratings of tasks under 1.0.0 and 2.0.0, by the same people or others."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(2, 5, n_tasks)
    rows = [
        (f"t{task:02}", f"{name}{'2' if fresh and version == '2.0.0' else ''}", "quality",
         int(np.clip(round(truth[task] + move + rng.normal(0, 0.4)), 1, 5)), version)
        for version, move in (("1.0.0", 0.0), ("2.0.0", shift))
        for task in range(n_tasks)
        for name in ("ana", "ben")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value", "rubric_version"])


def row(ratings: pd.DataFrame, scale: Scale = QUALITY, **more: object) -> pd.Series:
    """Return the one row of a bridge between the two versions."""
    return bridge(ratings, [scale], before="1.0.0", after="2.0.0", **more).rows.iloc[0]


def test_a_planted_shift_is_found_with_an_interval_that_holds_it() -> None:
    """Half a level up is told as such, in 95 of 100 worlds or nearly, and kept apart."""
    found = [row(both(30, 0.6, seed=seed)) for seed in range(40)]

    holds = sum(one["low"] <= 0.6 <= one["high"] for one in found)
    assert holds >= 34
    assert all(one["verdict"] == "apart" and one["note"].startswith("moved up by") for one in found)


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    """Shift and interval are those of scipy on the means of each task."""
    ratings = both(12, 0.3)
    means = ratings.pivot_table(index="task", columns="rubric_version", values="value")
    expected = stats.ttest_rel(means["2.0.0"], means["1.0.0"]).confidence_interval(0.95)

    one = row(ratings)

    assert (one["low"], one["high"]) == pytest.approx((expected.low, expected.high))
    assert one["shift"] == pytest.approx((means["2.0.0"] - means["1.0.0"]).mean())


def test_scores_are_pooled_only_where_the_whole_interval_is_small() -> None:
    """Many tasks without a shift may be pooled; a few of them are not enough, though nothing was found."""
    assert row(both(200, 0.0))["verdict"] == "pool"
    assert row(both(6, 0.0, seed=3))["verdict"] == "not enough"


def test_the_same_people_are_compared_with_themselves() -> None:
    """Where the new version is rated by others, tasks are compared and the row says so."""
    assert row(both(10, 0.0))["paired"]
    assert not row(both(10, 0.0, fresh=True))["paired"]
    assert row(both(10, 0.0, fresh=True))["n_reviewers"] == 4


def test_fewer_than_five_tasks_say_nothing() -> None:
    """The row has no numbers, and says what is needed."""
    one = row(both(4, 1.0))

    assert one["verdict"] == "not enough"
    assert one["note"] == "4 tasks rated under both; at least 5 are needed"
    assert np.isnan(one["shift"])


def test_an_answer_whose_share_moved_is_named() -> None:
    """On a scale without order the shares of the answers are compared, and the largest move is told."""
    rows = [(f"t{k}", "ana", "clip", "same" if version == "2.0.0" else "ab"[k % 2], version)
            for version in ("1.0.0", "2.0.0") for k in range(20)]  # fmt: skip
    ratings = pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value", "rubric_version"])

    one = row(ratings, CLIP)

    assert (one["answer"], one["before"], one["after"], one["verdict"]) == ("same", 0, 1, "apart")


def test_a_changed_meaning_is_never_pooled() -> None:
    """However little the mean moved, a major change keeps scores apart."""
    change = RubricChange(place="criteria.quality.levels.3.descriptor", kind="changed", bump="major",
                          sentence="It changed.", criterion="quality", touches_gold=True)  # fmt: skip

    result = bridge(both(200, 0.0), [QUALITY], before="1.0.0", after="2.0.0",
                    diff=RubricDiff(old="1.0.0", new="2.0.0", changes=(change,)))  # fmt: skip

    assert result.rows.loc[0, "verdict"] == "apart"
    assert str(result) == "Scores under 1.0.0 and 2.0.0; must be kept apart: quality."


def test_tasks_for_a_bridge_cover_the_levels() -> None:
    """Every level that was given is among the chosen, and equal seeds choose equally."""
    ratings = both(40, 0.0)
    chosen = bridge_tasks(ratings, [QUALITY], size=9, seed=4)

    middle = ratings[ratings["task"].isin(chosen)].groupby("task")["value"].median()
    assert len(chosen) == 9
    assert {2, 3, 4} <= set(middle.round())
    assert chosen == bridge_tasks(ratings, [QUALITY], size=9, seed=4)
    assert chosen != bridge_tasks(ratings, [QUALITY], size=9, seed=5)


def test_what_makes_no_sense_is_refused() -> None:
    """A margin of nothing, a set too small, and ratings without versions are errors that say what to do."""
    with pytest.raises(RatingsError, match="margin: expected a number above 0"):
        row(both(10, 0), margin=0)
    with pytest.raises(RatingsError, match="at least 5 tasks, got 3"):
        bridge_tasks(both(10, 0), [QUALITY], size=3)
    with pytest.raises(RatingsError, match="rubric_version"):
        row(both(10, 0).drop(columns="rubric_version"))
