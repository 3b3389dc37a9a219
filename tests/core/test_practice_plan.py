"""What is practised next: missed boundaries return, due ones are looked at, weak ones take turns."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.boundary import Boundary, sides
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.practice_plan import next_task
from evalwidgets.core.rubric import Rubric

from ..samples import an_edit
from .sample_rubrics import a_rubric, ordinal
from .trainees import DAY, MINUTE, MORNING, Eye, Practice, a_review, always, at_random

RUBRIC = a_rubric()
ONE_SCALE = a_rubric(criteria=[ordinal("sharp", weight=1)], gates=[])
THREE = ("sharp", "light", "figure")
PERFECT = Eye(0, 1, best=1)
LEVELS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=14)
SOURCES = st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=14, max_size=14)


def edge(lower: int, criterion: str = "sharp") -> Boundary:
    """Return a boundary."""
    return Boundary(criterion=criterion, lower=lower)


def gold_of(task: str, **levels: int) -> Gold:
    """Return gold that accepts one level of each of these criteria."""
    answers = {name: GoldAnswer(accepted=(level,)) for name, level in levels.items()}
    return Gold(task=task, rubric="sample", rubric_version="1.0.0", answers=answers)


def a_practice(
    golds: Mapping[str, Gold], rubric: Rubric = RUBRIC, sources: Any = (), seed: object = 0
) -> Practice:
    """Return a practice with these gold tasks, of these sources in order."""
    given_sources = itertools.chain(sources, itertools.repeat(""))
    tasks = {name: an_edit(name, source=source) for name, source in zip(golds, given_sources, strict=False)}
    return Practice(rubric, golds, tasks, seed)


def sharp(*levels: int, **options: Any) -> Practice:
    """Return a practice on one criterion, with one task for each level."""
    return a_practice(
        {f"t{n:02}": gold_of(f"t{n:02}", sharp=level) for n, level in enumerate(levels)}, **options
    )


def two_scales(levels: list[tuple[int, int]], **options: Any) -> Practice:
    """Return a practice on two criteria."""
    golds = {f"t{n:02}": gold_of(f"t{n:02}", sharp=one, light=other) for n, (one, other) in enumerate(levels)}
    return a_practice(golds, **options)


def pick(practice: Practice, sitting: Any = (), now: Any = MORNING, **options: Any) -> Any:
    """Return what comes next in a sitting."""
    past = practice.past
    rest = {"seed": practice.seed, **options}
    return next_task(practice.rubric, practice.pool, practice.tasks, past, sitting, now, **rest)


@given(LEVELS, SOURCES, st.integers(0, 9))
def test_a_sitting_shows_every_task_once_and_ends(
    levels: list[tuple[int, int]], sources: list[str], seed: int
) -> None:
    """No task comes twice, and only when all were shown there is none."""
    practice = two_scales(levels, sources=sources)

    picks = practice.sit(at_random(seed), MORNING, 99)

    assert sorted(one.task for one in picks) == sorted(practice.pool)
    assert pick(practice, practice.sittings[0]) is None


@given(LEVELS, SOURCES, st.integers(0, 9))
def test_one_source_follows_itself_only_when_nothing_else_is_left(
    levels: list[tuple[int, int]], sources: list[str], seed: int
) -> None:
    """Two edits of one scene are neighbours only at the end, when all that is left is of that scene."""
    practice = two_scales(levels, sources=sources)
    order = [practice.tasks[one.task].source for one in practice.sit(at_random(seed), MORNING, 99)]

    for place, (one, other) in enumerate(itertools.pairwise(order)):
        if one and one == other:
            assert set(order[place:]) == {one}


@given(LEVELS, st.integers(0, 9), st.integers(0, 12))
def test_a_restart_comes_up_at_the_same_task(levels: list[tuple[int, int]], seed: int, done: int) -> None:
    """Within a sitting the pick follows from the reviews alone, even when the clock has moved on."""
    practice = two_scales(levels)
    practice.sit(at_random(seed), MORNING - DAY, 9)
    sitting = [
        practice.rate(at_random(seed), one, MORNING + number * MINUTE)
        for number, one in enumerate(list(practice.pool)[: done + 1])
    ]

    assert pick(practice, sitting) == pick(practice, sitting, MORNING + 9 * DAY)


def test_the_seed_decides_between_equals() -> None:
    """Learners who begin meet different tasks first, each always the same one."""
    firsts = [pick(sharp(*[3, 4] * 8, seed=seed)).task for seed in range(12)]

    assert len(set(firsts)) > 4
    assert firsts == [pick(sharp(*[3, 4] * 8, seed=seed)).task for seed in range(12)]


@given(st.lists(st.integers(1, 5), min_size=8, max_size=30), st.integers(0, 99))
def test_a_missed_boundary_returns_three_to_seven_tasks_later(levels: list[int], seed: int) -> None:
    """It does whenever the pool still has another task that decides it."""
    practice = sharp(*levels, rubric=ONE_SCALE)
    practice.sit(at_random(seed), MORNING, 99)

    assert practice.forgotten(0) == []


def test_a_miss_in_ten_tasks_comes_back_for_that_reason() -> None:
    """One slip at 3|4 is followed by two others and then by another task on the same boundary."""
    practice = sharp(*[1, 2, 3, 4, 5] * 4, rubric=ONE_SCALE)
    first = pick(practice, focus=frozenset({edge(3)}))
    wrong = 4 if practice.pool[first.task].answers["sharp"].accepted == (3,) else 3
    sitting = [a_review(ONE_SCALE, first.task, {"sharp": wrong}, MORNING)]
    picks = [first]
    for number in range(1, 10):
        picks.append(pick(practice, sitting))
        sitting.append(practice.rate(PERFECT, picks[-1].task, MORNING + number * MINUTE))

    returned = [number for number, one in enumerate(picks) if one.why == "returns"]
    assert returned == [3]
    assert picks[3].boundary == edge(3)
    assert picks[3].task != first.task


@given(LEVELS, SOURCES, st.integers(0, 9))
def test_no_boundary_is_aimed_at_twice_in_a_row_when_another_is_left(
    levels: list[tuple[int, int]], sources: list[str], seed: int
) -> None:
    """Practice is interleaved: the target changes with each task as long as there are two."""
    practice = two_scales(levels, sources=sources)
    picks = practice.sit(at_random(seed), MORNING, 99)

    for place, (one, other) in enumerate(itertools.pairwise(picks)):
        if one.boundary == other.boundary:
            last = practice.tasks[one.task].source
            left = [late.task for late in picks[place + 1 :]]
            left = [name for name in left if not last or practice.tasks[name].source != last] or left
            targets = {found for name in left for found in sides(RUBRIC, practice.pool[name])}
            assert targets <= set(sides(RUBRIC, practice.pool[one.task]))


def test_a_boundary_that_was_only_just_met_again_lets_another_go_first() -> None:
    """Missed at 4|5, then 1|2, then 4|5 once more: although it waits, it is not aimed at twice in a row."""
    practice = sharp(*[5] * 5, *[1] * 5, rubric=ONE_SCALE)
    said = {"t00": 4, "t05": 1, "t01": 5}
    sitting = [
        a_review(ONE_SCALE, name, {"sharp": level}, MORNING + number * MINUTE)
        for number, (name, level) in enumerate(said.items())
    ]

    assert pick(practice, sitting).boundary == edge(1)


def test_weak_boundaries_take_turns_and_the_weakest_does_not_take_all() -> None:
    """Of three boundaries each is practised twice in six tasks, though one went wrong the day before."""
    golds = {
        f"{name[0]}{n}": gold_of(f"{name[0]}{n}", **{name: 3 + n % 2}) for name in THREE for n in range(8)
    }
    practice = a_practice(golds)
    practice.sit(lambda name, gold: gold.accepted[0] if name != "sharp" else 7 - gold.accepted[0], MORNING, 9)

    picks = practice.sit(PERFECT, MORNING + DAY, 6)

    assert Counter(one.boundary for one in picks) == {edge(3, name): 2 for name in THREE}


def test_of_tasks_that_serve_equally_the_one_that_decides_more_comes_first() -> None:
    """One task can bring several boundaries on."""
    golds = {f"t{n}": gold_of(f"t{n}", sharp=3) for n in range(6)} | {
        "more": gold_of("more", sharp=3, light=3)
    }

    for seed in range(9):
        practice = a_practice(golds, seed=seed)
        assert pick(practice, focus=frozenset({edge(3)})).task == "more"


def test_both_sides_of_a_boundary_are_practised_in_turn() -> None:
    """A task above follows one below, so that no habit goes unnoticed."""
    practice = sharp(*[3] * 6, *[4] * 6, rubric=ONE_SCALE)

    picks = practice.sit(PERFECT, MORNING, 10, focus=frozenset({edge(3)}))

    levels = [practice.pool[one.task].answers["sharp"].accepted[0] for one in picks]
    assert all({one, other} == {3, 4} for one, other in zip(levels[::2], levels[1::2], strict=True))


def test_tasks_that_were_never_met_come_first() -> None:
    """The second sitting shows what the first did not, the third what the first did."""
    practice = sharp(*[3] * 6, *[4] * 6)

    met = [{one.task for one in practice.sit(PERFECT, MORNING + day * DAY, 6)} for day in range(3)]

    assert met[0].isdisjoint(met[1])
    assert met[2] == met[0]


def test_a_new_boundary_is_called_new_and_a_tried_one_weak() -> None:
    """The reason tells the learner why this task comes."""
    practice = sharp(*[3, 4] * 9)

    picks = practice.sit(PERFECT, MORNING, 9)

    assert picks[0].why == "new"
    assert {one.why for one in picks[4:]} == {"weak"}


def test_what_is_due_comes_before_what_is_weak() -> None:
    """A day after mastery the boundary is looked at, once; before that day it is not."""
    practice = sharp(*[3, 4] * 9, *[1, 2] * 3)
    focus = frozenset({edge(3)})
    practice.sit(PERFECT, MORNING, 12, focus=focus)
    due = practice.standing(MORNING + DAY)[edge(3)].due
    assert due is not None

    assert pick(practice, now=due - MINUTE).why in ("weak", "new")
    begun = [practice.rate(PERFECT, "t18", due - MINUTE)]
    assert pick(practice, begun, now=due - MINUTE) == pick(practice, begun, now=due + DAY)
    again = practice.sit(PERFECT, due, 3)

    assert (again[0].why, again[0].boundary) == ("due", edge(3))
    assert "due" not in [one.why for one in again[1:]]
    assert practice.standing(due + 10 * MINUTE)[edge(3)].due == due + MINUTE + 3 * DAY


def test_a_boundary_without_gold_on_one_side_waits_until_the_others_had_their_turn() -> None:
    """What cannot be mastered yet does not take the time of what can."""
    golds = {f"s{n}": gold_of(f"s{n}", sharp=3 + n % 2) for n in range(4)}
    golds |= {f"l{n}": gold_of(f"l{n}", light=3 + n % 2) for n in range(4)}
    golds["alone"] = gold_of("alone", sharp=1)

    picks = a_practice(golds).sit(PERFECT, MORNING, 9)

    assert {one.boundary for one in picks[:8]} == {edge(3), edge(3, "light")}
    assert picks[8].boundary == edge(1)


def test_mastered_boundaries_are_left_alone_while_others_are_weak() -> None:
    """After one side of the scale is mastered, the tasks are about the other."""
    practice = sharp(*[4, 5] * 8, *[1, 2] * 8, rubric=ONE_SCALE)
    practice.sit(PERFECT, MORNING, 14, focus=frozenset({edge(4)}))

    picks = practice.sit(PERFECT, MORNING + 60 * MINUTE, 8)

    assert edge(4) not in {one.boundary for one in picks}


def test_a_refresher_keeps_to_its_boundaries_and_ends() -> None:
    """Only tasks that decide the focus are shown, and then there is nothing more."""
    practice = two_scales([(3, 1), (4, 1), (1, 4), (5, 5), (3, 3)])
    focus = frozenset({edge(3), edge(4, "light")})

    picks = practice.sit(at_random(1), MORNING, 99, focus=focus)

    assert {one.boundary for one in picks} <= focus
    assert {one.task for one in picks} == {"t00", "t01", "t02", "t03", "t04"} - {
        name for name, gold in practice.pool.items() if focus.isdisjoint(sides(RUBRIC, gold))
    }


def test_a_task_that_ends_at_a_gate_has_its_turn_too() -> None:
    """It decides no boundary, and is not forgotten among those that do."""
    stopped = Gold(
        task="stop",
        rubric="sample",
        rubric_version="1.0.0",
        answers={"safety": GoldAnswer(accepted=("violates",))},
    )
    golds = {"stop": stopped, **{f"t{n}": gold_of(f"t{n}", sharp=3 + n % 2) for n in range(9)}}

    picks = a_practice(golds).sit(PERFECT, MORNING, 6)

    assert [one.boundary for one in picks if one.task == "stop"] == [None]


def test_a_rubric_without_scales_can_be_practised() -> None:
    """Where nothing is ordinal, every task comes once."""
    choice = {
        "id": "better",
        "control": "choice",
        "label": "Better",
        "question": "Which?",
        "options": [{"value": "a", "name": "A"}, {"value": "b", "name": "B"}],
    }
    rubric = a_rubric(criteria=[choice], gates=[], overall={"kind": "none"})
    answers = {"better": GoldAnswer(accepted=("a",))}
    golds = {
        name: Gold(task=name, rubric="sample", rubric_version="1.0.0", answers=answers) for name in "abc"
    }

    picks = a_practice(golds, rubric).sit(always(1), MORNING, 9)

    assert sorted(one.task for one in picks) == ["a", "b", "c"]


def test_a_skipped_task_counts_as_shown() -> None:
    """A learner who skips is not asked again in this sitting."""
    practice = sharp(3, 4)
    first = pick(practice).task
    skipped = a_review(RUBRIC, first, {}, MORNING, state="skipped")

    assert pick(practice, [skipped]).task != first


def test_what_is_changed_after_the_feedback_is_no_task_of_its_own() -> None:
    """A revision moves neither the count of tasks between nor the trials."""
    practice = sharp(*[3, 4] * 5)
    sitting = [practice.rate(always(5), name, MORNING) for name in ("t00", "t02")]
    revised = a_review(RUBRIC, "t00", {"sharp": 3}, MORNING + MINUTE, revision=2)

    assert pick(practice, sitting) == pick(practice, [*sitting, revised])


def test_gold_that_left_the_pool_or_has_no_task_is_left_out() -> None:
    """Reviews of retired gold are no trials, and gold without a task cannot be shown."""
    practice = sharp(3, 4, 3)
    foreign = a_review(RUBRIC, "gone", {"sharp": 1}, MORNING)
    del practice.tasks["t00"]  # type: ignore[attr-defined]

    assert pick(practice, [foreign]).task in ("t01", "t02")
    assert pick(sharp()) is None
