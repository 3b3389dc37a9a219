"""`cohen_kappa_score` of scikit-learn: with gold, in a loop over reviewers, in a loop over pairs."""

from __future__ import annotations

import numpy as np
from made_ratings import LEVELS, Ratings
from shapes import codes, gold_of_rows, reviewers_by_tasks
from sklearn.metrics import cohen_kappa_score
from worker import Method, serve


def _kappa(one: np.ndarray, other: np.ndarray) -> float:
    return float(cohen_kappa_score(one, other, labels=list(LEVELS), weights="quadratic"))


def _beside(ratings: Ratings) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(gold_of_rows(ratings), ratings.table["value"].to_numpy())]


def _beside_each(ratings: Ratings) -> list[tuple[np.ndarray, np.ndarray]]:
    _, reviewer, value = codes(ratings)
    order = np.argsort(reviewer, kind="stable")
    edges = np.flatnonzero(np.diff(reviewer[order])) + 1
    gold = np.split(gold_of_rows(ratings)[order], edges)
    return list(zip(gold, np.split(value[order], edges), strict=True))


def _each(pairs: list[tuple[np.ndarray, np.ndarray]]) -> list[float]:
    return [_kappa(gold, given) for gold, given in pairs]


def _pairs(table: np.ndarray) -> np.ndarray:
    reviewers = len(table)
    matrix = np.where(np.eye(reviewers, dtype=bool), 1.0, np.nan)
    rated = ~np.isnan(table)
    for one in range(reviewers):
        for other in range(one):
            both = rated[one] & rated[other]
            if both.any():
                matrix[one, other] = _kappa(table[one, both].astype(int), table[other, both].astype(int))
                matrix[other, one] = matrix[one, other]
    return matrix


serve(
    {
        "gold_together": Method(_each, _beside),
        "gold_each": Method(_each, _beside_each),
        "pairs": Method(_pairs, reviewers_by_tasks),
    }
)
