"""A reviewer's panel at the end of a round, and opened anew in any phase; and what it never tells."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evalwidgets.core.round import RE_VOTE
from evalwidgets.core.vote import vote_key
from evalwidgets.store.kept_session import KeptSession
from evalwidgets.store.tasks import TaskSet

from ..samples import answer_all, every_control
from .page import Page
from .rounds import BY, OTHERS, PLACE, TASK, Lead, Sit, card, finish, in_vote, stored

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()
ROUND: dict[str, Any] = {"campaign": PLACE[0], "round": PLACE[1], "seed": "0"}


def test_the_end_thanks(ana: Page, lead: Lead) -> None:
    """Nothing waits any more, so nothing beats."""
    lead.close()
    lead.conclude()

    ana.pulse()

    assert (card(ana)["kind"], card(ana)["label"]) == ("end", "")
    assert card(ana)["title"] == "The round is over. Thank you."
    ana.move("back")
    assert ana.panel.task is None


@pytest.mark.parametrize(
    "phase", ["blind", "waiting", "closed", "voting", "pressed", "voted", "late", "moved on", "concluded"]
)
def test_a_panel_that_is_opened_anew_comes_up_in_the_right_place(sit: Sit, lead: Lead, phase: str) -> None:
    """After a restart of the kernel, in any phase, the page is as it was."""
    page = sit()
    if phase == "blind":
        page.answer_all()
        page.submit()
        page.rate("safety", "ok")
    else:
        finish(page)
    bring_to(phase, page, lead)

    fresh = sit()

    assert card(page) == card(fresh)
    assert page.panel._bar.status == fresh.panel._bar.status
    assert page.panel.task == fresh.panel.task
    assert page.panel.data == fresh.panel.data
    assert page.key == fresh.key
    assert {**page.marks, "seq": 0} == fresh.marks if page.key else fresh.key == ""


def bring_to(phase: str, page: Page, lead: Lead) -> None:
    """Let a round come to one of its phases."""
    if phase in ("blind", "waiting"):
        return
    lead.close()
    if phase in ("voting", "pressed", "voted", "late", "moved on"):
        in_vote(page, lead)
    if phase in ("pressed", "voted", "moved on"):
        page.rate("adherence", 5)
    if phase in ("voted", "moved on"):
        page.submit()
    if phase in ("late", "moved on"):
        lead.close_vote()
    if phase == "moved on":
        lead.turn_to("t03")
    if phase == "concluded":
        lead.conclude()
    page.pulse()


def test_nothing_of_the_others_reaches_the_browser(
    sit: Sit, lead: Lead, edits: TaskSet, sent: list[dict[str, Any]]
) -> None:
    """No name, no note, no task id and no lead, from the first key through votes to the end."""
    ben = KeptSession(edits.where(ids=["t00", "t01", "t03"]), RUBRIC, lead.store, OTHERS[0], **ROUND)
    for _ in range(3):
        answer_all(ben.session, adherence=2, quality=2)
        ben.act("write_note", "adherence", "secret-note on the left")
        ben.submit()
    page = finish(sit())
    lead.close()
    for press in (5, None, 3):
        in_vote(page, lead)
        ben.session.ask_again(TASK, ["adherence"], vote_key(lead.store.rounds[PLACE], OTHERS[0]))
        ben.submit(TASK, RE_VOTE)
        if press:
            page.rate("adherence", press)
            page.submit()
        lead.close_vote()
        page.submit() if page.key else page.pulse()
    lead.conclude()
    page.pulse()

    told = json.dumps([{**message, "buffers": None} for message in sent], default=str)
    assert 2 == len([review for review in stored(lead) if review.reason == RE_VOTE])
    assert 3 == len([review for review in stored(lead, reviewer=OTHERS[0]) if review.reason == RE_VOTE])
    for shown in ("Re-vote in silence", "It closed before your vote", "The round is over"):
        assert shown in told
    for secret in (*OTHERS, BY["by"], "secret-note", "t00", "t01", "t03"):
        assert secret not in told
