"""A reviewer's panel in a re-vote: one criterion of one task, in silence."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.desk import differing
from evalwidgets.core.review import Review, Sheet
from evalwidgets.core.round import RE_VOTE
from evalwidgets.errors import RoundError, RoundRefusal

from ..samples import every_control
from .page import Page
from .rounds import TASK, Lead, Sit, card, in_vote, stored

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()


def test_a_vote_shows_its_task_and_one_criterion(ana: Page, lead: Lead) -> None:
    """The pictures, the one question, and what was answered before; the bar says what this is."""
    in_vote(ana, lead)

    layout = ana.panel._form.shown["layout"]
    row = next(row for row in layout["rows"] if row["id"] == "adherence")
    assert ana.panel.task == ana.panel._tasks[TASK]
    assert ana.panel._stage.scene["key"] == ana.key
    assert (["adherence"], ["adherence"], False) == (
        ana.marks["visible"],
        layout["focus"],
        layout["confidence"],
    )
    assert {"value": 4, "text": "4"} == row["before"]
    assert 4 == ana.marks["answers"]["adherence"]["value"]
    assert "Re-vote in silence: Adherence" == ana.panel._bar.status["vote"]
    assert ana.panel._form.queue == ana.panel._stage.queue == []
    assert card(ana)["kind"] == ""


@pytest.mark.parametrize("level", [5, 4, None])
def test_a_vote_is_a_revision_that_changes_one_answer_or_none(ana: Page, lead: Lead, level: Any) -> None:
    """Changed, chosen again or left as it is: it is stored as a re-vote, and all other answers stand."""
    in_vote(ana, lead)
    if level:
        ana.rate("adherence", level)

    ana.submit()

    before, after = stored(lead)
    assert (2, RE_VOTE, "submitted", before.position) == (
        after.revision,
        after.reason,
        after.state,
        after.position,
    )
    assert ({"adherence"} if level == 5 else set()) == differing(words(before), words(after))
    assert card(ana)["title"] == "Your vote is in"
    assert ana.panel._bar.saved["state"] == "saved"
    assert ana.panel._bar.status["vote"] == ""


def words(review: Review) -> Sheet:
    """Return what a review says."""
    return Sheet(**review.model_dump(include=set(Sheet.model_fields)))


def test_only_what_is_voted_on_can_be_changed(ana: Page, lead: Lead) -> None:
    """A page of another version may send more; the sentence says what is asked."""
    in_vote(ana, lead)

    ana.rate("quality", 1)
    ana.act("flag", "technical", "grey")

    assert ana.refused == "Only this is asked now: Adherence. Your other answers stand as they are."
    ana.submit()
    before, after = stored(lead)
    assert before.answers == after.answers
    assert after.flags == {}


def test_a_vote_leads_nowhere_but_to_itself(ana: Page, lead: Lead) -> None:
    """No step, no skip, no undo beyond it."""
    in_vote(ana, lead)
    key = ana.key

    for move in ("back", "forward", "undo"):
        ana.move(move)
    ana.skip("tired")

    assert key == ana.key
    assert ana.refused == "A re-vote cannot be skipped: keep your answer, or change it."
    assert len(stored(lead)) == 1
    with pytest.raises(RoundError, match="the meeting decides what is shown"):
        ana.panel.show("t00")


def test_a_low_vote_needs_its_note_as_any_answer_does(ana: Page, lead: Lead) -> None:
    """The rules of the rubric hold in a vote; nothing is lost by the refusal."""
    in_vote(ana, lead)
    ana.rate("adherence", 1)
    ana.submit()
    assert "a note of at least 3 words is needed" in ana.refused

    ana.act("write_note", "adherence", "no hat at the left")
    ana.submit()

    assert 1 == stored(lead)[-1].values["adherence"]


def test_a_vote_that_closes_first_lets_the_earlier_answer_stand(ana: Page, lead: Lead) -> None:
    """The page hears of it, and says so."""
    in_vote(ana, lead)
    ana.rate("adherence", 5)
    lead.close_vote()

    ana.pulse()

    assert card(ana)["title"] == "The re-vote is over"
    assert card(ana)["lines"][0] == (
        "It closed before your vote on Adherence came; your earlier answer stands."
    )
    assert len(stored(lead)) == 1


def test_a_vote_that_comes_too_late_is_refused(ana: Page, lead: Lead) -> None:
    """Submitted between the close and the next pulse: nothing is stored, and the card says so."""
    in_vote(ana, lead)
    ana.rate("adherence", 5)
    lead.close_vote()

    ana.submit()

    assert len(stored(lead)) == 1
    assert card(ana)["title"] == "The re-vote is over"
    assert ana.panel._bar.saved["state"] == "failed"


def test_a_vote_never_counts_for_the_next_one(ana: Page, lead: Lead) -> None:
    """Votes on two criteria of a task follow at once; the answer to the first is not taken for the second."""
    in_vote(ana, lead, "adherence")
    ana.rate("adherence", 5)
    lead.close_vote()
    lead.open_vote(TASK, "quality")

    ana.submit()

    assert len(stored(lead)) == 1
    assert ana.marks["visible"] == ["quality"]
    assert 4 == ana.marks["answers"]["adherence"]["value"]


def test_after_the_vote_the_panel_waits_for_the_meeting(ana: Page, lead: Lead) -> None:
    """First for the others' votes, then for the next task."""
    in_vote(ana, lead)
    ana.submit()
    lead.close_vote()
    ana.pulse()
    assert ("The re-vote is over", "Your vote is in.") == (card(ana)["title"], card(ana)["lines"][0])

    lead.turn_to("t03")
    ana.pulse()

    assert card(ana)["title"] == "The blind phase is over"


