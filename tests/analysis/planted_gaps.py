"""A world with one ambiguous clause, one hard task and one wrong gold, before a version and after.

Half of the reviewers count a shadow that the edit should have taken along as a difference,
the others do not: `preservation 3|4` on every task tagged "shadow". Version 1.3.0 says how
it is, and from then on they agree. One task is hard (answers wide and unsure), the gold of
another is wrong, and one loud reviewer flags far more than anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from evalwidgets.analysis import Scale, gap_signals, suggest_causes
from evalwidgets.analysis.causes.causes import Causes
from evalwidgets.core.clause import Clause

CRITERIA = ("adherence", "preservation", "quality")
SCALES = tuple(Scale(name, (1, 2, 3, 4, 5), tolerance=1, label=name.title()) for name in CRITERIA)
REVIEWERS = ("ana", "ben", "cem", "dev", "eva", "fay", "gus", "hal")
CAMP = ("cem", "dev", "eva")
LOUD = "hal"
CLAUSE = Clause(criterion="preservation", lower=3)
TAG = "shadow"
OLD, NEW = "1.2.0", "1.3.0"
CLOSED_AT = pd.Timestamp("2026-03-23", tz="UTC")
HARD = ("edit-001", "quality")
WRONG_GOLD = ("edit-002", "adherence")
NOISE = 0.3
_STRICT = "A shadow is left where the thing stood."
_LENIENT = "The shadow follows from the edit."


@dataclass(frozen=True, eq=False)
class PlantedGaps:
    """Ratings of three weeks before the version and two after, with gold, labels and what learners said."""

    ratings: pd.DataFrame
    gold: pd.DataFrame
    labels: dict[str, tuple[str, ...]]
    differences: pd.DataFrame

    @property
    def before(self) -> pd.DataFrame:
        """The ratings from which the gap must be found."""
        return self.ratings[self.ratings["rubric_version"] == OLD]

    @property
    def shadows(self) -> frozenset[str]:
        """The tasks that the clause is about."""
        return frozenset(task for task, labels in self.labels.items() if TAG in labels)

    def causes(self) -> Causes:
        """Return the suggested causes of what was rated before the version."""
        return suggest_causes(self.before, SCALES, self.gold, self.labels)

    def signals(self) -> pd.DataFrame:
        """Return all that speaks for a gap before the version."""
        return gap_signals(
            self.before,
            SCALES,
            causes=self.causes(),
            differences=self.differences,
            gold=self.gold,
            labels=self.labels,
        )


@cache
def planted_gaps(seed: int, *, n_tasks: int = 25, n_shadows: int = 6) -> PlantedGaps:
    """Return one such world; made once for all tests, which must not change it."""
    rng = np.random.default_rng(seed)
    ratings, labels, gold = [], {}, []
    for version, first, start in ((OLD, 0, "2026-03-02"), (NEW, n_tasks, "2026-03-23")):
        shadows = set(3 + rng.choice(n_tasks - 3, n_shadows, replace=False))
        for place in range(n_tasks):
            task = f"edit-{first + place:03d}"
            labels[task] = (f"edit type: {rng.choice(['add', 'remove', 'style'])}",)
            if place in shadows:
                labels[task] = (*labels[task], TAG)
            day = pd.Timestamp(start, tz="UTC") + pd.Timedelta(days=int(place * 21 / n_tasks))
            for criterion in CRITERIA:
                rows, level = _cell(rng, task, criterion, unclear=place in shadows and version == OLD)
                ratings += [{**row, "rubric_version": version, "submitted_at": day} for row in rows]
                wrong = level - 3 if level > 3 else level + 3
                gold.append(
                    (task, criterion, (wrong if (task, criterion) == WRONG_GOLD else level,), None, False)
                )
    table = pd.DataFrame(ratings).astype({"value": object})
    flags = dict.fromkeys(_flagged(table, rng, labels), ("guideline_conflict",))
    pairs = zip(table["task"], table["reviewer"], strict=True)
    return PlantedGaps(
        table.assign(flags=[flags.get(pair, ()) for pair in pairs]),
        pd.DataFrame(gold, columns=["task", "criterion", "accepted", "tolerance", "na"]),
        labels,
        _learners(labels),
    )


def _cell(
    rng: np.random.Generator, task: str, criterion: str, *, unclear: bool
) -> tuple[list[dict[str, object]], int]:
    """Return everybody's answer to one question, and what is right."""
    n, hard = len(REVIEWERS), (task, criterion) == HARD
    unclear = unclear and criterion == CLAUSE.criterion
    level = 3 if hard else int(rng.integers(1, 6))
    if (task, criterion) == WRONG_GOLD:
        level = 5
    if unclear:
        level = int(rng.choice([4, 5]))
    felt = level + rng.normal(0, NOISE, n)
    sure, second = rng.integers(2, 4, n), np.full(n, np.nan)
    camp = np.isin(REVIEWERS, CAMP)
    if unclear:
        felt[camp] -= 2
    if hard:
        felt, sure = rng.permutation([1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0]), np.ones(n, dtype=int)
        second = np.clip(felt + np.sign(3 - felt + 1e-9), 1, 5)
    values = np.clip(np.rint(felt), 1, 5).astype(int)
    notes = [(_STRICT if one else _LENIENT) if unclear else "" for one in camp]
    rows: list[dict[str, object]] = [
        {
            "task": task,
            "reviewer": name,
            "criterion": criterion,
            "value": int(values[place]),
            "second": float(second[place]),
            "confidence": int(sure[place]),
            "note": notes[place],
            "review": f"{task}-{name}",
        }
        for place, name in enumerate(REVIEWERS)
    ]
    return rows, level


def _flagged(
    table: pd.DataFrame, rng: np.random.Generator, labels: dict[str, tuple[str, ...]]
) -> list[tuple[str, str]]:
    """Return who flagged what: some the shadows, everybody the hard task, and one person very much."""
    old = table[table["rubric_version"] == OLD]["task"].unique()
    shadows = [task for task in old if TAG in labels[task]]
    some = [(task, str(name)) for task in shadows[::2] for name in rng.choice(REVIEWERS, 2, replace=False)]
    loud = [(str(task), LOUD) for task in rng.choice(old, 15, replace=False)]
    return [*some, *loud, *((HARD[0], name) for name in REVIEWERS)]


def _learners(labels: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Return what learners disagree with: the clause on two tasks, and all of them the wrong gold."""
    shadows = sorted(task for task, own in labels.items() if TAG in own)[:2]
    cells = [*((task, CLAUSE.criterion, "lea") for task in shadows), (shadows[0], CLAUSE.criterion, "leo")]
    cells += [(*WRONG_GOLD, name) for name in ("lea", "leo", "lin", "lou", "luz", "lyn")]
    rows = [
        (
            name,
            "practice-1",
            "practice",
            task,
            criterion,
            "disagree",
            "no rule says so",
            pd.Timestamp("2026-03-20", tz="UTC"),
        )
        for task, criterion, name in cells
    ]
    columns = ["learner", "lesson", "mode", "task", "criterion", "why", "remark", "at"]
    return pd.DataFrame(rows, columns=columns)
