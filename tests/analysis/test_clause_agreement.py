"""Agreement on a clause is the share of pairs on one side of it, before the version and since."""

from __future__ import annotations

from itertools import combinations
from statistics import fmean
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import Scale, clause_agreement, wilson_interval
from evalwidgets.analysis.gaps.clause_agreement import Change, change_of, verdict_of
from evalwidgets.analysis.results import Estimate
from evalwidgets.core.clause import Clause
from evalwidgets.errors import RatingsError, UnknownName

from .planted_gaps import CLAUSE, NEW, SCALES, planted_gaps
from .tables import ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
BOUNDARY = Clause(criterion="quality", lower=3)
SHARED = st.lists(
    st.tuples(st.booleans(), st.lists(st.none() | st.integers(1, 5), min_size=3, max_size=5)),
    min_size=1,
    max_size=9,
)


def versions(rows: list[tuple[bool, list[Any]]]) -> pd.DataFrame:
    """Return ratings of tasks, each rated before the version or since."""
    ratings = ratings_of([row for _, row in rows])
    after = {f"t{t}" for t, (since, _) in enumerate(rows) if since}
    return ratings.assign(rubric_version=["1.1.0" if task in after else "1.0.3" for task in ratings["task"]])


def told(ratings: pd.DataFrame, clause: Clause = BOUNDARY, **more: Any) -> Any:
    """Return what version 1.1.0 did."""
    return clause_agreement(ratings, QUALITY, clause, version="1.1.0", **more)


def by_hand(rows: list[tuple[bool, list[Any]]], *, since: bool) -> float | None:
    """Return the share of pairs on one side, averaged over tasks."""
    shares = []
    for after, row in rows:
        sides = [level > 3 for level in row if level is not None]
        if after == since and len(sides) > 1:
            shares.append(fmean(a == b for a, b in combinations(sides, 2)))
    return fmean(shares) if shares else None


@settings(max_examples=50, deadline=None)
@given(SHARED)
def test_it_is_the_share_of_pairs_on_one_side(rows: list[tuple[bool, list[Any]]]) -> None:
    """The same as counting every pair by hand; the change is their difference, inside its interval."""
    if all(level is None for _, row in rows for level in row):
        return
    result = told(versions(rows))
    before, after = by_hand(rows, since=False), by_hand(rows, since=True)

    assert pytest.approx(before) == result.before.estimate
    assert pytest.approx(after) == result.after.estimate
    if before is None or after is None:
        assert (None, "not enough evidence") == (result.change, result.verdict)
    else:
        assert pytest.approx(after - before) == result.change
        assert -1 <= result.low <= result.change + 1e-9
        assert result.change - 1e-9 <= result.high <= 1


def test_alpha_is_that_of_the_two_sides() -> None:
    """The same as the krippendorff package gives on the dichotomised ratings."""
    rng = np.random.default_rng(3)
    levels = rng.integers(1, 6, (20, 4)).astype(float)
    levels[rng.random(levels.shape) < 0.2] = np.nan
    rows = [(t % 2 == 0, [None if np.isnan(v) else int(v) for v in row]) for t, row in enumerate(levels)]
    sides = np.where(np.isnan(levels), np.nan, levels > 3)
    result = told(versions(rows))

    for since, alpha in ((True, result.alpha_after), (False, result.alpha_before)):
        data = sides[0 if since else 1 :: 2].T
        assert alpha.estimate == pytest.approx(krippendorff.alpha(data, level_of_measurement="nominal"))


@pytest.mark.parametrize("seed", range(4))
def test_a_clause_that_was_mended_is_better(seed: int) -> None:
    """On its tasks agreement rises and the interval leaves out no change; on the others it does not."""
    world = planted_gaps(seed)
    result = clause_agreement(world.ratings, SCALES, CLAUSE, version=NEW, where=world.shadows)

    assert "better" == result.verdict
    assert result.low > 0.1
    assert result.rest_before.n_tasks == result.rest_after.n_tasks == 19
    assert abs(result.rest_after.estimate - result.rest_before.estimate) < 0.12
    assert str(result).startswith("Agreement on Preservation 3|4 is better since 1.3.0: ")


def test_how_often_chance_alone_looks_like_a_change() -> None:
    """Of 100 versions that changed nothing, few look better or worse: at most one in twelve."""
    rng = np.random.default_rng(1)
    verdicts = []
    for _ in range(100):
        values = np.clip(
            np.rint(3.5 + rng.normal(0, 0.8, (30, 1)) + rng.normal(0, 0.6, (30, 4))), 1, 5
        ).astype(int)
        verdicts.append(
            told(versions([(t >= 15, list(map(int, row))) for t, row in enumerate(values)])).verdict
        )

    assert sum(one in ("better", "worse") for one in verdicts) <= 8


