"""What is not submitted yet survives too."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from evalwidgets.core.review import Answer, Sheet
from evalwidgets.errors import StoreError
from evalwidgets.store.reviews import ReviewStore, open_store

from .faults import start
from .samples import NOON, ROUND, a_draft, a_review, new_id


def test_a_draft_comes_back_as_it_was(store: ReviewStore) -> None:
    """A saved draft is read by its task, with sheet, id and times."""
    draft = a_draft(sheet=Sheet(answers={"accuracy": Answer(value=3)}, note="half a thought"))

    store.save_draft(draft, **ROUND)

    assert store.drafts(**ROUND) == {"t1": draft}


def test_a_later_draft_replaces_the_earlier(store: ReviewStore) -> None:
    """There is one draft for each task, the last saved."""
    store.save_draft(a_draft(), **ROUND)

    later = a_draft(seconds=60.0, review=new_id("reopened"))
    store.save_draft(later, **ROUND)

    assert store.drafts(**ROUND) == {"t1": later}


def test_drafts_belong_to_their_place(store: ReviewStore) -> None:
    """Nobody gets another reviewer's, round's, campaign's or rubric's drafts."""
    store.save_draft(a_draft(), **ROUND)

    for part in ROUND:
        assert store.drafts(**{**ROUND, part: "other"}) == {}


def test_a_discarded_draft_is_gone(store: ReviewStore) -> None:
    """Discarding removes one task's draft and does not mind when there is none."""
    store.save_draft(a_draft(), **ROUND)
    store.save_draft(a_draft(task="t2"), **ROUND)

    store.discard_draft("t1", **ROUND)
    store.discard_draft("t1", **ROUND)

    assert list(store.drafts(**ROUND)) == ["t2"]


def test_a_draft_that_arrives_after_its_submit_is_dropped(store: ReviewStore) -> None:
    """A late autosave neither comes back nor replaces the draft of a revision."""
    review = a_review()
    store.submit(review)
    reopened = a_draft(review=new_id("reopened"))
    store.save_draft(reopened, **ROUND)

    store.save_draft(a_draft(review=review.id, sheet=Sheet(note="late")), **ROUND)

    assert store.drafts(**ROUND) == {"t1": reopened}


def test_a_draft_survives_a_kill(db) -> None:
    """Once save_draft has returned, SIGKILL takes nothing away."""
    draft = a_draft(sheet=Sheet(note="written a moment before the crash"))

    def work(say) -> None:
        with open_store(db) as store:
            for number in range(1_000_000):
                store.save_draft(draft, **ROUND)
                say(str(number))

    writer = start(work)
    writer.wait_for(3)
    writer.kill()

    with open_store(db) as store:
        assert store.drafts(**ROUND) == {"t1": draft}
        assert store.verify() == ()


def test_what_no_store_keeps_is_refused_in_drafts_too(file_store: ReviewStore) -> None:
    """A draft is checked like a review."""
    with pytest.raises(StoreError, match="draft for task 't1' takes"):
        file_store.save_draft(a_draft(sheet=Sheet(note="x" * 70_000)), **ROUND)
    with pytest.raises(StoreError, match="round: expected 1 to 200"):
        file_store.save_draft(a_draft(), **{**ROUND, "round": ""})
    with pytest.raises(StoreError, match="reviewer: the text holds a NUL"):
        file_store.drafts(**{**ROUND, "reviewer": "a\x00"})


def test_a_draft_carries_the_id_of_its_review() -> None:
    """A draft without a UUID is refused when it is made."""
    with pytest.raises(ValidationError, match="UUID"):
        a_draft(review="draft 1")

    assert a_draft(shown_at=NOON).shown_at == NOON
