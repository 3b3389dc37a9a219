"""Why reviewers disagree: a suggested cause for each divided task and criterion, with its reasons.

The order in which rules are asked is `cause_search.PRIORITY`; the rules themselves are in
`cause_rules` (ordered scales), `camps` (the same camps on several tasks) and
`cause_choices` (choices, gates, "not applicable").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE
from evalwidgets.analysis.arrays import Level
from evalwidgets.analysis.causes.camps import labels_of_tasks
from evalwidgets.analysis.causes.cause_choices import Found
from evalwidgets.analysis.causes.cause_evidence import OUTSIDE_FLAGS, GoldBlock, evidence_of, gold_beside
from evalwidgets.analysis.causes.cause_search import find_causes
from evalwidgets.analysis.causes.cause_words import reason_of
from evalwidgets.analysis.causes.disagreement import spread
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import ResultTable, counted, listed
from evalwidgets.analysis.reviewers.panel import Panel, is_ordered, panel_of
from evalwidgets.analysis.scales import scales_of
from evalwidgets.core.cause import CAUSES

_COLUMNS = [
    *("task", "criterion", "label", "cause", "strength", "reason"),
    *("n_reviewers", "reviewers", "tag", "spread"),
]


@dataclass(frozen=True, eq=False, repr=False)
class Causes(ResultTable):
    """Suggested causes of disagreement, the clearest first.

    Columns of `rows`:

    - `task, criterion, label` (of the criterion);
    - `cause`: an id of `evalwidgets.core.cause.CAUSES`;
    - `strength`: 0 to 1, for ranking within a cause; no probability;
    - `reason`: a sentence with the figures;
    - `n_reviewers`; `reviewers`: whom it is about (who slipped, the smaller camp, the
      shifted, those who contradict gold), empty where it is about the task;
    - `tag`: the label on whose tasks the same camps recur, or empty;
    - `spread`: as in `spread`, 0 to 1.

    Parameters
    ----------
    undecided : DataFrame
        The same columns (`cause` and `strength` empty) for tasks where reviewers
        disagree and nothing tells why.
    task_labels : dict
        The labels of each rated task.
    """

    undecided: pd.DataFrame
    task_labels: Mapping[str, tuple[str, ...]]

    @property
    def finding(self) -> str:
        """How many disagreements there are, and their causes by frequency."""
        n = len(self.rows) + len(self.undecided)
        if not n:
            return "Reviewers nowhere disagree by more than a step, nor with gold"
        counts = self.rows["cause"].value_counts()
        order = [cause for cause in CAUSES if cause in counts.index]
        order.sort(key=lambda cause: -int(counts[cause]))
        said = [f"{counts[cause]} {CAUSES[cause].name}" for cause in order]
        if len(self.undecided):
            said.append(f"{len(self.undecided)} undecided")
        return f"{counted(n, 'disagreement')}: {listed(said, most=len(said))}"

    def by_label(self) -> pd.DataFrame:
        """Return causes counted by label of the tasks: index labels, columns cause ids, most first."""
        pairs = [
            (label, cause)
            for task, cause in zip(self.rows["task"], self.rows["cause"], strict=True)
            for label in self.task_labels.get(task, ())
        ]
        return _counts(pd.DataFrame(pairs, columns=["label", "cause"]), "label")

    def by_criterion(self) -> pd.DataFrame:
        """Return causes counted by criterion (its label): columns cause ids, most first."""
        return _counts(self.rows, "label")

    def _shown(self) -> pd.DataFrame:
        named = self.rows["cause"].map({cause.id: cause.name for cause in CAUSES.values()})
        columns = ["task", "label", "cause", "strength", "reason"]
        return self.rows.assign(cause=named)[columns].rename(columns={"label": "criterion"}).round(2)


def suggest_causes(
    ratings: pd.DataFrame,
    rubric: Any,
    gold: pd.DataFrame | None = None,
    labels: Mapping[str, Sequence[str]] | None = None,
    *,
    flags: pd.DataFrame | None = None,
    outside_flags: Collection[str] = OUTSIDE_FLAGS,
) -> Causes:
    """Suggest why reviewers disagree, for each task and criterion where they do.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts. Used where present:
        `second`, `confidence`, `seconds`, `na`, `flags`, `round` and `repeat`.
    rubric : Rubric, Scale or list of Scale
        The declared scales.
    gold : DataFrame, optional
        Accepted answers, as in `gold_accuracy`.
    labels : mapping, optional
        Task to labels (see `task_labels`): camps that recur are looked for within a label.
    flags : DataFrame, optional
        `task, reviewer, flag`; a column `flags` of the ratings does as well.
    outside_flags : collection of str
        The flags that say that the rubric does not cover a task.

    Raises
    ------
    RatingsError
        If a column is missing or a value is not on its scale.

    Notes
    -----
    Read a cause as a suggestion for the lead, who confirms or changes it (`cause_hits`
    then says how often it was right). Each reviewer's own shift, measured on the other
    tasks, is taken away first. Only real disagreement gets a cause: two steps or more on
    an ordered scale, different answers on a choice, a different opinion on whether the
    criterion applies, or a panel that agrees against gold.

    It misleads on few reviewers: two can never tell a slip from a rule that is read in
    two ways, and three hardly. A shared misreading looks like wrong gold. Mild causes
    vanish in the rounding to levels. That a second defensible level tells a hard task
    from an unclear rule is the idea of Goldilocks (range answers); thresholds and how
    they came about stand in `cause_rules`.
    """
    check_ratings(ratings)
    scales, _ = scales_of(rubric)
    panel = panel_of(ratings, scales)
    against = gold_beside(panel, ratings, gold, rubric)
    evidence = evidence_of(panel, ratings, flags, outside_flags)
    task_labels = dict(zip(panel.tasks, labels_of_tasks(panel.tasks, labels), strict=True))
    distances = spread(ratings, rubric).table
    rows = [
        _row(panel, number, found, against, distances)
        for number in range(len(panel.scales))
        for found in find_causes(panel, number, against, evidence, list(task_labels.values()))
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    decided = table["cause"].notna()
    left_out = (*panel.left_out, *(one for one in against.left_out if one.what == "rating without gold"))
    return Causes(
        rows=table[decided].sort_values("strength", ascending=False, kind="stable").reset_index(drop=True),
        left_out=left_out,
        confidence_level=0.95,
        method="rules on residuals after leave-one-out removal of each reviewer's shift",
        undecided=table[~decided].reset_index(drop=True),
        task_labels=task_labels,
    )


def _row(
    panel: Panel, number: int, found: Found, against: GoldBlock, distances: pd.DataFrame
) -> dict[str, Any]:
    scale, task = panel.scales[number], panel.tasks[found.task]
    answers = _answers(panel, number, found.task)
    reviewers = [str(name) for name in panel.reviewers]
    gold = against.words.get((str(task), scale.id), "")
    about = found.members if found.cause != "hard_task" else found.members & False
    return {
        "task": task,
        "criterion": scale.id,
        "label": scale.name,
        "cause": found.cause,
        "strength": found.strength if found.cause else float("nan"),
        "reason": reason_of(found, answers, reviewers, gold, is_ordered=is_ordered(scale)),
        "n_reviewers": sum(answer is not None for answer in answers),
        "reviewers": tuple(name for name, one in zip(reviewers, about, strict=True) if one),
        "tag": found.label,
        "spread": distances.loc[task, scale.id],
    }


def _answers(panel: Panel, number: int, task: int) -> list[Level | None]:
    """Return what each reviewer answered, as the scale declares it; None where there is no answer."""
    na = panel.na[number, task]
    return [
        NOT_APPLICABLE if none else panel.level(number, step)
        for step, none in zip(panel.steps[number, task], na, strict=True)
    ]


def _counts(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return how often each cause occurs by a column, most first; every cause is a column."""
    counts = pd.crosstab(rows[by], rows["cause"])
    counts = counts.reindex(columns=list(CAUSES), fill_value=0).astype(int)
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
