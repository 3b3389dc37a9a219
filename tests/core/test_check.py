"""What stands between a sheet and a submitted review: every problem, in the order of the rubric."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.check import check, count_words, need, rule_in_force
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.rubrics import read_rubric

from ..samples import GOOD_ANSWERS, IF_CHANGED, LEVELS, ROOT, an_edit, criterion, every_control

RUBRIC = every_control()
TASK = an_edit("t", tags={"subjects": ("figure",)})
EDIT = read_rubric(ROOT / "rubrics" / "image-edit.yaml")
NOTE = "The brim of the hat on the left is cut off"


def a_sheet(**answers: Any) -> Sheet:
    """Return a complete sheet with some answers changed; None leaves one out."""
    said = {**GOOD_ANSWERS, **answers}
    return Sheet(
        answers={
            name: value if isinstance(value, Answer) else Answer(value=value)
            for name, value in said.items()
            if value is not None
        }
    )


def found(rubric: Rubric, sheet: Sheet, task: Any = TASK) -> list[tuple[str, str]]:
    """Return kind and criterion of every problem."""
    return [(problem.kind, problem.criterion) for problem in check(rubric, sheet, task)]


def the_message(sheet: Sheet) -> str:
    """Return the message of the one problem."""
    (problem,) = check(RUBRIC, sheet, TASK)
    return problem.message


def test_a_complete_sheet_has_no_problem() -> None:
    """Optional criteria may stay open."""
    assert check(RUBRIC, a_sheet(), TASK) == ()


def test_an_untouched_sheet_lacks_its_gate_first() -> None:
    """Nothing is taken as answered by default, and what the gate hides is not asked for yet."""
    assert found(RUBRIC, Sheet()) == [("missing", "safety")]


def test_an_open_gate_asks_for_everything_that_applies() -> None:
    """Each required criterion that was not touched is missing, in the order of the rubric."""
    sheet = a_sheet(change=None, adherence=None, quality=None, figure=None, defects=None)

    missing = ["change", "adherence", "quality", "figure", "defects"]
    assert [("missing", name) for name in missing] == found(RUBRIC, sheet)


@pytest.mark.parametrize(
    ("answers", "kind", "told"),
    [
        ({"adherence": None}, "missing", "Adherence: not rated yet."),
        ({"adherence": Answer(note=NOTE)}, "missing", "Adherence: not rated yet."),
        ({"adherence": 6}, "scale", "Adherence: expected one of 1, 2, 3, 4, 5, got 6."),
        ({"defects": ["blur"]}, "scale", "Defects: expected options among halo, remnant, got ['blur']."),
        ({"number": 2.5}, "scale", "Number: expected a whole number from 0 to 20, got 2.5."),
        ({"differs": "sky"}, "scale", "Differs: expected 2 to 200 words, got 1."),
        (
            {"adherence": Answer(value=4, second=7)},
            "scale",
            "Adherence: 7 cannot be a second defensible level here.",
        ),
        (
            {"adherence": Answer(value=4, second=4)},
            "scale",
            "Adherence: 4 cannot be a second defensible level here.",
        ),
        (
            {"figure": Answer(value=3, second=2)},
            "scale",
            "Figure: 2 cannot be a second defensible level here.",
        ),
        (
            {"quality": Answer(na="hidden", second=2)},
            "scale",
            "Quality: 2 cannot be a second defensible level here.",
        ),
        (
            {"quality": Answer(na="hiden")},
            "scale",
            "Quality: not applicable ('hiden') is not allowed; expected one of hidden.",
        ),
        (
            {"adherence": Answer(na="hidden")},
            "scale",
            "Adherence: not applicable ('hidden') is not allowed; expected a rating: this criterion always "
            "applies.",
        ),
        (
            {"safety": Answer(value="ok", reason="war")},
            "scale",
            "Safety: expected a reason among violence, privacy, got 'war'.",
        ),
        (
            {"adherence": 2},
            "justification",
            "Adherence: a note of at least 3 words is needed (what is wrong or right, where); got 0.",
        ),
        (
            {"adherence": Answer(value=1, note="no hat")},
            "justification",
            "Adherence: a note of at least 3 words is needed (what is wrong or right, where); got 2.",
        ),
        (
            {"adherence": Answer(value=2, note="the colour is wrong")},
            "advice",
            "Adherence: does the note say where in the picture?",
        ),
    ],
)
def test_one_fault_is_one_problem(answers: dict[str, Any], kind: str, told: str) -> None:
    """Each fault of an answer gives its kind and a sentence with what was found and what is allowed."""
    (problem,) = check(RUBRIC, a_sheet(**answers), TASK)

    assert (kind, told) == (problem.kind, problem.message)
    assert problem.blocks == (kind != "advice")


def test_all_problems_come_at_once_in_the_order_of_the_rubric() -> None:
    """Unknown names come first, flags last, and in between the rubric's own order holds for every kind."""
    answers = {"change": "no", "adherence": 3, "quality": 4, "number": -1, "hue": 3}
    sheet = a_sheet(defects=None, figure=None, **answers).model_copy(update={"flags": {"odd": ""}})

    assert found(RUBRIC, sheet) == [
        ("unknown", "hue"),
        ("contradiction", "adherence"),
        ("contradiction", "quality"),
        ("missing", "figure"),
        ("scale", "number"),
        ("unknown", ""),
    ]


