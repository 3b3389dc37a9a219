"""The plan of a round: what is typed, what is still missing, and the round that comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.round import Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.round_plan import RoundPlan

from ..samples import an_edit, every_control
from .board import GOLD

WHOLE: dict[str, Any] = {"name": "week 47", "reviewers": "ana, ben", "n": 3}
RUBRIC = every_control()
TASKS = [an_edit(f"t{number}") for number in range(4)]


@pytest.fixture
def plan(every: Rubric, edits: TaskSet) -> RoundPlan:
    """Return a plan that can be opened."""
    return RoundPlan(every, **WHOLE).proposed(list(edits), GOLD, set())


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ana, ben", ("ana", "ben")),
        ("ana;ben\ncarla ,, ana", ("ana", "ben", "carla")),
        ("Zoe\u0308, Zo\u00eb", ("Zo\u00eb",)),
        (" ,\n", ()),
    ],
)
def test_reviewers_are_named_once(typed: str, names: tuple[str, ...]) -> None:
    """However they are separated, spaced or composed."""
    assert names == RoundPlan(RUBRIC, reviewers=typed).names


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": "  "}, "Give the round a name."),
        ({"name": "w" * 201}, "The name of the round: expected one line of 1 to 200"),
        ({"name": "a\nb"}, "The name of the round: expected one line"),
        ({"name": "a\x00b"}, "NUL"),
        ({"reviewers": ""}, "Name the reviewers"),
        ({"reviewers": "ana, b\x07n"}, "A reviewer's name: expected one line"),
        ({"deadline": "soon"}, "The deadline 'soon' is no date and time."),
        ({"deadline": "2026-13-45T99:00"}, "is no date and time"),
        ({"proposal": None}, "No task is proposed"),
        ({}, ""),
        ({"deadline": "2026-11-23T17:00:00.000Z"}, ""),
    ],
)
def test_what_is_missing_is_told(changes: dict[str, Any], why: str, plan: RoundPlan) -> None:
    """One thing at a time; nothing when the round can be opened."""
    problem = replace(plan, **changes).problem

    assert why in problem
    assert bool(why) == bool(problem)


@given(name=st.text(max_size=250), reviewers=st.text(max_size=60), deadline=st.text(max_size=20))
def test_whatever_is_typed_is_a_problem_or_a_round(name: str, reviewers: str, deadline: str) -> None:
    """Nothing in between: a plan without a problem can be opened."""
    plan = RoundPlan(RUBRIC, name=name, reviewers=reviewers, deadline=deadline).proposed(TASKS, {}, set())

    assert plan.problem or isinstance(plan.round("spring", "lee"), Round)


def test_the_round_is_what_was_planned(plan: RoundPlan) -> None:
    """With the hash of the rubric as reviewers get it."""
    narrow = replace(plan, criteria=("adherence",), deadline="2026-11-23T18:00+01:00")

    round_ = narrow.round("spring", "lee")

    assert ("week 47", ("ana", "ben"), plan.tasks) == (round_.name, round_.reviewers, round_.tasks)
    assert narrow.part.hash == round_.rubric_hash != plan.rubric.hash
    assert datetime(2026, 11, 23, 17, tzinfo=UTC) == round_.deadline


def test_a_task_that_was_swapped_out_does_not_come_back(plan: RoundPlan, edits: TaskSet) -> None:
    """Not even when something else of the plan changes."""
    gone = plan.tasks[0]
    swapped = plan.swapped(gone)
    again = replace(swapped, n=4).proposed(list(edits), GOLD, set())

    assert 3 == len(swapped.tasks)
    assert gone not in swapped.tasks
    assert gone not in again.tasks
    assert plan.rubric == RoundPlan(plan.rubric).swapped("t00").rubric
