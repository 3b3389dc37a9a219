"""The gap register: a suggestion becomes a gap, is decided and closed, and nobody is named on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_book import Gap
from evalwidgets.core.gap_events import Closed
from evalwidgets.core.review import Answer
from evalwidgets.core.round_events import Closed as BlindClosed
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import GapError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import assets
from evalwidgets.widgets.gap_register import GapRegister
from evalwidgets.widgets.gap_work import name_for

from .board import CAMPAIGN, NAME, NOON, open_round, say
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
Open = Callable[..., GapRegister]
REVIEWERS = ("ana-amber", "ben-birch", "cem-cedar", "dev-dune")
TASKS = ("t00", "t01", "t02", "t03", "t04", "t05")
CAMPS = {"t00": (2, 2, 4, 4)}
CLAUSE = Clause(criterion="adherence", lower=3)


@pytest.fixture
def reviewed(work_store: ReviewStore, every: Rubric) -> ReviewStore:
    """Return a store with a round of six tasks: two camps on one, a flag on another."""
    round_ = open_round(work_store, every, reviewers=REVIEWERS, tasks=TASKS)
    for task in TASKS:
        for place, (who, level) in enumerate(zip(REVIEWERS, CAMPS.get(task, (4, 4, 4, 4)), strict=True)):
            flags = {"guideline_silent": "whose is the shadow?"} if (task, place) == ("t01", 3) else {}
            values, notes = {"adherence": level, "quality": 4}, {"adherence": f"{who[0]} says {level}"}
            say(work_store, round_, who, task, values=values, notes=notes, flags=flags)
    return work_store


@pytest.fixture
def register_of(edits: TaskSet, every: Rubric, reviewed: ReviewStore) -> Open:
    """Return what opens the register once the round is no longer blind."""
    reviewed.rounds.log(CAMPAIGN, NAME, BlindClosed(by="lee", at=NOON))

    def opened(lead: str = "lee", **more: Any) -> GapRegister:
        return GapRegister(edits, every, reviewed, campaign=CAMPAIGN, lead=lead, **more)

    return opened


def press(register: GapRegister, act: str, *said: Any) -> str:
    """Report an act as the page does, and return what the register says went wrong."""
    send(register._desk, {"type": "act", "n": 1, "act": act, "said": list(said)})
    return str(register._head.view["problem"])


def views(register: GapRegister) -> str:
    """Return everything that the page is sent."""
    return json.dumps([part.view for part in (register._head, register._list, register._desk)])


def close(store: ReviewStore, gap: str, version: str = "1.1.0") -> None:
    """Publish the version that closes a gap, as the desk of the rubric logs it."""
    facts = {"version": version, "rubric_hash": "a" * 64, "by": "lee", "at": datetime.now(UTC)}
    store.gaps.log(CAMPAIGN, Closed(gap=gap, **facts))


def test_a_suggestion_comes_with_the_rubrics_words_and_peoples(register_of: Open, every: Rubric) -> None:
    """Both levels of the boundary, quotes with letters, and what everybody answered there."""
    register = register_of()
    desk = register._desk.view
    levels = {one.value: one for one in every.criterion("adherence").levels}

    assert ("adherence 3|4", "suggested") == tuple(register.table.loc[0, ["clause", "state"]])
    assert ("Adherence 3|4", "t00", "1 of 1") == (
        desk["clause"],
        desk["example"]["task"],
        desk["example"]["place"],
    )
    assert [levels[4].descriptor, levels[3].descriptor] == [one["text"] for one in desk["words"][:2]]
    assert sorted("ABCD") == sorted(one["letter"] for one in desk["example"]["answers"])
    assert ["2", "2", "4", "4"] == [one["level"] for one in desk["example"]["answers"]]
    assert {"2", "4"} == {one["level"] for one in desk["quotes"]}
    assert "t00" == register._stage.scene["key"]


def test_a_suggestion_is_raised_decided_and_closed(register_of: Open, reviewed: ReviewStore) -> None:
    """Clause, examples and quotes come along; the version that closed it stands there with its chart."""
    register = register_of()
    assert "" == press(register, "raise_gap", "Whose are  shadows?")
    gap = register.work.gap
    assert (CLAUSE, "cause", ("t00",)) == (gap.raised.clause, gap.raised.source, gap.tasks)
    assert gap.examples[0].quote
    assert "whose-are-shadows" == gap.name == register._list.view["rows"][0]["key"]

    assert "needs a few words" in press(register, "decide", " ")
    assert "" == press(register, "decide", "A shadow follows from the edit.")
    assert ("decided", "A shadow follows from the edit.") == tuple(
        register.table.loc[0, ["state", "decision"]]
    )
    assert "ew-has-chart" not in register._dom_classes

    close(reviewed, gap.name)
    press(register, "look")
    closed = register._desk.view["closed"]
    assert ("1.1.0", "not enough evidence") == (closed["version"], closed["verdict"])
    assert "ew-has-chart" in register._dom_classes
    assert register._chart.chart["finding"].startswith("Not enough evidence on Adherence 3|4")
    assert ["closed", "decided", "raised"] == [one["verb"] for one in register._desk.view["log"]]
    assert register.book == reviewed.gaps[CAMPAIGN]


def test_a_gap_is_written_down_by_hand(register_of: Open) -> None:
    """With any clause; the task that is shown is its first example, and others can be added."""
    register = register_of()
    for act in (("show", "t04"), ("pick", "new"), ("raise_by_hand", "What of reflections?", "quality", 2)):
        assert "" == press(register, *act)
    assert ("hand", ("t04",), "quality 2|3") == (
        register.work.gap.raised.source,
        register.work.gap.tasks,
        str(register.work.gap.raised.clause),
    )

    assert "is an example of this gap already" in press(register, "add_example")
    assert ["", ""] == [press(register, "show", "t05"), press(register, "add_example")]
    assert ("t04", "t05") == register.work.gap.tasks
    assert ["t05", "t04"] == [register.act("turn_example", by) or register.work.task for by in (2, 1)]
    with pytest.raises(UnknownName, match="quality"):
        register.act("raise_by_hand", "What?", "qualty", 2)


def test_every_key_of_the_register_is_in_its_table(register_of: Open) -> None:
    """What a button is pressed by is told under `?`, as on the other boards."""
    told = {key for _, rows in register_of()._head.view["keys"] for keys, _ in rows for key in keys.split()}
    drawn = "".join(assets.module(name) for name in ("gap_list.js", "gap_desk.js"))

    assert set(re.findall(r'key: "(\w)"', drawn)) <= told


def test_another_lead_backs_it_once(register_of: Open) -> None:
    """Y backs, Y again no longer; the other register sees it when it looks."""
    lee, mia = register_of("lee"), register_of("mia")
    press(lee, "raise_gap", "Whose are shadows?")
    for act in (("look",), ("pick", "whose-are-shadows"), ("back",)):
        assert "" == press(mia, *act)
    press(lee, "look")
    assert (2, True) == (lee._desk.view["votes"], mia._desk.view["backs"])

    press(mia, "back")
    assert (1, False) == (mia._desk.view["votes"], mia._desk.view["backs"])


def test_what_is_no_gap_rests_and_may_be_reopened(register_of: Open) -> None:
    """Dismissed it goes to the end of the list; a suggestion is dismissed in one act."""
    register = register_of()
    press(register, "dismiss", "rule 3 says so")
    assert ("dismissed", "adherence 3|4") == tuple(register.table.iloc[-1][["state", "clause"]])
    assert "dismissed already; reopen it first" in press(register, "decide", "so be it")

    assert "" == press(register, "reopen", "again in May")
    assert "open" == register.table.loc[0, "state"]


def test_the_desk_of_the_rubric_gets_the_gap(register_of: Open) -> None:
    """Only where there is one, and only for a gap."""
    edited: list[Gap] = []
    register = register_of(on_edit=edited.append)
    assert "raise the suggestion first" in press(register, "edit")
    press(register, "raise_gap", "Whose are shadows?")
    press(register, "edit")

    assert [register.work.gap] == edited
    assert (True, False) == (register._desk.view["can_edit"], register_of()._desk.view["can_edit"])
    lone = register_of()
    lone.act("pick", "whose-are-shadows")
    with pytest.raises(GapError, match="on_edit"):
        lone.act("edit")


def test_no_reviewer_is_named(register_of: Open) -> None:
    """Whatever lies on the table: letters instead of names, and no review's id."""
    register = register_of()
    sent = [views(register)]
    for act in (("raise_gap", "Whose?"), ("step", 1), ("step", 1), ("pick", "new"), ("show", "t01")):
        press(register, *act)
        sent.append(views(register))

    assert not [name for name in REVIEWERS if name in "".join(sent)]
    assert not set(register.table.columns) & {"reviewer", "reviewers"}


