"""Suggested causes on small tables: one rule at a time, with its reason."""

from __future__ import annotations

import pandas as pd
import pytest

from evalwidgets.analysis import Scale
from evalwidgets.analysis.causes.causes import Causes, suggest_causes
from evalwidgets.core.cause import CAUSES
from evalwidgets.errors import RatingsError

from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
GATE = Scale("gate", ("yes", "no"), "nominal", is_gate=True)
STYLE = Scale("style", ("flat", "deep", "none"), "nominal")


def only(found: Causes) -> pd.Series:
    """Return the one suggestion."""
    assert len(found.rows) == 1
    return found.rows.iloc[0]


def test_one_against_five_who_agree_slipped() -> None:
    """The row says who, what they gave, and how far the panel lies apart."""
    row = only(suggest_causes(ratings_of([[4, 4, 5, 4, 4, 1]]), QUALITY))

    assert row["cause"] == "slip"
    assert row["reviewers"] == ("r5",)
    assert row["reason"] == "r5 gives 1, the other five 4 to 5"
    assert row["n_reviewers"] == 6
    assert 0 < row["spread"] < 1


def test_haste_makes_a_slip_clearer() -> None:
    """An answer in a fraction of the reviewer's own time is said, and raises the strength."""
    # The odd answer differs by two steps, so that the strength has room to rise.
    answers = [[4, 4, 5, 4, 4, 2], *[[4, 4, 5, 4, 4, 4], [5, 4, 4, 4, 5, 5]] * 4]
    ratings = ratings_of(answers)
    hasty = (ratings["task"] == "t0") & (ratings["reviewer"] == "r5")

    calm = only(suggest_causes(ratings.assign(seconds=60.0), QUALITY))
    fast = only(suggest_causes(ratings.assign(seconds=[10.0 if one else 60.0 for one in hasty]), QUALITY))

    assert fast["strength"] > calm["strength"]
    assert "less than 30% of the usual time" in fast["reason"]


def test_an_answer_that_was_otherwise_before_makes_a_slip_clearer() -> None:
    """A reviewer who says 1 now and 4 in another round contradicts themselves."""
    first = ratings_of([[4, 4, 5, 4, 4, 1]]).assign(round="one")
    second = ratings_of([[None, None, None, None, None, 4]]).assign(round="two")

    row = only(suggest_causes(pd.concat([first, second], ignore_index=True), QUALITY))

    assert "answered far otherwise on another occasion" in row["reason"]


def test_two_tight_camps_are_an_unclear_rule() -> None:
    """Three and three, each sure: the rubric can be read in two ways."""
    row = only(suggest_causes(ratings_of([[2, 2, 2, 4, 4, 5]]), QUALITY))

    assert row["cause"] == "rule_unclear"
    assert row["reviewers"] == ("r0", "r1", "r2")
    assert row["reason"] == "r0, r1 and r2 give 2, the other three 4 to 5"


def test_camps_that_would_defend_each_others_level_face_a_hard_task() -> None:
    """The same answers with bridging second levels are a task between levels."""
    ratings = ratings_of([[2, 2, 2, 4, 4, 5]]).assign(second=[3, 3, None, 3, 3, None])

    row = only(suggest_causes(ratings, QUALITY))

    assert row["cause"] == "hard_task"
    assert row["reviewers"] == ()
    assert "four would also defend a level nearer to the others" in row["reason"]


def test_wide_answers_without_camps_are_a_hard_task() -> None:
    """From 1 to 5 in one heap."""
    row = only(suggest_causes(ratings_of([[1, 2, 3, 4, 5, 3]]), QUALITY))

    assert (row["cause"], row["reason"]) == ("hard_task", "Six reviewers give 1 to 5")


def test_a_steady_shift_explains_what_it_produces() -> None:
    """A reviewer a level below everywhere is severe, not slipping on each task."""
    answers = [[level, level, level, level - 1] for level in (2, 3, 4, 5, 3, 4, 2, 5, 4, 3)]
    answers.append([5, 4, 5, 3])

    row = only(suggest_causes(ratings_of(answers), QUALITY))

    assert (row["task"], row["cause"], row["reviewers"]) == ("t10", "severity", ("r3",))
    assert "r3 is usually" in row["reason"]


def test_a_flag_of_who_stands_apart_is_a_new_pattern() -> None:
    """The one who says that the rubric is silent did not slip; a table or a column of flags does."""
    ratings = ratings_of([[4, 4, 5, 4, 4, 1]])
    flags = pd.DataFrame([("t0", "r5", "guideline_silent")], columns=["task", "reviewer", "flag"])
    column = ratings.assign(
        flags=[["guideline_silent"] if name == "r5" else [] for name in ratings["reviewer"]]
    )

    rows = [only(suggest_causes(ratings, QUALITY, flags=flags)), only(suggest_causes(column, QUALITY))]

    assert [row["cause"] for row in rows] == ["new_pattern", "new_pattern"]
    assert rows[0]["reason"].endswith("one of six flagged it as outside the rubric")


