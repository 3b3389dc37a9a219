"""A reviewer's way through the tasks: what is current, what was said, and that nothing said is lost."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.desk import says_the_same
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.session import Session
from evalwidgets.errors import EvalWidgetsError, ReviewIncomplete, UnknownName

from ..samples import a_region, answer_all
from .sessions import NOTE, RUBRIC, TASKS, a_session, current, do_one


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

    assert says_the_same(session.submit(), first)
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


def test_the_keystrokes_of_a_regions_note_are_undone_as_one() -> None:
    """Drawing, writing about it and moving it are three acts, however long the note."""
    session = a_session()
    session.rate("safety", "ok")
    for end in range(len(NOTE) + 1):
        session.act("mark", "places", a_region(note=NOTE[:end]))
    session.act("mark", "places", a_region(note=NOTE, points=[(0, 0), (9, 9)]))

    seen = []
    while session.sheet.answer("places").given:
        (region,) = session.sheet.values["places"]
        seen.append((region["note"], region["points"][0][0]))
        session.undo()

    assert seen == [(NOTE, 0), (NOTE, 10), ("", 10)]


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