def test_a_blind_round_is_not_looked_at(edits: TaskSet, every: Rubric, reviewed: ReviewStore) -> None:
    """Until its blind phase is closed nothing of it speaks for a gap or is shown."""
    register = GapRegister(edits, every, reviewed, campaign=CAMPAIGN, lead="lee")

    assert register.table.empty
    assert ("new", "") == (register._desk.view["state"], register._desk.view["example"]["task"])
    assert "says 2" not in views(register)


def test_an_empty_campaign_opens(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> None:
    """Then a gap can be written down by hand, without an example."""
    register = GapRegister(edits, every, work_store, campaign="none", lead="lee")
    assert [] == register._list.view["rows"]
    assert "" == press(register, "raise_by_hand", "The rubric says nothing of text", "", None)

    assert ("the rubric", "open", 0.0) == tuple(register.table.loc[0, ["clause", "state", "score"]])
    assert "GapRegister(campaign='none', tasks=6)" == repr(register)


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Whose are shadows?", (), "whose-are-shadows"),
        ("Whose are shadows?", ("whose-are-shadows", "whose-are-shadows-2"), "whose-are-shadows-3"),
        ("3|4 of preservation", (), "gap-3-4-of-preservation"),
        ("影の扱い", (), "gap"),
        ("x" * 99, (), "x" * 48),
    ],
)
def test_a_gap_is_named_after_its_title(title: str, taken: tuple[str, ...], name: str) -> None:
    """In small letters and dashes, whatever the title is written in, and never twice."""
    assert name == name_for(title, taken)