def test_flags_that_say_something_else_change_nothing() -> None:
    """Asking for a second opinion is no new pattern."""
    ratings = ratings_of([[4, 4, 5, 4, 4, 1]])
    flags = pd.DataFrame([("t0", "r5", "needs_second_opinion")], columns=["task", "reviewer", "flag"])

    assert only(suggest_causes(ratings, QUALITY, flags=flags))["cause"] == "slip"


def test_a_split_on_whether_it_applies_is_a_new_pattern() -> None:
    """Half say not applicable, half give a level."""
    ratings = ratings_of([[4, 4, 4, 5, 5, 5]])
    ratings["na"] = ["none", "none", "none", None, None, None]
    ratings["value"] = ratings["value"].where(ratings["na"].isna(), None)

    row = only(suggest_causes(ratings, QUALITY))

    assert row["cause"] == "new_pattern"
    assert "N/A" in row["reason"]


def test_gates_and_choices_have_rules_of_their_own() -> None:
    """A divided gate is a new pattern, one dissenter a slip, two camps on a choice an unclear rule."""
    gate = ratings_of([["yes", "yes", "yes", "no", "no"], ["yes", "yes", "yes", "yes", "no"]], "gate")
    style = ratings_of([["flat", "flat", "deep", "deep"], ["flat", "deep", "none", "flat"]], "style")

    rows = suggest_causes(pd.concat([gate, style]), [GATE, STYLE]).rows.set_index(["task", "criterion"])

    assert rows["cause"].to_dict() == {
        ("t0", "gate"): "new_pattern",
        ("t1", "gate"): "slip",
        ("t0", "style"): "rule_unclear",
        ("t1", "style"): "hard_task",
    }


def test_a_gate_that_most_answer_against_gold_is_suspect() -> None:
    """All say yes, gold says no."""
    found = suggest_causes(ratings_of([["yes"] * 5], "gate"), GATE, gold_of(["no"], "gate"))

    row = only(found)
    assert (row["cause"], row["reason"]) == ("gold_suspect", "Five reviewers give yes, gold accepts no")


def test_two_reviewers_are_left_undecided_with_the_reason() -> None:
    """There is a row that says so, and no suggestion."""
    found = suggest_causes(ratings_of([[1, 5]]), QUALITY)

    assert len(found.rows) == 0
    assert found.finding == "1 disagreement: 1 undecided"
    assert "two reviewers can never tell" in found.undecided["reason"].iloc[0]


@pytest.mark.parametrize("levels", [(1, 2, 3), (1, 2, 3, 4, 5), (0, 0.5, 1), tuple(range(1, 11))])
def test_a_single_step_is_no_disagreement(levels: tuple[float, ...]) -> None:
    """Neighbouring levels never get a cause, whatever the scale."""
    scale = Scale("quality", levels)
    low, high = levels[0], levels[1]

    found = suggest_causes(ratings_of([[low, low, high, high], [low, high, high, high]]), scale)

    assert len(found.rows) + len(found.undecided) == 0


def test_a_whole_clash_on_three_levels_is_a_disagreement() -> None:
    """From one end to the other on 0, 0.5, 1 is a slip of the lone one."""
    row = only(suggest_causes(ratings_of([[0, 1, 1, 1, 1]]), Scale("quality", (0, 0.5, 1))))

    assert (row["cause"], row["reason"]) == ("slip", "r0 gives 0, the other four 1")


def test_nothing_in_gives_a_sentence() -> None:
    """No rows, one reviewer, one task: no cause and no error."""
    for ratings in (ratings_of([]), ratings_of([[3], [4]]), ratings_of([[3, 3]])):
        found = suggest_causes(ratings, QUALITY, gold_of([3]), {})

        assert found.finding == "Reviewers nowhere disagree by more than a step, nor with gold"
        assert len(found.by_criterion()) == 0
        assert len(found.by_label()) == 0


def test_a_wrong_table_of_flags_is_refused() -> None:
    """The error names the missing column."""
    with pytest.raises(RatingsError, match="flags: expected the columns task, reviewer, flag"):
        suggest_causes(ratings_of([[3, 3]]), QUALITY, flags=pd.DataFrame({"task": ["t0"]}))


def test_counts_by_criterion_and_label_name_every_cause() -> None:
    """Tables have a column for each of the six causes, and a task counts under each of its labels."""
    ratings = ratings_of([[4, 4, 5, 4, 4, 1], [2, 2, 2, 4, 4, 5]])
    found = suggest_causes(ratings, QUALITY, labels={"t0": ("a", "b"), "t1": ("b",)})

    assert list(found.by_criterion().columns) == list(CAUSES)
    assert found.by_label().sum(axis=1).to_dict() == {"b": 2, "a": 1}
    assert repr(found).startswith("2 disagreements: 1 slip and 1 rule unclear")
