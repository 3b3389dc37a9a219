"""The rules between the parts of a rubric: each breach is told with its place."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from .sample_rubrics import a_rubric, levels, ordinal

YES_NO = {"id": "change", "control": "yes_no", "label": "Change", "question": "Any?"}
CHANGELOG = [{"version": "1.0.0", "date": "2026-01-31", "bump": "first", "changes": ["First."]}]
MULTI = {**YES_NO, "id": "kinds", "control": "multi", "options": [{"value": "a", "name": "A"}]}


def gate(**option: Any) -> list[dict[str, Any]]:
    """Return one gate with one odd option."""
    options = [{"value": "ok", "name": "Fine"}, {"value": "odd", "name": "Odd", **option}]
    return [{"id": "safety", "label": "Safety", "question": "Safe?", "options": options}]


def cap(**changes: Any) -> dict[str, Any]:
    """Return a cap on the overall score."""
    when_poor = {"answer": "sharp", "equals": 1}
    return {"when": when_poor, "at_most": 2, "because": "it is poor", **changes}


def when(**test: Any) -> list[dict[str, Any]]:
    """Return a yes/no criterion, a multi, and one that is asked under a condition."""
    return [YES_NO, MULTI, ordinal("sharp", weight=1, applies_when=test)]


PLACES = {**YES_NO, "id": "places", "control": "regions"}

CASES = [
    (
        {"criteria": [ordinal("sharp", weight=1), {**PLACES, "of": "image"}]},
        "criteria[1].of: no picture to judge 'image'. Known: original, edited",
    ),
    (
        {"criteria": [ordinal("sharp", weight=1), {**PLACES, "needs": ["class"]}]},
        "criteria[1].needs: a class is needed, but the rubric has no defects to choose from",
    ),
    (
        {"criteria": [ordinal("sharp", weight=1), ordinal("sharp")]},
        "criteria: the id 'sharp' is used twice; each may appear once",
    ),
    (
        {"criteria": [ordinal("sharp", weight=1, levels=[*levels(2), *levels(1)])]},
        "criteria[0].levels: the value 1 is used twice; each may appear once",
    ),
    (
        {"criteria": [ordinal("sharp", weight=1, variants={"add": {"levels": {7: "Seven."}}})]},
        "criteria[0].variants.add.levels: no level 7; the scale has [1, 2, 3, 4, 5]",
    ),
    (
        {"criteria": [{**MULTI, "options": [{"value": "c", "name": "C", "picture": "c"}]}]},
        "criteria[0].options[0].picture: a task of kind 'edit' has original, edited; got c",
    ),
    (
        {"criteria": [ordinal("sharp", weight=1, levels=levels(3), tolerance=1)]},
        "criteria[0].tolerance: a scale of 3 levels is judged exactly, got 1; remove it or set 0",
    ),
    (
        {"criteria": [{**YES_NO, "weight": 1}, ordinal("sharp", weight=1)]},
        "criteria[0].weight: only an ordinal criterion can have one, not 'yes_no'",
    ),
    (
        {"criteria": when(answer="chang", equals="no")},
        "criteria[2].applies_when: no earlier criterion 'chang'. Did you mean 'change'?",
    ),
    (
        {"criteria": when(answer="change", equals="nope")},
        "criteria[2].applies_when: 'change' never has this value: expected one of yes, no, got 'nope'."
        " Did you mean 'no'?",
    ),
    (
        {"criteria": when(answer="change", at_most=2)},
        "criteria[2].applies_when: at_most compares numbers, but 'change' is 'yes_no'",
    ),
    (
        {"criteria": when(answer="change", includes="no")},
        "criteria[2].applies_when: includes cannot test 'change', which is 'yes_no'",
    ),
    (
        {"criteria": when(answer="kinds", equals="a")},
        "criteria[2].applies_when: equals cannot test 'kinds', which is 'multi'",
    ),
    (
        {"criteria": when(answer="kinds", includes="b")},
        "criteria[2].applies_when: 'kinds' never has this value: expected options among a, got ['b']",
    ),
    (
        {"criteria": [ordinal("sharp", weight=1, justify=[{"when": {"equals": "poor"}}])]},
        "criteria[0].justify[0].when: 'sharp' never has this value: expected one of 1, 2, 3, 4, 5",
    ),
    (
        {"gates": gate(only=["lihgt"])},
        "gates[0].options[1].only: no criterion 'lihgt'. Did you mean 'light'?",
    ),
    ({"gates": gate(ask_reason=True)}, "gates[0].options[1].ask_reason: the gate has no reasons"),
    (
        {"caps": [cap(criterion="safety")]},
        "caps[0].criterion: no ordinal criterion 'safety'",
    ),
    (
        {"caps": [cap(), cap(at_most=1)]},
        "caps: 'overall' is limited twice when sharp is 1; keep the lower limit",
    ),
    (
        {"caps": [cap()], "overall": {"kind": "none"}},
        "caps[0]: limits the overall score, but overall.kind is 'none'",
    ),
    (
        {"criteria": [ordinal("sharp")]},
        "overall: weighted_mean needs a weight above 0 on at least one criterion",
    ),
    (
        {"overall": {"kind": "geometric_mean_of_minima", "families": [["sharp", "ligth"]]}},
        "overall.families[0]: no ordinal criterion 'ligth'. Did you mean 'light'?",
    ),
    ({"overall": {"kind": "geometric_mean_of_minima"}}, "overall.families: geometric_mean_of_minima needs"),
    ({"overall": {"kind": "decision_table"}}, "overall.table: decision_table needs at least one row"),
    (
        {"version": "1.1.0", "changelog": CHANGELOG},
        "changelog[0].version: expected the rubric's version 1.1.0, got 1.0.0",
    ),
    (
        {"flags": [{"id": "odd", "name": "Odd"}, {"id": "odd", "name": "Odd"}]},
        "flags: the id 'odd' is used twice; each may appear once",
    ),
]


@pytest.mark.parametrize(("changes", "told"), CASES)
def test_a_broken_rule_is_told_with_its_place(changes: dict[str, Any], told: str) -> None:
    """One breach gives one line: place, what was found, what is allowed."""
    with pytest.raises(ValidationError) as caught:
        a_rubric(**changes)

    assert told in str(caught.value)


def test_all_broken_rules_are_told_at_once() -> None:
    """Three breaches give three lines."""
    criteria = [
        ordinal("sharp"),
        ordinal("sharp"),
        ordinal("light", applies_when={"answer": "x", "equals": 1}),
    ]

    with pytest.raises(ValidationError) as caught:
        a_rubric(criteria=criteria, gates=[])

    lines = str(caught.value.errors()[0]["ctx"]["error"]).splitlines()
    assert len(lines) == 3
    assert len(set(lines)) == len(lines)
