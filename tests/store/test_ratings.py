"""The tidy table that every statistic takes."""

from __future__ import annotations

import pandas as pd
import pytest

from evalwidgets.core.review import Answer
from evalwidgets.store.ratings import COLUMNS
from evalwidgets.store.reviews import ReviewStore

from .samples import a_review


def test_each_answered_criterion_is_a_row(store: ReviewStore) -> None:
    """Values keep the types of their control, and a criterion that does not apply has none."""
    store.submit(a_review())

    table = store.ratings().set_index("criterion")

    assert list(table.index) == ["accuracy", "defects", "feasible", "text"]
    assert list(table["value"]) == [3, ["halo", "remnant"], "yes", None]
    assert type(table.loc["accuracy", "value"]) is int
    assert list(table["na"]) == [None, None, None, "no_text"]
    assert table.loc["accuracy", "second"] == 2
    assert table["second"].isna().sum() == 3


def test_the_columns_are_those_of_the_contract(store: ReviewStore) -> None:
    """The columns and their types are the same with and without rows."""
    empty = store.ratings()
    store.submit(a_review())

    table = store.ratings()

    assert list(table.columns) == list(COLUMNS)
    pd.testing.assert_series_equal(table.dtypes, empty.dtypes)


def test_a_row_says_where_it_comes_from(store: ReviewStore) -> None:
    """Each row carries its review's facts."""
    review = a_review()
    store.submit(review)

    row = store.ratings().iloc[0]

    for name in ("campaign", "round", "task", "reviewer", "rubric", "rubric_version", "revision"):
        assert row[name] == getattr(review, name)
    assert row["submitted_at"] == pd.Timestamp(review.submitted_at)
    assert (row["confidence"], row["seconds"], row["position"], row["review"]) == (2, 38.5, 4, review.id)


def test_a_skipped_review_has_no_ratings(store: ReviewStore) -> None:
    """Skipping, also after a submit, leaves no current rating behind."""
    store.submit(a_review())
    store.submit(a_review(revision=2, state="skipped", reason="cannot judge"))

    assert len(store.ratings()) == 0
    assert len(store.ratings(current=False)) == 4


def test_an_unanswered_criterion_is_no_row(store: ReviewStore) -> None:
    """A note without a value is kept with the review but is no rating."""
    review = a_review(answers={"accuracy": Answer(note="not sure yet")})
    store.submit(review)

    assert len(store.ratings()) == 0
    assert store.reviews() == [review]


@pytest.mark.parametrize("value", [0, 7, "no", True, 2.5, [], [{"word": 1, "mark": "x"}], {"k": [1]}])
def test_a_value_keeps_its_type(file_store: ReviewStore, value: object) -> None:
    """Every shape of JSON value comes back as itself."""
    file_store.submit(a_review(answers={"c": Answer(value=value)}))

    (found,) = file_store.ratings()["value"]

    assert (type(found), found) == (type(value), value)
