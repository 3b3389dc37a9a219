"""Specific agreement: for each level, how often a second reviewer gives it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Unpack

import pandas as pd

from evalwidgets.analysis.agreement.coefficients import specific_coefficient
from evalwidgets.analysis.agreement.patterns import CountPatterns, as_patterns
from evalwidgets.analysis.agreement.resampling import IntervalOptions, estimate, why_undefined
from evalwidgets.analysis.arrays import Level, Levels
from evalwidgets.analysis.results import NO_INTERVAL, Estimate, ResultTable, or_nan

FEW_RATINGS = 10
"""A level with fewer ratings than this is not named in the finding."""


@dataclass(frozen=True, eq=False, repr=False)
class SpecificAgreement(ResultTable):
    """Specific agreement by level, in the order of the scale.

    Columns of `rows`: `level, n_ratings` (for this level, on tasks with two reviewers and
    more), `share` (of all those ratings), `agreement` with `low` and `high`, and `note`.
    """

    name: str
    """Which criterion; empty when it was not named."""
    why: str
    """Why no level has a number; empty when one has."""

    @property
    def finding(self) -> str:
        """The levels that reviewers agree on most and least."""
        text = self._told()
        return f"{self.name}: {text}" if self.name else text[0].upper() + text[1:]

    def _told(self) -> str:
        known = self.rows[self.rows["agreement"].notna()]
        if known.empty:
            return f"no level has a specific agreement. {self.why}"
        heard = known[known["n_ratings"] >= FEW_RATINGS].sort_values("agreement", kind="stable")
        if heard.empty:
            return "every level has too few ratings to say which one is agreed on"
        least, most = heard.iloc[0], heard.iloc[-1]
        if len(heard) == 1:
            return _words(least)
        return f"{_words(most)}, and on {least['level']} {least['agreement']:.0%}"

    def _shown(self) -> pd.DataFrame:
        return self.rows.round({"share": 2, "agreement": 2, "low": 2, "high": 2})


def specific_agreement(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    **how: Unpack[IntervalOptions],
) -> SpecificAgreement:
    """Return for each level how often a second reviewer gives it, once one has.

    Parameters
    ----------
    ratings, levels, criterion, **how
        As in `krippendorff_alpha`.

    Notes
    -----
    Read it as "when somebody says *unsafe*, another one says it too this often". It
    answers what one number for all levels hides: 95 % agreement may be 97 % on the common
    level and 20 % on the rare one that matters. It is not corrected for chance: a common
    level is agreed on often whatever people do, so compare it with its `share`, which is
    what blind guessing gives. With few ratings of a level the interval says so.
    Source: Uebersax (1982), Educational and Psychological Measurement 42, 1181-1183.
    """
    patterns = as_patterns(ratings, levels=levels, criterion=criterion, clusters=how.get("clusters"))
    paired = patterns.paired()
    used, total = paired.used, max(paired.n_ratings, 1)
    figures = [
        estimate(specific_coefficient(place, f"Specific agreement on {level}"), patterns, **how)
        for place, level in enumerate(patterns.levels)
    ]
    rows = [
        _row(level, int(n), int(n) / total, figure)
        for level, n, figure in zip(patterns.levels, used, figures, strict=True)
    ]
    methods = [figure.method for figure in figures if figure.low is not None]
    return SpecificAgreement(
        rows=pd.DataFrame(rows, columns=_COLUMNS),
        left_out=paired.left_out,
        confidence_level=how.get("confidence_level", 0.95),
        method=methods[0] if methods else NO_INTERVAL,
        name=criterion or "",
        why="" if paired.n_tasks else why_undefined(patterns),
    )


_COLUMNS = ["level", "n_ratings", "share", "agreement", "low", "high", "note"]


def _row(level: Level, n: int, share: float, figure: Estimate) -> dict[str, Any]:
    never = "Nobody gave this level to a task that two reviewers rated"
    return {
        "level": level,
        "n_ratings": n,
        "share": share,
        "agreement": or_nan(figure.estimate),
        "low": or_nan(figure.low),
        "high": or_nan(figure.high),
        "note": figure.note if n else never,
    }


def _words(row: Any) -> str:
    return f"when one reviewer says {row['level']}, another does too {row['agreement']:.0%} of the time"
