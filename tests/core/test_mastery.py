"""Mastery: reached by telling two sides apart, due after days, and lost again."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.boundary import Boundary, Side, boundaries
from evalwidgets.core.mastery import Mastery, MasteryRule, mastery_of
from evalwidgets.core.trial import Trial

from ..samples import every_control
from .trainees import DAY, MINUTE, MORNING

RUBRIC = every_control()
EDGE = Boundary(criterion="adherence", lower=3)
RIGHT: tuple[tuple[Side, Side], ...] = (("above", "above"), ("below", "below"))
SIDES = st.sampled_from(["above", "below"])
Pair = tuple[Side, Side]
"""The right side and the said one."""


def trials(
    pairs: Iterable[Pair], start: datetime = MORNING, *, per_review: int = 1, tasks: int = 3
) -> list[Trial]:
    """Return trials at one boundary, one a minute; neighbouring ones may share a review."""
    return [
        Trial(
            boundary=EDGE,
            right=right,
            said=said,
            task=f"{right} {number // 2 % tasks}",
            review=f"{start} {number // per_review}",
            at=start + number * MINUTE,
            seconds=30,
            confidence=2,
        )
        for number, (right, said) in enumerate(pairs)
    ]


def standing(
    met: Sequence[Trial],
    now: datetime | None = None,
    rule: MasteryRule = MasteryRule(),  # noqa: B008
) -> Mastery:
    """Return where the learner of these trials stands, by default right after the last."""
    return mastery_of(RUBRIC, met, now or met[-1].at, rule)[EDGE]


def mastered() -> list[Trial]:
    """Return five right trials on each side; the last is at 9:09."""
    return trials(RIGHT * 5)


NINTH = MORNING + 9 * MINUTE
"""When the trials of `mastered` end."""


def test_every_boundary_of_the_rubric_is_listed_and_new_without_a_trial() -> None:
    """The map is whole from the first minute on."""
    found = mastery_of(RUBRIC, [], MORNING)

    assert tuple(found) == boundaries(RUBRIC)
    assert set(found.values()) == {Mastery(boundary=one) for one in boundaries(RUBRIC)}


def test_the_counts_are_those_of_signal_detection() -> None:
    """Hits and misses are counted where above is right, false alarms and rejections where below is."""
    pairs: list[Pair] = [("above", "above")] * 3 + [("above", "below")] * 2 + [("below", "above")]
    found = standing(trials([*pairs, *[("below", "below")] * 4]))

    counts = (found.hits, found.misses, found.false_alarms, found.correct_rejections)
    assert counts == (3, 2, 1, 4)
    assert (found.state, found.last_at) == ("learning", NINTH)


def test_enough_right_trials_on_both_sides_master_a_boundary() -> None:
    """Five right on each side do, four and five do not yet."""
    assert standing(mastered()).state == "mastered"
    assert standing(mastered()[:-1]).state == "learning"


@pytest.mark.parametrize("right", ["above", "below"])
def test_one_side_alone_never_masters(right: Side) -> None:
    """Any number of right trials on one side shows no sensitivity."""
    found = standing(trials([(right, right)] * 60))

    assert (found.state, found.sensitivity, found.bias) == ("learning", None, None)


@given(st.lists(SIDES, min_size=1, max_size=200), SIDES)
def test_always_the_same_answer_never_masters(right: list[Side], said: Side) -> None:
    """However the tasks come, at no moment does a constant answer count as mastery."""
    found = standing(trials([(one, said) for one in right]))

    assert (found.state, found.due) == ("learning", None)


def test_a_single_task_on_a_side_is_learnt_by_heart() -> None:
    """Right trials on one and the same task show that the task is known, not the boundary."""
    assert standing(trials(RIGHT * 9, tasks=1)).state == "learning"
    assert standing(trials(RIGHT * 9, tasks=3)).state == "mastered"


def test_the_last_trials_must_be_right() -> None:
    """A miss at the end delays mastery until a run of right trials follows it."""
    missed: list[Pair] = [*RIGHT * 9, ("below", "above")]
    rule = MasteryRule(least=10)

    assert standing(trials([*missed, *RIGHT]), rule=rule).state == "learning"
    assert standing(trials([*missed, *RIGHT * 2]), rule=rule).state == "mastered"


def test_the_last_right_trials_must_not_lie_in_neighbouring_tasks() -> None:
    """Right over four reviews they show the boundary; in fewer they may show the moment."""
    wrong_first: list[Pair] = [("below", "above"), *RIGHT * 8]

    assert standing(trials(wrong_first, per_review=6)).state == "learning"
    assert standing(trials(wrong_first, per_review=4)).state == "mastered"
    assert standing(trials(RIGHT * 5, per_review=5), rule=MasteryRule(spacing=1)).state == "mastered"


def test_only_the_latest_trials_count() -> None:
    """What a learner missed at the start is forgotten once they are good."""
    poor: list[Pair] = [("above", "below"), ("below", "above")] * 20
    found = standing(trials([*poor, *RIGHT * 12]))

    assert (found.hits, found.misses, found.false_alarms) == (12, 0, 0)
    assert found.state == "mastered"


def test_a_lenient_learner_is_told_so_and_masters_nothing() -> None:
    """Right above and wrong below is a bias, and no sensitivity."""
    found = standing(trials([("above", "above"), ("below", "above")] * 20))

    assert found.state == "learning"
    assert found.sensitivity == pytest.approx(0)
    assert (found.bias or 0) > 1


def test_mastery_is_due_after_one_three_and_seven_days() -> None:
    """Each success at a due look climbs a step; the last step repeats."""
    met = mastered()
    for days in (1, 3, 7, 7):
        due = met[-1].at + days * DAY
        assert standing(met).due == due
        assert standing(met, due - MINUTE).state == "mastered"
        assert standing(met, due).state == "due"
        met += trials(RIGHT[:1], due)
        assert standing(met).state == "mastered"


def test_a_success_before_the_day_climbs_no_step() -> None:
    """Practising more on one day does not replace the days between."""
    met = [*mastered(), *trials(RIGHT * 4, MORNING + 60 * MINUTE)]

    assert standing(met).due == NINTH + DAY


def test_a_miss_when_due_goes_back_to_learning_and_to_the_first_step() -> None:
    """After three right trials it is mastered anew, and due on the next day."""
    climbed = [*mastered(), *trials(RIGHT, NINTH + DAY)]
    missed = [*climbed, *trials([("below", "above")], NINTH + 5 * DAY)]
    again = [*missed, *trials([*RIGHT, *RIGHT], NINTH + 5 * DAY + MINUTE)]

    assert (standing(missed).state, standing(missed).due) == ("learning", None)
    assert standing(again).state == "mastered"
    assert standing(again).due == again[-1].at + DAY


def test_a_slip_before_the_day_is_forgiven_and_a_series_is_not() -> None:
    """One miss keeps the due date; when sensitivity falls below the floor, learning begins anew."""
    slip = [*mastered(), *trials([("below", "above")], NINTH + MINUTE)]
    series = [*slip, *trials([("above", "below"), ("below", "above")], NINTH + 2 * MINUTE)]

    assert (standing(slip).state, standing(slip).due) == ("mastered", NINTH + DAY)
    assert standing(series).state == "learning"


def test_trials_at_a_boundary_that_the_rubric_no_longer_has_are_left_out() -> None:
    """A narrowed rubric shows its own boundaries only."""
    foreign = mastered()[0].model_copy(update={"boundary": Boundary(criterion="gone", lower=1)})

    assert tuple(mastery_of(RUBRIC, [foreign], MORNING)) == boundaries(RUBRIC)


@given(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=60), st.timedeltas(timedelta(0), timedelta(30)))
def test_what_is_mastered_has_a_date_and_what_is_not_has_none(pairs: list[Pair], wait: timedelta) -> None:
    """A due date belongs to mastered and due boundaries, and lies on the right side of now."""
    met = trials(pairs)
    now = met[-1].at + wait
    found = standing(met, now)

    assert (found.due is not None) == (found.state in ("mastered", "due"))
    assert found.due is None or (found.due <= now) == (found.state == "due")


def test_chance_masters_a_boundary_in_fewer_than_one_of_a_hundred() -> None:
    """A die over levels 1 to 5 says above k|k+1 with these shares; 200 trials are not enough for luck."""
    chance = random.Random(5)
    shares = [(says, right) for says in (0.2, 0.4, 0.6, 0.8) for right in (0.15, 0.5, 0.85)]

    lucky = [_ever_mastered(chance, *shares[number % len(shares)]) for number in range(1200)]

    assert sum(lucky) < 0.01 * len(lucky)


def _ever_mastered(chance: random.Random, says_above: float, share_above: float) -> bool:
    pairs: list[Pair] = [
        (
            "above" if chance.random() < share_above else "below",
            "above" if chance.random() < says_above else "below",
        )
        for _ in range(200)
    ]
    # Never falling back and never climbing, so that the last state tells whether it was ever mastered.
    rule = MasteryRule(floor=-9)
    return standing(trials(pairs), rule=rule).state == "mastered"
