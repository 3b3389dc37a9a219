"""Gold and causes in a meeting: seen late, changed with a reason, in force in the next round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, RoundError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.meeting import Meeting

from .board import GOLD, open_round, say_all

Meet = Callable[..., Meeting]


def test_gold_is_not_in_the_tally_before_it_is_revealed(meeting: Meeting) -> None:
    """After that it is; and no re-vote can follow."""
    meeting.open_task("t00")
    before = meeting.tally()
    meeting.reveal()

    assert before.gold is None
    assert "why gold of t00" in str(meeting.tally().gold)
    with pytest.raises(RoundError, match="has been seen"):
        meeting.open_vote()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("gold", "", [3]), "needs its reason"),
        (("gold", "  \n", [3]), "needs its reason"),
        (("gold", "so"), "Pick at least one level"),
        (("gold", "so", [3, 9]), "Adherence: 9 is not on its scale. Known: 1, 2, 3, 4, 5"),
        (("gold", "so", ["3"]), "not on its scale"),
        (("gold", "so\x00", [3]), "NUL character"),
        (("refresher", "so"), "A refresher is for somebody"),
        (("refresher", "so", (), "ben-brich"), "Did you mean 'ben-birch'"),
        (("golden", "so"), "No decision 'golden'"),
    ],
)
def test_a_decision_that_cannot_stand_is_not_logged(said: Any, why: str, meeting: Meeting) -> None:
    """The log is for good: what it holds must be whole."""
    meeting.open_task("t00")
    meeting.choose("adherence")
    meeting.reveal()

    with pytest.raises(EvalWidgetsError, match=why):
        meeting.decide(*said)

    assert () == meeting.state.decisions


def test_gold_must_be_seen_before_it_is_changed(meeting: Meeting) -> None:
    """Else the room would be told what nobody has looked at."""
    meeting.open_task("t00")

    with pytest.raises(RoundError, match="Reveal gold"):
        meeting.decide("gold", "so", [3])


def test_gold_changed_in_one_round_is_in_force_in_the_next(
    meeting: Meeting, meet: Meet, work_store: ReviewStore, every: Rubric
) -> None:
    """In the round that decided it, gold stays what it was when reviewers judged."""
    meeting.open_task("t00")
    meeting.choose("adherence")
    meeting.reveal()
    meeting.decide("gold", "The hat is red.", [2, 1])
    open_round(work_store, every, name="r3")

    assert (4, 5) == meeting.answers.gold["t00"].answers["adherence"].accepted
    assert (1, 2) == meet("r3").answers.gold["t00"].answers["adherence"].accepted
    assert "The hat is red." in meet("r3").answers.gold["t00"].answers["adherence"].rationale


def test_changes_of_rounds_of_another_rubric_are_read_with_theirs(
    meet: Meet, work_store: ReviewStore, every: Rubric
) -> None:
    """A campaign may calibrate one criterion after the other, and edits beside pairs."""
    first = open_round(work_store, every, criteria=("adherence",))
    say_all(work_store, first)
    meeting = meet()
    meeting.close()
    meeting.open_task("t00")
    meeting.reveal()
    meeting.decide("gold", "so", [2])
    open_round(work_store, every, name="r3", criteria=("quality",))

    assert (2,) == meet("r3").answers.gold["t00"].answers["adherence"].accepted


def test_not_applicable_can_become_gold(
    work_store: ReviewStore, every: Rubric, edits: TaskSet, meet: Meet
) -> None:
    """Where a criterion may not apply, that is one of the answers to accept, and it stands alone."""
    say_all(work_store, open_round(work_store, every))
    meeting = meet()
    meeting.close()
    meeting.open_task("t00")
    meeting.choose("quality")
    meeting.reveal()

    with pytest.raises(EvalWidgetsError, match="can only stand alone"):
        meeting.decide("gold", "so", [3, "N/A"])
    meeting.decide("gold", "so", ["N/A"])

    assert ("N/A",) == meeting.state.decisions[0].accepted


def test_gold_of_another_rubric_is_neither_shown_nor_changed(
    meet: Meet, work_store: ReviewStore, every: Rubric
) -> None:
    """The task may be gold for something else."""
    say_all(work_store, open_round(work_store, every))
    other = {"t00": GOLD["t00"].model_copy(update={"rubric": "image-quality"})}
    meeting = meet(gold=other)
    meeting.close()
    meeting.open_task("t00")
    meeting.choose("adherence")
    meeting.reveal()

    assert meeting.answers.gold_of("t00") is None
    with pytest.raises(EvalWidgetsError, match="Keep one gold file per rubric"):
        meeting.decide("gold", "so", [3])


def test_a_cause_is_confirmed_beside_its_suggestion(meeting: Meeting) -> None:
    """So that the hit-rate can be told."""
    meeting.open_task("t01")  # all agree on 4, gold says 1
    meeting.choose("adherence")
    meeting.confirm("slip")
    early = meeting.state.causes["t01", "adherence"]
    meeting.reveal()
    meeting.confirm("hard_task")

    confirmed = meeting.state.causes["t01", "adherence"]
    assert ("slip", None) == (early.cause, early.suggested)
    assert ("hard_task", "gold_suspect") == (confirmed.cause, confirmed.suggested)
    assert "0 of 1" in meeting.answers.minutes(meeting.state).html
    with pytest.raises(UnknownName, match="Did you mean 'slip'"):
        meeting.confirm("slp")