def test_an_unknown_flag_is_told_with_those_that_exist() -> None:
    """A flag that the rubric does not have is a problem of the whole review."""
    sheet = a_sheet().model_copy(update={"flags": {"odd": "why"}})

    assert the_message(sheet) == "No flag 'odd'; expected one of edge_case, technical."


def test_a_gate_that_wants_a_reason_is_incomplete_without() -> None:
    """The answer alone does not end the review; with its reason it does."""
    sheet = Sheet(answers={"safety": Answer(value="violates")})

    assert the_message(sheet) == "Safety: pick the reason for 'Violates'."
    assert check(RUBRIC, sheet.answered("safety", reason="privacy"), TASK) == ()


def test_answers_behind_a_gate_that_stops_contradict_it() -> None:
    """A review that was stopped and rated nonetheless says two things."""
    sheet = a_sheet(safety=Answer(value="violates", reason="privacy"), defects=None)

    assert found(RUBRIC, sheet) == [
        ("contradiction", name) for name in ("change", "adherence", "quality", "figure")
    ]


def test_an_answer_that_is_not_asked_caps_nothing() -> None:
    """Behind a narrowing gate only what is asked counts: a hidden "no change" limits no level."""
    narrow = {**every_control().gates[0].model_dump(), "id": "safety"}
    narrow["options"][1]["only"] = ["adherence"]
    rubric = Rubric.model_validate({**every_control().model_dump(by_alias=True), "gates": [narrow]})
    sheet = Sheet(
        answers={
            "safety": Answer(value="sensitive", reason="privacy"),
            "change": Answer(value="no"),
            "adherence": Answer(value=4),
        }
    )

    assert found(rubric, sheet) == [("contradiction", "change")]


def test_without_the_task_what_rests_on_its_tags_is_free() -> None:
    """A criterion under a tag may then be answered or left out."""
    assert found(RUBRIC, a_sheet(figure=None), None) == []
    assert found(RUBRIC, a_sheet(figure=2), None) == []
    assert found(RUBRIC, a_sheet(figure=None), TASK) == [("missing", "figure")]


def test_without_the_task_what_rests_on_answers_alone_is_still_asked() -> None:
    """Not knowing the tags excuses nothing that the answers decide."""
    assert found(RUBRIC, a_sheet(quality=None), None) == [("missing", "quality")]


