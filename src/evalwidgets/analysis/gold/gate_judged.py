"""Every answer of a gate or clause that gold can judge, with the kind of its error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE, blind_answers
from evalwidgets.analysis.gold.compared import compare_with_gold, gold_answers
from evalwidgets.analysis.gold.gate_logic import GateLogic
from evalwidgets.analysis.ratings import first_revisions
from evalwidgets.analysis.results import LeftOut, nonempty
from evalwidgets.analysis.scales import Scale, scale_named
from evalwidgets.core.criterion import Multi, Ordinal
from evalwidgets.core.rubric import Rubric

ERRORS: dict[str, tuple[str, str]] = {
    "false_positive": ("false positive", "false positives"),
    "false_negative": ("false negative", "false negatives"),
    "wrong_policy": ("right action under the wrong policy", "right actions under the wrong policy"),
    "technical": ("technical error", "technical errors"),
}
"""The error types of content moderation; what sentences call one and several."""
COLUMNS = ["line", "label", "is_gate", "task", "reviewer", "gold", "given"]
COLUMNS += ["positive", "negative", "acted", "severe", "error"]
_PAIR = ["task", "reviewer"]


def judged_gates(
    ratings: pd.DataFrame, gold: pd.DataFrame, rubric: Rubric, gates: Sequence[GateLogic]
) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return one row per judged answer of each gate and of each clause that it opens.

    Returns
    -------
    rows : DataFrame
        `line, label, is_gate, task, reviewer, gold, given` (texts), `positive, negative`
        (gold acts, gold passes; neither where gold accepts both), `acted, severe` and
        `error` (a key of `ERRORS`, or empty).
    left_out : tuple of LeftOut
        What was not judged.
    """
    scales = [scale_named(rubric, logic.gate.id) for logic in gates]
    if not scales:
        return pd.DataFrame(columns=COLUMNS), ()
    compared = compare_with_gold(ratings, gold, scales)
    parts = [pd.DataFrame(columns=COLUMNS)]
    for logic, scale in zip(gates, scales, strict=True):
        rows = compared.rows[compared.rows["criterion"] == scale.id]
        if rows.empty:
            continue
        judged = _judged_gate(rows.reset_index(drop=True), ratings, gold, rubric, logic)
        clauses = [_judged_clause(judged, ratings, gold, rubric, logic, one) for one in logic.clauses(rubric)]
        parts += [judged[COLUMNS], *clauses]
    every = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    named = every.groupby("line")[["positive", "acted"]].transform("any").any(axis=1) | every["is_gate"]
    idle = LeftOut("clause", every.loc[~named, "line"].nunique(), "neither gold nor a reviewer names it")
    left_out = nonempty(*compared.left_out, idle)
    return every[named.astype(bool)].reset_index(drop=True), left_out


def _judged_gate(
    rows: pd.DataFrame, ratings: pd.DataFrame, gold: pd.DataFrame, rubric: Rubric, logic: GateLogic
) -> pd.DataFrame:
    answers = gold_answers(gold, scale_named(rubric, logic.gate.id)).rows.set_index("task")
    accepted = answers["accepted"].reindex(rows["task"]).reset_index(drop=True)
    acts = accepted.map(lambda values: bool(values) and logic.acts.issuperset(values)).astype(bool)
    passes = accepted.map(lambda values: bool(values) and logic.acts.isdisjoint(values)).astype(bool)
    acted = rows["value"].isin(logic.acts)
    exact = rows["exact"].astype(bool)
    broken = _contradicted(rows, ratings, logic)
    reasons = _other_reason(rows, ratings, gold, logic.gate.id)
    error = np.select(
        [
            (rows["na"] != rows["gold_na"]).to_numpy(dtype=bool),
            (~exact & passes & acted).to_numpy(),
            (~exact & acts & ~acted).to_numpy(),
            (~exact | reasons).to_numpy(),
            broken.to_numpy(),
        ],
        ["technical", "false_positive", "false_negative", "wrong_policy", "technical"],
        default="",
    )
    return rows.assign(
        line=logic.gate.id,
        label=logic.gate.label,
        is_gate=True,
        gold=accepted.map(_in_words),
        given=rows["value"].where(~rows["na"].astype(bool), NOT_APPLICABLE),
        positive=acts,
        negative=passes,
        acted=acted,
        severe=acts & severe_cases(rows["task"], accepted, gold, rubric, logic),
        error=error,
    )


def _contradicted(rows: pd.DataFrame, ratings: pd.DataFrame, logic: GateLogic) -> pd.Series[bool]:
    """Return which answers stand beside others that they rule out: the review went on all the same."""
    first = first_revisions(ratings)
    broken = pd.Series(data=False, index=rows.index)
    pairs = pd.MultiIndex.from_frame(rows[_PAIR])
    for value, barred in logic.bars.items():
        answered = first[first["criterion"].isin(barred) & first["value"].notna()]
        broken |= (rows["value"] == value) & pairs.isin(pd.MultiIndex.from_frame(answered[_PAIR]))
    return broken


