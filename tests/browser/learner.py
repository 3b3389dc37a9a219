"""A learner with a keyboard at the practice panel, and what the store and gold say of each task meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from message_reader import MessageReader, gold_needles
from playwright.sync_api import Locator, Page, expect
from reviewer import Keyboard
from stage_alone import StagePage

import evalwidgets as ew
from evalwidgets.core.gold import Gold
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric

Manner = Literal["right", "high", "low"]
_NOTE_FREE = 3
"""The lowest level that asks for no note."""


@dataclass
class Learner:
    """Goes from door to door by keys, and looks at each task that no gold of it has come before its time."""

    page: Page
    store: Path
    rubric: Rubric
    gold: Mapping[str, Gold]
    reader: MessageReader
    name: str
    campaign: str = "demo"
    revealed: set[str] = field(default_factory=set)

    @property
    def feedback(self) -> Locator:
        """What stands in the form's place after a commit."""
        return self.page.locator(".ew-feedback")

    @property
    def door(self) -> str:
        """The name of the door that is shown as the next step."""
        return self.page.locator(".ew-door-next").get_attribute("data-what") or ""

    @property
    def lessons(self) -> tuple[LessonState, ...]:
        """The lessons begun so far, as the store has them."""
        with ew.open_store(self.store) as store:
            return store.lessons.of(self.campaign, self.name)

    def reviews(self, lesson: str) -> list[Review]:
        """Return the reviews of a lesson, as the store has them."""
        with ew.open_store(self.store) as store:
            return store.reviews(self.campaign, lesson, self.name)

    def open_door(self, what: str) -> None:
        """Go through a door by its key."""
        self.page.wait_for_selector(".ew-home")
        key = self.page.locator(f'.ew-home [data-what="{what}"] .ew-key').inner_text()
        self.page.keyboard.press("Enter" if key == "⏎" else key)

    def look(self) -> None:
        """Read what was asked, then see the original, then the edited picture."""
        self.page.wait_for_selector('.ew-stage[data-intro="asked"]')
        self.page.keyboard.press("Space")
        self.page.wait_for_selector('.ew-stage[data-intro="original"]')
        self.page.keyboard.press("Space")
        self.page.wait_for_selector(".ew-stage:not([data-intro])")
        self.page.wait_for_selector(".ew-form:not(.ew-unseen)")

    def answer(self, manner: Manner) -> str:
        """Answer the whole form in a manner, and return the task, which the draft tells."""
        hands = Keyboard(self.page)
        hands.answer("feasibility", "1", "feasible")
        hands.answer("safety", "1", "ok")
        hands.answer("visible_change", "1", "yes")
        hands.await_row("instruction_adherence")
        task = self._task_on_the_desk()
        while hands.row != "#confidence":
            row = hands.row
            self.page.keyboard.press(str(self._level(task, row, manner)))
            self.page.wait_for_function(
                "row => document.querySelector('.ew-row.ew-focused')?.dataset.row !== row", arg=row
            )
        self.page.keyboard.press("3")
        self.page.wait_for_selector(".ew-form .ew-submit.ew-ready")
        return task

    def commit(self, task: str) -> None:
        """See that no gold has come so far, submit, and wait for the feedback on the task."""
        self.expect_no_gold()
        self.page.keyboard.press("Control+Enter")
        self.feedback.wait_for(timeout=20_000)
        expect(self.feedback).to_contain_text(self.gold[task].rationale[:40])
        self.revealed.add(task)

    def go_on(self) -> None:
        """Leave the feedback; what came with it is no secret any more."""
        self.reader.await_silence()
        self.reader.forget()
        self.page.keyboard.press("n")
        self.feedback.wait_for(state="hidden")

    def await_difference(self) -> None:
        """Wait until the store has heard why an answer differs."""
        for _ in range(100):
            if self.lessons[-1].differences:
                return
            self.page.wait_for_timeout(100)
        pytest.fail("the store has not heard why")

    def expect_no_gold(self) -> None:
        """See that nothing that passed since the last feedback betrays gold which is not yet shown."""
        hidden = [gold for task, gold in self.gold.items() if task not in self.revealed]
        known = gold_needles((self.gold[task] for task in self.revealed), self.rubric)
        keys = {one for one in known if one.startswith('"')}
        found = self.reader.find(gold_needles(hidden, self.rubric) - (known - keys))
        assert found == {}, found

    def mark(self, task: str) -> bool:
        """Draw around the first place that the expert marked, and one in a far corner; False without any."""
        places = [one for one in self.gold[task].regions if one.required and one.type == "box"]
        if not places:
            return False
        stage = StagePage(self.page)
        self.page.keyboard.press("r")
        stage.settle()
        drawing = next(one for one in stage.drawn if one["role"] == "edited")
        scale = drawing["width"] / places[0].size[0]
        # Not to the pixel: the learner's own points are no leak of gold.
        start, end = (tuple(number * scale + 3 for number in point) for point in places[0].points)
        self._drag(stage, drawing, start, end)
        self.page.keyboard.press("Escape")
        stage.settle()
        return True

    def _drag(
        self, stage: StagePage, drawing: dict[str, float], start: tuple[float, ...], end: tuple[float, ...]
    ) -> None:
        self.page.mouse.move(*stage.screen(drawing, *start))
        self.page.mouse.down()
        self.page.mouse.move(*stage.screen(drawing, *end), steps=4)
        self.page.mouse.up()

    def _task_on_the_desk(self) -> str:
        lesson = self.lessons[-1].lesson
        with ew.open_store(self.store) as store:
            drafts = store.drafts(self.campaign, lesson.name, self.name, self.rubric.id)
        done = {review.task for review in self.reviews(lesson.name)}
        (task,) = set(drafts) - done
        return task

    def _level(self, task: str, criterion: str, manner: Manner) -> int:
        """Return the level to give: what gold accepts, or always the same; none that asks for a note."""
        accepted = self.gold[task].answers[criterion].accepted if criterion in self.gold[task].answers else ()
        if manner == "high":
            return 5
        if manner == "low" or not accepted:
            return _NOTE_FREE
        return max(_NOTE_FREE, *accepted)
