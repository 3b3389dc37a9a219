"""A panel on a store: it goes on where the last one stopped, for whoever reviews."""

from __future__ import annotations

import pytest

from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import every_control
from .page import Page, again

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()
NOTE = "the brim on the left is cut off"


def test_every_act_survives_a_restart(page: Page) -> None:
    """A new kernel shows the same sheet under the same key, with the time it took so far."""
    page.rate("safety", "ok", seconds=3)
    page.rate("adherence", 2)
    page.act("write_note", "adherence", NOTE)
    page.act("flag", "edge_case", "")
    page.act("set_confidence", 2, seconds=12)

    resumed = again(page.panel)

    left, found = page.panel.session.desk, resumed.session.desk
    assert (left.key, left.sheet, left.shown_at, left.revision) == (
        found.key,
        found.sheet,
        found.shown_at,
        found.revision,
    )
    assert found.seconds == left.seconds > 12
    assert {**page.marks, "seq": 0} == resumed._form.shown["marks"]


def test_an_undo_survives_a_restart(page: Page) -> None:
    """What was taken back does not come back."""
    page.rate("safety", "ok")
    page.rate("adherence", 2)
    page.move("undo")

    assert again(page.panel).data == {"safety": "ok"}


def test_a_resumed_round_goes_on_behind_what_is_done(page: Page) -> None:
    """Stored reviews are counted, and the first open task is shown."""
    page.answer_all()
    page.submit()
    page.skip("does not load")

    resumed = again(page.panel)

    assert (resumed.progress.done, resumed.progress.skipped) == (1, 1)
    assert resumed.session.order[2] == resumed.session.desk.task.id


def test_a_review_that_was_reopened_and_left_as_it_was_leaves_no_trace(page: Page) -> None:
    """No revision, and no draft that would come back later."""
    page.answer_all(adherence=4)
    page.submit()
    page.move("back")
    page.rate("adherence", 5)
    page.rate("adherence", 4)

    page.submit()

    assert len(page.panel._store.reviews(current=False)) == 1
    assert page.panel._store.drafts("default", "review", "ana", RUBRIC.id) == {}


def test_the_end_is_a_card_that_leads_back(page: Page) -> None:
    """After the last task the panel thanks, counts, and offers to look again."""
    for _ in range(5):
        page.answer_all()
        page.submit()
    page.act("flag", "technical", "half of it is grey")
    page.skip("the picture is cut off")

    card = page.panel._bar.card
    assert (card["kind"], card["title"]) == ("end", "Done. Thank you.")
    assert ["5 tasks reviewed, all on disk."] == card["lines"][:1]
    assert any("1 skipped" in line for line in card["lines"])
    assert any("1 flagged" in line for line in card["lines"])
    assert (page.panel.task, page.panel.review, page.panel.data) == (None, None, {})
    assert page.panel._form.shown["layout"] is None
    assert page.panel._stage.scene == {}
    page.reopen()
    assert page.panel.session.order[-1] == page.panel.session.desk.task.id
    assert page.panel._bar.card["kind"] == ""


@pytest.mark.usefixtures("stranger")
def test_an_unknown_reviewer_is_asked_once(edits: TaskSet, work_store: ReviewStore) -> None:
    """A card asks; the name that is typed starts the work and is known to the next panel."""
    panel = ReviewPanel(edits, RUBRIC, work_store)
    assert panel._bar.card["kind"] == "ask"
    assert panel._form.shown["layout"] is None
    assert panel.progress.total == 6
    with pytest.raises(EvalWidgetsError, match="does not know the reviewer yet"):
        _ = panel.task

    Page(panel).name_reviewer(" ana ")

    assert panel._bar.card["kind"] == ""
    assert panel.session.reviewer == "ana"
    assert ReviewPanel(edits, RUBRIC, work_store).session.reviewer == "ana"


@pytest.mark.usefixtures("stranger")
def test_on_a_shared_account_everybody_is_asked(
    edits: TaskSet, work_store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Served to many, the second panel asks as the first did, and the card promises no memory."""
    monkeypatch.setenv("EVALWIDGETS_SHARED", "1")
    Page(ReviewPanel(edits, RUBRIC, work_store)).name_reviewer("ana")

    second = ReviewPanel(edits, RUBRIC, work_store)

    assert second._bar.card["kind"] == "ask"
    assert "remembered" not in str(second._bar.card)


@pytest.mark.usefixtures("stranger")
def test_nobody_becomes_another_by_a_message(edits: TaskSet, work_store: ReviewStore) -> None:
    """A name is heard while the panel asks for one, never after: nobody's work is taken up by it."""
    page = Page(ReviewPanel(edits, RUBRIC, work_store))
    page.name_reviewer("ana")

    page.name_reviewer("ben")

    assert page.panel.session.reviewer == "ana"


def test_the_round_and_the_reviewer_part_the_work(edits: TaskSet, work_store: ReviewStore) -> None:
    """What ana said in one round is neither ben's nor another round's."""
    page = Page(ReviewPanel(edits, RUBRIC, work_store, "ana", round="one"))
    page.answer_all()
    page.submit()

    others = [
        ReviewPanel(edits, RUBRIC, work_store, "ben", round="one"),
        ReviewPanel(edits, RUBRIC, work_store, "ana", round="two"),
        ReviewPanel(edits, RUBRIC, work_store, "ana", round="one", campaign="other"),
    ]

    assert [0, 0, 0] == [panel.progress.done for panel in others]
