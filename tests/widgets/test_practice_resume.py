"""A learner's kernel dies, or they open a second window: what is shown follows from the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.lesson_events import Ended
from evalwidgets.errors import StoreError
from evalwidgets.store.reviews import open_store

from .learners import CAMPAIGN, Learner, School

pytestmark = pytest.mark.usefixtures("loud_callbacks")


def seen(learner: Learner) -> dict[str, Any]:
    """Return what a learner sees, without what is new in each kernel."""
    panel = learner.panel
    return {
        "page": learner.home,
        "task": learner.task,
        "marks": {**learner.marks, "key": "", "seq": 0} if learner.task else None,
        "feedback": learner.feedback,
        "regions": panel._stage.regions,
        "card": panel._bar.card,
        "said": panel._bar.status["said"],
    }


def a_note(learner: Learner) -> None:
    """Leave an answer half done."""
    learner.rate("safety", "ok")
    learner.act("set_confidence", 3)


STEPS: dict[str, list[Callable[[Learner], object]]] = {
    "warm_up": [
        lambda one: one.enter("warm_up"),
        a_note,
        lambda one: one.answer(adherence=5),
        lambda one: one.say_why("adherence", "missed"),
        lambda one: one.go_on(),
        lambda one: one.answer(),
        lambda one: one.go_on(),
        lambda one: one.answer(),
        lambda one: one.go_on(),
    ],
    "practice": [
        lambda one: one.enter("practice"),
        lambda one: one.answer(adherence=5),
        lambda one: one.contest("adherence", "It is there."),
        lambda one: one.go_on(),
        a_note,
        lambda one: one.skip("does not load"),
        lambda one: one.answer(),
        lambda one: one.go_on(),
        lambda one: one.answer(quality=1),
    ],
    "exam": [
        lambda one: one.enter("exam"),
        a_note,
        lambda one: one.sit_exam(3),
        lambda one: one.sit_exam(17),
        lambda one: one.hand_in(),
    ],
}


@pytest.mark.parametrize("flow", STEPS)
def test_a_kernel_that_dies_after_any_step_costs_nothing(flow: str, school: School) -> None:
    """The panel of a new kernel shows the same task, the same answers, the same feedback."""
    ana = school.seat()
    for step in STEPS[flow]:
        step(ana)
        before = seen(ana)
        ana = school.seat()
        if before["page"]["kind"] == "result":
            assert ana.home["kind"] == "home"  # results are looked at by their door
        else:
            assert seen(ana) == before


def test_which_tasks_come_does_not_depend_on_restarts(school: School, tmp_path: Path) -> None:
    """Four tasks with a new kernel at every step are the four without."""
    with open_store(tmp_path / "other.db") as store:
        other = School(tmp_path / "other", school.rubric, store)
        through = other.seat()
        through.enter("practice")
        straight = through.practise(4, adherence=4)

    school.seat().enter("practice")
    broken = []
    for _ in range(4):
        broken.append(school.seat().task)
        school.seat().answer(adherence=4)
        school.seat().go_on()

    assert straight == broken


def test_a_kernel_that_died_between_end_and_verdict_is_made_up_for(school: School) -> None:
    """The exam is judged when the next panel opens, and its certificate made when it is looked at."""
    ana = school.seat()
    ana.enter("exam")
    name = ana.panel.session.round
    ana.sit_exam(20)
    school.store.lessons.log(CAMPAIGN, "ana", name, Ended(at=school.clock()))

    again = school.seat()

    assert "pass" == again.door(f"result:{name}")["badge"]
    again.enter(f"result:{name}")
    assert (school.store.folder / "certificates" / CAMPAIGN / "ana" / f"{name}.html").is_file()


def test_two_windows_answer_a_task_once(school: School) -> None:
    """The second window is told, and shows what the first one was answered."""
    one, two = school.seat(), school.seat()
    one.enter("practice")
    two.enter("practice")
    assert (one.task, one.key) == (two.task, two.key)
    task = one.task
    one.answer(adherence=5)

    two.answer(adherence=1)

    (stored,) = school.store.reviews(CAMPAIGN, reviewer="ana", lessons=True)
    assert (task, 5) == (stored.task, stored.values["adherence"])
    assert two.feedback == one.feedback
    assert stored.id == two.feedback["key"]


def test_a_window_that_is_behind_follows_the_other(school: School) -> None:
    """Both go on from what is stored, so no task is lost and none comes twice."""
    one, two = school.seat(), school.seat()
    one.enter("practice")
    two.enter("practice")
    one.practise(2)
    ahead = one.task

    two.answer(adherence=1)

    assert ahead == two.task
    assert "answered in another window" in two.panel._form.shown["refused"]
    assert 2 == len(school.store.reviews(CAMPAIGN, reviewer="ana", lessons=True))


def test_two_windows_begin_one_exam(school: School) -> None:
    """Whoever is second goes on with what the first began; a change in one is a revision."""
    one, two = school.seat(), school.seat()
    one.enter("exam")
    two.enter("exam")
    assert one.task == two.task
    one.answer()
    two.answer(adherence=5)
    two.submit()

    assert 1 == len(school.store.lessons.of(CAMPAIGN, "ana"))
    revisions = school.store.reviews(CAMPAIGN, one.panel.session.round, current=False)
    assert [1, 2] == [review.revision for review in revisions]


def test_a_store_that_fails_leaves_the_task_with_everything_in_place(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of gold is shown for an answer that is not on disk."""
    ana = school.seat()
    ana.enter("practice")
    task = ana.task

    def full(*_: object) -> None:
        msg = "The disk is full; nothing was stored."
        raise StoreError(msg)

    with monkeypatch.context() as broken:
        broken.setattr(type(school.store), "submit", full)
        ana.answer(adherence=4)
        assert (task, {}) == (ana.task, ana.feedback)
        assert "failed" == ana.panel._bar.saved["state"]
        assert 4 == ana.panel.data["adherence"]

    ana.submit()
    assert ana.feedback


def test_yesterday_s_practice_is_not_gone_on_with(school: School) -> None:
    """Each day has its own sitting, with its own name."""
    ana = school.seat()
    ana.enter("practice")
    ana.practise(1)
    school.clock.wait(days=1)

    ana = school.seat()
    assert ana.home["kind"] == "home"
    ana.enter("practice")

    assert "practice 2026-03-03" == ana.panel.session.round
    assert ana.panel._bar.status["said"] == "Task 1 of this sitting"
