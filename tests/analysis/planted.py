"""Worlds with a planted cause on each of many tasks: what the suggestions are measured against."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from evalwidgets.analysis import Scale
from evalwidgets.analysis.causes.causes import Causes, suggest_causes

CRITERIA = ("adherence", "preservation", "structure", "quality")
SCALES = tuple(Scale(name, (1, 2, 3, 4, 5), tolerance=1, label=name.title()) for name in CRITERIA)
REVIEWERS = ("ana", "ben", "cem", "dev", "eva", "fay", "gus", "hal")
CAMP = ("cem", "dev")
STRICT, LENIENT = "ben", "eva"
CLAUSE = "clause"
"""The label of the tasks on which the camp reads the rule its own way."""
NOISE = 0.45
SINGLE = ("slip", "hard_task", "new_pattern", "gold_suspect")
"""The causes that are planted in single cells."""


@dataclass(frozen=True, eq=False)
class PlantedWorld:
    """Ratings, gold and labels, and the cause that was planted in each cell."""

    ratings: pd.DataFrame
    gold: pd.DataFrame
    labels: dict[str, tuple[str, ...]]
    truth: dict[tuple[str, str], str]
    culprits: dict[tuple[str, str], tuple[str, ...]]

    def suggested(self) -> Causes:
        """Return the suggestions from everything that is known."""
        return _suggested(self)


@cache
def _suggested(world: PlantedWorld) -> Causes:
    return suggest_causes(world.ratings, SCALES, world.gold, world.labels)


@dataclass
class _Maker:
    """Builds one world cell by cell."""

    rng: np.random.Generator
    reviewers: tuple[str, ...]
    rows: list[dict[str, object]] = field(default_factory=list)
    truth: dict[tuple[str, str], str] = field(default_factory=dict)
    culprits: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def cell(self, task: str, criterion: str, level: int, cause: str) -> None:
        """Add all reviewers' answers to one question, bent by its cause."""
        rng, n = self.rng, len(self.reviewers)
        felt = level + rng.normal(0, NOISE, n) + np.array([_shift(name) for name in self.reviewers])
        doubt, sure = rng.random(n) < 0.08, rng.normal(2.4, 0.4, n)
        about: tuple[str, ...] = ()
        away = -1 if level > 3 or (level == 3 and rng.random() < 0.5) else 1
        na = np.zeros(n, dtype=bool)
        if cause == "slip":
            lone = int(rng.integers(n))
            felt[lone], about = level + away * int(rng.integers(2, 5)), (self.reviewers[lone],)
        elif cause == "rule_unclear":
            camp = np.isin(self.reviewers, CAMP)
            felt[camp], about = felt[camp] + 2 * away, CAMP
        elif cause == "hard_task":
            felt, doubt, sure = 3 + rng.normal(0, 1.2, n), rng.random(n) < 0.6, sure - 0.9
        elif cause == "new_pattern":
            na = rng.permutation(n) < n // 2
        values = np.clip(np.rint(felt), 1, 5).astype(int)
        second = np.clip(values + np.where(felt > values, 1, -1), 1, 5)
        if cause == "hard_task":
            second = np.clip(values + np.sign(3 - values + 1e-9).astype(int), 1, 5)
        for place, name in enumerate(self.reviewers):
            self.rows.append(
                {
                    "task": task,
                    "reviewer": name,
                    "criterion": criterion,
                    "value": None if na[place] else int(values[place]),
                    "na": "nothing_of_the_kind" if na[place] else None,
                    "second": float(second[place]) if doubt[place] and not na[place] else np.nan,
                    "confidence": int(np.clip(round(sure[place]), 1, 3)),
                }
            )
        self.truth[task, criterion] = cause
        self.culprits[task, criterion] = about


def _shift(name: str) -> float:
    return {STRICT: -0.8, LENIENT: 0.8}.get(name, 0.0)


@cache
def planted_world(seed: int, *, n_reviewers: int = 6, n_tasks: int = 60) -> PlantedWorld:
    """Return a world where every fifth cell or so has a cause of its own, the others none.

    Made once for all tests, which must not change it.
    """
    rng = np.random.default_rng(seed)
    maker = _Maker(rng, REVIEWERS[:n_reviewers])
    clause = set(rng.choice(n_tasks, 8, replace=False).tolist())
    labels, gold = {}, []
    for number in range(n_tasks):
        task = f"task-{number:03d}"
        kind = str(rng.choice(["add", "remove", "style"]))
        labels[task] = (f"edit type: {kind}", *([CLAUSE] if number in clause else []))
        for place, criterion in enumerate(CRITERIA):
            own = (
                ""
                if rng.random() > 0.2
                else str(rng.choice(["slip", "hard_task", "new_pattern", "gold_suspect"]))
            )
            cause = "rule_unclear" if number in clause and place == 0 else own
            level = int(rng.integers(1, 6))
            maker.cell(task, criterion, level, cause)
            # Wrong gold lies two levels or more from what everybody sees.
            accepted = (level + 2 if level < 3 else level - 2) if cause == "gold_suspect" else level
            if cause == "hard_task":
                accepted = 3
            gold.append((task, criterion, (accepted,), None, False))
    return PlantedWorld(
        ratings=pd.DataFrame(maker.rows).astype({"value": object}),
        gold=pd.DataFrame(gold, columns=["task", "criterion", "accepted", "tolerance", "na"]),
        labels=labels,
        truth=maker.truth,
        culprits=maker.culprits,
    )


def confusion(seeds: range, **options: int) -> pd.DataFrame:
    """Return how often each planted cause (rows) was suggested as which (columns)."""
    pairs = []
    for seed in seeds:
        world = planted_world(seed, **options)
        causes = world.suggested()
        keys = zip(causes.rows["task"], causes.rows["criterion"], strict=True)
        said = dict(zip(keys, causes.rows["cause"], strict=True))
        open_ones = set(zip(causes.undecided["task"], causes.undecided["criterion"], strict=True))
        pairs += [
            (cause or "none", said.get(cell, "undecided" if cell in open_ones else "none"))
            for cell, cause in world.truth.items()
        ]
    table = pd.DataFrame(pairs, columns=["planted", "suggested"])
    return pd.crosstab(table["planted"], table["suggested"])
