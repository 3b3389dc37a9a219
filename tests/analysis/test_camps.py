"""Camps that recur under a label."""

from __future__ import annotations

from evalwidgets.analysis import Scale
from evalwidgets.analysis.causes.causes import suggest_causes

from .tables import ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5))
CALM = [[4, 4, 4, 4, 5, 4], [3, 3, 4, 3, 3, 3], [5, 5, 5, 4, 5, 5], [2, 2, 2, 2, 3, 2]]
CLASH = [[2, 2, 4, 4, 5, 4], [1, 1, 3, 4, 3, 3], [3, 3, 5, 4, 5, 5]]


def labels(*groups: str) -> dict[str, tuple[str, ...]]:
    """Return one label per task, in order."""
    return {f"t{place}": (group,) for place, group in enumerate(groups)}


def test_the_same_camps_on_three_tasks_of_a_label_are_named() -> None:
    """The reason counts the tasks and names the label; the camp is the smaller side."""
    tasks = CLASH + CALM * 3
    found = suggest_causes(ratings_of(tasks), QUALITY, labels=labels("shadow", "shadow", "shadow"))

    rows = found.rows[found.rows["tag"] == "shadow"]
    assert sorted(rows["task"]) == ["t0", "t1", "t2"]
    assert set(rows["reviewers"]) == {("r0", "r1")}
    assert rows["reason"].str.contains("the same camps on 3 tasks tagged shadow").all()


def test_two_tasks_are_not_enough() -> None:
    """Twice is chance: there is no tag."""
    found = suggest_causes(ratings_of(CLASH[:2] + CALM * 3), QUALITY, labels=labels("shadow", "shadow"))

    assert set(found.rows["tag"]) <= {""}


def test_a_label_that_most_tasks_bear_is_not_blamed() -> None:
    """Of two labels on the clashing tasks, the one that only they bear is named."""
    tasks = CLASH + CALM * 3
    both = {f"t{place}": ("all", "shadow") if place < 3 else ("all",) for place in range(len(tasks))}

    found = suggest_causes(ratings_of(tasks), QUALITY, labels=both)

    assert set(found.rows["tag"]) == {"shadow"}


def test_a_camp_that_goes_both_ways_recurs_when_each_way_does() -> None:
    """A clause may push up on some tasks and down on others."""
    up = [[5, 5, 3, 3, 2, 3], [4, 4, 2, 2, 2, 1], [5, 5, 2, 3, 3, 3]]
    tasks = CLASH + up + CALM * 3
    found = suggest_causes(ratings_of(tasks), QUALITY, labels=labels(*["shadow"] * 6))

    rows = found.rows[found.rows["tag"] == "shadow"]
    assert len(rows) == 6
    assert set(rows["reviewers"]) == {("r0", "r1")}
