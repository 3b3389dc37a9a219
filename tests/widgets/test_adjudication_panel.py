"""The adjudication panel: what is settled, refused and sent back, and what nobody may see before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import evalwidgets as ew
from evalwidgets.analysis import adjudicated_labels
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round import Round
from evalwidgets.core.round_events import Closed
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import AdjudicationError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.adjudication_panel import AdjudicationPanel

from ..samples import a_region
from .board import CAMPAIGN, GOLD, NAME, NOON, REVIEWERS, open_round, say
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
Sit = Callable[..., AdjudicationPanel]


@pytest.fixture
def plain(every: Rubric, work_store: ReviewStore) -> Round:
    """Return a plain round in which three people reviewed three tasks: it is not on the board."""
    work_store.remember_rubric(every)
    round_ = Round(
        campaign=CAMPAIGN,
        name="review",
        rubric=every.id,
        rubric_version=every.version,
        rubric_hash=every.hash,
        tasks=("t00", "t01", "t03"),
        reviewers=REVIEWERS,
        lead="lee",
        opened_at=NOON,
    )
    levels = {"t00": (1, 4, 5), "t01": (4, 4, 4), "t03": (2, 3, 5)}
    for task, theirs in levels.items():
        for reviewer, level in zip(REVIEWERS, theirs, strict=True):
            safe = "violates" if (task, level) == ("t03", 2) else "ok"
            values = {"safety": safe, "change": "yes", "adherence": level, "quality": 4}
            notes = {"adherence": f"note {level} of {task}", "change": f"seen by {level}"}
            flags = {"edge_case": "a shadow"} if level == 5 else {}
            say(work_store, round_, reviewer, task, values=values, notes=notes, confidence=3, flags=flags)
    return round_


@pytest.fixture
def seated(edits: TaskSet, every: Rubric, work_store: ReviewStore, plain: Round) -> Sit:
    """Return what seats a lead at a new panel."""

    def sit(lead: str = "lee", **more: Any) -> AdjudicationPanel:
        return AdjudicationPanel(edits, every, work_store, campaign=CAMPAIGN, lead=lead, **more)

    return sit


def press(panel: AdjudicationPanel, act: str, *said: Any) -> str:
    """Report an act as the page does, and return what the panel says went wrong."""
    send(panel._desk, {"type": "act", "n": 1, "act": act, "said": list(said)})
    return str(panel._head.view["problem"])


def desk(panel: AdjudicationPanel) -> dict[str, Any]:
    """Return what the desk shows."""
    return dict(panel._desk.view)


def letter_of(panel: AdjudicationPanel, reviewer: str) -> str:
    """Return the letter of a reviewer on the case."""
    return panel.work.letters[reviewer]


def decide(panel: AdjudicationPanel, *act: Any, cause: str = "slip", reason: str = "rule 3") -> str:
    """Draft a decision and confirm it."""
    for one in (act, ("name_cause", cause)):
        assert "" == press(panel, *one)
    return press(panel, "confirm", reason)


def revise(store: ReviewStore, round_: Round, reviewer: str, task: str, level: int, **more: Any) -> Review:
    """Let a reviewer replace an answer."""
    (before,) = store.reviews(round_.campaign, round_.name, reviewer, task=task)
    values = {**before.values, "adherence": level}
    return say(store, round_, reviewer, task, values=values, revision=before.revision + 1, **more)


def test_one_view_holds_everything_that_was_said_and_no_name(seated: Sit) -> None:
    """Levels with letters, notes, certainty, flags, the other criteria; a gate comes first."""
    panel = seated()
    press(panel, "step", 1)

    shown = desk(panel)
    assert [("t03", "safety"), ("t00", "adherence"), ("t03", "adherence")] == panel.work.order
    assert ("t00", "adherence", "2 of 3") == (shown["task"], shown["criterion"], shown["place"])
    a, b, c = (letter_of(panel, one) for one in REVIEWERS)
    by_level = {one["value"]: [who["letter"] for who in one["letters"]] for one in shown["levels"]}
    assert {5: [c], 4: [b], 3: [], 2: [], 1: [a]} == by_level
    assert "What level 4 looks like." == shown["levels"][1]["descriptor"]
    assert {a, c} == {shown["notes"][0]["letter"], shown["notes"][1]["letter"]}
    assert {"Edge case: a shadow"} == {flag for one in shown["facts"] for flag in one["flags"]}
    assert {"certain"} == {one["sure"] for one in shown["facts"]}
    table = {one["id"]: (one["differ"], one["cells"]) for one in shown["others"]["rows"]}
    assert (False, ["4", "4", "4"]) == table["quality"]
    assert table["adherence"][0]
    assert {"seen by 1", "seen by 4", "seen by 5"} == {one["text"] for one in shown["others"]["notes"]}
    for name in REVIEWERS:
        assert name not in json.dumps([shown, panel._list.view, panel._head.view, panel._stage.regions])

    press(panel, "show_names")
    assert REVIEWERS[0] in json.dumps(desk(panel))
    press(panel, "step", 1)
    press(panel, "step", -1)
    assert REVIEWERS[0] not in json.dumps(desk(panel))


def test_a_suggestion_names_nobody_and_is_not_chosen(
    seated: Sit, work_store: ReviewStore, plain: Round
) -> None:
    """The cause is shown with its reason by letters; none is taken before the lead names one."""
    panel = seated()
    task, criterion = panel.work.order[0]
    cases = panel.work.answers.cases
    cases.loc[0, ["cause", "reason"]] = ["slip", f"{REVIEWERS[0]} gives violates, the others ok"]
    press(panel, "lay", task, criterion)

    shown = desk(panel)

    assert f"{letter_of(panel, REVIEWERS[0])} gives violates" in shown["suggestion"]["reason"]
    assert not any(one["on"] for one in shown["causes"])
    assert "" == press(panel, "choose", "ok")
    assert "cause" == desk(panel)["draft"]["asking"]
    assert "Name the cause first" in press(panel, "confirm", "so")
    assert () == work_store.adjudication[CAMPAIGN].log
    assert plain.name == "review"


def test_accepted_chosen_and_left_open_are_kept_with_all_that_they_rest_on(
    seated: Sit, work_store: ReviewStore, every: Rubric, tmp_path: Path
) -> None:
    """Each goes on to the next open case; a new panel shows what was settled; labels tell the origin."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")
    press(panel, "pick", letter_of(panel, REVIEWERS[1]))
    assert "" == decide(panel, "accept", reason="the hat is there")
    assert ("t03", "adherence") == panel.work.place
    assert "" == decide(panel, "choose", 4, cause="hard_task")
    assert ("t03", "safety") == panel.work.place
    assert "" == decide(panel, "leave_open", cause="rule_unclear")

    again = seated()
    assert (3, 3) == again.work.answers.progress
    assert "All cases are settled." == again._list.view["quiet"]
    press(again, "filter", "which", "settled")
    press(again, "lay", "t00", "adherence")
    assert "4 (accepted), slip. the hat is there" in desk(again)["settled"]["text"]
    accepted, chosen, left = work_store.adjudication[CAMPAIGN].log
    reviews = {one.id: one for one in work_store.reviews(CAMPAIGN, task="t00")}
    assert REVIEWERS[1] == reviews[accepted.review].reviewer
    assert set(reviews) == set(accepted.considered)
    assert [("accepted", 4), ("chosen", 4), ("unresolved", None)] == [
        (one.how, one.value) for one in (accepted, chosen, left)
    ]

    settled = work_store.adjudication[CAMPAIGN].settled.values()
    labels = adjudicated_labels(work_store.ratings(CAMPAIGN), settled, every)
    assert again.labels.equals(labels)
    told = labels.set_index(["task", "criterion"])["provenance"]
    assert ("adjudicated", "unresolved", "unanimous") == (
        told["t00", "adherence"],
        told["t03", "safety"],
        told["t01", "adherence"],
    )
    assert "the hat is there" in ew.write_csv(labels, tmp_path / "labels.csv").read_text("utf-8")


