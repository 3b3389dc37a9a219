"""What the form is told of a task: all that may be asked, and where the sheet stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.session import Session
from evalwidgets.core.task import Task
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.widgets import form_view

from ..samples import ROOT, an_edit, answer_all, every_control

RUBRIC = every_control()
PANEL_KEYS = set("bcefhjmorsuvwxz")
"""Letters that mean something else in the panel."""


@pytest.fixture
def session() -> Session:
    """Return a session over one task with a figure."""
    return Session(
        RUBRIC, [an_edit("t", tags={"subjects": ("figure",), "edit_type": "add", "model": "x9"})], "ana"
    )


def rows_of(session: Session) -> dict[str, Any]:
    """Return the rows of the layout by criterion."""
    return {row["id"]: row for row in form_view.layout(session.rubric, session.desk)["rows"]}


def marks_of(session: Session) -> dict[str, Any]:
    """Return the marks of the current sheet."""
    return form_view.marks(session, session.desk.task.id, 7)


def test_the_layout_holds_every_criterion_of_the_rubric(session: Session) -> None:
    """What is hidden now may be asked after the next key, without waiting for the kernel."""
    rows = rows_of(session)

    assert [one.id for one in RUBRIC.all] == list(rows)
    assert [name for name, row in rows.items() if row["gate"]] == ["safety"]
    assert [name for name, row in rows.items() if row["second"]] == ["adherence", "quality"]
    assert {name for name, row in rows.items() if row["branching"]} == {"safety", "change"}
    assert [name for name, row in rows.items() if row["optional"]] == [
        one.id for one in RUBRIC.all if not one.required
    ]


def test_levels_come_lowest_first_with_their_digits(session: Session) -> None:
    """The key of a level is its number."""
    options = rows_of(session)["adherence"]["options"]

    assert [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")] == [
        (one["value"], one["key"]) for one in options
    ]
    assert all(one["descriptor"] for one in options)


def test_a_task_picks_the_words(session: Session) -> None:
    """The edit type brings its question and its descriptors, and nothing else of the tags."""
    adherence = rows_of(session)["adherence"]

    assert adherence["question"] == "Was it added?"
    assert adherence["options"][-1]["descriptor"] == "All of it was added."
    assert "x9" not in json.dumps(rows_of(session))


def test_a_gate_says_which_answers_ask_for_a_reason(session: Session) -> None:
    """The form asks for it at once; reasons have keys of their own."""
    gate = rows_of(session)["safety"]

    assert [("ok", False), ("sensitive", True), ("violates", True)] == [
        (one["value"], one["asks"]) for one in gate["options"]
    ]
    assert [("violence", "1"), ("privacy", "2")] == [(one["id"], one["key"]) for one in gate["reasons"]]


def test_each_control_brings_what_it_draws(session: Session) -> None:
    """Yes and no, options, marks, and the words of the task's text."""
    rows = rows_of(session)

    assert [("yes", "1"), ("no", "2")] == [(one["value"], one["key"]) for one in rows["change"]["options"]]
    assert ["halo", "remnant"] == [one["value"] for one in rows["defects"]["options"]]
    assert ["halo", "remnant"] == [one["value"] for one in rows["marked"]["options"]]
    assert rows["marked"]["words"] == session.desk.task.instruction.split()
    assert rows["defects"]["words"] == rows["number"]["options"] == []
    assert [{"id": "hidden", "name": "Cannot be seen", "key": "1"}] == rows["quality"]["na"]


def test_a_row_for_regions_brings_what_may_be_drawn_and_said(session: Session) -> None:
    """Shapes, the picture that is judged, classes by family, and the words for severity and cause."""
    row = rows_of(session)["places"]

    assert (row["shapes"], row["of"], row["least"], row["needs"]) == (["box"], "edited", 0, [])
    assert row["classes"] == []
    assert [1, 2, 3] == [one["value"] for one in row["severities"]]
    assert ["edit", "original", "unsure"] == [one["value"] for one in row["causes"]]
    assert "shapes" not in rows_of(session)["adherence"]


def test_the_classes_of_a_region_come_by_family() -> None:
    """As the rubric has them, with what each looks like."""
    rubric = read_rubric(ROOT / "rubrics" / "defect-localisation.yaml")
    session = Session(rubric, [an_edit("t")], "ana")

    row = rows_of(session)["defects"]

    assert [family.id for family in rubric.defects] == [family["id"] for family in row["classes"]]
    assert {"id", "name", "descriptor"} == set(row["classes"][0]["classes"][0])
    assert (row["least"], row["needs"]) == (1, ["class", "severity"])


