"""How a review compares with gold: signed, against the nearest accepted value, within tolerance."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evalwidgets.core.feedback import CriterionFeedback, feedback, signed_difference
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.review import Answer, Sheet

from ..samples import every_control

RUBRIC = every_control()
NUMBERS = st.lists(st.integers(1, 5), min_size=1, max_size=4)


def compare(criterion: str, answer: Answer | Any, **gold: Any) -> CriterionFeedback:
    """Return the feedback on one answer against one gold answer."""
    said = answer if isinstance(answer, Answer) else Answer(value=answer)
    sheet = Sheet(answers={} if said.empty else {criterion: said})
    (told,) = feedback(RUBRIC, sheet, gold_of({criterion: GoldAnswer(**gold)}))
    return told


def gold_of(answers: dict[str, GoldAnswer]) -> Gold:
    """Return gold with these answers."""
    return Gold(task="t", rubric=RUBRIC.id, rubric_version=RUBRIC.version, answers=answers)


@pytest.mark.parametrize(
    ("given", "accepted", "verdict", "difference"),
    [
        (4, (4,), "exact", 0),
        (5, (4,), "within", 1),
        (3, (4,), "within", -1),
        (5, (3,), "too_lenient", 2),
        (1, (4,), "too_strict", -3),
        (3, (2, 5), "within", 1),
        (1, (3, 4), "too_strict", -2),
        (5, (1, 2), "too_lenient", 3),
        (4, (3, 4), "exact", 0),
    ],
)
def test_a_level_is_told_with_its_sign_from_the_nearest_accepted(
    given: int, accepted: tuple[int, ...], verdict: str, difference: float
) -> None:
    """Higher is lenient, lower is strict; five levels have a tolerance of one."""
    told = compare("adherence", given, accepted=accepted)

    assert (verdict, difference) == (told.verdict, told.difference)


@pytest.mark.parametrize(
    ("criterion", "given", "accepted", "verdict"),
    [
        ("figure", 2, 3, "too_strict"),
        ("figure", 3, 2, "too_lenient"),
        ("safety", "ok", "violates", "different"),
        ("change", "yes", "no", "different"),
        ("number", 4, 3, "too_lenient"),
        ("defects", ["halo"], ["halo", "remnant"], "different"),
    ],
)
def test_short_scales_gates_and_open_answers_are_judged_exactly(
    criterion: str, given: Any, accepted: Any, verdict: str
) -> None:
    """Without a declared tolerance only a scale of four levels or more has one."""
    assert compare(criterion, given, accepted=(accepted,)).verdict == verdict
    assert compare(criterion, accepted, accepted=(accepted,)).verdict == "exact"


def test_gold_may_set_its_own_tolerance() -> None:
    """A tolerance of gold replaces the criterion's, also when it is 0."""
    assert compare("adherence", 5, accepted=(4,), tolerance=0).verdict == "too_lenient"
    assert compare("adherence", 2, accepted=(4,), tolerance=2).verdict == "within"


def test_not_applicable_is_right_exactly_where_gold_says_so() -> None:
    """A rating where nothing applies is different, and so is "not applicable" where gold has a level."""
    assert compare("quality", Answer(na="hidden"), na=True).verdict == "exact"
    assert compare("quality", Answer(), na=True).verdict == "exact"
    assert compare("quality", 3, na=True).verdict == "different"
    assert compare("quality", Answer(na="hidden"), accepted=(3,)).verdict == "different"


def test_an_answer_that_was_not_given_is_missing() -> None:
    """Silence is neither strict nor lenient."""
    told = compare("adherence", Answer(), accepted=(3,))

    assert (told.verdict, told.difference, told.given) == ("missing", None, None)


@pytest.mark.parametrize(
    "gold", [{"distribution": {"halo": 0.5, "remnant": 0.5}}, {"order": ("halo", "remnant")}]
)
def test_where_no_single_answer_is_right_nothing_is_judged(gold: dict[str, Any]) -> None:
    """Distributions and orders give no verdict on one answer."""
    assert compare("better", "halo", **gold).verdict == "not_judged"


def test_feedback_follows_the_rubric_and_leaves_out_what_gold_leaves_out() -> None:
    """The order is the rubric's, whatever the order of gold."""
    gold = gold_of(
        {"quality": GoldAnswer(accepted=(3,), rationale="A seam."), "safety": GoldAnswer(accepted=("ok",))}
    )

    told = feedback(RUBRIC, Sheet(), gold)

    assert [(one.criterion, one.rationale) for one in told] == [("safety", ""), ("quality", "A seam.")]


@given(st.integers(1, 5), NUMBERS)
def test_the_difference_is_the_smallest_in_size(value: int, accepted: list[int]) -> None:
    """No accepted level is nearer than the one that is compared with."""
    difference = signed_difference(value, tuple(accepted))

    assert difference is not None
    assert abs(difference) == min(abs(value - one) for one in accepted)
    assert value - difference in accepted


@given(st.integers(1, 5), NUMBERS)
@example(3, [2, 4])
def test_the_order_in_which_gold_lists_its_levels_plays_no_part(value: int, accepted: list[int]) -> None:
    """Between two levels that are equally near, the higher one counts: strictness is not hidden."""
    assert signed_difference(value, tuple(accepted)) == signed_difference(value, tuple(reversed(accepted)))


@given(st.integers(1, 5), NUMBERS)
def test_a_scale_turned_upside_down_turns_the_sign(value: int, accepted: list[int]) -> None:
    """Strict becomes lenient, apart from ties between two levels."""
    difference = signed_difference(value, tuple(accepted))
    turned = signed_difference(-value, tuple(-one for one in accepted))

    nearest = {one for one in accepted if abs(value - one) == abs(difference or 0)}
    assert len(nearest) > 1 or difference == -(turned or 0)


@pytest.mark.parametrize(("value", "accepted"), [("yes", ("no",)), (3, ("3",)), (True, (1,)), (None, (3,))])
def test_what_is_no_number_has_no_difference(value: Any, accepted: tuple[Any, ...]) -> None:
    """Options have no distance, and truth is no level."""
    assert signed_difference(value, accepted) is None
