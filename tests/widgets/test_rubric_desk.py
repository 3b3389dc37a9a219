"""The rubric desk: edits, what follows from them, drafts that survive, and publishing once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_events import Decided, Example, Raised
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_events import Published
from evalwidgets.errors import EvalWidgetsError, RubricError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.rubric_desk import RubricDesk

from ..samples import GOOD_ANSWERS
from .board import CAMPAIGN, GOLD, LEVELS, open_round, say, say_all
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
Sit = Callable[..., RubricDesk]
LEVEL = ["criteria", "adherence", "levels", "3", "descriptor"]
WORDS = "What level 3 looks like, with its shadow."
HELP = ["criteria", "quality", "help"]
TOLERANCE = ["criteria", "adherence", "tolerance"]


@pytest.fixture
def desk_of(edits: TaskSet, every: Rubric, work_store: ReviewStore, tmp_path: Path) -> Sit:
    """Return what seats lee at a new desk, as after a restart of the kernel."""

    def seated(rubric: Rubric = every, lead: str = "lee", **more: Any) -> RubricDesk:
        facts = {"campaign": CAMPAIGN, "folder": tmp_path / "rubrics", "gold": GOLD, "tasks": edits, **more}
        return RubricDesk(rubric, work_store, lead=lead, **facts)

    return seated


def press(desk: RubricDesk, act: str, *said: Any) -> str:
    """Report an act as the page does, and return what the desk says went wrong."""
    send(desk._editor, {"type": "act", "n": 1, "act": act, "said": list(said)})
    return str(desk._head.view["problem"])


def field(desk: RubricDesk, name: str) -> dict[str, Any]:
    """Return what the middle shows of a place."""
    groups = desk._editor.view["groups"]
    return next(one for group in groups for one in group["fields"] + group["numbers"] if one["id"] == name)


def raise_gap(store: ReviewStore, decided: bool = True) -> None:
    """Put a gap at adherence 3|4 into the register, perhaps with its decision."""
    by: dict[str, Any] = {"gap": "shadow", "by": "ana", "at": datetime.now(UTC)}
    clause = Clause(criterion="adherence", lower=3)
    examples = (Example(task="t01", quote="its shadow <b>went</b> too"),)
    facts = {"rubric": "every-control", "rubric_version": "1.0.0", "title": "What of a shadow?"}
    store.gaps.log(CAMPAIGN, Raised(clause=clause, examples=examples, **facts, **by))
    if decided:
        store.gaps.log(CAMPAIGN, Decided(decision="It belongs to the edit.", **by))


def test_a_changed_descriptor_shows_what_follows(
    desk_of: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """The words that came, a major step, gold to re-validate, ratings and reviewers touched."""
    say_all(work_store, open_round(work_store, every), LEVELS)
    desk = desk_of()
    assert "" == press(desk, "pick", "adherence")
    assert "" == press(desk, "set", LEVEL, WORDS)

    view = desk._outcome.view
    assert ("1.0.0", "2.0.0", "major") == (view["before"], view["version"], view["bump"])
    assert ["Adherence, level 3, descriptor"] == [one["where"] for one in view["changes"]]
    assert ("new", ", with its shadow") in view["changes"][0]["words"]
    (row,) = view["impact"]["rows"]
    assert ("Adherence", 3, 9, 3, 3, 1) == (
        row["label"],
        row["gold"],
        row["ratings"],
        row["tasks"],
        row["reviewers"],
        row["rounds"],
    )
    assert ["t00", "t01", "t03"] == view["impact"]["gold"]
    assert "Statistics keep ratings before and after 2.0.0 apart" in view["impact"]["pooling"]
    assert "Adherence: level 3, descriptor reworded." == view["lines"]
    assert {"adherence": 1} == {
        one["id"]: one["changed"] for one in desk._outline.view["rows"] if one["changed"]
    }
    assert field(desk, ".".join(LEVEL))["changed"]
    assert desk.impact.gold_tasks == ("t00", "t01", "t03")
    assert ("major", WORDS) == (desk.diff.bump, desk.rubric.criterion("adherence").level(3).descriptor)
    assert view["what_if"] is None


def test_a_tolerance_is_replayed_over_past_results(
    desk_of: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """Scores stay; judgements against gold would differ."""
    say_all(work_store, open_round(work_store, every), LEVELS)
    desk = desk_of()
    press(desk, "set", TOLERANCE, "0")

    found = desk._outcome.view["what_if"]
    assert "0 of 9 scores and 1 of 9 judgements would differ." == found["finding"]
    assert "0 would be within tolerance that were not, 1 no longer." == found["judged"]
    assert desk.what_if is not None
    assert "" == press(desk, "set", TOLERANCE, "")
    assert desk.what_if is None


def test_another_aggregation_and_caps_are_replayed(
    desk_of: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """With the largest changes first."""
    round_ = open_round(work_store, every)
    for reviewer, level in (("ana-amber", 3), ("ben-birch", 5)):
        say(work_store, round_, reviewer, "t00", values={**GOOD_ANSWERS, "adherence": level})
    desk = desk_of()
    assert "" == press(desk, "add_cap", "adherence", "4", "", "2", "a small slip counts.")
    assert [["t00", "ana-amber", "3.00", "2.00"]] == desk._outcome.view["what_if"]["rows"]
    assert "Cap on the overall score when Adherence is at most 4" == desk._outcome.view["changes"][0]["where"]

    assert "" == press(desk, "set_rule", "geometric_mean_of_minima", "adherence, quality; figure")
    assert (("adherence", "quality"), ("figure",)) == desk.rubric.overall.families
    press(desk, "pick", "caps")
    assert [False, True] == [one["fresh"] for one in desk._editor.view["groups"]]
    assert "" == press(desk, "remove", ["caps", "1"])
    assert "" == press(desk, "put_back", ["overall"])
    assert not desk.diff.changes


@pytest.mark.parametrize(
    ("acts", "why"),
    [
        ([("set", LEVEL, " ")], "criteria.adherence.levels.3.descriptor"),
        ([("set", TOLERANCE, "wide")], "criteria.adherence.tolerance: expected a number, got 'wide'"),
        ([("set", ["criteria", "adherense", "help"], "x")], "No part 'adherense' in criteria. Did you mean"),
        ([("set", ["criteria", "adherence", "id"], "x")], "reviews and gold refer to it"),
        ([("pick", "adherense")], "No part 'adherense'"),
        ([("undo",)], "nothing to undo"),
        ([("redo",)], "nothing to do again"),
        ([("ask",)], "nothing differs from 1.0.0"),
        (
            [("set", LEVEL, WORDS), ("say", "version", "1.0.1"), ("ask",)],
            "deserve a major step; expected 2.0.0",
        ),
        ([("say", "colour", "red")], "No text 'colour' in the release"),
        ([("open_gap", "shade")], "No gap 'shade' in the register"),
        ([("steal",)], "No act 'steal' in the rubric desk"),
    ],
)
def test_what_cannot_be_done_is_told(desk_of: Sit, acts: list[tuple[Any, ...]], why: str) -> None:
    """The page stays where it is and reads why; a program gets the error."""
    desk = desk_of()

    told = [press(desk, *act) for act in acts]

    assert [""] * (len(acts) - 1) == told[:-1]
    assert why in told[-1]
    with pytest.raises(EvalWidgetsError):
        desk.act(*acts[-1])


def test_edits_are_undone_and_done_again(desk_of: Sit) -> None:
    """Step by step; a new edit ends what could be done again."""
    desk = desk_of()
    press(desk, "set", HELP, "Look twice.")
    press(desk, "set", LEVEL, WORDS)

    press(desk, "undo")
    assert ["criteria.quality.help"] == [one.place for one in desk.diff.changes]
    press(desk, "undo")
    assert () == desk.diff.changes
    assert "nothing to undo" in press(desk, "undo")
    press(desk, "redo")
    assert "Look twice." == desk.rubric.criterion("quality").help
    press(desk, "put_back", HELP)
    assert () == desk.diff.changes
    assert not desk._outcome.view["can"]["redo"]


def test_a_draft_survives_the_kernel_and_is_its_leads_own(
    desk_of: Sit, every: Rubric, tmp_path: Path
) -> None:
    """Edits, number and changelog; mia has her own; nothing is left of what was put back."""
    desk = desk_of()
    for act in (
        ("set", HELP, "Look twice."),
        ("say", "version", "1.2.0"),
        ("say", "changes", "Quality has help."),
    ):
        press(desk, *act)

    again, mia = desk_of(), desk_of(lead="mia")

    assert desk.rubric == again.rubric
    assert ("1.2.0", "Quality has help.") == (again._outcome.view["version"], again._outcome.view["lines"])
    assert every == mia.rubric
    for act in (("put_back", HELP), ("say", "version", ""), ("say", "changes", "")):
        press(again, *act)
    assert [] == list((tmp_path / "rubrics").iterdir())


def test_a_draft_that_cannot_be_read_is_no_draft(desk_of: Sit, every: Rubric, tmp_path: Path) -> None:
    """The desk opens with the version in use."""
    press(desk_of(), "set", HELP, "Look twice.")
    (draft,) = (tmp_path / "rubrics").iterdir()
    draft.write_text('{"edits": [{"kind": "set", "place": ["criteria", "gone", "help"], "to": "x"}]}')
    assert every == desk_of().rubric
    draft.write_text("{")
    assert every == desk_of().rubric


def test_publishing_is_asked_once_more_and_fixes_the_words(
    desk_of: Sit, every: Rubric, tmp_path: Path
) -> None:
    """The file is there, whoever asked to hear of it hears, and the desk goes on from the new version."""
    desk, heard = desk_of(), list[Published]()
    desk.on_publish(heard.append)
    press(desk, "set", LEVEL, WORDS)
    press(desk, "say", "changes", "Level 3 says what of shadows.\n")
    desk.quiz = [GOLD["t01"]]
    assert "" == press(desk, "ask")
    assert "every-control 2.0.0 is written to" in desk._outcome.view["asked"]
    assert "Reviewers are asked 1 task about it." in desk._outcome.view["asked"]
    press(desk, "ask", False)
    assert "" == desk._outcome.view["asked"]

    assert "" == press(desk, "publish")

    after = read_rubric(tmp_path / "rubrics" / "every-control-2.0.0.yaml")
    assert after == desk.rubric
    assert ("Level 3 says what of shadows.",) == after.changelog[0].changes
    assert [desk.published] == heard
    assert (GOLD["t01"],) == heard[0].quiz
    assert ("2.0.0", "1.0.0", after.hash) == (heard[0].version, heard[0].before_version, heard[0].rubric_hash)
    assert "every-control 2.0.0 is published" in desk._outcome.view["published"]
    assert ["every-control-2.0.0.yaml"] == [one.name for one in (tmp_path / "rubrics").iterdir()]
    assert () == desk.diff.changes
    press(desk, "set", HELP, "Look twice.")
    assert ("2.0.0", "2.1.0") == (desk._outcome.view["before"], desk._outcome.view["version"])
    stale = desk_of(every, lead="mia")
    stale.act("set", HELP, "Look.")
    stale.act("say", "version", "3.0.0")
    with pytest.raises(RubricError, match=r"2\.0\.0 was published meanwhile by lee"):
        stale.act("publish")


def test_a_decided_gap_brings_its_quiz(desk_of: Sit, work_store: ReviewStore) -> None:
    """Gold of its examples, where the step leaves gold as it is; after a major one none is proposed."""
    raise_gap(work_store)
    desk = desk_of(gap="shadow")
    assert () == desk.quiz

    press(desk, "set", ["criteria", "adherence", "help"], "A shadow goes with its owner.")

    assert ["t01"] == [one.task for one in desk.quiz]
    assert "It belongs to the edit." == desk.quiz[0].answers["adherence"].rationale
    press(desk, "set", LEVEL, WORDS)
    assert () == desk.quiz


def test_a_desk_on_an_older_version_says_so(desk_of: Sit, every: Rubric) -> None:
    """At once, not only when publishing is refused."""
    desk = desk_of()
    press(desk, "set", LEVEL, WORDS)
    press(desk, "publish")

    assert (
        "spring uses every-control 2.0.0, published by lee; this desk has 1.0.0"
        in desk_of(every)._head.view["problem"]
    )
    assert "" == desk_of(desk.rubric)._head.view["problem"]


def test_a_gap_opens_its_clause_and_is_closed_by_publishing(desk_of: Sit, work_store: ReviewStore) -> None:
    """Its decision and examples stand beside; the draft remembers what is worked on."""
    raise_gap(work_store)
    desk = desk_of()
    desk.turn_to("shadow")

    view = desk._editor.view
    assert ("adherence", "3") == (view["part"], view["level"])
    assert "It belongs to the edit." == view["gap"]["decision"]
    assert [{"task": "t01", "quote": "its shadow <b>went</b> too"}] == view["gap"]["examples"]
    assert ["3", "4"] == [group["id"] for group in view["groups"] if group["note"]]
    assert "adherence" == desk_of()._editor.view["part"]

    press(desk, "set", LEVEL, WORDS)
    assert desk._outcome.view["closes"]["on"]
    assert "It belongs to the edit." == desk._outcome.view["lines"].splitlines()[0]
    press(desk, "publish")
    gap = work_store.gaps[CAMPAIGN].gaps["shadow"]
    assert ("closed", "2.0.0") == (gap.state, gap.closed.version if gap.closed else "")
    assert desk.published is not None
    assert ("shadow",) == desk.published.closes


@pytest.mark.parametrize("decided", [True, False])
def test_a_gap_stays_open_where_nobody_decided_or_the_lead_says_so(
    desk_of: Sit, work_store: ReviewStore, decided: bool
) -> None:
    """The version is published all the same."""
    raise_gap(work_store, decided)
    desk = desk_of(gap="shadow")
    press(desk, "set", LEVEL, WORDS)
    if decided:
        press(desk, "turn_closing")
    assert decided == desk._outcome.view["closes"]["decided"]

    assert "" == press(desk, "publish")

    assert work_store.gaps[CAMPAIGN].gaps["shadow"].state == ("decided" if decided else "open")


def test_every_part_can_be_laid_in_the_middle(desk_of: Sit, every: Rubric) -> None:
    """In the order of the outline, round and round; the words of a kind of task too."""
    desk = desk_of()
    seen = [desk._editor.view["part"]]
    for _ in desk._outline.view["rows"][1:]:
        press(desk, "step", 1)
        seen.append(desk._editor.view["part"])

    assert {one["id"] for one in desk._outline.view["rows"]} == set(seen)
    press(desk, "pick", "adherence")
    press(desk, "speak", "add")
    place = ["criteria", "adherence", "variants", "add", "levels", "4"]
    assert "What level 4 looks like." == field(desk, ".".join(place))["hint"]
    assert "" == press(desk, "set", place, "Nearly all of it was added.")
    assert ["add"] == [one["id"] for one in desk._editor.view["variants"] if one["changed"]]
    press(desk, "put_back", place)
    assert every == desk.rubric


def test_a_desk_tells_one_deterministic_line_and_closes(desk_of: Sit) -> None:
    """The saved notebook shows what it was; an unknown gap is an error."""
    desk = desk_of()

    assert "RubricDesk(campaign='spring', rubric='every-control 1.0.0')" == repr(desk)
    desk.close()
    assert desk._editor.comm is None
    with pytest.raises(UnknownName, match="No gap 'shade'"):
        desk_of(gap="shade")
