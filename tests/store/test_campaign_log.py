"""The gold log in the store: read back as it was made, and raced for by one winner."""

from __future__ import annotations

import threading
import unicodedata

import pytest

from evalwidgets.core.gold import GoldAnswer
from evalwidgets.errors import GoldError
from evalwidgets.store.reviews import ReviewStore, open_store

from .samples import a_gold, a_proposal, a_second_look


def test_a_book_is_what_its_log_says_after_a_restart(address: str) -> None:
    """What was logged is read back by another program as the same book; campaigns have their own."""
    with open_store(address) as store:
        store.gold.log("spring", a_proposal())
        before = store.gold.log("spring", a_second_look())

    with open_store(address) as store:
        assert before == store.gold["spring"]
        assert {"t1": a_gold()} == store.gold["spring"].applied({})
        assert () == store.gold["autumn"].log


def test_what_cannot_happen_is_not_stored(store: ReviewStore) -> None:
    """The proposer's own second look is refused, and the proposal waits on."""
    store.gold.log("spring", a_proposal())

    with pytest.raises(GoldError, match="Lee proposed it; a second person has to look at it"):
        store.gold.log("spring", a_second_look(by="Lee"))

    assert [1] == [one.number for one in store.gold["spring"].candidates]
    assert store.verify() == ()


def test_of_six_who_second_at_once_one_does(address: str) -> None:
    """The table's own key decides: five are told that nothing waits any more."""
    with open_store(address) as store:
        store.gold.log("spring", a_proposal())
    ends: list[str] = []
    start = threading.Barrier(6)

    def second(name: str) -> None:
        with open_store(address) as store:
            start.wait()
            try:
                store.gold.log("spring", a_second_look(by=name))
                ends.append("seconded")
            except GoldError as error:
                ends.append(str(error))

    people = [threading.Thread(target=second, args=(f"p{number}",)) for number in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert 1 == ends.count("seconded")
    assert 5 == sum("no proposal waits" in end for end in ends)


def test_gold_of_every_shape_comes_back_as_it_went_in(store: ReviewStore) -> None:
    """Values of several parts and accents, however they were written, make the same gold again."""
    answers = {
        "defects": GoldAnswer(accepted=(("halo", "remnant"), ("halo",)), rationale="both e\u0301dges"),
        "text": GoldAnswer(na=True),
        "accuracy": GoldAnswer(distribution={"3": 0.5, "4": 0.5}, tolerance=1),
    }

    store.gold.log("spring", a_proposal(gold=a_gold(answers=answers)))

    gold = store.gold["spring"].candidates[0].gold
    assert (["halo", "remnant"], ["halo"]) == gold.answers["defects"].accepted
    assert unicodedata.is_normalized("NFC", gold.answers["defects"].rationale)
    assert answers["accuracy"] == gold.answers["accuracy"]
