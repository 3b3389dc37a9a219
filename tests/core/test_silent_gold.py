"""Silent gold is mixed in at its share, the same after every restart, and never what a person knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.silent_gold import MOST_SHARE, with_silent_gold
from evalwidgets.core.task import Task
from evalwidgets.errors import TaskError

from ..samples import an_edit

WORK = [an_edit(f"w{number:02}") for number in range(18)]
GOLD = [an_edit(f"g{number:02}") for number in range(30)]


def mixed(
    share: float = 0.1, reviewer: str = "ana", seed: object = 0, seen: tuple[str, ...] = ()
) -> list[Task]:
    """Return ana's work with gold in it."""
    return list(with_silent_gold(WORK, GOLD, share=share, reviewer=reviewer, seed=seed, seen=seen))


def gold_in(tasks: list[Task]) -> set[str]:
    """Return the gold tasks among these."""
    return {task.id for task in tasks if task in GOLD}


@given(
    st.floats(0, MOST_SHARE),
    st.sets(st.sampled_from([task.id for task in GOLD])),
    st.sampled_from(["ana", "ben", "Çem"]),
)
def test_work_stays_whole_and_what_is_known_stays_out(share: float, seen: set[str], reviewer: str) -> None:
    """All work comes in its order; gold at its share, while there is some that this person has not seen."""
    tasks = mixed(share, reviewer, seen=tuple(seen))

    assert WORK == [task for task in tasks if task in WORK]
    assert not gold_in(tasks) & seen
    wanted = max(1, round(len(WORK) * share / (1 - share))) if share else 0
    assert min(wanted, len(GOLD) - len(seen)) == len(tasks) - len(WORK)


def test_the_choice_is_each_persons_own_and_stays() -> None:
    """After a restart it is the same; another person, or another seed, gets another."""
    assert mixed(0.25) == mixed(0.25)
    assert gold_in(mixed(0.25)) != gold_in(mixed(0.25, reviewer="ben"))
    assert gold_in(mixed(0.25)) != gold_in(mixed(0.25, seed=1))


def test_one_that_becomes_known_is_replaced_and_all_others_stay() -> None:
    """Ranks do not move when a task is taken out."""
    before = gold_in(mixed(0.25))
    known = min(before)

    after = gold_in(mixed(0.25, seen=(known,)))

    assert (before - {known}, len(before)) == (before & after, len(after))


def test_gold_that_is_work_anyway_does_not_come_twice() -> None:
    """A task of the work may have gold; it is no silent gold then."""
    tasks = with_silent_gold(WORK, WORK, share=0.2, reviewer="ana", seed=0)

    assert tuple(WORK) == tasks


def test_gold_stands_among_the_work_where_the_order_is_kept() -> None:
    """Appended at the end it could be told from its place."""
    places = [place for place, task in enumerate(mixed(0.4)) if task in GOLD]

    assert min(places) < 9
    assert places != list(range(18, 18 + len(places)))


@pytest.mark.parametrize("share", [-0.1, 0.51, float("nan")])
def test_a_share_out_of_range_is_refused(share: float) -> None:
    """More than half is an exam."""
    with pytest.raises(TaskError, match=r"from 0 to 0\.5"):
        mixed(share)
