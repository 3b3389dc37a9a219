"""Gold health: planted wrong gold is found, thin evidence never casts doubt."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis import Scale, wilson_interval
from evalwidgets.analysis.gold.gold_health import gold_health

from .simulated import EVEN, simulated
from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")


def only_row(answers: list[Any], accepted: Any, scale: Scale = QUALITY) -> pd.Series:
    """Return the health of one gold answer against these answers."""
    health = gold_health(ratings_of([answers], scale.id), gold_of([accepted], scale.id), scale)
    return health.rows.iloc[0]


@pytest.mark.parametrize(
    ("answers", "gold", "suspect"),
    [
        ([2, 2, 2, 3], 5, True),
        ([2, 2, 5], 5, False),
        ([1, 1, 3, 5, 2], 5, False),
        ([1, 1, 3, 3], 5, True),
        ([4, 4, 4], 5, False),
        ([2, 2], 5, False),
        ([1, 5, 1, 5], 3, False),
        ([1, 1, 2], (4, 5), True),
        ([3, 3, 3], (4, 5), False),
    ],
    ids=[
        "all below",
        "one agrees, two far",
        "wide, one agrees",
        "all, though wide",
        "within",
        "two",
        "both sides",
        "set",
        "near the set",
    ],
)
def test_suspect_needs_three_who_agree_on_one_side(answers: list[int], gold: Any, suspect: bool) -> None:
    """Three at least: most outside tolerance on one side and close together, or all on one side."""
    assert bool(only_row(answers, gold)["suspect"]) is suspect


def test_a_choice_is_suspect_when_most_give_the_same_other_option() -> None:
    """Scattered wrong options are a hard task; the same one is doubtful gold."""
    gate = Scale("gate", ("yes", "no", "unsure"), "nominal")

    same, scattered = (
        only_row(answers, "yes", gate) for answers in (["no", "no", "yes"], ["no", "unsure", "yes"])
    )

    assert (same["suspect"], same["direction"], same["given"]) == (True, "other", "no")
    assert not scattered["suspect"]


def test_three_levels_are_exact() -> None:
    """One step off misses gold on three levels."""
    row = only_row([1, 1, 1], 2, Scale("severity", (1, 2, 3)))

    assert (row["n_missing"], row["suspect"]) == (3, True)


def test_who_misses_and_in_which_direction_is_counted() -> None:
    """Above and below are apart, the names stand there, the share has its interval."""
    row = only_row([1, 5, 5, 3], 3)

    assert (row["n_below"], row["n_above"], row["n_other"], row["direction"]) == (1, 2, 0, "above")
    assert row["missed_by"] == ("r0", "r1", "r2")
    assert (row["share"], row["median"]) == (0.75, 4.0)
    assert (row["share_low"], row["share_high"]) == wilson_interval(3, 4)


def test_not_applicable_against_a_level_is_another_answer() -> None:
    """Reviewers who all call a criterion not applicable cast doubt on gold's level, and the reverse."""
    ratings = ratings_of([[4, 4, 4]], na="no_people").assign(value=pd.Series([None] * 3, dtype=object))

    against_level = gold_health(ratings, gold_of([4]), QUALITY).rows.iloc[0]
    against_na = gold_health(ratings_of([[4, 4, 3]]), gold_of([()], na=True), QUALITY).rows.iloc[0]
    right = gold_health(ratings, gold_of([()], na=True), QUALITY).rows.iloc[0]

    assert (against_level["n_other"], against_level["given"], against_level["suspect"]) == (3, "N/A", True)
    assert (against_na["accepted"], against_na["suspect"]) == ("N/A", True)
    assert (right["n_missing"], right["suspect"]) == (0, False)


def test_planted_wrong_gold_comes_first() -> None:
    """Of 300 gold answers the two that were falsified head the table, and no others are suspect."""
    world = simulated(2, reviewers=("good", "fair", "fine", "calm"), gold_shares=EVEN, missing=0.0)
    gold = world.gold.copy()
    wrong = [("edit-003", "style"), ("edit-041", "quality")]
    falsified = pd.MultiIndex.from_frame(gold[["task", "criterion"]]).isin(wrong)
    pairs = zip(gold["accepted"], falsified, strict=True)
    gold["accepted"] = [((values[0] + 2) % 5 + 1,) if false else values for values, false in pairs]

    health = gold_health(world.ratings, gold, world.scales)

    found = list(zip(health.suspects["task"], health.suspects["criterion"], strict=True))
    assert sorted(found) == wrong
    assert health.rows["suspect"].to_list() == [True, True] + [False] * (len(health.rows) - 2)
    assert health.finding.startswith("Most reviewers agree against gold on 2 of 360 answers: edit-0")


def test_few_reviewers_cannot_tell() -> None:
    """Two against gold are a note, not a doubt, and stand below what can tell."""
    ratings = pd.concat([ratings_of([[1, 1]]), ratings_of([[3, 3, 5]]).assign(task="t1")])

    health = gold_health(ratings, gold_of([5, 5]), QUALITY)

    assert health.rows["task"].to_list() == ["t1", "t0"]
    assert health.rows["note"].iloc[1] == "2 reviewers cannot cast doubt on gold (at least 3)"
    assert not health.rows["suspect"].any()


def test_the_finding_says_when_nobody_could_tell() -> None:
    """One reviewer on every task can doubt nothing."""
    health = gold_health(ratings_of([[1], [2]]), gold_of([5, 5]), QUALITY)

    assert health.finding == "No gold answer was rated by 3 reviewers, too few to doubt any of 2 answers"


def test_healthy_gold_is_said_so() -> None:
    """All agree with gold: no doubt, nobody misses."""
    health = gold_health(ratings_of([[5, 5, 5]]), gold_of([5]), QUALITY)

    assert health.finding == (
        "No gold answer is contradicted by most reviewers (1 of 1 answer can tell); nobody misses any"
    )
    assert health.rows.iloc[0]["missed_by"] == ()
    assert "<table" in health._repr_html_()


def test_no_ratings_give_a_sentence() -> None:
    """An empty comparison is not an error."""
    health = gold_health(ratings_of([]), gold_of([4]), QUALITY)

    assert str(health) == "No gold answer has been rated yet."
    assert health.suspects.empty
