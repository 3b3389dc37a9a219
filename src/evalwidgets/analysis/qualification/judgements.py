"""An exam beside gold: each judgement of it, task by task, and the severe cases that it held."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.gold.compared import compare_with_gold, gold_answers
from evalwidgets.analysis.gold.gate_judged import severe_cases
from evalwidgets.analysis.gold.gate_logic import gates_of
from evalwidgets.analysis.ratings import check_ratings, last_revisions
from evalwidgets.analysis.results import LeftOut, listed
from evalwidgets.analysis.scales import Scale, scale_named
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RatingsError


@dataclass(frozen=True, eq=False)
class Judgements:
    """The judged answers of one exam.

    Parameters
    ----------
    rows : DataFrame
        `task, criterion, value, na, gold_na, nearest, deviation` as of `compare_with_gold`,
        and `right`: within tolerance, or the same where the rule wants it exact.
    tasks : tuple of str
        The gold tasks in the order in which they were answered.
    scales : tuple of Scale
        The criteria that the rule judges, in the order of the rubric.
    severe : dict
        Task to whether the severe case that it holds was missed.
    left_out : tuple of LeftOut
        Ratings that gold could not judge.
    """

    rows: pd.DataFrame
    tasks: tuple[str, ...]
    scales: tuple[Scale, ...]
    severe: dict[str, bool]
    left_out: tuple[LeftOut, ...]

    @property
    def shares(self) -> FloatArray:
        """Of each task, in order: judgements that are right of all its judgements."""
        return self.rows.groupby("task")["right"].mean().reindex(list(self.tasks)).to_numpy(dtype=np.float64)

    def first(self, n: int) -> Judgements:
        """Return what the first n tasks showed."""
        tasks = self.tasks[:n]
        severe = {task: missed for task, missed in self.severe.items() if task in tasks}
        return replace(self, tasks=tasks, rows=self.rows[self.rows["task"].isin(tasks)], severe=severe)

    def of(self, criterion: str) -> pd.DataFrame:
        """Return the judgements of one criterion, in the order of the tasks."""
        return self.rows[self.rows["criterion"] == criterion]


def exam_judgements(ratings: pd.DataFrame, gold: pd.DataFrame, rubric: Rubric, rule: ExamRule) -> Judgements:
    """Return one candidate's exam beside gold; see `judge` for the parameters."""
    check_ratings(ratings)
    latest = _in_order(last_revisions(ratings))
    people = sorted(latest["reviewer"].unique(), key=str)
    if len(people) > 1:
        msg = (
            f"ratings: expected the exam of one candidate, got {len(people)} ({listed(people)}). "
            "Judge them one by one: ratings[ratings['reviewer'] == name]."
        )
        raise RatingsError(msg)
    scales = tuple(scale_named(rubric, name) for name in rule.targets)
    compared = compare_with_gold(latest, gold, scales)
    exact = compared.rows["criterion"].isin(rule.exact)
    rows = compared.rows.assign(
        right=compared.rows["within"].where(~exact, compared.rows["exact"]).astype(bool)
    )
    answered = list(dict.fromkeys(latest["task"]))
    judged = set(rows["task"])
    tasks = tuple(task for task in answered if task in judged)
    place = {task: n for n, task in enumerate(tasks)}
    rows = rows.sort_values("task", key=lambda names: names.map(place), kind="stable").reset_index(drop=True)
    return Judgements(rows, tasks, scales, _severe(latest, gold, rubric, rule), compared.left_out)


def _in_order(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return the ratings in the order in which the tasks were answered, as far as it is known."""
    known = [name for name in ("position", "submitted_at") if name in ratings and ratings[name].notna().all()]
    return ratings.sort_values(known[:1], kind="stable") if known else ratings


def _severe(ratings: pd.DataFrame, gold: pd.DataFrame, rubric: Rubric, rule: ExamRule) -> dict[str, bool]:
    """Return each severe case that was put to the candidate, and whether they let it pass.

    It is missed unless the gate's answer is one that acts: another such answer than gold's
    is wrong, but somebody will look. A gate that was never answered let it pass.
    """
    found: dict[str, bool] = {}
    asked = set(ratings["task"])
    for logic in gates_of(rubric):
        if logic.gate.id not in rule.safety:
            continue
        answers = gold_answers(gold, scale_named(rubric, logic.gate.id)).rows
        acts = answers["accepted"].map(
            lambda values, acts=logic.acts: bool(values) and acts.issuperset(values)
        )
        severe = acts.astype(bool) & severe_cases(answers["task"], answers["accepted"], gold, rubric, logic)
        acted = ratings[(ratings["criterion"] == logic.gate.id) & ratings["value"].isin(logic.acts)]
        caught = set(acted["task"])
        for task in answers.loc[severe, "task"]:
            if task in asked:
                found[task] = found.get(task, False) or task not in caught
    return found
