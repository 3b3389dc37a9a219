"""What gold covers: counts per level and tag, and every kind of imbalance said in a sentence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis import Scale
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.coverage import GoldCoverage, gold_coverage
from evalwidgets.core.task import Task

from .tables import gold_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality", target_within=0.9)
EVEN = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def edits(*types: Any) -> list[Task]:
    """Return edits t0, t1, ... with these edit types."""
    images = {"original": "a.png", "edited": "b.png"}
    return [
        Task(
            id=f"t{i}",
            kind="edit",
            images=images,  # type: ignore[arg-type]
            instruction="Remove it.",
            tags={} if kind is None else {"edit_type": kind},
        )
        for i, kind in enumerate(types)
    ]


def count(coverage: GoldCoverage, level: Any, tag: str = ALL, column: str = "n_tasks") -> int:
    """Return how many gold tasks a level of a tag value has."""
    rows = coverage.rows
    return int(rows.loc[(rows["level"] == level) & (rows["tag"] == tag), column].iloc[0])


def test_a_task_counts_for_every_level_that_it_accepts() -> None:
    """Two accepted levels count for both, and are not clear for either."""
    coverage = gold_coverage(gold_of([(3, 4), 4, 5]), QUALITY)

    assert [count(coverage, level) for level in QUALITY.levels] == [0, 0, 1, 2, 1]
    assert [count(coverage, level, column="n_clear") for level in QUALITY.levels] == [0, 0, 0, 1, 1]


def test_tags_divide_the_counts() -> None:
    """Per tag value; a task with several counts for each, one without is named so."""
    coverage = gold_coverage(gold_of([1, 3, 3, 5]), QUALITY, edits("add", "remove", ("add", "remove"), None))

    assert coverage.table("quality").loc["add"].to_list() == [1, 0, 1, 0, 0]
    assert coverage.table("quality").loc["remove"].to_list() == [0, 0, 2, 0, 0]
    assert dict(coverage.tags) == {"(no tag)": 1, "add": 2, "remove": 2}
    assert list(coverage.table("quality").index) == [ALL, "(no tag)", "add", "remove"]


def test_a_tag_value_without_gold_is_counted_as_none() -> None:
    """Edit types of the task set that no gold has are listed with 0."""
    coverage = gold_coverage(gold_of(EVEN), QUALITY, edits(*["add"] * 10, "text"))

    assert dict(coverage.tags) == {"add": 10, "text": 0}
    assert coverage.warnings == ("Fewer than 3 gold tasks for edit type text (0).",)


def test_even_gold_has_no_warning() -> None:
    """Two tasks on every level are enough, and no constant answer passes."""
    coverage = gold_coverage(gold_of(EVEN), QUALITY)

    assert coverage.warnings == ()
    assert str(coverage) == "Gold covers every level of 1 criterion, and no constant answer would pass."
    assert coverage.criteria.iloc[0]["constant_within"] == 0.6


@pytest.mark.parametrize(
    ("accepted", "warning"),
    [
        ([4, 4, 5, 5, 5], "Quality: all gold is 4 and 5."),
        ([4, 4, 5, 5, 5], "Quality: always answering 4 is within 1 of 100% of gold."),
        ([1, 1, 3, 3, 4, 4, 5, 5], "Quality: no gold at 2."),
        ([1, 2, 2, 3, 3, 4, 4, 5, 5], "Quality: fewer than 2 gold tasks at 1."),
    ],
)
def test_imbalance_is_said(accepted: list[int], warning: str) -> None:
    """All high, always-4 passes, an empty level, a thin level."""
    assert warning in gold_coverage(gold_of(accepted), QUALITY).warnings


def test_the_finding_names_the_constant_answer_that_would_pass() -> None:
    """Where always answering 4 is within tolerance, a pass proves nothing."""
    coverage = gold_coverage(gold_of([4, 4, 5, 5, 5]), QUALITY)

    assert coverage.finding == "Always answering 4 would pass on Quality"
    row = coverage.criteria.iloc[0]
    assert (row["constant"], row["constant_within"], row["passes"]) == (4, 1.0, True)


def test_a_constant_answer_is_exact_on_three_levels_and_on_choices() -> None:
    """No tolerance helps there: the middle of three is right only where gold is the middle."""
    severity, gate = Scale("severity", (1, 2, 3)), Scale("gate", ("yes", "no"), "nominal")
    gold = pd.concat([gold_of([1, 2, 3, 3], "severity", tolerance=1), gold_of(["yes", "no"], "gate")])

    coverage = gold_coverage(gold, [severity, gate])

    assert coverage.criteria["constant_within"].to_list() == [0.5, 0.5]
    assert coverage.criteria["constant"].to_list() == [3, "yes"]


def test_gold_with_its_own_tolerance_narrows_the_constant() -> None:
    """A gold answer with tolerance 0 is met by itself only."""
    coverage = gold_coverage(gold_of([4, 5], tolerance=[0, None]), QUALITY)

    assert coverage.criteria.iloc[0]["constant_within"] == 1.0
    assert (
        gold_coverage(gold_of([4, 5], tolerance=[0, 0]), QUALITY).criteria.iloc[0]["constant_within"] == 0.5
    )


def test_not_applicable_is_no_level() -> None:
    """Gold that says not applicable is in no cell and not among the tasks of the constant."""
    coverage = gold_coverage(gold_of([4, ()], na=[False, True]), QUALITY)

    assert coverage.rows["n_tasks"].sum() == 1
    assert coverage.criteria.iloc[0]["n_tasks"] == 1


def test_only_not_applicable_is_no_error() -> None:
    """A criterion that must never apply has no constant answer that passes."""
    coverage = gold_coverage(gold_of([(), ()], na=True), QUALITY)

    assert not coverage.criteria.iloc[0]["passes"]
    assert coverage.criteria.iloc[0]["constant"] is None


@pytest.mark.parametrize("scale", [QUALITY, Scale("quality", (), "interval")])
def test_no_gold_gives_a_sentence(scale: Scale) -> None:
    """Nothing to count is not an error."""
    coverage = gold_coverage(gold_of([]), scale)

    assert coverage.finding == "There is no gold on a declared scale yet"
    assert coverage.rows.empty
    assert "<table" in coverage._repr_html_()
