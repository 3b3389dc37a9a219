"""A draft of gold accepts what is picked, keeps the rest, and says how it differs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_changes import NOT_APPLICABLE
from evalwidgets.core.gold_draft import differences, empty_draft, explained, may_be_picked, toggled
from evalwidgets.errors import GoldError

from ..samples import every_control

RUBRIC = every_control()
QUALITY = RUBRIC.criterion("quality")
GOLD = Gold(
    task="t1",
    rubric="every-control",
    rubric_version="1.0.0",
    answers={"quality": GoldAnswer(accepted=(4, 5), tolerance=0.0, rationale="No blur.")},
    rationale="Teaches blur.",
)


def accepted(draft: Gold) -> tuple[Any, ...]:
    """Return what the draft accepts of quality."""
    return draft.answers["quality"].accepted


def test_a_value_is_accepted_and_no_longer() -> None:
    """Values stand in the order of the scale, whatever was picked first; tolerance and reason stay."""
    wider = toggled(GOLD, QUALITY, 3)

    assert (3, 4, 5) == accepted(wider)
    assert (0.0, "No blur.") == (wider.answers["quality"].tolerance, wider.answers["quality"].rationale)
    assert (3, 5) == accepted(toggled(wider, QUALITY, 4))
    assert (4, 5) == accepted(GOLD)


def test_not_applicable_stands_alone() -> None:
    """It replaces every value, is replaced by any, and taken back leaves no gold."""
    na = toggled(GOLD, QUALITY, NOT_APPLICABLE)

    assert (na.answers["quality"].na, accepted(na)) == (True, ())
    assert (2,) == accepted(toggled(na, QUALITY, 2))
    assert {} == toggled(na, QUALITY, NOT_APPLICABLE).answers
    fresh = empty_draft("t2", RUBRIC, "lee")
    assert toggled(fresh, QUALITY, NOT_APPLICABLE).answers["quality"].na


def test_a_criterion_of_which_nothing_is_accepted_has_no_gold() -> None:
    """The last value that is taken away takes the criterion with it."""
    draft = toggled(toggled(GOLD, QUALITY, 4), QUALITY, 5)

    assert {} == draft.answers
    assert ["Quality: 4 or 5 (±0) → no gold"] == [str(one) for one in differences(GOLD, draft, RUBRIC)]


@pytest.mark.parametrize("name", ["defects", "number", "differs", "places"])
def test_open_answers_are_not_picked(name: str) -> None:
    """Sets of sets, numbers, texts and places are read, and changed in the file."""
    criterion = RUBRIC.criterion(name)

    assert not may_be_picked(criterion, None)
    with pytest.raises(GoldError, match="is no set of declared values"):
        toggled(GOLD, criterion, 1)


def test_a_distribution_is_not_picked() -> None:
    """Where experts differ by design, no value is switched on or off."""
    split = GOLD.model_copy(update={"answers": {"quality": GoldAnswer(distribution={"3": 0.5, "4": 0.5})}})

    with pytest.raises(GoldError, match="is no set of declared values"):
        toggled(split, QUALITY, 3)


def test_a_value_off_the_scale_is_refused() -> None:
    """The refusal names what there is."""
    with pytest.raises(GoldError, match=r"Quality: expected one of 1, 2, 3, 4, 5, got 7"):
        toggled(GOLD, QUALITY, 7)


def test_differences_tell_values_reasons_and_words() -> None:
    """Each with what was before; the order in which a file lists values is no difference."""
    draft = explained(toggled(GOLD, QUALITY, 4), "quality", " Sharp at 100 %. ")
    draft = draft.model_copy(update={"rationale": "", "concepts": ("blur",), "difficulty": "hard"})
    turned = GOLD.model_copy(update={"answers": {"quality": GoldAnswer(accepted=(5, 4), tolerance=0.0)}})

    assert [
        "Quality: 4 or 5 (±0) → 5 (±0)",
        "Why (Quality): No blur. → Sharp at 100 %.",
        "Rationale: Teaches blur. → nothing",
        "Difficulty: nothing → hard",
        "Concepts: none → blur",
    ] == [str(one) for one in differences(GOLD, draft, RUBRIC)]
    assert ["Why (Quality)"] == [one.label for one in differences(GOLD, turned, RUBRIC)]


def test_there_is_nothing_to_explain_without_an_answer() -> None:
    """A reason alone makes no gold."""
    assert GOLD == explained(GOLD, "adherence", "because")


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, NOT_APPLICABLE]), max_size=8))
def test_a_draft_is_always_valid_gold(picked: list[Any]) -> None:
    """Whatever is switched in whatever order, what is left is gold that can be stored."""
    draft = empty_draft("t1", RUBRIC, "lee")
    for value in picked:
        draft = toggled(draft, QUALITY, value)

    assert draft == Gold.model_validate_json(draft.model_dump_json())
    assert (draft.answers == {}) == (differences(empty_draft("t1", RUBRIC, "lee"), draft, RUBRIC) == ())
