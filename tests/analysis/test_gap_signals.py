"""Signals say which clause they are about, from every source, and never whose word it was to the register."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import Scale, gap_signals, suggest_causes
from evalwidgets.analysis.gaps.boundaries import Opinions, between, clauses_of, dividing
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round_events import CauseConfirmed, Decided
from evalwidgets.errors import RatingsError

from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
CHOICE = Scale("clip", ("a", "b", "same"), "nominal")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CAMPS = ratings_of([[2, 2, 2, 4, 4, 4], [4, 4, 4, 4, 4, 4], [3, 3, 3, 3, 3, 3]])
DISAGREE = {"learner": "lea", "lesson": "practice-1", "mode": "practice", "criterion": "quality", "at": NOON}


def clauses(signals: pd.DataFrame) -> set[str]:
    """Return the clauses that signals are about."""
    return set(signals["clause"])


def learned(task: str, why: str = "disagree") -> pd.DataFrame:
    """Return what lea said of a difference from gold."""
    return pd.DataFrame([{**DISAGREE, "task": task, "why": why, "remark": "no rule says so"}])


def a_review(reviewer: str, value: int, **more: Any) -> Review:
    """Return a review of task t0."""
    facts: dict[str, Any] = {
        "id": str(uuid4()),
        "campaign": "spring",
        "round": "one",
        "task": "t0",
        "task_hash": "a" * 64,
        "rubric": "r",
        "rubric_version": "1.0.0",
        "rubric_hash": "b" * 64,
        "reviewer": reviewer,
        "shown_at": NOON,
        "submitted_at": NOON,
        "answers": {"quality": Answer(value=value, note=f"{reviewer} saw {value}")},
    }
    return Review(**{**facts, **more})


def test_two_camps_speak_of_the_boundary_between_them() -> None:
    """Everybody of both camps is one observation, with what they answered."""
    signals = gap_signals(CAMPS, QUALITY, causes=suggest_causes(CAMPS, QUALITY))

    assert {("quality 3|4", "cause", "t0")} == set(
        zip(signals["clause"], signals["source"], signals["task"], strict=True)
    )
    assert [2, 2, 2, 4, 4, 4] == list(signals["level"])
    assert signals["strength"].between(0, 1).all()


def test_a_flag_speaks_of_what_its_task_is_most_divided_on() -> None:
    """Where nobody is divided it speaks of the rubric as a whole; other flags say nothing of the rubric."""
    rows = CAMPS.assign(flags=[()] * len(CAMPS), note="as I see it")
    rows["flags"] = [
        ("guideline_silent",)
        if (task, name) in (("t0", "r1"), ("t1", "r5"), ("t2", "r0"))
        else ("technical_problem",)
        for task, name in zip(rows["task"], rows["reviewer"], strict=True)
    ]
    signals = gap_signals(rows, QUALITY)

    told = dict(zip(signals["task"], signals["clause"], strict=True))
    assert {"t0": "quality 3|4", "t1": "the rubric", "t2": "the rubric"} == told
    assert ["as I see it", "", ""] == list(signals["quote"])


def test_a_review_brings_the_remark_on_its_flag() -> None:
    """The remark is the quote; a review's later revision says nothing more."""
    reviews = [
        a_review("ana", 5, flags={"guideline_silent": "shadows?"}),
        a_review("ana", 5, flags={"guideline_silent": "still"}, revision=2),
        a_review("ben", 2),
    ]
    signals = gap_signals(reviews, QUALITY)

    assert [("shadows?", reviews[0].id, 5)] == [
        *zip(signals["quote"], signals["review"], signals["level"], strict=True)
    ]


def test_a_learner_speaks_of_the_boundary_between_answer_and_gold() -> None:
    """Without the answer it is the whole criterion; another reason than *disagree* says nothing."""
    lessons = ratings_of([[2]], round="practice-1").assign(reviewer="lea")
    gold = gold_of([3])

    known = gap_signals(CAMPS, QUALITY, differences=learned("t0"), lessons=lessons, gold=gold)
    unknown = gap_signals(CAMPS, QUALITY, differences=learned("t0"), gold=gold)
    other = gap_signals(CAMPS, QUALITY, differences=learned("t0", "overlooked"), lessons=lessons, gold=gold)

    assert [("quality 2|3", 0.5)] == [*zip(known["clause"], known["strength"], strict=True)]
    assert {"quality"} == clauses(unknown)
    assert other.empty


def test_a_learner_against_wrong_gold_hardly_counts() -> None:
    """Where the whole panel contradicts gold, the learner speaks of gold."""
    gold = gold_of([2, 1, 3])
    causes = suggest_causes(CAMPS, QUALITY, gold)
    signals = gap_signals(CAMPS, QUALITY, causes=causes, differences=learned("t1"), gold=gold)

    assert "gold_suspect" in set(causes.rows["cause"])
    assert [0.1] == list(signals["strength"][signals["source"] == "learner"])


