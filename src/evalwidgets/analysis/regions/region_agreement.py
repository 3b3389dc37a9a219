"""Do reviewers mark the same places? F1 over pairs of reviewers, beside what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.resampling import Evidence, Spread, jackknife_spread, with_spread
from evalwidgets.analysis.regions.marked import Marked, Outlines, marked
from evalwidgets.analysis.regions.matching import MatchRule, Method, RegionMatch, families_of
from evalwidgets.analysis.results import NO_INTERVAL, Estimate, ResultTable

_NOTHING = "Nobody marked anything on the tasks that two reviewers answered, so there is nothing to match"


@dataclass(frozen=True, eq=False, repr=False)
class RegionAgreement(ResultTable):
    """How far reviewers mark the same regions.

    Columns of `rows`, one row for each pair of reviewers with a task in common: `first,
    second, n_tasks, n_regions` (of both together), `n_matched` (pairs of regions), `f1`
    and `note`.
    """

    name: str
    """What the criterion is called."""
    f1: Estimate
    """Over all pairs of reviewers and tasks; twice the matched pairs over all regions."""
    chance: float | None
    """The same where one reviewer's regions are those of another task; None where there is one task."""
    families: pd.DataFrame
    """`family, n_regions, n_matched, f1`: where people see the same, and where they do not."""
    tasks: pd.DataFrame
    """`task, n_reviewers, n_regions, f1`; of a task on which nobody marked anything f1 is NaN."""

    @property
    def finding(self) -> str:
        """The F1, and what chance gives."""
        if self.f1.estimate is None:
            return f"{self.name}: the F1 of regions is not defined. {self.f1.note}"
        head = f"{self.name}: two reviewers' regions match with an F1 of {self.f1.estimate:.2f}"
        if self.f1.low is not None:
            head += f" [{self.f1.low:.2f}, {self.f1.high:.2f}]"
        return head if self.chance is None else f"{head}; those of different tasks with {self.chance:.2f}"


def region_agreement(
    ratings: pd.DataFrame,
    rubric: Any = None,
    *,
    criterion: str | None = None,
    method: Method = "optimal",
    min_iou: float = 0.5,
    max_distance: float = 0.05,
    confidence_level: float = 0.95,
    n_chance: int = 2000,
    seed: int = 0,
) -> RegionAgreement:
    """Return how far reviewers mark the same regions.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; the criterion's values are lists of regions.
    rubric : Rubric or mapping of class to family, optional
        Which classes belong together.
    criterion : str, optional
        Which criterion, where the rubric asks for regions more than once.
    method, min_iou, max_distance
        When two regions mark the same thing; see `match_regions`.
    confidence_level : float
        Of the interval, the delete-one-task jackknife with t.
    n_chance, seed : int
        How many pairs of different tasks the chance baseline draws, and from where.

    Raises
    ------
    RatingsError
        If a value is no list of regions, or it cannot be told which criterion is meant.

    Notes
    -----
    F1 is the share of regions that the other one marked too (specific agreement on what is
    there). It says nothing of places that both left unmarked, of which there is no number;
    so a task on which both found nothing does not count, and the share of such tasks
    should be read beside it. The baseline compares one reviewer's regions with another's
    of a different task, at the same place of the picture: it holds what habits alone give,
    such as marking the middle, or marking much. Two teams that mark 2 and 20 regions a
    picture cannot be compared by F1 alone.
    Source: Hripcsak & Rothschild (2005), JAMIA 12, 296-298 (F1 as agreement without negatives).
    """
    rule = MatchRule(families_of(rubric), method, min_iou, max_distance)
    given = marked(ratings, rubric, criterion)
    compared = _compared(given, rule)
    counts = _counts(compared)
    return RegionAgreement(
        rows=_rows(counts),
        left_out=given.left_out,
        confidence_level=confidence_level,
        method="delete-one-task jackknife with t",
        name=given.name,
        f1=_estimate(given, counts, confidence_level),
        chance=_by_chance(given, rule, n_chance, seed),
        families=_by_family(compared, rule),
        tasks=_tasks(given, counts),
    )


class _Compared(NamedTuple):
    """Two reviewers' regions on a task."""

    task: Any
    one: Any
    other: Any
    first: Outlines
    second: Outlines
    match: RegionMatch


def _compared(given: Marked, rule: MatchRule) -> list[_Compared]:
    sets = (
        (task, one, other, given.by_task[task][one], given.by_task[task][other])
        for task, one, other in given.pairs()
    )
    return [
        _Compared(task, one, other, first, second, rule.match(first, second))
        for task, one, other, first, second in sets
    ]


def _counts(compared: Iterable[_Compared]) -> pd.DataFrame:
    """Return one row for each task and two reviewers: how many regions, how many pairs of them match."""
    rows = [
        (two.task, two.one, two.other, len(two.first) + len(two.second), len(two.match.pairs))
        for two in compared
    ]
    return pd.DataFrame(rows, columns=["task", "first", "second", "n_regions", "n_matched"])


