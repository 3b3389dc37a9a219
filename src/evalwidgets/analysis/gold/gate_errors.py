"""How gates and safety lines go wrong: acted on what is fine, missed, wrong policy, technical."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.gate_judged import ERRORS, judged_gates
from evalwidgets.analysis.gold.gate_logic import gates_of
from evalwidgets.analysis.intervals import rate_over_tasks
from evalwidgets.analysis.results import ResultTable, counted, listed


@dataclass(frozen=True, eq=False, repr=False)
class GateErrorTable(ResultTable):
    """The four error types of each gate and clause, by reviewer.

    Columns of `rows`, all reviewers together (`ALL`) first:

    - `line` (gate, or "criterion: option"), `label, is_gate, reviewer, n_tasks, n_ratings`;
    - `n_positive, n_negative`: ratings of tasks on which gold acts, and lets pass;
    - `false_positive, false_negative, wrong_policy, technical`: how many, each with
      `_rate, _low, _high`: of the negatives, of the positives, of all, of all;
    - `sensitivity` (acted, of the positives) and `specificity` (let pass, of the
      negatives), each with `_low, _high`;
    - `n_severe, severe_missed` and `severe_missed_high`: ratings of severe cases, those
      that let one pass, and the upper end of their rate's interval;
    - `note`: why a rate is empty.
    """

    errors: pd.DataFrame
    """The wrong ratings: `line, label, task, reviewer, gold, given, error, severe`, severe misses first."""
    acting: Mapping[str, tuple[str, ...]]
    """Gate to the answers that act, as read from the rubric or given."""

    @property
    def missed(self) -> pd.DataFrame:
        """The severe cases that a gate answer let pass."""
        errors = self.errors
        return errors[errors["is_gate"] & errors["severe"] & (errors["error"] == "false_negative")]

    @property
    def finding(self) -> str:
        """Severe misses first, by name; then how often each error happens."""
        gates = self.rows[(self.rows["reviewer"] == ALL) & self.rows["is_gate"]]
        if gates.empty:
            return "No gate has both a rating and a gold answer yet"
        sums = {name: int(gates[error].sum()) for error, name in ERRORS.items()}
        wrong = [f"{n} {name[n != 1]}" for name, n in sums.items() if n]
        n = f"{counted(int(gates['n_ratings'].sum()), 'answer')} to gates"
        return f"{self._severe(gates)}; " + (f"{listed(wrong)} in {n}" if wrong else f"no error in {n}")

    def _severe(self, gates: pd.DataFrame) -> str:
        if len(self.missed):
            names = (f"{row.task} by {row.reviewer} ({row.given})" for row in self.missed.itertuples())
            cases = counted(len(self.missed), "case")
            return f"{cases} missed that gold puts at the strongest end: {listed(names)}"
        tested = gates[gates["n_severe"] > 0]
        if tested.empty:
            return "Gold holds no severe case, so whether one would be missed is unknown"
        n, high = int(tested["n_severe"].sum()), tested["severe_missed_high"].max()
        return f"No severe case missed in {counted(n, 'rating')} (up to {high:.0%} could be)"

    def _shown(self) -> pd.DataFrame:
        counts = ["label", "reviewer", "n_positive", "n_negative", *ERRORS, "severe_missed"]
        return self.rows[[*counts, "sensitivity", "specificity", "note"]].round(2)


def gate_errors(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    *,
    acts: Mapping[str, Collection[str]] | None = None,
    confidence_level: float = 0.95,
) -> GateErrorTable:
    """Return the four error types of content moderation for each gate and safety line.

    Parameters
    ----------
    ratings, gold
        As in `gold_accuracy`. Where both have a column `reason`, a right answer for
        another reason counts as the wrong policy.
    rubric : Rubric
        The rule book; what its gates' answers do is read from it.
    acts : mapping or None
        Gate id to the answers that act, where the rubric's own reading does not fit.
    confidence_level : float
        Of the intervals.

    Raises
    ------
    RatingsError
        If `rubric` is a list of scales, or a table lacks a column.
    UnknownName
        If `acts` names an unknown gate or answer.

    Notes
    -----
    An answer *acts* when it ends or narrows the review; on a gate where none does (the
    safety screening) those answers act that open the most required questions, and all
    others let the task pass. *False positive*: acted where gold lets pass. *False
    negative*: let pass where gold acts. *Wrong policy*: the same kind of outcome by
    another answer, reason or clause. *Technical*: "not applicable" where an answer
    applies or the reverse, a set of clauses that was asked for and is missing, or
    answers that the gate's own answer rules out. Where gold accepts both kinds of
    answer, the task is neither positive nor negative.

    A *clause* is an option of a set that an acting answer opens: false positive when
    gold names none, false negative when the reviewer names none, wrong policy when both
    name some and differ on this one.

    *Severe* is what gold puts at the strongest end: an answer that ends the review, else
    the highest level of a grade that acting opens. The target is zero missed, and a zero
    is only as good as its n: read `severe_missed_high`.
    Rates mislead when positives are rare: read n before the rate, and sensitivity
    together with specificity. Errors after a wrong earlier gate are not counted again:
    what was never asked has no rating. Intervals: Wilson, clustered by task.
    """
    gates = gates_of(rubric, acts)
    judged, left_out = judged_gates(ratings, gold, rubric, gates)
    rows = [_row(key, part, confidence_level) for key, part in _groups(judged)]
    wrong = judged[judged["error"] != ""]
    first = (~(wrong["is_gate"] & wrong["severe"] & (wrong["error"] == "false_negative"))).astype(int)
    order = first.sort_values(kind="stable").index
    columns = ["line", "label", "is_gate", "task", "reviewer", "gold", "given", "error", "severe"]
    return GateErrorTable(
        rows=pd.DataFrame(rows, columns=_COLUMNS).astype({"is_gate": bool}),
        left_out=left_out,
        confidence_level=confidence_level,
        method="Wilson, clustered by task",
        errors=wrong.loc[order, columns].reset_index(drop=True),
        acting={one.gate.id: tuple(v for v in one.gate.scale if v in one.acts) for one in gates},
    )


_RATES = (*ERRORS, "sensitivity", "specificity")
_COLUMNS = [
    *("line", "label", "is_gate", "reviewer", "n_tasks", "n_ratings", "n_positive", "n_negative"),
    *(f"{error}{end}" for error in ERRORS for end in ("", "_rate", "_low", "_high")),
    *(f"{rate}{end}" for rate in ("sensitivity", "specificity") for end in ("", "_low", "_high")),
    *("n_severe", "severe_missed", "severe_missed_high", "note"),
]


def _groups(judged: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give each line of all reviewers, then of each reviewer."""
    for _, line in judged.groupby("line", sort=False):
        yield ALL, line
        for reviewer, part in line.groupby("reviewer", sort=True):
            yield str(reviewer), part


