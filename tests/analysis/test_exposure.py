"""Exposure counts who saw gold how often, and judges it by what people said at first sight."""

from __future__ import annotations

import pandas as pd
import pytest

from evalwidgets.analysis import Scale
from evalwidgets.analysis.gold.exposure import GoldExposure, gold_exposure

from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")
NOON = pd.Timestamp("2026-03-02 12:00", tz="UTC")


def shown(*rows: tuple[str, str, int, str]) -> pd.DataFrame:
    """Return ratings as task, reviewer, value and round; each an hour later than the one before."""
    table = pd.DataFrame(rows, columns=["task", "reviewer", "value", "round"]).astype({"value": object})
    hours = pd.to_timedelta(range(len(rows)), unit="h")
    return table.assign(criterion="quality", submitted_at=NOON + hours)


def exposure(ratings: pd.DataFrame, *accepted: int, **options: float) -> GoldExposure:
    """Return the exposure of gold tasks t0, t1, ... with these accepted levels."""
    return gold_exposure(ratings, gold_of(accepted), QUALITY, **options)


def row(found: GoldExposure, task: str) -> pd.Series:
    """Return one task's row."""
    return found.rows.set_index("task").loc[task]


def test_people_and_showings_are_counted_by_sitting() -> None:
    """One person who practises a task twice is one person and two showings; the last time is told."""
    ratings = shown(("t0", "ana", 3, "r1"), ("t0", "ana", 3, "practice 1"), ("t0", "ben", 3, "r1"))

    one = row(exposure(ratings, 3, 3), "t0")

    assert (2, 3, 1.0) == (one["n_people"], one["n_shown"], one["seen"])
    assert ratings["submitted_at"].max() == one["last_at"]


def test_gold_that_nobody_saw_is_listed_last() -> None:
    """It has no numbers yet, and no flag."""
    found = exposure(shown(("t1", "ana", 3, "r1")), 3, 3)

    assert ["t1", "t0"] == found.rows["task"].tolist()
    assert (0, 0, 0) == tuple(row(found, "t0")[["n_people", "n_shown", "n_answers"]])
    assert pd.isna(row(found, "t0")["within"])
    assert pd.isna(row(found, "t0")["last_at"])
    assert "1 seen by nobody yet" in found.finding


def test_what_is_said_at_first_sight_counts() -> None:
    """Whoever was wrong once and right after feedback has missed it."""
    rows = [("t0", name, value, round_) for name in "abc" for value, round_ in ((1, "r1"), (5, "practice"))]

    one = row(exposure(shown(*rows), 5), "t0")

    assert (0.0, 3, True) == (one["within"], one["n_answers"], one["easily_missed"])
    assert "3 of 3 miss Quality" in one["why"]


def test_gold_is_easily_missed_by_more_than_half_of_three() -> None:
    """Half is not most, and two people are too few to say."""
    found = exposure(ratings_of([[1, 1, 5], [1, 1, 5, 5], [1, 1]]), 5, 5, 5)

    assert [True, False, False] == [bool(row(found, name)["easily_missed"]) for name in ("t0", "t1", "t2")]


def test_gold_that_nearly_everybody_saw_is_over_exposed() -> None:
    """More than the given share of all people, of at least five."""
    ratings = ratings_of([[3] * 6, [3] * 4 + [None] * 2])

    found = exposure(ratings, 3, 3)

    assert [True, False] == [bool(row(found, name)["over_exposed"]) for name in ("t0", "t1")]
    assert "6 people saw it 6 times; bring in new gold" in row(found, "t0")["why"]
    assert not exposure(ratings, 3, 3, most_seen=1.0).rows["over_exposed"].any()
    assert exposure(ratings, 3, 3, min_people=4, most_seen=0.5).rows["over_exposed"].all()


def test_gold_that_comes_again_and_again_is_over_exposed() -> None:
    """Five people who saw it five times each remember it, whoever else never did."""
    rows = [("t0", name, 3, f"practice {day}") for name in "abcde" for day in range(5)]
    others = [("t1", name, 3, "r1") for name in "fghijkl"]

    found = exposure(shown(*rows, *others), 3, 3)

    assert [True, False] == [bool(row(found, name)["over_exposed"]) for name in ("t0", "t1")]


@pytest.mark.parametrize(("answers", "easy"), [([3] * 5, True), ([3] * 4, False), ([3] * 4 + [5], False)])
def test_gold_that_nobody_misses_is_too_easy(answers: list[int], easy: bool) -> None:
    """Five people at least, and not one of them outside tolerance."""
    found = exposure(ratings_of([answers]), 3, most_seen=1.0)

    assert easy is bool(row(found, "t0")["too_easy"])
    assert ("missed by nobody" in found.finding) is easy


def test_without_ratings_or_gold_there_is_a_sentence() -> None:
    """Nothing is a nan in words."""
    none = ratings_of([])

    assert "Of 1 task with gold 1 seen by nobody yet" == exposure(none, 3).finding
    assert "There is no gold yet" == exposure(none).finding
    worn_nowhere = exposure(ratings_of([[3, 5, 3]]), 3)
    assert "Of 1 task with gold none is worn, and none is missed by most" == worn_nowhere.finding
