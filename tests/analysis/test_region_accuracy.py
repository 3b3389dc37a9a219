"""Regions against gold: found, missed, extra, and tolerated ones that cost nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from evalwidgets.analysis import region_accuracy
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.store.rubrics import read_rubric

from ..samples import ROOT
from .region_tables import FAMILIES, box, gold, point, table

HALO, REMNANT = box(0, 0, 80, 60, "halo"), box(150, 100, 250, 180, "remnant")
NEAR = box(4, 0, 84, 60, "smear")
LIKELY = point(20, 180, "smear", note="tolerated")
GOLD = gold(t1=[HALO, REMNANT, LIKELY], t2=[], t3=[HALO])
WORLD = table(
    {
        "ana": {"t1": [NEAR, REMNANT], "t2": [], "t3": [HALO]},
        "ben": {"t1": [LIKELY, HALO, HALO.model_copy(update={"id": "again"})], "t2": [REMNANT]},
        "cem": {"t1": [box(0, 0, 80, 60, "remnant")], "t2": [], "t4": [HALO]},
    }
)


def counts(reviewer: str) -> tuple[int, ...]:
    """Return found, missed, extra, tolerated and called otherwise of one reviewer."""
    rows = region_accuracy(WORLD, GOLD, FAMILIES).rows.set_index("reviewer")
    columns = ["found", "missed", "extra", "tolerated", "other_family"]
    return tuple(int(rows.loc[reviewer, column]) for column in columns)


@pytest.mark.parametrize(
    ("reviewer", "expected"),
    [("ana", (3, 0, 0, 0, 0)), ("ben", (1, 1, 2, 1, 0)), ("cem", (0, 2, 1, 0, 1)), (ALL, (4, 3, 3, 1, 1))],
)
def test_regions_are_found_missed_extra_or_tolerated(reviewer: str, expected: tuple[int, ...]) -> None:
    """Twice on one spot is extra; a tolerated one costs nothing; another family is missed and told apart."""
    assert counts(reviewer) == expected


def test_rates_carry_intervals_and_the_whole_stands_first() -> None:
    """Recall of what must be found, precision of what counts, F1 of both."""
    rows = region_accuracy(WORLD, GOLD, FAMILIES).rows
    ben = rows.set_index("reviewer").loc["ben"]

    assert list(rows["reviewer"]) == [ALL, "ana", "ben", "cem"]
    assert (ben["recall"], ben["precision"], ben["f1"]) == pytest.approx((1 / 2, 1 / 3, 2 / 5))
    assert (ben["recall_low"], ben["recall_high"]) == pytest.approx(wilson_interval(1, 2))
    assert (ben["n_tasks"], ben["required"]) == (2, 2)


def test_it_says_who_finds_least_and_what_was_left_out() -> None:
    """A sentence for the head of a report."""
    assert str(region_accuracy(WORLD, GOLD, FAMILIES)) == (
        "Defects: reviewers found 4 of 7 regions (57%) and marked 3 beyond gold; cem found least (0%). "
        "Left out: 1 answer without gold (nothing to compare with)."
    )


def test_each_region_can_be_looked_up() -> None:
    """For feedback: which of gold's regions was missed, and what was marked beyond it."""
    regions = region_accuracy(WORLD, GOLD, FAMILIES).regions
    cem = regions[regions["reviewer"] == "cem"]

    assert [(row.outcome, row.gold_label, row.label) for row in cem.itertuples()] == [
        ("missed", "halo", ""),
        ("missed", "remnant", ""),
        ("extra", "", "remnant"),
    ]
    assert cem["other_family"].tolist() == [True, False, False]


def test_kinds_of_defects_are_told_apart() -> None:
    """Halos are found more often than remnants."""
    families = region_accuracy(WORLD, GOLD, FAMILIES).families

    assert families.to_dict("list") == {
        "family": ["blend", "content"],
        "required": [4, 3],
        "found": [3, 1],
        "recall": [pytest.approx(3 / 4), pytest.approx(1 / 3)],
    }


def test_gold_of_another_rubric_plays_no_part() -> None:
    """A mapping may hold gold of all rubrics."""
    other = {task: one.model_copy(update={"rubric": "image-edit"}) for task, one in GOLD.items()}

    class Rubric:
        """As much of a rubric as is asked for."""

        id = "defect-localisation"
        family_of = FAMILIES
        criteria = ()

    assert region_accuracy(WORLD, other, Rubric).rows.empty
    assert len(region_accuracy(WORLD, GOLD, Rubric).rows) == 4


def test_who_says_that_there_is_no_defect_has_missed_those_that_there_are() -> None:
    """The question for regions was not asked then; it is the answer before it that counts."""
    said = pd.DataFrame(
        [
            ("t1", "dan", "defects_found", "no"),
            ("t2", "dan", "defects_found", "no"),
            ("t1", "eve", "safety", "x"),
        ],
        columns=["task", "reviewer", "criterion", "value"],
    )
    rubric = read_rubric(ROOT / "rubrics" / "defect-localisation.yaml")

    rows = region_accuracy(pd.concat([WORLD, said]), GOLD, rubric).rows.set_index("reviewer")

    assert (rows.loc["dan", "n_tasks"], rows.loc["dan", "missed"], rows.loc["dan", "extra"]) == (2, 2, 0)
    assert rows.loc["dan", "note"] == "Marked nothing, so precision is not defined"
    assert "eve" not in rows.index
