"""Side by side: who is compared, at which side, how often, and how far apart repeats are."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.core.balanced_sides import balanced
from evalwidgets.core.order import FAR, REPEAT_OF, seeded_order
from evalwidgets.core.side_by_side import side_by_side
from evalwidgets.core.task import Task
from evalwidgets.errors import TaskError

MODELS = ("lark", "wren", "finch", "robin", "swift")
MADE = st.lists(st.sets(st.sampled_from(MODELS)), min_size=1, max_size=8).filter(
    lambda made: any(len(models) > 1 for models in made)
)


def edits_of(made: list[set[str]]) -> list[Task]:
    """Return one edit for each model of each instruction."""
    return [
        Task(
            id=f"{place}-{model}",
            kind="edit",
            images={"original": f"{place}.png", "edited": f"{model}/{place}.png"},
            instruction=f"Remove cup {place}",
            tags={"model": model, "edit_type": "remove", "seconds": len(model)},
        )
        for place, models in enumerate(made)
        for model in sorted(models)
    ]


def firsts(pairs: tuple[Task, ...]) -> list[Task]:
    """Return the pairs without the repeats."""
    return [task for task in pairs if REPEAT_OF not in task.tags]


@given(MADE, st.integers(), st.sampled_from([0.0, 0.1, 0.5]))
@settings(max_examples=200)
def test_every_pair_of_models_of_an_instruction_appears_once(
    made: list[set[str]], seed: int, repeats: float
) -> None:
    """Each two models that answered an instruction meet once; repeats come on top, exchanged."""
    pairs = side_by_side(edits_of(made), seed=seed, repeats=repeats)
    known = {task.id: task for task in pairs}
    met = Counter((task.instruction, *sorted((task.images["a"], task.images["b"]))) for task in firsts(pairs))

    assert {
        (f"Remove cup {place}", f"{one}/{place}.png", f"{two}/{place}.png"): 1
        for place, models in enumerate(made)
        for one, two in combinations(sorted(models), 2)
    } == met
    again = [task for task in pairs if REPEAT_OF in task.tags]
    assert round(len(firsts(pairs)) * repeats) == len(again)
    for task in again:
        first = known[str(task.tags[REPEAT_OF])]
        assert (task.images["a"], task.images["b"]) == (first.images["b"], first.images["a"])
        assert (task.tags["model_a"], task.tags["model_b"]) == (first.tags["model_b"], first.tags["model_a"])


@given(st.lists(st.sets(st.sampled_from(MODELS), min_size=2, max_size=2).map(sorted).map(tuple), max_size=30))
def test_sides_are_balanced_within_one(pairs: list[tuple[str, str]]) -> None:
    """Any two lie as often one way as the other, and each as often left as right."""
    dealt = balanced(pairs)

    assert [tuple(sorted(two)) for two in dealt] == pairs
    ways = Counter(dealt)
    assert all(abs(ways[two] - ways[two[::-1]]) <= 1 for two in pairs)
    for model in MODELS:
        assert abs(sum(left == model for left, _ in dealt) - sum(right == model for _, right in dealt)) <= 1


@given(MADE, st.integers(), st.integers())
@settings(max_examples=100)
def test_a_repeat_is_never_beside_its_pair(made: list[set[str]], seed: int, reviewer: int) -> None:
    """Neither as they are dealt nor in a reviewer's own order, wherever a third task can lie between."""
    pairs = side_by_side(edits_of(made), seed=seed, repeats=0.5)
    for order in ([task.id for task in pairs], seeded_order(pairs, reviewer)):
        assert sorted(task.id for task in pairs) == sorted(order)
        between = [
            abs(order.index(task.id) - order.index(str(task.tags[REPEAT_OF]))) - 1
            for task in pairs
            if REPEAT_OF in task.tags
        ]
        assert all(gap >= min(FAR, len(firsts(pairs)) // 2) for gap in between)


def test_equal_seeds_deal_equal_pairs() -> None:
    """The order of the manifest plays no part, another seed deals anew."""
    tasks = edits_of([set(MODELS)] * 3)

    assert side_by_side(tasks, seed=4) == side_by_side(tasks[::-1], seed=4)
    assert side_by_side(tasks, seed=4) != side_by_side(tasks, seed=5)


def test_what_a_reviewer_may_see_names_no_model() -> None:
    """Models stand in tags alone; what both have in common stays a tag, the rest is left out."""
    tasks = [
        one.model_copy(update={"images": {"original": "o.png", "edited": f"{n}.png"}})
        for n, one in enumerate(edits_of([set(MODELS)]))
    ]
    for task in side_by_side(tasks):
        seen = task.model_dump_json(exclude={"tags"})
        assert not any(model in seen for model in MODELS)
        assert {"edit_type", "subject", "model_a", "model_b"} >= set(task.tags) - {REPEAT_OF, "seconds"}
        assert task.tags["edit_type"] == "remove"


def test_fewer_pairs_are_spread_over_the_models() -> None:
    """A bound on their number takes from each two models alike."""
    pairs = side_by_side(edits_of([{"lark", "wren", "finch"}] * 10), pairs=6, repeats=0)

    assert 6 == len(pairs)
    met = Counter(frozenset((task.tags["model_a"], task.tags["model_b"])) for task in pairs)
    assert [2, 2, 2] == list(met.values())


def test_pictures_of_prompts_are_compared_without_an_original() -> None:
    """Two models that drew the same prompt make a pair of their pictures."""
    drawn = [
        Task(id=name, kind="prompt", images={"image": f"{name}.png"}, prompt="A cat", tags={"model": name})
        for name in ("lark", "wren")
    ]

    (pair,) = side_by_side(drawn, repeats=0)
    assert ({"a", "b"}, "A cat") == (set(pair.images), pair.prompt)


@pytest.mark.parametrize(
    ("tasks", "options", "said"),
    [
        (edits_of([{"lark"}]), {}, "no instruction has pictures of two models"),
        (edits_of([{"lark", "wren"}]), {"model_tag": "maker"}, "tag 'maker'"),
        (edits_of([{"lark", "wren"}]), {"repeats": 0.9}, "repeats: expected a share"),
        (edits_of([{"lark", "wren"}]), {"pairs": 0}, "pairs: expected at least 1"),
        (edits_of([{"lark", "wren"}]) * 2, {}, "'lark' has the picture of 0-lark"),
    ],
)
def test_what_cannot_be_dealt_is_said(tasks: list[Task], options: dict[str, object], said: str) -> None:
    """Nothing to compare, an option out of range, two pictures of one model."""
    with pytest.raises(TaskError, match=said):
        side_by_side(tasks, **options)  # type: ignore[arg-type]
