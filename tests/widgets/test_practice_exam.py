"""An exam at the practice panel: unseen gold only, nothing told before its end, judged by its rule."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.gold_events import Proposed, Retired
from evalwidgets.core.lesson_events import Ended
from evalwidgets.errors import StoreError
from evalwidgets.widgets import exam_work
from evalwidgets.widgets.learner_book import LearnerBook
from evalwidgets.widgets.review_panel import ReviewPanel

from .learners import CAMPAIGN, GOLD, Learner, School
from .rounds import card

pytestmark = pytest.mark.usefixtures("loud_callbacks")
EXAM = "exam 2026-03-02"


@pytest.fixture(autouse=True)
def few_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate few candidates for the certificate: what its table says is tested elsewhere."""
    simulated = exam_work.operating_characteristic
    monkeypatch.setattr(
        exam_work, "operating_characteristic", lambda rule: simulated(rule, rates=(0.9,), candidates=50)
    )


@pytest.fixture
def ana(school: School) -> Learner:
    """Return ana, who has sat down to an exam of 20 tasks."""
    ana = school.seat()
    ana.enter("exam")
    return ana


def test_an_exam_is_the_ordinary_panel(ana: Learner) -> None:
    """Tasks lie ready, answers can be changed until the end, nobody is hurried, nothing is told."""
    assert 3 == len(ana.panel._form.queue) == len(ana.panel._stage.queue)
    assert "intro" not in ana.panel._stage.scene
    first = ana.task
    ana.answer()
    assert ana.feedback == {}
    assert "on disk" in ana.panel._bar.saved["text"]
    assert ana.panel._bar.status["pace"] is ana.panel._bar.status["left"] is None
    assert "Exam, task 2 of 20: you may go back until the end" == ana.panel._bar.status["said"]

    ana.move("back")
    assert ana.task == first
    assert ana.press_e()["state"] == "locked"
    ana.rate("adherence", 5)
    ana.submit()

    stored = ana.panel._store.reviews(CAMPAIGN, EXAM, task=first, current=False)
    assert [1, 2] == [review.revision for review in stored]


def test_an_exam_waits_for_its_hand_in(ana: Learner) -> None:
    """The last task answered, a card offers to go back or to hand in; then it is closed for good."""
    ana.sit_exam(20)
    assert "hand_in" == card(ana)["action"]
    assert ana.home == {"kind": "away"}
    ana.move("back")
    assert ana.task
    ana.submit()

    ana.hand_in()

    assert ana.home["kind"] == "result"
    (state,) = ana.panel._store.lessons.of(CAMPAIGN, "ana")
    assert state.ended_at
    assert state.judged


def test_who_agrees_with_gold_passes_and_can_read_why_later(ana: Learner, school: School) -> None:
    """The page says the verdict, the rates and the rule; a later panel says the same."""
    ana.sit_exam(20)
    ana.hand_in()
    result = ana.home

    assert ("pass", "Pass") == (result["verdict"], result["title"])
    assert 1 == result["rate"]["value"]
    assert {"Adherence", "Quality"} <= {one["label"] for one in result["criteria"]}
    assert any("Not enough evidence: anything else" in line for line in result["rule"])
    again = school.seat()
    assert again.home["kind"] == "home"
    assert "pass" == again.door(f"result:{EXAM}")["badge"]
    again.enter(f"result:{EXAM}")
    assert again.home == result


def test_who_is_always_lenient_does_not_pass(ana: Learner) -> None:
    """Not yet, with what to read again, and no task's gold."""
    ana.sit_exam(20, adherence=5, quality=5)
    ana.hand_in()

    assert "not_yet" == ana.home["verdict"]
    assert ana.home["focus"]
    assert not [name for name in GOLD if f"of {name}" in str(ana.home)]


