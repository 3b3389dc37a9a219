"""An exam's rule is read from the rubric, can be logged, and splits its chances so that they add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from evalwidgets.core.exam_rule import ExamRule, rule_for, safety_gates
from evalwidgets.errors import RubricError, UnknownName
from evalwidgets.store.rubrics import read_rubric

from .sample_rubrics import a_rubric, ordinal

RUBRICS = Path(__file__).resolve().parents[2] / "rubrics"
AIM = {"exact": 0.6, "within": 0.9}


def test_targets_come_from_the_rubric() -> None:
    """Criteria aim at their rate within tolerance; the lowest of them is the overall target."""
    sharp, light = (ordinal(name, weight=1, targets=AIM) for name in ("sharp", "light"))
    light["targets"] = {**AIM, "within": 0.7}
    rule = rule_for(a_rubric(criteria=[sharp, light]))
    assert rule.targets == {"sharp": 0.9, "light": 0.7}
    assert rule.target == 0.7


def test_gates_are_judged_exactly() -> None:
    """A gate aims at its exact rate and has no tolerance, whatever else the rubric says."""
    rule = rule_for(read_rubric(RUBRICS / "image-edit.yaml"))
    assert rule.targets["safety"] == 0.95
    assert rule.exact == ("feasibility", "safety")


@pytest.mark.parametrize(
    ("rubric", "gates"),
    [("image-edit", ("safety",)), ("safety-screening", ("rating",)), ("image-quality", ())],
)
def test_a_rubric_says_by_names_which_gate_is_about_safety(rubric: str, gates: tuple[str, ...]) -> None:
    """A gate called safety is, and so is one that opens a criterion called severity."""
    assert safety_gates(read_rubric(RUBRICS / f"{rubric}.yaml")) == gates


def test_without_targets_required_criteria_aim_at_the_usual_rate() -> None:
    """A rubric that states no target is examined at 80 % on all that gold can judge."""
    rule = rule_for(a_rubric())
    assert set(rule.targets) == {"safety", "sharp", "light", "figure"}
    assert set(rule.targets.values()) == {0.8}


def test_a_rule_survives_its_log() -> None:
    """Dumped as JSON and read again it is the same rule."""
    rule = rule_for(a_rubric(), sequential=True, most=40)
    assert ExamRule.model_validate_json(rule.model_dump_json()) == rule


def test_chances_add_up_to_beta() -> None:
    """The overall rate and all criteria together may use beta and no more."""
    rule = rule_for(a_rubric())
    assert rule.overall_beta + len(rule.targets) * rule.criterion_beta == pytest.approx(rule.beta)


def test_a_sequential_exam_needs_room_for_the_least_evidence() -> None:
    """One that ended before it may decide is refused."""
    with pytest.raises(ValidationError, match="at least 20 tasks"):
        rule_for(a_rubric(), sequential=True, most=10)


def test_a_rubric_that_gold_cannot_judge_has_no_exam() -> None:
    """Words alone make no exam."""
    words = {"id": "said", "control": "text", "label": "Said", "question": "What do you see?"}
    with pytest.raises(RubricError, match="criteria that gold can judge"):
        rule_for(a_rubric(gates=[], criteria=[words], overall={"kind": "none"}))


def test_an_unknown_safety_gate_is_refused() -> None:
    """A typing error must not switch the rule about severe cases off."""
    with pytest.raises(UnknownName, match="safety"):
        rule_for(a_rubric(), safety=["safty"])
