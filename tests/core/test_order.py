"""The order of tasks: seeded, complete, and without two of one source in a row."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.order import seeded_order
from evalwidgets.core.task import Task

from ..samples import an_edit

SOURCES = st.lists(st.sampled_from(["", "a", "b", "c", "d"]), min_size=1, max_size=14)


def tasks_of(sources: Sequence[str]) -> list[Task]:
    """Return one task for each source."""
    return [an_edit(f"t{number:02}", source=source) for number, source in enumerate(sources)]


def neighbours(sources: Sequence[str]) -> int:
    """Return how often a source follows itself."""
    return sum(one == other for one, other in itertools.pairwise(sources))


def partitions(total: int, largest: int | None = None) -> Iterator[tuple[int, ...]]:
    """Yield every way to write a number as a sum of falling parts."""
    if total == 0:
        yield ()
    for part in range(min(total, largest or total), 0, -1):
        for rest in partitions(total - part, part):
            yield (part, *rest)


def fewest_neighbours(counts: Sequence[int]) -> int:
    """Return by brute force how few neighbours of one source an order can have."""
    sources = "".join(letter * count for letter, count in zip("abcdefg", counts, strict=False))
    return min(map(neighbours, set(itertools.permutations(sources))))


@given(SOURCES, st.integers())
def test_the_order_holds_every_task_once(sources: list[str], seed: int) -> None:
    """The order is a permutation of the tasks."""
    tasks = tasks_of(sources)

    assert sorted(task.id for task in tasks) == sorted(seeded_order(tasks, seed))


@given(SOURCES, st.integers(), st.randoms())
def test_equal_seeds_give_equal_orders(sources: list[str], seed: int, chance: object) -> None:
    """How the manifest sorts its lines plays no part."""
    tasks = tasks_of(sources)
    shuffled = list(tasks)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert seeded_order(tasks, seed) == seeded_order(shuffled, seed)


def test_an_order_stays_the_same_over_releases_and_machines() -> None:
    """A reviewer who resumes after an update meets the tasks in the order of before."""
    tasks = tasks_of("aabbcd")

    assert seeded_order(tasks, "0|review|ana") == ("t00", "t05", "t02", "t04", "t01", "t03")


def test_another_seed_gives_another_order() -> None:
    """Twenty seeds give nearly as many orders."""
    tasks = tasks_of("abcdefgh")

    assert len({seeded_order(tasks, seed) for seed in range(20)}) > 15


def test_every_place_can_be_taken_by_every_task() -> None:
    """No task is bound to a place: over many seeds each comes first about equally often."""
    tasks = tasks_of("abcd")

    firsts = Counter(seeded_order(tasks, seed)[0] for seed in range(800))

    assert len(firsts) == 4
    assert all(math.isclose(200, count, abs_tol=60) for count in firsts.values())


@pytest.mark.parametrize("counts", [counts for total in range(1, 8) for counts in partitions(total)])
def test_no_order_has_fewer_neighbours_of_one_source(counts: tuple[int, ...]) -> None:
    """For every split of up to seven tasks into sources, each seed reaches the brute-force minimum."""
    sources = [letter for letter, count in zip("abcdefg", counts, strict=False) for _ in range(count)]
    tasks = tasks_of(sources)
    source_of = {task.id: task.source for task in tasks}

    reached = {neighbours([source_of[name] for name in seeded_order(tasks, seed)]) for seed in range(12)}

    assert {fewest_neighbours(counts)} == reached


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers())
def test_a_source_never_follows_itself_unless_it_holds_more_than_half(counts: list[int], seed: int) -> None:
    """Neighbours remain only where one source outnumbers all others together, and then as few as can be."""
    tasks = tasks_of([f"s{source}" for source, count in enumerate(counts) for _ in range(count)])
    source_of = {task.id: task.source for task in tasks}

    order = [source_of[name] for name in seeded_order(tasks, seed)]

    unavoidable = max(0, 2 * max(counts) - sum(counts) - 1)
    assert unavoidable == neighbours(order)


def test_tasks_without_a_source_may_follow_one_another() -> None:
    """A task that names no source counts as its own."""
    tasks = tasks_of(["", "", "", "a"])

    firsts = {seeded_order(tasks, seed) for seed in range(200)}

    assert len(firsts) == 24
