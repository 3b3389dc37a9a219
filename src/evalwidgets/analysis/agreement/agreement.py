"""Agreement between reviewers: percent, Krippendorff's alpha, Gwet's AC, Fleiss, Brennan-Prediger.

Every function takes the tidy table (or its count patterns), never rounds, and treats
missing ratings as the normal case. Read no coefficient alone: percent agreement says
what happened, alpha how much of it is more than chance, AC guards against the paradox
that alpha falls to 0 when one level is very common.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.coefficients import (
    alpha_coefficient,
    brennan_prediger_coefficient,
    fleiss_coefficient,
    gwet_coefficient,
    percent_coefficient,
)
from evalwidgets.analysis.agreement.patterns import CountPatterns, as_patterns
from evalwidgets.analysis.agreement.resampling import IntervalOptions, estimate
from evalwidgets.analysis.agreement.weights import Weights, agreement_weights, within_weights
from evalwidgets.analysis.arrays import Levels
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.results import Estimate
from evalwidgets.analysis.scales import FEW_LEVELS, Metric
from evalwidgets.errors import RatingsError


def percent_agreement(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    within: float = 0,
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return the share of pairs of reviewers that agree, averaged over tasks.

    Parameters
    ----------
    ratings : DataFrame or CountPatterns
        The tidy table, or what `count_patterns` made of it.
    levels : sequence or None
        The *declared* values of the scale; None for open scales or patterns.
    criterion : str or None
        Which criterion; may be omitted when the table holds one.
    within : float
        How far apart two answers may be and still agree. 0 asks for the same answer.
    **how
        interval, confidence_level, n_boot, seed, clusters: as in
        `evalwidgets.analysis.agreement.resampling.estimate`.

    Returns
    -------
    Estimate
        From 0 to 1. Where every task agrees alike (0 or 1) the interval is Wilson's,
        each task one trial.

    Raises
    ------
    RatingsError
        If `within` is asked of three levels or fewer, where it is nearly always met.

    Notes
    -----
    Read it as "two reviewers drawn for a task give the same answer this often".
    It misleads when one level is common: 95 % "safe" makes 90 % agreement by chance.
    Tasks count alike however many reviewers they have; those with one are left out.
    """
    patterns = as_patterns(ratings, levels=levels, criterion=criterion, clusters=how.get("clusters"))
    if within and len(patterns.levels) <= FEW_LEVELS and levels is not None:
        msg = (
            f"within={within:g}: expected 0 on a scale of {len(patterns.levels)} levels, where nearly "
            "every pair is one step apart at most. Use within=0."
        )
        raise RatingsError(msg)
    weights = within_weights(patterns.levels, within) if within else np.eye(len(patterns.levels))
    name = f"Percent agreement within {within:g}" if within else "Percent agreement"
    result = estimate(percent_coefficient(weights, name), patterns, **how)
    return _with_wilson(result, patterns.paired())


