"""What a person should settle, in which order, and what the answers are then, with their origin."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import Scale, adjudicated_labels, spread, tally, to_adjudicate
from evalwidgets.analysis.ratings import first_revisions
from evalwidgets.core.adjudication_book import RETURNED
from evalwidgets.core.adjudication_events import Settled
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RatingsError

from ..samples import every_control

RUBRIC: Rubric = every_control()
QUALITY = Scale("quality", (1, 2, 3, 4, 5))
SAFETY = Scale("safety", ("ok", "violates"), "nominal", is_gate=True)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said(task: str, *answers: Any, criterion: str = "quality", **more: Any) -> pd.DataFrame:
    """Return the ratings of a task by ana, ben, ...; "N/A" is one, None none at all."""
    people = ("ana", "ben", "cem", "dan", "eva")
    rows = [
        {
            "task": task,
            "reviewer": person,
            "criterion": criterion,
            "value": None if value == "N/A" else value,
            "na": "hidden" if value == "N/A" else None,
            "review": f"{task}-{person}-{more.get('revision', 1)}",
            **more,
        }
        for person, value in zip(people, answers, strict=False)
        if value is not None
    ]
    return pd.DataFrame(rows).astype({"value": object, "na": object})


def table(*parts: pd.DataFrame) -> pd.DataFrame:
    """Return several tables as one."""
    return pd.concat(parts, ignore_index=True)


def settled(task: str, value: Any = 4, how: str = "chosen", **more: Any) -> Settled:
    """Return what a lead settled about the quality of a task."""
    facts: dict[str, Any] = {
        "rubric": RUBRIC.id,
        "rubric_version": "1.0.0",
        "criterion": "quality",
        "reason": "rule 3",
        "cause": "hard_task",
        "considered": (f"{task}-ana-1", f"{task}-ben-1", f"{task}-cem-1"),
        "by": "lee",
        "at": NOON,
        "review": f"{task}-ana-1" if how == "accepted" else "",
    }
    value = None if how == "unresolved" or "na" in more else value
    return Settled(**{**facts, "task": task, "value": value, "how": how, **more})


def order(ratings: pd.DataFrame, rubric: Any = RUBRIC, **more: Any) -> list[tuple[str, str]]:
    """Return the cases in their order."""
    cases = to_adjudicate(ratings, rubric, **more)
    return list(zip(cases["task"], cases["criterion"], strict=True))


def test_gates_come_first_then_what_divides_sure_people_most() -> None:
    """A split gate decides what is asked at all; of two equal spreads the surer one comes first."""
    ratings = table(
        said("near", 4, 5, 4, confidence=3),
        said("unsure", 1, 5, 1, confidence=1),
        said("sure", 1, 5, 1, confidence=3),
        said("same", 2, 2, 2, confidence=3),
        said("gate", "ok", "ok", "violates", criterion="safety", confidence=1),
        said("alone", 1, confidence=3),
    )

    assert [("gate", "safety"), ("sure", "quality"), ("unsure", "quality"), ("near", "quality")] == order(
        ratings, [QUALITY, SAFETY]
    )


def test_a_case_says_what_was_answered_and_why_people_may_differ() -> None:
    """Answers in words with how often, how far apart, a cause with its reason, and the reviews."""
    ratings = table(*(said(f"t{n}", 4, 4, 4, 4, 4) for n in range(6)), said("slip", 4, 4, 4, 4, 1))

    (case,) = to_adjudicate(ratings, RUBRIC).to_dict("records")

    assert ("slip", "quality", "Quality", 5) == tuple(
        case[name] for name in ("task", "criterion", "label", "n")
    )
    assert "1 \N{MIDDLE DOT} 4\N{MULTIPLICATION SIGN}4" == case["values"]
    assert ("slip", "open", "") == (case["cause"], case["state"], case["caveat"])
    assert "eva" in case["reason"]
    assert ("slip-ana-1", "slip-eva-1") == (case["reviews"][0], case["reviews"][-1])


def test_who_says_that_it_does_not_apply_differs_from_who_gives_a_level() -> None:
    """One answer among others, and equal to itself."""
    assert [("half", "quality")] == order(table(said("half", 3, "N/A"), said("both", "N/A", "N/A")))


def test_the_last_answer_of_a_reviewer_stands_across_revisions_and_rounds() -> None:
    """What was revised to agreement is no case any more."""
    first, again = said("t1", 4, 2, round="a", revision=1), said("t1", None, 4, round="a", revision=2)
    later = said("t2", None, 5, round="b", revision=1)

    assert [] == order(table(first, again))
    assert [("t2", "quality")] == order(table(said("t2", 4, 4, round="a", revision=1), later))


def test_answers_under_another_major_version_make_no_case() -> None:
    """Their levels mean something else; a minor version keeps the meaning."""
    old, new = said("t1", 1, rubric_version="0.9.0"), said("t1", None, 4, 4, rubric_version="1.2.0")
    minor = said("t2", 1, rubric_version="1.0.0")

    assert [("t2", "quality")] == order(table(old, new, minor, said("t2", None, 4, rubric_version="1.2.0")))


def test_what_is_settled_is_marked_and_returns_when_the_ground_has_moved() -> None:
    """Left open is a state of its own; new answers and a new major version ask for another look."""
    ratings = table(*(said(name, 1, 4, 5) for name in ("done", "left", "moved", "old", "open")))
    ratings.loc[ratings["review"] == "moved-cem-1", "review"] = "moved-cem-2"

    cases = to_adjudicate(
        ratings,
        RUBRIC,
        [
            settled("done"),
            settled("left", how="unresolved"),
            settled("moved"),
            settled("old", rubric_version="0.9.0"),
            settled("open", rubric="another"),
        ],
    ).set_index("task")

    assert {
        "done": "settled",
        "left": "unresolved",
        "moved": "again",
        "old": "again",
        "open": "open",
    } == dict(cases["state"])
    assert ("answers changed since", "settled under 0.9.0") == (
        cases.loc["moved", "caveat"],
        cases.loc["old", "caveat"],
    )


def test_labels_say_where_each_answer_comes_from() -> None:
    """Unanimous, majority, settled by a person, left open by one or by all, or one voice only."""
    ratings = table(
        said("all", 4, 4, 4),
        said("most", 4, 4, 1),
        said("none", 1, 4, 5),
        said("one", 3),
        said("person", 1, 4, 5),
        said("left", 1, 4, 5),
        said("na", "N/A", "N/A", 2),
        said("set", ["halo", "remnant"], ["remnant", "halo"], criterion="defects"),
    )
    words = [settled("person", 4, "accepted"), settled("left", how="unresolved")]

    labels = adjudicated_labels(ratings, words, RUBRIC).set_index("task")

    assert {
        "all": (4, "unanimous", 3, 3),
        "most": (4, "majority", 3, 2),
        "none": (None, "unresolved", 3, 1),
        "one": (3, "single", 1, 1),
        "person": (4, "adjudicated", 3, 1),
        "left": (None, "unresolved", 3, 0),
        "na": (None, "majority", 3, 2),
        "set": (["halo", "remnant"], "unanimous", 2, 2),
    } == {task: tuple(labels.loc[task, ["value", "provenance", "n", "agreed"]]) for task in labels.index}
    assert ("hidden", None) == (labels.loc["na", "na"], labels.loc["all", "na"])
    assert ("lee", "rule 3", "hard_task") == tuple(labels.loc["person", ["by", "reason", "cause"]])
    assert ("lee", "") == (labels.loc["left", "by"], labels.loc["none", "by"])
    assert ("all-ana-1", "all-ben-1", "all-cem-1") == labels.loc["all", "reviews"]


def test_a_decision_stays_a_decision_and_says_what_became_of_its_ground() -> None:
    """Answers that changed later, an older major version, a task that nobody answers any more."""
    ratings = table(said("moved", 4, 4, 4, revision=2), said("old", 1, 4, 5))
    words = [settled("moved", 2), settled("old", 2, rubric_version="0.9.0"), settled("gone", 2)]

    labels = adjudicated_labels(ratings, words, RUBRIC).set_index("task")

    assert ["adjudicated"] * 3 == list(labels["provenance"])
    assert {"gone": "", "moved": "answers changed since", "old": "settled under 0.9.0"} == dict(
        labels["caveat"]
    )
    assert "0.9.0" == labels.loc["old", "rubric_version"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([1, 2, 4, "N/A", None]), min_size=1, max_size=5), min_size=1, max_size=5
    )
)
def test_every_answered_place_has_one_label_and_what_differs_is_a_case(answers: list[list[Any]]) -> None:
    """Cases are just the labels of two answers and more that are not unanimous; a value stands on answers."""
    parts = [said(f"t{n}", *row) for n, row in enumerate(answers) if any(one is not None for one in row)]
    if not parts:
        return
    ratings = table(*parts)

    labels = adjudicated_labels(ratings, (), RUBRIC)
    cases = to_adjudicate(ratings, RUBRIC)

    assert sorted(ratings["task"].unique()) == list(labels["task"])
    differing = labels[~labels["provenance"].isin(["unanimous", "single"])]
    assert set(differing["task"]) == set(cases["task"])
    for row in labels.itertuples():
        of_task = ratings[ratings["task"] == row.task]
        assert row.n == len(of_task)
        assert (row.value is None and row.na is None) == (row.provenance == "unresolved")
        assert row.agreed == (of_task["value"] == row.value).sum() or row.value is None


def test_one_answer_is_no_case_and_fewer_cannot_be_asked_for() -> None:
    """Two are needed to differ."""
    ratings = table(said("two", 1, 4), said("three", 1, 4, 4))

    assert [("three", "quality")] == order(ratings, least=3)
    with pytest.raises(RatingsError, match="at least 2, got 1"):
        to_adjudicate(ratings, RUBRIC, least=1)


def test_an_answer_to_a_returned_review_enters_no_blind_figure() -> None:
    """Like a re-vote it is a later revision: spread and tally keep to the first, and call it no re-vote."""
    first = said("t1", 1, 5, 5, revision=1, reason="")
    again = said("t1", 5, revision=2, reason=RETURNED)
    ratings = table(first, again)

    assert spread(first, [QUALITY]).table.equals(spread(ratings, [QUALITY]).table)
    assert len(first) == len(first_revisions(ratings))
    counted = tally(ratings, [QUALITY], "t1", "quality")
    assert not counted.revoted
    assert sorted(dot.stands for dot in counted.dots) == [0, 4, 4]
    assert [] == order(ratings, [QUALITY])
