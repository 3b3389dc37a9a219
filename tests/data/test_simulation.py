"""The simulated reviewers: valid reviews in which the planted causes can be found, and no others."""

from __future__ import annotations

from collections import Counter
from statistics import mean
from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis.reviewers.severity import reviewer_severity
from evalwidgets.core.check import check
from evalwidgets.core.feedback import signed_difference
from evalwidgets.store.tables import gold_table

from .conftest import Demo


@pytest.fixture(scope="module")
def ratings(demo: Demo) -> pd.DataFrame:
    """Return the simulated reviews as the tidy table."""
    rows: list[dict[str, Any]] = [
        {
            "task": review.task,
            "reviewer": review.reviewer,
            "criterion": name,
            "value": answer.value,
            "na": answer.na,
            "submitted_at": pd.Timestamp(review.submitted_at),
        }
        for review in demo.reviews
        for name, answer in review.answers.items()
    ]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def errors(demo: Demo, ratings: pd.DataFrame) -> pd.DataFrame:
    """Return each rating on a scale with its signed distance from gold."""
    table = ratings.copy()
    table["error"] = [
        signed_difference(row.value, answer.accepted)
        if (answer := demo.gold[row.task].answers.get(row.criterion)) and answer.accepted
        else None
        for row in table.itertuples()
    ]
    return table.dropna(subset="error")


def test_every_review_passes_the_check(demo: Demo) -> None:
    """Gates, applicability, caps and notes of simulated reviews are those of a careful person."""
    rubric = demo.rubric("image-edit")

    problems = [
        (review.task, review.reviewer, problem.message)
        for review in demo.reviews
        for problem in check(rubric, review, demo.tasks[review.task])
        if problem.blocks
    ]

    assert problems == []


def test_reviews_belong_to_these_pictures_and_this_rubric(demo: Demo) -> None:
    """Each review carries the hash of its task's content and of the rubric as they are now."""
    rubric = demo.rubric("image-edit")

    assert {review.rubric_hash for review in demo.reviews} == {rubric.hash}
    for review in demo.reviews[::40]:
        assert review.task_hash == demo.tasks.hash_of(demo.tasks[review.task])


def test_reviews_are_labelled_as_simulated(demo: Demo) -> None:
    """The campaign says simulated, and so does the truth beside it."""
    assert {review.campaign for review in demo.reviews} == {"demo-simulated"}
    assert demo.truth["simulated"] is True


def test_eight_reviewers_rate_most_tasks_over_five_weeks(demo: Demo) -> None:
    """Nobody rates everything, everybody rates about three quarters, and ids never repeat."""
    counts = Counter(review.reviewer for review in demo.reviews)
    edits = len(demo.tasks.where(kind="edit"))
    weeks = {review.submitted_at.isocalendar().week for review in demo.reviews}

    assert len(counts) == 8
    assert all(0.55 * edits < count < 0.92 * edits for count in counts.values())
    assert len(weeks) == 5
    assert len({review.id for review in demo.reviews}) == len(demo.reviews)


def test_only_the_strict_and_the_lenient_are_flagged_so(demo: Demo, ratings: pd.DataFrame) -> None:
    """Severity finds the two planted shifts, with intervals without 0, the drift, and nothing else."""
    table = reviewer_severity(ratings, gold_table(demo.gold), demo.rubric("image-edit")).pooled

    flags = dict(zip(table["reviewer"], table["flag"], strict=True))
    expected = dict.fromkeys(demo.truth["strict"], "strict") | dict.fromkeys(demo.truth["lenient"], "lenient")
    expected |= {one["reviewer"]: "drifting" for one in demo.truth["drift"]}
    assert {name: flag for name, flag in flags.items() if flag} == expected
    shifted = table[table["flag"].isin(["strict", "lenient"])]
    assert ((shifted["family_low"] > 0) | (shifted["family_high"] < 0)).all()


def test_the_drift_begins_in_its_week(demo: Demo, errors: pd.DataFrame) -> None:
    """The drifting reviewer is near gold for two weeks and lower with every week after."""
    drift = demo.truth["drift"][0]
    theirs = errors[errors["reviewer"] == drift["reviewer"]]
    weekly = theirs.groupby(theirs["submitted_at"].dt.isocalendar().week)["error"].mean().tolist()

    assert all(abs(error) < 0.25 for error in weekly[:2])
    assert weekly[2] > weekly[3] > weekly[4]
    assert weekly[4] < -0.6


def test_the_camp_differs_on_the_shadow_clause_only(demo: Demo, errors: pd.DataFrame) -> None:
    """Its members lie far below gold on two criteria of shadow tasks and near it elsewhere."""
    camp = demo.truth["camp"]
    theirs = errors[errors["reviewer"].isin(camp["reviewers"])]
    clause = theirs["task"].isin(camp["tasks"]) & theirs["criterion"].isin(camp["criteria"])

    assert theirs[clause]["error"].mean() < -1.2
    assert abs(theirs[~clause]["error"].mean()) < 0.15


def test_the_central_reviewer_pulls_both_ends_inwards(demo: Demo, errors: pd.DataFrame) -> None:
    """They rate high gold lower and low gold higher, by about the same."""
    theirs = errors[errors["reviewer"].isin(demo.truth["central"]["reviewers"])]
    gold = [mean(demo.gold[row.task].answers[row.criterion].accepted) for row in theirs.itertuples()]
    low = theirs[[level <= 2 for level in gold]]["error"].mean()
    high = theirs[[level >= 4.5 for level in gold]]["error"].mean()

    assert low > 0.4
    assert high < -0.4


def test_the_noisy_reviewer_is_wrong_most_often(demo: Demo, errors: pd.DataFrame) -> None:
    """The noisy one errs by two levels or more far more often than those whose cause is elsewhere."""
    camp = demo.truth["camp"]
    calm = errors[~errors["task"].isin(camp["tasks"])]
    gross = calm.assign(gross=calm["error"].abs() >= 2).groupby("reviewer")["gross"].mean()

    assert gross[demo.truth["noisy"][0]] > 3 * gross[["ana", *camp["reviewers"]]].max()


def test_the_slip_is_one_gross_error_of_a_careful_reviewer(demo: Demo, errors: pd.DataFrame) -> None:
    """Exactly one rating of the careful reviewer is off by more than two levels: the planted one."""
    slip = demo.truth["slip"]
    theirs = errors[errors["reviewer"] == slip["reviewer"]]
    gross = theirs[theirs["error"].abs() > 2]

    assert gross[["task", "criterion", "value"]].to_numpy().tolist() == [
        [slip["task"], slip["criterion"], slip["given"]]
    ]
