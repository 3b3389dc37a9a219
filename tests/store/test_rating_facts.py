"""The narrow table says what the tidy table says, for a hundred thousand reviews as for three."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round import SANDBOX
from evalwidgets.store.rating_facts import COLUMNS
from evalwidgets.store.reviews import ReviewStore, open_store

from .samples import a_review

_VALUES = st.one_of(
    st.integers(1, 5), st.sampled_from(["yes", "no"]), st.lists(st.sampled_from("abc")), st.none()
)


def _plain(store: ReviewStore, review: Review, **more: str) -> pd.DataFrame:
    """Return what the tidy table says in the same columns, in an order that both can have."""
    table = store.ratings(review.campaign, rubric=review.rubric, current=False, **more)
    return _ordered(table[list(COLUMNS)])


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["review", "criterion"]).reset_index(drop=True)


def _same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert list(found.columns) == list(COLUMNS)
    kinds = {name: expected[name].dtype for name in expected}
    pd.testing.assert_frame_equal(_ordered(found.astype(kinds)), expected)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(_VALUES, min_size=1, max_size=4), confidence=st.sampled_from([None, 1, 3]))
def test_any_answers_read_the_same_both_ways(
    tmp_path_factory: pytest.TempPathFactory, answers: list[object], confidence: int | None
) -> None:
    """Numbers, texts, lists, "not applicable", flags and confidence are those of the tidy table."""
    given_ = {
        f"c{n}": Answer(na="hidden") if value is None else Answer(value=value)
        for n, value in enumerate(answers)
    }
    one = a_review(answers=given_, confidence=confidence, flags={"edge_case": "why"} if confidence else {})
    with open_store(tmp_path_factory.mktemp("facts") / "r.db") as store:
        store.submit(one)
        _same(store.rating_facts(one.campaign, one.rubric), _plain(store, one))


def test_all_revisions_are_there_and_nothing_of_elsewhere(store: ReviewStore) -> None:
    """Every revision counts; other campaigns, rubrics and the sandbox do not, and a round can be named."""
    first = a_review()
    again = a_review(
        id="00000000-0000-4000-8000-000000000001", revision=2, answers={"accuracy": Answer(value=1)}
    )
    other = a_review(id="00000000-0000-4000-8000-000000000002", rubric="other")
    tried = a_review(id="00000000-0000-4000-8000-000000000003", round=SANDBOX)
    for one in (first, again, other, tried):
        store.submit(one)

    found = store.rating_facts(first.campaign, first.rubric)

    _same(found, _plain(store, first))
    assert set(found["revision"]) == {1, 2}
    assert SANDBOX not in set(found["round"])
    _same(
        store.rating_facts(first.campaign, first.rubric, first.round), _plain(store, first, round=first.round)
    )
    assert set(store.rating_facts(first.campaign, first.rubric, SANDBOX)["round"]) == {SANDBOX}


def test_an_empty_store_gives_the_columns(store: ReviewStore) -> None:
    """Without reviews the table has no rows and all columns."""
    found = store.rating_facts("nobody", "no-rubric")

    assert list(found.columns) == list(COLUMNS)
    assert found.empty
