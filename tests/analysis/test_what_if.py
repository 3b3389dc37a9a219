"""What-if replay: the same as computing every past review from scratch, and what it says of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import what_if
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.overall import overall_score
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import RubricError
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tables import gold_table

EDIT = read_rubric(Path(__file__).resolve().parents[2] / "rubrics" / "image-edit.yaml")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RATED = ("instruction_adherence", "structural_integrity", "preservation", "visual_quality", "style_alignment")
LEVEL = st.integers(1, 5)
TASKS = {
    name: Task(id=name, kind="edit", images={"original": "a.png", "edited": "b.png"}, instruction="Do it.",
               tags={"edit_type": kind})
    for name, kind in (("t1", "remove"), ("t2", "style"), ("t3", "add"))
}  # fmt: skip


def a_review(task: str, reviewer: str, answers: dict[str, Any], **changes: Any) -> Review:
    """Return a review of the edit rubric; an answer of None is "not applicable"."""
    said = {"feasibility": "feasible", "safety": "ok", "visible_change": "yes", **answers}
    given_ = {
        name: Answer(na="not_visible") if value is None else Answer(value=value)
        for name, value in said.items()
    }
    facts: dict[str, Any] = {
        "id": str(uuid5(NAMESPACE_URL, f"{task}/{reviewer}")), "campaign": "c", "round": "r", "task": task,
        "task_hash": "0" * 64, "rubric": EDIT.id, "rubric_version": EDIT.version, "rubric_hash": EDIT.hash,
        "reviewer": reviewer, "shown_at": NOON, "submitted_at": NOON, "answers": given_,
    }  # fmt: skip
    return Review(**{**facts, **changes})


def a_cap(when: dict[str, Any], at_most: float, criterion: str | None = None) -> dict[str, Any]:
    """Return a cap."""
    return {"when": when, "at_most": at_most, "criterion": criterion, "because": "of a test."}


def changed(**parts: Any) -> Rubric:
    """Return the edit rubric with other parts."""
    plain = EDIT.model_dump(mode="json", by_alias=True)
    return Rubric.model_validate({**plain, **parts})


SHEETS = st.fixed_dictionaries(
    {**dict.fromkeys(RATED, LEVEL | st.none()), "safety": st.sampled_from(["ok", "violates"])}
)
PLACES = st.tuples(st.sampled_from(sorted(TASKS)), st.sampled_from("abcd"))
REVIEWS = st.dictionaries(PLACES, SHEETS, max_size=10).map(
    lambda said: [a_review(task, reviewer, answers) for (task, reviewer), answers in said.items()]
)
CAPS = st.lists(
    st.builds(
        lambda by, level, limited, most: a_cap({"answer": by, "at_most": level}, most, limited),
        st.sampled_from(RATED),
        LEVEL,
        st.sampled_from([None, *RATED]),
        LEVEL,
    ),
    max_size=3,
    unique_by=lambda cap: (cap["criterion"], str(cap["when"])),
)
OVERALL = st.sampled_from(
    [
        {"kind": "weighted_mean"},
        {"kind": "none"},
        {"kind": "all_full"},
        {"kind": "geometric_mean_of_minima", "families": [list(RATED[:2]), list(RATED[2:4])]},
    ]
)
NUMBERS = st.fixed_dictionaries({"weight": st.integers(0, 4), "tolerance": st.sampled_from([0, 1, 2])})


@st.composite
def changes(draw: st.DrawFn) -> Rubric:
    """Draw the rubric with other caps, weights, tolerances and another aggregation."""
    plain = EDIT.model_dump(mode="json", by_alias=True)
    criteria = [{**one, **draw(NUMBERS)} if one["id"] in RATED else one for one in plain["criteria"]]
    overall = draw(OVERALL)
    return changed(criteria=criteria, caps=[] if overall["kind"] == "none" else draw(CAPS), overall=overall)


ACCEPTED = st.dictionaries(
    st.sampled_from(sorted(TASKS)),
    st.dictionaries(st.sampled_from(RATED), st.lists(LEVEL, min_size=1, max_size=2, unique=True), min_size=1),
).map(
    lambda answers: {
        task: Gold(task=task, rubric=EDIT.id, rubric_version=EDIT.version,
                   answers={name: GoldAnswer(accepted=tuple(levels)) for name, levels in said.items()})
        for task, said in answers.items()
    }
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(REVIEWS, changes(), ACCEPTED)
def test_replay_equals_computing_from_scratch(
    reviews: list[Review], after: Rubric, gold: dict[str, Gold]
) -> None:
    """Scores, caps and judgements are those of each review computed alone under either rubric."""
    result = what_if(reviews, EDIT, after, tasks=TASKS, gold=gold_table(gold, EDIT))

    for review, row in zip(reviews, result.scores.itertuples(), strict=True):
        old, new = (overall_score(rubric, review, TASKS[review.task]) for rubric in (EDIT, after))
        assert (row.review, row.why_before, row.why_after) == (review.id, old.why, new.why)
        assert [_or_none(row.before), _or_none(row.after)] == [old.score, new.score]
        assert row.fired_after == tuple(cap.because for cap in new.fired)
        assert row.differs == (old.score != new.score)
    assert _judged(result.judged) == _from_scratch(reviews, after, gold)


def _or_none(number: float) -> float | None:
    return None if pd.isna(number) else number


def _judged(rows: pd.DataFrame) -> set[tuple[Any, ...]]:
    return set(rows[["task", "reviewer", "criterion", "before", "after"]].itertuples(index=False, name=None))


def _from_scratch(reviews: list[Review], after: Rubric, gold: dict[str, Gold]) -> set[tuple[Any, ...]]:
    """Return the same judgements by the definition: no further from an accepted level than is tolerated."""
    return {
        (one.task, one.reviewer, name, *(
            answer.value is not None
            and min(abs(answer.value - level) for level in gold[one.task].answers[name].accepted)
            <= rubric.criterion(name).gold_tolerance
            for rubric in (EDIT, after)
        ))
        for one in reviews
        for name, answer in one.answers.items()
        if one.task in gold and name in gold[one.task].answers
    }  # fmt: skip


def test_a_stricter_cap_is_told_in_a_sentence() -> None:
    """The finding counts, and the largest change comes first."""
    fine = dict.fromkeys(RATED, 5)
    reviews = [a_review("t1", "ana", {**fine, "preservation": 2}), a_review("t2", "ben", fine),
               a_review("t3", "cem", {**fine, "preservation": 1})]  # fmt: skip
    caps = [a_cap({"answer": "preservation", "at_most": 2}, 1)]

    result = what_if(reviews, EDIT, changed(caps=caps), tasks=TASKS)

    assert str(result) == "2 of 3 scores would differ."
    assert list(result.differing["after"]) == [1, 1]
    assert list(result.differing["before"]) == [3, 3]
    assert "<table" in result._repr_html_()


def test_a_wider_tolerance_shows_against_gold() -> None:
    """Two levels from gold is wrong now and right then; exactly that judgement differs."""
    gold = {"t1": Gold(task="t1", rubric=EDIT.id, rubric_version="1.0.0",
                       answers={"preservation": GoldAnswer(accepted=(5,))})}  # fmt: skip
    criteria = [
        {**one, "tolerance": 2} if one["id"] == "preservation" else one
        for one in EDIT.model_dump(mode="json", by_alias=True)["criteria"]
    ]
    reviews = [a_review("t1", "ana", {"preservation": 3}), a_review("t1", "ben", {"preservation": 5})]

    result = what_if(reviews, EDIT, changed(criteria=criteria), tasks=TASKS, gold=gold_table(gold, EDIT))

    assert list(result.judged.loc[result.judged["differs"], "reviewer"]) == ["ana"]
    assert "1 of 2 judgements would differ" in str(result)


def test_what_cannot_be_replayed_is_counted() -> None:
    """Skipped reviews and those of other rubrics are left out, and said."""
    skipped = a_review("t1", "ana", {}, state="skipped", reason="blurred")
    reviews = [skipped, a_review("t1", "ben", {}, rubric="x")]

    assert "2 reviews (skipped, or under another rubric)" in str(what_if(reviews, EDIT, changed()))


def test_two_rubrics_are_not_two_versions() -> None:
    """Replaying under another rubric is refused."""
    with pytest.raises(RubricError, match="two versions of one rubric, got image-edit and other"):
        what_if([], EDIT, changed(id="other"))
