"""Count patterns: the histogram that agreement is computed from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evalwidgets.analysis import count_patterns
from evalwidgets.analysis.agreement.patterns import patterns_of_counts

from .tables import ratings_of


def test_tasks_with_the_same_votes_are_one_pattern() -> None:
    """Who voted does not matter, only how many for each level."""
    patterns = count_patterns(ratings_of([[1, 2], [2, 1], [2, 2]]), levels=[1, 2, 3])

    assert dict(zip(map(tuple, patterns.counts.tolist()), patterns.n.tolist(), strict=True)) == {
        (1, 1, 0): 2,
        (0, 2, 0): 1,
    }
    assert (patterns.n_tasks, patterns.n_ratings, patterns.n_reviewers) == (3, 6, 2)


@settings(deadline=None)
@given(
    votes=st.tuples(st.integers(1, 30), st.integers(1, 60)).flatmap(
        lambda size: arrays(np.int64, size, elements=st.integers(0, 9))
    )
)
def test_patterns_equal_a_plain_count_of_rows(votes: np.ndarray) -> None:
    """The mixed radix, renumbered where 64 bits overflow, finds exactly the different rows."""
    rows, n = np.unique(votes[votes.sum(axis=1) > 0], axis=0, return_counts=True)
    expected = dict(zip(map(tuple, rows.tolist()), n.tolist(), strict=True))

    patterns = patterns_of_counts(votes, levels=range(votes.shape[1]), n_reviewers=9)

    counted = dict(zip(map(tuple, patterns.counts.tolist()), patterns.n.tolist(), strict=True))
    assert expected == counted


def test_a_hundred_wide_levels_overflow_into_renumbering() -> None:
    """Hundreds of votes on many levels exceed 64 bits and are still told apart."""
    rng = np.random.default_rng(0)
    votes = rng.integers(0, 300, (500, 100))
    votes[250:] = votes[:250]

    patterns = patterns_of_counts(votes, levels=range(100), n_reviewers=300)

    assert len(patterns.n) == 250
    assert patterns.n.tolist() == [2] * 250


def test_counts_from_a_database_carry_their_number_of_tasks() -> None:
    """Rows of a GROUP BY, each for `n` tasks, make the same histogram; equal rows merge."""
    votes = np.array([[2, 0], [1, 1], [2, 0]])

    patterns = patterns_of_counts(votes, levels="ab", n_reviewers=2, n=np.array([5, 3, 2]))

    assert patterns.counts.tolist() == [[1, 1], [2, 0]]
    assert patterns.n.tolist() == [3, 7]


def test_pairs_leave_single_ratings_out_and_say_so() -> None:
    """Tasks with one rating are dropped, counted and explained."""
    paired = count_patterns(ratings_of([[1, None], [1, 1]]), levels=[1, 2]).paired()

    assert paired.n_tasks == 1
    assert list(map(str, paired.left_out)) == ["1 task with a single rating (nothing to compare)"]


def test_open_scales_take_the_values_that_occur() -> None:
    """Counts have no declared levels: the sorted observed ones serve."""
    patterns = count_patterns(ratings_of([[7, 2], [0, 2]]), levels=None)

    assert patterns.levels == (0, 2, 7)


@pytest.mark.parametrize("kind", ["int64", "category", "str"])
def test_the_type_of_the_columns_does_not_matter(kind: str) -> None:
    """Whole numbers, categories and text as task and reviewer give the same patterns."""
    rng = np.random.default_rng(4)
    ratings = ratings_of(rng.integers(1, 4, (30, 3)).tolist())
    plain = count_patterns(ratings, levels=[1, 2, 3])
    ratings["task"] = ratings["task"].str[1:].astype("int64").astype(kind)
    ratings["reviewer"] = ratings["reviewer"].str[1:].astype("int64").astype(kind)
    ratings["value"] = ratings["value"].astype("int64")

    other = count_patterns(ratings, levels=[1, 2, 3])

    assert plain.counts.tolist() == other.counts.tolist()
    assert plain.n.tolist() == other.n.tolist()
    assert other.n_reviewers == 3
