"""The adjudication book follows from its log: the last word counts, notes wait, nothing is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.adjudication_book import AdjudicationBook, replay_adjudication
from evalwidgets.core.adjudication_events import (
    AdjudicationEvent,
    SentBack,
    Settled,
    TakenBack,
    adjudication_event_from_json,
)
from evalwidgets.errors import AdjudicationError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE: dict[str, Any] = {"task": "t1", "rubric": "image-edit", "by": "lee", "at": NOON}


def settled(how: str = "chosen", **more: Any) -> Settled:
    """Return a settled answer; by default another one than anybody gave."""
    facts: dict[str, Any] = {
        "rubric_version": "1.2.0",
        "criterion": "quality",
        "value": None if how == "unresolved" else 4,
        "review": "r-1" if how == "accepted" else "",
        "reason": "rule 3 says so",
        "cause": "rule_unclear",
        "considered": ("r-1", "r-2"),
    }
    return Settled(**{**PLACE, "how": how, **facts, **more})


def sent_back(review: str = "r-1", **more: Any) -> SentBack:
    """Return a review of ana, returned with a note."""
    facts = {"round": "review", "reviewer": "ana", "note": "look at her left hand", "criterion": "quality"}
    return SentBack(**{**PLACE, **facts, "review": review, **more})


def taken_back(review: str = "r-1") -> TakenBack:
    """Return word that a review need not be looked at again."""
    return TakenBack(**PLACE, review=review, reason="it was the wrong task")


def test_a_later_word_replaces_the_one_before_and_both_stay_in_the_log() -> None:
    """Of each task, rubric and criterion the last word counts."""
    first, other, last = settled(value=4), settled(criterion="safety", value="ok"), settled("unresolved")

    book = replay_adjudication([first, other, last])

    assert {("t1", "image-edit", "quality"): last, ("t1", "image-edit", "safety"): other} == book.settled
    assert (first, other, last) == book.log == book.log_of("t1")
    assert () == book.log_of("t2")


def test_a_note_waits_for_one_reviewer_in_one_round_under_one_rubric() -> None:
    """Nobody else is told, and what was taken back waits no more."""
    book = replay_adjudication([sent_back(), sent_back("r-2", task="t2"), sent_back("r-9", reviewer="ben")])

    assert ["r-1", "r-2"] == [one.review for one in book.returned_to("ana", "review", "image-edit")]
    for elsewhere in (
        ("ana", "r2", "image-edit"),
        ("ana", "review", "prompt"),
        ("cem", "review", "image-edit"),
    ):
        assert () == book.returned_to(*elsewhere)
    assert ["r-2"] == [
        one.review for one in book.after(taken_back()).returned_to("ana", "review", "image-edit")
    ]


def test_what_cannot_happen_is_refused_in_a_sentence() -> None:
    """A review waits once, and only what waits can be taken back; then it can be sent back again."""
    book = AdjudicationBook().after(sent_back())

    with pytest.raises(AdjudicationError, match="of task 't1' by this reviewer waits for them already"):
        book.after(sent_back(note="once more"))
    with pytest.raises(AdjudicationError, match="No review of task 't1' with this id was sent back"):
        book.after(taken_back("r-2"))
    again = book.after(taken_back()).after(sent_back())
    assert 3 == len(again.log)
    assert ["r-1"] == list(again.sent_back)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"how": "accepted", "review": ""}, "names the review that gave it"),
        ({"how": "chosen", "review": "r-1"}, "names the review that gave it"),
        ({"how": "chosen", "value": None}, "either a value or na"),
        ({"how": "chosen", "value": 4, "na": "hidden"}, "either a value or na"),
        ({"how": "unresolved", "value": 4}, "neither a value nor na"),
        ({"reason": ""}, "at least 1"),
        ({"cause": "mood"}, "Input should be"),
        ({"considered": ()}, "at least 1"),
    ],
)
def test_a_decision_that_is_not_whole_is_no_decision(said: dict[str, Any], why: str) -> None:
    """It says how, what, why and what it rests on; and nothing that no store can keep."""
    with pytest.raises(ValidationError, match=why):
        settled(**said)


EVENTS = st.lists(
    st.sampled_from(
        [
            settled(),
            settled("accepted", value=[{"x": 1}]),
            settled("unresolved", task="t2"),
            settled(value=None, na="hidden"),
            sent_back(),
            sent_back("r-2", criterion=""),
            taken_back(),
        ]
    ),
    max_size=8,
)


@settings(max_examples=50)
@given(EVENTS)
def test_any_log_is_read_back_as_the_same_book(events: list[AdjudicationEvent]) -> None:
    """What was refused leaves the book as it was; what was logged survives its JSON."""
    book = AdjudicationBook()
    for event in events:
        try:
            book = book.after(event)
        except AdjudicationError:
            continue
    read = replay_adjudication(adjudication_event_from_json(one.model_dump_json()) for one in book.log)

    assert book == read
    for review, note in book.sent_back.items():
        about = [one for one in book.log if not isinstance(one, Settled) and one.review == review]
        assert note is about[-1]


def test_moments_are_kept_in_utc() -> None:
    """Whoever settles it, wherever."""
    local = NOON.astimezone(timezone(timedelta(hours=9)))

    assert settled(at=local).at.utcoffset() == timedelta()