def _other_reason(
    rows: pd.DataFrame, ratings: pd.DataFrame, gold: pd.DataFrame, gate: str
) -> pd.Series[bool]:
    """Return which answers give a reason that gold does not, where both tables have a `reason`."""
    if "reason" not in ratings or "reason" not in gold:
        return pd.Series(data=False, index=rows.index)
    first = first_revisions(ratings)
    theirs = first[first["criterion"] == gate].drop_duplicates(_PAIR).set_index(_PAIR)["reason"]
    right = gold[gold["criterion"] == gate].set_index("task")["reason"]
    given = theirs.reindex(pd.MultiIndex.from_frame(rows[_PAIR])).to_numpy()
    wanted = right.reindex(rows["task"]).to_numpy()
    known = pd.notna(given) & pd.notna(wanted)
    return pd.Series(known & (given != wanted), index=rows.index)


def severe_cases(
    tasks: pd.Series, accepted: pd.Series, gold: pd.DataFrame, rubric: Rubric, logic: GateLogic
) -> pd.Series[bool]:
    """Return which tasks gold puts at the gate's strongest end.

    That is an answer that ends the review; where no answer does, the highest level of an
    ordinal criterion that acting opens; where there is none either, every acting answer.
    """
    if logic.ends:
        return accepted.map(lambda values: bool(logic.ends.intersection(values))).astype(bool)
    graded = [
        one for one in rubric.criteria if isinstance(one, Ordinal) and logic.acts & _opened(logic, one.id)
    ]
    if not graded:
        return pd.Series(data=True, index=tasks.index)
    severe = pd.Series(data=False, index=tasks.index)
    for criterion in graded:
        top = criterion.scale[-1]
        levels = gold_answers(gold, scale_named(rubric, criterion.id)).rows
        severe |= tasks.isin(levels.loc[[top in values for values in levels["accepted"]], "task"])
    return severe


def _opened(logic: GateLogic, criterion: str) -> frozenset[str]:
    return logic.opens.get(criterion, frozenset())


def _judged_clause(
    gate: pd.DataFrame,
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Rubric,
    logic: GateLogic,
    criterion: Multi,
) -> pd.DataFrame:
    """Judge each option of a set that the gate opens: a clause that gold names, or that was named."""
    scale = scale_named(rubric, criterion.id)
    rows = gate[gate["positive"] | gate["negative"]].reset_index(drop=True)
    right, known = _gold_sets(rows, ratings, gold, scale)
    rows, right = rows[known].reset_index(drop=True), right[known].reset_index(drop=True)
    said, unanswered = _given_sets(rows, ratings, scale, _opened(logic, criterion.id))
    clauses = []
    for option in criterion.options:
        in_gold, named = _holding(right, option.value), _holding(said, option.value)
        apart = in_gold != named
        error = np.select(
            [
                unanswered & in_gold,
                apart & named & (right.map(len) == 0),
                apart & in_gold & (said.map(len) == 0),
                apart,
            ],
            ["technical", "false_positive", "false_negative", "wrong_policy"],
            default="",
        )
        clauses.append(
            rows[["task", "reviewer", "severe"]].assign(
                line=f"{criterion.id}: {option.value}",
                label=f"{criterion.label}: {option.name}",
                is_gate=False,
                gold=right.map(_in_words),
                given=said.map(_in_words),
                positive=in_gold,
                negative=~in_gold,
                acted=named,
                severe=rows["severe"] & in_gold,
                error=error,
            )
        )
    return pd.concat(clauses, ignore_index=True)[COLUMNS]


def _gold_sets(
    rows: pd.DataFrame, ratings: pd.DataFrame, gold: pd.DataFrame, scale: Scale
) -> tuple[pd.Series, pd.Series[bool]]:
    """Return gold's set for each row, the one that was given where it is accepted, and whether it is known.

    Where gold lets the task pass, the empty set is right.
    """
    answers = gold_answers(gold, scale).rows.set_index("task")["accepted"]
    first = answers.map(lambda sets: sets[0] if sets else ())
    compared = compare_with_gold(ratings, gold, scale).rows
    nearest = compared[~compared["gold_na"].astype(bool)].set_index(_PAIR)["nearest"]
    chosen = nearest.reindex(pd.MultiIndex.from_frame(rows[_PAIR])).reset_index(drop=True)
    default = first.reindex(rows["task"]).reset_index(drop=True)
    known = default.notna() | rows["negative"].astype(bool)
    sets = chosen.where(chosen.notna(), default)
    return sets.where(sets.notna(), pd.Series([()] * len(rows), dtype=object)), known


def _given_sets(
    rows: pd.DataFrame, ratings: pd.DataFrame, scale: Scale, opened: frozenset[str]
) -> tuple[pd.Series, pd.Series[bool]]:
    """Return the set that each row's reviewer gave, and whether one was asked for and not given."""
    answers = blind_answers(ratings, [scale])[0].set_index(_PAIR)["value"]
    given = answers.reindex(pd.MultiIndex.from_frame(rows[_PAIR])).reset_index(drop=True)
    unanswered = given.isna() & rows["given"].isin(opened)
    return given.where(given.notna(), pd.Series([()] * len(rows), dtype=object)), unanswered


def _holding(sets: pd.Series, option: str) -> pd.Series[bool]:
    """Return which sets hold the option, looking at each different set once."""
    codes, different = pd.factorize(sets)
    holds = np.array([option in one for one in different], dtype=bool)
    return pd.Series(holds[codes] if len(holds) else np.zeros(len(sets), dtype=bool), index=sets.index)


def _in_words(values: Any) -> str:
    if not values:
        return NOT_APPLICABLE if values is None else "none"
    return " or ".join(
        "+".join(map(str, one)) or "none" if isinstance(one, tuple) else str(one) for one in values
    )
