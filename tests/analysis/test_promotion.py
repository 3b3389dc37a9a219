"""A candidate gold accepts what a panel agrees on, and says what it is divided on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from evalwidgets.analysis.gold.promotion import Promotion, propose_from
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round_events import Decided

from ..samples import a_region, an_edit, every_control

RUBRIC = every_control()
TASK = an_edit(
    "t1",
    tags={
        "edit_type": "add",
        "model": "model-a",
        "planted": "halo",
        "difficulty": "hard",
        "shadow": True,
        "sharp": False,
        "size": 3,
        "subjects": ("figure", "place"),
    },
)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said(reviewer: int, answers: dict[str, Any], **more: Any) -> Review:
    """Return a review; values or answers by criterion."""
    given = {name: one if isinstance(one, Answer) else Answer(value=one) for name, one in answers.items()}
    at = NOON + timedelta(minutes=reviewer)
    facts: dict[str, Any] = {
        "id": str(UUID(int=reviewer + 100 * more.get("revision", 1), version=4)),
        "campaign": "spring",
        "round": "r2",
        "task": "t1",
        "task_hash": "a" * 64,
        "rubric": RUBRIC.id,
        "rubric_version": "1.0.0",
        "rubric_hash": RUBRIC.hash,
        "reviewer": f"r{reviewer}",
        "answers": given,
        "shown_at": at,
        "submitted_at": at,
    }
    return Review(**{**facts, **more})


def of_quality(*answers: Any) -> Promotion:
    """Return the candidate of a panel that answered quality alone."""
    reviews = [said(number, {"quality": one}) for number, one in enumerate(answers)]
    return propose_from(reviews, TASK, RUBRIC, by="lee")


@pytest.mark.parametrize(
    ("levels", "accepted"),
    [
        ([4, 4, 4], (4,)),
        ([3, 4, 4], (3, 4)),
        ([4, 4, 4, 4, 3], (4,)),
        ([3, 3, 4, 4], (3, 4)),
        ([2, 3, 3, 4, 4, 5], (3, 4)),
        ([2, 4, 4, 4, 4, 5], (4,)),
        ([1, 1, 5, 5, 5], (5,)),
        ([2, 2, 2, 5, 5, 5], ()),
    ],
    ids=["all", "a third below", "a fifth below", "two middles", "wide", "few", "camps, odd", "camps, even"],
)
def test_levels_are_accepted_around_the_middle(levels: Sequence[int], accepted: tuple[int, ...]) -> None:
    """The median, both middles where they touch, and a neighbour that a third gave."""
    gold = of_quality(*levels).gold

    assert accepted == (gold.answers["quality"].accepted if "quality" in gold.answers else ())


def test_also_defensible_levels_count_for_the_neighbours() -> None:
    """A second level is a voice for it, not for the middle."""
    gold = of_quality(Answer(value=4, second=3), Answer(value=4), Answer(value=4)).gold

    assert (3, 4) == gold.answers["quality"].accepted


def test_a_divided_panel_leaves_a_criterion_out_and_says_so() -> None:
    """A candidate is no verdict."""
    made = of_quality(2, 2, 2, 5, 5, 5)

    assert "quality" not in made.gold.answers
    assert ("Quality: split 3:3 between 2 and 5; settle it before it is gold.",) == made.weak


def test_levels_far_from_the_middle_are_said() -> None:
    """Less than two thirds inside the set is a weak consensus."""
    made = of_quality(1, 1, 5, 5, 5)

    assert ("Quality: only 3 of 5 within it.",) == made.weak
    assert () == of_quality(4, 4, 4).weak


@pytest.mark.parametrize(("n", "why"), [(1, "1 reviewer only"), (2, "2 reviewers only"), (0, "Nobody has")])
def test_few_reviewers_are_opinions(n: int, why: str) -> None:
    """Fewer than three never make a consensus."""
    assert of_quality(*[4] * n).weak[0].startswith(why)


def test_options_need_more_than_half() -> None:
    """Half against half is a split; what most were not asked has no gold."""
    reviews = [said(one, {"safety": value}) for one, value in enumerate(["ok", "ok", "sensitive"])]
    split = [said(one, {"safety": value}) for one, value in enumerate(["ok", "ok", "violates", "sensitive"])]

    assert ("ok",) == propose_from(reviews, TASK, RUBRIC, by="lee").gold.answers["safety"].accepted
    assert (
        "split 2:1:1 between ok and sensitive and violates"
        in propose_from(split, TASK, RUBRIC, by="l").weak[0]
    )
    assert (
        "response"
        not in propose_from([*reviews, said(9, {"response": "halo"})], TASK, RUBRIC, by="l").gold.answers
    )


def test_not_applicable_is_gold_where_most_say_so() -> None:
    """With the fullest of their notes as its reason."""
    na = Answer(na="hidden", note="The face is behind the tree.")

    answer = of_quality(na, Answer(na="hidden"), 3).gold.answers["quality"]

    assert (True, "The face is behind the tree.") == (answer.na, answer.rationale)


def test_what_was_said_first_counts() -> None:
    """A re-vote is no blind answer; skipped reviews and other tasks say nothing."""
    reviews = [said(one, {"quality": 2}) for one in range(3)]
    later = [said(one, {"quality": 5}, revision=2) for one in range(3)]
    noise = [said(7, {}, state="skipped", reason="broken"), said(8, {"quality": 5}, task="t2")]

    made = propose_from([*noise, *later, *reviews], TASK, RUBRIC, by="lee")

    assert (2,) == made.gold.answers["quality"].accepted
    assert "round r2, consensus of 3" == made.origin


def test_a_meetings_decision_wins_and_explains() -> None:
    """Its values and reason count, and what it settled is weak no more."""
    reviews = [said(number, {"quality": level}) for number, level in enumerate([2, 2, 2, 5, 5, 5])]
    facts: dict[str, Any] = {"task": "t1", "criterion": "quality", "by": "lee", "at": NOON}
    decided = Decided(what="gold", accepted=(2,), reason="the halo shows", **facts)
    gap = Decided(what="gap", reason="halos are not named", **facts)

    made = propose_from(reviews, TASK, RUBRIC, by="lee", decisions=[gap, decided])

    assert ((2,), ()) == (made.gold.answers["quality"].accepted, made.weak)
    assert "the halo shows" == made.gold.rationale
    assert made.origin.endswith("1 decided in the meeting")


def test_the_fullest_notes_become_the_rationale() -> None:
    """Of those who gave an accepted value."""
    notes = [
        Answer(value=2, note="halo"),
        Answer(value=2, note="A halo around the hat."),
        Answer(value=5, note="x" * 80),
    ]

    made = of_quality(*notes, 2, 2)

    assert "A halo around the hat." == made.gold.rationale == made.gold.answers["quality"].rationale


def test_concepts_come_from_tags_that_tell_no_secret() -> None:
    """No model, no planted truth; what is simply true gives its name."""
    assert ("add", "shadow", "figure", "place") == of_quality(3).gold.concepts


@pytest.mark.parametrize(
    ("levels", "difficulty"), [([4, 4, 4], "easy"), ([3, 4, 5], "medium"), ([1, 3, 5], "hard")]
)
def test_difficulty_comes_from_the_spread(levels: list[int], difficulty: str) -> None:
    """How far levels lie from their median."""
    assert difficulty == of_quality(*levels).gold.difficulty
    assert "" == propose_from([], TASK, RUBRIC, by="lee").gold.difficulty


def test_places_that_more_than_half_marked_are_gold() -> None:
    """Each once, without the note of whoever drew it."""
    box, near = a_region(note="my own words"), a_region(id="r2", points=((11, 21), (41, 61)))
    far = a_region(id="r3", points=((200, 100), (280, 180)))
    reviews = [said(0, {"places": [box, far]}), said(1, {"places": [near]}), said(2, {"places": []})]

    (region,) = propose_from(reviews, TASK, RUBRIC, by="lee").gold.regions

    assert ("g1", ((10, 20), (40, 60)), "", True) == (region.id, region.points, region.note, region.required)


def test_gold_as_it_is_stays_where_the_panel_said_nothing() -> None:
    """A promotion never forgets an answer."""
    before = Gold(
        task="t1",
        rubric=RUBRIC.id,
        rubric_version="0.9.0",
        answers={"adherence": GoldAnswer(accepted=(5,)), "quality": GoldAnswer(accepted=(1,))},
        rationale="Teaches hats.",
        concepts=("hat",),
    )
    reviews = [said(number, {"quality": 4}) for number in range(3)]

    gold = propose_from(reviews, TASK, RUBRIC, by="lee", before=before).gold

    assert {"adherence": (5,), "quality": (4,)} == {name: one.accepted for name, one in gold.answers.items()}
    assert ("Teaches hats.", ("hat",), "1.0.0") == (gold.rationale, gold.concepts, gold.rubric_version)
