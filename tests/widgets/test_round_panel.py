"""A reviewer's panel in a calibration round: who may review, the blind phase, waiting."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.errors import RoundError, StoreError, TaskError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.round_panel import RoundPanel

from ..samples import every_control
from .page import Page
from .rounds import NOON, OTHERS, PLACE, Lead, Sit, card, finish

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()


def test_a_blind_round_is_an_ordinary_review(sit: Sit, lead: Lead) -> None:
    """The round's tasks, rubric and seed are those that the lead chose; reviews belong to the round."""
    page = sit()
    assert sorted(page.panel.session.order) == ["t00", "t01", "t03"]
    assert card(page)["kind"] == ""

    finish(page)

    reviews = lead.store.reviews(*PLACE)
    assert {"t00", "t01", "t03"} == {review.task for review in reviews}
    assert {lead.store.rounds[PLACE].round.rubric_hash} == {review.rubric_hash for review in reviews}
    assert "RoundPanel(rubric='every-control 1.0.0', tasks=3, round='r2')" == repr(page.panel)


def test_reviewers_get_the_criteria_that_are_calibrated(edits: TaskSet, work_store: ReviewStore) -> None:
    """The rubric comes out of the store, narrowed as the lead opened the round with it."""
    Lead(work_store, RUBRIC, ("adherence",))

    panel = RoundPanel(edits, work_store, "r2", "ana", campaign="spring")

    rows = [row["id"] for row in panel._form.shown["layout"]["rows"]]
    assert rows == ["safety", "adherence"]


def test_tasks_that_are_missing_are_named(edits: TaskSet, lead: Lead) -> None:
    """A manifest that lacks what the round names is refused before anybody works."""
    with pytest.raises(TaskError, match=r"Round 'r2' has 3 tasks, of which the 2 given lack: t01, t03\."):
        RoundPanel(edits.where(ids=["t00", "t02"]), lead.store, "r2", "ana", campaign="spring")


def test_a_round_that_was_never_opened_is_named_with_the_nearest(edits: TaskSet, lead: Lead) -> None:
    """A misspelt name is answered with the rounds that exist."""
    with pytest.raises(UnknownName, match=r"No round 'r3'.*Known: r2"):
        RoundPanel(edits, lead.store, "r3", "ana", campaign="spring")


def test_a_rubric_that_the_store_does_not_know_is_told(edits: TaskSet, work_store: ReviewStore) -> None:
    """The round names a hash; without the words behind it nobody can review."""
    Lead(work_store, RUBRIC, rubric_hash="c" * 64)

    with pytest.raises(RoundError, match=r"every-control 1.0.0 \(cccccccccccc\) that .* does not know"):
        RoundPanel(edits, work_store, "r2", "ana", campaign="spring")


def test_who_was_named_but_not_invited_is_told_by_a_card(sit: Sit) -> None:
    """There is nothing to do and nobody's name to learn."""
    page = sit("zoe")
    page.move("back")
    page.pulse()

    assert card(page)["lines"] == [
        "Round 'r2' was not opened for 'zoe'. Take the name by which your lead invited you, or ask the lead."
    ]
    assert (card(page)["kind"], card(page)["label"]) == ("end", "")
    assert OTHERS[0] not in str(page.panel._bar.get_state())


@pytest.mark.usefixtures("stranger")
def test_a_typed_name_that_was_not_invited_is_asked_for_again(sit: Sit) -> None:
    """A slip of the pen is no dead end, and is not remembered."""
    page = sit(None)
    page.name_reviewer("anna")
    assert card(page)["kind"] == "ask"
    assert "was not opened for 'anna'" in card(page)["lines"][-1]

    page.name_reviewer("ana")

    assert card(page)["kind"] == ""
    assert page.panel.session.reviewer == "ana"
    assert sit(None).panel.session.reviewer == "ana"


def test_who_has_finished_waits(ana: Page) -> None:
    """The card thanks, counts, says what happens next, and leads back to the last task."""
    assert card(ana)["kind"] == "wait"
    assert card(ana)["title"] == "Done. Thank you."
    assert card(ana)["lines"][0] == "3 tasks reviewed, all on disk."
    assert card(ana)["lines"][-1] == (
        "The lead closes the blind phase when all are ready; this page then goes on by itself."
    )
    ana.reopen()
    assert card(ana)["kind"] == ""
    assert ana.panel.session.order[-1] == ana.panel.session.desk.task.id


def test_the_deadline_is_told(edits: TaskSet, work_store: ReviewStore) -> None:
    """With its zone, since a team may sit in several."""
    Lead(work_store, RUBRIC, deadline=NOON)

    page = finish(Page(RoundPanel(edits, work_store, "r2", "ana", campaign="spring")))

    assert card(page)["lines"][-1].endswith(" It ends by Monday 2 March 2026, 12:00 UTC.")


def test_a_pulse_without_news_changes_nothing(ana: Page, sent: list[dict[str, Any]]) -> None:
    """Every few seconds nothing is sent to the browser."""
    sent.clear()

    for _ in range(3):
        ana.pulse()

    assert sent == []


def test_the_page_goes_on_by_itself_when_the_blind_phase_is_closed(ana: Page, lead: Lead) -> None:
    """The next pulse finds the meeting."""
    lead.close()
    assert card(ana)["title"] == "Done. Thank you."

    ana.pulse()

    assert card(ana)["title"] == "The blind phase is over"
    assert card(ana)["kind"] == "wait"
    ana.reopen()
    ana.move("back")
    ana.move("undo")
    assert ana.panel.task is None


def test_a_store_that_cannot_be_read_is_told_while_it_lasts(
    ana: Page, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card stays and says why; the next pulse that succeeds goes on."""
    lead.close()
    ana.pulse()
    with monkeypatch.context() as broken:
        broken.setattr(type(lead.store.rounds), "__getitem__", failing)
        ana.pulse()
        assert "The disk is gone." in card(ana)["lines"]

    ana.pulse()

    assert "The disk is gone." not in card(ana)["lines"]


def failing(*_: Any) -> Any:
    """Fail as a store does whose disk is gone."""
    msg = "The disk is gone."
    raise StoreError(msg)


def test_a_review_after_the_close_is_kindly_refused(sit: Sit, lead: Lead) -> None:
    """Nothing is stored, what was said stays as a draft, and the panel waits for the meeting."""
    page = sit()
    page.answer_all()
    page.submit()
    page.answer_all(adherence=5)
    task = page.panel.session.desk.task.id
    lead.close()

    page.submit()

    assert len(lead.store.reviews(*PLACE)) == 1
    assert card(page)["title"] == "The blind phase is over"
    assert card(page)["lines"][0] == "2 tasks were not submitted before it ended."
    assert "nothing was stored. Tell the lead if your answer is still needed." in card(page)["lines"][1]
    assert page.panel._bar.saved["state"] == "failed"
    assert 5 == lead.store.drafts(*PLACE, "ana", RUBRIC.id)[task].sheet.values["adherence"]


def test_a_skip_after_the_close_is_refused_likewise(sit: Sit, lead: Lead) -> None:
    """The meeting's card comes up, with the sentence."""
    page = sit()
    lead.close()

    page.skip("does not load")

    assert lead.store.reviews(*PLACE) == []
    assert "nothing was stored" in str(card(page)["lines"])