def many(entry: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """Return entries with numbered names."""
    return [{**entry, "id": f"n{number}", "name": f"Name {number}"} for number in range(count)]


def test_a_long_list_shows_every_entry_and_gives_each_key_once() -> None:
    """Digits first, then letters that mean nothing else; what comes after the last key is for the mouse."""
    plain = RUBRIC.model_dump(by_alias=True)
    rubric = Rubric.model_validate({**plain, "flags": many({}, 40)})
    session = Session(rubric, [an_edit("t")], "ana")

    flags: Sequence[dict[str, Any]] = form_view.layout(rubric, session.desk)["flags"]

    keys = [flag["key"] for flag in flags if flag["key"]]
    assert ["1", "2", "3", "4", "5", "6", "7", "8", "9", "a"] == keys[:10]
    assert len(flags) == 40
    assert len(keys) == len(set(keys)) == len(form_view.KEYS)
    assert not PANEL_KEYS & set(keys)


@pytest.mark.parametrize(("roles", "keys"), [("ab", "125"), ("abc", "1235"), ("abcd", "12345")])
def test_only_candidates_that_are_there_are_offered_each_under_its_own_key(roles: str, keys: str) -> None:
    """A missing candidate leaves its key unused, so that a key means the same for every task."""
    rubric = read_rubric(ROOT / "rubrics/candidate-choice.yaml")
    task = Task(id="t", kind="pair", images={role: f"{role}.png" for role in roles})

    layout = form_view.layout(rubric, Session(rubric, [task], "ana").desk)

    options = next(row for row in layout["rows"] if row["id"] == "best")["options"]
    assert [*roles, "none"] == [one["value"] for one in options]
    assert [*keys] == [one["key"] for one in options]


def test_marks_follow_the_sheet(session: Session) -> None:
    """What is visible, said, missing and complete is told after each act."""
    assert marks_of(session)["visible"] == ["safety"]
    assert not marks_of(session)["ready"]

    answer_all(session)
    session.act("flag", "edge_case", "between")
    session.act("set_confidence", 2)
    session.act("write_note", "", "all in all fine")

    marks = marks_of(session)
    assert marks["seq"] == 7
    assert marks["key"] == session.desk.key
    assert marks["visible"] == [one.id for one in RUBRIC.all]
    assert (marks["ready"], marks["problems"], marks["revision"]) == (True, [], 1)
    assert (marks["flags"], marks["confidence"], marks["note"]) == (
        {"edge_case": "between"},
        2,
        "all in all fine",
    )
    assert marks["overall"] == "Overall 4.0"


def test_marks_say_which_note_is_needed(session: Session) -> None:
    """A low level calls for a note, and the form can say of how many words and about what."""
    answer_all(session, adherence=2)

    marks = marks_of(session)

    assert {"adherence": {"min": 3, "needs": "What is wrong or right, where"}} == marks["notes"]
    assert ["justification"] == [problem["kind"] for problem in marks["problems"]]
    assert not marks["ready"]


def test_answers_behind_a_gate_stay_in_the_marks_and_out_of_sight(session: Session) -> None:
    """Changing the gate back must find them again."""
    answer_all(session)
    session.rate("safety", "violates")

    marks = marks_of(session)

    assert marks["visible"] == ["safety"]
    assert marks["answers"]["adherence"]["value"] == 4
    assert marks["overall"] == ""


@pytest.mark.parametrize(
    ("criterion", "act", "before"),
    [
        ("adherence", ("rate", "adherence", 4), {"value": 4, "text": "4"}),
        ("defects", ("rate", "defects", ["halo"]), {"value": ["halo"], "text": "1 marked"}),
        ("places", ("rate", "places", []), {"value": [], "text": "none"}),
        (
            "quality",
            ("mark_na", "quality", "hidden"),
            {"value": None, "text": "not applicable, Cannot be seen"},
        ),
        ("differs", ("rate", "differs", None), None),
    ],
)
def test_a_criterion_that_is_asked_anew_tells_the_answer_before(
    session: Session, criterion: str, act: tuple[Any, ...], before: Any
) -> None:
    """It alone: the form shows nothing else, and no score that would judge the vote."""
    answer_all(session)
    session.act(*act)
    session.accept(session.submit())
    session.ask_again("t", [criterion], "12345678-1234-4234-8234-123456789abc")

    layout, marks = form_view.layout(RUBRIC, session.desk), marks_of(session)

    assert json.loads(json.dumps(before)) == rows_of(session)[criterion]["before"]
    assert [None] * (len(RUBRIC.all) - 1) == [
        row["before"] for row in layout["rows"] if row["id"] != criterion
    ]
    assert ([criterion], False, "") == (layout["focus"], layout["confidence"], marks["overall"])
    assert [criterion] == marks["visible"]


def test_all_of_it_is_json(session: Session) -> None:
    """What is told survives the wire unchanged."""
    answer_all(session)
    told = {"layout": form_view.layout(RUBRIC, session.desk), "marks": marks_of(session)}

    assert told == json.loads(json.dumps(told))
