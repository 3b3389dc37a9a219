"""Ratings of several rubric versions are split where levels changed meaning."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

from evalwidgets.analysis import RatingsWarning, Scale, agreement_by_criterion, krippendorff_alpha
from evalwidgets.analysis.agreement.versions import by_version
from evalwidgets.errors import RatingsError

from .tables import ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), label="Quality")


def of_versions(*versions: str | None, **columns: str) -> pd.DataFrame:
    """Return two tasks by two reviewers for each version."""
    tasks = [[1, 1], [5, 4], [3, 2]]
    return pd.concat(
        [
            ratings_of(tasks, rubric_version=version, **columns).assign(
                task=lambda t, i=i: t["task"] + f"-{i}"
            )
            for i, version in enumerate(versions)
        ]
    )


def test_major_versions_are_split_and_minor_ones_pooled() -> None:
    """2.0.0 and 2.1.0 are one part, 1.4.0 and 10.0.0 others; the order is that of numbers."""
    parts = by_version(of_versions("10.0.0", "2.0.0", "1.4.0", "2.1.0"))

    assert list(parts) == ["1.x", "2.x", "10.x"]
    assert [len(part) for part in parts.values()] == [6, 12, 6]
    assert parts["2.x"]["rubric_version"].unique().tolist() == ["2.0.0", "2.1.0"]


def test_several_rubrics_are_told_apart() -> None:
    """The same major version of two rubrics is two parts, with the rubric's name."""
    ratings = pd.concat([of_versions("1.0.0", rubric="edit"), of_versions("1.2.0", rubric="photo")])

    assert list(by_version(ratings)) == ["edit 1.x", "photo 1.x"]


def test_versions_that_are_no_numbers_have_their_own_name() -> None:
    """A name, a v before the number and a missing version are understood."""
    parts = by_version(of_versions("draft", "v2.1", None, "2.0"))

    assert {name: len(part) for name, part in parts.items()} == {"2.x": 12, "no version": 6, "draft": 6}


def test_ratings_without_versions_are_one_part() -> None:
    """Without a version column, or without rows, everything is one part as it was."""
    ratings = ratings_of([[1, 2]])

    assert list(by_version(ratings)) == ["no version"]
    assert by_version(ratings)["no version"] is ratings
    assert len(by_version(of_versions("1.0.0").iloc[:0])) == 1
    with pytest.raises(RatingsError, match="expected a pandas DataFrame, got list"):
        by_version([1, 2])  # type: ignore[arg-type]


def test_agreement_has_a_row_for_each_major_version() -> None:
    """Mixed major versions warn, and each has its own row, label and estimate."""
    ratings = of_versions("1.0.0", "2.0.0", "2.1.0")

    with pytest.warns(RatingsWarning, match="mix versions"):
        table = agreement_by_criterion(ratings, QUALITY)

    assert table.rows[["label", "rubric_version", "n_tasks"]].to_numpy().tolist() == [
        ["Quality (1.x)", "1.x", 3],
        ["Quality (2.x)", "2.x", 6],
    ]
    assert list(table.estimates) == ["quality (1.x)", "quality (2.x)"]
    alone = krippendorff_alpha(of_versions("1.0.0"), levels=QUALITY.levels, level="ordinal")
    assert table.estimates["quality (1.x)"].alpha == alone


def test_one_major_version_is_one_row() -> None:
    """Minor versions are pooled under the criterion's own name, with the warning."""
    with pytest.warns(RatingsWarning, match="mix versions"):
        table = agreement_by_criterion(of_versions("2.0.0", "2.1.0"), QUALITY)

    assert (list(table.estimates), table.rows["label"].to_list()) == (["quality"], ["Quality"])
    assert table.rows["rubric_version"].to_list() == ["2.x"]


def test_a_criterion_of_one_version_has_one_row() -> None:
    """What only one version asks is not listed for the other; what nobody rated is listed once."""
    ratings = pd.concat([of_versions("1.0.0"), of_versions("2.0.0").assign(criterion="style")])
    scales = [QUALITY, Scale("style", (1, 2, 3, 4, 5)), Scale("never", (1, 2, 3, 4, 5))]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RatingsWarning)
        table = agreement_by_criterion(ratings, scales)

    assert table.rows["label"].to_list() == ["Quality (1.x)", "style (2.x)", "never (2.x)"]
    assert table.rows["note"].iloc[-1] == "There are no ratings"
