"""What a change of the rubric touches: gold to look at again, past ratings and who gave them, statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evalwidgets.analysis.ratings import require_columns
from evalwidgets.analysis.results import Told, counted, listed
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric_bump import RANK, Bump
from evalwidgets.core.rubric_diff import RubricDiff

__all__ = ["Impact", "TouchedCriterion", "impact"]


@dataclass(frozen=True)
class TouchedCriterion:
    """One gate or criterion that reads differently, and what was said of it before.

    Parameters
    ----------
    criterion : str
        Its id.
    bump : {"major", "minor", "patch"}
        The largest step that its changes deserve.
    gold : tuple of str
        The tasks whose gold must be looked at again; empty where gold stays true.
    n_ratings, n_tasks, n_reviewers, n_rounds : int
        Past ratings of it, and on how many tasks, by how many people, in how many rounds.
    """

    criterion: str
    bump: Bump
    gold: tuple[str, ...]
    n_ratings: int
    n_tasks: int
    n_reviewers: int
    n_rounds: int

    def __str__(self) -> str:
        """Return it as one sentence."""
        past = "no past ratings"
        if self.n_ratings:
            past = (
                f"{counted(self.n_ratings, 'rating')} of {counted(self.n_tasks, 'task')} "
                f"by {counted(self.n_reviewers, 'reviewer')}"
            )
            past += f" in {counted(self.n_rounds, 'round')}" if self.n_rounds else ""
        again = f"; gold of {counted(len(self.gold), 'task')} to look at again" if self.gold else ""
        return f"{self.criterion} ({self.bump}): {past}{again}."


@dataclass(frozen=True, repr=False)
class Impact(Told):
    """What a change of the rubric touches.

    Parameters
    ----------
    old, new : str
        The versions.
    bump : {"major", "minor", "patch"} or None
        The step that the changes deserve together; None when nothing changed.
    touched : tuple of TouchedCriterion
        What reads differently, in the order of the rubric.
    whole : tuple of str
        Changes that belong to no criterion, such as the aggregation, as sentences.
    n_ratings, n_tasks, n_reviewers, n_rounds : int
        Past ratings of all that is touched, together.
    """

    old: str
    new: str
    bump: Bump | None
    touched: tuple[TouchedCriterion, ...]
    whole: tuple[str, ...]
    n_ratings: int
    n_tasks: int
    n_reviewers: int
    n_rounds: int
    left_out = ()

    @property
    def gold(self) -> dict[str, tuple[str, ...]]:
        """Criterion to the tasks whose gold must be looked at again."""
        return {one.criterion: one.gold for one in self.touched if one.gold}

    @property
    def gold_tasks(self) -> tuple[str, ...]:
        """Every task whose gold must be looked at again, once."""
        return tuple(sorted({task for one in self.touched for task in one.gold}))

    @property
    def rows(self) -> pd.DataFrame:
        """One row a touched criterion, for a notebook."""
        columns = ["criterion", "bump", "n_gold", "n_ratings", "n_tasks", "n_reviewers", "n_rounds"]
        rows = [
            (
                one.criterion,
                one.bump,
                len(one.gold),
                one.n_ratings,
                one.n_tasks,
                one.n_reviewers,
                one.n_rounds,
            )
            for one in self.touched
        ]
        return pd.DataFrame(rows, columns=columns)

    @property
    def pooling(self) -> str:
        """Which statistics split and which are pooled, as one sentence."""
        match self.bump:
            case "major":
                return _split(self)
            case "minor":
                return "Statistics pool ratings of both versions, and warn that they do."
            case "patch":
                return "Statistics pool ratings of both versions: no meaning changed."
        return "Nothing changed."

    @property
    def finding(self) -> str:
        """The change in one sentence without its stop."""
        if self.bump is None:
            return f"Nothing differs from {self.old}"
        what = listed([one.criterion for one in self.touched]) or "the rubric as a whole"
        past = (
            f"{counted(self.n_ratings, 'rating')} by {counted(self.n_reviewers, 'reviewer')}"
            if self.n_ratings
            else "no rating"
        )
        again = f"gold of {counted(len(self.gold_tasks), 'task')}" if self.gold_tasks else "no gold"
        return f"A {self.bump} change of {what} touches {past}; {again} must be looked at again"

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in plain sentences."""
        if self.bump is None:
            return (f"{self.finding}.",)
        return (f"{self.finding}.", *map(str, self.touched), *self.whole, self.pooling)

    def _repr_html_(self) -> str:
        table = self.rows.to_html(index=False, border=0, justify="left")
        return f"<p>{self.finding}. {self.pooling}</p>{table}"


def impact(diff: RubricDiff, ratings: pd.DataFrame, gold: Mapping[str, Gold]) -> Impact:
    """Return what a change of the rubric touches.

    Parameters
    ----------
    diff : RubricDiff
        From the version in use to the new one (`core.rubric_diff.diff`).
    ratings : DataFrame
        The tidy table of what was said under this rubric: `task, reviewer, criterion,
        value`, and `round` where rounds shall be counted. What is "not applicable" counts:
        it was said under the old words too.
    gold : mapping of task to Gold
        Gold of this rubric.

    Returns
    -------
    Impact
        Touched is not wrong: it says what must be looked at, not what would come out
        differently. For caps, weights, aggregation and tolerance `what_if` computes that;
        for meanings only tasks rated under both versions tell (`bridge`).

    Raises
    ------
    RatingsError
        If the table lacks a column.
    """
    require_columns(ratings, ("task", "reviewer", "criterion"), "ratings")
    steps: dict[str, Bump] = {}
    for change in diff.changes:
        if change.criterion:
            known = steps.get(change.criterion, change.bump)
            steps[change.criterion] = max(known, change.bump, key=RANK.__getitem__)
    past = ratings[ratings["criterion"].isin(list(steps))]
    again = set(diff.criteria_to_revalidate)
    touched = tuple(
        TouchedCriterion(name, bump, _gold_of(name, gold) if name in again else (), *_counts(part))
        for name, bump in steps.items()
        for part in (past[past["criterion"] == name],)
    )
    whole = tuple(f"{change.sentence}." for change in diff.changes if not change.criterion)
    return Impact(diff.old, diff.new, diff.bump, touched, whole, *_counts(past))


def _gold_of(criterion: str, gold: Mapping[str, Gold]) -> tuple[str, ...]:
    return tuple(sorted(task for task, one in gold.items() if criterion in one.answers))


def _counts(ratings: pd.DataFrame) -> tuple[int, int, int, int]:
    """Return how many ratings there are, of how many tasks, by how many people, in how many rounds."""
    rounds = ratings["round"].nunique() if "round" in ratings else 0
    return len(ratings), int(ratings["task"].nunique()), int(ratings["reviewer"].nunique()), int(rounds)


def _split(one: Impact) -> str:
    """Return what a major step does to statistics, and which criteria are the reason."""
    major = [touched.criterion for touched in one.touched if touched.bump == "major"]
    why = f", because {listed(major)} {'is' if len(major) == 1 else 'are'} judged otherwise" if major else ""
    return (
        f"Statistics keep ratings before and after {one.new} apart{why}; "
        "a bridge set tells which of them may be pooled."
    )
