"""The agenda of a meeting: far apart first, common patterns before single ones, never four alike."""

# ruff: noqa: RUF001 - counts are written with a true multiplication sign

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis.meeting.agenda import Agenda, agenda
from evalwidgets.analysis.scales import Scale
from evalwidgets.errors import RatingsError

from .tables import gold_of, ratings_of

LEVELS = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")
STYLE = Scale("style", (1, 2, 3, 4, 5), tolerance=1, label="Style")
GATE = Scale("gate", ("in", "out"), "nominal", label="Gate", is_gate=True)


def suggested(*rows: tuple[str, str, str, str]) -> Any:
    """Return what `agenda` needs of suggested causes: task, criterion, cause, tag."""
    return SimpleNamespace(rows=pd.DataFrame(rows, columns=["task", "criterion", "cause", "tag"]))


def on_agenda(*tasks: list[Any], **options: Any) -> Agenda:
    """Return the agenda for one criterion."""
    return agenda(ratings_of(tasks), LEVELS, **options)


def test_the_most_divided_task_comes_first() -> None:
    """Without any pattern, distance decides; what lies within tolerance is no topic."""
    found = on_agenda([5, 5, 5, 5], [3, 5, 5, 3], [1, 5, 1, 5], [4, 5, 4, 5])

    assert [topic.task for topic in (*found.topics, *found.rest)] == ["t2", "t1"]
    assert found.topics[0].answers == "1×2 · 5×2"


def test_a_topic_says_how_long_it_takes_and_the_agenda_adds_them() -> None:
    """The finding names how many, for how long, and where to begin."""
    found = on_agenda([1, 5, 1, 5], [3, 5, 5, 3], [4, 4, 4, 4])

    assert found.minutes == sum(topic.minutes for topic in found.topics) == 6
    assert found.finding == "2 of 3 tasks are worth the meeting, about 6 min; begin with t0 (Quality)"


def test_a_common_pattern_comes_before_a_louder_single_dispute() -> None:
    """A rule that splits the team on three tasks beats one task that is a little further apart."""
    tasks = [[2, 2, 5, 5], [2, 2, 5, 5], [2, 2, 5, 5], [1, 1, 5, 5]]
    causes = suggested(
        *((f"t{number}", "quality", "rule_unclear", "shadow") for number in range(3)),
        ("t3", "quality", "hard_task", ""),
    )
    found = on_agenda(*tasks, causes=causes)

    assert found.tasks[0] == "t0"
    assert (found.topics[0].pattern, found.topics[0].n_alike) == ("shadow", 3)
    assert found.topics[0].reason == (
        "Quality is answered 2×2 · 5×2; 2 more tasks show the same pattern (rule unclear, shadow)"
    )


def test_the_same_pattern_does_not_fill_the_agenda() -> None:
    """With four tasks of one pattern and two others, each pattern is on the agenda before a repeat."""
    tasks = [[2, 2, 5, 5]] * 4 + [[3, 3, 5, 5]] * 2
    causes = suggested(
        *((f"t{number}", "quality", "rule_unclear", "shadow") for number in range(4)),
        ("t4", "quality", "hard_task", ""),
        ("t5", "quality", "new_pattern", ""),
    )
    found = on_agenda(*tasks, causes=causes, n=3)

    assert [topic.cause for topic in found.topics] == ["rule_unclear", "new_pattern", "hard_task"]
    assert [topic.task for topic in found.rest] == ["t1", "t2", "t3"]


def test_a_slip_waits_behind_a_split_team() -> None:
    """One person's error is worth half of a disagreement of the same size."""
    causes = suggested(("t0", "quality", "slip", ""), ("t1", "quality", "rule_unclear", ""))
    found = on_agenda([1, 5, 5, 5], [3, 3, 5, 5], causes=causes)

    assert found.tasks == ("t1", "t0")
    assert found.topics[1].minutes < found.topics[0].minutes


def test_labels_tell_a_pattern_where_no_cause_does() -> None:
    """A label on whose tasks people differ more often than elsewhere names the pattern."""
    tasks = [[2, 2, 5, 5], [2, 2, 5, 5], [5, 5, 5, 5], [4, 4, 4, 4]]
    labels = {"t0": ("edit", "shadow"), "t1": ("shadow", "edit"), "t2": ("edit",), "t3": ("edit",)}
    found = on_agenda(*tasks, labels=labels)

    assert {topic.pattern for topic in found.topics} == {"shadow"}


