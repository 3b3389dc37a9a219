"""Ratings with planted causes: every statistic and chart has a truth to be tested against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from evalwidgets.analysis import Scale

CRITERIA = ("adherence", "structure", "preservation", "quality", "style")
SCALES = (
    Scale("feasibility", ("feasible", "unclear", "infeasible"), "nominal", is_gate=True),
    *(
        Scale(name, (1, 2, 3, 4, 5), tolerance=1, target_exact=0.5, target_within=0.88, label=name.title())
        for name in CRITERIA
    ),
)
PLANTED = ("strict", "lenient", "central", "noisy", "drifting", "slip", "camp", "good", "fair")
LOPSIDED = (0.06, 0.07, 0.08, 0.12, 0.67)
EVEN = (0.2, 0.2, 0.2, 0.2, 0.2)


@dataclass(frozen=True, eq=False)
class World:
    """Simulated ratings, their gold, and the scales."""

    ratings: pd.DataFrame
    gold: pd.DataFrame
    scales: tuple[Scale, ...] = SCALES


def simulated(
    seed: int = 0,
    *,
    n_tasks: int = 60,
    reviewers: Sequence[str] = PLANTED,
    gold_shares: Sequence[float] = LOPSIDED,
    missing: float = 0.1,
) -> World:
    """Return ratings by reviewers whose names say what was planted in them.

    Made once for all tests, which must not change it.
    """
    return _simulated(seed, n_tasks, tuple(reviewers), tuple(gold_shares), missing)


@cache
def _simulated(
    seed: int, n_tasks: int, reviewers: tuple[str, ...], gold_shares: tuple[float, ...], missing: float
) -> World:
    rng = np.random.default_rng(seed)
    tasks = [f"edit-{i:03d}" for i in range(n_tasks)]
    gold = rng.choice(5, p=gold_shares, size=(n_tasks, len(CRITERIA))) + 1
    shadow = rng.random(n_tasks) < 0.2
    rows = []
    for reviewer in reviewers:
        given = _answers(reviewer, gold, shadow, rng)
        present = rng.random(n_tasks) >= missing
        for t in np.flatnonzero(present):
            day = pd.Timestamp("2026-03-02", tz="UTC") + pd.Timedelta(days=42 * t / n_tasks)
            gate = "feasible" if rng.random() < 0.99 else "unclear"
            rows.append((tasks[t], reviewer, "feasibility", gate, day))
            rows += [(tasks[t], reviewer, name, int(given[t, c]), day) for c, name in enumerate(CRITERIA)]
    columns = ["task", "reviewer", "criterion", "value", "submitted_at"]
    ratings = pd.DataFrame(rows, columns=columns).astype({"value": object})
    return World(ratings, _gold_table(tasks, gold))


def _answers(reviewer: str, gold: np.ndarray, shadow: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    n_tasks = len(gold)
    latent = gold + rng.normal(0, 0.55, gold.shape) + rng.normal(0, 0.25, (n_tasks, 1))
    if reviewer == "strict":
        latent -= 0.8
    elif reviewer == "lenient":
        latent += 0.8
    elif reviewer == "central":
        latent = 3 + 0.5 * (latent - 3)
    elif reviewer == "noisy":
        latent = gold + rng.normal(0, 1.2, gold.shape)
    elif reviewer == "drifting":
        weeks = np.arange(n_tasks) * 6 // n_tasks
        latent -= 0.4 * np.maximum(0, weeks - 1)[:, None]
    given = np.clip(np.rint(latent), 1, 5)
    if reviewer == "slip":
        given[rng.integers(n_tasks), 0] = 1
    elif reviewer == "camp":
        given[shadow, 2] = np.clip(gold[shadow, 2] - 2, 1, 5)
    return given


def _gold_table(tasks: Sequence[str], gold: np.ndarray) -> pd.DataFrame:
    rows = [
        (task, name, (int(gold[t, c]),), None, False)
        for t, task in enumerate(tasks)
        for c, name in enumerate(CRITERIA)
    ]
    rows += [(task, "feasibility", ("feasible",), None, False) for task in tasks]
    return pd.DataFrame(rows, columns=["task", "criterion", "accepted", "tolerance", "na"])
