"""A learner with gold to practise on, a clock that can be moved, and what they do at the panel."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from evalwidgets.core.gold import Gold, GoldAnswer, GoldRegion
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet, read_tasks
from evalwidgets.widgets.practice_panel import PracticePanel

from ..samples import GOOD_ANSWERS, write_manifest
from .page import Page, send

CAMPAIGN = "spring"
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
TASKS = 64


class Clock:
    """A clock that goes on a second whenever somebody looks at it."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        """Return the time."""
        self.at += timedelta(seconds=1)
        return self.at

    def wait(self, **much: float) -> None:
        """Let hours or days go by."""
        self.at += timedelta(**much)


def a_practice_gold(number: int) -> Gold:
    """Return gold that no other task has: its sentences and places hold the task's number."""
    level = number % 4 + 1
    region: dict[str, Any] = {
        "id": "g1",
        "type": "box",
        "points": ((2 + number / 100, 3.5), (9 + number / 100, 12.25)),
        "role": "edited",
        "size": (24, 16),
    }
    return Gold(
        task=f"t{number:02}",
        rubric="every-control",
        rubric_version="1.0.0",
        answers={
            "safety": GoldAnswer(accepted=("ok",)),
            "change": GoldAnswer(accepted=("yes",)),
            "adherence": GoldAnswer(accepted=(level,), tolerance=0, rationale=f"adherence of t{number:02}"),
            "quality": GoldAnswer(accepted=(5 - level, 6 - level), rationale=f"quality of t{number:02}"),
        },
        rationale=f"The expert on t{number:02}.",
        regions=(GoldRegion(**region),),
        difficulty="easy" if number % 5 == 0 else "medium",
    )


GOLD = {f"t{number:02}": a_practice_gold(number) for number in range(TASKS)}


class School:
    """One learner's store, tasks and clock; panels come and go."""

    def __init__(self, folder: Path, rubric: Rubric, store: ReviewStore) -> None:
        self.rubric, self.store, self.clock = rubric, store, Clock()
        self.tasks: TaskSet = read_tasks(write_manifest(folder / "school", TASKS))
        self.options: dict[str, Any] = {}

    def panel(self, learner: str | None = "ana", **more: Any) -> PracticePanel:
        """Return a panel as after a restart of the kernel."""
        options = {"campaign": CAMPAIGN, "now": self.clock, **self.options, **more}
        return PracticePanel(self.tasks, GOLD, self.rubric, self.store, learner, **options)

    def seat(self, learner: str | None = "ana", **more: Any) -> Learner:
        """Return a learner before a new panel."""
        return Learner(self.panel(learner, **more))


class Learner(Page):
    """A page that shows a practice panel."""

    panel: PracticePanel

    @property
    def home(self) -> dict[str, Any]:
        """The page that stands in the place of the panel."""
        return dict(self.panel._page.page)

    @property
    def feedback(self) -> dict[str, Any]:
        """What is shown of gold."""
        return dict(self.panel._feedback.feedback)

    @property
    def task(self) -> str:
        """The task that lies open; empty without one."""
        return self.panel.task.id if self.panel.task else ""

    def door(self, what: str) -> dict[str, Any]:
        """Return a door of the page."""
        return next(one for one in self.home["doors"] if one["what"] == what)

    @property
    def next_door(self) -> str:
        """What the page says to do next."""
        return next((one["what"] for one in self.home["doors"] if one["state"] == "next"), "")

    def enter(self, what: str) -> None:
        """Choose a door."""
        send(self.panel._page, {"type": "open", "what": what})

    def go_home(self) -> None:
        """Press the bar's button."""
        send(self.panel._bar, {"type": "home"})

    def go_on(self) -> None:
        """Leave the feedback."""
        send(self.panel._feedback, {"type": "next", "key": self.feedback.get("key", "")})

    def hand_in(self) -> None:
        """Press the button of the last card."""
        send(self.panel._bar, {"type": "hand_in"})

    def say_why(self, criterion: str, why: str, remark: str = "") -> None:
        """Say why an answer differs."""
        said = {"type": "why", "key": self.feedback["key"], "criterion": criterion, "why": why}
        send(self.panel._feedback, {**said, "remark": remark})

    def contest(self, criterion: str, reason: str) -> None:
        """Say that gold is wrong."""
        said = {"type": "contest", "key": self.feedback["key"], "criterion": criterion, "reason": reason}
        send(self.panel._feedback, said)

    def answer(self, *, sure: int | None = 2, **other: Any) -> None:
        """Answer the open task as gold has it, unless told otherwise, and submit."""
        gold = {name: one.accepted[0] for name, one in GOLD[self.task].answers.items()}
        self.answer_all(**{**gold, **other})
        self.act("write_note", "adherence", "the hat at the left is not red")
        if sure:
            self.act("set_confidence", sure)
        self.submit()

    def fill_in(self, **other: Any) -> None:
        """Answer the open task as `answer` does, in one stroke: without an act and a draft for each row."""
        gold = {name: one.accepted[0] for name, one in GOLD[self.task].answers.items()}
        absent = {"figure"} if "figure" not in self.panel._tasks[self.task].tags["subjects"] else set()
        said = {**GOOD_ANSWERS, **gold, **other}
        answers = {name: Answer(value=value) for name, value in said.items() if name not in absent}
        answers["adherence"] = Answer(value=said["adherence"], note="the hat at the left is not red")
        self.panel.session.desk.say(Sheet(answers=answers, confidence=2))
        self.submit()

    def practise(self, count: int, **other: Any) -> list[str]:
        """Answer so many tasks, each with its feedback, and return them."""
        done = []
        for _ in range(count):
            done.append(self.task)
            self.fill_in(**other)
            self.go_on()
        return done

    def sit_exam(self, count: int, **other: Any) -> list[str]:
        """Answer so many tasks of an exam, and return them."""
        done = []
        for _ in range(count):
            done.append(self.task)
            self.fill_in(**other)
        return done


def shown_everywhere(learner: Learner) -> str:
    """Return all that the panel's widgets hold, as the browser could read it."""
    panel = learner.panel
    parts = (panel._page, panel._bar, panel._stage, panel._form, panel._feedback)
    return json.dumps([one.get_state() for one in parts], default=str, sort_keys=True)
