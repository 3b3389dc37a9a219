"""Simulated learners on the demo: who should master its boundaries does, and who should not does not."""

from __future__ import annotations

import pytest

from evalwidgets.core.boundary import Boundary, boundaries, lacking_gold
from evalwidgets.core.gold_pool import split_gold

from ..core.trainees import (
    DAY,
    MINUTE,
    MORNING,
    Eye,
    Practice,
    Rater,
    always,
    at_random,
    lenient,
)
from .conftest import Demo

DAYS, TASKS = 6, 20
LEARNERS: dict[str, Rater] = {
    "always 4": always(4),
    "random": at_random(1),
    "lenient": lenient(),
    "careful": Eye(1, 0.95),
    "learning": Eye(1, 0.55, gain=0.03),
}


def start(demo: Demo) -> Practice:
    """Return a practice on the demo's practice half, before its first sitting."""
    rubric, tasks = demo.rubric("image-edit"), {task.id: task for task in demo.tasks}
    names = split_gold(demo.gold, tasks, rubric).practice
    return Practice(rubric, {name: demo.gold[name] for name in names}, tasks)


def mastered_by_day(practice: Practice) -> list[set[Boundary]]:
    """Return what was mastered at the end of each day."""
    days = []
    for day in range(DAYS):
        met = practice.trials([one for sitting in practice.sittings[: day + 1] for one in sitting])
        now = MORNING + day * DAY + 60 * MINUTE
        days.append({one for one, mastery in practice.standing(now, met).items() if mastery.due})
    return days


@pytest.fixture(scope="module")
def practices(demo: Demo) -> dict[str, Practice]:
    """Return six days of every learner: twenty tasks each morning."""
    done = {}
    for name, rater in LEARNERS.items():
        done[name] = start(demo)
        for day in range(DAYS):
            done[name].sit(rater, MORNING + day * DAY, TASKS)
    return done


def teachable(practice: Practice) -> set[Boundary]:
    """Return the boundaries for which the pool has gold on both sides."""
    return set(boundaries(practice.rubric)) - set(lacking_gold(practice.rubric, practice.pool.values()))


@pytest.mark.parametrize("name", ["always 4", "random", "lenient"])
def test_who_does_not_tell_levels_apart_masters_nothing(practices: dict[str, Practice], name: str) -> None:
    """Neither a constant answer, nor a die, nor one level too much passes on any of six days."""
    assert mastered_by_day(practices[name]) == [set()] * DAYS


def test_a_lenient_learner_is_told_so_at_every_boundary_with_evidence(practices: dict[str, Practice]) -> None:
    """One level too much shows as a positive bias wherever both sides were met."""
    found = practices["lenient"].standing(MORNING + DAYS * DAY).values()

    assert len([one for one in found if (one.bias or 0) > 0.5]) > 15
    assert not [one for one in found if one.bias is not None and one.bias < 0]


def test_a_careful_learner_masters_all_that_the_pool_can_teach(practices: dict[str, Practice]) -> None:
    """Within six days everything with gold on both sides is mastered, and most within four days."""
    days, possible = mastered_by_day(practices["careful"]), teachable(practices["careful"])

    assert len(possible) >= 14
    assert len(days[3]) > 0.6 * len(possible)
    assert len(days[-1]) >= len(possible) - 1


def test_what_cannot_be_mastered_for_lack_of_gold_is_known_beforehand(practices: dict[str, Practice]) -> None:
    """Nobody masters a boundary that is listed as lacking gold, so the map can say why it stays open."""
    lacking = lacking_gold(practices["careful"].rubric, practices["careful"].pool.values())

    assert Boundary(criterion="preservation", lower=1) in lacking
    for practice in practices.values():
        assert set.union(*mastered_by_day(practice)).isdisjoint(lacking)


def test_who_learns_gets_there_later(practices: dict[str, Practice]) -> None:
    """Practice takes a beginner most of the way in six days, always behind who is careful from the start."""
    careful, learning = (
        [len(day) for day in mastered_by_day(practices[name])] for name in ("careful", "learning")
    )

    assert sum(learning) < 0.8 * sum(careful)
    assert learning[1] < careful[1]
    assert learning[-1] > 0.6 * careful[-1]


def test_every_miss_returns_within_the_sitting(practices: dict[str, Practice]) -> None:
    """Whoever misses whatever meets it again three to seven tasks later, while there is a task for it."""
    for practice in practices.values():
        assert [one for day in range(DAYS) for one in practice.forgotten(day)] == []


def test_mastered_boundaries_come_back_on_later_days(practices: dict[str, Practice]) -> None:
    """On the days after mastery some tasks are chosen because a boundary is due."""
    why = [{one.why for one in picks} for picks in practices["careful"].picks]

    assert "due" not in why[0]
    assert all("due" in reasons for reasons in why[3:5])
    assert not any("due" in {one.why for one in picks} for picks in practices["lenient"].picks)
