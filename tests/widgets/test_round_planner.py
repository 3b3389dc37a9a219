"""The lead plans a round: the proposal follows what is chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.meeting import Meeting
from evalwidgets.widgets.round_planner import RoundPlanner

from .board import CAMPAIGN, GOLD, NAME, REVIEWERS, open_round, say, say_all

Begin = Callable[..., RoundPlanner]


@pytest.fixture
def begin(work_store: ReviewStore, edits: TaskSet, every: Rubric) -> Begin:
    """Return what begins a plan."""
    return lambda rubric=every, gold=GOLD: RoundPlanner(
        work_store, edits, gold, rubric, campaign=CAMPAIGN, lead="lee"
    )


def test_a_plan_begins_with_a_proposal(begin: Begin) -> None:
    """All six tasks, the first of them on show."""
    planner = begin()

    assert 6 == len(planner.plan.tasks)
    assert planner.plan.tasks[0] == planner.shown
    assert {"name", "proposed", "coverage", "problem"} <= set(planner.view)


def test_tasks_that_a_reviewer_has_seen_are_not_proposed(
    begin: Begin, work_store: ReviewStore, every: Rubric
) -> None:
    """They would be judged from memory; another campaign's reviewers do not matter."""
    round_ = open_round(work_store, every)
    say(work_store, round_, REVIEWERS[0], "t00", values={"safety": "ok"})
    planner = begin()
    planner.count(5)

    planner.write("reviewers", "somebody else")
    before = planner.plan.tasks
    planner.write("reviewers", f"{REVIEWERS[0]}, somebody else")

    assert "t00" in before
    assert "t00" not in planner.plan.tasks


def test_how_many_tasks_stays_within_reason(begin: Begin) -> None:
    """Two at least, forty at most."""
    planner = begin()

    planner.count(-3)
    least = planner.plan.n
    planner.count(4000)

    assert (2, 40) == (least, planner.plan.n)


def test_criteria_are_toggled_in_the_order_of_the_rubric(begin: Begin) -> None:
    """Twice is not at all."""
    planner = begin()

    for name in ("quality", "adherence", "defects", "defects"):
        planner.toggle(name)

    assert ("adherence", "quality") == planner.plan.criteria


def test_a_swap_shows_the_new_task_and_another_look_stays(begin: Begin) -> None:
    """A task that is looked at stays on show while it is proposed."""
    planner = begin()
    planner.count(3)
    gone = planner.plan.tasks[1]

    planner.swap(gone)
    fresh = planner.shown
    planner.show(planner.plan.tasks[2])
    looked_at = planner.shown
    planner.write("name", "x")

    assert fresh in planner.plan.tasks
    assert fresh != gone
    assert looked_at == planner.shown == planner.plan.tasks[2]


def test_a_name_that_is_taken_is_told_before_it_is_opened(
    begin: Begin, work_store: ReviewStore, every: Rubric
) -> None:
    """Nothing is lost when two leads choose the same."""
    open_round(work_store, every)
    planner = begin()
    planner.write("name", f" {NAME} ")
    planner.write("reviewers", "ana")

    assert "has a round 'r2' already; choose another name" in planner.view["problem"]
    with pytest.raises(RoundError, match="choose another name"):
        planner.open()


def test_gold_is_known_as_earlier_rounds_left_it(
    begin: Begin, work_store: ReviewStore, edits: TaskSet, every: Rubric
) -> None:
    """A changed task counts at its new level."""
    say_all(work_store, open_round(work_store, every))
    meeting = Meeting(work_store, edits, GOLD, campaign=CAMPAIGN, name=NAME, lead="lee")
    meeting.close()
    meeting.open_task("t01")
    meeting.choose("adherence")
    meeting.reveal()
    meeting.decide("gold", "so", [3, 4])

    why = {one["task"]: one["why"] for one in begin().view["proposed"]}

    assert "gold accepts 3 or 4" in why["t01"]


def test_a_rubric_of_another_kind_finds_no_task(begin: Begin, every: Rubric) -> None:
    """The plan says so, and offers nothing to open or show."""
    planner = begin(every.model_copy(update={"kind": "pair"}))

    assert ((), None) == (planner.plan.tasks, planner.shown)
    planner.write("name", "x")
    planner.write("reviewers", "ana")
    assert "No task is proposed" in planner.problem


def test_what_does_not_exist_is_told(begin: Begin) -> None:
    """With the nearest name."""
    planner = begin()

    with pytest.raises(UnknownName, match="Did you mean 'deadline'"):
        planner.write("dedline", "x")
    with pytest.raises(UnknownName, match="t99"):
        planner.show("t99")
