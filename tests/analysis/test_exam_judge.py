"""An exam's verdict: pass, not yet or not enough, with its reasons, and what it does not show."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import judge, standing
from evalwidgets.analysis.qualification.exam_result import ExamResult
from evalwidgets.core.exam_rule import ExamRule, rule_for
from evalwidgets.errors import RatingsError
from evalwidgets.store.rubrics import read_rubric

from ..core.test_exam_rule import RUBRICS
from .exams import RUBRIC, exam, exam_gold, of_safety, rule, without

ALL_RIGHT = np.ones((24, 3), dtype=bool)
SAFE = rule(safety=("safety",))


def judged(right: Any, one: ExamRule | None = None, **safety: dict[int, str]) -> ExamResult:
    """Return the result of an exam, with what gold says of safety and what was answered."""
    ratings = pd.concat([exam(right), of_safety(safety.get("given", {}))])
    return judge(ratings, exam_gold(len(right), safety=safety.get("due")), RUBRIC, one or rule())


def mostly(rate: float, tasks: int = 24) -> np.ndarray:
    """Return judgements of which this share is right, spread over the tasks."""
    wrong = round((1 - rate) * tasks * 3)
    right = np.ones(tasks * 3, dtype=bool)
    right[np.linspace(0, tasks * 3 - 1, wrong).astype(int)] = False
    return right.reshape(tasks, 3)


@pytest.mark.parametrize(("rate", "verdict"), [(0.97, "pass"), (0.85, "not_enough"), (0.5, "not_yet")])
def test_there_are_three_verdicts(rate: float, verdict: str) -> None:
    """Clearly above the target passes, clearly below is not yet, between them the evidence lacks."""
    result = judged(mostly(rate))
    assert result.verdict == verdict
    assert result.rate == pytest.approx(rate, abs=0.01)
    assert result.low <= result.rate <= result.high


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_below_twenty_tasks_there_is_never_a_verdict(rate: float) -> None:
    """19 tasks neither pass nor fail anybody, and the reason says how many it takes."""
    result = judged(np.full((19, 3), rate == 1.0))
    assert result.verdict == "not_enough"
    assert result.reasons[0] == "19 tasks with gold: a verdict takes 20."


def test_no_ratings_give_no_verdict() -> None:
    """An exam that was never begun has no rate, and says so without an error."""
    result = judge(exam([]), exam_gold(24), RUBRIC, rule())
    assert (result.verdict, result.rate, result.n_tasks) == ("not_enough", None, 0)


@pytest.mark.parametrize("gold", [exam_gold(0), exam_gold(3, ("another",))])
def test_without_gold_nothing_is_judged(gold: pd.DataFrame) -> None:
    """Answers that gold does not speak of are left out, and counted as such."""
    result = judge(exam(ALL_RIGHT), gold, RUBRIC, SAFE)
    assert (result.verdict, result.n_tasks, result.n_severe) == ("not_enough", 0, 0)
    assert str(result).endswith("Left out: 72 ratings without gold (no accepted answer).")


def test_answers_of_one_task_are_no_independent_evidence() -> None:
    """The same number of wrong answers, heaped on a few tasks, leaves less certainty."""
    spread = judged(mostly(0.92))
    heaped = np.ones((24, 3), dtype=bool)
    heaped[:2] = False
    together = judged(heaped)
    assert together.n_right == spread.n_right
    assert together.low < spread.low - 0.03


def test_one_criterion_surely_below_its_target_is_not_yet() -> None:
    """A high rate over all does not outweigh one criterion that was hardly ever right."""
    right = np.ones((24, 3), dtype=bool)
    right[:14, 2] = False
    result = judged(right)
    assert result.verdict == "not_yet"
    assert [one.standing for one in result.criteria] == ["reached", "reached", "missed"]
    assert any(reason.startswith("Figure: at most") for reason in result.reasons)


def test_a_thin_criterion_decides_nothing_and_says_so() -> None:
    """On nine tasks a criterion is not spoken of, even if every answer was wrong."""
    ratings, gold = exam(np.ones((24, 2), dtype=bool)), exam_gold(24, ("sharp", "light"))
    few = exam(np.zeros((9, 1), dtype=bool), ("figure",))
    result = judge(pd.concat([ratings, few]), pd.concat([gold, exam_gold(9, ("figure",))]), RUBRIC, rule())
    assert result.criteria[2].standing == "thin"
    assert result.verdict != "not_yet"
    assert "Figure: fewer than 10 tasks, too few to speak of alone." in result.not_shown


def test_within_tolerance_is_right_unless_the_rule_is_exact() -> None:
    """A level beside gold counts, save where the rule judges exactly."""
    ratings = exam(ALL_RIGHT).replace({"value": {3: 4}})
    assert judge(ratings, exam_gold(24), RUBRIC, rule()).rate == 1.0
    strict = judge(ratings, exam_gold(24), RUBRIC, rule(exact=("sharp",)))
    assert strict.rate == pytest.approx(2 / 3)


@pytest.mark.parametrize(("given", "verdict"), [("ok", "not_yet"), ("violates", "pass"), (None, "not_yet")])
def test_one_missed_severe_case_is_not_yet(given: str | None, verdict: str) -> None:
    """Let pass or never answered, it outweighs everything else; seen, it does not count against anybody."""
    answers = {} if given is None else {7: given}
    result = judged(ALL_RIGHT, SAFE, due={7: "violates"}, given=answers)
    assert result.verdict == verdict
    assert (result.n_severe, result.n_severe_missed) == (1, int(verdict == "not_yet"))
    if verdict == "not_yet":
        assert result.reasons[0] == "1 of 1 severe case of safety went unnoticed; none may."


def test_another_acting_answer_than_golds_has_not_let_it_pass() -> None:
    """Who narrows the review where gold stops it was wrong, but somebody will look."""
    result = judged(ALL_RIGHT, SAFE, due={7: "violates"}, given={7: "narrow"})
    assert result.n_severe_missed == 0


def test_an_exam_without_severe_cases_says_that_it_shows_nothing_about_them() -> None:
    """A pass is no promise about what was never put."""
    result = judged(ALL_RIGHT, SAFE, due={7: "ok"}, given={7: "ok"})
    assert result.verdict == "pass"
    assert "No severe case of safety came up" in result.not_shown[0]


def test_severe_cases_of_a_screening_are_the_gravest() -> None:
    """Where a gate's cases are graded, those at the highest level must not be let pass."""
    rubric = read_rubric(RUBRICS / "safety-screening.yaml")
    due = pd.DataFrame(
        {
            "task": ["a", "a", "b", "b"],
            "criterion": ["rating", "severity"] * 2,
            "accepted": [("violates",), (3,), ("violates",), (1,)],
        }
    )
    given = pd.DataFrame(
        {"task": ["a", "b"], "reviewer": "mia", "criterion": "rating", "value": ["sensitive", "safe"]}
    )
    result = judge(given, due, rubric, rule_for(rubric))
    assert (result.n_severe, result.n_severe_missed) == (1, 1)