def _row(reviewer: str, part: pd.DataFrame, confidence_level: float) -> dict[str, Any]:
    positive, negative = (part[name].to_numpy(dtype=bool) for name in ("positive", "negative"))
    acted, error = part["acted"].to_numpy(dtype=bool), part["error"].to_numpy(dtype=object)
    task = part["task"].to_numpy()
    answered = (part["given"] != "N/A").to_numpy()
    everything = np.ones(len(part), dtype=bool)
    bases = {"false_positive": negative, "false_negative": positive}
    row: dict[str, Any] = {
        **{name: part[name].iloc[0] for name in ("line", "label", "is_gate")},
        "reviewer": reviewer,
        "n_tasks": part["task"].nunique(),
        "n_ratings": len(part),
        "n_positive": int(positive.sum()),
        "n_negative": int(negative.sum()),
    }
    for name in ERRORS:
        hit = error == name
        rate = _rate(hit, bases.get(name, everything), task, confidence_level)
        row |= {name: int(hit.sum()), **_named(f"{name}_rate", name, rate)}
    right = {"sensitivity": (acted, positive), "specificity": (~acted & answered, negative)}
    for name, (hit, base) in right.items():
        row |= _named(name, name, _rate(hit, base, task, confidence_level))
    severe = part["severe"].to_numpy(dtype=bool)
    missed = severe & (error == "false_negative")
    _, _, high = _rate(missed, severe, task, confidence_level)
    row |= {"n_severe": int(severe.sum()), "severe_missed": int(missed.sum()), "severe_missed_high": high}
    return row | {"note": _note(row)}


def _rate(
    hit: np.ndarray, base: np.ndarray, task: np.ndarray, confidence_level: float
) -> tuple[float, float, float]:
    """Return a rate with its interval by task; three nan where there is nothing to take it of."""
    if not base.any():
        return (np.nan, np.nan, np.nan)
    ends = rate_over_tasks(hit[base], task[base], confidence_level)
    return (float(hit[base].mean()), ends.low, ends.high)


def _named(rate: str, ends: str, numbers: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip((rate, f"{ends}_low", f"{ends}_high"), numbers, strict=True))


def _note(row: Mapping[str, Any]) -> str:
    notes = []
    if not row["n_positive"]:
        notes.append("gold never acts here, so nothing could be missed")
    if not row["n_negative"]:
        notes.append("gold always acts here, so nothing could be acted on wrongly")
    text = "; ".join(notes)
    return text[:1].upper() + text[1:]