def test_the_rule_is_logged_when_the_exam_begins(ana: Learner) -> None:
    """So that a verdict can be read against it, whatever is changed meanwhile."""
    (state,) = ana.panel._store.lessons.of(CAMPAIGN, "ana")
    rule = ExamRule.model_validate(state.lesson.rule)

    assert (20, False) == (rule.size, rule.sequential)
    assert 20 == len(state.lesson.tasks)


def test_the_certificate_is_written_beside_the_store(ana: Learner) -> None:
    """A page and a text, named on the result by their place, not by where the machine has them."""
    ana.sit_exam(20)
    ana.hand_in()

    folder = ana.panel._store.folder / "certificates" / CAMPAIGN / "ana"
    assert {f"{EXAM}.html", f"{EXAM}.md"} == {path.name for path in folder.iterdir()}
    assert "ana: pass" in (folder / f"{EXAM}.html").read_text()
    links = ana.home["links"]
    assert ["home", f"file:{EXAM}.html", f"file:{EXAM}.md"] == [one["what"] for one in links]
    assert str(ana.panel._store.folder) not in str(ana.home)
    ana.enter("home")
    assert ana.home["kind"] == "home"


def test_the_certificate_can_be_saved_from_the_page(
    ana: Learner, sent: list[dict[str, Any]], school: School
) -> None:
    """Its bytes come when they are asked for, of this result alone; no other file of the machine does."""
    ana.sit_exam(20)
    ana.hand_in()
    again = school.seat()
    again.enter(f"result:{EXAM}")
    for name in ("../../work.db", "exam.html", f"{EXAM}.html"):
        again.enter(f"file:{name}")

    files = [one for one in sent if one["data"].get("content", {}).get("type") == "file"]
    (page,) = files
    assert f"{EXAM}.html" == page["data"]["content"]["name"]
    assert b"ana: pass" in bytes(page["buffers"][0])
    assert again.home["kind"] == "result"


def test_no_certificate_says_what_the_log_does_not(ana: Learner, school: School) -> None:
    """When the files are lost and gold has changed since, the result stands without a new one."""
    ana.sit_exam(20, adherence=5)
    ana.hand_in()
    shutil.rmtree(school.store.folder / "certificates")
    again = school.seat()
    again.enter(f"result:{EXAM}")
    assert 3 == len(again.home["links"])

    shutil.rmtree(school.store.folder / "certificates")
    (state,) = school.store.lessons.of(CAMPAIGN, "ana")
    place = {"rubric": school.rubric.id, "by": "lee", "at": school.clock(), "reason": "Wrong."}
    for task in state.lesson.tasks[:5]:
        school.store.gold.log(CAMPAIGN, Retired(task=task, **place))
    later = school.seat()
    later.enter(f"result:{EXAM}")

    assert 1 == len(later.home["links"])
    assert again.home["rate"] == later.home["rate"]