def test_a_level_where_the_criterion_must_not_apply_is_wrong() -> None:
    """So is "not applicable" where a level is right; both where it is right are right."""
    gold = without(exam_gold(24), "light")
    ratings = exam(ALL_RIGHT)
    assert judge(ratings, gold, RUBRIC, rule()).criteria[1].right == 0
    marked = ratings.assign(na=np.where(ratings["criterion"] == "light", "dark", None))
    marked.loc[marked["criterion"] == "light", "value"] = None
    assert judge(marked, gold, RUBRIC, rule()).criteria[1].right == 24
    assert judge(marked, exam_gold(24), RUBRIC, rule()).criteria[1].right == 0


def test_the_latest_revision_counts() -> None:
    """What was corrected before the exam ended is what is judged."""
    first, second = exam(~ALL_RIGHT).assign(revision=1), exam(ALL_RIGHT).assign(revision=2)
    assert judge(pd.concat([first, second]), exam_gold(24), RUBRIC, rule()).verdict == "pass"


def test_a_sequential_exam_is_judged_up_to_the_task_that_decided() -> None:
    """What comes after the verdict does not count any more."""
    right = np.ones((30, 3), dtype=bool)
    right[22:] = False
    result = judged(right, rule(sequential=True))
    assert (result.verdict, result.n_tasks) == ("pass", 20)


def test_two_candidates_at_once_are_refused() -> None:
    """An exam is one person's; the message says how to pick theirs."""
    both = pd.concat([exam(ALL_RIGHT), exam(ALL_RIGHT).assign(reviewer="noa")])
    with pytest.raises(RatingsError, match=r"one candidate, got 2 \(mia and noa\)"):
        judge(both, exam_gold(24), RUBRIC, rule())


def test_the_result_can_be_logged() -> None:
    """Its figures are JSON, with the rule that they were judged by."""
    figures = json.loads(json.dumps(judged(mostly(0.9)).figures))
    assert figures["verdict"] == "not_enough"
    assert ExamRule.model_validate(figures["rule"]) == rule()
    assert [one["id"] for one in figures["criteria"]] == ["sharp", "light", "figure"]


def test_a_check_in_says_what_drifts() -> None:
    """Ten tasks are no verdict, but a criterion that leans one way is named with its lean."""
    ratings = exam(np.ones((10, 3), dtype=bool))
    lenient = (ratings["criterion"] == "light") & (ratings["position"] < 8)
    ratings.loc[lenient, "value"] = 4
    result = judge(ratings, exam_gold(10), RUBRIC, rule())
    assert result.verdict == "not_enough"
    assert standing(result) == "2 of 3 criteria as before; Light drifts lenient (+0.8)."


def test_a_check_in_names_what_slipped_without_a_side() -> None:
    """A criterion that is often wrong both ways has slipped, though it does not lean."""
    ratings = exam(np.ones((10, 3), dtype=bool))
    rows = ratings["criterion"] == "light"
    ratings.loc[rows, "value"] = [1, 5] * 5
    result = judge(ratings, exam_gold(10), RUBRIC, rule())
    assert standing(result) == "2 of 3 criteria as before; Light: 0 of 10 as gold has it."
    assert standing(judge(exam([]), exam_gold(2), RUBRIC, rule())).startswith("No answer")
