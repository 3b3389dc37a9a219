"""The overall score: each rule, its caps, and the sentence when there is none."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.overall import overall_score
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task

from .sample_rubrics import a_rubric, a_sheet, ordinal

LEVEL = st.integers(1, 5)
SHEETS = st.builds(
    lambda sharp, light, figure: a_sheet(safety="ok", sharp=sharp, light=light, figure=figure),
    LEVEL,
    LEVEL | st.just("na:dark"),
    LEVEL,
)
CAPS = st.lists(
    st.builds(
        lambda by, level, limited, most: {
            "when": {"answer": by, "at_most": level},
            "criterion": limited,
            "at_most": most,
            "because": "of a test",
        },
        st.sampled_from(["sharp", "light", "figure"]),
        LEVEL,
        st.sampled_from([None, "sharp", "light", "figure"]),
        st.integers(1, 5),
    ),
    max_size=4,
    unique_by=lambda cap: (cap["criterion"], str(cap["when"])),
)


def task(*subjects: str) -> Task:
    """Return an edit task with these subjects."""
    images = {"original": "a.png", "edited": "b.png"}
    return Task(id="t", kind="edit", images=images, instruction="Do it.", tags={"subjects": subjects})


def cap(when: dict[str, Any], at_most: float, criterion: str | None = None) -> dict[str, Any]:
    """Return a cap."""
    return {"when": when, "at_most": at_most, "criterion": criterion, "because": "of a test"}


def three(**changes: Any) -> Rubric:
    """Return the sample rubric with three criteria that always apply."""
    criteria = [
        ordinal("sharp", weight=3),
        ordinal("light", weight=1, na_reasons=[{"id": "dark", "name": "Too dark"}]),
        ordinal("figure", weight=1),
    ]
    return a_rubric(criteria=criteria, **changes)


def test_the_weighted_mean_scales_the_weights_to_what_has_a_level() -> None:
    """3 x 5 and 1 x 1 give 4; without the second it is 5, not 3.75."""
    both = overall_score(a_rubric(), a_sheet(safety="ok", sharp=5, light=1), task())
    one = overall_score(a_rubric(), a_sheet(safety="ok", sharp=5, light="na:dark"), task())

    assert both.score == both.uncapped == 4
    assert one.score == 5


@given(LEVEL, SHEETS)
def test_the_weighted_mean_of_one_level_is_that_level(level: int, sheet: Any) -> None:
    """Whatever is not applicable, equal levels give that level: the weights are scaled to 1."""
    same = {name: answer for name, answer in sheet.answers.items() if answer.na}
    equal = a_sheet(safety="ok", sharp=level, light=level, figure=level)
    sheet = equal.model_copy(update={"answers": {**equal.answers, **same}})

    assert math.isclose(overall_score(three(), sheet).score or 0, level)


@given(SHEETS, CAPS)
def test_the_score_is_never_above_a_fired_cap(sheet: Any, caps: list[dict[str, Any]]) -> None:
    """Caps only lower: the score is at most the uncapped one and every fired overall cap."""
    result = overall_score(three(caps=caps), sheet)

    assert result.score is not None
    assert result.uncapped is not None
    assert result.score <= result.uncapped + 1e-12
    assert all(result.score <= fired.at_most for fired in result.fired if fired.criterion is None)


@given(SHEETS, CAPS)
def test_a_score_that_was_lowered_names_the_cap_that_did_it(sheet: Any, caps: list[dict[str, Any]]) -> None:
    """Without a fired cap the score is the uncapped one; without the fired ones none is left."""
    rubric = three(caps=caps)
    result = overall_score(rubric, sheet)
    kept = tuple(one for one in rubric.caps if one not in result.fired)

    assert result.fired or result.score == result.uncapped
    assert not [
        fired
        for fired in overall_score(rubric.model_copy(update={"caps": kept}), sheet).fired
        if fired.criterion
    ]


@given(SHEETS, CAPS, st.randoms(use_true_random=False))
def test_the_order_of_caps_and_criteria_makes_no_difference(
    sheet: Any, caps: list[dict[str, Any]], random: Any
) -> None:
    """Shuffled caps and criteria give the same score and the same fired caps."""
    rubric = three(caps=caps)
    shuffled = rubric.model_copy(
        update={
            "caps": tuple(random.sample(rubric.caps, len(rubric.caps))),
            "criteria": tuple(random.sample(rubric.criteria, len(rubric.criteria))),
        }
    )

    result, other = overall_score(rubric, sheet), overall_score(shuffled, sheet)

    assert math.isclose(other.score or 0, result.score or 0)
    assert {str(fired) for fired in other.fired} == {str(fired) for fired in result.fired}


def test_a_cap_on_a_criterion_limits_its_level_inside_the_score() -> None:
    """Sharp 5 counts as 3 when light is 1: (3 x 3 + 1) / 4."""
    rubric = a_rubric(caps=[cap({"answer": "light", "equals": 1}, 3, "sharp")])

    result = overall_score(rubric, a_sheet(safety="ok", sharp=5, light=1), task())

    assert result.uncapped == 4
    assert result.score == 2.5
    assert result.fired == rubric.caps


def test_a_cap_that_limits_nothing_has_not_fired() -> None:
    """Its condition holds, but the score is below it anyway."""
    rubric = a_rubric(caps=[cap({"answer": "light", "equals": 1}, 3)])

    result = overall_score(rubric, a_sheet(safety="ok", sharp=1, light=1), task())

    assert result.score == 1
    assert result.fired == ()


def test_every_cap_that_would_limit_the_score_is_told() -> None:
    """Two overall caps hold; the lower one decides, and both are listed."""
    caps = [cap({"answer": "light", "at_most": 2}, 3), cap({"answer": "light", "equals": 1}, 1.5)]
    rubric = a_rubric(caps=caps)

    result = overall_score(rubric, a_sheet(safety="ok", sharp=5, light=1), task())

    assert result.score == 1.5
    assert result.fired == rubric.caps


def test_the_geometric_mean_of_minima_takes_the_worst_of_each_family() -> None:
    """min(4, 2) and 5 give the square root of 10; what is not applicable is left out."""
    rule = {"kind": "geometric_mean_of_minima", "families": [["sharp", "light"], ["figure"]]}

    result = overall_score(three(overall=rule), a_sheet(safety="ok", sharp=4, light=2, figure=5))
    without = overall_score(three(overall=rule), a_sheet(safety="ok", sharp=4, light="na:dark", figure=5))

    assert result.score == pytest.approx(math.sqrt(10))
    assert without.score == pytest.approx(math.sqrt(20))


def test_the_first_row_of_the_table_that_holds_decides() -> None:
    """Rows are read from the top; `otherwise` is what is left."""
    rows = [
        {"when": {"answer": "sharp", "equals": 1}, "score": 0},
        {"when": {"answer": "sharp", "at_most": 3}, "score": 0.5},
    ]
    rubric = three(overall={"kind": "decision_table", "table": rows, "otherwise": 1})

    scores = [
        overall_score(rubric, a_sheet(safety="ok", sharp=n, light=1, figure=1)).score for n in (1, 2, 4)
    ]

    assert scores == [0, 0.5, 1]


@pytest.mark.parametrize(("light", "expected"), [(5, 1), (4, 0), ("na:dark", 1)])
def test_all_full_asks_for_the_top_of_every_scale(light: Any, expected: float) -> None:
    """1 when each level is the highest of its scale; what is not applicable does not count."""
    sheet = a_sheet(safety="ok", sharp=5, light=light, figure=5)

    assert overall_score(three(overall={"kind": "all_full"}), sheet).score == expected


TABLE = {"kind": "decision_table", "table": [{"when": {"answer": "sharp", "equals": 1}, "score": 0}]}
ON_TAGS = {"kind": "decision_table", "table": [{"when": {"tag": "style", "equals": "x"}, "score": 0}]}
FULL = {"safety": "ok", "sharp": 5, "light": 5, "figure": 5}


@pytest.mark.parametrize(
    ("overall", "values", "why"),
    [
        ({"kind": "none"}, FULL, "this rubric shows the profile of its criteria only."),
        ({"kind": "all_full"}, {"safety": "violates"}, "the review ended at Safety (violates)."),
        ({"kind": "all_full"}, {"safety": "narrow"}, "the review was narrowed by Safety (narrow)."),
        ({"kind": "all_full"}, {}, "not rated yet: Safety."),
        ({"kind": "weighted_mean"}, {**FULL, "sharp": None}, "not rated yet: Sharp."),
        ({"kind": "weighted_mean"}, {**FULL, "sharp": 9}, "not on its scale: Sharp."),
        (TABLE, FULL, "no row of its table fits these answers."),
        (ON_TAGS, FULL, "its table rests on the task's tags, and the task is not at hand."),
    ],
)
def test_a_sentence_says_why_there_is_no_score(
    overall: dict[str, Any], values: dict[str, Any], why: str
) -> None:
    """No score, no caps, and the reason."""
    sheet = a_sheet(**{name: value for name, value in values.items() if value is not None})

    result = overall_score(three(overall=overall), sheet)

    assert (result.score, result.uncapped, result.fired) == (None, None, ())
    assert result.why == f"No overall score: {why}"


def test_nothing_but_not_applicable_gives_no_score() -> None:
    """A mean of nothing is told, not computed."""
    dark = [{"id": "dark", "name": "Too dark"}]
    criteria = [ordinal("light", weight=1, na_reasons=dark)]
    rubric = a_rubric(gates=[], criteria=criteria)

    result = overall_score(rubric, a_sheet(light="na:dark"))

    assert result.why == "No overall score: no criterion with a weight has a level."


@pytest.mark.parametrize(
    ("at_hand", "score"), [(None, 5), (task("figure"), None), (task("tree"), 5)], ids=["none", "yes", "no"]
)
def test_a_criterion_that_rests_on_tags_is_missed_only_when_it_applies(
    at_hand: Task | None, score: float | None
) -> None:
    """`figure` is unanswered: that counts only for a task that shows one."""
    assert overall_score(a_rubric(), a_sheet(safety="ok", sharp=5, light=5), at_hand).score == score


def test_answers_that_are_not_asked_do_not_count() -> None:
    """A figure that was rated before it turned out not to apply changes nothing."""
    sheet = a_sheet(safety="ok", sharp=5, light=5, figure=1)

    assert overall_score(a_rubric(), sheet, task("tree")).score == 5
