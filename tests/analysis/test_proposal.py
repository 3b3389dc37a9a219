"""A proposed round covers the range, holds boundaries and something new, and says what it lacks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis.meeting.proposal import Proposal, propose_tasks
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import RatingsError, RoundError, UnknownName

from ..core.sample_rubrics import a_rubric

RUBRIC: Rubric = a_rubric()
KINDS = ("add", "remove", "style", "text")


def a_task(number: int, **changes: Any) -> Task:
    """Return an edit with its own source and one of four kinds."""
    plain: dict[str, Any] = {
        "id": f"t{number:02}",
        "kind": "edit",
        "images": {"original": "o.png", "edited": "e.png"},
        "instruction": "Do it.",
        "tags": {"edit_type": KINDS[number % 4]},
        "source": f"s{number}",
    }
    return Task(**{**plain, **changes})


def a_gold(task: str, *sharp: int, light: int = 5, **changes: Any) -> Gold:
    """Return gold on two criteria."""
    answers = {"sharp": GoldAnswer(accepted=sharp), "light": GoldAnswer(accepted=(light,))}
    plain = {"task": task, "rubric": "sample", "rubric_version": "1.0.0", "answers": answers}
    return Gold(**{**plain, **changes})


def a_pool(count: int = 40, unlabelled: int = 3) -> tuple[list[Task], dict[str, Gold]]:
    """Return tasks whose gold runs through the levels; every seventh accepts two, the last have none."""
    tasks = [a_task(number) for number in range(count)]
    gold = {
        task.id: a_gold(task.id, *((2, 3) if number % 7 == 0 else (number % 5 + 1,)))
        for number, task in enumerate(tasks[: count - unlabelled])
    }
    return tasks, gold


def proposed(**options: Any) -> Proposal:
    """Return a proposal from the usual pool."""
    return propose_tasks(*a_pool(), RUBRIC, **{"criteria": ("sharp",), **options})


def roles(proposal: Proposal) -> list[str]:
    """Return what each task is there for."""
    return [one.role for one in proposal.tasks]


def test_ten_tasks_cover_every_level_and_kind() -> None:
    """All five levels of the criterion and all four kinds of tasks are held, so nothing is warned of."""
    proposal = proposed()

    assert len(set(proposal.ids)) == 10
    assert proposal.coverage["n"].min() >= 1
    assert proposal.warnings == ()
    assert proposal.finding == "10 tasks cover 5 of 5 levels and 4 of 4 edit types"


def test_boundaries_ends_and_something_new_have_their_place() -> None:
    """One unlabelled, a quarter boundary cases, two low, two high, and at least one in the middle."""
    found = roles(proposed())

    assert [found.count(role) for role in ("unlabelled", "boundary", "low", "high", "middle")] == [
        1,
        2,
        2,
        2,
        1,
    ]


def test_equal_seeds_give_equal_proposals_whatever_the_order_of_tasks() -> None:
    """The seed alone decides between equals; another one brings other tasks."""
    tasks, gold = a_pool()
    again = propose_tasks(tasks[::-1], gold, RUBRIC, criteria=("sharp",))

    assert proposed().ids == again.ids
    assert set(proposed().ids) != set(proposed(seed=1).ids)


def test_tasks_that_reviewers_know_are_never_proposed() -> None:
    """What was seen stays out, also after swaps."""
    seen = [f"t{number:02}" for number in range(30)]
    proposal = proposed(seen=seen, n=8)
    swapped = proposal.swapped(proposal.ids[-1])

    assert not {*proposal.ids, *swapped.ids} & set(seen)


def test_too_few_tasks_are_said_with_the_reason() -> None:
    """When most tasks are known already, the shortfall and its cause stand first."""
    proposal = proposed(seen=[f"t{number:02}" for number in range(35)])

    assert len(proposal.tasks) == 5
    assert proposal.warnings[0] == (
        "Only 5 tasks of 10 can be proposed; 35 tasks are known to these reviewers."
    )


def test_without_unlabelled_tasks_it_says_so() -> None:
    """Where every task has gold, the missing something-new is a warning."""
    proposal = propose_tasks(*a_pool(unlabelled=0), RUBRIC, criteria=("sharp",))

    assert any(warning.startswith("No unlabelled task is left") for warning in proposal.warnings)


def test_missing_levels_are_named_and_whether_another_task_has_them() -> None:
    """A level that no task of the pool has is told apart from one that merely was not chosen."""
    tasks = [a_task(number) for number in range(12)]
    gold = {task.id: a_gold(task.id, 5) for task in tasks}
    gold["t00"] = a_gold("t00", 1)
    proposal = propose_tasks(tasks, gold, RUBRIC, criteria=("sharp",))

    assert "Levels 2, 3 and 4 of Sharp have no task (nor has any other task)." in proposal.warnings
    assert any(warning.startswith("Only extremes") for warning in proposal.warnings)
    assert any(warning.startswith("No boundary case") for warning in proposal.warnings)


def test_a_source_comes_twice_only_where_nothing_else_is_left() -> None:
    """With sources enough none repeats; with one source for all it is said."""
    sources = {task.id: task.source for task in a_pool()[0]}
    chosen = [sources[name] for name in proposed().ids]
    same = [a_task(number, source="one") for number in range(8)]
    proposal = propose_tasks(same, {}, RUBRIC, n=8)

    assert len(chosen) == len(set(chosen))
    assert any("come from the same source" in warning for warning in proposal.warnings)


def test_a_sensitive_task_is_the_last_resort_and_comes_with_a_warning() -> None:
    """Among others it stays out; where it is needed, its content note is told."""
    tasks, gold = a_pool()
    tasks = [task.model_copy(update={"sensitive": task.id < "t20"}) for task in tasks]
    among_others = propose_tasks(tasks, gold, RUBRIC, n=8)
    needed = propose_tasks([a_task(1, sensitive=True, content_note="An operation.")], {}, RUBRIC, n=8)

    assert not any(one.sensitive for one in among_others.tasks)
    assert [one.sensitive for one in needed.tasks] == [True]
    assert (
        "t01 is sensitive (An operation): it opens behind a note, and minutes never show it."
        in needed.warnings
    )


def test_a_swap_keeps_the_place_and_the_role() -> None:
    """The next best for the same role comes in; the others stay, and the first one never returns."""
    proposal = proposed()
    at = roles(proposal).index("low")
    gone = proposal.ids[at]
    once = proposal.swapped(gone)
    twice = once.swapped(once.ids[at])

    assert roles(once) == roles(proposal)
    assert [one for one in once.ids if one not in proposal.ids] == [once.ids[at]]
    assert gone not in twice.ids
    assert proposal.ids[at] == gone


def test_where_a_role_is_used_up_another_task_takes_the_place() -> None:
    """The only unlabelled task swapped out leaves a labelled one and the warning."""
    proposal = propose_tasks(*a_pool(unlabelled=1), RUBRIC, criteria=("sharp",))
    swapped = proposal.swapped(proposal.ids[0])

    assert (proposal.tasks[0].role, swapped.tasks[0].role) == ("unlabelled", "range")
    assert any(warning.startswith("No unlabelled task") for warning in swapped.warnings)


def test_a_swap_of_the_last_task_is_refused_in_words() -> None:
    """Without any other task the proposal stays, and the error says what to do."""
    proposal = propose_tasks([a_task(1)], {}, RUBRIC)
    with pytest.raises(RoundError, match="No other task is left to take the place of 't01'"):
        proposal.swapped("t01")


def test_a_swap_of_a_stranger_names_the_nearest() -> None:
    """A misspelt task is answered with the one that was meant."""
    with pytest.raises(UnknownName, match="No task 'nobody' in the proposal"):
        proposed().swapped("nobody")


def test_every_task_says_why_it_is_there() -> None:
    """The reasons name gold and criterion, for the lead's eyes."""
    why = {one.role: one.why for one in proposed().tasks}

    assert why["unlabelled"] == "no gold yet"
    assert why["boundary"] == "boundary: gold accepts 2 or 3 on Sharp"
    assert why["low"] in ("low: 1 on Sharp", "low: 2 on Sharp")
    assert why["middle"] in ("middle: 3 on Sharp", "middle: 2 or 3 on Sharp")


