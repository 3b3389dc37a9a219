"""What the store promises about one review after another, on each engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evalwidgets.errors import Conflict, StoreError
from evalwidgets.store.reviews import ReviewStore, open_store

from .samples import NOON, ROUND, a_draft, a_review, new_id


def test_a_submitted_review_comes_back_as_it_was(store: ReviewStore) -> None:
    """What was submitted is what is read, by list and by id."""
    review = a_review()

    stored = store.submit(review)

    assert stored == review
    assert store.reviews() == [review]
    assert store.review(review.id) == review


def test_the_same_review_again_is_a_replay(store: ReviewStore) -> None:
    """Submitting an id twice, even with later times, stores one review and returns it."""
    review = a_review()
    store.submit(review)

    again = store.submit(
        review.model_copy(update={"submitted_at": NOON + timedelta(hours=1), "seconds": 99.0})
    )

    assert again == review
    assert store.reviews(current=False) == [review]


def test_the_same_id_with_other_content_is_a_conflict(store: ReviewStore) -> None:
    """An id that is stored with other answers is refused, naming what differs."""
    review = a_review()
    store.submit(review)

    with pytest.raises(Conflict, match=r"differs in: accuracy, note\..*revision 2") as caught:
        store.submit(
            review.answered("accuracy", value=1, second=None).model_copy(update={"note": "on second thought"})
        )

    assert caught.value.stored == review
    assert store.reviews() == [review]


def test_an_id_is_one_review_in_all_campaigns(store: ReviewStore) -> None:
    """The same id in another campaign is a conflict, not a second review."""
    review = a_review()
    store.submit(review)

    with pytest.raises(Conflict, match="differs in: campaign"):
        store.submit(review.model_copy(update={"campaign": "autumn"}))


def test_a_taken_place_is_a_conflict_that_holds_the_stored_review(store: ReviewStore) -> None:
    """Another window's review of the same task and revision is refused and shown the stored one."""
    first = a_review()
    store.submit(first)
    store.submit(a_review(id=new_id(2), revision=2))

    with pytest.raises(Conflict, match=r"'t1' by 'ana'.*another window.*revision 3") as caught:
        store.submit(a_review(id=new_id("other window")))

    assert caught.value.stored == first


@pytest.mark.parametrize(("stored", "given", "allowed"), [(0, 2, 1), (1, 3, 2), (2, 9, 3)])
def test_a_revision_must_be_the_next_one(store: ReviewStore, stored: int, given: int, allowed: int) -> None:
    """A revision that leaves a gap is refused with the number that is due."""
    for revision in range(1, stored + 1):
        store.submit(a_review(revision=revision))

    with pytest.raises(StoreError, match=f"cannot be revision {given}: the next one is {allowed}"):
        store.submit(a_review(revision=given))

    assert len(store.reviews(current=False)) == stored


def test_the_current_review_is_the_highest_revision(store: ReviewStore) -> None:
    """A revision supersedes the one before, which stays readable."""
    first, second = a_review(), a_review(revision=2, reason="saw the shadow")
    store.submit(first)
    store.submit(second)

    assert store.reviews() == [second]
    assert store.reviews(current=False) == [first, second]


def test_a_clock_that_goes_backwards_changes_nothing(store: ReviewStore) -> None:
    """The second revision is current even when every clock says that it came first."""
    first = a_review()
    second = a_review(revision=2, shown_at=NOON - timedelta(days=2), submitted_at=NOON - timedelta(days=1))
    other = a_review(task="t2", submitted_at=NOON - timedelta(days=9))
    for review in (first, second, other):
        store.submit(review)

    assert store.reviews() == [second, other]
    assert store.reviews(current=False) == [first, second, other]
    assert set(store.ratings(task="t1")["review"]) == {second.id}


def test_places_differ_in_every_part(store: ReviewStore) -> None:
    """Another campaign, round, reviewer, task or rubric is another place with its own revision 1."""
    parts = ("campaign", "round", "reviewer", "task", "rubric")
    reviews = [a_review(), *(a_review(**{part: "other"}) for part in parts)]
    for review in reviews:
        store.submit(review)

    assert len(store.reviews()) == 6
    for part in parts:
        (found,) = store.reviews(**{part: "other"})
        assert getattr(found, part) == "other"
        assert set(store.ratings(**{part: "other"})["review"]) == {found.id}


def test_reviews_come_in_the_order_of_submission(store: ReviewStore) -> None:
    """Each reviewer's reviews are listed as they were submitted, reviewer by reviewer."""
    for task in ("t3", "t1", "t2"):
        store.submit(a_review(task=task, reviewer="bo"))
        store.submit(a_review(task=task, reviewer="Ana"))

    order = [(review.reviewer, review.task) for review in store.reviews()]

    assert order == [(who, task) for who in ("Ana", "bo") for task in ("t3", "t1", "t2")]


def test_submitting_removes_the_draft_of_the_place(store: ReviewStore) -> None:
    """The draft goes with its submit; drafts of other tasks stay, and a conflict removes none."""
    store.save_draft(a_draft(), **ROUND)
    store.save_draft(a_draft(task="t2", review=new_id("t2")), **ROUND)

    store.submit(a_review())
    assert list(store.drafts(**ROUND)) == ["t2"]

    store.save_draft(a_draft(review=new_id("revised")), **ROUND)
    with pytest.raises(Conflict):
        store.submit(a_review(id=new_id("other window")))
    assert sorted(store.drafts(**ROUND)) == ["t1", "t2"]


def test_a_store_keeps_its_reviews_when_it_is_opened_again(address: str) -> None:
    """Closing and opening loses nothing and needs no saving."""
    with open_store(address) as store:
        store.submit(a_review())

    with open_store(address) as store:
        assert store.reviews() == [a_review()]
        assert store.verify() == ()


def test_an_unknown_id_is_a_sentence(store: ReviewStore) -> None:
    """Asking for a review that is not stored says so."""
    with pytest.raises(StoreError, match="No review 'nobody'"):
        store.review("nobody")


def test_a_closed_store_says_so(file_store: ReviewStore) -> None:
    """A store that was closed refuses with what to do, and still has a repr."""
    file_store.close()

    assert repr(file_store) == "ReviewStore('reviews.db', closed)"
    with pytest.raises(StoreError, match=r"'reviews\.db' is closed.*open_store"):
        file_store.submit(a_review())


def test_the_repr_is_one_line_without_path_or_secret(file_store: ReviewStore) -> None:
    """The repr names the file and counts the reviews."""
    assert repr(file_store) == "ReviewStore('reviews.db', 0 reviews)"
    file_store.submit(a_review())
    assert repr(file_store) == "ReviewStore('reviews.db', 1 review)"


def test_the_default_store_lies_in_the_workspace(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an address the store is data/work/reviews.db of the workspace, made when missing."""
    monkeypatch.setattr("evalwidgets.store.workspace.workspace_root", lambda: tmp_path)

    with open_store() as store:
        store.submit(a_review())

    assert (tmp_path / "data" / "work" / "reviews.db").is_file()