def krippendorff_alpha(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    level: Metric = "nominal",
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return Krippendorff's alpha: how far agreement exceeds chance, 1 being perfect.

    Parameters
    ----------
    ratings, levels, criterion
        As in `percent_agreement`.
    level : {"nominal", "ordinal", "interval", "ratio"}
        The level of measurement: where `levels` are the declared values, `level` is how
        far apart two of them are: all alike, by rank, by difference, by relative
        difference. Ordinal goes by the order of `levels` and ignores their numbers.
    **how
        interval, confidence_level, n_boot, seed, clusters: as in
        `evalwidgets.analysis.agreement.resampling.estimate`.

    Returns
    -------
    Estimate
        At most 1; 0 is what chance gives; negative is systematic disagreement. Not
        defined when all ratings are the same: there is nothing to tell from chance.

    Notes
    -----
    Read it against what trained teams reach on public image ratings, 0.16 to 0.72,
    not against a bar of 0.8. It misleads when one level is very common: 19 unanimous
    tasks of 20 give 0.00, where percent agreement is 0.97 and `gwet_ac1` 0.97. The
    ordinal distance is not Gwet's ordinal weights: the same ratings give other numbers.
    At the interval level it is nearly mean quadratic kappa and ICC(A,1): one witness under
    several names. Tasks with one rating do not enter. Source: Krippendorff (2011), "Computing
    Krippendorff's alpha-reliability"; interval: see `resampling`.
    """
    patterns = as_patterns(ratings, levels=levels, criterion=criterion, clusters=how.get("clusters"))
    return estimate(alpha_coefficient(level), patterns, **how)


def gwet_ac1(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return Gwet's AC1: chance-corrected agreement that a common level does not sink.

    Parameters
    ----------
    ratings, levels, criterion, **how
        As in `krippendorff_alpha`. The declared levels matter here: a scale with two
        unused levels gives another number.

    Notes
    -----
    Read it beside alpha. Both high: reviewers agree. AC1 high and alpha low: they agree,
    and nearly everything has the same answer, so the set says little about the rare one.
    It misleads as a replacement for alpha: rare levels hardly weigh, and a team that
    misses every unsafe picture can still have 0.9.
    Source: Gwet (2008), BJMSP 61, 29-48.
    """
    return gwet_ac2(ratings, levels=levels, criterion=criterion, weights="identity", **how)


def gwet_ac2(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    weights: Weights = "quadratic",
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return Gwet's AC2: AC1 with partial credit for near answers.

    Parameters
    ----------
    ratings, levels, criterion, **how
        As in `gwet_ac1`.
    weights : {"quadratic", "linear", "ordinal", "identity"}
        How much credit a near answer gets; identity is AC1.

    Raises
    ------
    RatingsError
        If there are fewer than two levels: declare the whole scale.

    Notes
    -----
    Read it as AC1. It misleads as AC1 does, and by its weights: quadratic ones forgive one
    step nearly wholly, so 0.9 is common on five levels and no proof of calibration.
    Source: Gwet (2014), Handbook of Inter-Rater Reliability, ch. 5.
    """
    patterns = as_patterns(ratings, levels=levels, criterion=criterion, clusters=how.get("clusters"))
    name = "Gwet's AC1" if weights == "identity" else f"Gwet's AC2 ({weights})"
    return estimate(gwet_coefficient(agreement_weights(patterns.levels, weights), name), patterns, **how)


def fleiss_kappa(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    weights: Weights = "identity",
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return Fleiss' kappa: agreement beyond chance when reviewers are interchangeable.

    Parameters
    ----------
    ratings, levels, criterion, **how
        As in `krippendorff_alpha`.
    weights : {"identity", "linear", "quadratic", "ordinal"}
        How much credit a near answer gets; identity is the kappa of Fleiss.

    Notes
    -----
    Read it as nominal `krippendorff_alpha`, which corrects it for small sets: with
    many ratings the two are one number and no second witness. It misleads as alpha does:
    it sinks when one level is very common. Observed agreement is over tasks with two ratings
    and more; the shares of levels are over all rated tasks, each task alike, those
    with a single rating too (as R's irrCAC does). Source: Fleiss (1971),
    Psychological Bulletin 76, 378-382.
    """
    patterns = as_patterns(ratings, levels=levels, criterion=criterion, clusters=how.get("clusters"))
    name = _named("Fleiss' kappa", weights)
    return estimate(fleiss_coefficient(agreement_weights(patterns.levels, weights), name), patterns, **how)


def brennan_prediger(
    ratings: pd.DataFrame | CountPatterns,
    *,
    levels: Levels | None,
    criterion: str | None = None,
    weights: Weights = "identity",
    **how: Unpack[IntervalOptions],
) -> Estimate:
    """Return Brennan and Prediger's kappa: chance is every declared level equally likely.

    Parameters
    ----------
    ratings, levels, criterion, weights, **how
        As in `fleiss_kappa`.

    Notes
    -----
    Read it as percent agreement put on a scale where blind guessing is 0. No common
    level can sink it, and for the same reason it says nothing of prevalence. It misleads
    where nobody would guess every level alike, and it depends
    on how many levels are *declared*: levels that nobody needs raise it. Source:
    Brennan & Prediger (1981), Educational and Psychological Measurement 41, 687-699.
    """
    patterns = as_patterns(ratings, levels=levels, criterion=criterion, clusters=how.get("clusters"))
    matrix = agreement_weights(patterns.levels, weights)
    name = _named("Brennan-Prediger kappa", weights)
    return estimate(brennan_prediger_coefficient(matrix, name), patterns, **how)


def _named(name: str, weights: Weights) -> str:
    return name if weights == "identity" else f"{name} ({weights})"


def _with_wilson(result: Estimate, patterns: CountPatterns) -> Estimate:
    """Return a rate of exactly 0 or 1 with Wilson's interval, each task (or cluster) one trial."""
    if result.low is not None or result.estimate is None or round(result.estimate, 9) not in (0, 1):
        return result
    trials, unit = result.n_tasks, "task"
    if patterns.cluster is not None:
        trials, unit = len(np.unique(patterns.cluster)), "cluster"
    low, high = wilson_interval(round(result.estimate) * trials, trials, result.confidence_level)
    return replace(result, low=low, high=high, method=f"Wilson, each {unit} one trial", note="")
