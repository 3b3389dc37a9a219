"""Acts: each is a step from one sheet to the next, and refuses what makes no sense."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.acts import ACTS, Setting
from evalwidgets.core.check import check
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.errors import EvalWidgetsError, UnknownName

from ..samples import a_region, an_answer, an_edit, every_control

RUBRIC = every_control()
TAGS = {"subjects": ("figure",), "edit_type": "add"}
SETTING = Setting(RUBRIC, TAGS)
OPEN = Sheet(answers={"safety": Answer(value="ok"), "change": Answer(value="yes")})
"""A sheet on which every criterion is asked."""

A_POINT = a_region(type="point", points=[(1, 2)])

ANY_ACT = (
    st.tuples(st.just("rate"), st.sampled_from([one.id for one in RUBRIC.all]), st.integers(0, 40))
    | st.tuples(
        st.just("mark_second"), st.sampled_from(["adherence", "quality", "figure"]), st.integers(1, 5)
    )
    | st.tuples(st.just("mark_na"), st.just("quality"), st.sampled_from(["hidden", None]))
    | st.tuples(st.just("give_reason"), st.just("safety"), st.sampled_from(["violence", "privacy", None]))
    | st.tuples(
        st.just("write_note"), st.sampled_from(["", "adherence", "change"]), st.sampled_from(["", "a b"])
    )
    | st.tuples(
        st.just("flag"), st.sampled_from(["edge_case", "technical"]), st.sampled_from(["", "why", None])
    )
    | st.tuples(st.just("mark"), st.just("places"), st.builds(a_region, id=st.sampled_from("abc")))
    | st.tuples(st.just("unmark"), st.just("places"), st.sampled_from("abc"))
    | st.tuples(st.just("set_confidence"), st.sampled_from([1, 2, 3, None]))
)


def do(sheet: Sheet, act: str, *said: Any) -> Sheet:
    """Do one act."""
    return ACTS[act](SETTING, sheet, *said)


def do_any(sheet: Sheet, act: str, *said: Any) -> Sheet:
    """Do one act of `ANY_ACT`, whose ratings are numbers that pick an allowed value."""
    if act == "rate":
        said = (said[0], an_answer(RUBRIC.criterion(said[0]), said[1]))
    try:
        return do(sheet, act, *said)
    except EvalWidgetsError:
        return sheet


@given(st.lists(ANY_ACT, max_size=12))
def test_no_acts_lead_to_a_sheet_with_an_unknown_name_or_an_odd_value(acts: list[tuple[Any, ...]]) -> None:
    """Whatever is done in whatever order, only incompleteness and contradictions are left to say."""
    sheet = Sheet()
    for act in acts:
        sheet = do_any(sheet, *act)

    kinds = {problem.kind for problem in check(RUBRIC, sheet, an_edit("t", tags=TAGS))}

    assert kinds <= {"missing", "contradiction", "justification", "advice"}


@given(st.lists(ANY_ACT, max_size=8), ANY_ACT)
def test_an_act_done_twice_is_done_once_or_taken_back(
    before: list[tuple[Any, ...]], act: tuple[Any, ...]
) -> None:
    """Only the second level toggles; every other act says the same thing again."""
    sheet = Sheet()
    for one in before:
        sheet = do_any(sheet, *one)

    once = do_any(sheet, *act)
    twice = do_any(once, *act)

    assert twice in ((sheet, once) if act[0] == "mark_second" else (once,))


def test_rating_keeps_the_note_and_drops_what_no_longer_fits() -> None:
    """Another value keeps the note; its reason and an equal second level go."""
    sheet = do(OPEN, "write_note", "adherence", "the brim")
    sheet = do(do(sheet, "rate", "adherence", 3), "mark_second", "adherence", 4)

    assert Answer(value=4, note="the brim") == do(sheet, "rate", "adherence", 4).answers["adherence"]


def test_a_gate_keeps_its_reason_only_while_its_answer_stays() -> None:
    """A reason belongs to the answer that it explains."""
    sheet = do(do(Sheet(), "rate", "safety", "sensitive"), "give_reason", "safety", "privacy")

    assert do(sheet, "rate", "safety", "sensitive").answers["safety"].reason == "privacy"
    assert do(sheet, "rate", "safety", "violates").answers["safety"].reason is None


def test_rating_none_takes_the_answer_back() -> None:
    """An answer that was taken back was never given."""
    sheet = do(OPEN, "rate", "adherence", 3)

    assert do(sheet, "rate", "adherence", None) == OPEN


def test_the_options_of_a_multi_are_kept_sorted_and_once() -> None:
    """The order in which options were ticked is no part of the answer."""
    sheet = do(OPEN, "rate", "defects", ["remnant", "halo", "remnant"])

    assert sheet.values["defects"] == ["halo", "remnant"]


def test_not_applicable_and_a_value_replace_each_other() -> None:
    """The later one counts."""
    rated = do(OPEN, "rate", "quality", 3)

    assert do(rated, "mark_na", "quality", "hidden").answers["quality"] == Answer(na="hidden")
    assert rated == do(do(rated, "mark_na", "quality", "hidden"), "rate", "quality", 3)


def test_taking_back_not_applicable_leaves_a_rating_alone() -> None:
    """There is nothing to take back on a criterion that is rated."""
    rated = do(OPEN, "rate", "quality", 3)

    assert rated == do(rated, "mark_na", "quality", None)


def test_text_may_be_too_short_while_it_is_being_written() -> None:
    """The first letter is taken; whether it suffices is asked when it is submitted."""
    assert do(OPEN, "rate", "differs", "t").values["differs"] == "t"


def test_a_region_is_marked_replaced_in_place_and_deleted() -> None:
    """The id says which; the order in which they were drawn stays."""
    sheet = OPEN
    for name in ("r1", "r2"):
        sheet = do(sheet, "mark", "places", a_region(id=name))

    changed = do(sheet, "mark", "places", a_region(id="r1", note="the brim"))

    assert [("r1", "the brim"), ("r2", "")] == [(one["id"], one["note"]) for one in changed.values["places"]]
    assert [a_region(id="r2")] == do(changed, "unmark", "places", "r1").values["places"]


def test_deleting_the_last_region_is_no_answer_but_finding_nothing_is_one() -> None:
    """Nobody says "looked, found none" by taking back what was drawn by mistake."""
    drawn = do(OPEN, "mark", "places", a_region())

    assert do(drawn, "unmark", "places", "r1") == OPEN
    assert do(drawn, "rate", "places", []).values["places"] == []
    assert do(do(OPEN, "rate", "places", []), "mark", "places", a_region()) == drawn


def test_regions_are_kept_whole_and_to_a_hundredth_of_a_pixel() -> None:
    """What is left out stands as its default, so every reader finds every field."""
    drawn = {**a_region(points=[(1.23456, 2), (3, 4)])}
    del drawn["note"], drawn["severity"]

    kept = do(OPEN, "mark", "places", drawn).values["places"]

    assert kept == [a_region(points=[(1.23, 2), (3, 4)])]


def test_a_flag_takes_a_remark_and_can_be_lowered() -> None:
    """Flagging again replaces the remark; None lowers the flag."""
    sheet = do(do(Sheet(), "flag", "edge_case"), "flag", "edge_case", "between 3 and 4")

    assert sheet.flags == {"edge_case": "between 3 and 4"}
    assert Sheet() == do(sheet, "flag", "edge_case", None)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (("rate", "adherance", 3), "No criterion 'adherance'.* Did you mean 'adherence'"),
        (("rate", "adherence", 6), "Adherence: expected one of 1, 2, 3, 4, 5, got 6"),
        (("rate", "adherence", "3"), "expected one of 1, 2, 3, 4, 5, got '3'"),
        (("rate", "change", "maybe"), "expected one of yes, no, got 'maybe'"),
        (("rate", "defects", ["blur"]), r"expected options among halo, remnant, got \['blur'\]"),
        (("rate", "defects", "halo"), "expected a list of options, got 'halo'"),
        (("rate", "number", 21), "expected a whole number from 0 to 20, got 21"),
        (("rate", "number", True), "expected a whole number from 0 to 20, got True"),
        (("rate", "places", [A_POINT]), "Places: expected a list of box regions, got a point as region 1"),
        (
            ("rate", "places", [a_region(label="halo")]),
            "No class 'halo' in rubric every-control",
        ),
        (("mark", "places", A_POINT), "Places: expected a list of box regions, got a point as region 1"),
        (
            ("mark", "places", {"id": "r1"}),
            "region 1: type: Field required",
        ),
        (("mark", "places", "a box"), "expected regions as they are drawn; region 1: Input should be"),
        (("mark", "defects", a_region()), "Defects: nothing can be marked here, it is answered by 'multi'"),
        (("unmark", "defects", "r1"), "Defects: nothing can be marked here"),
        (("unmark", "places", "r1"), "No region 'r1' in criterion places. Known: none"),
        (("rate", "marked", [{"word": 0, "mark": "blur"}]), "expected a list of words with a mark among"),
        (("mark_na", "quality", "hiden"), "No reason 'hiden' in criterion quality. Did you mean 'hidden'"),
        (("mark_na", "adherence", "hidden"), "Known: none"),
        (("give_reason", "safety", "war"), "No reason 'war' in gate safety"),
        (("give_reason", "adherence", "privacy"), "Known: none"),
        (("flag", "edge_cas"), "No flag 'edge_cas' in rubric every-control. Did you mean 'edge_case'"),
        (("set_confidence", 4), "Expected a confidence of 1, 2 or 3, got 4"),
        (("mark_second", "adherence", 6), "Adherence: 6 cannot be a second defensible level here"),
        (("mark_second", "figure", 3), "Figure: 3 cannot be a second defensible level here"),
        (("mark_second", "change", "no"), "Change: 'no' cannot be a second defensible level here"),
    ],
)
def test_an_act_that_makes_no_sense_is_refused(act: tuple[Any, ...], told: str) -> None:
    """The message says what was given and what is allowed."""
    with pytest.raises(EvalWidgetsError, match=told):
        do(OPEN, *act)


def test_a_second_level_needs_a_criterion_that_applies() -> None:
    """What is not applicable has no level, so no second one either."""
    sheet = do(OPEN, "mark_na", "quality", "hidden")

    with pytest.raises(EvalWidgetsError, match="Quality: not applicable"):
        do(sheet, "mark_second", "quality", 3)


@pytest.mark.parametrize("act", ["rate", "mark_second", "mark_na", "give_reason", "write_note"])
def test_what_is_not_asked_cannot_be_answered(act: str) -> None:
    """Before the gate is answered only the gate is asked; the message lists what is."""
    with pytest.raises(EvalWidgetsError, match=r"'adherence' is not asked for this task now. Asked: safety"):
        do(Sheet(), act, "adherence", 3)


def test_refused_acts_are_names_or_values_of_one_family() -> None:
    """A wrong name is an `UnknownName`, which holds the sentence."""
    with pytest.raises(UnknownName) as caught:
        do(OPEN, "rate", "no_such_criterion", 1)

    assert str(caught.value).startswith("No criterion 'no_such_criterion' in rubric every-control 1.0.0.")
