"""What a change of the rubric touches: gold to look at again, past ratings, reviewers, statistics."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis import impact
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.rubric_diff import RubricDiff, diff
from evalwidgets.core.rubric_edit import SetTo, edited
from evalwidgets.errors import RatingsError

from ..core.sample_rubrics import a_rubric

LEVEL = ("criteria", "sharp", "levels", "3", "descriptor")
RATINGS = pd.DataFrame(
    [
        ("t1", "ana", "sharp", 3, "r1"),
        ("t1", "ben", "sharp", 4, "r1"),
        ("t2", "ana", "sharp", 5, "r2"),
        ("t1", "ana", "light", 2, "r1"),
        ("t1", "ana", "safety", "ok", "r1"),
    ],
    columns=["task", "reviewer", "criterion", "value", "round"],
)


def a_gold(task: str, *criteria: str) -> Gold:
    """Return gold that speaks of these criteria."""
    answers = {name: GoldAnswer(accepted=(3,)) for name in criteria}
    return Gold(task=task, rubric="sample", rubric_version="1.0.0", answers=answers)


GOLD = {"t2": a_gold("t2", "sharp", "light"), "t1": a_gold("t1", "sharp"), "t3": a_gold("t3", "light")}


def change(**places: Any) -> RubricDiff:
    """Return the diff of edits, given as `criteria__sharp__weight=2`."""
    before = a_rubric()
    after = edited(before, [SetTo(place=tuple(name.split("__")), to=to) for name, to in places.items()])
    return diff(before, after)


def test_another_meaning_touches_gold_ratings_and_reviewers() -> None:
    """Of that criterion alone; statistics are kept apart."""
    found = impact(change(**{"__".join(LEVEL): "Something else."}), RATINGS, GOLD)

    assert {"sharp": ("t1", "t2")} == found.gold
    assert ("t1", "t2") == found.gold_tasks
    assert (3, 2, 2, 2) == (found.n_ratings, found.n_tasks, found.n_reviewers, found.n_rounds)
    assert ["sharp"] == [one.criterion for one in found.touched]
    assert "major" == found.bump
    assert "apart, because sharp is judged otherwise; a bridge set tells" in found.pooling
    assert "A major change of sharp touches 3 ratings by 2 reviewers" in found.finding
    assert "gold of 2 tasks must be looked at again" in found.finding
    assert (
        "sharp (major): 3 ratings of 2 tasks by 2 reviewers in 2 rounds; gold of 2 tasks to look at again."
        in found.sentences
    )


def test_help_touches_no_gold_and_pools_with_a_warning() -> None:
    """Minor: the meanings are the same."""
    found = impact(change(criteria__light__help="Look twice."), RATINGS, GOLD)

    assert ("minor", {}, 1) == (found.bump, found.gold, found.n_ratings)
    assert "pool ratings of both versions, and warn" in found.pooling
    assert "light (minor): 1 rating of 1 task by 1 reviewer in 1 round." in found.sentences


def test_a_weight_is_major_and_leaves_gold_true() -> None:
    """What gold accepts for the criterion stays right."""
    found = impact(change(criteria__light__weight=2), RATINGS, GOLD)

    assert ("major", (), 1) == (found.bump, found.gold_tasks, found.n_ratings)


def test_a_typo_changes_nothing_but_the_words() -> None:
    """Patch: pooled without a word."""
    found = impact(change(title="The sample"), RATINGS, GOLD)

    assert ("patch", (), 0) == (found.bump, found.touched, found.n_ratings)
    assert "A patch change of the rubric as a whole touches no rating" in str(found)
    assert ("title: was 'Sample', is now 'The sample'.",) == found.whole
    assert "no meaning changed" in found.pooling


def test_the_largest_step_of_a_criterion_counts() -> None:
    """A criterion with more help and another question is changed in its meaning."""
    found = impact(
        change(criteria__sharp__help="Look.", criteria__sharp__question="How sharp is it all?"), RATINGS, GOLD
    )

    assert [("sharp", "major")] == [(one.criterion, one.bump) for one in found.touched]


def test_no_change_touches_nothing() -> None:
    """And says so in one sentence."""
    found = impact(change(), RATINGS, GOLD)

    assert ("Nothing differs from 1.0.0.",) == found.sentences
    assert found.rows.empty
    assert "Nothing changed." == found.pooling


def test_without_rounds_and_ratings_it_still_tells() -> None:
    """A new campaign has no past."""
    none = RATINGS.iloc[:0].drop(columns="round")
    found = impact(change(**{"__".join(LEVEL): "Something else."}), none, {})

    assert "touches no rating; no gold must be looked at again" in found.finding
    assert "sharp (major): no past ratings." in found.sentences


def test_a_notebook_shows_a_row_for_each_criterion() -> None:
    """With its counts; names are text, not markup."""
    found = impact(change(**{"__".join(LEVEL): "Something else."}), RATINGS, GOLD)

    assert ["sharp", "major", 2, 3, 2, 2, 2] == found.rows.iloc[0].to_list()
    assert "<td>sharp</td>" in found._repr_html_()


def test_a_table_without_reviewers_is_refused() -> None:
    """Nobody can be counted."""
    with pytest.raises(RatingsError, match="reviewer"):
        impact(change(criteria__light__weight=2), RATINGS.drop(columns="reviewer"), GOLD)
