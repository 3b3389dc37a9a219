"""The gold bench: two leads make gold, contests are answered, and the log keeps what was before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from evalwidgets.core.gold import Gold, GoldRegion
from evalwidgets.core.gold_events import Contested
from evalwidgets.core.lesson_events import Differed
from evalwidgets.core.round_events import Closed, Decided, GoldRevealed
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import GoldError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.gold_bench import GoldBench

from ..samples import a_region
from ..store.samples import a_lesson
from .board import GOLD, LEVELS, NAME, a_gold, open_round, say_all
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
CAMPAIGN = "spring"
Sit = Callable[..., GoldBench]


@pytest.fixture
def bench_of(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> Sit:
    """Return what seats a lead at a new bench."""

    def seated(lead: str = "lee", gold: dict[str, Gold] = GOLD, **more: Any) -> GoldBench:
        return GoldBench(edits, gold, every, work_store, campaign=CAMPAIGN, lead=lead, **more)

    return seated


def press(bench: GoldBench, act: str, *said: Any) -> str:
    """Report an act as the page does, and return what the bench says went wrong."""
    send(bench._desk, {"type": "act", "n": 1, "act": act, "said": list(said)})
    return str(bench._head.view["problem"])


def contest(store: ReviewStore, task: str = "t00", **more: Any) -> None:
    """Let ana contest gold."""
    facts = {"criterion": "adherence", "by": "ana", "reason": "no rule says so", **more}
    store.gold.log(CAMPAIGN, Contested(task=task, rubric="every-control", at=datetime.now(UTC), **facts))


def row(bench: GoldBench, criterion: str = "adherence") -> dict[str, Any]:
    """Return what the desk shows of a criterion."""
    return next(one for one in bench._desk.view["rows"] if one["id"] == criterion)


def groups(bench: GoldBench) -> dict[str, list[str]]:
    """Return the list at the left: title to tasks."""
    return {one["title"]: [row["task"] for row in one["rows"]] for one in bench._list.view["groups"]}


def test_a_change_is_gold_once_a_second_lead_stands_by_it(bench_of: Sit, work_store: ReviewStore) -> None:
    """Lee proposes, cannot second it, mia does; the old value stays in the log and at the desk."""
    lee, mia = bench_of("lee"), bench_of("mia")
    for act in (("turn", "t00"), ("accept", "adherence", 3), ("explain", "adherence", "a shadow is left")):
        assert "" == press(lee, *act)
    assert "4 or 5" == row(lee)["was"]
    assert "" == press(lee, "propose", "the meeting saw a shadow")
    assert "a second person has to look at it" in press(lee, "second")

    press(mia, "turn", "t00")
    assert (True, "lee") == (mia._desk.view["locked"], mia._desk.view["waits"]["by"])
    assert ["Adherence: 4 or 5 → 3 or 4 or 5"] == mia._desk.view["changes"][:1]
    assert (4, 5) == mia.gold["t00"].answers["adherence"].accepted
    assert "" == press(mia, "second")

    assert (3, 4, 5) == mia.gold["t00"].answers["adherence"].accepted
    assert "a shadow is left" == mia.gold["t00"].answers["adherence"].rationale
    assert ["seconded", "proposed"] == [one["verb"] for one in mia._desk.view["log"]]
    assert mia.gold == work_store.gold[CAMPAIGN].applied(GOLD)


def test_a_task_without_gold_gets_its_first(bench_of: Sit) -> None:
    """Empty at first, then what was picked; concepts and difficulty are kept."""
    lee, mia = bench_of("lee"), bench_of("mia")
    acts = [
        ("turn", "t02"),
        ("accept", "safety", "ok"),
        ("accept", "quality", "N/A"),
        ("say", "concepts", "shadow, identity ,shadow"),
        ("say", "difficulty", "hard"),
        ("say", "rationale", " Look at the feet. "),
        ("propose", "settled"),
    ]
    assert [""] * len(acts) == [press(lee, *act) for act in acts]
    mia.act("turn", "t02")
    mia.act("second")

    gold = mia.gold["t02"]
    assert ({"safety", "quality"}, True) == (set(gold.answers), gold.answers["quality"].na)
    assert (("shadow", "identity"), "hard", "Look at the feet.") == (
        gold.concepts,
        gold.difficulty,
        gold.rationale,
    )
    assert ("lee", "1.0.0") == (gold.by, gold.rubric_version)


def test_a_proposal_that_is_given_back_can_be_made_anew(bench_of: Sit) -> None:
    """The next lead reads why; the proposer may take it back too."""
    lee, mia = bench_of("lee"), bench_of("mia")
    for act in (("turn", "t00"), ("accept", "adherence", 3), ("propose", "a shadow")):
        press(lee, *act)
    mia.act("turn", "t00")

    assert "needs its reason" in press(mia, "give_back", " ")
    assert "" == press(mia, "give_back", "the shadow was there before")
    assert "no proposal waits" in press(lee, "second")
    assert not lee._desk.view["locked"]
    assert "the shadow was there before" == lee._desk.view["log"][0]["text"]


def test_a_contest_is_answered_by_keeping_gold(bench_of: Sit, work_store: ReviewStore) -> None:
    """It waits at the left until somebody says why gold stands."""
    contest(work_store)
    bench = bench_of()
    assert {"Contested": ["t00"]}.items() <= groups(bench).items()
    assert ("ana", "4 or 5") == (bench._desk.view["contest"]["by"], bench._desk.view["contest"]["gold"])

    assert "needs its reason" in press(bench, "keep", "")
    assert "" == press(bench, "keep", "rule 3 says so")

    assert "Contested" not in groups(bench)
    assert () == work_store.gold[CAMPAIGN].contests


def test_a_contest_is_answered_by_a_change(bench_of: Sit, work_store: ReviewStore) -> None:
    """Proposing answers the contest that lies on the bench; giving it back opens the contest again."""
    contest(work_store)
    lee, mia = bench_of("lee"), bench_of("mia")
    press(lee, "accept", "adherence", 3)
    assert "" == press(lee, "propose", "ana is right")

    assert () == work_store.gold[CAMPAIGN].contests
    assert "contest 1 by ana" in work_store.gold[CAMPAIGN].candidates[0].proposed.origin
    press(mia, "look")
    press(mia, "give_back", "she is not")
    assert {"Contested": ["t00"]}.items() <= groups(mia).items()


def test_of_two_contests_the_picked_one_lies_on_the_bench(bench_of: Sit, work_store: ReviewStore) -> None:
    """Each is answered by itself."""
    contest(work_store)
    contest(work_store, by="ben")
    bench = bench_of()
    press(bench, "turn", "t00", 2)

    press(bench, "keep", "rule 3 says so")

    assert ["ana"] == [one.contested.by for one in work_store.gold[CAMPAIGN].contests]


def test_retired_gold_is_gone_at_once(bench_of: Sit) -> None:
    """What was never gold cannot be retired."""
    bench = bench_of()
    bench.act("turn", "t01")

    assert "" == press(bench, "retire", "everybody knows it by heart")
    assert {"t00", "t03"} == set(bench.gold)
    assert ("retired", False) == (bench._desk.view["state"], bench._desk.view["has_gold"])
    assert "has no gold that could be retired" in press(bench, "retire", "again")


@pytest.mark.parametrize(
    ("acts", "why"),
    [
        ([("propose", "because")], "Nothing differs from gold as it is"),
        (
            [("accept", "adherence", 4), ("accept", "adherence", 5), ("propose", "x")],
            "Gold accepts something",
        ),
        ([("accept", "adherence", 3), ("propose", " ")], "A proposal needs its reason"),
        ([("accept", "adherence", 9)], "Pick a value of the scale"),
        ([("accept", "adherance", 3)], "Did you mean 'adherence'"),
        ([("say", "colour", "red")], "it says rationale, difficulty, concepts"),
        ([("turn", "t99")], "No task 't99'"),
        ([("keep", "because")], "Nothing is contested on task 't00'"),
        ([("give_back", "because")], "No proposal waits for task 't00'"),
        (
            [("accept", "adherence", 3), ("propose", "x"), ("accept", "adherence", 2)],
            "Proposal 1 by lee waits",
        ),
        ([("steal",)], "No act 'steal' in the gold bench"),
    ],
)
def test_what_cannot_be_done_is_told(bench_of: Sit, acts: list[tuple[Any, ...]], why: str) -> None:
    """The page stays where it is and reads why; a program gets the error."""
    bench = bench_of()
    bench.act("turn", "t00")

    told = [press(bench, *act) for act in acts]

    assert [""] * (len(acts) - 1) == told[:-1]
    assert why in told[-1]
    with pytest.raises((GoldError, UnknownName)):
        bench.act(*acts[-1])


def test_the_list_leads_to_what_waits_then_to_all_gold(bench_of: Sit, work_store: ReviewStore) -> None:
    """Next and before go round: candidates, contests, then the rest."""
    contest(work_store, task="t03")
    bench = bench_of()
    seen = [bench.work.task]
    for _ in range(3):
        press(bench, "step", 1)
        seen.append(bench.work.task)
    press(bench, "step", -1)

    assert ["t03", "t00", "t01", "t03"] == seen
    assert "t01" == bench.work.task


def test_gold_that_most_miss_is_listed_with_its_numbers(
    bench_of: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """What reviewers said decides, by first answers; a bench without ratings lists none."""
    assert "Missed by most" not in groups(bench_of())
    say_all(work_store, open_round(work_store, every), LEVELS)

    bench = bench_of()

    assert ["t01"] == groups(bench)["Missed by most"]
    rows = next(one["rows"] for one in bench._list.view["groups"] if one["title"] == "Missed by most")
    assert "3 of 3 miss Adherence at first sight" == rows[0]["text"]


def test_a_reviewed_task_is_drafted_from_what_was_said(
    bench_of: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """What the panel agrees on is picked, what it is divided on is said, and the round is the origin."""
    say_all(work_store, open_round(work_store, every), {"t00": (1, 4, 4), "t03": (2, 4, 5)})
    bench = bench_of(gold={"t03": GOLD["t03"]})
    assert ["t00"] == groups(bench)["Reviewed, no gold yet"]
    press(bench, "turn", "t00")

    assert "" == press(bench, "promote")
    assert (4,) == bench.work.draft.answers["adherence"].accepted
    assert [] == bench._desk.view["weak"]
    press(bench, "propose", "looked at it")
    assert "round r2, consensus of 3" == work_store.gold[CAMPAIGN].candidates[0].proposed.origin
    assert "Reviewed, no gold yet" not in groups(bench)
    assert ["New gold on 4 criteria"] == bench._desk.view["changes"]

    press(bench, "turn", "t05")
    assert "Nobody has reviewed task 't05'" in press(bench, "promote")


def test_gold_with_which_learners_disagree_is_listed(bench_of: Sit, work_store: ReviewStore) -> None:
    """By how many, with what the last of them said; whoever only missed something is not listed."""
    for learner, task, why, remark in (
        ("ana", "t03", "disagree", ""),
        ("ben", "t03", "disagree", "no rule says so"),
        ("ben", "t01", "missed", "my eyes"),
    ):
        at = datetime.now(UTC)
        lesson = a_lesson(learner=learner, name=f"practice {task}", tasks=(task,), began_at=at)
        work_store.lessons.begin(lesson)
        event = Differed(task=task, criterion="adherence", why=why, remark=remark, at=at)
        work_store.lessons.log(CAMPAIGN, learner, lesson.name, event)

    rows = {one["title"]: one["rows"] for one in bench_of()._list.view["groups"]}["Learners disagree"]

    assert [("t03", "2 learners, Adherence: no rule says so")] == [(one["task"], one["text"]) for one in rows]


def test_what_was_revealed_stays_so_until_another_task_lies_there(
    edits: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """An act on the same task covers nothing again; each look is logged under the lead's name."""
    told = {"sensitive": True, "content_note": "A wound, seen closely."}
    grim = TaskSet([task.model_copy(update=told) for task in edits], edits.folder)
    bench = GoldBench(grim, GOLD, every, work_store, campaign=CAMPAIGN, lead="lee")

    def seen() -> list[bool]:
        return [one["picture"] is not None for one in bench._stage.scene["pictures"]]

    bench.act("turn", "t00")
    assert [False, False] == seen()
    press(bench, "uncover", "t00", "edited", "reveal")
    press(bench, "accept", "adherence", 3)
    assert [False, True] == seen()
    press(bench, "turn", "t01")
    press(bench, "turn", "t00")
    assert [False, False] == seen()
    assert [("lee", "t00", "edited")] == [
        (one.reviewer, one.task, one.role) for one in work_store.openings.read(CAMPAIGN)
    ]


