"""The bar's model and the cards: where the reviewer is, whether the work is on disk, what comes next."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from evalwidgets.core.session import Session
from evalwidgets.widgets import panel_card
from evalwidgets.widgets.panel_bar import PanelBar

from ..samples import an_edit, answer_all, every_control
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()


def bar() -> PanelBar:
    """Return a bar whose messages nobody hears."""
    return PanelBar(lambda _: None)


@pytest.fixture
def session() -> Session:
    """Return a session over three tasks."""
    tasks = [an_edit(f"t{number}", tags={"model": "x9"}) for number in range(3)]
    return Session(RUBRIC, tasks, "ana", round="pilot", now=lambda: datetime(2026, 3, 2, tzinfo=UTC))


def finish_one(session: Session, seconds: float) -> None:
    """Submit the current task after some seconds."""
    answer_all(session)
    session.desk.seconds = seconds
    session.accept(session.submit())


def test_every_save_is_counted_so_that_the_page_knows_which_one_it_waits_for() -> None:
    """The tick of a save belongs to one submit; a failure shows no tick and counts nothing."""
    shown = bar()
    shown.show_saved("one")
    shown.show_failed("the disk is full")
    assert shown.saved == {"state": "failed", "text": "the disk is full", "count": 1}

    shown.show_saved("two")

    assert shown.saved == {"state": "saved", "text": "two", "count": 2}


def test_two_bars_share_no_state() -> None:
    """What one panel saved is no tick in another."""
    bar().show_saved("one")

    assert bar().saved == {"state": "", "text": "", "count": 0}
    assert repr(bar()) == "PanelBar()"


def test_what_the_page_reports_is_handed_on() -> None:
    """Skips, names and the end card's button reach whoever made the bar."""
    heard: list[Any] = []

    send(PanelBar(heard.append), {"type": "skip", "reason": "broken"})

    assert heard == [{"type": "skip", "reason": "broken"}]


def test_the_status_says_who_where_and_how_fast(session: Session) -> None:
    """After two reviews the bar can tell the pace and what is left."""
    finish_one(session, 20)
    finish_one(session, 40)

    assert panel_card.status(session) == {
        "title": "Every control",
        "round": "pilot",
        "reviewer": "ana",
        "done": 2,
        "skipped": 0,
        "total": 3,
        "position": 3,
        "pace": 30.0,
        "left": 30.0,
        "revising": "",
        "vote": "",
        "sensitive": False,
        "advice": "",
        "exposure": 0,
        "said": "",
        "home": False,
    }


def test_a_task_that_is_revised_is_named_so(session: Session) -> None:
    """Whoever went back should see that this one is stored already, and as what."""
    finish_one(session, 5)
    session.accept(session.skip("does not load"))

    session.back()
    assert panel_card.status(session)["revising"] == "revising task 2, skipped before"
    session.back()
    assert panel_card.status(session)["revising"] == "revising task 1, submitted before"


def test_a_re_vote_is_said_in_the_bar(session: Session) -> None:
    """By the label that reviewers know, as long as it lies open."""
    finish_one(session, 5)
    session.ask_again(session.order[0], ["adherence"], "12345678-1234-4234-8234-123456789abc")
    assert panel_card.status(session)["vote"] == "Re-vote in silence: Adherence"

    session.rest()

    assert panel_card.status(session)["vote"] == ""


def test_the_end_card_counts_what_was_done(session: Session) -> None:
    """One task is a task; what was skipped or flagged is said only when there is any."""
    finish_one(session, 12)
    session.act("flag", "edge_case")
    session.accept(session.skip("broken"))
    session.accept(session.skip("broken"))

    card = panel_card.end(session)

    assert (card["kind"], card["action"]) == ("end", "reopen")
    assert card["lines"][0] == "1 task reviewed, all on disk."
    assert card["lines"][1].startswith("2 skipped")
    assert card["lines"][2].startswith("1 flagged")
    assert card["lines"][3] == "Lately 12 s of active time for each task."
    assert "03_calibration" in card["lines"][-1]


def test_an_end_without_anything_special_is_short(session: Session) -> None:
    """No skipped, no flagged, no pace: two lines."""
    for _ in range(3):
        finish_one(session, 0)

    assert len(panel_card.end(session)["lines"]) == 2


def test_cards_and_status_are_json_and_tell_no_tag(session: Session) -> None:
    """What lies over the panel travels as it is, and holds nothing of the tasks."""
    told = [panel_card.status(session), panel_card.none(), panel_card.ask(), panel_card.end(session)]

    assert told == json.loads(json.dumps(told))
    assert "x9" not in json.dumps(told)
    assert [one["kind"] for one in told[1:]] == ["", "ask", "end"]


def test_no_card_is_a_value_of_its_own() -> None:
    """Changing one copy changes no other."""
    panel_card.none()["kind"] = "end"

    assert panel_card.none()["kind"] == ""
