"""crowd-kit: alpha, and Dawid-Skene for twenty iterations that it may not cut short."""

from __future__ import annotations

import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene
from crowdkit.metrics.data import alpha_krippendorff
from made_ratings import LEVELS, Ratings
from worker import Method, serve


def _renamed(ratings: Ratings) -> pd.DataFrame:
    return ratings.table.rename(columns={"reviewer": "worker", "value": "label"})


def _dawid_skene(answers: pd.DataFrame) -> np.ndarray:
    # Its usual tolerance stops at the first dip of its loss, after three or four iterations.
    chances = DawidSkene(n_iter=20, tol=-np.inf).fit_predict_proba(answers)
    return chances.sort_index()[list(LEVELS)].to_numpy()


serve(
    {
        "alpha_nominal": Method(alpha_krippendorff, _renamed),
        "dawid_skene": Method(_dawid_skene, _renamed),
    }
)
