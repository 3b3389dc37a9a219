"""An exam is chosen among unseen gold: the same for the same seed, and balanced."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Collection
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.core.exam_choice import choose_exam, facets_of, is_severe
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.task import Task
from evalwidgets.errors import TaskError

from .sample_rubrics import a_rubric

RUBRIC = a_rubric()
KINDS = ("add", "remove", "replace", "style")


def a_task(n: int) -> Task:
    """Return an edit of one of four kinds, three tasks to a source."""
    pictures = {"original": "a.png", "edited": "b.png"}
    tags = {"edit_type": KINDS[(n * n) % 4 if n % 3 else 0]}
    return Task(
        id=f"t{n:02d}",
        kind="edit",
        images=pictures,  # type: ignore[arg-type]
        instruction="Do it.",
        tags=tags,
        source=f"s{n // 3}",
    )


def a_gold(n: int, **gates: str) -> Gold:
    """Return gold that is mostly high, as gold is."""
    given = {"sharp": min(5, 1 + (n * 7) % 9), "light": 5 - (n % 5 == 0), **gates}
    answers = {name: GoldAnswer(accepted=(value,)) for name, value in given.items()}
    difficulty = "hard" if n % 4 == 0 else "easy"
    return Gold(
        task=f"t{n:02d}", rubric="sample", rubric_version="1.0.0", answers=answers, difficulty=difficulty
    )


TASKS = [a_task(n) for n in range(60)]
GOLDS = {f"t{n:02d}": a_gold(n) for n in range(60)}
IDS = list(GOLDS)


def chosen(seed: object = 1, *, seen: Collection[str] = (), size: int = 24) -> tuple[str, ...]:
    """Return the exam that is chosen among all tasks."""
    return choose_exam(TASKS, GOLDS, RUBRIC, pool=IDS, seen=seen, size=size, seed=seed)


def crowding(names: Collection[str]) -> float:
    """Return the sum of squared counts over all facets: the less, the better balanced."""
    counts: dict[tuple[str, str], float] = defaultdict(float)
    for name in names:
        for facet, share in facets_of(next(t for t in TASKS if t.id == name), GOLDS[name], RUBRIC):
            counts[facet] += share
    return sum(count**2 for count in counts.values())


@given(st.sets(st.sampled_from(IDS), max_size=36), st.integers())
def test_no_seen_task_is_ever_taken(seen: set[str], seed: int) -> None:
    """Whatever was seen before, an exam holds none of it, and no task twice."""
    exam = chosen(seed, seen=seen)
    assert not seen & set(exam)
    assert len(set(exam)) == 24


@settings(max_examples=40)
@given(st.integers(), st.randoms(use_true_random=False))
def test_equal_seeds_choose_equal_exams(seed: int, chance: random.Random) -> None:
    """The order in which tasks and the pool are given does not matter."""
    tasks, pool = list(TASKS), list(IDS)
    chance.shuffle(tasks)
    chance.shuffle(pool)
    assert choose_exam(tasks, GOLDS, RUBRIC, pool=pool, seen=(), size=24, seed=seed) == chosen(seed)


def test_another_seed_chooses_another_exam() -> None:
    """Candidates of one campaign do not all get the same tasks in the same order."""
    assert len({chosen(seed) for seed in range(10)}) == 10


@pytest.mark.parametrize("size", [10, 24, 40])
def test_it_is_better_balanced_than_a_plain_draw(size: int) -> None:
    """Levels, kinds, difficulty and sources are spread more evenly than in every one of 50 draws."""
    draws = [crowding(random.Random(seed).sample(IDS, size)) for seed in range(50)]
    balanced = [crowding(chosen(seed, size=size)) for seed in range(10)]
    assert max(balanced) < mean(draws)
    assert mean(balanced) < min(draws)


@given(st.integers())
def test_sources_do_not_follow_one_another(seed: int) -> None:
    """Two tasks of one source are never neighbours where that can be avoided."""
    sources = [next(t.source for t in TASKS if t.id == name) for name in chosen(seed)]
    assert all(one != other for one, other in itertools.pairwise(sources))


def test_too_few_tasks_are_refused_with_what_to_do() -> None:
    """The message says how many are left, how many are wanted, and how to get more."""
    with pytest.raises(
        TaskError, match=r"24 unseen gold tasks are wanted, and 20 are left .*Promote new gold"
    ):
        chosen(seen=IDS[:40])


def test_only_the_pool_is_used() -> None:
    """Gold to practise on, and tasks without gold, never come into an exam."""
    exam = choose_exam(TASKS, GOLDS, RUBRIC, pool=[*IDS[:30], "t99"], seen=(), size=24, seed=1)
    assert set(exam) <= set(IDS[:30])


def test_severe_cases_come_in_where_there_are_any() -> None:
    """Two severe cases are put to every candidate, or as many as are left."""
    golds = {**GOLDS, **{f"t{n:02d}": a_gold(n, safety="violates") for n in (3, 30, 57)}}
    assert [name for name in golds if is_severe(golds[name], RUBRIC)] == ["t03", "t30", "t57"]
    for seed in range(5):
        exam = choose_exam(TASKS, golds, RUBRIC, pool=IDS, seen=("t57",), size=20, seed=seed)
        assert {"t03", "t30"} <= set(exam)
