"""The feedback view and the tour, as models: they show what they are given and report what they hear."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evalwidgets.widgets.feedback_view import FeedbackView
from evalwidgets.widgets.tour import TourGuide

from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
FEEDBACK = {"key": "k", "title": "Within on 1 of 1", "rows": [], "regions": None, "boundaries": []}


def test_nothing_is_shown_until_it_is_given_and_nothing_stays_when_it_is_hidden() -> None:
    """No gold lies in a trait before the commit, nor after the learner has gone on."""
    view = FeedbackView(lambda _: None)
    assert (view.feedback, view.pictures) == ({}, {})

    view.show(FEEDBACK, {"hash": b"jpeg"})
    assert (view.feedback, view.pictures) == (FEEDBACK, {"hash": b"jpeg"})

    view.hide()
    assert (view.feedback, view.pictures) == ({}, {})


def test_two_views_share_no_state() -> None:
    """What one learner is told is not in another's page."""
    FeedbackView(lambda _: None).show(FEEDBACK, {})

    other = FeedbackView(lambda _: None)
    assert other.feedback == {}
    assert repr(other) == "FeedbackView()"


def test_the_given_values_are_copied_and_are_json() -> None:
    """What the panel changes afterwards changes nothing that is shown."""
    given = dict(FEEDBACK)
    view = FeedbackView(lambda _: None)
    view.show(given, {})

    given["title"] = "other"

    assert json.loads(json.dumps(view.feedback)) == FEEDBACK


def test_what_the_learner_says_is_handed_on() -> None:
    """Reports reach whoever made the view, as they came."""
    heard: list[Any] = []
    report = {"type": "why", "key": "k", "criterion": "c", "why": "missed", "remark": ""}

    send(FeedbackView(heard.append), report)

    assert heard == [report]


def test_the_end_of_a_tour_stops_it_and_is_handed_on() -> None:
    """A panel that shows the guide again begins it anew, by setting `running`."""
    heard: list[Any] = []
    guide = TourGuide(heard.append)
    guide.running = True

    send(guide, {"type": "tour", "step": 3})
    assert guide.running
    send(guide, {"type": "tour", "step": "end", "done": True})

    assert not guide.running
    assert [one["step"] for one in heard] == [3, "end"]
    assert repr(guide) == "TourGuide()"
