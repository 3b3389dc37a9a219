"""Evidence on a panel: after the review is in, logged, and what is changed then has its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import ImageError, StoreError, UnknownName
from evalwidgets.store.made_pictures import made_picture
from evalwidgets.store.openings import Openings
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import evidence_work
from evalwidgets.widgets.open_panel import open_panel
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_panel import RoundPanel

from .page import Page, again, send
from .rounds import PLACE, Lead, in_vote, stored

pytestmark = pytest.mark.usefixtures("loud_callbacks", "measured")
LAYER = made_picture(Image.new("RGBA", (12, 8), (119, 119, 119, 90)))
FOUND = {
    "overlay": LAYER,
    "width": 12,
    "height": 8,
    "trust": "good",
    "trust_sentence": "The map can be used.",
    "sentences": ["The same size.", "No move was found."],
}


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the tasks that were measured; a stand-in measures the same of each."""
    asked: list[str] = []

    def noted(_tasks: TaskSet, task: Task) -> dict[str, Any]:
        asked.append(task.id)
        return dict(FOUND)

    monkeypatch.setattr(evidence_work, "evidence_view", noted)
    return asked


@pytest.fixture
def reopened(page: Page) -> Page:
    """Return a page on which ana has submitted her first task and come back to it."""
    page.answer_all(adherence=4)
    page.submit()
    page.move("back")
    return page


def revisions(page: Page) -> list[tuple[int, str, int]]:
    """Return revision, reason and adherence of all that is stored."""
    stored = page.panel._store.reviews(current=False)
    return [(one.revision, one.reason, one.values["adherence"]) for one in stored]


def test_before_the_submit_it_is_locked_and_says_when(page: Page, measured: list[str]) -> None:
    """Nothing is measured and nothing logged: there was nothing to see."""
    told = page.press_e()

    assert (told["key"], told["state"], told["overlay"]) == (page.key, "locked", "")
    assert "once this task is submitted" in told["why"]
    assert measured == []
    assert page.panel._store.openings.read() == []


def test_after_the_submit_it_is_shown_and_logged(reopened: Page) -> None:
    """The opening names the review that was submitted, not the one that lies open."""
    (submitted,) = reopened.panel._store.reviews()

    told = reopened.press_e()

    assert told == {
        **FOUND,
        "key": reopened.key,
        "state": "shown",
        "overlay": LAYER.digest,
        "role": "edited",
        "why": "",
    }
    (opening,) = reopened.panel._store.openings.read()
    assert (opening.kind, opening.task, opening.review) == ("evidence", submitted.task, submitted.id)
    assert (opening.reviewer, opening.round) == ("ana", "review")
    assert submitted.id != reopened.key


def test_the_layer_is_fetched_like_any_picture(
    edits: TaskSet, every: Rubric, work_store: ReviewStore, sent: list[dict[str, Any]]
) -> None:
    """Its bytes are no state; they come as parts when they are asked for."""
    page = Page(ReviewPanel(edits, every, work_store, "ana"))
    page.answer_all()
    page.submit()
    page.move("back")
    told = page.press_e()
    assert not any(message.get("buffers") for message in sent)

    page.need(told["overlay"])

    assert [LAYER.data] == [bytes(message["buffers"][0]) for message in sent if message.get("buffers")]


def test_the_page_hears_at_once_that_it_is_measured(
    edits: TaskSet, every: Rubric, work_store: ReviewStore, sent: list[dict[str, Any]]
) -> None:
    """Measuring takes a moment; a second look does not."""
    page = Page(ReviewPanel(edits, every, work_store, "ana"))
    page.answer_all()
    page.submit()
    page.move("back")
    sent.clear()
    page.press_e()
    page.press_e()

    states = [one["data"]["state"] for one in sent if one["data"].get("method") == "update"]
    assert ["measuring", "shown"] == [one["evidence"]["state"] for one in states if "evidence" in one]
    assert len(page.panel._store.openings.read()) == 2


def test_turning_to_another_task_takes_it_away(reopened: Page) -> None:
    """What was measured of one task is never the state of another."""
    reopened.press_e()

    reopened.move("forward")

    assert {} == reopened.panel._stage.evidence
    assert reopened.press_e()["state"] == "locked"


def test_an_answer_changed_afterwards_says_so(reopened: Page) -> None:
    """The first answer stays what blind statistics use."""
    reopened.press_e()
    reopened.rate("adherence", 2)
    reopened.act("write_note", "adherence", "the hat on the left is missing")

    reopened.submit()

    assert [(1, "", 4), (2, "after_evidence", 2)] == revisions(reopened)


def test_an_answer_that_stands_makes_no_review(reopened: Page) -> None:
    """Who looks and agrees with themselves has said nothing new."""
    reopened.press_e()

    reopened.submit()

    assert [(1, "", 4)] == revisions(reopened)
    assert len(reopened.panel._store.openings.read()) == 1


