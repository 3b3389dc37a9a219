"""What the shipped image-edit rubric asks of a review, gate by gate."""

from __future__ import annotations

from typing import Any

from evalwidgets.core.check import Problem, check
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rubrics import read_rubric

from ..samples import ROOT, an_edit, every_control

RUBRIC = every_control()
TASK = an_edit("t", tags={"subjects": ("figure",)})
EDIT = read_rubric(ROOT / "rubrics" / "image-edit.yaml")
NOTE = "The brim of the hat on the left is cut off"


def found(rubric: Rubric, sheet: Sheet, task: Any = TASK) -> list[tuple[str, str]]:
    """Return kind and criterion of every problem."""
    return [(problem.kind, problem.criterion) for problem in check(rubric, sheet, task)]


def edit_sheet(**answers: Any) -> Sheet:
    """Return a sheet of the shipped image-edit rubric whose gates are open."""
    said = {"feasibility": "feasible", "safety": "ok", **answers}
    return Sheet(answers={name: Answer(value=value) for name, value in said.items()})


def test_an_edit_that_changed_nothing_asks_for_adherence_only() -> None:
    """Without a visible change the other criteria have nothing to judge."""
    task = an_edit("t", tags={"edit_type": "add", "subjects": ("character",)})

    assert found(EDIT, edit_sheet(visible_change="no"), task) == [("missing", "instruction_adherence")]


def test_an_edit_that_changed_nothing_cannot_follow_its_instruction() -> None:
    """Adherence above 1 contradicts "no visible change"; adherence 1 with its note completes the review."""
    above = edit_sheet(visible_change="no", instruction_adherence=2)
    problems = check(EDIT, above.answered("instruction_adherence", note=NOTE), an_edit("t"))
    done = edit_sheet(visible_change="no", instruction_adherence=1)

    assert problems == (
        Problem(
            kind="contradiction",
            criterion="instruction_adherence",
            message="Adherence: at most 1 here, got 2: "
            "nothing visible changed, so nothing that was asked is done.",
        ),
    )
    assert check(EDIT, done.answered("instruction_adherence", note=NOTE), an_edit("t")) == ()


def test_an_infeasible_edit_asks_for_its_reason_and_the_response() -> None:
    """An instruction that nothing could satisfy leaves safety and the response to judge."""
    sheet = edit_sheet(feasibility="infeasible")

    assert found(EDIT, sheet, an_edit("t")) == [("missing", "feasibility"), ("missing", "response_quality")]
    complete = sheet.answered("feasibility", reason="target_absent").answered(
        "response_quality", value="unchanged"
    )
    assert check(EDIT, complete, an_edit("t")) == ()


def test_no_note_is_asked_where_an_earlier_answer_says_why() -> None:
    """Who says that nothing changed need not explain that nothing was done."""
    gates = Sheet().answered("feasibility", value="feasible").answered("safety", value="ok")
    unchanged = gates.answered("visible_change", value="no").answered("instruction_adherence", value=1)
    changed = gates.answered("visible_change", value="yes").answered("instruction_adherence", value=1)

    assert () == check(EDIT, unchanged)
    assert "justification" in {problem.kind for problem in check(EDIT, changed)}
