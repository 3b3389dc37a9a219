"""The six intraclass correlations of pingouin, which takes the tidy table."""

from __future__ import annotations

import numpy as np
import pingouin
from made_ratings import Ratings
from worker import Method, serve

_FORMS = ["ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"]


def _icc(ratings: Ratings) -> np.ndarray:
    found = pingouin.intraclass_corr(ratings.table, targets="task", raters="reviewer", ratings="value")
    return found.set_index("Type").loc[_FORMS, "ICC"].to_numpy()


serve({"icc": Method(_icc)})
