"""Decisions of a meeting change gold when it is read, say why, and keep what was before in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.analysis import answers
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_changes import NOT_APPLICABLE, gold_changes, in_words, with_decisions
from evalwidgets.core.round_events import Decided
from evalwidgets.errors import TaskError, UnknownName

from ..samples import a_region, every_control
from .sample_rubrics import a_rubric

WHEN: dict[str, Any] = {"by": "lee", "at": datetime(2026, 3, 2, 12, tzinfo=UTC)}
RUBRIC = a_rubric()
OLD = Gold(
    task="t1",
    rubric="sample",
    rubric_version="1.0.0",
    answers={
        "sharp": GoldAnswer(accepted=(4, 5), tolerance=0.0, rationale="No blur."),
        "light": GoldAnswer(na=True),
    },
    rationale="Teaches blur.",
    by="expert",
)


def decided(*accepted: Any, task: str = "t1", criterion: str = "sharp", **more: Any) -> Decided:
    """Return a change of gold."""
    whole = {"what": "gold", "reason": "the halo shows", "accepted": accepted, **WHEN, **more}
    return Decided(task=task, criterion=criterion, **whole)


def test_a_decision_replaces_the_accepted_values_and_says_what_was_before() -> None:
    """The new set counts, its reason is the rationale, and the old one stands behind it in words."""
    answer = with_decisions({"t1": OLD}, [decided(3)], RUBRIC)["t1"].answers["sharp"]

    assert answer.accepted == (3,)
    assert answer.rationale == ("the halo shows (Changed by lee on 2026-03-02; before that gold was 4 or 5.)")


def test_everything_else_of_gold_stays() -> None:
    """Other criteria, the expert's words and the answer's own tolerance are untouched."""
    changed = with_decisions({"t1": OLD}, [decided(3)], RUBRIC)["t1"]

    assert changed.answers["light"] == OLD.answers["light"]
    assert (changed.rationale, changed.by) == ("Teaches blur.", "expert")
    assert changed.answers["sharp"].tolerance == 0.0


def test_what_was_given_is_not_changed() -> None:
    """The file's gold is as it was after decisions were applied to it."""
    gold = {"t1": OLD}
    with_decisions(gold, [decided(3), decided(1, task="t2")], RUBRIC)

    assert gold == {"t1": OLD}
    assert OLD.answers["sharp"].accepted == (4, 5)


def test_a_task_without_gold_gets_its_first() -> None:
    """An unlabelled task has gold afterwards, under the rubric of the decision, by who decided."""
    first = with_decisions({}, [decided(2, 3, task="t9")], RUBRIC)["t9"]

    assert (first.task, first.rubric, first.rubric_version, first.by) == ("t9", "sample", "1.0.0", "lee")
    assert first.answers["sharp"].accepted == (2, 3)
    assert first.answers["sharp"].rationale == "the halo shows (Set by lee on 2026-03-02.)"


def test_a_later_decision_wins() -> None:
    """Two decisions on one answer leave the second, which names the first as what was before."""
    answer = with_decisions({"t1": OLD}, [decided(3), decided(2)], RUBRIC)["t1"].answers["sharp"]

    assert answer.accepted == (2,)
    assert "before that gold was 3" in answer.rationale


def test_not_applicable_can_be_decided() -> None:
    """The word for "not applicable" alone makes gold say that the criterion must not apply."""
    answer = with_decisions({"t1": OLD}, [decided(NOT_APPLICABLE)], RUBRIC)["t1"].answers["sharp"]

    assert (answer.na, answer.accepted) == (True, ())


def test_the_word_for_not_applicable_is_that_of_the_statistics() -> None:
    """A board hands the text of a tally on as it stands."""
    assert answers.NOT_APPLICABLE == NOT_APPLICABLE


