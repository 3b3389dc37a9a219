"""The chart of a clause: parted at the version's line, its finding as title, a sentence where it is empty."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis import clause_agreement
from evalwidgets.analysis.charts import Chart, clause_chart
from evalwidgets.core.clause import Clause

from .planted_gaps import CLAUSE, NEW, SCALES, planted_gaps

WORLD = planted_gaps(0)


def drawn(ratings: pd.DataFrame = WORLD.ratings, clause: Clause = CLAUSE, **more: Any) -> Chart:
    """Return the chart of a clause."""
    made = {"version": NEW, "where": WORLD.shadows, **more}
    return clause_chart(clause_agreement(ratings, SCALES, clause, **made))


def line_of(chart: Chart) -> float:
    """Return where the version's line stands."""
    upright = [line for line in chart.axes[0].lines if len(line.get_xdata()) == 2]
    return float(upright[0].get_xdata()[0])


def test_the_line_parts_what_was_rated_before_from_what_came_after() -> None:
    """As many periods stand left of it as there are before the version."""
    chart = drawn()
    places = [line.get_xdata()[0] for line in chart.axes[0].lines if len(line.get_xdata()) == 1]
    periods = clause_agreement(WORLD.ratings, SCALES, CLAUSE, version=NEW, where=WORLD.shadows).periods

    assert list(periods["after"]) == [place > line_of(chart) for place in places]
    assert ["version 1.3.0"] == [text.get_text() for text in chart.axes[0].texts]
    assert chart.finding.startswith("Agreement on Preservation 3|4 is better since 1.3.0")


@pytest.mark.parametrize("side", ["1.2.0", "1.3.0"])
def test_with_one_side_only_the_line_stands_at_its_end(side: str) -> None:
    """The chart of a gap that was closed today has no after, and says so."""
    chart = drawn(WORLD.ratings[WORLD.ratings["rubric_version"] == side])
    low, high = chart.axes[0].get_xlim()

    assert (high if side == "1.2.0" else low) == line_of(chart)
    assert chart.finding.startswith("Not enough evidence on Preservation 3|4")


def test_each_period_can_be_picked() -> None:
    """Its id is the period, its label says the share and the number of tasks."""
    chart = drawn()

    assert {pick.id.split(":")[0] for pick in chart.picks} == {"period"}
    assert all("task" in pick.label and "%" in pick.label for pick in chart.picks)
    assert all(f'id="{pick.gid}"' in chart.svg() for pick in chart.picks)


def test_nothing_to_draw_is_a_sentence() -> None:
    """Without ratings, and where each task has one reviewer."""
    for ratings in (WORLD.ratings[:0], WORLD.ratings[WORLD.ratings["reviewer"] == "ana"]):
        chart = drawn(ratings)

        assert chart.axes == []
        assert "There is nothing to draw yet." in [text.get_text() for text in chart.texts]


def test_a_whole_criterion_and_all_tasks_can_be_drawn() -> None:
    """Then pairs give the same answer, and there are no other tasks to tell of."""
    texts = " ".join(text.get_text() for text in drawn(clause=Clause(criterion="quality"), where=None).texts)

    assert "with the same answer" in texts
    assert "all other tasks" not in texts
