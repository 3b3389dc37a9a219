"""The demo's gold in two halves: each big enough, and with something of everything."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import pytest

from evalwidgets.core.boundary import Boundary, Side, sides
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_pool import GoldPool, split_gold

from .conftest import Demo


def edit_gold(demo: Demo) -> list[Gold]:
    """Return the demo's gold for edits, in the order of its file."""
    return [gold for gold in demo.gold.values() if gold.rubric == "image-edit"]


def split(demo: Demo, golds: Iterable[Gold], seed: object = "") -> GoldPool:
    """Return the halves of some gold."""
    return split_gold(golds, {task.id: task for task in demo.tasks}, demo.rubric("image-edit"), seed=seed)


def one_sided(demo: Demo, halves: GoldPool) -> set[tuple[Boundary, Side]]:
    """Return the sides with gold for four tasks or more of which one half has none."""
    rubric = demo.rubric("image-edit")
    practice, exam = (
        Counter(one for name in half for one in sides(rubric, demo.gold[name]).items())
        for half in (halves.practice, halves.exam)
    )
    every = practice + exam
    return {one for one, count in every.items() if count >= 4 and not (practice[one] and exam[one])}


@pytest.mark.parametrize("seed", ["", "demo", 1, 2, 3])
def test_both_halves_are_big_and_hold_each_side_of_each_boundary(demo: Demo, seed: object) -> None:
    """Of 83 edits each half has 30 or more, and something of each side that has four tasks."""
    halves = split(demo, edit_gold(demo), seed)

    assert len(halves.practice) + len(halves.exam) == 83
    assert min(len(halves.practice), len(halves.exam)) >= 30
    assert one_sided(demo, halves) == set()


def test_the_halves_hold_every_kind_of_edit_and_difficulty_that_comes_more_than_once(demo: Demo) -> None:
    """Practice and exam are about the same work."""
    halves = split(demo, edit_gold(demo))
    edits = {task.id: task for task in demo.tasks.where(kind="edit")}

    for traits in (
        {name: task.tags["edit_type"] for name, task in edits.items()},
        {name: demo.gold[name].difficulty for name in edits},
    ):
        practice, exam = (Counter(traits[name] for name in half) for half in (halves.practice, halves.exam))
        assert {one for one, count in (practice + exam).items() if count > 1} <= set(practice) & set(exam)


def test_the_order_of_the_gold_hardly_matters_for_its_balance(demo: Demo) -> None:
    """It is the rule that balances, no lucky order: drawing by a hash fails in most of such trials."""
    failed = 0
    for number in range(40):
        golds = edit_gold(demo)
        random.Random(number).shuffle(golds)
        failed += bool(one_sided(demo, split(demo, golds)))

    assert failed <= 1


def test_gold_added_to_the_demo_moves_nothing(demo: Demo) -> None:
    """The first forty tasks stay where they were before the others came."""
    golds = edit_gold(demo)
    before, after = split(demo, golds[:40]), split(demo, golds)

    assert set(before.practice) <= set(after.practice)
    assert set(before.exam) <= set(after.exam)