@pytest.mark.parametrize("value", [6, "4", 2.5, True])
def test_a_value_off_the_scale_is_refused(value: object) -> None:
    """The error names task, criterion, what is allowed and what was given."""
    with pytest.raises(TaskError, match=r"'t1', sharp: expected one of 1, 2, 3, 4, 5, got .*Decide again"):
        with_decisions({"t1": OLD}, [decided(value)], RUBRIC)


def test_not_applicable_beside_a_level_is_refused() -> None:
    """A set that holds both contradicts itself, and the error says so."""
    with pytest.raises(TaskError, match="can only stand alone"):
        with_decisions({"t1": OLD}, [decided(3, NOT_APPLICABLE)], RUBRIC)


def test_an_unknown_criterion_names_the_nearest() -> None:
    """A misspelt criterion is answered with the one that was meant."""
    with pytest.raises(UnknownName, match="Did you mean 'sharp'"):
        with_decisions({"t1": OLD}, [decided(3, criterion="sharpp")], RUBRIC)


def test_gold_of_another_rubric_is_not_touched() -> None:
    """A decision under one rubric cannot change what was accepted under another."""
    other = OLD.model_copy(update={"rubric": "image-edit"})
    with pytest.raises(TaskError, match=r"is of rubric 'image-edit'; a decision under 'sample'"):
        with_decisions({"t1": other}, [decided(3)], RUBRIC)


def test_decisions_on_other_things_change_nothing() -> None:
    """Keeping gold, a gap and a refresher leave gold as it is."""
    others = [
        Decided(what="keep", task="t1", criterion="sharp", reason="it stands", **WHEN),
        Decided(what="gap", task="t1", criterion="sharp", reason="halos are not named", **WHEN),
        Decided(what="refresher", task="t1", criterion="sharp", reason="strict", reviewer="ana", **WHEN),
    ]

    assert {"t1": OLD} == with_decisions({"t1": OLD}, others, RUBRIC)
    assert gold_changes({"t1": OLD}, others, RUBRIC) == ()


def test_sets_and_regions_can_be_gold() -> None:
    """A value that is a list, of options or of places, is accepted as one value."""
    rubric = every_control()
    boxes = [a_region()]
    decisions = [
        decided(["halo"], [], criterion="defects"),
        decided(boxes, boxes, criterion="places"),
    ]
    answers_now = with_decisions({}, decisions, rubric)["t1"].answers

    assert answers_now["defects"].accepted == (("halo",), ())
    assert answers_now["places"].accepted == (tuple(boxes),)


def test_changes_are_listed_with_before_and_after() -> None:
    """Each change says in words what gold was and what it is, in order."""
    decisions = [decided(3), decided(2), decided(5, task="t9"), decided(4, criterion="light")]
    changes = gold_changes({"t1": OLD}, decisions, RUBRIC)

    assert list(map(str, changes)) == ["4 or 5 → 3", "3 → 2", "no gold → 5", "does not apply → 4"]
    assert [change.decision for change in changes] == decisions


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (GoldAnswer(distribution={"a": 0.75, "b": 0.25}), "a (75%), b (25%)"),
        (GoldAnswer(order=("b", "a")), "b, then a"),
        (GoldAnswer(accepted=(("halo", "blur"), ())), "halo+blur or none"),
    ],
)
def test_gold_of_every_shape_has_words(answer: GoldAnswer, words: str) -> None:
    """Shares, orders and sets of options read as people say them."""
    assert words == in_words(answer)


@given(st.lists(st.tuples(st.sampled_from(["t1", "t2"]), st.integers(1, 5)), max_size=8))
def test_rounds_may_follow_one_another(values: list[tuple[str, int]]) -> None:
    """Decisions applied one round after the other give what they give in one go."""
    decisions = [decided(value, task=task) for task, value in values]
    half = len(decisions) // 2
    first = with_decisions({"t1": OLD}, decisions[:half], RUBRIC)

    at_once = with_decisions({"t1": OLD}, decisions, RUBRIC)
    assert at_once == with_decisions(first, decisions[half:], RUBRIC)
