"""What goes in comes out exactly, and what could not is refused before any database sees it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from evalwidgets.core.review import Answer, Review
from evalwidgets.core.value import canonical_json
from evalwidgets.errors import StoreError
from evalwidgets.store.reviews import ReviewStore

from .samples import a_review, new_id, reviews

_fresh = itertools.count()

any_review = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@any_review
@given(drawn=reviews())
def test_any_valid_review_comes_back_exactly(store: ReviewStore, drawn: Review) -> None:
    """Every valid review is read as it was submitted, down to the type of each value."""
    review = _in_a_campaign_of_its_own(drawn)

    store.submit(review)

    (read,) = store.reviews(campaign=review.campaign)
    assert read == review
    assert canonical_json(read.model_dump(mode="json")) == canonical_json(review.model_dump(mode="json"))


@any_review
@given(drawn=reviews())
def test_the_ratings_equal_the_answers(store: ReviewStore, drawn: Review) -> None:
    """The tidy table holds each given answer of a submitted review once, and nothing else."""
    review = _in_a_campaign_of_its_own(drawn)
    expected = {
        name: (canonical_json(answer.value), answer.second, answer.na, answer.note)
        for name, answer in review.answers.items()
        if answer.given and review.state == "submitted"
    }

    store.submit(review)
    table = store.ratings(campaign=review.campaign)

    found = {
        row.criterion: (
            canonical_json(row.value),
            None if str(row.second) == "<NA>" else row.second,
            row.na,
            row.note,
        )
        for row in table.itertuples()
    }
    assert found == expected
    assert len(table) == len(expected)


@settings(any_review, max_examples=40)
@given(drawn=reviews())
def test_any_stored_review_verifies(file_store: ReviewStore, drawn: Review) -> None:
    """A store that took a valid review is sound."""
    file_store.submit(_in_a_campaign_of_its_own(drawn))

    assert file_store.verify() == ()


UNKEEPABLE = {
    "nan": ({"answers": {"a": Answer.model_construct(value=float("nan"))}}, "JSON has no word for"),
    "nested nan": ({"answers": {"a": Answer.model_construct(value=[float("inf")])}}, "cannot be stored"),
    "nul": ({"note": "a\x00b"}, "NUL character"),
    "nul in a name": ({"answers": {"a\x00": Answer(value=1)}}, "NUL character"),
    "half a surrogate pair": ({"note": "\ud83d"}, "cannot be stored.*surrogate"),
    "name not in NFC": ({"answers": {"e\u0301": Answer(value=1)}}, "Unicode NFC"),
    "64 KB": ({"note": "x" * 65_536}, r"takes 66,\d+ bytes; a store keeps up to 65,536"),
    "64 KB of two-byte letters": ({"note": "é" * 32_768}, r"a store keeps up to 65,536"),
    "revision": ({"revision": 2**31}, "revision: 2147483648 is larger"),
    "position": ({"position": 10**30}, "position: .* is larger"),
    "second": ({"answers": {"a": Answer(value=1, second=2**40)}}, r"answers\.a\.second: .* is larger"),
    "long criterion": ({"answers": {"a" * 201: Answer(value=1)}}, "criterion: expected 1 to 200"),
    "heavy keys": ({"task": "\U0001f600" * 200, "round": "\U0001f600" * 200, "campaign": "\U0001f600" * 200},
                   "more than 2,400 bytes together"),
    "empty key": ({"task": ""}, "cannot be stored|task: expected 1"),
    "wrong type": ({"reviewer": 7}, "cannot be stored"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "why"), UNKEEPABLE.values(), ids=UNKEEPABLE)
def test_what_no_store_keeps_is_refused(file_store: ReviewStore, changes: dict[str, Any], why: str) -> None:
    """A review that was built past the validators and would not come back is refused with a reason."""
    broken = a_review().model_copy(update=changes)

    with pytest.raises(StoreError, match=why):
        file_store.submit(broken)

    assert file_store.reviews() == []


def test_the_largest_review_fits(file_store: ReviewStore) -> None:
    """A review of exactly the allowed size is kept."""
    room = 65_536 - len(canonical_json(a_review(note="").model_dump(mode="json")).encode())
    review = a_review(id=a_review(note="").id, note="x" * room)

    assert file_store.submit(review) == review


def _in_a_campaign_of_its_own(review: Review) -> Review:
    number = next(_fresh)
    return review.model_copy(update={"campaign": f"{number} {review.campaign}", "id": new_id(number)})