SHARES = {"confidence_level": 0.95, "method": "m", "n_reviewers": 4, "n_ratings": 40}


@pytest.mark.parametrize(
    ("before", "after", "n", "verdict"),
    [
        ((0.5, 0.4, 0.6), (0.9, 0.8, 1.0), 20, "better"),
        ((0.9, 0.8, 1.0), (0.5, 0.4, 0.6), 20, "worse"),
        ((0.8, 0.7, 0.9), (0.82, 0.72, 0.92), 20, "no change seen"),
        ((0.6, 0.2, 1.0), (0.7, 0.3, 1.0), 20, "not enough evidence"),
        ((0.5, 0.4, 0.6), (0.9, 0.8, 1.0), 4, "not enough evidence"),
    ],
)
def test_a_verdict_needs_evidence(
    before: tuple[float, ...], after: tuple[float, ...], n: int, verdict: str
) -> None:
    """Four tasks show nothing, and a wide interval around no change is not "no change"."""
    one, other = (Estimate("a", *ends, n_tasks=n, **SHARES) for ends in (before, after))

    assert verdict == verdict_of(one, other, change_of(one, other))


def test_the_change_of_two_numbers_is_put_together_from_their_intervals() -> None:
    """Newcombe's tenth method on 56/70 against 48/80: 0.2, [0.0524, 0.3339]."""
    parts = [
        Estimate("a", hits / n, *wilson_interval(hits, n), n_tasks=n, **SHARES)
        for hits, n in ((48, 80), (56, 70))
    ]

    assert Change(0.2, 0.0524, 0.3339) == pytest.approx(change_of(*parts), abs=5e-5)


def test_versions_are_compared_by_their_numbers() -> None:
    """1.10.0 comes after 1.9.0; a rating without a version is left out and said."""
    ratings = ratings_of([[3, 4], [4, 4], [2, 2]]).assign(
        rubric_version=["1.10.0"] * 2 + ["1.9.0"] * 2 + [None] * 2
    )
    result = clause_agreement(ratings, QUALITY, BOUNDARY, version="1.10.0")

    assert (0.0, 1.0) == (result.after.estimate, result.before.estimate)
    assert "2 ratings without a version" in str(result)


def test_a_whole_criterion_asks_for_the_same_answer() -> None:
    """4 and 5 are on one side of 3|4 and still two answers."""
    ratings = versions([(False, [4, 5]), (True, [4, 4])])

    assert (1.0, 0.0) == (
        told(ratings).before.estimate,
        told(ratings, Clause(criterion="quality")).before.estimate,
    )


def test_periods_never_cross_the_version() -> None:
    """Rounds where there are several, else weeks; a round that used both versions is two."""
    days = pd.Series(pd.date_range("2026-03-02", periods=8, freq="4D", tz="UTC")).repeat(2)
    ratings = versions([(t > 3, [3, 4]) for t in range(8)]).assign(submitted_at=list(days))
    rounds = ratings.assign(round=["a"] * 6 + ["b"] * 6 + ["c"] * 4)

    assert [("2 Mar", 2), ("9 Mar", 2), ("16 Mar", 2), ("23 Mar", 1), ("30 Mar", 1)] == [
        *zip(told(ratings).periods["name"], told(ratings).periods["n_tasks"], strict=True)
    ]
    assert [("a", False), ("b", False), ("b", True), ("c", True)] == [
        *zip(told(rounds).periods["name"], told(rounds).periods["after"], strict=True)
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "no task was rated by two reviewers before 1.1.0"),
        ([(False, [3, 4])], "no task was rated by two reviewers since 1.1.0"),
        ([(False, [3, 4]), (True, [4])], "no task was rated by two reviewers since 1.1.0"),
        ([(False, [4, 4]), (True, [4, 4])], "100% on 1 task before, 100% on 1 task after"),
    ],
)
def test_next_to_nothing_gives_a_sentence(rows: list[tuple[bool, list[Any]]], sentence: str) -> None:
    """Never a verdict, never a bare nan."""
    result = told(versions(rows) if rows else versions([(False, [3, 4])])[:0])

    assert result.finding.startswith("Not enough evidence")
    assert sentence in result.finding
    assert "nan" not in str(result)


def test_what_cannot_be_asked_is_refused() -> None:
    """The rubric as a whole has no agreement; a criterion must exist; versions must be known."""
    ratings = versions([(False, [3, 4])])
    with pytest.raises(RatingsError, match="nobody rates the rubric as a whole"):
        told(ratings, Clause())
    with pytest.raises(UnknownName, match="quality"):
        told(ratings, Clause(criterion="qualty", lower=3))
    with pytest.raises(RatingsError, match="rubric_version"):
        told(ratings.drop(columns="rubric_version"))
