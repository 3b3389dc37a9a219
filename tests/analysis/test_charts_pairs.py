"""Charts of pairs of reviewers and of gates: everything drawn once, thin evidence marked, sentences."""

from __future__ import annotations

import pytest
from matplotlib.patches import Rectangle

from evalwidgets.analysis import Scale, gate_errors, pairwise_agreement
from evalwidgets.analysis.charts import Chart, gate_errors_chart, pairwise_matrix
from evalwidgets.store.rubrics import read_rubric

from .chart_cases import CHARTS, RUBRICS, drawn
from .simulated import simulated
from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")
EDIT = read_rubric(RUBRICS / "image-edit.yaml")


def names_of(chart: Chart) -> list[str]:
    """Return the rows from top to bottom."""
    return [label.get_text() for label in chart.axes[0].get_yticklabels()]


def dashed(chart: Chart) -> int:
    """Return how many cells have a dashed edge."""
    return sum(
        isinstance(one, Rectangle) and not one.get_fill() and one.get_linestyle() != "solid"
        for one in chart.axes[0].patches
    )


def test_each_pair_can_be_picked_once_and_says_its_number() -> None:
    """Nine reviewers make 36 pairs; a cell says who, how much, and on how many tasks."""
    chart, _ = drawn("pairwise")

    assert len(chart.picks) == 36
    assert all(pick.id.startswith("pair:") for pick in chart.picks)
    assert any(pick.label.endswith("tasks in common") for pick in chart.picks)


def test_reviewers_who_are_alike_stand_side_by_side() -> None:
    """Two camps make two blocks, whatever the alphabet says."""
    high, low = (5, 4, 5, 2, 1, 4, 3, 5, 2, 1, 4, 5), (1, 5, 2, 5, 4, 1, 5, 2, 4, 5, 1, 3)
    ratings = ratings_of([(a, b, a, b, a) for a, b in zip(high, low, strict=True)])

    chart = pairwise_matrix(pairwise_agreement(ratings, QUALITY, criterion="quality"))

    rows = names_of(chart)
    assert {frozenset(rows[:3]), frozenset(rows[3:])} == {
        frozenset({"r0", "r2", "r4"}),
        frozenset({"r1", "r3"}),
    }


def test_pairs_with_few_tasks_in_common_are_marked() -> None:
    """A dashed edge marks what cannot be read alone, and the key says so only then."""
    few, _ = drawn("pairwise-few")
    ratings = ratings_of([[1, 1, 2], [3, 3, 3], [5, 4, 5]] * 5)
    enough = pairwise_matrix(pairwise_agreement(ratings, QUALITY, criterion="quality"))

    keys = [[text.get_text() for text in chart.legends[0].get_texts()] for chart in (few, enough)]
    assert [dashed(few) > 0, dashed(enough)] == [True, 0]
    assert ["few tasks in common" in key for key in keys] == [True, False]


def test_of_many_reviewers_those_who_agree_least_are_shown() -> None:
    """The picture stays readable, and says of how many it shows some."""
    world = simulated(2, n_tasks=20)
    found = pairwise_agreement(world.ratings, world.scales, criterion="quality")

    chart = pairwise_matrix(found, reviewers=4)

    least = found.rows.nsmallest(4, "mean")["reviewer"]
    assert set(least) == set(names_of(chart))
    assert "The 4 reviewers who agree least of 9." in chart.texts[1].get_text().replace("\n", " ")


@pytest.mark.parametrize("tasks", [[[3]], [[4, 4], [4, 4]], [[3, None], [None, 4]], []])
def test_no_pair_is_a_sentence(tasks: list[list[int | None]]) -> None:
    """One reviewer, one answer, nothing in common, nothing at all: the chart says so."""
    chart = pairwise_matrix(pairwise_agreement(ratings_of(tasks), QUALITY, criterion="quality"))

    assert chart.axes == []
    assert "exists for no pair" in chart.finding


def test_two_reviewers_are_one_pair() -> None:
    """The smallest matrix there is."""
    ratings = ratings_of([[1, 2], [3, 3], [5, 4]])

    chart = pairwise_matrix(pairwise_agreement(ratings, QUALITY, criterion="quality"))

    assert len(chart.picks) == 1


def test_wrong_answers_are_counted_by_gate_and_by_reviewer() -> None:
    """Each of the four errors stands with what could have gone wrong so."""
    chart, _ = drawn("gates")

    cells = [[text.get_text() for text in axes.texts if " of " in text.get_text()] for axes in chart.axes]
    assert cells[0] == ["2 of 30", "1 of 6", "2 of 36", "0 of 36"]
    assert [names_of(chart), len(cells[1])] == [["Safety"], 12]


def test_a_gate_without_cases_says_so() -> None:
    """Where gold never acts nothing can be missed."""
    errors = gate_errors(ratings_of([["ok", "ok"]], "safety"), gold_of(["ok"], "safety"), EDIT)

    texts = [text.get_text() for text in gate_errors_chart(errors).axes[0].texts]

    assert texts.count("no case") == 1


def test_no_gate_is_a_sentence() -> None:
    """Without a rating of a gate there is nothing to draw."""
    chart = gate_errors_chart(gate_errors(ratings_of([]), gold_of([]), EDIT))

    assert chart.axes == []
    assert chart.finding == "No gate has both a rating and a gold answer yet"


@pytest.mark.parametrize("name", ["inconsistency", "inconsistency-rows"])
def test_many_reviewers_and_unknown_times_stand_in_rows(name: str) -> None:
    """Against time names stand beside points; in rows the one who scatters most is on top."""
    chart = CHARTS[name]()

    rows = {label.get_text() for label in chart.axes[0].get_yticklabels()}
    assert ("noisy" in rows) == (name == "inconsistency-rows")
