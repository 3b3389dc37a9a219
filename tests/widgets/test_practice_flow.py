"""The practice panel: the path, the tour, the warm-up, practice task by task, and what gold answers."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.gold_events import Contested
from evalwidgets.errors import EvalWidgetsError

from .learners import CAMPAIGN, GOLD, School
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")


def test_a_new_learner_is_led_to_the_tour_then_to_the_warm_up(school: School) -> None:
    """One door is next; those that wait for something say for what."""
    ana = school.seat()
    assert ana.home["kind"] == "home"
    assert ana.next_door == "tour"
    assert ana.door("refresher")["state"] == ana.door("check_in")["state"] == "locked"
    assert "24 hours" in ana.door("check_in")["why"]

    ana.enter("tour")
    assert ana.panel._work.view.tour.running
    assert ana.task
    send(ana.panel._work.view.tour, {"type": "tour", "step": "end", "done": True})

    assert ana.next_door == "warm_up"


def test_the_tour_keeps_nothing(school: School) -> None:
    """Its task is answered by the same keys; no draft and no review comes of it."""
    ana = school.seat()
    ana.enter("tour")
    ana.rate("safety", "ok")
    ana.rate("adherence", 3)
    assert {"safety": "ok", "adherence": 3} == ana.panel.data
    with pytest.raises(EvalWidgetsError, match="This is the tour"):
        ana.panel.submit()
    ana.submit()

    assert school.store.lessons.seen(CAMPAIGN, "ana") == frozenset()
    assert school.store.reviews(lessons=True) == []
    assert school.seat().next_door == "tour"


def test_the_warm_up_is_three_easy_tasks_that_count_nowhere(school: School) -> None:
    """With feedback after each; then it is done, and nothing of it is mastered or tabled."""
    ana = school.seat()
    ana.enter("warm_up")
    done = ana.practise(3, adherence=1)

    assert {"easy"} == {GOLD[name].difficulty for name in done}
    assert 3 == len(set(done))
    assert ana.home["kind"] == "home"
    assert ana.door("warm_up")["state"] == "done"
    assert "new" == ana.home["map"]["rows"][0]["cells"][0]["state"]
    assert school.store.ratings(CAMPAIGN).empty
    ana.enter("warm_up")
    assert ana.home["sentence"] == "Warm-up is done."


def test_practice_shows_one_task_and_nothing_ahead(school: School) -> None:
    """What comes next depends on the answer, so no sheet and no scene lies ready in the browser."""
    ana = school.seat()
    ana.enter("practice")

    assert ana.panel._form.queue == ana.panel._stage.queue == []
    assert ana.panel._form.shown["layout"]["key"] == ana.panel._stage.scene["key"] == ana.key
    assert ana.panel._stage.scene["intro"]
    assert "practice 2026-03-02" == ana.panel.session.round
    assert ana.panel._bar.status["said"] == "Task 1 of this sitting"
    ana.move("forward")
    ana.move("back")
    assert ana.panel.session.upcoming(3) == []


def test_confidence_comes_before_gold(school: School) -> None:
    """Without it nothing is committed; the form says what lacks, and where."""
    ana = school.seat()
    ana.enter("practice")
    task = ana.task
    ana.answer(sure=None)

    assert (ana.task, ana.feedback) == (task, {})
    assert [("#confidence", "missing")] == [(one["criterion"], one["kind"]) for one in ana.marks["problems"]]
    assert "how sure you are" in ana.marks["problems"][0]["message"]

    ana.act("set_confidence", 3)
    ana.submit()

    assert ana.feedback["key"]


def test_feedback_is_signed_and_says_what_decides(school: School) -> None:
    """Given and accepted in words, the expert's sentences, and the boundary that comes back."""
    ana = school.seat()
    ana.enter("practice")
    task = ana.task
    right = GOLD[task].answers["adherence"].accepted[0]
    ana.answer(adherence=right + 1, sure=3)

    rows = {row["criterion"]: row for row in ana.feedback["rows"]}
    assert ["safety", "change", "adherence", "quality"] == list(rows)
    assert ("lenient", 1) == (rows["adherence"]["mark"], rows["adherence"]["by"])
    assert f"{right + 1} Level {right + 1}" == rows["adherence"]["given"]
    assert str(right) == rows["adherence"]["accepted"]
    assert f"adherence of {task}" == rows["adherence"]["sentence"]
    assert "within" == rows["quality"]["mark"]
    assert "Fine" == rows["safety"]["given"] == rows["safety"]["accepted"]
    assert f"The expert on {task}." == ana.feedback["rationale"]
    assert "Within the accepted answers on 3 of 4 criteria" == ana.feedback["title"]
    assert "You were sure, and 1 answer lies outside: look at those first." == ana.feedback["confidence"]
    label = f"Adherence {right}|{right + 1}"
    assert {"label": label, "note": "comes back in 3 to 7 tasks"} in ana.feedback["boundaries"]
    assert "Task 1 of this sitting" == ana.feedback["position"]


