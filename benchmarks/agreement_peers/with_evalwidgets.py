"""Ours: each number from the tidy table as it is, with its interval and what was left out."""

from __future__ import annotations

from typing import Any

import numpy as np
from made_ratings import LEVELS, Ratings
from worker import Method, serve

from evalwidgets.analysis import (
    Scale,
    dawid_skene,
    fleiss_kappa,
    gwet_ac2,
    icc,
    kappa_with_gold,
    krippendorff_alpha,
    pairwise_agreement,
)
from evalwidgets.analysis.agreement.icc import FORMS
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.scales import Metric

_SCALE = Scale("quality", levels=LEVELS)


def _alpha(level: Metric) -> Method:
    return Method(lambda given: krippendorff_alpha(given.table, levels=LEVELS, level=level).estimate)


def _bootstrap(given: Ratings) -> list[Any]:
    found = krippendorff_alpha(
        given.table, levels=LEVELS, level="ordinal", interval="bootstrap", n_boot=1000, seed=1
    )
    return [found.low, found.high]


def _kappa_with_gold(given: Ratings, *, together: bool) -> np.ndarray:
    rows = kappa_with_gold(given.table, given.gold, _SCALE).rows
    chosen = rows[(rows["reviewer"] == ALL) == together]
    return chosen.sort_values("reviewer", key=_as_written)["kappa"].to_numpy()


def _as_written(reviewers: Any) -> Any:
    return reviewers if (reviewers == ALL).any() else reviewers.astype(int)


def _dawid_skene(given: Ratings) -> np.ndarray:
    fit = dawid_skene(given.table, levels=LEVELS, smoothing=0, max_iterations=20, min_iterations=20)
    return fit.posterior.sort_index().to_numpy()


def _pairs(given: Ratings) -> np.ndarray:
    result = pairwise_agreement(given.table, _SCALE, criterion="quality", measure="quadratic_kappa")
    matrix = result.matrix
    order = np.argsort(matrix.index.astype(int))
    return matrix.to_numpy()[np.ix_(order, order)]


serve(
    {
        "alpha_nominal": _alpha("nominal"),
        "alpha_ordinal": _alpha("ordinal"),
        "bootstrap": Method(_bootstrap),
        "ac2": Method(lambda given: gwet_ac2(given.table, levels=LEVELS).estimate),
        "fleiss": Method(lambda given: fleiss_kappa(given.table, levels=LEVELS).estimate),
        "gold_together": Method(lambda given: _kappa_with_gold(given, together=True)),
        "gold_each": Method(lambda given: _kappa_with_gold(given, together=False)),
        "icc": Method(lambda given: [icc(given.table, form=form).estimate for form in FORMS]),
        "dawid_skene": Method(_dawid_skene),
        "pairs": Method(_pairs),
    }
)