def test_without_a_look_a_change_is_a_plain_revision(reopened: Page) -> None:
    """Also when a look was refused, and when the evidence of another task was seen."""
    reopened.rate("adherence", 5)
    reopened.submit()
    reopened.press_e()
    reopened.answer_all(adherence=4)
    reopened.submit()
    reopened.panel.show(reopened.panel.session.order[0])
    reopened.press_e()
    reopened.panel.show(reopened.panel.session.order[1])
    reopened.rate("adherence", 5)
    reopened.submit()

    assert ["", "revised", "", "revised"] == [reason for _, reason, _ in revisions(reopened)]


def test_a_look_is_remembered_over_a_restart(reopened: Page) -> None:
    """A new kernel reads it from the log."""
    task = reopened.panel.session.order[0]
    reopened.press_e()
    resumed = Page(again(reopened.panel))
    resumed.panel.show(task)
    resumed.rate("adherence", 5)

    resumed.submit()

    assert [(1, "", 4), (2, "after_evidence", 5)] == revisions(resumed)


def test_a_skipped_task_is_no_commitment(page: Page) -> None:
    """Who skips has judged nothing; evidence stays locked."""
    page.skip("cannot tell")
    page.move("back")

    assert page.press_e()["state"] == "locked"


@pytest.mark.parametrize(
    ("setting", "researcher", "state"),
    [
        ("never", True, "locked"),
        ("lead_only", True, "locked"),
        ("researcher", False, "locked"),
        ("researcher", True, "shown"),
        ("after_commit", False, "shown"),
    ],
)
def test_a_setting_holds_for_the_panel(
    edits: TaskSet, every: Rubric, work_store: ReviewStore, setting: Any, researcher: bool, state: str
) -> None:
    """Nobody sees it before their own submit; afterwards those for whom it is."""
    page = Page(open_panel(edits, every, work_store, "ana", evidence=setting, researcher=researcher))
    assert page.press_e()["state"] == "locked"
    page.answer_all()
    page.submit()
    page.move("back")

    assert state == page.press_e()["state"]


def test_a_slip_in_the_setting_is_told(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> None:
    """Nothing opens under a setting that nobody meant."""
    with pytest.raises(UnknownName, match="after_comit"):
        open_panel(edits, every, work_store, "ana", evidence="after_comit")  # type: ignore[arg-type]


def test_a_picture_that_cannot_be_read_is_told_without_its_name(
    reopened: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file's name may tell the model. Nothing was seen, so nothing is logged."""
    broken = ImageError("model-x-out.png: damaged.")
    monkeypatch.setattr(evidence_work, "evidence_view", lambda *_: (_ for _ in ()).throw(broken))

    told = reopened.press_e()

    assert (told["state"], told["why"]) == (
        "failed",
        "The change could not be measured: one of the pictures cannot be read.",
    )
    assert reopened.panel._store.openings.read() == []


def test_what_cannot_be_logged_is_not_shown(reopened: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log comes first."""
    full = StoreError("The disk is full. Nothing was stored.")
    monkeypatch.setattr(Openings, "log", lambda *_: (_ for _ in ()).throw(full))

    told = reopened.press_e()

    assert (told["state"], told["overlay"], told["sentences"]) == ("failed", "", [])
    assert "only when that can be logged. The disk is full" in told["why"]


def test_a_key_of_no_open_task_is_let_go(reopened: Page) -> None:
    """A late message of a page that has moved on shows nothing."""
    reopened.press_e("no such key")
    send(reopened.panel._stage, {"type": "evidence"})

    assert {} == reopened.panel._stage.evidence
    assert reopened.panel._store.openings.read() == []


Seat = Callable[..., Page]


@pytest.fixture
def seat(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> Seat:
    """Return what seats ana in a round that was opened with a setting."""

    def seated(**more: Any) -> Page:
        lead = Lead(work_store, every, **more)
        page = Page(RoundPanel(edits, work_store, PLACE[1], "ana", campaign=PLACE[0]))
        page.lead = lead  # type: ignore[attr-defined]
        return page

    return seated


def test_in_a_calibration_round_only_the_lead_shows_it(seat: Seat) -> None:
    """Unless the lead opened the round otherwise."""
    page = seat()
    page.answer_all()
    page.submit()
    page.move("back")

    assert "shown by the lead" in page.press_e()["why"]


def test_a_round_may_open_it_to_reviewers(seat: Seat) -> None:
    """What they change in the blind phase then says so, and a re-vote stays a re-vote."""
    page = seat(evidence="after_commit", tasks=("t01",))
    page.answer_all(adherence=4)
    page.submit()
    page.reopen()
    assert page.press_e()["state"] == "shown"
    page.rate("adherence", 5)
    page.submit()
    lead = page.lead  # type: ignore[attr-defined]
    in_vote(page, lead)
    page.rate("adherence", 3)
    page.submit()

    told = [(one.revision, one.reason) for one in stored(lead)]
    assert [(1, ""), (2, "after_evidence"), (3, "re-vote")] == told
