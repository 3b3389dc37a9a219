"""The default set for a lead: every criterion in one table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import Scale, agreement_by_criterion, krippendorff_alpha

from .simulated import CRITERIA, simulated
from .tables import ratings_of


def test_each_criterion_has_its_row_in_the_rubrics_order() -> None:
    """Alpha at the criterion's own metric, percent agreement and AC beside it."""
    world = simulated(2)

    table = agreement_by_criterion(world.ratings, world.scales)

    assert table.rows["criterion"].to_list() == ["feasibility", *CRITERIA]
    assert table.rows["metric"].to_list() == ["nominal", *["ordinal"] * 5]
    alone = krippendorff_alpha(world.ratings, levels=(1, 2, 3, 4, 5), criterion="style", level="ordinal")
    assert table.estimates["style"].alpha == alone
    row = table.rows.set_index("criterion").loc["style"]
    assert (row["alpha"], row["alpha_low"], row["alpha_high"]) == (alone.estimate, alone.low, alone.high)
    assert row["percent_agreement"] < row["percent_within"] <= 1
    assert np.isfinite(row["ac"])


def test_a_common_answer_shows_as_low_alpha_beside_high_ac() -> None:
    """The gate, nearly always feasible, has alpha near 0 and AC near 1."""
    world = simulated(2)

    row = agreement_by_criterion(world.ratings, world.scales).rows.iloc[0]

    assert row["alpha"] < 0.2
    assert row["ac"] > 0.9


def test_what_does_not_exist_is_empty_with_a_note() -> None:
    """One level only, nobody, open scale: a row with its reason."""
    scales = [
        Scale("same", (1, 2, 3, 4, 5)),
        Scale("nobody", (1, 2, 3, 4, 5)),
        Scale("people", (), "interval"),
    ]
    ratings = pd.concat([ratings_of([[4, 4], [4, 4]], "same"), ratings_of([[0, 2], [3, 3]], "people")])

    rows = agreement_by_criterion(ratings, scales).rows.set_index("criterion")

    assert rows.loc[["same", "nobody"], "alpha"].isna().all()
    assert rows.loc["same", "note"].startswith("All 4 ratings are the same (4)")
    assert rows.loc["nobody", "note"] == "There are no ratings"
    assert rows.loc["people", "note"].startswith("The number rests on a single task")
    assert np.isnan(rows.loc["people", "ac"])


def test_ratings_of_other_criteria_are_counted() -> None:
    """What the rubric does not rate is left out and named."""
    ratings = pd.concat([ratings_of([[1, 2]], "quality"), ratings_of([["fine", "ok"]], "why")])

    table = agreement_by_criterion(ratings, Scale("quality", (1, 2, 3, 4, 5)))

    assert "Left out: 2 ratings (not on a scale of this rubric: why)." in str(table)


def test_the_finding_names_the_best_and_the_worst() -> None:
    """The headline says where reviewers agree most and least."""
    ratings = pd.concat(
        [
            ratings_of([[1, 1], [5, 5], [3, 3], [2, 3]], "quality"),
            ratings_of([[1, 5], [5, 2], [3, 3], [2, 4]], "style"),
        ]
    )
    scales = [Scale(name, (1, 2, 3, 4, 5), label=name.title()) for name in ("quality", "style")]

    finding = agreement_by_criterion(ratings, scales).finding

    assert finding.startswith("Reviewers agree most on Quality (alpha 0.9")
    assert "least on Style (-0." in finding


def test_a_common_answer_is_not_called_disagreement() -> None:
    """Where nearly all answers are the same, the headline says that alpha cannot tell."""
    gate = ratings_of([["yes"] * 4] * 30 + [["yes", "yes", "yes", "no"]] * 2, "gate")
    scales = [Scale("gate", ("yes", "no"), "nominal"), Scale("quality", (1, 2, 3, 4, 5))]
    quality = ratings_of([[1, 1], [5, 5], [3, 3], [2, 3]], "quality")

    both = agreement_by_criterion(pd.concat([gate, quality]), scales)
    alone = agreement_by_criterion(gate, scales[:1])

    assert both.one_sided.to_list() == [True, False]
    assert both.finding.endswith("; one answer is too common on gate for alpha to tell")
    assert alone.finding == "One answer is too common on gate for alpha to tell"


def test_the_bootstrap_can_be_asked_for() -> None:
    """Options for the interval reach every figure."""
    world = simulated(0, n_tasks=20)

    table = agreement_by_criterion(world.ratings, world.scales, interval="bootstrap", n_boot=200)

    assert table.method == "bootstrap over tasks"
    assert table.estimates["style"].alpha.method == "bootstrap over tasks (200 draws)"
    with pytest.raises(TypeError, match="intervall"):
        agreement_by_criterion(world.ratings, world.scales, intervall="bootstrap")  # type: ignore[call-arg]