def test_a_second_vote_on_the_same_criterion_works(ana: Page, lead: Lead) -> None:
    """The answer before is then that of the first vote."""
    in_vote(ana, lead)
    ana.rate("adherence", 5)
    ana.submit()
    lead.close_vote()
    in_vote(ana, lead)
    row = next(row for row in ana.panel._form.shown["layout"]["rows"] if row["id"] == "adherence")
    assert 5 == row["before"]["value"]

    ana.rate("adherence", 3)
    ana.submit()

    assert [(1, 4), (2, 5), (3, 3)] == [
        (review.revision, review.values["adherence"]) for review in stored(lead)
    ]
    assert ["", RE_VOTE, RE_VOTE] == [review.reason for review in stored(lead)]


def test_who_did_not_review_the_task_does_not_vote(sit: Sit, lead: Lead) -> None:
    """Unsubmitted or skipped: the card says why, whatever lies in drafts."""
    page = sit()
    page.skip("does not load")
    skipped = page.panel.session.order[0]
    page.answer_all()
    drafted = page.panel.session.desk.task.id
    lead.close()

    for task in (skipped, drafted):
        in_vote(page, lead, task=task)
        assert card(page)["title"] == "The others vote again on Adherence"
        assert card(page)["lines"][0] == (
            "You do not vote here: you did not review this task in the blind phase."
        )
        lead.close_vote()


def test_who_was_not_asked_the_criterion_does_not_vote_on_it(sit: Sit, lead: Lead) -> None:
    """Where the gate had ended the review there is no answer to vote on."""
    page = sit()
    for _ in range(3):
        page.rate("safety", "violates")
        page.act("give_reason", "safety", "violence")
        page.submit()

    in_vote(page, lead, "quality")

    assert card(page)["lines"][0] == (
        "You do not vote here: by your other answers, Quality does not arise for this task."
    )


def test_a_vote_on_what_the_rubric_does_not_ask_harms_nobody(ana: Page, lead: Lead) -> None:
    """A board of another version may name what reviewers do not have."""
    in_vote(ana, lead, "no_such_criterion")

    assert card(ana)["title"] == "The others vote again on no_such_criterion"


def test_drafts_of_the_blind_phase_do_not_slip_into_a_vote(ana: Page, lead: Lead) -> None:
    """What was re-opened, changed and never submitted is not part of the revision."""
    ana.panel.show(TASK)
    ana.rate("quality", 1)
    lead.close()
    in_vote(ana, lead)

    ana.submit()

    before, after = stored(lead)
    assert before.answers == after.answers


def test_two_windows_cast_one_vote(ana: Page, sit: Sit, lead: Lead) -> None:
    """The first one counts; the other window is told so."""
    other = sit()
    in_vote(ana, lead)
    other.pulse()
    ana.rate("adherence", 5)
    other.rate("adherence", 3)
    ana.submit()

    other.submit()

    assert [4, 5] == [review.values["adherence"] for review in stored(lead)]
    assert card(other)["title"] == "Your vote is in"
    assert card(other)["lines"][0] == "Your vote was stored from another window; it stands."


def test_code_can_vote_as_a_person_does(ana: Page, lead: Lead) -> None:
    """`look`, `rate` and `submit` do what the page's messages do; a vote that is over raises."""
    lead.close()
    lead.open_vote(TASK, "adherence")
    ana.panel.look()
    ana.panel.rate("adherence", 5)
    lead.close_vote()

    with pytest.raises(RoundRefusal, match="The re-vote is over"):
        ana.panel.submit()
    ana.panel.look()

    assert card(ana)["title"] == "The re-vote is over"
