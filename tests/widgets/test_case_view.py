"""What the board shows of a case: flags, votes, gold, decisions."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.case_view import case, talk
from evalwidgets.widgets.meeting import Meeting

from .board import CAMPAIGN, GOLD, NAME, REVIEWERS, TASKS, open_round, say, say_all, vote


@pytest.fixture
def meeting(work_store: ReviewStore, edits: TaskSet, every: Rubric) -> Meeting:
    """Return a closed round on t00, adherence."""
    say_all(work_store, open_round(work_store, every), flags={"edge_case": "half a hat"})
    meeting = Meeting(work_store, edits, GOLD, campaign=CAMPAIGN, name=NAME, lead="lee")
    meeting.close()
    meeting.open_task("t00")
    meeting.choose("adherence")
    return meeting


def said(meeting: Meeting, **more: Any) -> dict[str, Any]:
    """Return the talk about the case on the table."""
    answers, task = meeting.answers, meeting.answers.tasks[meeting.task]
    reviews = answers.reviews(meeting.state, task.id)
    return talk(
        meeting.state, meeting.found, meeting.tally(), answers.gold_of(task.id), reviews, task, **more
    )


def test_a_case_tells_its_place_and_how_divided_each_criterion_is(meeting: Meeting) -> None:
    """The one that is looked at is marked."""
    view = case(meeting.found, meeting.order, "t00", "quality")

    assert f"{meeting.order.index('t00') + 1} of 3" == view["place"]
    assert [("Adherence", "67%", False), ("Quality", "0%", True)] == [
        (one["label"], one["spread"], one["on"])
        for one in view["criteria"]
        if one["id"] in ("adherence", "quality")
    ]


def test_a_criterion_that_nobody_shares_stands_first_without_a_share(meeting: Meeting) -> None:
    """It was chosen all the same."""
    view = case(meeting.found, meeting.order, "t00", "figure")

    assert ("figure", "", True) == tuple(view["criteria"][0][name] for name in ("id", "spread", "on"))


def test_the_extremes_speak_first_by_letter(meeting: Meeting) -> None:
    """With the level that they gave."""
    (note,) = said(meeting)["notes"]

    assert {"value": "1", "text": "note 1 of t00"} == {name: note[name] for name in ("value", "text")}
    assert note["letter"] in "ABC"


def test_flags_are_counted_and_each_remark_is_told_once(meeting: Meeting) -> None:
    """By the name of the flag."""
    assert ["Edge case (3): half a hat"] == said(meeting)["flags"]


def test_a_vote_counts_those_who_can_vote(work_store: ReviewStore, edits: TaskSet, every: Rubric) -> None:
    """One whose gate hid the criterion is not waited for."""
    round_ = open_round(work_store, every, tasks=("t00",))
    for reviewer, level in zip(REVIEWERS[:2], (1, 5), strict=True):
        values = {"safety": "ok", "change": "yes", "adherence": level}
        say(work_store, round_, reviewer, "t00", values=values)
    say(work_store, round_, REVIEWERS[2], "t00", values={"safety": "violates"})
    meeting = Meeting(work_store, edits, GOLD, campaign=CAMPAIGN, name=NAME, lead="lee")
    meeting.close()
    meeting.choose("adherence")
    meeting.open_vote()
    vote(work_store, round_, REVIEWERS[1], 4)

    counted = said(meeting)["vote"]

    assert ("open", 1, 2, None) == tuple(counted[name] for name in ("state", "in", "of", "elsewhere"))


def test_a_vote_on_another_criterion_can_be_found(meeting: Meeting) -> None:
    """Looking elsewhere is not forbidden; the way back is told."""
    meeting.open_vote()
    meeting.choose("quality")

    view = said(meeting)["vote"]

    assert ("none", {"id": "adherence", "label": "Adherence"}) == (view["state"], view["elsewhere"])


def test_gold_is_told_after_the_reveal_alone(meeting: Meeting) -> None:
    """Before that only whether there is any."""
    before = said(meeting)["gold"]
    meeting.reveal()
    after = said(meeting)["gold"]
    meeting.choose("quality")
    other = said(meeting)["gold"]

    assert {"revealed": False, "exists": True, "text": "", "rationale": ""} == before
    assert ("4 or 5", "why gold of t00") == (after["text"], after["rationale"])
    assert "There is no gold for this criterion." == other["text"]


def test_names_stand_there_only_when_they_were_asked_for(meeting: Meeting) -> None:
    """For the choice of a refresher."""
    assert [] == said(meeting)["reviewers"]
    assert list(REVIEWERS) == said(meeting, named=True)["reviewers"]


def test_decisions_and_remarks_are_those_of_the_case(meeting: Meeting) -> None:
    """Decisions of the criterion, remarks of the task."""
    meeting.decide("gap", "The shadow")
    meeting.remark("Ask the client", is_open=True)
    meeting.open_task(TASKS[1])
    elsewhere = said(meeting)
    meeting.open_task("t00")
    meeting.choose("quality")
    other = said(meeting)

    assert ([], []) == (elsewhere["decisions"], elsewhere["remarks"])
    assert ([], ["Ask the client"]) == (other["decisions"], [one["text"] for one in other["remarks"]])
