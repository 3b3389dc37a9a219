"""An opening says who deliberately looked at what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from evalwidgets.core.opening import Opening

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
REVIEW = "8416d280-8ccd-4888-ab79-e8e9c923f311"


def an_opening(**changes: Any) -> Opening:
    """Return the opening of a task's evidence."""
    facts: dict[str, Any] = {
        "campaign": "spring",
        "round": "r1",
        "reviewer": "ana",
        "task": "t1",
        "review": REVIEW,
        "kind": "evidence",
        "opened_at": NOON,
    }
    return Opening(**{**facts, **changes})


def test_an_opening_comes_back_from_json_as_it_was() -> None:
    """What the store keeps is what happened, in UTC."""
    there = NOON.astimezone(timezone(timedelta(hours=2)))
    one = an_opening(kind="picture", role="edited", how="peek", opened_at=there)

    assert Opening.model_validate_json(one.model_dump_json()) == one
    assert one.opened_at.tzinfo is UTC


def test_the_lead_opens_without_a_review() -> None:
    """On the board there is no sheet that an opening could belong to."""
    assert an_opening(review="").review == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "picture"},
        {"kind": "picture", "role": "edited"},
        {"kind": "picture", "how": "peek"},
        {"role": "edited", "how": "reveal"},
        {"kind": "picture", "role": "left", "how": "peek"},
        {"kind": "gold"},
        {"review": "../../etc"},
        {"opened_at": NOON.replace(tzinfo=None)},
        {"task": ""},
    ],
)
def test_an_opening_that_says_too_little_or_too_much_is_refused(changes: dict[str, Any]) -> None:
    """A picture needs its role and how; evidence has neither; all else is one of few words."""
    with pytest.raises(ValidationError):
        an_opening(**changes)