def test_what_meetings_decided_is_gold_at_the_bench(
    bench_of: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """The file says 1, the meeting 2: the bench begins with what the meeting said."""
    open_round(work_store, every)
    by: dict[str, Any] = {"by": "lee", "at": datetime.now(UTC)}
    decided = Decided(what="gold", task="t01", criterion="adherence", reason="seen", accepted=(2,), **by)
    for event in (Closed(**by), GoldRevealed(task="t01", **by), decided):
        work_store.rounds.log(CAMPAIGN, NAME, event)

    assert (2,) == bench_of().gold["t01"].answers["adherence"].accepted


def test_gold_of_other_rubrics_is_not_this_benchs(bench_of: Sit) -> None:
    """Without any gold the bench is empty, and any task of the rubric's kind can be opened."""
    other = bench_of(gold={"t00": a_gold("t00", (1,), rubric="other")})

    assert ({}, {}) == (other.gold, other._desk.view)
    assert "0 tasks with gold" in other._head.view["sub"]
    assert ["t00", "t01", "t02", "t03", "t04", "t05"] == other._list.view["tasks"]


def test_places_are_shown_on_the_picture_of_the_task(bench_of: Sit) -> None:
    """Those of what is looked at: the draft's, or the proposal's."""
    placed = GOLD["t00"].model_copy(update={"regions": (GoldRegion(**a_region()),)})
    bench = bench_of(gold={**GOLD, "t00": placed})
    bench.act("turn", "t00")

    assert ("t00", ["G"]) == (bench._stage.scene["key"], [one["label"] for one in bench._stage.regions])
    bench.act("turn", "t01")
    assert ("t01", []) == (bench._stage.scene["key"], bench._stage.regions)


def test_a_bench_tells_one_deterministic_line_and_closes(bench_of: Sit) -> None:
    """The saved notebook shows what it was."""
    bench = bench_of()

    assert "GoldBench(campaign='spring', tasks=6)" == repr(bench)
    assert repr(bench) == bench._repr_mimebundle_()["text/plain"]
    bench.close()
    assert bench._stage.comm is None