def test_a_decision_needs_an_answer_a_cause_and_a_reason(seated: Sit, work_store: ReviewStore) -> None:
    """What lacks is said in a sentence, and nothing is stored."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")

    assert "Pick an answer first" in press(panel, "accept")
    assert "Decide first" in press(panel, "confirm", "so")
    assert "expected one of" in press(panel, "choose", 9)
    press(panel, "choose", 3)
    press(panel, "name_cause", "slip")
    assert "needs its reason" in press(panel, "confirm", "   ")
    for wrong in (("pick", "Z"), ("name_cause", "mood"), ("filter", "which", "odd"), ("filter", "size", "")):
        assert press(panel, *wrong)
    with pytest.raises(UnknownName, match="act 'fly'"):
        panel.act("fly")
    assert () == work_store.adjudication[CAMPAIGN].log
    assert "Choose 3 Level 3" == desk(panel)["draft"]["text"]


def test_arrows_go_from_answer_to_answer_as_the_page_lists_them(seated: Sit) -> None:
    """From the top down and round; what was accepted follows the pick."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")
    a, b, c = (letter_of(panel, one) for one in REVIEWERS)

    picked = [desk(panel)["draft"]["picked"] for _ in range(4) if press(panel, "pick_beside", 1) == ""]
    press(panel, "accept")
    press(panel, "pick_beside", 1)

    assert [c, b, a, c] == picked
    assert f"Accept {b}: 4 Level 4" == desk(panel)["draft"]["text"]


