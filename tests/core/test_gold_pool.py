"""The split of gold: stable as gold is added, near its share, with something of everything in each half."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_pool import GoldPool, split_gold
from evalwidgets.errors import EvalWidgetsError

from ..samples import an_edit
from .sample_rubrics import a_rubric

RUBRIC = a_rubric()
KINDS = ("add", "remove", "style")
TRAITS = st.tuples(
    st.integers(1, 5), st.integers(1, 5), st.sampled_from(KINDS), st.sampled_from(["easy", "medium", "hard"])
)
POOLS = st.lists(TRAITS, max_size=40)
SHARES = st.sampled_from([0.25, 0.5, 0.6])


def gold_of(task: str, sharp: int, light: int, difficulty: str = "", **changes: Any) -> Gold:
    """Return gold with a level for two criteria."""
    answers = {"sharp": GoldAnswer(accepted=(sharp,)), "light": GoldAnswer(accepted=(light,))}
    plain = {"task": task, "rubric": "sample", "rubric_version": "1.0.0", "answers": answers}
    return Gold(**{**plain, "difficulty": difficulty, **changes})


def split(traits: list[tuple[int, int, str, str]], **options: Any) -> GoldPool:
    """Return the split of gold with these levels, kinds of edit and difficulties."""
    golds = {f"t{n:02}": gold_of(f"t{n:02}", a, b, hard) for n, (a, b, _, hard) in enumerate(traits)}
    tasks = {
        f"t{n:02}": an_edit(f"t{n:02}", tags={"edit_type": kind}) for n, (_, _, kind, _) in enumerate(traits)
    }
    return split_gold(golds, tasks, RUBRIC, **options)


@given(POOLS, SHARES, st.integers(0, 5))
def test_every_gold_is_in_one_half(traits: list[Any], share: float, seed: int) -> None:
    """Practice and exam share nothing and leave out nothing; both keep the order of the gold."""
    found = split(traits, exam_share=share, seed=seed)

    assert sorted([*found.practice, *found.exam]) == [f"t{n:02}" for n in range(len(traits))]
    assert list(found.practice) == sorted(found.practice)
    assert list(found.exam) == sorted(found.exam)


@given(POOLS, POOLS, SHARES, st.integers(0, 5))
def test_gold_that_is_added_later_moves_nothing(
    traits: list[Any], later: list[Any], share: float, seed: int
) -> None:
    """What was practised yesterday cannot be in the exam tomorrow."""
    before = split(traits, exam_share=share, seed=seed)
    after = split([*traits, *later], exam_share=share, seed=seed)

    assert after.practice[: len(before.practice)] == before.practice
    assert after.exam[: len(before.exam)] == before.exam


@given(POOLS, SHARES)
@example([(3, 3, "add", "easy")] * 40, 0.5)
def test_the_exam_is_never_more_than_two_tasks_away_from_its_share(traits: list[Any], share: float) -> None:
    """However the gold comes, the sizes are as promised."""
    assert abs(len(split(traits, exam_share=share).exam) - share * len(traits)) <= 2


@given(st.lists(st.integers(1, 5), max_size=40))
def test_with_one_scale_the_levels_are_halved_nearly_evenly(levels: list[int]) -> None:
    """Of the gold of each level the halves get the same up to two tasks."""
    golds = [
        gold_of(f"t{n:02}", 1, 1, answers={"sharp": GoldAnswer(accepted=(level,))})
        for n, level in enumerate(levels)
    ]
    found = split_gold(golds, {gold.task: an_edit(gold.task) for gold in golds}, RUBRIC)

    level_of = {gold.task: gold.answers["sharp"].accepted[0] for gold in golds}
    practice, exam = (Counter(level_of[name] for name in half) for half in (found.practice, found.exam))
    assert all(abs(practice[level] - exam[level]) <= 2 for level in range(1, 6))


def test_easy_gold_leans_to_practice() -> None:
    """What is easy teaches more than it tests, but the exam has some of it."""
    traits = [(1 + n % 5, 1 + n % 3, KINDS[n % 3], "easy" if n % 4 == 0 else "hard") for n in range(80)]
    found = split(traits)

    easy = {f"t{n:02}" for n in range(0, 80, 4)}
    assert 0 < len(easy.intersection(found.exam)) < len(easy.intersection(found.practice))


def test_the_seed_decides_where_balance_does_not() -> None:
    """The first task of all could go to either half."""
    firsts = {bool(split([(3, 3, "add", "")], seed=seed).exam) for seed in range(20)}

    assert firsts == {True, False}


@pytest.mark.parametrize(("share", "exam"), [(0, 0), (1, 9)])
def test_all_gold_can_go_to_one_side(share: float, exam: int) -> None:
    """A campaign without an exam practises on all of it, and the other way round."""
    assert len(split([(3, 3, "add", "")] * 9, exam_share=share).exam) == exam


def test_gold_of_another_rubric_and_gold_without_a_task_are_left_out() -> None:
    """One gold file serves several rubrics."""
    golds = [gold_of("ours", 1, 1), gold_of("other", 1, 1, rubric="another"), gold_of("lost", 1, 1)]
    tasks = {name: an_edit(name) for name in ("ours", "other")}

    found = split_gold(golds, tasks, RUBRIC)

    assert [*found.practice, *found.exam] == ["ours"]


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_a_share_is_from_0_to_1(share: float) -> None:
    """What is no share is told with what was given."""
    with pytest.raises(EvalWidgetsError, match="exam_share: expected a share from 0 to 1, got"):
        split([], exam_share=share)
