"""The confusion matrix against gold, and between two reviewers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import Scale, gold_confusion
from evalwidgets.analysis.gold.confusion import reviewer_confusion
from evalwidgets.errors import RatingsError, UnknownName

from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")


def test_rows_are_gold_and_columns_what_was_given() -> None:
    """Each rating is one count at (gold, given), over all declared levels."""
    confusion = gold_confusion(ratings_of([[4, 5], [2, 2]]), gold_of([4, 3]), QUALITY, criterion="quality")

    expected = np.zeros((5, 5), dtype=int)
    expected[3, 3] = expected[3, 4] = 1
    expected[2, 1] = 2
    assert np.array_equal(confusion.matrix, expected)
    assert (confusion.n, confusion.exact, confusion.within) == (4, 0.25, 1.0)
    assert confusion.worst == (3, 2, 2)
    assert list(confusion.table.columns) == [1, 2, 3, 4, 5]


def test_the_nearest_accepted_value_is_the_row() -> None:
    """Where gold accepts several, an accepted answer is on the diagonal, and a note says so."""
    confusion = gold_confusion(ratings_of([[2, 4, 5, 1]]), gold_of([(2, 4)]), QUALITY, criterion="quality")

    assert confusion.exact == 0.5
    assert (confusion.matrix[3, 4], confusion.matrix[1, 0]) == (1, 1)
    assert confusion.note == "Gold of 1 task accepts several values: the row is the nearest one."


def test_not_applicable_is_a_row_and_a_column_where_it_occurs() -> None:
    """It appears only when somebody gave it or gold has it."""
    ratings = ratings_of([[4, 4], [3, 3]])
    ratings.loc[0, "value"] = None
    ratings["na"] = ["no_people", None, None, None]
    gold = gold_of([4, ()], na=[False, True])

    confusion = gold_confusion(ratings, gold, QUALITY, criterion="quality")

    assert confusion.levels == (1, 2, 3, 4, 5, "N/A")
    assert (confusion.matrix[3, 5], confusion.matrix[5, 2]) == (1, 2)
    assert not confusion.tolerated[5, 4]


def test_the_band_is_what_the_tolerance_covers() -> None:
    """Within 1 is the diagonal and its neighbours; a choice has the diagonal only."""
    ratings, gold = ratings_of([[4]]), gold_of([4])
    band = gold_confusion(ratings, gold, QUALITY, criterion="quality").tolerated
    exact = gold_confusion(ratings, gold, Scale("quality", (1, 2, 3, 4, 5)), criterion="quality").tolerated

    assert band.sum() == 13
    assert np.array_equal(exact, np.eye(5, dtype=bool))


def test_one_reviewer_can_be_looked_at() -> None:
    """The matrix of one reviewer holds their ratings only."""
    ratings, gold = ratings_of([[4, 5]]), gold_of([4])

    confusion = gold_confusion(ratings, gold, QUALITY, criterion="quality", reviewer="r1")

    assert (confusion.n, confusion.matrix[3, 4]) == (1, 1)
    assert confusion.finding.startswith("r1 on Quality: 0% exact")
    with pytest.raises(UnknownName, match="reviewer"):
        gold_confusion(ratings, gold, QUALITY, criterion="quality", reviewer="rr1")


def test_nothing_to_compare_is_a_sentence() -> None:
    """Without gold for the criterion the matrix is empty and says so."""
    confusion = gold_confusion(ratings_of([[4]]), gold_of([4])[:0], QUALITY, criterion="quality")

    assert confusion.n == 0
    assert confusion.finding == "Quality: no rating has a gold answer"
    assert np.isfinite(confusion.shares).all()


def test_the_finding_names_the_most_common_miss() -> None:
    """Rate, tolerance and the worst cell in one sentence."""
    ratings = ratings_of([[5, 5, 5, 4, 4, 3]])

    confusion = gold_confusion(ratings, gold_of([5]), QUALITY, criterion="quality")

    assert confusion.finding == (
        "Quality: 50% exact, 83% within 1, most often gold 5 is given as 4 (2 times)"
    )
    assert "6 ratings" in str(confusion)
    pd.testing.assert_index_equal(confusion.table.index, pd.Index([1, 2, 3, 4, 5], name="gold"))


def test_two_reviewers_side_by_side() -> None:
    """Rows are the first reviewer's answers, columns the second's; only tasks of both count."""
    ratings = ratings_of([[4, 5], [4, 5], [2, 2], [1, None], [5, 2]])

    confusion = reviewer_confusion(ratings, QUALITY, criterion="quality", reviewers=("r0", "r1"))

    assert confusion.n == 4
    assert (confusion.matrix[3, 4], confusion.matrix[1, 1], confusion.matrix[4, 1]) == (2, 1, 1)
    assert (confusion.exact, confusion.within) == (0.25, 0.75)
    assert confusion.finding == (
        "r0 and r1 on Quality: 25% the same, 75% within 1, most often r0's 4 is r1's 5 (2 times)"
    )
    assert "1 task that one of them rated (nothing to compare)" in str(confusion)
    assert (confusion.table.index.name, confusion.table.columns.name) == ("r0", "r1")


def test_reviewers_change_places() -> None:
    """The other way round the matrix is transposed."""
    ratings = ratings_of([[4, 5], [3, 5], [2, 2]])

    one, other = (
        reviewer_confusion(ratings, QUALITY, criterion="quality", reviewers=pair)
        for pair in (("r0", "r1"), ("r1", "r0"))
    )

    assert np.array_equal(one.matrix, other.matrix.T)


def test_not_applicable_between_reviewers_is_a_level_of_its_own() -> None:
    """It is the same where both say so, and never near a level."""
    ratings = ratings_of([[4, 4], [3, 3]])
    ratings["na"] = ["no_people", "no_people", "no_people", None]
    ratings["value"] = pd.Series([None, None, None, 3], dtype=object)

    confusion = reviewer_confusion(ratings, QUALITY, criterion="quality", reviewers=("r0", "r1"))

    assert (confusion.matrix[5, 5], confusion.matrix[5, 2], confusion.within) == (1, 1, 0.5)


def test_three_levels_between_reviewers_are_exact() -> None:
    """One step apart is different on three levels."""
    scale = Scale("severity", (1, 2, 3), label="Severity")

    confusion = reviewer_confusion(
        ratings_of([[1, 2], [2, 2]], "severity"), scale, criterion="severity", reviewers=("r0", "r1")
    )

    assert (confusion.exact, confusion.within) == (0.5, 0.5)
    assert "within" not in confusion.finding


def test_reviewers_with_nothing_in_common_are_a_sentence() -> None:
    """No shared task is no error; the same name twice, or an unknown one, is."""
    ratings = ratings_of([[4, None], [None, 3]])

    confusion = reviewer_confusion(ratings, QUALITY, criterion="quality", reviewers=("r0", "r1"))

    assert (confusion.n, confusion.worst) == (0, None)
    assert confusion.finding == "r0 and r1 on Quality: no task was rated by both"
    with pytest.raises(RatingsError, match="two different reviewers"):
        reviewer_confusion(ratings, QUALITY, criterion="quality", reviewers=("r0", "r0"))
    with pytest.raises(UnknownName, match="reviewer"):
        reviewer_confusion(ratings, QUALITY, criterion="quality", reviewers=("r0", "r9"))
