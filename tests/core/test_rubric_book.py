"""The book of published versions: what a campaign uses since when, and what cannot be published."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.rubric_book import RubricBook, replay_rubrics
from evalwidgets.core.rubric_events import Published, rubric_event_from_json
from evalwidgets.errors import RubricError

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def hash_of(version: str) -> str:
    """Return a hash that depends on the version alone."""
    return version.replace(".", "").rjust(64, "0")


def published(version: str, before: str, **changes: Any) -> Published:
    """Return the event of a version that was made from another."""
    facts: dict[str, Any] = {
        "at": NOON,
        "by": "lee",
        "rubric": "image-edit",
        "version": version,
        "rubric_hash": hash_of(version),
        "before_version": before,
        "before_hash": hash_of(before),
        "bump": "minor",
        "changes": ("Shadows are said.",),
    }
    return Published(**{**facts, **changes})


def test_an_empty_book_knows_no_version() -> None:
    """Rubrics are as their files came."""
    assert RubricBook().latest("image-edit") is None
    assert () == RubricBook().since("image-edit", "1.0.0")


def test_versions_follow_each_other_by_number() -> None:
    """1.10.0 comes after 1.9.0; another rubric has its own versions."""
    events = [
        published("1.9.0", "1.0.0"),
        published("1.10.0", "1.9.0"),
        published("2.0.0", "1.0.0", rubric="pairs"),
    ]
    book = replay_rubrics(events)

    assert events[1] == book.latest("image-edit")
    assert events[2] == book.latest("pairs")
    assert (events[1],) == book.since("image-edit", "1.9.0")
    assert tuple(events[:2]) == book.since("image-edit", "1.0.0")
    assert tuple(events) == book.log


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (published("1.2.0", "1.0.0"), "made from 1.0.0, and 1.1.0 was published meanwhile by lee"),
        (published("1.1.0", "1.1.0"), "1.1.0 is in use already, and a published version never changes"),
        (published("1.0.9", "1.1.0"), "1.1.0 is in use already"),
        (published("1.0.0", "1.0.0", rubric="pairs"), "1.0.0 is in use already"),
    ],
)
def test_what_is_not_newer_than_the_latest_is_refused(event: Published, why: str) -> None:
    """Also what was made from words that are no longer in use; the book stays as it was."""
    book = RubricBook().after(published("1.1.0", "1.0.0"))

    with pytest.raises(RubricError, match=why):
        book.after(event)

    assert 1 == len(book.log)


def test_an_event_comes_back_from_json() -> None:
    """With its quiz: gold of several parts becomes lists, texts NFC."""
    gold = Gold(
        task="t1",
        rubric="image-edit",
        rubric_version="1.1.0",
        answers={"defects": GoldAnswer(accepted=(("halo", "seam"),), rationale="e\u0301")},
    )
    event = published("1.1.0", "1.0.0", closes=("shadow",), quiz=(gold,))

    assert event == rubric_event_from_json(event.model_dump_json())
    assert (["halo", "seam"],) == event.quiz[0].answers["defects"].accepted
    assert "é" == event.quiz[0].answers["defects"].rationale