def test_a_condition_on_a_tag_and_an_answer_is_decided_by_either() -> None:
    """Where the answer alone rules a criterion out, answering it is a contradiction even without the task."""
    both = {"all": [{"tag": "subjects", "includes": "figure"}, IF_CHANGED]}
    rubric = Rubric.model_validate(
        {
            **every_control().model_dump(by_alias=True, exclude={"gates", "criteria", "caps"}),
            "criteria": [
                criterion("change", "yes_no"),
                criterion("figure", "ordinal", levels=LEVELS, weight=1, applies_when=both),
            ],
        }
    )
    sheet = Sheet(answers={"change": Answer(value="no")})

    assert found(rubric, sheet.answered("figure", value=3), None) == [("contradiction", "figure")]
    assert found(rubric, sheet.answered("change", value="yes"), None) == []


@given(st.integers(1, 5), st.text("ab .-\n", max_size=20))
def test_a_note_is_wanted_exactly_when_its_rule_says_so(level: int, note: str) -> None:
    """From level 3 up no note is needed; below, one with three words."""
    kinds = {kind for kind, _ in found(RUBRIC, a_sheet(adherence=Answer(value=level, note=note)))}

    assert ("justification" in kinds) == (level <= 2 and count_words(note) < 3)


def test_dots_and_dashes_are_no_words() -> None:
    """A note cannot be filled up with signs; numbers and any script's letters count."""
    assert [count_words("... - - !"), count_words("2 px off"), count_words("l'été à gauche -")] == [0, 3, 3]


@pytest.mark.parametrize(
    "note",
    [
        "it is wrong at the hem",
        "Left arm has six fingers",
        "halo AROUND the roof",
        "the sky in the background",
    ],
)
def test_a_note_that_says_where_needs_no_advice(note: str) -> None:
    """Words of place are recognised in any case."""
    assert check(RUBRIC, a_sheet(adherence=Answer(value=2, note=note)), TASK) == ()


def test_the_strictest_rule_is_in_force() -> None:
    """Where two rules call for a note, the one that asks for more words decides."""
    adherence = criterion(
        "adherence",
        "ordinal",
        levels=LEVELS,
        weight=1,
        justify=[
            {"when": {"at_most": 2}, "min_words": 3, "needs": ["what"]},
            {"when": {"equals": 1}, "min_words": 8, "needs": ["what", "where", "rule"]},
        ],
    )
    rubric = Rubric.model_validate(
        {**RUBRIC.model_dump(by_alias=True, exclude={"gates", "criteria", "caps"}), "criteria": [adherence]}
    )
    one = rubric.criterion("adherence")

    rules = [rule_in_force(one, Answer(value=value)) for value in (1, 2, 3)]

    assert [rule and rule.min_words for rule in rules] == [8, 3, None]
    assert rules[0] is not None
    assert need(rules[0]) == "what is wrong or right, where, by which rule"


def test_a_candidate_that_is_not_there_cannot_be_chosen() -> None:
    """An option about a picture counts only for tasks that have the picture, alone or in a list."""
    about_c = [{"value": "a", "name": "A"}, {"value": "c", "name": "C", "picture": "c"}]
    rubric = Rubric.model_validate(
        {
            **every_control().model_dump(by_alias=True),
            **dict.fromkeys(("gates", "caps", "defects"), ()),
            "kind": "pair",
            "overall": {},
            "criteria": [
                criterion("best", "choice", options=about_c),
                criterion("usable", "multi", options=about_c),
            ],
        }
    )
    sheet = Sheet(answers={"best": Answer(value="c"), "usable": Answer(value=("a", "c"))})
    roles = {"a": "a.png", "b": "b.png", "c": "c.png"}
    three = Task(id="t", kind="pair", images=roles)
    two = Task(id="t", kind="pair", images={"a": "a.png", "b": "b.png"})

    assert found(rubric, sheet, three) == found(rubric, sheet, None) == []
    assert found(rubric, sheet, two) == [("scale", "best"), ("scale", "usable")]
