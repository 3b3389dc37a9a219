"""The room: who has submitted, who is at it, who has not begun, and never a score."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis.meeting.room import Room, room
from evalwidgets.errors import RatingsError


def progress(*done: int, total: int = 12, **columns: list[Any]) -> pd.DataFrame:
    """Return how many tasks ana, ben, cem, ... have submitted."""
    names = ["ana", "ben", "cem", "dev", "elif", "farid"][: len(done)]
    return pd.DataFrame({"reviewer": names, "done": list(done), "total": total, **columns})


@pytest.mark.parametrize(
    ("done", "finding"),
    [
        ((12, 9), "1 of 2 have finished; ben has 3 tasks left"),
        ((12, 9, 11), "1 of 3 have finished; cem has 1 task left and ben has 3 tasks left"),
        ((12, 0), "1 of 2 have finished; ben has not started"),
        ((12, 12, 12), "All 3 have finished"),
        ((12,), "The only reviewer has finished"),
        ((0, 1, 2, 0, 12), "1 of 5 have finished; 2 are in progress; 2 have not started"),
        ((0, 1, 2, 5, 12), "1 of 5 have finished; 3 are in progress; 1 has not started"),
        ((), "Nobody has been asked to review yet"),
    ],
)
def test_the_finding_says_who_is_waited_for(done: tuple[int, ...], finding: str) -> None:
    """Up to three are named with what they have left; more are counted."""
    assert room(progress(*done)).finding == finding


def test_skipped_tasks_are_behind_a_reviewer_too() -> None:
    """Ten submitted and two skipped of twelve is the end."""
    found = room(progress(10, 9, skipped=[2, None]))

    assert list(found.rows["status"]) == ["submitted", "in progress"]
    assert list(found.rows["left"]) == [0, 3]


def test_whoever_has_a_draft_has_started() -> None:
    """Nothing submitted yet, but something begun."""
    found = room(progress(0, 0, drafts=[1, 0]))

    assert list(found.rows["status"]) == ["in progress", "not started"]


def test_a_room_is_finished_when_everybody_is() -> None:
    """An empty room is not finished."""
    assert room(progress(12, 12)).finished
    assert not room(progress(12, 11)).finished
    assert not room(progress()).finished


def test_no_score_can_slip_in() -> None:
    """Columns that are not progress are dropped, whatever the table holds."""
    found = room(progress(3, value=[5], mean_score=[4.2]))

    assert isinstance(found, Room)
    assert list(found.rows) == [
        *("reviewer", "status", "done", "skipped", "total", "left"),
        *("seconds", "flags", "last_at"),
    ]
    assert str(found) == repr(found) == "0 of 1 have finished; ana has 9 tasks left."


def test_a_table_that_is_no_progress_is_refused() -> None:
    """A missing column is named, and so is a reviewer who stands there twice."""
    with pytest.raises(RatingsError, match="missing total"):
        room(progress(3).drop(columns="total"))
    with pytest.raises(RatingsError, match="several for ana"):
        room(pd.concat([progress(3), progress(4)]))
