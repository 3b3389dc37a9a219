"""Criteria: which values each control allows, and the words for each kind of task."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from evalwidgets.core.criterion import AnyCriterion, Criterion, Gate, GateOption, Ordinal

from ..samples import a_region
from .sample_rubrics import levels, ordinal

OPTIONS = [{"value": "left", "name": "Left"}, {"value": "right", "name": "Right"}]


def a_point() -> dict[str, Any]:
    """Return a region that is a point."""
    return a_region(type="point", points=[(1, 2)])


def criterion(control: str, **more: Any) -> Criterion:
    """Return a criterion of a control."""
    plain = {"id": "one", "label": "One", "question": "Which?", "control": control, **more}
    return TypeAdapter[Criterion](AnyCriterion).validate_python(plain)


@pytest.mark.parametrize(
    ("control", "more", "allowed", "refused"),
    [
        ("ordinal", {"levels": levels(3)}, [1, 3], [0, 4, "2", None]),
        ("choice", {"options": OPTIONS}, ["left"], ["middle", 1, ["left"]]),
        ("preference", {"options": OPTIONS}, ["right"], ["both"]),
        ("yes_no", {}, ["yes", "no"], ["maybe", True]),
        ("multi", {"options": OPTIONS}, [[], ["left"], ["left", "right"]], ["left", ["up"], None]),
        ("count", {"least": 1, "most": 9}, [1, 9], [0, 10, 2.5, True, "3"]),
        ("text", {"min_words": 2, "max_words": 3}, ["two words"], ["one", "now four words here", 7]),
        (
            "words",
            {"marks": OPTIONS},
            [[], [{"word": 3, "mark": "left"}]],
            ["left", [{"word": "x", "mark": "left"}], [{"word": 1, "mark": "up"}]],
        ),
        ("regions", {"shapes": ["box"]}, [[], [a_region()]], [[{"type": "box"}], [a_point()], "box"]),
    ],
)
def test_each_control_allows_its_own_values(
    control: str, more: dict[str, Any], allowed: list[Any], refused: list[Any]
) -> None:
    """What fits the scale gives None, anything else a sentence that says what was expected."""
    one = criterion(control, **more)

    assert [one.explain(value) for value in allowed] == [None] * len(allowed)
    for value in refused:
        assert str(one.explain(value)).startswith("expected ")


@pytest.mark.parametrize(
    ("count", "declared", "expected"), [(5, None, 1), (4, None, 1), (3, None, 0), (5, 0, 0), (7, 2, 2)]
)
def test_the_tolerance_in_force(count: int, declared: float | None, expected: float) -> None:
    """As declared; else 1 on four levels and more, and exact on three or fewer."""
    one = Ordinal.model_validate(ordinal("one", levels=levels(count), tolerance=declared))

    assert one.gold_tolerance == expected


def test_controls_without_order_are_judged_exactly() -> None:
    """Nothing is "near" another option of a choice."""
    assert criterion("choice", options=OPTIONS).gold_tolerance == 0


def test_the_scale_of_levels_runs_from_low_to_high() -> None:
    """Levels may be written from the best down; the scale is sorted."""
    one = Ordinal.model_validate(ordinal("one", levels=levels(3)[::-1]))

    assert one.scale == (1, 2, 3)


def test_a_variant_changes_words_and_nothing_else() -> None:
    """For its kind of task the descriptors change; values, names and other levels stay."""
    variants = {"add": {"question": "How well added?", "levels": {2: "Half of it was added."}}}
    one = Ordinal.model_validate(ordinal("one", variants=variants))

    worded = one.variant_for("add")

    assert worded.question == "How well added?"
    assert worded.level(2).descriptor == "Half of it was added."
    assert worded.level(3) == one.level(3)
    assert worded.level(2).name == one.level(2).name
    assert one.variant_for("remove") is one.variant_for(None) is one


def test_what_a_gate_option_leaves() -> None:
    """Going on leaves everything (None); stopping leaves nothing but what `only` names."""
    keep = {"value": "x", "name": "X"}

    assert GateOption.model_validate(keep).leaves is None
    assert GateOption.model_validate({**keep, "only": ["one"]}).leaves == frozenset({"one"})
    assert GateOption.model_validate({**keep, "next": "stop"}).leaves == frozenset()


def test_a_gate_finds_its_options() -> None:
    """An unknown value has no option."""
    gate = Gate.model_validate({"id": "g", "label": "G", "question": "?", "options": OPTIONS})

    assert getattr(gate.option("left"), "name", None) == "Left"
    assert gate.option("up") is None
