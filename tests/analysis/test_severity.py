"""Severity: planted shifts are found, nothing else is called one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evalwidgets.analysis import Scale, reviewer_severity
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.reviewers.severity import SeverityTable
from evalwidgets.analysis.reviewers.shift import fit_shift

from .simulated import EVEN, LOPSIDED, PLANTED, simulated
from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
SEEDS = 12
SHIFTED = {"strict", "lenient", "drifting"}


def severity_of(seed: int, shares: tuple[float, ...], **options: object) -> SeverityTable:
    """Return the severity of all planted reviewers in one simulated world."""
    world = simulated(seed, gold_shares=shares, **options)  # type: ignore[arg-type]
    return reviewer_severity(world.ratings, world.gold, world.scales)


@pytest.mark.parametrize("shares", [LOPSIDED, EVEN], ids=["gold mostly 5", "gold even"])
def test_planted_shifts_are_flagged_and_nothing_else(shares: tuple[float, ...]) -> None:
    """Strict and lenient are flagged with an interval off 0; drift is drift; others are not."""
    flags: dict[str, list[str]] = {name: [] for name in PLANTED}
    for seed in range(SEEDS):
        for _, row in severity_of(seed, shares).pooled.iterrows():
            flags[row["reviewer"]].append(row["flag"])
            if row["flag"] in ("strict", "lenient"):
                assert row["low"] > 0 or row["high"] < 0

    assert set(flags["strict"]) == {"strict"}
    assert set(flags["lenient"]) == {"lenient"}
    assert set(flags["drifting"]) == {"drifting"}
    others = [flag for name in PLANTED for flag in flags[name] if name not in SHIFTED]
    assert others == [""] * SEEDS * 6


def test_lopsided_gold_neither_hides_leniency_nor_invents_strictness() -> None:
    """With gold mostly 5 the plain mean misjudges both; the shift does not."""
    pooled = severity_of(1, LOPSIDED).pooled.set_index("reviewer")

    assert pooled.loc["central", "mean_deviation"] < -0.5
    assert abs(pooled.loc["central", "bias"]) < 0.15
    assert pooled.loc["central", "pull"] == pytest.approx(-0.5, abs=0.1)
    assert pooled.loc["lenient", "mean_deviation"] < 0.35
    assert pooled.loc["lenient", "bias"] > 0.5


def test_intervals_of_good_reviewers_cover_zero_as_often_as_they_say() -> None:
    """Of 95 % intervals of unshifted reviewers about 95 of 100 hold 0."""
    held = []
    for seed in range(40):
        world = simulated(seed, reviewers=("good", "fair", "fine"), n_tasks=40, gold_shares=EVEN)
        pooled = reviewer_severity(world.ratings, world.gold, world.scales).pooled
        held += [low <= 0 <= high for low, high in zip(pooled["low"], pooled["high"], strict=True)]

    assert 0.90 <= np.mean(held) <= 0.99


def test_the_model_is_least_squares() -> None:
    """Shift, pull and trend are those of an ordinary regression on the same columns."""
    rng = np.random.default_rng(0)
    task, criterion = np.repeat(np.arange(30), 3), np.tile(np.arange(3), 30)
    off, time = rng.integers(-2, 3, 90).astype(float), np.repeat(np.linspace(-0.5, 0.5, 30), 3)
    deviation = rng.normal(0.3, 1, 90) - 0.4 * off
    design = np.column_stack([np.eye(3)[criterion], off, time])
    expected = sm.OLS(deviation, design).fit().params

    shift = fit_shift(deviation, task=task, criterion=criterion, off_middle=off, time=time)

    assert [effect.estimate for effect in shift.by_criterion] == pytest.approx(expected[:3])
    assert shift.pooled.estimate == pytest.approx(expected[:3].mean())
    assert shift.pull is not None
    assert shift.trend is not None
    assert (shift.pull.estimate, shift.trend.estimate) == pytest.approx(tuple(expected[3:]))


def test_the_error_is_that_of_leaving_out_each_task() -> None:
    """The standard error equals refitting without every single task."""
    rng = np.random.default_rng(1)
    task, criterion = np.repeat(np.arange(12), 2), np.tile(np.arange(2), 12)
    off = rng.integers(-2, 3, 24).astype(float)
    deviation = rng.normal(0, 1, 24)
    design = np.column_stack([np.eye(2)[criterion], off])
    pooled = []
    for left_out in range(12):
        kept = task != left_out
        pooled.append(np.linalg.lstsq(design[kept], deviation[kept], rcond=None)[0][:2].mean())
    expected = np.sqrt(11 / 12 * ((pooled - np.mean(pooled)) ** 2).sum())

    shift = fit_shift(deviation, task=task, criterion=criterion, off_middle=off)

    assert shift.pooled.error == pytest.approx(expected)
    assert shift.trend is None


def test_gold_of_one_level_cannot_tell_shift_from_pull() -> None:
    """The shift is then the plain mean, and the note says what it may hide."""
    ratings = ratings_of([[4], [4], [5], [4], [3], [4], [4], [5], [4], [4]])

    row = reviewer_severity(ratings, gold_of([5] * 10), QUALITY).pooled.iloc[0]

    assert row["bias"] == pytest.approx(row["mean_deviation"])
    assert row["note"].startswith("Gold never varies")
    assert np.isnan(row["pull"])


def test_few_tasks_give_no_interval_no_alarm_and_no_flag() -> None:
    """Five gold tasks never shame anybody."""
    severity = reviewer_severity(ratings_of([[1]] * 5), gold_of([5, 4, 5, 3, 5]), QUALITY)

    row = severity.pooled.iloc[0]
    assert np.isnan(row["low"])
    assert (row["alarm"], row["flag"]) == (False, "")
    assert row["note"] == "5 with gold are too few tasks (at least 8)"
    assert severity.finding == "Too few gold tasks to tell whether anybody is shifted from gold"


def test_the_alarm_needs_half_a_level_and_a_sure_interval() -> None:
    """A sure shift of a third of a level is no alarm; one of a whole level is."""
    small = ratings_of([[4 if task % 3 else 5] for task in range(60)])
    large = ratings_of([[5 if task % 9 else 4] for task in range(60)])
    gold = gold_of([4] * 60)

    rows = [reviewer_severity(given, gold, QUALITY).pooled.iloc[0] for given in (small, large)]

    assert [row["low"] > 0 for row in rows] == [True, True]
    assert [row["alarm"] for row in rows] == [False, True]


def test_a_shift_that_comes_halfway_is_drifting_not_strict() -> None:
    """A reviewer who starts right and ends two levels low drifts; without times it is a shift."""
    rng = np.random.default_rng(3)
    gold = rng.integers(3, 6, 80)
    given = [[int(max(1, level - round(2.2 * place / 79)))] for place, level in enumerate(gold)]
    start = pd.Timestamp("2026-03-02", tz="UTC")
    times = [start + pd.Timedelta(hours=place) for place in range(80)]

    timed = reviewer_severity(ratings_of(given, submitted_at=times), gold_of(list(gold)), QUALITY)
    untimed = reviewer_severity(ratings_of(given), gold_of(list(gold)), QUALITY)

    assert timed.pooled.iloc[0]["flag"] == "drifting"
    assert timed.finding == f"r0 drifts down by {-timed.pooled.iloc[0]['trend']:.1f} levels"
    assert untimed.pooled.iloc[0]["flag"] == "strict"


def test_each_criterion_has_its_own_row() -> None:
    """A shift on one criterion shows there; choices are left out and said."""
    gate = Scale("gate", ("yes", "no"), "nominal")
    style = Scale("style", (1, 2, 3, 4, 5))
    gold_levels = [2, 3, 4] * 8
    ratings = pd.concat(
        [
            ratings_of([["yes"]] * 24, "gate"),
            ratings_of([[level] for level in gold_levels], "quality"),
            ratings_of([[level - 1] for level in gold_levels], "style"),
        ]
    )
    gold = pd.concat(
        [gold_of(["yes"] * 24, "gate"), gold_of(gold_levels, "quality"), gold_of(gold_levels, "style")]
    )

    severity = reviewer_severity(ratings, gold, [gate, QUALITY, style])

    by_criterion = severity.rows.set_index("criterion")
    assert list(by_criterion.index) == [ALL, "quality", "style"]
    assert by_criterion["bias"].to_list() == pytest.approx([-0.5, 0, -1])
    assert "24 ratings (not applicable, or not on a numeric scale)" in str(severity)


def test_no_gold_gives_a_sentence() -> None:
    """An empty comparison is not an error."""
    severity = reviewer_severity(ratings_of([[4]]), gold_of([4])[:0], QUALITY)

    assert severity.finding == "No rating on a numeric scale has a gold answer yet"


def test_the_finding_names_the_most_shifted_first() -> None:
    """Who, how much and in which direction, and how many are fine."""
    finding = severity_of(1, LOPSIDED).finding

    assert finding.startswith("strict rates 0.7 levels below gold, lenient rates 0.6 levels above gold")
    assert finding.endswith("; the other 6 show no steady shift")
