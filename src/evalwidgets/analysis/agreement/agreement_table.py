"""The default set of agreement figures for a lead: every criterion of a rubric in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Unpack

import pandas as pd

from evalwidgets.analysis.agreement.agreement import (
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from evalwidgets.analysis.agreement.patterns import count_patterns
from evalwidgets.analysis.agreement.resampling import IntervalOptions
from evalwidgets.analysis.agreement.versions import by_version
from evalwidgets.analysis.agreement.weights import Weights
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import Estimate, LeftOut, ResultTable, listed, nonempty, or_nan
from evalwidgets.analysis.scales import Scale, scales_of

TOO_COMMON = 0.85
"""A level with this share of all answers can sink alpha by itself (the prevalence paradox)."""
# By how much AC then exceeds alpha; on a scale that alpha can judge the two lie closer.
_SUNK = 0.2


class CriterionAgreement(NamedTuple):
    """The estimates of one criterion, with their own notes and evidence."""

    percent: Estimate
    within: Estimate
    alpha: Estimate
    ac: Estimate | None
    """None on open scales: AC needs the declared levels."""
    top_share: float
    """The share of all answers that the most common one has; nan without any."""


@dataclass(frozen=True, eq=False, repr=False)
class AgreementTable(ResultTable):
    """Agreement by criterion: one row a criterion, in the rubric's order.

    Ratings under several major versions of the rubric have a row for each version, and its
    name in the label.

    Columns of `rows`: `criterion, label, rubric_version` (such as "2.x"), `n_tasks,
    n_reviewers, n_ratings, top_share` (how much of all answers the most common one has),
    `percent_agreement` (same answer) and `percent_within` (within the criterion's
    `tolerance`), `alpha` with its `metric`, `ac` (AC2 quadratic on ordered scales, AC1 on
    others), each with `_low` and `_high`, `left_out` and `note` in words.
    """

    estimates: Mapping[str, CriterionAgreement]
    """The same figures as full estimates, by criterion; "style (2.x)" where versions are split."""

    @property
    def one_sided(self) -> pd.Series[bool]:
        """Which rows have one answer so common that alpha is low though AC is not."""
        sunk = self.rows["ac"] - self.rows["alpha"] >= _SUNK
        return sunk & (self.rows["top_share"] >= TOO_COMMON)

    @property
    def finding(self) -> str:
        """Where reviewers agree most and least by alpha, where alpha can tell."""
        known = self.rows[self.rows["alpha_low"].notna()]
        if known.empty:
            return "No criterion has an alpha with an interval yet"
        common = known[self.one_sided[known.index]]
        telling = known.drop(common.index).sort_values("alpha", kind="stable")
        aside = f"one answer is too common on {listed(common['label'])} for alpha to tell"
        if telling.empty:
            return aside[0].upper() + aside[1:]
        return _most_and_least(telling) + (f"; {aside}" if len(common) else "")

    def _shown(self) -> pd.DataFrame:
        counts = ["label", "n_tasks", "n_reviewers"]
        figures = ["percent_agreement", "percent_within", "alpha", "alpha_low", "alpha_high", "ac"]
        return self.rows[[*counts, *figures, "note"]].round(2)


def agreement_by_criterion(
    ratings: pd.DataFrame, rubric: Any, **how: Unpack[IntervalOptions]
) -> AgreementTable:
    """Return percent agreement, alpha and AC of each criterion: never one number alone.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table, any number of criteria.
    rubric : Rubric, or list of Scale
        The declared scales, tolerances and order.
    **how
        interval, confidence_level, n_boot, seed, clusters: as in `resampling.estimate`.

    Notes
    -----
    A major version of the rubric changes what a level means: its ratings are never pooled
    with others (see `by_version`), so each has its own row. Minor versions are pooled, with
    a warning. Alpha is taken at the criterion's own metric. Text, words and regions have
    no scale and are left out. Read alpha as in `krippendorff_alpha`, AC as in `gwet_ac1`.
    """
    check_ratings(ratings)
    scales, _ = scales_of(rubric)
    unit = "tasks" if how.get("clusters") is None else "clusters"
    strays = ~ratings["criterion"].isin([scale.id for scale in scales])
    names = listed(ratings.loc[strays, "criterion"].unique()) if strays.any() else ""
    stray = LeftOut("rating", int(strays.sum()), f"not on a scale of this rubric: {names}")
    versions = by_version(ratings)
    estimates, rows = {}, []
    for scale in scales:
        for version, part in _rated_versions(versions, scale).items():
            figures = _agreement(part, scale, how)
            suffix = f" ({version})" if len(versions) > 1 else ""
            estimates[f"{scale.id}{suffix}"] = figures
            rows.append(_row(scale, figures, version, suffix))
    return AgreementTable(
        rows=pd.DataFrame(rows),
        left_out=nonempty(stray),
        confidence_level=how.get("confidence_level", 0.95),
        method=f"{how.get('interval', 'jackknife')} over {unit}",
        estimates=estimates,
    )


def _rated_versions(versions: dict[str, pd.DataFrame], scale: Scale) -> dict[str, pd.DataFrame]:
    """Return the versions under which a criterion was rated; the newest if under none."""
    newest = list(versions)[-1]
    rated = {name: part for name, part in versions.items() if (part["criterion"] == scale.id).any()}
    return rated or {newest: versions[newest]}


def _most_and_least(telling: pd.DataFrame) -> str:
    least, most = telling.iloc[0], telling.iloc[-1]
    if len(telling) == 1:
        return f"Reviewers reach alpha {most['alpha']:.2f} on {most['label']}"
    return (
        f"Reviewers agree most on {most['label']} (alpha {most['alpha']:.2f}), "
        f"least on {least['label']} ({least['alpha']:.2f})"
    )


def _agreement(ratings: pd.DataFrame, scale: Scale, how: IntervalOptions) -> CriterionAgreement:
    chosen = ratings[ratings["criterion"] == scale.id]
    patterns = count_patterns(chosen, levels=scale.declared, clusters=how.get("clusters"))
    declared = scale.declared
    weights: Weights = "identity" if scale.metric == "nominal" else "quadratic"
    return CriterionAgreement(
        percent=percent_agreement(patterns, levels=declared, **how),
        within=percent_agreement(patterns, levels=declared, within=scale.tolerance, **how),
        alpha=krippendorff_alpha(patterns, levels=declared, level=scale.metric, **how),
        ac=gwet_ac2(patterns, levels=declared, weights=weights, **how) if declared else None,
        top_share=float(patterns.used.max() / patterns.n_ratings) if patterns.n_ratings else float("nan"),
    )


def _row(scale: Scale, figures: CriterionAgreement, version: str, suffix: str) -> dict[str, Any]:
    alpha = figures.alpha
    no_ac = "" if figures.ac else "No AC: the scale is open, its levels are not declared"
    return {
        "criterion": scale.id,
        "label": f"{scale.name}{suffix}",
        "rubric_version": version,
        "n_tasks": alpha.n_tasks,
        "n_reviewers": alpha.n_reviewers,
        "n_ratings": alpha.n_ratings,
        "top_share": figures.top_share,
        **_columns("percent_agreement", figures.percent),
        "tolerance": scale.tolerance,
        **_columns("percent_within", figures.within),
        "metric": scale.metric,
        **_columns("alpha", alpha),
        **_columns("ac", figures.ac),
        "left_out": "; ".join(map(str, alpha.left_out)),
        "note": alpha.note or no_ac,
    }


def _columns(name: str, figure: Estimate | None) -> dict[str, float]:
    numbers = (figure.estimate, figure.low, figure.high) if figure else (None, None, None)
    ends = (name, f"{name}_low", f"{name}_high")
    return {end: or_nan(number) for end, number in zip(ends, numbers, strict=True)}
