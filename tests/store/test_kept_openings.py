"""One person's openings: logged before anything is shown, and remembered over restarts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from evalwidgets.errors import StoreError
from evalwidgets.store.kept_openings import KeptOpenings
from evalwidgets.store.openings import Openings
from evalwidgets.store.reviews import ReviewStore

from .samples import NOON, new_id

PLACE = {"campaign": "spring", "round": "r1", "reviewer": "ana"}
LOCAL_NOON = NOON.replace(tzinfo=None).astimezone()
"""Noon on this machine: the day that a person has."""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = LOCAL_NOON

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


def test_what_is_opened_is_in_the_log(file_store: ReviewStore) -> None:
    """With the review that was on the desk."""
    kept = KeptOpenings(file_store, **PLACE, now=Clock())

    kept.log_picture("t1", "edited", "peek", new_id("open"))
    kept.log_evidence("t1", new_id("submitted"))

    peek, evidence = file_store.openings.read("spring", "r1", "ana")
    assert (peek.role, peek.how, peek.review, peek.opened_at) == (
        "edited",
        "peek",
        new_id("open"),
        LOCAL_NOON,
    )
    assert (evidence.kind, evidence.role, evidence.review) == ("evidence", "", new_id("submitted"))


def test_evidence_that_was_seen_is_known_after_a_restart_and_in_other_windows(
    file_store: ReviewStore,
) -> None:
    """The log is asked, not a memory; another task, round or person has seen nothing."""
    window = KeptOpenings(file_store, **PLACE)
    other = KeptOpenings(file_store, **PLACE)
    other.log_picture("t2", "edited", "reveal")
    other.log_evidence("t1")

    assert window.saw_evidence("t1")
    assert not window.saw_evidence("t2")
    for change in ({"round": "r2"}, {"campaign": "autumn"}, {"reviewer": "ben"}):
        assert not KeptOpenings(file_store, **{**PLACE, **change}).saw_evidence("t1")


def test_pictures_of_today_are_counted_once_each(file_store: ReviewStore) -> None:
    """In all campaigns, since before a restart; yesterday's are forgiven."""
    clock = Clock()
    KeptOpenings(file_store, **{**PLACE, "campaign": "autumn"}, now=clock).log_picture("t9", "a", "peek")
    kept = KeptOpenings(file_store, **PLACE, now=clock)
    for how in ("peek", "peek", "reveal"):
        kept.log_picture("t1", "edited", how)
    kept.log_picture("t1", "original", "reveal")
    kept.log_evidence("t1")

    assert kept.pictures_today == 3
    clock.now += timedelta(days=1)
    assert kept.pictures_today == 0
    kept.log_picture("t1", "edited", "peek")
    assert kept.pictures_today == 1
    assert KeptOpenings(file_store, **PLACE, now=clock).pictures_today == 1


def test_what_cannot_be_logged_is_not_counted(
    file_store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller hears of it and shows nothing."""
    kept = KeptOpenings(file_store, **PLACE)
    monkeypatch.setattr(Openings, "log", lambda *_: (_ for _ in ()).throw(StoreError("The disk is full.")))

    with pytest.raises(StoreError, match="disk is full"):
        kept.log_picture("t1", "edited", "reveal")

    assert kept.pictures_today == 0
