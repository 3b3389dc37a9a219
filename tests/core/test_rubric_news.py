"""What is new in a version, to whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evalwidgets.core.rubric_book import RubricBook, replay_rubrics
from evalwidgets.core.rubric_events import Published


def published(version: str, before: str) -> Published:
    """Return the publishing of a version."""
    return Published(
        by="lee",
        at=datetime(2026, 3, 2, tzinfo=UTC),
        rubric="x",
        version=version,
        rubric_hash=version[0] * 64,
        before_version=before,
        before_hash=before[0] * 64,
        bump="major",
        changes=("It changed.",),
    )


BOOK: RubricBook = replay_rubrics([published("2.0.0", "1.0.0"), published("3.0.0", "2.0.0")])


@pytest.mark.parametrize(
    ("version", "used", "news"),
    [
        ("3.0.0", {"1.0.0"}, ["2.0.0", "3.0.0"]),
        ("2.0.0", {"1.0.0"}, ["2.0.0"]),
        ("3.0.0", {"1.0.0", "2.0.0"}, ["3.0.0"]),
        ("3.0.0", {"3.0.0"}, []),
        ("1.0.0", {"1.0.0"}, []),
        ("3.0.0", set(), []),
    ],
)
def test_news_are_what_came_after_the_last_version_used(
    version: str, used: set[str], news: list[str]
) -> None:
    """Up to the version that is about to be used, and nothing for a newcomer."""
    assert [one.version for one in BOOK.news("x", version, used)] == news