def test_what_was_typed_of_a_case_is_there_when_the_lead_comes_back(seated: Sit) -> None:
    """Drafts belong to their case and count nowhere else."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")
    press(panel, "choose", 3)
    press(panel, "say", "t00", "adherence", "reason", "half a thought")
    press(panel, "step", 1)
    assert "" == desk(panel)["draft"]["text"]
    press(panel, "step", -1)
    assert ("Choose 3 Level 3", "half a thought") == (
        desk(panel)["draft"]["text"],
        desk(panel)["draft"]["reason"],
    )
    press(panel, "discard")
    assert ("", "") == (desk(panel)["draft"]["text"], desk(panel)["draft"]["reason"])


def test_a_decision_on_answers_that_changed_meanwhile_is_refused(
    seated: Sit, work_store: ReviewStore, plain: Round
) -> None:
    """The case is shown as it stands now, and the reason that was typed stays."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")
    press(panel, "pick", letter_of(panel, REVIEWERS[0]))
    revise(work_store, plain, REVIEWERS[0], "t00", 3)

    assert "A reviewer changed an answer meanwhile" in decide(panel, "accept", reason="it was 1")

    assert () == work_store.adjudication[CAMPAIGN].log
    shown = desk(panel)
    assert ("", "it was 1") == (shown["draft"]["text"], shown["draft"]["reason"])
    assert [3] == [
        one["value"]
        for one in shown["levels"]
        for who in one["letters"]
        if who["letter"] == shown["draft"]["picked"]
    ]
    assert "" == decide(panel, "accept")
    assert 3 == work_store.adjudication[CAMPAIGN].log[0].value


def test_two_leads_do_not_overwrite_each_other_unseen(seated: Sit, work_store: ReviewStore) -> None:
    """The second is told who settled it, sees it, and may then replace it."""
    lee, mia = seated("lee"), seated("mia")
    for panel in (lee, mia):
        press(panel, "lay", "t00", "adherence")
    assert "" == decide(lee, "choose", 4)

    assert "lee settled this case meanwhile" in decide(mia, "choose", 2)
    assert desk(mia)["settled"]["by"] == "lee"
    assert "" == press(mia, "confirm", "no: half of it")

    assert ["lee", "mia"] == [one.by for one in work_store.adjudication[CAMPAIGN].log]
    assert 2 == work_store.adjudication[CAMPAIGN].settled["t00", "every-control", "adherence"].value