def test_evidence_opens_beside_answers_that_lie_open(register_of: Open, reviewed: ReviewStore) -> None:
    """Everybody has judged the example; the look is logged under the lead's name."""
    register = register_of()

    press(register, "see_evidence", register._stage.scene["key"])

    assert "shown" == register._stage.evidence["state"]
    assert ["lee"] == list(reviewed.openings.table(CAMPAIGN)["reviewer"])


def test_versions_speak_each_for_itself(
    register_of: Open, reviewed: ReviewStore, every: Rubric, edits: TaskSet
) -> None:
    """Answers that agree under the next version suggest nothing, and leave what the old one showed."""
    before = register_of().table

    for place, who in enumerate(REVIEWERS):
        for task in TASKS:
            one = reviewed.reviews(CAMPAIGN, NAME, who, task)[0]
            answers = {**one.answers, "adherence": Answer(value=5, note="it is plain now")}
            changes = {"id": str(uuid4()), "round": "later", "rubric_version": "1.1.0", "answers": answers}
            changes["reviewer"] = f"later-{who}"
            reviewed.submit(one.model_copy(update={**changes, "flags": {}, "position": place}))
    after = GapRegister(edits, every, reviewed, campaign=CAMPAIGN, lead="lee").table

    assert list(before["clause"]) == list(after["clause"])
    assert list(before["score"]) == list(after["score"])