def _f1(n_matched: Any, n_regions: Any) -> Any:
    with np.errstate(invalid="ignore"):
        return 2 * np.asarray(n_matched, dtype=np.float64) / np.asarray(n_regions, dtype=np.float64)


def _estimate(given: Marked, counts: pd.DataFrame, confidence_level: float) -> Estimate:
    by_task = counts.groupby("task", sort=False)[["n_matched", "n_regions"]].sum()
    matched, regions = by_task["n_matched"].to_numpy(), by_task["n_regions"].to_numpy()
    whole = float(_f1(matched.sum(), regions.sum()))
    if not len(by_task):
        spread = Spread(None, NO_INTERVAL, _why_no_pair(given))
    elif not regions.sum():
        spread = Spread(None, NO_INTERVAL, _NOTHING)
    elif len(by_task) < 2:
        spread = Spread(None, NO_INTERVAL, "One task shows nothing of how tasks differ")
    else:
        without = _f1(matched.sum() - matched, regions.sum() - regions)
        units = np.ones(len(by_task), dtype=np.int64)
        spread = _within_0_and_1(jackknife_spread(without, units, whole, confidence_level))
    evidence = Evidence(len(by_task), len(given.reviewers), given.n_answers, given.left_out)
    return with_spread(f"F1 of {given.name.lower()}", whole, spread, evidence, confidence_level)


def _within_0_and_1(spread: Spread) -> Spread:
    if spread.interval is None:
        return spread
    return spread._replace(interval=spread.interval._replace(low=max(0.0, spread.interval.low)))


def _why_no_pair(given: Marked) -> str:
    if not given.n_answers:
        return "There are no ratings"
    if len(given.reviewers) < 2:
        return "Only one reviewer answered, and agreement needs two"
    return "No task was answered by two reviewers, so there is nothing to compare"


def _rows(counts: pd.DataFrame) -> pd.DataFrame:
    grouped = counts.groupby(["first", "second"], sort=True)
    rows = grouped.agg(
        n_tasks=("task", "size"), n_regions=("n_regions", "sum"), n_matched=("n_matched", "sum")
    )
    rows = rows.reset_index()
    rows["f1"] = _f1(rows["n_matched"], rows["n_regions"])
    rows["note"] = np.where(rows["n_regions"] == 0, "Neither marked anything", "")
    return rows


def _tasks(given: Marked, counts: pd.DataFrame) -> pd.DataFrame:
    by_task = counts.groupby("task", sort=False)[["n_matched", "n_regions"]].sum()
    rows = [
        (
            task,
            len(answers),
            sum(map(len, answers.values())),
            float(_f1(*by_task.loc[task])) if task in by_task.index else float("nan"),
        )
        for task, answers in given.by_task.items()
    ]
    return pd.DataFrame(rows, columns=["task", "n_reviewers", "n_regions", "f1"])


def _by_family(compared: Iterable[_Compared], rule: MatchRule) -> pd.DataFrame:
    """Return the F1 within each family; a region that matches one without a class counts for its own."""
    regions, matched = Counter[str](), Counter[str]()
    for two in compared:
        regions.update(rule.family(outline) for outline in (*two.first, *two.second))
        for pair in two.match.pairs:
            matched.update((rule.family(two.first[pair.first]), rule.family(two.second[pair.second])))
    rows = [
        (family, n, matched[family] / 2, float(_f1(matched[family] / 2, n)))
        for family, n in regions.most_common()
    ]
    return pd.DataFrame(rows, columns=["family", "n_regions", "n_matched", "f1"])


def _by_chance(given: Marked, rule: MatchRule, n_chance: int, seed: int) -> float | None:
    """Return the F1 of one reviewer's regions on a task and another's on a different task."""
    pairs = list(given.pairs())
    theirs = {one: [t for t, answers in given.by_task.items() if one in answers] for one in given.reviewers}
    rng = np.random.default_rng(seed)
    matched = regions = 0
    for place in rng.integers(len(pairs), size=n_chance) if pairs else ():
        task, one, other = pairs[place]
        elsewhere = [t for t in theirs[other] if t != task]
        if elsewhere:
            moved = given.by_task[elsewhere[rng.integers(len(elsewhere))]][other]
            here = given.by_task[task][one]
            matched += len(rule.match(here, _moved(moved, here)).pairs)
            regions += len(here) + len(moved)
    return 2 * matched / regions if regions else None


def _moved(regions: Outlines, onto: Iterable[Any]) -> Outlines:
    """Return regions at the same places of the picture on which others lie."""
    size = next((outline.size for outline in onto), None)
    return regions if size is None else tuple(outline.on(size) for outline in regions)