def test_gold_of_another_rubric_and_tasks_of_another_kind_do_not_count() -> None:
    """A task labelled under other words is unlabelled here; a pair is no edit."""
    pair = Task(id="p", kind="pair", images={"a": "a.png", "b": "b.png"})
    other = a_gold("t01", 3, rubric="other")
    proposal = propose_tasks([a_task(1), pair], {"t01": other}, RUBRIC)

    assert proposal.ids == ("t01",)
    assert proposal.tasks[0].role == "unlabelled"


def test_a_task_whose_gold_is_silent_on_the_criteria_is_of_no_use() -> None:
    """One that stops at a gate has nothing to calibrate on the chosen criterion."""
    stopped = a_gold("t01", 3, answers={"safety": GoldAnswer(accepted=("violates",))})
    proposal = propose_tasks(
        [a_task(1), a_task(2)], {"t01": stopped, "t02": a_gold("t02", 3)}, RUBRIC, criteria=("sharp",)
    )

    assert proposal.ids == ("t02",)


def test_a_hard_task_is_a_boundary_case_although_gold_accepts_one_level() -> None:
    """What gold or the task's tag calls hard lies between levels for most people."""
    hard = a_gold("t01", 3, difficulty="hard")
    proposal = propose_tasks([a_task(1)], {"t01": hard}, RUBRIC, criteria=("sharp",))

    assert proposal.tasks[0][:2] == ("t01", "boundary: said to be hard")


