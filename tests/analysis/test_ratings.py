"""The tidy table at the door: what is refused, left out, warned about."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import (
    RatingsWarning,
    first_revisions,
    krippendorff_alpha,
    last_revisions,
    percent_agreement,
)
from evalwidgets.analysis.codes import code_ratings
from evalwidgets.errors import EvalWidgetsError, RatingsError, UnknownName

from .tables import ratings_of

LEVELS = [1, 2, 3, 4, 5]


def test_a_missing_column_is_named_with_the_nearest() -> None:
    """The error says what is missing, what is there and what was probably meant."""
    ratings = ratings_of([[1, 2]]).rename(columns={"reviewer": "reviewr"})

    with pytest.raises(RatingsError, match=r"missing reviewer\. Did you mean 'reviewr'\?"):
        percent_agreement(ratings, levels=LEVELS)


def test_something_else_than_a_table_is_refused() -> None:
    """A list is not a table of ratings."""
    with pytest.raises(RatingsError, match="expected a pandas DataFrame, got list"):
        percent_agreement([1, 2], levels=LEVELS)  # type: ignore[arg-type]


def test_several_criteria_are_never_mixed() -> None:
    """A statistic of one criterion asks which when the table holds two."""
    both = pd.concat([ratings_of([[1, 2]], "quality"), ratings_of([[1, 2]], "style")])

    with pytest.raises(RatingsError, match=r"got 2 \(quality and style\)"):
        percent_agreement(both, levels=LEVELS)
    with pytest.raises(UnknownName, match="Did you mean 'style'"):
        percent_agreement(both, levels=LEVELS, criterion="styl")
    assert percent_agreement(both, levels=LEVELS, criterion="style").n_ratings == 2


def test_a_value_off_the_scale_is_refused() -> None:
    """A 6 on levels 1 to 5 is an error, not a sixth level."""
    with pytest.raises(RatingsError, match=r"declared levels 1, 2, 3, 4 and 5, got 6"):
        percent_agreement(ratings_of([[1, 6]]), levels=LEVELS)


def test_text_where_numbers_are_declared_is_explained() -> None:
    """Levels that were read as text are recognised."""
    with pytest.raises(RatingsError, match="'3' is text where the level is a number"):
        percent_agreement(ratings_of([["3", "3"]]), levels=LEVELS)


def test_whole_floats_are_levels() -> None:
    """A column that pandas read as 3.0 because of a gap means level 3."""
    ratings = ratings_of([[1, 3], [2, None]])
    ratings["value"] = ratings["value"].astype(float)

    assert code_ratings(ratings, levels=LEVELS).level.tolist() == [0, 2, 1]


def test_levels_declared_twice_are_refused() -> None:
    """A scale has each level once."""
    with pytest.raises(RatingsError, match="expected different values"):
        percent_agreement(ratings_of([[1, 2]]), levels=[1, 2, 2])


def test_duplicates_are_counted_and_the_first_counts() -> None:
    """A reviewer who rated a task twice counts once, and the sentence says so."""
    ratings = pd.concat([ratings_of([[1, 2]]), ratings_of([[5]])], ignore_index=True)

    result = percent_agreement(ratings, levels=LEVELS)

    assert (result.n_ratings, result.estimate) == (2, 0.0)
    assert "1 rating given twice (same reviewer and task; the first one counts)" in str(result)


def test_not_applicable_is_neither_missing_nor_a_level() -> None:
    """Left out both, "not applicable" and "not rated" are counted apart."""
    ratings = ratings_of([[1, 1, 2, 2]])
    ratings.loc[2:, "value"] = None
    ratings["na"] = [None, None, "no_people", None]

    result = percent_agreement(ratings, levels=LEVELS)

    assert [str(one).partition(" (")[0] for one in result.left_out] == [
        "1 rating not applicable",
        "1 rating without a value",
    ]


def test_the_first_revision_is_the_blind_one() -> None:
    """Statistics use what was said first; the latest answers can be chosen on purpose."""
    first = ratings_of([[1, 5]], revision=1)
    later = ratings_of([[None, 1]], revision=2)
    ratings = pd.concat([first, later], ignore_index=True)

    assert first_revisions(ratings)["value"].tolist() == [1, 5]
    assert last_revisions(ratings)["value"].tolist() == [1, 1]
    blind = percent_agreement(ratings, levels=LEVELS)
    assert blind.estimate == 0.0
    assert "1 rating from a later revision (the first one is blind)" in str(blind)
    assert percent_agreement(last_revisions(ratings), levels=LEVELS).estimate == 1.0


def test_a_criterion_answered_only_after_the_reveal_is_not_blind() -> None:
    """Revision 2 may answer what revision 1 left; blind statistics do not see it."""
    first = ratings_of([[1, 2]], "gate", revision=1)
    later = ratings_of([[3, 3]], "quality", revision=2)
    ratings = pd.concat([first, later], ignore_index=True)

    result = krippendorff_alpha(first_revisions(ratings), levels=LEVELS)

    assert result.n_ratings == 2
    assert {"gate"} == set(first_revisions(ratings)["criterion"])


def test_revisions_are_told_apart_by_round() -> None:
    """The second revision of one round does not hide the first of another."""
    ratings = pd.concat([ratings_of([[1]], round="a", revision=2), ratings_of([[4]], round="b", revision=1)])

    assert first_revisions(ratings)["value"].tolist() == [1, 4]


def test_mixed_rubric_versions_warn() -> None:
    """One statistic over two versions of a rubric is possible and warned about."""
    ratings = ratings_of([[1, 1], [2, 3]], rubric="image-edit")
    ratings["rubric_version"] = ["1.0.0", "1.0.0", "2.0.0", "2.0.0"]

    with pytest.warns(RatingsWarning, match=r"image-edit \(1\.0\.0: 2 and 2\.0\.0: 2 ratings\)"):
        percent_agreement(ratings, levels=LEVELS)


def test_two_rubrics_of_one_version_each_do_not_warn(recwarn: pytest.WarningsRecorder) -> None:
    """Different rubrics may have different version numbers."""
    ratings = ratings_of([[1, 1], [2, 3]])
    ratings["rubric"] = ["a", "a", "b", "b"]
    ratings["rubric_version"] = ["1.0.0", "1.0.0", "2.0.0", "2.0.0"]

    percent_agreement(ratings, levels=LEVELS)

    assert list(recwarn) == []


def test_sets_of_options_are_compared_whole() -> None:
    """The answers of a multi-select are lists; the same set in another order is the same."""
    ratings = ratings_of([[["halo", "seam"], ["seam", "halo"]], [[], ["halo"]]])

    assert percent_agreement(ratings, levels=None).estimate == 0.5


def test_every_error_is_of_the_family() -> None:
    """A caller can catch everything that is raised on purpose."""
    assert issubclass(RatingsError, EvalWidgetsError)
    assert issubclass(RatingsError, ValueError)


def test_millions_of_ratings_are_coded_without_a_hash_table() -> None:
    """Whole numbers in a narrow range keep their own value as code."""
    task = np.repeat(np.arange(1000, 1500), 2)
    ratings = pd.DataFrame({"task": task, "reviewer": np.tile([7, 9], 500), "criterion": "q", "value": 1})

    coded = code_ratings(ratings, levels=[1, 2])

    assert coded.n_reviewers == 2
    assert pd.RangeIndex(1000, 1500).equals(coded.tasks)