def test_other_divided_criteria_stand_beside_the_first() -> None:
    """A task divided on two criteria is one topic that begins with the wider one and takes longer."""
    tasks = [[1, 1, 5, 5], [4, 4, 4, 4]]
    ratings = pd.concat([ratings_of(tasks), ratings_of([[3, 3, 5, 5], [4, 4, 4, 4]], "style")])
    found = agenda(ratings, [LEVELS, STYLE])
    alone = on_agenda(*tasks)

    assert [(topic.criterion, topic.also) for topic in found.topics] == [("quality", ("style",))]
    assert "Style is divided too" in found.topics[0].reason
    assert (found.topics[0].score > alone.topics[0].score, found.minutes > alone.minutes) == (True, True)


def test_choices_are_divided_by_any_difference() -> None:
    """On a gate there is no tolerance; the reason counts the answers."""
    found = agenda(ratings_of([["in", "out", "out"], ["in", "in", "in"]], "gate"), GATE)

    assert found.topics[0].reason == "Gate is answered in · out×2"


def test_whether_it_applies_is_a_disagreement() -> None:
    """Some levels and some "not applicable" make a topic although the levels are the same."""
    ratings = ratings_of([[4, 4, 4, 4], [4, 4, 4, 4]])
    ratings["na"] = None
    ratings.loc[:1, "na"] = "hidden"
    ratings.loc[:1, "value"] = None
    found = agenda(ratings, LEVELS)

    assert found.tasks == ("t0",)
    assert "N/A×2" in found.topics[0].answers


def test_a_team_that_agrees_against_gold_is_a_topic() -> None:
    """Without a split among reviewers, gold that most miss is worth a look, and stays untold."""
    found = on_agenda([5, 5, 5, 5], [4, 4, 4, 4], gold=gold_of([2, 4]))

    assert found.tasks == ("t0",)
    assert found.topics[0].reason == "Quality is answered 5×4; look closely when gold is revealed"
    assert found.topics[0].disagreement == pytest.approx(0.75)


def test_no_reason_names_a_reviewer() -> None:
    """What a room sees before gold is revealed holds no name."""
    found = on_agenda([1, 5, 5, 5], [1, 1, 5, 5])

    assert not any(f"r{k}" in topic.reason for topic in found.topics for k in range(4))


def test_only_blind_answers_count() -> None:
    """A re-vote that settles a task does not take it off the agenda of the blind phase."""
    blind = ratings_of([[1, 1, 5, 5]]).assign(revision=1)
    again = ratings_of([[5, 5, 5, 5]]).assign(revision=2)
    found = agenda(pd.concat([blind, again]), LEVELS)

    assert found.topics[0].answers == "1×2 · 5×2"
    assert [one.what for one in found.left_out] == ["rating from a later revision"]


@pytest.mark.parametrize(
    ("tasks", "finding"),
    [
        ([], "No task has two reviewers yet, so there is nothing to compare"),
        ([[3]], "No task has two reviewers yet, so there is nothing to compare"),
        ([[3, None], [None, 4]], "No task has two reviewers yet, so there is nothing to compare"),
        ([[3, 3]], "Reviewers agree on the task"),
        ([[3, 4], [5, 5]], "Reviewers agree on all 2 tasks"),
    ],
)
def test_nothing_to_discuss_is_a_sentence(tasks: list[list[Any]], finding: str) -> None:
    """Nobody, one reviewer, nothing in common or all the same: a sentence and no topics."""
    found = on_agenda(*tasks, gold=gold_of([3, 5]), causes=suggested())

    assert (found.finding, found.topics, found.minutes) == (finding, (), 0)
    assert list(found.rows.columns[:3]) == ["task", "criterion", "label"]
    assert "<table" in found._repr_html_()


def test_no_topics_at_all_cannot_be_asked_for() -> None:
    """An agenda of nothing is refused with what is allowed."""
    with pytest.raises(RatingsError, match="at least 1, got 0"):
        on_agenda([1, 5], n=0)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=3, max_size=5), max_size=8),
    st.integers(1, 5),
)
def test_every_divided_task_stands_once(tasks: list[list[Any]], n: int) -> None:
    """Topics and rest together hold each task with answers two levels apart exactly once."""
    found = on_agenda(*tasks, n=n)
    given = [[value for value in task if value is not None] for task in tasks]
    divided = {f"t{number}" for number, row in enumerate(given) if row and np.ptp(row) > 1}

    stands = [topic.task for topic in (*found.topics, *found.rest)]
    assert (len(stands), set(stands)) == (len(divided), divided)
    assert len(found.topics) == min(n, len(divided))
