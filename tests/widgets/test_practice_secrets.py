"""What a learner's page must not hold: gold before the commit, and an exam's gold ever."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .learners import GOLD, Learner, School, shown_everywhere

pytestmark = pytest.mark.usefixtures("loud_callbacks")


def needles(task: str) -> Iterator[str]:
    """Give what tells a task's gold: sentences, accepted sets and places, as JSON would hold them."""
    gold = GOLD[task]
    yield gold.rationale
    yield from (one.rationale for one in gold.answers.values() if one.rationale)
    yield from (f'"accepted": {json.dumps(one.accepted)}' for one in gold.answers.values())
    yield from (json.dumps(list(point)) for region in gold.regions for point in region.points)
    yield json.dumps([coordinate for region in gold.regions for coordinate in region.box])


def told(sent: list[dict[str, Any]]) -> str:
    """Return all that was sent to the browser, as text."""
    buffers = [bytes(one).decode("utf-8", "replace") for message in sent for one in message["buffers"] or ()]
    return json.dumps([{**message, "buffers": None} for message in sent], default=str) + "".join(buffers)


def leaks(text: str, tasks: Any) -> list[str]:
    """Return the needles of these tasks that a text holds."""
    return [needle for task in tasks for needle in needles(task) if needle in text]


def hands_on(learner: Learner) -> None:
    """Try whatever can be tried on an open task before it is submitted."""
    learner.press_e()
    learner.rate("safety", "ok")
    learner.act("write_note", "adherence", "the hat is missing")
    learner.submit()
    learner.move("back")
    learner.move("forward")
    learner.move("undo")
    learner.need("0" * 64)


@pytest.mark.parametrize("mode", ["tour", "warm_up", "practice", "exam", "check_in", "refresher"])
def test_nothing_of_gold_is_sent_before_the_commit(
    mode: str, school: School, sent: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    """In no message, no trait and no line of a log, whatever is pressed, in any kind of lesson."""
    caplog.set_level(logging.DEBUG, logger="evalwidgets")
    prepare(school, mode)
    sent.clear()
    caplog.clear()
    learner = school.seat()
    learner.enter(mode)
    assert learner.task
    hands_on(learner)
    school.seat().panel.close()

    assert len(sent) > 20
    for text in (told(sent), shown_everywhere(learner), caplog.text):
        assert leaks(text, GOLD) == []


def prepare(school: School, mode: str) -> None:
    """Bring a learner to where the door is open."""
    if mode in ("check_in", "refresher"):
        learner = school.seat()
        learner.enter("practice")
        learner.practise(2, adherence=5)
        school.clock.wait(days=1 if mode == "refresher" else 2)


def test_after_the_commit_only_the_answered_task_is_told(school: School, sent: list[dict[str, Any]]) -> None:
    """Its gold comes with the feedback, goes with the next task, and no other task's ever comes."""
    learner = school.seat()
    learner.enter("practice")
    for _ in range(3):
        task = learner.task
        sent.clear()
        learner.answer(adherence=5)
        assert GOLD[task].rationale in told(sent)
        assert json.dumps(list(GOLD[task].regions[0].points[0])) in told(sent)
        assert leaks(told(sent), set(GOLD) - {task}) == []

        sent.clear()
        learner.go_on()
        assert leaks(told(sent), GOLD) == []
        assert leaks(shown_everywhere(learner), GOLD) == []


@pytest.mark.parametrize("leave", ["go_home", "skip"])
def test_what_was_told_goes_with_the_feedback(school: School, leave: str) -> None:
    """Home, and whatever else leads away from it, leave nothing of gold in the page."""
    learner = school.seat()
    learner.enter("practice")
    learner.answer(adherence=5)
    ways: dict[str, Callable[[], None]] = {
        "go_home": learner.go_home,
        "skip": lambda: (learner.go_on(), learner.skip("dark"))[1],
    }
    ways[leave]()

    assert leaks(shown_everywhere(learner), GOLD) == []


@pytest.mark.parametrize("sequential", [False, True])
def test_an_exam_never_tells_a_task_s_gold(
    sequential: bool,
    school: School,
    sent: list[dict[str, Any]],
) -> None:
    """Not while it goes on, not on its result, not on the certificate."""
    learner = school.seat(sequential=sequential)
    learner.enter("exam")
    for _ in range(40):
        if learner.task:
            learner.fill_in(adherence=5)
    if not sequential:
        learner.hand_in()

    assert learner.home["kind"] == "result"
    assert leaks(told(sent), GOLD) == []
    pages = list((school.store.folder / "certificates").rglob("*.*"))
    assert len(pages) == 2
    assert leaks("".join(page.read_text() for page in pages), GOLD) == []


def test_a_check_in_tells_no_task_s_gold(school: School, sent: list[dict[str, Any]]) -> None:
    """It ends with a sentence and figures by criterion."""
    prepare(school, "check_in")
    sent.clear()
    learner = school.seat()
    learner.enter("check_in")
    learner.sit_exam(10, adherence=5)

    assert learner.home["kind"] == "result"
    assert leaks(told(sent), GOLD) == []