def test_a_certificate_that_cannot_be_written_costs_no_verdict(
    ana: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result is told without it."""

    def full(*_: Any) -> Path:
        msg = "The disk is full."
        raise StoreError(msg)

    monkeypatch.setattr(exam_work, "save_certificate", full)
    ana.sit_exam(20)
    ana.hand_in()

    assert "pass" == ana.home["verdict"]
    assert ["home"] == [one["what"] for one in ana.home["links"]]


def test_no_exam_holds_what_was_ever_seen(school: School) -> None:
    """Not from practice, not from a draft, not from an exam before."""
    ana = school.seat()
    ana.enter("practice")
    seen = set(ana.practise(4))
    seen.add(ana.task)
    ana.go_home()
    ana.enter("exam")
    held = set(ana.sit_exam(20))
    ana.hand_in()
    ana.enter("home")

    locked = ana.door("exam")

    assert not seen & held
    assert "locked" == locked["state"]
    assert "exam: 20 unseen gold tasks are wanted, and" in locked["why"]
    assert "(20 of the exam's pool were seen before)" in locked["why"]
    ana.enter("exam")
    assert ana.home["sentence"] == locked["why"]
    assert 1 == len([one for one in school.store.lessons.of(CAMPAIGN, "ana") if one.lesson.mode == "exam"])


def test_a_task_of_a_round_or_a_draft_is_no_exam_task(school: School) -> None:
    """Whatever somebody has begun to judge anywhere in the campaign counts as seen."""
    school.options["exam_size"] = 30
    panel = ReviewPanel(school.tasks, school.rubric, school.store, "ana", campaign=CAMPAIGN)
    for task in ("t00", "t02", "t04", "t06", "t08", "t10", "t12", "t14"):
        panel.show(task)
        panel.rate("safety", "ok")
    ana = school.seat()

    assert "locked" == ana.door("exam")["state"]
    assert "seen before" in ana.door("exam")["why"]


def test_who_made_gold_is_not_examined_on_it(school: School) -> None:
    """Nor who led the round in which it was discussed."""
    fresh = set(school.panel()._work._course.pool.exam)
    mine = sorted(fresh)[0]
    proposed = Proposed(by="ana", at=school.clock(), gold=GOLD[mine], reason="I looked again.")
    school.store.gold.log(CAMPAIGN, proposed)

    assert {mine} == fresh & LearnerBook(school.panel()._work._course, "ana").seen
    assert not fresh & LearnerBook(school.panel()._work._course, "ben").seen


def test_a_second_exam_takes_fresh_tasks(school: School) -> None:
    """Two exams of ten on one day: two names, no task in both, and no verdict on so few."""
    school.options["exam_size"] = 10
    ana = school.seat()
    held = []
    for _ in range(2):
        ana.enter("exam")
        held.append(ana.sit_exam(10))
        ana.hand_in()
        assert "not_enough" == ana.home["verdict"]

    assert not set(held[0]) & set(held[1])
    names = [one.lesson.name for one in school.store.lessons.of(CAMPAIGN, "ana")]
    assert [EXAM, f"{EXAM} 2"] == names


def test_while_an_exam_lies_open_nothing_is_taught(ana: Learner) -> None:
    """The other lessons are locked, and it is what comes next."""
    ana.answer()
    ana.go_home()

    assert "exam" == ana.next_door
    assert "1 answered" == ana.door("exam")["badge"]
    assert {"locked"} == {ana.door(one)["state"] for one in ("warm_up", "practice", "refresher", "check_in")}
    ana.enter("practice")
    assert "First finish the exam" in ana.home["sentence"]
    ana.enter("exam")
    assert 2 == ana.panel.progress.position


def test_a_sequential_exam_ends_as_soon_as_it_is_decided(school: School) -> None:
    """One task at a time, no way back, and no hand-in: the evidence decides."""
    ana = school.seat(sequential=True)
    ana.enter("exam")
    assert ana.panel._form.queue == []
    count = 0
    while ana.task and count < 40:
        ana.fill_in(adherence=5, quality=1)
        count += 1
        ana.move("back")

    assert 20 <= count < 32
    assert "not_yet" == ana.home["verdict"]
    (state,) = school.store.lessons.of(CAMPAIGN, "ana")
    assert state.lesson.rule["sequential"]
    assert count == len(school.store.reviews(CAMPAIGN, state.lesson.name))


def test_an_exam_that_ended_elsewhere_takes_no_answer(ana: Learner, school: School) -> None:
    """Its late answer is refused, and the result is shown."""
    ana.sit_exam(2)
    school.store.lessons.log(CAMPAIGN, "ana", EXAM, Ended(at=school.clock()))

    ana.answer()

    assert 2 == len(school.store.reviews(CAMPAIGN, EXAM))
    assert ana.home["kind"] in ("home", "result")
    assert school.seat().door(f"result:{EXAM}")["badge"] == "not enough evidence"


def test_an_exam_of_skips_is_no_evidence(ana: Learner) -> None:
    """Nothing was judged, so nothing is said of anybody."""
    for _ in range(20):
        ana.skip("cannot be seen")
    ana.hand_in()

    assert "not_enough" == ana.home["verdict"]
    assert ana.home["rate"] is None
