"""A reviewer's way through the tasks: what is current, what was said, and that nothing said is lost."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from evalwidgets.core.check import check
from evalwidgets.core.review import Answer, Review, Sheet
from evalwidgets.core.session import Session
from evalwidgets.errors import EvalWidgetsError, ReviewIncomplete, UnknownName

from ..samples import an_answer, an_edit, answer_all, every_control

RUBRIC = every_control()
TASKS = [
    an_edit(f"t{number}", source=f"s{number // 2}", tags={"subjects": ("figure",) if number % 2 else ()})
    for number in range(5)
]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOTE = "the brim on the left"


def clock() -> Callable[[], datetime]:
    """Return a clock that moves on by a second at each look."""
    ticks = itertools.count()
    return lambda: NOON + timedelta(seconds=next(ticks))


def a_session(**options: Any) -> Session:
    """Return a session over five tasks of three sources."""
    return Session(RUBRIC, TASKS, "ana", now=clock(), **options)


def current(session: Session) -> str:
    """Return the id of the current task."""
    assert session.current is not None
    return session.current.id


def do_one(session: Session, **other: Any) -> Review:
    """Answer the current task and submit it."""
    answer_all(session, **other)
    review = session.submit()
    session.accept(review)
    return review


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
        if self.session.is_unchanged(review):
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


def test_a_new_session_opens_the_first_task_of_its_order() -> None:
    """Nothing is done, and the first task lies open with an empty sheet."""
    session = a_session()

    assert session.order[0] == current(session)
    assert Sheet() == session.sheet
    assert (
        session.progress.done,
        session.progress.skipped,
        session.progress.total,
        session.progress.position,
        session.progress.seconds_left,
    ) == (0, 0, 5, 1, None)


def test_without_a_seed_the_order_is_that_of_the_manifest() -> None:
    """A lead may want the tasks as they are listed."""
    assert a_session(seed=None).order == ("t0", "t1", "t2", "t3", "t4")


def test_reviewers_and_rounds_meet_the_tasks_in_orders_of_their_own() -> None:
    """Seed, round and reviewer together decide the order, so that fatigue hits no task twice."""
    names = [f"reviewer{number}" for number in range(12)]

    assert len({Session(RUBRIC, TASKS, name).order for name in names}) > 6
    assert len({Session(RUBRIC, TASKS, "ana", round=name).order for name in names}) > 6
    assert a_session().order == a_session().order


def test_the_session_moves_on_only_when_the_review_is_stored() -> None:
    """A submitted review that nobody accepted leaves the task where it is."""
    session = a_session()
    answer_all(session)
    before = current(session)

    review = session.submit()

    assert before == current(session)
    session.accept(review)
    assert session.order[1] == current(session)


def test_a_review_carries_what_it_was_made_of() -> None:
    """Rubric, task, place and time are those of the session; the key was made when the task was shown."""
    session = a_session(
        campaign="spring", round="pilot", hash_of=lambda task: task.id.ljust(64, "0")[:64].replace("t", "a")
    )
    answer_all(session)
    key = session.desk.key

    review = session.submit()

    assert (key, "spring", "pilot", "ana") == (review.id, review.campaign, review.round, review.reviewer)
    assert (RUBRIC.id, RUBRIC.version, RUBRIC.hash) == (
        review.rubric,
        review.rubric_version,
        review.rubric_hash,
    )
    assert current(session).replace("t", "a").ljust(64, "0") == review.task_hash
    assert (review.revision, review.state, review.position) == (1, "submitted", 0)
    assert review.shown_at < review.submitted_at


def test_a_task_that_lay_ready_is_shown_when_its_turn_comes() -> None:
    """`shown_at` is when the task became the current one, not when it was laid out ahead."""
    session = a_session()
    ahead = session.open(session.upcoming(1)[0])
    laid_out = ahead.shown_at
    submitted = do_one(session).submitted_at

    assert session.desk is ahead
    assert laid_out < submitted < session.desk.shown_at
    assert session.desk.shown_at == session.desk.shown_at


def test_an_incomplete_review_is_refused_with_all_that_is_missing() -> None:
    """The error holds the problems; what was said stays."""
    session = a_session()
    session.rate("safety", "ok")
    session.rate("adherence", 1)

    with pytest.raises(ReviewIncomplete, match="Change: not rated yet") as caught:
        session.submit()

    assert [problem.criterion for problem in caught.value.problems][:2] == ["change", "adherence"]
    assert session.sheet.values == {"safety": "ok", "adherence": 1}


def test_advice_does_not_stand_in_the_way() -> None:
    """A note that does not say where is submitted as it is."""
    session = a_session()
    answer_all(session)
    session.act("write_note", "adherence", "a wrong shade")

    session.rate("adherence", 2)

    assert [problem.kind for problem in session.problems()] == ["advice"]
    assert session.submit().answers["adherence"] == Answer(value=2, note="a wrong shade")


def test_skipping_needs_a_reason() -> None:
    """A blank reason is none."""
    with pytest.raises(EvalWidgetsError, match="Skipping needs a reason in a few words, got none"):
        a_session().skip("  ")


def test_a_skipped_task_keeps_its_flags_and_remarks() -> None:
    """Who flags a technical problem and skips the task has still flagged it; ratings are left out."""
    session = a_session()
    session.rate("safety", "ok")
    session.act("flag", "technical", "half of it is grey")
    session.act("write_note", "", "see the lower edge")

    review = session.skip("the picture is cut off")

    assert (review.state, review.reason) == ("skipped", "the picture is cut off")
    assert (review.flags, review.note) == ({"technical": "half of it is grey"}, "see the lower edge")
    assert review.answers == {}


def test_a_reopened_task_shows_what_was_said_and_counts_up() -> None:
    """The stored answers lie on the desk; another submit is the next revision, with a new key."""
    session = a_session()
    first = do_one(session, adherence=4)

    assert session.back()
    assert first.values == session.sheet.values
    session.rate("adherence", 5)
    second = session.submit()

    assert (second.revision, second.reason) == (2, "revised")
    assert first.id != second.id
    session.accept(second)
    assert (1, session.order[1]) == (session.progress.done, current(session))


def test_a_reopened_task_that_is_left_as_it_was_makes_no_revision() -> None:
    """Looking again is not revising."""
    session = a_session()
    first = do_one(session)
    session.back()
    session.rate("adherence", 5)
    session.rate("adherence", first.values["adherence"])

    assert session.is_unchanged(session.submit())
    session.leave(first.task)
    assert (first, session.order[1]) == (session.review_of(first.task), current(session))


def test_the_end_is_calm_and_leads_back() -> None:
    """With every task done nothing is current; acting is refused, and back re-opens the last."""
    session = a_session()
    for _ in TASKS:
        do_one(session)

    assert session.finished
    assert session.current is None
    assert (session.progress.position, session.progress.left) == (5, 0)
    assert not session.forward()
    with pytest.raises(
        EvalWidgetsError, match=r"All tasks are done; re-open one with back\(\) or go\(task\)"
    ):
        session.rate("safety", "ok")
    assert session.back()
    assert session.order[-1] == current(session)


def test_what_was_passed_over_comes_after_the_last() -> None:
    """Going forward leaves a task open; after the end of the order it is shown again."""
    session = a_session()
    session.forward()
    for _ in range(4):
        do_one(session)

    assert session.order[0] == current(session)
    assert session.upcoming(3) == []


def test_undo_with_nothing_left_reopens_the_task_before() -> None:
    """The first undo after a submit leads back to what was submitted; at the very start there is none."""
    session = a_session()
    first = do_one(session)

    assert session.undo()
    assert first.task == current(session)
    assert not session.undo()


def test_the_keystrokes_of_one_text_are_undone_as_one() -> None:
    """Undo takes back a whole note, not its last letter; another act in between parts it."""
    session = a_session()
    session.rate("safety", "ok")
    for end in range(1, len(NOTE) + 1):
        session.act("write_note", "adherence", NOTE[:end])
    session.rate("change", "yes")
    session.act("write_note", "adherence", NOTE + " side")

    notes = []
    while session.sheet.answers:
        notes.append(session.sheet.answer("adherence").note)
        session.undo()

    assert notes == [NOTE + " side", NOTE, NOTE, ""]


def test_an_act_that_changes_nothing_is_nothing_to_undo() -> None:
    """Choosing the chosen level again does not cost an undo."""
    session = a_session()
    session.rate("safety", "ok")
    session.rate("safety", "ok")

    session.undo()

    assert Sheet() == session.sheet


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (("rte", "safety", "ok"), "No act 'rte'. Did you mean 'rate'"),
        (("rate", "safty", "ok"), "Did you mean 'safety'"),
        (("rate", "safety"), "rate was not done"),
        (("rate",), "rate was not done"),
        (("rate", "safety", "ok", "more"), "rate was not done"),
        (("write_note", "safety", "a\x00b"), "write_note was not done: the text holds a NUL character"),
        (("write_note", "safety", "half \ud83d"), "write_note was not done: .*"),
        (("write_note", "", 3), "write_note was not done: Input should be a valid string"),
        (("flag", "edge_case", "a\x00b"), "flag was not done: the text holds a NUL"),
        (("rate", "defects", [{}]), "rate was not done: unhashable"),
    ],
)
def test_an_act_that_cannot_be_done_is_refused_and_changes_nothing(act: tuple[Any, ...], told: str) -> None:
    """A wrong name, wrong words, or text that no store keeps: one family of errors, the sheet untouched."""
    session = a_session()
    session.rate("safety", "ok")
    session.rate("change", "yes")
    before = session.sheet

    with pytest.raises(EvalWidgetsError, match=told):
        session.act(*act)

    assert before == session.sheet


def test_an_unknown_task_cannot_be_opened() -> None:
    """The message names the nearest."""
    with pytest.raises(UnknownName, match="No task 't9' in round review"):
        a_session().go("t9")


def test_a_session_needs_a_task() -> None:
    """An empty manifest or filter is told at once."""
    with pytest.raises(EvalWidgetsError, match="A session needs at least one task, got none"):
        Session(RUBRIC, [], "ana")


def test_a_task_that_is_listed_twice_is_met_once() -> None:
    """The order holds each task once, whatever the caller hands over."""
    assert sorted(Session(RUBRIC, [*TASKS, TASKS[0]], "ana").order) == [task.id for task in TASKS]


def test_reviews_of_other_tasks_play_no_part() -> None:
    """A round that was narrowed to some tasks ignores what was said about the others."""
    session = a_session()
    review = do_one(session).model_copy(update={"task": "elsewhere"})

    assert a_session(reviews=[review]).progress.done == 0


def test_the_latest_revision_counts_in_whatever_order_reviews_come() -> None:
    """Revisions decide, never the order of the list or a clock."""
    session = a_session()
    first = do_one(session, adherence=4)
    session.back()
    second = do_one(session, adherence=5).model_copy(update={"submitted_at": NOON - timedelta(days=1)})

    resumed = a_session(reviews=[second, first])

    assert second == resumed.review_of(first.task)


def test_names_are_kept_as_reviews_keep_them() -> None:
    """However the accents of a name are composed, it is one reviewer with one order."""
    name = "Zoë"
    composed, decomposed = (
        Session(RUBRIC, TASKS, unicodedata.normalize(form, name)) for form in ("NFC", "NFD")
    )

    assert composed.order == decomposed.order
    assert decomposed.reviewer == decomposed.review.reviewer


def test_a_review_that_another_window_stored_becomes_the_one_before() -> None:
    """What lies on the desk stays, with a new key, as the next revision."""
    session, other = a_session(), a_session()
    stored = do_one(other, adherence=3)
    answer_all(session, adherence=5)
    key = session.desk.key

    session.give_way(stored)

    review = session.submit()
    assert (review.revision, review.values["adherence"]) == (2, 5)
    assert key != review.id


def test_the_desk_of_a_key_is_open_until_its_review_is_stored() -> None:
    """An answer that arrives late finds no desk."""
    session = a_session()
    key = session.desk.key

    assert session.desk is session.desk_of(key)
    do_one(session)
    assert session.desk_of(key) is None


def test_pace_is_the_median_of_the_last_reviews() -> None:
    """Skipped tasks and pauses do not slow the estimate down."""
    session = a_session()
    for seconds in (10, 300, 30):
        session.desk.seconds = seconds
        do_one(session)
    session.accept(session.skip("broken"))

    assert (session.progress.pace, session.progress.seconds_left) == (30, 30)


def test_a_draft_of_a_task_that_is_gone_is_let_go() -> None:
    """A manifest that lost a task does not stop the reviewer."""
    session = a_session()

    session.restore("gone", "12345678-1234-4234-8234-123456789abc", Sheet(note="x"), NOON, 3)

    assert session.progress.total == 5


def test_a_restored_draft_goes_on_with_its_key_and_time() -> None:
    """The id, the moment and the seconds are those of before the restart; a revision stays one."""
    session = a_session()
    first = do_one(session)
    sheet = Sheet(**first.model_dump(include=set(Sheet.model_fields))).answered("adherence", value=5)
    key = "12345678-1234-4234-8234-123456789abc"

    session.restore(first.task, key, sheet, NOON, 7.5)
    session.go(first.task)

    review = session.submit()
    assert (key, 2, NOON, 7.5) == (review.id, review.revision, review.shown_at, review.seconds)
    assert session.desk.touched
