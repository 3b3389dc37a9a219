"""What seeing the evidence did to answers: how often it was opened, how often they changed, which way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL, NOT_APPLICABLE
from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.codes import as_hashable
from evalwidgets.analysis.intervals import rate_over_tasks
from evalwidgets.analysis.numbers import signed
from evalwidgets.analysis.ratings import REVIEW_KEY, check_ratings, require_columns
from evalwidgets.analysis.results import LeftOut, ResultTable, counted, nonempty, or_nan
from evalwidgets.analysis.scales import scales_of
from evalwidgets.core.opening import AFTER_EVIDENCE

EVIDENCE = "evidence"
"""The kind of an opening that showed it."""


@dataclass(frozen=True, eq=False, repr=False)
class EvidenceAudit(ResultTable):
    """What happened to answers after their reviewers had seen the evidence.

    Columns of `rows`, first over all criteria (`ALL`), then on each:

    - `criterion, label`;
    - `n_reviews`, and `n_reviews_opened`: those whose reviewer opened the evidence of
      the task; `n_answers` and `n_opened`: the answers in them;
    - `changed, low, high`: share of the latter that changed afterwards, with its interval;
    - `n_changed`, of these `n_up`, `n_down` on ordered scales and `n_other`;
    - `mean_change`: mean signed change in levels of those that went up or down;
    - `note`: why a number is missing.
    """

    @property
    def overall(self) -> pd.Series[Any]:
        """The row over all criteria."""
        return self.rows.iloc[0]

    @property
    def finding(self) -> str:
        """How often answers changed after the evidence, and which way."""
        row = self.overall
        if not row["n_answers"]:
            return "Nobody has answered anything yet"
        if not row["n_opened"]:
            return "Nobody has opened the evidence"
        opened = f"Evidence was opened in {row['n_reviews_opened']} of {counted(row['n_reviews'], 'review')}"
        some = row["n_changed"] or "none"
        words = f"{opened}; {some} of {counted(row['n_opened'], 'answer')} changed afterwards"
        if not row["n_changed"]:
            return words
        mean = "" if np.isnan(row["mean_change"]) else f", by {signed(row['mean_change'])} levels in the mean"
        return f"{words}: {row['n_up']} up, {row['n_down']} down, {row['n_other']} otherwise{mean}"


def evidence_audit(
    ratings: pd.DataFrame, openings: pd.DataFrame, rubric: Any = None, *, confidence_level: float = 0.95
) -> EvidenceAudit:
    """Tell how often the evidence was opened, and how answers changed afterwards.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table of *all* revisions (`store.ratings(current=False)`), with
        `revision` and `reason`.
    openings : DataFrame
        What was opened: `task, reviewer, kind`, one row each; `campaign`, `round` and
        `rubric` are used when both tables have them. Other kinds than "evidence" do not
        count.
    rubric : Rubric, Scale or list of Scale, optional
        Which scales are ordered; without it those whose answers are numbers.
    confidence_level : float
        Of the intervals.

    Raises
    ------
    RatingsError
        If a column is missing.

    Notes
    -----
    A changed answer is one whose value, or reason for "not applicable", is another after
    the last revision with the reason "after_evidence" than before the first. Read `changed`
    beside `n_opened`: people open the evidence where they are unsure, so the share says
    nothing of answers whose evidence stayed closed, and a change is no proof that the first
    answer was wrong. Interval: Wilson (1927) with tasks as clusters, see `clustered_rate`.
    """
    check_ratings(ratings)
    require_columns(ratings, ("revision", "reason"), "ratings")
    require_columns(openings, ("task", "reviewer", "kind"), "openings")
    labels = _labels(ratings, rubric)
    answers = _answers(ratings, openings)
    parts = [(ALL, "All criteria", answers)]
    parts += [(name, label, answers[answers["criterion"] == name]) for name, (label, _) in labels.items()]
    ordered = {name for name, (_, is_ordered) in labels.items() if is_ordered}
    rows = [_row(name, label, part, ordered, confidence_level) for name, label, part in parts]
    unlogged = int(answers.loc[answers["revised"] & ~answers["opened"], "review"].nunique())
    return EvidenceAudit(
        rows=pd.DataFrame(rows),
        left_out=nonempty(LeftOut("review changed after the evidence", unlogged, "no opening is logged")),
        confidence_level=confidence_level,
        method="Wilson with tasks as clusters",
    )


def _labels(ratings: pd.DataFrame, rubric: Any) -> dict[str, tuple[str, bool]]:
    """Return for each criterion its label, and whether its scale is ordered."""
    if rubric is not None:
        return {scale.id: (scale.name, scale.is_numeric) for scale in scales_of(rubric)[0]}
    by_criterion = ratings.groupby("criterion", observed=True, sort=True)["value"]
    return {str(name): (str(name), _all_numbers(values.dropna())) for name, values in by_criterion}


def _all_numbers(values: pd.Series[Any]) -> bool:
    return len(values) > 0 and all(isinstance(value, int | float | np.number) for value in values)


def _answers(ratings: pd.DataFrame, openings: pd.DataFrame) -> pd.DataFrame:
    """Return each answer as it was before and after the evidence; without a revision both are the same.

    Columns: `review` (a number), `criterion, task, opened, revised, before, after`.
    """
    keys = [key for key in REVIEW_KEY if key in ratings]
    rows = ratings[["task", "criterion", "revision"]].assign(
        review=ratings.groupby(keys, observed=True, dropna=False, sort=False).ngroup(),
        said=_said(ratings),
        opened=_opened(ratings, openings, keys),
    )
    revision, review = rows["revision"], rows["review"]
    after_evidence = revision.where(ratings["reason"] == AFTER_EVIDENCE).groupby(review)
    first, last = after_evidence.transform("min"), after_evidence.transform("max")
    blind = revision.groupby(review).transform("min")
    until = revision.where(revision < first).groupby(review).transform("max").fillna(blind)
    names = ["review", "criterion", "task", "opened"]
    before = rows[revision == until].drop_duplicates(names[:2])
    after = rows[revision == last.fillna(until)].drop_duplicates(names[:2])
    both = before[[*names, "said"]].merge(after[[*names, "said"]], on=names, how="outer")
    both.columns = [*names, "before", "after"]
    return both.assign(revised=both["review"].isin(review[last.notna()]))


def _said(ratings: pd.DataFrame) -> pd.Series[Any]:
    """Return each value, or why it was not applicable, as one thing that can be compared."""
    values = as_hashable(ratings["value"].astype(object))
    if "na" not in ratings:
        return values
    return values.where(ratings["value"].notna(), ratings["na"].map(lambda reason: (NOT_APPLICABLE, reason)))


def _opened(ratings: pd.DataFrame, openings: pd.DataFrame, keys: list[str]) -> pd.Series[Any]:
    """Return for each rating whether its reviewer opened the evidence of its task."""
    shared = [key for key in keys if key in openings]
    known = openings.loc[openings["kind"] == EVIDENCE, shared].drop_duplicates()
    found = ratings[shared].merge(known, on=shared, how="left", indicator=True)["_merge"] == "both"
    return found.set_axis(ratings.index)


def _row(
    criterion: str, label: str, answers: pd.DataFrame, ordered: set[str], confidence_level: float
) -> dict[str, Any]:
    opened = answers[answers["opened"]]
    pairs = zip(opened["before"], opened["after"], strict=True)
    changed = pd.Series([before != after for before, after in pairs], index=opened.index, dtype=bool)
    steps = _steps(opened[changed], ordered)
    share = float(changed.mean()) if len(opened) else None
    low, high = rate_over_tasks(changed, opened["task"], confidence_level) if len(opened) else (None, None)
    n_up, n_down = int((steps > 0).sum()), int((steps < 0).sum())
    notes = ["nobody opened the evidence"] if not len(opened) else []
    notes += ["no answer went up or down"] if len(opened) and not n_up + n_down else []
    return {
        "criterion": criterion,
        "label": label,
        "n_reviews": answers["review"].nunique(),
        "n_reviews_opened": opened["review"].nunique(),
        "n_answers": len(answers),
        "n_opened": len(opened),
        "changed": or_nan(share),
        "low": or_nan(low),
        "high": or_nan(high),
        "n_changed": int(changed.sum()),
        "n_up": n_up,
        "n_down": n_down,
        "n_other": int(changed.sum()) - n_up - n_down,
        "mean_change": float(steps.mean()) if n_up + n_down else float("nan"),
        "note": "; ".join(notes),
    }


def _steps(changed: pd.DataFrame, ordered: set[str]) -> FloatArray:
    """Return by how many levels the answers went up or down that stayed numbers on an ordered scale."""
    on_scale = changed[changed["criterion"].isin(ordered)]
    pairs = zip(on_scale["before"], on_scale["after"], strict=True)
    steps = [after - before for before, after in pairs if _is_number(before) and _is_number(after)]
    return np.array(steps, dtype=np.float64)


def _is_number(said: Any) -> bool:
    return isinstance(said, int | float) and not np.isnan(said)