def test_a_meeting_has_the_last_word() -> None:
    """A decision is a signal, and a confirmed cause takes the place of the suggested one."""
    causes = suggest_causes(CAMPS, QUALITY)
    place: dict[str, Any] = {"by": "lee", "at": NOON, "criterion": "quality"}
    gap = Decided(**place, task="t0", what="gap", reason="shadows follow from the edit")
    keep = Decided(**place, task="t1", what="keep", reason="gold stands")
    hard = CauseConfirmed(**place, task="t0", cause="hard_task", suggested="rule_unclear")
    unclear = CauseConfirmed(**place, task="t0", cause="rule_unclear", suggested="slip")

    decided = gap_signals(CAMPS, QUALITY, decisions=[gap, keep])
    refuted = gap_signals(CAMPS, QUALITY, causes=causes, decisions=[hard])
    confirmed = gap_signals(CAMPS, QUALITY, decisions=[unclear])

    assert [("quality 3|4", "decision", 1.0, "shadows follow from the edit")] == [
        *zip(decided["clause"], decided["source"], decided["strength"], decided["quote"], strict=True)
    ]
    assert refuted.empty
    assert ({"cause"}, {1.0}, 6) == (set(confirmed["source"]), set(confirmed["strength"]), len(confirmed))


def test_the_label_that_only_its_tasks_bear_says_where() -> None:
    """A label that all tasks bear tells nothing."""
    ratings = ratings_of([[2, 4]] * 3 + [[4, 4]] * 20)
    flags = [("guideline_silent",) if task in ("t0", "t1", "t2") else () for task in ratings["task"]]
    labels = {f"t{t}": ("edit type: add", *(["shadow"] if t < 3 or t == 7 else [])) for t in range(23)}
    signals = gap_signals(ratings.assign(flags=flags), QUALITY, labels=labels)

    assert {("shadow", 1.0, 0.05)} == set(
        zip(signals["where"], signals["with_tag"], signals["others_with_tag"], strict=True)
    )


def test_nothing_said_is_no_signal() -> None:
    """Empty input gives the empty table with all its columns; a table of something else is refused."""
    empty = gap_signals([], QUALITY)

    assert (0, "clause") == (len(empty), empty.columns[0])
    assert list(empty.columns) == list(
        gap_signals(CAMPS, QUALITY, causes=suggest_causes(CAMPS, QUALITY)).columns
    )
    with pytest.raises(RatingsError, match="missing"):
        gap_signals(pd.DataFrame({"task": []}), QUALITY)


LEVELS = st.lists(st.integers(1, 5), min_size=1, max_size=6)


@settings(max_examples=50)
@given(LEVELS, LEVELS)
def test_a_boundary_parts_the_pairs_that_lie_on_its_two_sides(one: list[int], other: list[int]) -> None:
    """The share is that of pairs, one of each group, in the direction in which most lie apart."""
    for lower, share in between(QUALITY, one, other).items():
        up = sum(a <= lower < b for a in one for b in other)
        down = sum(b <= lower < a for a in one for b in other)
        assert share == max(up, down) / (len(one) * len(other))


@settings(max_examples=50)
@given(LEVELS)
def test_answers_of_one_task_are_divided_where_two_levels_lie_between(levels: list[int]) -> None:
    """A single step is within every tolerance; else the share of pairs on two sides."""
    pairs = [(a, b) for place, a in enumerate(levels) for b in levels[:place]]
    expected = {
        lower: sum(min(pair) <= lower < max(pair) for pair in pairs) / len(pairs)
        for lower in (1, 2, 3, 4)
        if pairs and max(levels) - min(levels) >= 2
    }

    assert {lower: share for lower, share in expected.items() if share} == pytest.approx(
        dividing(QUALITY, levels)
    )


def test_the_same_camps_on_one_tag_are_one_clause() -> None:
    """The boundary that parts most over all of them; the criterion where none parts half of the pairs."""
    near = [
        Opinions("quality", between(QUALITY, [2], [4]), "shadow"),
        Opinions("quality", between(QUALITY, [3], [5]), "shadow"),
    ]
    far = [Opinions("quality", between(QUALITY, [level], [level + 1]), "style") for level in (1, 2, 3, 4)]

    assert ["quality 3|4"] * 2 == [str(one) for one in clauses_of(near)]
    assert ["quality"] * 4 == [str(one) for one in clauses_of(far)]
    assert {} == between(CHOICE, ["a"], ["b"])