def test_a_blind_round_is_refused_and_its_answers_are_not_even_read(
    seated: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """Commit before reveal: by name it is refused, without a name it is left out, and that is said."""
    blind = open_round(work_store, every)
    say(work_store, blind, REVIEWERS[0], "t01", values={"safety": "violates", "adherence": 1})

    with pytest.raises(AdjudicationError, match="Round 'r2' is still blind"):
        seated(round=NAME)
    panel = seated()

    assert ("t01", "adherence") not in panel.work.order
    assert "r2 is still blind" in panel._list.view["quiet"]
    work_store.rounds.log(CAMPAIGN, NAME, Closed(by="lee", at=NOON))
    press(panel, "look")
    assert ("t01", "adherence") in panel.work.order
    assert "blind" not in panel._list.view["quiet"]


def test_a_review_of_a_closed_round_cannot_be_returned(
    seated: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """A re-vote asks all of them; the panel says so."""
    round_ = open_round(work_store, every)
    for reviewer, level in zip(REVIEWERS, (1, 4, 5), strict=True):
        say(work_store, round_, reviewer, "t00", values={"safety": "ok", "adherence": level})
    work_store.rounds.log(CAMPAIGN, NAME, Closed(by="lee", at=NOON))
    panel = seated(round=NAME)
    press(panel, "lay", "t00", "adherence")
    press(panel, "pick_beside", 1)

    assert "Hold a re-vote on the board instead" in press(panel, "ask", "note")
    assert "Hold a re-vote on the board instead" in press(panel, "send_back", "look again")
    assert "" == decide(panel, "accept")


def test_a_review_is_sent_back_waits_and_comes_back(
    seated: Sit, work_store: ReviewStore, plain: Round
) -> None:
    """With a note; once; it can be taken back; a case that waits is the last to be offered."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")
    letter = letter_of(panel, REVIEWERS[0])
    assert "Pick an answer first" in press(panel, "ask", "note")
    press(panel, "pick", letter)
    assert "what to look at again" in press(panel, "send_back", " ")
    assert "note" == desk(panel)["draft"]["asking"]
    assert "" == press(panel, "send_back", "look at <b>her</b> hand")

    book = work_store.adjudication[CAMPAIGN]
    (note,) = book.returned_to(REVIEWERS[0], plain.name, plain.rubric)
    assert ("t00", "adherence", "look at <b>her</b> hand") == (note.task, note.criterion, note.note)
    fact = next(one for one in desk(panel)["facts"] if one["letter"] == letter)
    assert "look at <b>her</b> hand" == fact["waits"]
    assert f"{letter}: look at <b>her</b> hand" == desk(panel)["log"][0]["text"]
    assert desk(panel)["draft"]["waits"]
    assert "waits for them already" in press(panel, "send_back", "once more")
    press(panel, "filter", "which", "returned")
    assert [("t00", "adherence")] == panel.work.order
    assert "\N{LEFTWARDS ARROW WITH HOOK}" == panel._list.view["rows"][0]["mark"]

    revise(work_store, plain, REVIEWERS[0], "t00", 4, reason="returned")
    press(panel, "look")
    fact = next(one for one in desk(panel)["facts"] if one["letter"] == letter)
    assert ("", "look at <b>her</b> hand") == (fact["waits"], fact["came_back"])
    assert "answered" == panel.work.answers.waits(("t00", "adherence"))


def test_what_was_sent_back_can_be_taken_back(seated: Sit, work_store: ReviewStore, plain: Round) -> None:
    """Then it waits no more."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")
    press(panel, "pick_beside", 1)
    press(panel, "send_back", "look again")

    assert "" == press(panel, "take_back")

    reviewers = [
        work_store.adjudication[CAMPAIGN].returned_to(one, plain.name, plain.rubric) for one in REVIEWERS
    ]
    assert [(), (), ()] == reviewers
    assert "No review of task 't00' with this id was sent back" in press(panel, "take_back")


def test_gold_is_shown_only_when_it_is_asked_for(seated: Sit) -> None:
    """It would settle the case by itself; the next case begins without it, and without gold it says so."""
    panel = seated(gold={"t00": GOLD["t00"]})
    press(panel, "lay", "t00", "adherence")
    assert "why gold" not in json.dumps(desk(panel))

    assert "" == press(panel, "reveal")
    assert ("4 or 5", "why gold of t00") == (desk(panel)["gold"]["text"], desk(panel)["gold"]["rationale"])
    assert [True, True, False, False, False] == [one["gold"] for one in desk(panel)["levels"]]
    press(panel, "lay", "t03", "adherence")
    assert not desk(panel)["gold"]["exists"]
    assert "There is no gold of task 't03'" in press(panel, "reveal")
    press(panel, "lay", "t00", "adherence")
    assert not desk(panel)["gold"]["revealed"]


def test_the_lead_sees_evidence_of_what_nobody_judges_blind(
    seated: Sit, work_store: ReviewStore, every: Rubric
) -> None:
    """The look is logged under the lead's name; a task of a round that is still blind stays closed."""
    panel = seated()
    press(panel, "lay", "t00", "adherence")
    press(panel, "see_evidence", panel._stage.scene["key"])
    assert "shown" == panel._stage.evidence["state"]
    assert ["lee"] == list(work_store.openings.table(CAMPAIGN)["reviewer"])

    open_round(work_store, every)
    press(panel, "look")
    press(panel, "lay", "t03", "adherence")
    press(panel, "see_evidence", panel._stage.scene["key"])

    assert "locked" == panel._stage.evidence["state"]


def test_not_applicable_and_sets_can_be_settled(seated: Sit, work_store: ReviewStore, plain: Round) -> None:
    """Whoever says that it does not apply says why; a set of options is accepted as it was given."""
    said: dict[str, list[Answer]] = {
        "quality": [Answer(na="hidden"), Answer(value=3), Answer(value=4)],
        "defects": [Answer(value=["halo"]), Answer(value=["halo", "remnant"]), Answer(value=[])],
        "number": [Answer(value=2), Answer(value=4), Answer(value=4)],
    }
    for place, reviewer in enumerate(REVIEWERS):
        answers = {name: theirs[place] for name, theirs in said.items()}
        answers["places"] = Answer(value=[a_region(id="r1")])
        say(work_store, plain, reviewer, "t02", answers={"safety": Answer(value="ok"), **answers})
    panel = seated()

    press(panel, "lay", "t02", "quality")
    assert ("N/A", "0") == (desk(panel)["levels"][-1]["value"], desk(panel)["levels"][-1]["key"])
    assert "" == decide(panel, "choose", "N/A")
    press(panel, "lay", "t02", "defects")
    press(panel, "pick", letter_of(panel, REVIEWERS[1]))
    assert "" == decide(panel, "accept")
    press(panel, "lay", "t02", "number")
    assert [4, 3, 2] == [one["value"] for one in desk(panel)["levels"] if one["value"] != "N/A"]
    assert "" == decide(panel, "choose", 3)

    settled = work_store.adjudication[CAMPAIGN].settled
    assert ("hidden", ["halo", "remnant"], 3) == (
        settled["t02", "every-control", "quality"].na,
        settled["t02", "every-control", "defects"].value,
        settled["t02", "every-control", "number"].value,
    )
    press(panel, "lay", "t02", "number")
    assert {letter_of(panel, one) for one in REVIEWERS} == {one["label"] for one in panel._stage.regions}


def test_the_panel_reads_as_one_line_and_an_empty_campaign_says_so(
    edits: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """What a saved notebook shows, and what a lead sees before anybody has reviewed."""
    panel = AdjudicationPanel(edits, every, work_store, campaign="empty")

    assert "AdjudicationPanel(campaign='empty', tasks=6)" == repr(panel)
    assert "no task has two answers that differ" in panel._list.view["quiet"]
    assert {} == panel._desk.view
    assert press(panel, "step", 1) == ""
