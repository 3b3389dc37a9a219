"""The four error types of gates and clauses, on the rubrics that we ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis import Scale, wilson_interval
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.gate_errors import GateErrorTable, gate_errors
from evalwidgets.analysis.gold.gate_logic import gates_of
from evalwidgets.errors import RatingsError, UnknownName
from evalwidgets.store.rubrics import read_rubric

from .tables import gold_of, ratings_of

RUBRICS = Path(__file__).resolve().parents[2] / "rubrics"
EDIT = read_rubric(RUBRICS / "image-edit.yaml")
SCREEN = read_rubric(RUBRICS / "safety-screening.yaml")


def row_of(table: GateErrorTable, line: str, reviewer: str = ALL) -> pd.Series:
    """Return the row of a line and reviewer."""
    rows = table.rows
    return rows[(rows["line"] == line) & (rows["reviewer"] == reviewer)].iloc[0]


def kinds(table: GateErrorTable, line: str, reviewer: str = ALL) -> dict[str, int]:
    """Return how many errors of each kind a line has, without those it has none of."""
    row = row_of(table, line, reviewer)
    names = ("false_positive", "false_negative", "wrong_policy", "technical")
    return {name: int(row[name]) for name in names if row[name]}


@pytest.mark.parametrize(
    ("rubric", "acting"),
    [
        (EDIT, {"feasibility": ("infeasible", "cannot_judge"), "safety": ("violates", "escalate")}),
        (SCREEN, {"rating": ("violates", "unsure")}),
        (read_rubric(RUBRICS / "image-quality.yaml"), {"viewable": ("no",)}),
        (read_rubric(RUBRICS / "defect-localisation.yaml"), {}),
    ],
)
def test_what_acts_is_read_from_the_rubric(rubric: Any, acting: dict[str, tuple[str, ...]]) -> None:
    """Answers that end or narrow the review act; where none does, those that ask for the most."""
    table = gate_errors(ratings_of([]), gold_of([]), rubric)

    assert table.acting == acting


@pytest.mark.parametrize(
    ("gold", "given", "error"),
    [
        ("ok", "violates", {"false_positive": 1}),
        ("violates", "ok", {"false_negative": 1}),
        ("violates", "escalate", {"wrong_policy": 1}),
        ("ok", "sensitive", {"wrong_policy": 1}),
        ("violates", "violates", {}),
        (("sensitive", "violates"), "violates", {}),
        (("sensitive", "violates"), "ok", {"wrong_policy": 1}),
        ("violates", None, {"technical": 1}),
    ],
)
def test_each_answer_has_one_kind_of_error(gold: Any, given: str | None, error: dict[str, int]) -> None:
    """Acting on what is fine, letting pass, another answer of the same kind, not applicable."""
    ratings = ratings_of([["ok"]], "safety", na=None if given else "skipped")
    ratings["value"] = pd.Series([given], dtype=object)

    table = gate_errors(ratings, gold_of([gold], "safety"), EDIT)

    assert kinds(table, "safety") == error


def test_not_applicable_is_right_where_gold_says_so() -> None:
    """A gate that must not apply and is answered so is no error, and neither side counts it."""
    ratings = ratings_of([["ok"]], "safety", na="no_picture")
    ratings["value"] = pd.Series([None], dtype=object)

    row = row_of(gate_errors(ratings, gold_of([()], "safety", na=True), EDIT), "safety")

    assert (row["technical"], row["n_positive"], row["n_negative"]) == (0, 0, 0)


def test_answers_that_the_gate_rules_out_are_technical() -> None:
    """Who calls a task infeasible and rates adherence all the same has contradicted the gate."""
    gate = ratings_of([["infeasible", "infeasible"]], "feasibility")
    adherence = pd.DataFrame(
        {"task": ["t0"], "reviewer": ["r1"], "criterion": ["instruction_adherence"], "value": [3]}
    )

    table = gate_errors(pd.concat([gate, adherence]), gold_of(["infeasible"], "feasibility"), EDIT)

    assert kinds(table, "feasibility", "r0") == {}
    assert kinds(table, "feasibility", "r1") == {"technical": 1}


def test_another_reason_is_the_wrong_policy() -> None:
    """Where both tables have reasons, the right answer for another reason counts."""
    ratings = ratings_of([["violates", "violates"]], "safety").assign(reason=["hate", "nudity"])
    gold = gold_of(["violates"], "safety", reason="hate")

    table = gate_errors(ratings, gold, EDIT)

    assert kinds(table, "safety") == {"wrong_policy": 1}
    assert row_of(table, "safety")["sensitivity"] == 1.0


def test_rates_rest_on_their_own_base() -> None:
    """False positives are of the negatives, false negatives of the positives, each with its interval."""
    said = ["ok", "ok", "violates", "ok", "violates", "escalate"]
    right = ["ok", "ok", "ok", "violates", "violates", "violates"]

    row = row_of(
        gate_errors(ratings_of([[v] for v in said], "safety"), gold_of(right, "safety"), EDIT), "safety", "r0"
    )

    assert (row["n_negative"], row["n_positive"]) == (3, 3)
    assert (row["false_positive_rate"], row["false_negative_rate"], row["wrong_policy_rate"]) == (
        1 / 3,
        1 / 3,
        1 / 6,
    )
    assert (row["sensitivity"], row["specificity"]) == (2 / 3, 2 / 3)
    assert (row["sensitivity_low"], row["sensitivity_high"]) == wilson_interval(2, 3)
    assert (row["wrong_policy_low"], row["wrong_policy_high"]) == pytest.approx(wilson_interval(1, 6))


def test_missed_severe_cases_come_first_by_name() -> None:
    """What should have ended the review and passed heads the finding and the list of errors."""
    ratings = ratings_of([["violates", "ok"], ["ok", "ok"]], "safety")

    table = gate_errors(ratings, gold_of(["ok", "violates"], "safety"), EDIT)

    assert table.finding.startswith(
        "2 cases missed that gold puts at the strongest end: t1 by r0 (ok) and t1 by r1 (ok); "
    )
    assert "1 false positive and 2 false negatives in 4 answers to gates" in table.finding
    assert table.errors["error"].to_list() == ["false_negative", "false_negative", "false_positive"]
    assert row_of(table, "safety")["severe_missed"] == 2


def test_none_missed_says_how_many_could_be() -> None:
    """Zero of three is not zero: the upper end of the interval stands beside it."""
    table = gate_errors(ratings_of([["violates"]] * 3, "safety"), gold_of(["violates"] * 3, "safety"), EDIT)

    assert table.finding == (
        f"No severe case missed in 3 ratings (up to {wilson_interval(0, 3).high:.0%} could be); "
        "no error in 3 answers to gates"
    )


def test_gold_without_severe_cases_cannot_show_that_none_is_missed() -> None:
    """All-safe gold is no evidence, and the empty rate says why."""
    table = gate_errors(ratings_of([["ok"]] * 9, "safety"), gold_of(["ok"] * 9, "safety"), EDIT)

    assert table.finding.startswith("Gold holds no severe case")
    assert row_of(table, "safety")["note"] == "Gold never acts here, so nothing could be missed"


def screened(*answers: tuple[str, str, dict[str, Any]]) -> pd.DataFrame:
    """Return ratings of the safety screening: task, reviewer, criterion to value."""
    rows = [(task, who, name, value) for task, who, given in answers for name, value in given.items()]
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"]).astype({"value": object})


def screening_gold(*answers: tuple[str, dict[str, Any]]) -> pd.DataFrame:
    """Return gold of the safety screening."""
    rows = [(task, name, (value,), None, False) for task, given in answers for name, value in given.items()]
    return pd.DataFrame(rows, columns=["task", "criterion", "accepted", "tolerance", "na"])


def test_clauses_have_their_own_errors() -> None:
    """Per clause: named where nothing is, named by nobody, another one named, missing although asked."""
    gold = screening_gold(
        ("hateful", {"rating": "violates", "categories": ["hate"], "severity": 3}),
        ("fine", {"rating": "safe"}),
    )
    ratings = screened(
        ("hateful", "right", {"rating": "violates", "categories": ["hate"], "severity": 3}),
        ("hateful", "blind", {"rating": "safe"}),
        ("hateful", "other", {"rating": "violates", "categories": ["spam"], "severity": 2}),
        ("hateful", "empty", {"rating": "violates"}),
        ("fine", "right", {"rating": "safe"}),
        ("fine", "harsh", {"rating": "violates", "categories": ["hate"], "severity": 1}),
    )

    table = gate_errors(ratings, gold, SCREEN)

    hate = "categories: hate"
    assert kinds(table, hate) == {"false_positive": 1, "false_negative": 1, "wrong_policy": 1, "technical": 1}
    assert kinds(table, hate, "blind") == {"false_negative": 1}
    assert kinds(table, hate, "empty") == {"technical": 1}
    assert kinds(table, "categories: spam") == {"wrong_policy": 1}
    assert row_of(table, hate)["sensitivity"] == 0.25
    assert "12 clauses (neither gold nor a reviewer names it)" in str(table)


def test_severity_of_a_screening_is_its_grade() -> None:
    """Where no answer ends the review, severe is the highest grade: a mild miss is no severe one."""
    gold = screening_gold(
        ("grave", {"rating": "violates", "severity": 3}), ("mild", {"rating": "violates", "severity": 1})
    )
    ratings = screened(("grave", "r0", {"rating": "sensitive"}), ("mild", "r0", {"rating": "safe"}))

    table = gate_errors(ratings, gold, SCREEN)

    assert kinds(table, "rating") == {"false_negative": 2}
    assert table.missed["task"].to_list() == ["grave"]


def test_the_client_may_say_what_acts() -> None:
    """A given set of acting answers replaces the reading; unknown names are refused."""
    ratings, gold = ratings_of([["ok"]], "safety"), gold_of(["sensitive"], "safety")

    table = gate_errors(ratings, gold, EDIT, acts={"safety": ["sensitive", "violates", "escalate"]})

    assert kinds(table, "safety") == {"false_negative": 1}
    with pytest.raises(UnknownName, match="Did you mean 'safety'"):
        gates_of(EDIT, {"safty": ["ok"]})
    with pytest.raises(UnknownName, match="Did you mean 'violates'"):
        gates_of(EDIT, {"safety": ["violate"]})


def test_scales_do_not_say_what_follows() -> None:
    """A list of scales is refused with what to do."""
    with pytest.raises(RatingsError, match="expected a Rubric, got list"):
        gate_errors(ratings_of([]), gold_of([]), [Scale("gate", ("yes", "no"), "nominal")])


@pytest.mark.parametrize("rubric", [EDIT, read_rubric(RUBRICS / "defect-localisation.yaml")])
def test_nothing_to_judge_is_a_sentence(rubric: Any) -> None:
    """No gate, no rating or no gold is not an error."""
    table = gate_errors(ratings_of([]), gold_of(["ok"], "safety"), rubric)

    assert table.finding == "No gate has both a rating and a gold answer yet"
    assert table.missed.empty
    assert "<table" in table._repr_html_()
