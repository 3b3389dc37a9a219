"""Meetings on little: few reviewers, no answers, no gold, criteria without levels."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.meeting import Meeting

from .board import CAMPAIGN, GOLD, NAME, REVIEWERS, TASKS, open_round, say, say_all

Meet = Callable[..., Meeting]


def test_a_criterion_without_levels_is_told_in_words(
    work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """No dots can be laid out; what was answered is said, and the case stays."""
    round_ = open_round(work_store, every)
    for reviewer, defects in zip(REVIEWERS, (["halo"], ["halo"], []), strict=True):
        values = {"safety": "ok", "change": "yes", "adherence": 3, "defects": defects}
        say(work_store, round_, reviewer, "t00", values=values)
    meeting = meet()
    meeting.close()
    meeting.open_task("t00")

    with pytest.raises(RoundError, match="Defects has no levels") as told:
        meeting.choose("defects")

    assert {"none", "halo"} <= set(re.findall(r"\w+", str(told.value)))
    assert "defects" != meeting.criterion
    with pytest.raises(UnknownName, match="Did you mean 'defects'"):
        meeting.choose("defect")


@pytest.mark.parametrize("reviewers", [REVIEWERS[:1], REVIEWERS[:2]])
def test_a_small_round_can_be_held(
    reviewers: tuple[str, ...], work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """One or two reviewers: little to compare, nothing fails."""
    levels = {task: theirs[: len(reviewers)] for task, theirs in {"t00": (1, 4), "t01": (4, 4)}.items()}
    round_ = open_round(work_store, every, reviewers=reviewers, tasks=("t00", "t01"))
    say_all(work_store, round_, levels)

    held(meet())


def test_a_round_that_nobody_answered_can_be_held(work_store: ReviewStore, every: Rubric, meet: Meet) -> None:
    """The lead closed too early: everything says so, nothing fails."""
    open_round(work_store, every)

    meeting = held(meet())

    assert () == meeting.tally().dots


def test_skips_and_missing_reviewers_are_no_answers(
    work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """One skipped all, one did nothing, one answered."""
    round_ = open_round(work_store, every)
    for task in TASKS:
        say(work_store, round_, REVIEWERS[0], task, state="skipped", reason="does not load")
        say(work_store, round_, REVIEWERS[1], task, values={"safety": "ok", "change": "yes", "adherence": 3})

    meeting = held(meet())

    assert 1 == len(meeting.tally().dots)
    assert [3, 0, 0] == [
        int(row["done"]) for row in meeting.room().rows.sort_values("done").iloc[::-1].to_dict("records")
    ]


def test_a_round_without_any_gold_can_be_held(work_store: ReviewStore, every: Rubric, meet: Meet) -> None:
    """All of its tasks are new; agreement is all there is."""
    say_all(work_store, open_round(work_store, every))

    held(meet(gold={}))


def test_a_narrowed_round_begins_with_what_it_calibrates(
    work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """Gates are asked too, but they are not what the meeting is about."""
    round_ = open_round(work_store, every, criteria=("adherence",))
    for task in TASKS:
        for reviewer in REVIEWERS:
            say(work_store, round_, reviewer, task, values={"safety": "ok", "adherence": 3})

    meeting = held(meet())

    assert {"safety", "adherence"} >= set(meeting.found.compared("t00"))
    meeting = meet()
    meeting.open_task("t01")
    assert meeting.criterion in ("adherence", "safety")


def test_an_unknown_round_and_a_lost_task_are_told(
    work_store: ReviewStore, every: Rubric, meet: Meet, edits: TaskSet
) -> None:
    """With the names that there are."""
    open_round(work_store, every)

    with pytest.raises(UnknownName, match="Known: r2"):
        meet("r9")
    with pytest.raises(UnknownName, match="t03"):
        Meeting(work_store, edits.where(ids=["t00", "t01"]), GOLD, campaign=CAMPAIGN, name=NAME, lead="lee")


def held(meeting: Meeting) -> Meeting:
    """Hold a meeting on everything, from the close to the minutes; return it on the first task."""
    meeting.close()
    for task in meeting.order:
        meeting.open_task(task)
        meeting.next_criterion()
        assert meeting.answers.chart(meeting.state, meeting.task, meeting.criterion, "light").svg()
    meeting.open_task(meeting.order[0])
    meeting.open_vote()
    meeting.close_vote()
    meeting.reveal()
    meeting.confirm("hard_task")
    meeting.decide("keep", "so")
    meeting.conclude()
    assert meeting.round.name in meeting.answers.minutes(meeting.state).html
    return meeting
