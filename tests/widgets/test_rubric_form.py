"""The rubric form's model: it shows what it is given, reports what it hears, and decides nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from evalwidgets.core.acts import ACTS, Setting
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.widgets import assets
from evalwidgets.widgets.rubric_form import RubricForm

from ..samples import an_answer, every_control
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
LAID = {"layout": {"key": "k"}, "marks": {"key": "k", "seq": 0, "answers": {}}}
FORM_STATE = Path(str(assets.files("evalwidgets.widgets"))) / "form_state.js"


def form() -> RubricForm:
    """Return a form whose messages nobody hears."""
    return RubricForm(lambda _: None)


def test_a_new_form_shows_nothing() -> None:
    """There is no sheet, no queue and no answer."""
    new = form()

    assert new.shown["layout"] is None
    assert (new.queue, new.marks, new.answers) == ([], None, {})
    assert repr(new) == "RubricForm()"


def test_two_forms_share_no_state() -> None:
    """What one panel shows is not seen in another."""
    one, other = form(), form()

    one.show(LAID, [LAID])

    assert (other.shown["layout"], other.queue) == (None, [])


def test_showing_the_same_sheet_again_is_still_news() -> None:
    """A refused submit shows the same sheet; the browser, which has moved on, must hear of it."""
    shown = form()
    told: list[dict[str, Any]] = []
    shown.observe(lambda change: told.append(change["new"]), "shown")

    shown.show(LAID, [])
    shown.show(LAID, [], refused="not stored")

    assert ["", "not stored"] == [one["refused"] for one in told]
    assert told[0]["serial"] != told[1]["serial"]


def test_showing_nothing_clears_the_form() -> None:
    """At the end of a round nothing is left to answer."""
    shown = form()
    shown.show(LAID, [LAID])

    shown.show(None, [])

    assert (shown.shown["layout"], shown.shown["marks"], shown.queue) == (None, None, [])


def test_sheet_and_queue_travel_in_one_message(sent: list[dict[str, Any]]) -> None:
    """Half of a step would show two tasks mixed."""
    shown = form()
    sent.clear()

    shown.show(LAID, [LAID])

    assert [{"queue", "shown"}] == [set(message["data"]["state"]) for message in sent]


def test_the_submits_that_were_heard_are_counted_for_each_page() -> None:
    """A page that ran ahead knows from the count what the kernel has yet to hear."""
    shown = form()
    shown.heard("one", 1)
    shown.heard("one", 3)
    shown.heard("one", 2)
    shown.heard("other", 1)

    shown.show(LAID, [])

    assert {"one": 3, "other": 1} == shown.shown["after"]


def test_answers_are_those_that_the_kernel_marked_last() -> None:
    """Marks of the shown sheet are newer than what it opened with; marks of another one are not its own."""
    shown = form()
    shown.show({**LAID, "marks": {"key": "k", "answers": {"a": {"value": 1}, "b": {"value": None}}}}, [])
    assert shown.answers == {"a": 1}

    shown.marks = {"key": "k", "answers": {"a": {"value": 2}}}
    assert shown.answers == {"a": 2}
    shown.marks = {"key": "other", "answers": {"a": {"value": 3}}}
    assert shown.answers == {"a": 1}


def test_what_the_page_reports_is_handed_on() -> None:
    """Messages reach whoever made the form, as they came."""
    heard: list[Any] = []

    send(RubricForm(heard.append), {"type": "act", "said": ["a", 1]})

    assert heard == [{"type": "act", "said": ["a", 1]}]


SHOW_ACTS = """
const { showAct } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
const cases = JSON.parse(text).map(({ marks, act, said }) => {
  const sheet = { marks };
  showAct(sheet, act, said);
  return sheet.marks;
});
console.log(JSON.stringify(cases));
"""


def marks_of(sheet: Sheet) -> dict[str, Any]:
    """Return what the browser knows of a sheet."""
    return {**sheet.model_dump(), "answers": {name: one.model_dump() for name, one in sheet.answers.items()}}


def an_act(chance: Random) -> tuple[Any, ...]:
    """Return an act that a form might send."""
    rubric = every_control()
    one = chance.choice(rubric.all)
    return chance.choice(
        [
            ("rate", one.id, chance.choice([None, an_answer(one, chance.randrange(40))])),
            ("rate", one.id, an_answer(one, chance.randrange(40))),
            ("mark_second", chance.choice(["adherence", "quality"]), chance.randint(1, 5)),
            ("mark_na", "quality", chance.choice(["hidden", "hidden", None])),
            ("give_reason", "safety", chance.choice(["violence", "privacy", None])),
            ("write_note", chance.choice(["", "adherence", "quality"]), chance.choice(["", "a", "a b"])),
            ("flag", "edge_case", chance.choice(["", "why", None])),
            ("set_confidence", chance.choice([1, 2, 3, None])),
        ]
    )


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_browser_shows_an_act_as_the_kernel_will_do_it() -> None:
    """Over a thousand random acts the form's own picture equals the kernel's: nothing flickers."""
    chance = Random(3)
    setting = Setting(every_control(), {"subjects": ("figure",)})
    sheet = Sheet(answers={"safety": Answer(value="ok"), "change": Answer(value="yes")})
    cases, expected = [], []
    while len(cases) < 1000:
        act, *said = an_act(chance)
        try:
            after = ACTS[act](setting, sheet, *said)
        except EvalWidgetsError:
            continue
        cases.append({"marks": marks_of(sheet), "act": act, "said": said})
        expected.append(after)
        sheet = after

    script = ["node", "--input-type=module", "-e", SHOW_ACTS, FORM_STATE.as_uri()]
    told = subprocess.run(script, input=json.dumps(cases), capture_output=True, text=True, check=True)

    for case, after, marks in zip(cases, expected, json.loads(told.stdout), strict=True):
        answers = {name: Answer(**one) for name, one in marks["answers"].items()}
        drawn = Sheet(**{**marks, "answers": {name: one for name, one in answers.items() if not one.empty}})
        assert after == drawn, case
