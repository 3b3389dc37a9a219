"""The mastery map in JSON and in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from evalwidgets.core.boundary import Boundary, boundaries
from evalwidgets.core.mastery import Mastery
from evalwidgets.core.rubric import Rubric
from evalwidgets.widgets.mastery_map import MasteryMap
from evalwidgets.widgets.mastery_view import lean_of, mastery_map

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
AT = Boundary(criterion="adherence", lower=3)


def stands(boundary: Boundary = AT, **changes: Any) -> Mastery:
    """Return where a learner stands after ten trials at a boundary."""
    plain = {"state": "learning", "hits": 4, "misses": 1, "false_alarms": 1, "correct_rejections": 4}
    return Mastery(boundary=boundary, **{**plain, "sensitivity": 1.6, "bias": 0.0, "last_at": NOW, **changes})


def cell_of(
    rubric: Rubric, mastery: Mastery, now: datetime = NOW, *, teachable: bool = True
) -> dict[str, Any]:
    """Return the map's cell of one boundary."""
    shown = mastery_map(rubric, {mastery.boundary: mastery}, [mastery.boundary] if teachable else [], now)
    cells = {(row["criterion"], cell["lower"]): cell for row in shown["rows"] for cell in row["cells"]}
    return cells[mastery.boundary.criterion, mastery.boundary.lower]


def test_each_criterion_with_levels_has_a_row_and_each_boundary_a_cell(every: Rubric) -> None:
    """In the order of the rubric, lowest boundary first; what nobody practised is new."""
    shown = mastery_map(every, {}, boundaries(every), NOW)

    assert [(row["label"], [cell["lower"] for cell in row["cells"]]) for row in shown["rows"]] == [
        ("Adherence", [1, 2, 3, 4]),
        ("Quality", [1, 2, 3, 4]),
        ("Figure", [1, 2]),
    ]
    assert {cell["state"] for row in shown["rows"] for cell in row["cells"]} == {"new"}
    assert shown["sentence"] == "0 of 10 boundaries mastered."


def test_a_cell_says_in_words_what_it_shows(every: Rubric) -> None:
    """For the tooltip, and for whoever cannot see it."""
    lenient = cell_of(every, stands(bias=0.8, false_alarms=3, correct_rejections=2))

    assert (lenient["state"], lenient["lean"], lenient["sensitivity"]) == ("learning", "lenient", 1.6)
    assert lenient["note"] == (
        "Adherence 3|4: being learnt. Right in 4 of 5 from 4 up, in 2 of 5 from 3 down. "
        "You lean lenient here."
    )
    assert cell_of(every, Mastery(boundary=AT))["note"] == "Adherence 3|4: new, not practised yet."


def test_a_due_date_is_a_day_where_the_learner_is(every: Rubric) -> None:
    """Late in the evening it is tomorrow already in the east; a boundary being learnt has none."""
    evening = datetime(2026, 12, 1, 22, tzinfo=UTC)
    mastered = stands(state="mastered", due=evening)

    assert cell_of(every, mastered)["due"] == "2026-12-01"
    assert cell_of(every, mastered)["note"].endswith("The next look is on 2026-12-01.")
    assert cell_of(every, mastered, NOW.astimezone(timezone(timedelta(hours=9))))["due"] == "2026-12-02"
    assert cell_of(every, stands(due=evening))["due"] == ""


def test_what_has_not_enough_gold_is_not_teachable_yet(every: Rubric) -> None:
    """It counts neither for nor against the learner."""
    mastered = stands(state="mastered", due=NOW)
    cell = cell_of(every, mastered, teachable=False)

    assert (cell["state"], cell["due"]) == ("no_gold", "")
    assert "not teachable yet" in cell["note"]


def test_the_sentence_sums_up(every: Rubric) -> None:
    """What is mastered (due again or not), what is due, the strongest lean, and what cannot be taught."""
    other = Boundary(criterion="quality", lower=1)
    found = {
        Boundary(criterion="adherence", lower=1): stands(state="mastered"),
        Boundary(criterion="adherence", lower=2): stands(state="due"),
        AT: stands(bias=-0.6),
        other: stands(other, bias=1.1),
    }
    found = {boundary: one.model_copy(update={"boundary": boundary}) for boundary, one in found.items()}

    said = mastery_map(every, found, boundaries(every)[:-1], NOW)["sentence"]

    assert said == (
        "2 of 9 boundaries mastered; 1 due today; you lean lenient at Quality 1|2 (and at 1 more); "
        "1 not teachable yet."
    )


@pytest.mark.parametrize(
    ("changes", "lean"),
    [
        ({"bias": 0.5}, "lenient"),
        ({"bias": -0.5}, "strict"),
        ({"bias": 0.49}, ""),
        ({"bias": None}, ""),
        ({"bias": 1.2, "hits": 1, "misses": 1, "false_alarms": 1, "correct_rejections": 0}, ""),
    ],
)
def test_a_lean_is_told_when_it_is_strong_and_rests_on_enough(changes: dict[str, Any], lean: str) -> None:
    """Two slips are no habit."""
    assert lean_of(stands(**changes)) == lean


def test_the_map_is_a_widget_that_shows_what_it_is_given(every: Rubric) -> None:
    """And says its sentence in one line."""
    shown = mastery_map(every, {}, boundaries(every), NOW)

    assert MasteryMap(shown).map == shown
    assert repr(MasteryMap(shown)) == "MasteryMap('0 of 10 boundaries mastered.')"