def test_a_missed_boundary_comes_back_within_three_to_seven_tasks(school: School) -> None:
    """By another task; what a learner got right meanwhile is no miss."""
    ana = school.seat()
    ana.enter("practice")
    missed = GOLD[ana.task].answers["adherence"].accepted[0]
    ana.answer(adherence=missed + 1)
    ana.go_on()

    coming = [GOLD[name].answers["adherence"].accepted[0] for name in ana.practise(7)]

    assert any(level in (missed, missed + 1) for level in coming[2:])


def test_the_stage_stays_with_the_places_of_both(school: School) -> None:
    """Found, missed and extra are counted and drawn; the task's scene does not change."""
    ana = school.seat()
    ana.enter("practice")
    scene = ana.panel._stage.scene
    gold = GOLD[ana.task].regions[0]
    mine = {**gold.model_dump(mode="json", exclude={"required"}), "id": "m1", "picture": ""}
    elsewhere = {**mine, "id": "m2", "points": [[14, 9], [23, 15]]}
    ana.rate("safety", "ok")
    for one in (mine, elsewhere):
        ana.act("mark", "places", one)
    assert ana.panel._stage.regions == []

    ana.answer()

    assert {"found": 1, "missed": 0, "extra": 1} == ana.feedback["regions"]
    assert {"found", "other", "extra"} == {one["look"] for one in ana.panel._stage.regions}
    assert {**scene, "intro": True} == {**ana.panel._stage.scene, "intro": True}
    ana.go_on()
    assert ana.panel._stage.regions == []


def test_evidence_is_at_hand_after_the_commit_and_logged(school: School) -> None:
    """Before it is locked; the opening belongs to the lesson."""
    ana = school.seat()
    ana.enter("practice")
    task = ana.task
    assert ana.press_e()["state"] == "locked"

    ana.answer()
    assert ana.press_e()["state"] in ("shown", "failed")

    logged = school.store.openings.read(campaign=CAMPAIGN, reviewer="ana")
    assert [("practice 2026-03-02", task)] == [(one.round, one.task) for one in logged]


def test_why_an_answer_differs_is_kept_and_shown(school: School) -> None:
    """The last word counts; a disagreement is the lead's to read."""
    ana = school.seat()
    ana.enter("practice")
    ana.answer(adherence=5)
    ana.say_why("adherence", "missed")
    ana.say_why("adherence", "disagree", "the hat is red enough")

    rows = {row["criterion"]: row["why"] for row in ana.feedback["rows"]}
    assert rows["adherence"] == "disagree"
    told = school.store.lessons.differences(CAMPAIGN)
    assert [("disagree", "the hat is red enough")] == list(zip(told["why"], told["remark"], strict=True))


