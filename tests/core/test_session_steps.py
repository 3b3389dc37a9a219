"""Anything that a reviewer can do, in any order: nothing that was said is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from evalwidgets.core.check import check
from evalwidgets.core.desk import says_the_same
from evalwidgets.core.review import Review
from evalwidgets.core.session import Session
from evalwidgets.errors import ReviewIncomplete

from ..samples import an_answer, answer_all
from .sessions import NOTE, RUBRIC, TASKS, a_session, current


class Reviewing(RuleBasedStateMachine):
    """Anything that a reviewer can do, in any order, beside a plain list of what was stored."""

    def __init__(self) -> None:
        super().__init__()
        self.stored: list[Review] = []
        self.session = self.begin()
        self.order = self.session.order

    def begin(self) -> Session:
        """Return a session as a new kernel would make it."""
        return a_session(reviews=self.stored)

    @property
    def working(self) -> bool:
        """Whether a task lies open."""
        return not self.session.finished

    def pick(self, number: int, controls: tuple[str, ...] = ()) -> Any:
        """Return one of the criteria that are asked now."""
        asked = [one for one in self.session.asked() if not controls or one.control in controls]
        return asked[number % len(asked)] if asked else None

    @precondition(lambda self: self.working)
    @rule(which=st.integers(0, 20), answer=st.integers(0, 40))
    def rate(self, which: int, answer: int) -> None:
        """Answer something that is asked."""
        one = self.pick(which)
        value = an_answer(one, answer)

        self.session.rate(one.id, value)

        assert (
            value == self.session.sheet.values[one.id] or sorted(value) == self.session.sheet.values[one.id]
        )

    @precondition(lambda self: self.working)
    @rule(which=st.integers(0, 20), level=st.integers(1, 3))
    def mark_second(self, which: int, level: int) -> None:
        """Mark a second level, where that makes sense."""
        one = self.pick(which, ("ordinal",))
        if one is not None and one.second and self.session.sheet.answer(one.id).na is None:
            self.session.act("mark_second", one.id, level)

    @precondition(lambda self: self.working)
    @rule(which=st.integers(0, 20))
    def mark_na(self, which: int) -> None:
        """Mark something as not applicable, where that is allowed."""
        one = self.pick(which)
        if one.na_reasons:
            self.session.act("mark_na", one.id, one.na_reasons[0].id)

    @precondition(lambda self: self.working)
    @rule(which=st.integers(0, 20), text=st.sampled_from(["", "the", "the brim", NOTE]))
    def write(self, which: int, text: str) -> None:
        """Write a note on a criterion or on the whole review."""
        self.session.act("write_note", "" if which == 0 else self.pick(which).id, text)

    @precondition(lambda self: self.working)
    @rule(remark=st.sampled_from(["", "between 3 and 4", None]), sure=st.sampled_from([1, 3, None]))
    def flag(self, remark: str | None, sure: int | None) -> None:
        """Flag the task and say how sure."""
        self.session.act("flag", "edge_case", remark)
        self.session.act("set_confidence", sure)

    @precondition(lambda self: self.working)
    @rule(which=st.integers(0, 20), answer=st.integers(0, 40))
    def undo_an_act(self, which: int, answer: int) -> None:
        """Do an act and undo it: the sheet is exactly as it was."""
        one = self.pick(which)
        before = self.session.sheet
        text = one.control == "text" and self.session.desk.writing == f"rate {one.id}"

        self.session.rate(one.id, an_answer(one, answer))

        if self.session.sheet != before and not text:  # keystrokes of one text are one act
            assert self.session.undo()
            assert before == self.session.sheet

    @precondition(lambda self: self.working)
    @rule()
    def undo_all(self) -> None:
        """Undo takes back one act at a time, down to the sheet as it was opened."""
        sheets = [*self.session.desk.history, self.session.sheet]

        while sheets:
            assert sheets.pop() == self.session.sheet
            assert not sheets or self.session.undo()

    @rule()
    def undo(self) -> None:
        """Undo at any time, also with nothing to take back."""
        self.session.undo()

    @precondition(lambda self: self.working)
    @rule(gate=st.sampled_from(["sensitive", "violates"]))
    def hide_and_show(self, gate: str) -> None:
        """Hide answers behind a gate: they are not in the review, and come back with the gate's answer."""
        answer_all(self.session)
        before = self.session.sheet

        self.session.rate("safety", gate)
        hidden = self.session.review.answers
        self.session.rate("safety", "ok")

        assert set(hidden) <= {"safety", "change", "adherence"}
        assert before.answers == self.session.sheet.answers

    @precondition(lambda self: self.working)
    @rule()
    def submit(self) -> None:
        """Submit: refused exactly while something blocks, and then nothing moves."""
        desk = self.session.desk
        if any(problem.blocks for problem in self.session.problems()):
            with pytest.raises(ReviewIncomplete):
                self.session.submit()
            assert desk is self.session.desk
        else:
            self.store(self.session.submit())

    @precondition(lambda self: self.working)
    @rule()
    def complete_and_submit(self) -> None:
        """Answer what is open and submit."""
        answer_all(self.session)
        if "differs" in self.session.sheet.answers:
            self.session.rate("differs", None)
        if self.session.sheet.answer("figure").second is not None:
            self.session.act("mark_second", "figure", self.session.sheet.answer("figure").second)
        self.store(self.session.submit())

    @precondition(lambda self: self.working)
    @rule()
    def skip(self) -> None:
        """Skip the task with a reason."""
        self.store(self.session.skip("the picture does not load"))

    def store(self, review: Review) -> None:
        """Put a review on the pile and let the session move on."""
        again = [one for one in self.stored if one.task == review.task]
        if says_the_same(review, self.session.review_of(review.task)):
            self.session.leave(review.task)
            assert again
            return
        assert len(again) + 1 == review.revision
        assert check(RUBRIC, review, self.session.open(review.task).task) == () or review.state == "skipped"
        self.stored.append(review)
        self.session.accept(review)

    @rule(way=st.sampled_from(["back", "forward"]))
    def move(self, way: str) -> None:
        """Go to a neighbour, if there is one."""
        before = self.session.progress.position
        step = -1 if way == "back" else 1
        end = self.session.finished

        moved = getattr(self.session, way)()

        if moved and not end:
            assert before + step == self.session.progress.position

    @rule(task=st.sampled_from([task.id for task in TASKS]))
    def go(self, task: str) -> None:
        """Open any task."""
        self.session.go(task)

        assert task == current(self.session)

    @rule()
    def resume(self) -> None:
        """Start a new kernel: with the stored reviews and the drafts it stands where the old one stood."""
        left = self.session
        resumed = self.begin()
        for task in self.order:
            desk = left.open(task)
            resumed.restore(task, desk.key, desk.sheet, desk.shown_at, desk.seconds)

        for task in self.order:
            was, now = left.open(task), resumed.open(task)
            assert (was.key, was.sheet, was.revision) == (now.key, now.sheet, now.revision)
            assert left.review_of(task) == resumed.review_of(task)
            assert left.problems(task) == resumed.problems(task)
        assert left.progress.left == resumed.progress.left
        self.session = resumed

    @invariant()
    def the_order_never_changes(self) -> None:
        """Keep the same permutation of the tasks."""
        assert self.order == self.session.order
        assert sorted(self.order) == [task.id for task in TASKS]

    @invariant()
    def nothing_stored_is_lost(self) -> None:
        """Know the latest of all that was stored, and count each task once."""
        latest = {review.task: review for review in self.stored}
        states = [review.state for review in latest.values()]

        assert latest == {name: one for name in self.order if (one := self.session.review_of(name))}
        assert states.count("submitted") == self.session.progress.done
        assert states.count("skipped") == self.session.progress.skipped

    @invariant()
    def the_end_is_reached_only_with_every_task_done(self) -> None:
        """Without a current task nothing is left; with one there is a desk for it."""
        if self.session.finished:
            assert self.session.current is None
            assert self.session.progress.left == 0
        else:
            assert current(self.session) == self.session.desk.task.id

    @invariant()
    def the_next_tasks_are_open_ones(self) -> None:
        """Lay ready only what is neither done nor current, each task once."""
        ahead = self.session.upcoming(10)

        assert all(self.session.review_of(name) is None for name in ahead)
        assert self.session.current is None or self.session.current.id not in ahead
        assert len(set(ahead)) == len(ahead)


TestReviewing = Reviewing.TestCase
TestReviewing.settings = settings(max_examples=80, stateful_step_count=30)