def test_choices_can_be_calibrated_too() -> None:
    """A gate has no low and high; its answers are covered, and those without a task are named."""
    gold = {
        f"t{number:02}": a_gold(
            f"t{number:02}", 3, answers={"safety": GoldAnswer(accepted=(("ok", "narrow")[number % 2],))}
        )
        for number in range(20)
    }
    tasks = [a_task(number) for number in range(20)]
    proposal = propose_tasks(tasks, gold, RUBRIC, criteria=("safety",))

    assert proposal.coverage.set_index("level")["n"][["ok", "narrow"]].min() >= 1
    assert "Answer violates of Safety has no task (nor has any other task)." in proposal.warnings


def test_nothing_to_choose_from_is_a_sentence() -> None:
    """Without tasks there is an empty proposal that says so."""
    proposal = propose_tasks([], {}, RUBRIC)

    assert (proposal.ids, proposal.finding.split(";")[0]) == ((), "There is no task to propose")
    assert "Only 0 tasks of 10 can be proposed." in str(proposal)
    assert "<table" in proposal._repr_html_()


def test_few_tasks_are_called_few() -> None:
    """A number that suits no meeting is proposed as asked, with a word about it."""
    assert "3 tasks are few for one meeting; 8 to 12 work best." in proposed(n=3).warnings


def test_impossible_numbers_and_names_are_refused() -> None:
    """No tasks at all, or a criterion that the rubric lacks, are errors that say what is allowed."""
    with pytest.raises(RatingsError, match="at least 1, got 0"):
        proposed(n=0)
    with pytest.raises(UnknownName, match="Did you mean 'sharp'"):
        proposed(criteria=("sharpp",))


@settings(max_examples=25, deadline=None)
@given(count=st.integers(0, 25), n=st.integers(1, 14), unlabelled=st.integers(0, 5), seed=st.integers(0, 9))
def test_any_pool_gives_as_many_as_there_are(count: int, n: int, unlabelled: int, seed: int) -> None:
    """Whatever there is, no task comes twice, and there are as many as asked for or available."""
    tasks, gold = a_pool(count, min(unlabelled, count))
    proposal = propose_tasks(tasks, gold, RUBRIC, n=n, criteria=("sharp",), seed=seed)

    assert len(set(proposal.ids)) == len(proposal.tasks) == min(n, count)