def test_gold_can_be_contested_once(school: School) -> None:
    """It goes to the gold log under the learner's name; a second time is told, not stored."""
    ana = school.seat()
    ana.enter("practice")
    task = ana.task
    ana.answer(adherence=5)
    ana.contest("adherence", "The hat is there and it is red.")
    ana.contest("adherence", "Again.")

    (event,) = school.store.gold[CAMPAIGN].log
    assert isinstance(event, Contested)
    assert (task, "adherence", "ana") == (event.task, event.criterion, event.by)
    assert [row["criterion"] for row in ana.feedback["rows"] if row["contested"]] == ["adherence"]
    assert "contests adherence already" in ana.panel._bar.status["advice"]


def test_what_cannot_be_kept_is_told(school: School) -> None:
    """A contest without a reason, or of nothing that the rubric has."""
    ana = school.seat()
    ana.enter("practice")
    ana.answer(adherence=5)

    ana.contest("adherence", "")
    assert "could not be kept" in ana.panel._bar.status["advice"]
    ana.say_why("none", "missed")
    assert "No criterion 'none'" in ana.panel._bar.status["advice"]
    assert school.store.gold[CAMPAIGN].log == ()


def test_a_skipped_task_has_no_feedback(school: School) -> None:
    """The next one comes at once, and the skipped one not again today."""
    ana = school.seat()
    ana.enter("practice")
    skipped = ana.task
    ana.skip("does not load")

    assert ana.feedback == {}
    assert ana.task not in ("", skipped)
    assert skipped not in ana.practise(5)


def test_home_leaves_the_task_as_it_is(school: School) -> None:
    """The page takes the panel's place, empty of the task; the door leads back to it."""
    ana = school.seat()
    ana.enter("practice")
    task, key = ana.task, ana.key
    ana.rate("safety", "ok")
    ana.go_home()
    assert ana.home["kind"] == "home"
    assert ana.panel._stage.scene == {}
    assert ana.panel.task is None
    assert not ana.panel._bar.status["home"]

    ana.enter("practice")

    assert (task, key, {"safety": "ok"}) == (ana.task, ana.key, ana.panel.data)
    assert ana.panel._bar.status["home"]


@pytest.mark.parametrize(
    "message",
    [
        {"type": "open", "what": "exam 2026"},
        {"type": "open", "what": "result:none"},
        {"type": "wall", "criterion": "none"},
        {"type": "next"},
        {"type": "why", "criterion": "adherence", "why": "missed"},
        {"type": "hand_in"},
        {"type": "act", "key": "k", "seq": 1, "act": "rate", "said": ["adherence", 3]},
        {"type": "submit", "key": "k", "view": "v", "count": 1},
        {"type": "reviewer", "name": "ben"},
        {"type": "tour", "step": "end"},
    ],
)
def test_a_message_out_of_place_changes_nothing(school: School, message: dict[str, Any]) -> None:
    """Late, early or made up: the page stays at home, and nothing is stored."""
    ana = school.seat()
    send(ana.panel._bar, message)
    send(ana.panel._page, message)

    assert ana.home["kind"] == "home"
    assert school.store.lessons.learners(CAMPAIGN) == []


@pytest.mark.usefixtures("stranger")
def test_who_learns_is_asked_once(school: School) -> None:
    """The card comes over an empty panel; then the page."""
    ana = school.seat(None)
    assert ana.panel._bar.card["kind"] == "ask"
    assert ana.home == {"kind": "away"}

    ana.name_reviewer("ana")

    assert ana.home["learner"] == "ana"
    assert ana.panel._bar.card["kind"] == ""


def test_there_is_nothing_to_practise_without_gold(school: School) -> None:
    """The doors say so; the tour still works."""
    school.rubric = school.rubric.model_copy(update={"id": "other"})
    ana = school.seat()

    for what in ("warm_up", "practice", "check_in"):
        assert "no gold under rubric other" in ana.door(what)["why"]
    assert "0 are left" in ana.door("exam")["why"]
    ana.enter("tour")
    assert ana.task


def test_a_panel_says_what_it_is(school: School) -> None:
    """One line, the same in every run."""
    assert repr(school.panel()) == "PracticePanel(rubric='every-control 1.0.0', tasks=64, campaign='spring')"
