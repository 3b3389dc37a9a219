"""Drift: found after it begins and not before, and rarely where there is none."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import Scale
from evalwidgets.analysis.reviewers.control_limits import ewma_limits, rate_limits
from evalwidgets.analysis.reviewers.drift import DriftTable, reviewer_drift
from evalwidgets.analysis.reviewers.peers import compare_with_others
from evalwidgets.analysis.reviewers.periods import period_name, with_periods
from evalwidgets.errors import RatingsError

from .simulated import EVEN, LOPSIDED, simulated
from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
STEADY = ("strict", "lenient", "central", "noisy", "fair")
MONDAY = pd.Timestamp("2026-09-07", tz="UTC")


def dated(
    tasks: list[list[object]], per_week: int, scale: str = "quality", **columns: object
) -> pd.DataFrame:
    """Return ratings of tasks of which so many are done each week."""
    ratings = ratings_of(tasks, scale, **columns)
    week = ratings["task"].str[1:].astype(int) // per_week
    return ratings.assign(submitted_at=MONDAY + pd.to_timedelta(7 * week, unit="D"))


def alarms(drift: DriftTable) -> dict[str, list[int]]:
    """Return for each reviewer the places of the periods that alarm."""
    found = {}
    for name, rows in drift.pooled.groupby("reviewer"):
        places = np.flatnonzero(rows["alarm"] != "").tolist()
        if places:
            found[str(name)] = places
    return found


@pytest.mark.parametrize("against", ["gold", "others"])
@pytest.mark.parametrize("shares", [LOPSIDED, EVEN], ids=["gold mostly 5", "gold even"])
def test_a_planted_drift_is_found_after_its_week_and_not_before(
    shares: tuple[float, ...], against: str
) -> None:
    """From the third week on one reviewer sinks: alarmed in or after it, dated to about it."""
    for seed in range(6):
        world = simulated(seed, n_tasks=84, gold_shares=shares, reviewers=(*STEADY, "drifting"))

        drift = reviewer_drift(world.ratings, world.gold, world.scales, against=against)  # type: ignore[arg-type]

        theirs = drift.pooled[drift.pooled["reviewer"] == "drifting"].reset_index(drop=True)
        first = theirs[theirs["alarm"] == "down"].iloc[0]
        assert first.name >= 2
        assert theirs["alarm"].iloc[-1] == "down"
        assert theirs["period"].tolist().index(first["since"]) in (2, 3)
        assert "drifting drifts down since the week of" in drift.finding


def test_a_planted_drift_is_not_alarmed_before_its_week_in_short_periods() -> None:
    """With five tasks a period and a short baseline, no alarm precedes the planted week."""
    for seed in range(6):
        world = simulated(seed, n_tasks=84, reviewers=("drifting", "good", "fair"), missing=0)

        drift = reviewer_drift(world.ratings, world.gold, world.scales, period=7, baseline=2)

        # 14 tasks a week: the drift begins with the fifth period.
        assert min(alarms(drift)["drifting"]) >= 4


def test_steady_reviewers_rarely_alarm() -> None:
    """Over 100 steady reviewers and four judged weeks, at most three alarm by chance."""
    flagged, looked_at = 0, 0
    for seed in range(20):
        world = simulated(seed, n_tasks=84, reviewers=STEADY)
        flagged += len(alarms(reviewer_drift(world.ratings, world.gold, world.scales)))
        looked_at += len(STEADY)

    assert looked_at == 100
    assert flagged <= 3


def test_being_strict_from_the_start_is_no_drift() -> None:
    """A constant shift belongs to severity; the centre is the reviewer's own beginning."""
    drift = reviewer_drift(dated([[1]] * 40, 10), gold_of([3] * 40), QUALITY)

    assert drift.pooled["bias"].tolist() == [-2.0] * 4
    assert alarms(drift) == {}
    assert drift.finding == "The only reviewer does not drift"


def test_a_drift_that_ends_is_told_in_the_past() -> None:
    """One bad week among good ones is dated from and to."""
    rng = np.random.default_rng(0)
    values = 4 + rng.integers(-1, 2, 100)
    values[40:60] -= 2
    ratings = dated([[int(value)] for value in values], 20)

    drift = reviewer_drift(ratings, gold_of([4] * 100), QUALITY, weight=1.0)

    assert (
        drift.finding
        == "r0 drifted down from the week of 21 September to the week of 21 September and came back"
    )


def test_the_rate_alarms_where_there_is_no_bias() -> None:
    """On a nominal scale the within-tolerance rate has limits and the note says why no bias has."""
    scale = Scale("safety", ("ok", "bad"), "nominal")
    values = [["ok"]] * 40 + [["bad"]] * 20
    ratings = dated(values, 20, "safety")

    drift = reviewer_drift(ratings, gold_of(["ok"] * 60, "safety"), scale)

    assert drift.rows["within_alarm"].tolist() == ["", "", "below"]
    assert drift.rows["bias"].isna().all()
    assert "not the bias" in drift.rows["note"].iloc[-1]


def test_few_tasks_never_alarm() -> None:
    """A week of two tasks and a baseline of six say why they cannot alarm."""
    thin = reviewer_drift(dated([[3]] * 40 + [[1]] * 2, 20), gold_of([3] * 42), QUALITY)
    short = reviewer_drift(dated([[3]] * 6 + [[1]] * 9, 3), gold_of([3] * 15), QUALITY)

    assert alarms(thin) == alarms(short) == {}
    assert "too few for an alarm" in thin.rows["note"].iloc[-1]
    assert "The baseline has 6 tasks" in short.rows["note"].iloc[-1]
    assert short.finding == "Too few tasks over time to tell whether anybody drifts"


def test_limits_have_the_width_of_the_true_error() -> None:
    """Over many steady series the running line leaves its limits as often as they say."""
    rng = np.random.default_rng(1)
    n = np.array([10.0, 14.0, 6.0, 12.0, 20.0])
    outside = np.zeros(5)
    for _ in range(4000):
        means = 0.7 + rng.normal(0, 0.5 / np.sqrt(n))
        limits = ewma_limits(means, n, sigma=0.5, df=10**6, baseline=2, weight=0.3, width=2.0)
        outside += (limits.line < limits.low) | (limits.line > limits.high)

    assert outside / 4000 == pytest.approx([0.0455] * 5, abs=0.012)


def test_limits_of_a_rate_widen_with_less_evidence() -> None:
    """Fewer ratings, a shorter baseline and clustered ratings each widen the limits."""
    n = np.array([100.0, 100.0, 100.0, 20.0])

    plain = rate_limits(0.9 * n, n, baseline=2, design_effect=1.0, width=3.0)
    short = rate_limits(0.9 * n, n, baseline=1, design_effect=1.0, width=3.0)
    clustered = rate_limits(0.9 * n, n, baseline=2, design_effect=3.0, width=3.0)

    assert plain.low[3] < plain.low[2] < 0.9
    assert short.low[2] < plain.low[2]
    assert clustered.low[2] < plain.low[2]


def test_a_perfect_baseline_does_not_alarm_at_one_miss() -> None:
    """40 of 40 leave room for a miss: the limits are a prediction, not the centre itself."""
    n = np.full(4, 20.0)

    limits = rate_limits(np.array([20.0, 20, 19, 8]), n, baseline=2, design_effect=1.0, width=3.0)

    assert limits.line[2] > limits.low[2]
    assert limits.line[3] < limits.low[3]


def test_without_gold_the_others_are_the_yardstick() -> None:
    """A shift of one reviewer is measured on the same tasks, free of severity and difficulty."""
    rng = np.random.default_rng(2)
    levels = rng.integers(2, 5, 200)
    ratings = ratings_of([[int(t), int(t), int(t) - 1, int(t) + 1] for t in levels])
    ratings = ratings[rng.random(len(ratings)) < 0.8]

    rows = compare_with_others(ratings, Scale("quality", (1, 2, 3, 4, 5))).rows

    bias = rows.groupby("reviewer")["deviation"].mean()
    assert bias.to_numpy() == pytest.approx([0, 0, -1, 1], abs=0.05)
    assert rows.groupby("reviewer")["deviation"].std().max() < 1e-6


def test_what_happened_is_marked() -> None:
    """Given marks and the first use of a new rubric version stand in order; no warning of mixing."""
    ratings = dated([[3, 4]] * 40, 10).assign(rubric="edit", rubric_version="1.0.0")
    ratings.loc[ratings["submitted_at"] >= MONDAY + pd.Timedelta(days=14), "rubric_version"] = "1.1.0"
    round_at = pd.Timestamp("2026-09-10")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drift = reviewer_drift(ratings, gold_of([3] * 40), QUALITY, marks=[(round_at, "round 2")])

    assert [mark.label for mark in drift.marks] == ["round 2", "rubric 1.1.0"]
    assert drift.marks[1].when == MONDAY + pd.Timedelta(days=14)


def test_rows_of_single_criteria_come_on_request() -> None:
    """By criterion, each has its own rows beside those of all together."""
    world = simulated(3, n_tasks=60, reviewers=("drifting", "good"))

    drift = reviewer_drift(world.ratings, world.gold, world.scales, by_criterion=True)

    assert list(drift.rows["criterion"].unique()) == ["(all)", *(scale.id for scale in world.scales)]
    assert set(drift.pooled["criterion"]) == {"(all)"}


def test_a_task_belongs_to_the_period_in_which_it_was_begun() -> None:
    """Weeks begin on Monday in UTC; groups of n tasks are named by their first."""
    when = pd.to_datetime(["2026-09-13T23:59Z", "2026-09-14T00:01Z", "2026-09-16T08:00Z"])
    rows = pd.DataFrame({"task": ["a", "a", "b"], "reviewer": "ana", "submitted_at": when})

    weeks, _ = with_periods(rows, "W")
    pairs, _ = with_periods(rows, 2)

    assert weeks["period"].dt.strftime("%d").tolist() == ["07", "07", "14"]
    assert pairs["period"].tolist() == [when[0]] * 3
    assert period_name(weeks["period"].iloc[2], "W") == "the week of 14 September"
    assert period_name(when[2], 2) == "16 September"


@pytest.mark.parametrize(
    ("ratings", "finding"),
    [
        (dated([[3]], 1)[:0], "No rating can be set beside gold over time yet"),
        (dated([[3]], 1), "Too few tasks over time to tell whether anybody drifts"),
    ],
    ids=["no rows", "one task"],
)
def test_thin_evidence_is_a_sentence(ratings: pd.DataFrame, finding: str) -> None:
    """Nothing and next to nothing answer in words."""
    drift = reviewer_drift(ratings, gold_of([3]), QUALITY)

    assert drift.finding == finding
    assert finding in str(drift)
    assert drift._repr_html_().startswith("<table")


def test_one_reviewer_without_gold_has_no_yardstick() -> None:
    """Nobody else rated: a sentence, and the ratings are counted as left out."""
    drift = reviewer_drift(dated([[3]] * 20, 5), None, QUALITY)

    assert drift.finding == "No rating can be set beside other reviewers of the same task over time yet"
    assert "20 ratings of a task that nobody else rated" in str(drift)


def test_ratings_without_a_time_are_left_out_and_said() -> None:
    """A missing time is counted, not guessed."""
    ratings = dated([[3]] * 30, 10)
    ratings.loc[5, "submitted_at"] = pd.NaT

    drift = reviewer_drift(ratings, gold_of([3] * 30), QUALITY)

    assert drift.rows["n"].sum() == 29
    assert "1 rating without a time" in str(drift)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"period": "X"}, "period: expected one of D, W, M, Q"),
        ({"period": 0}, "a number of tasks, got 0"),
        ({"baseline": 0}, "baseline: expected 1 period or more"),
        ({"weight": 0.0}, "weight: expected more than 0"),
        ({"against": "peers"}, "expected 'gold' or 'others'"),
    ],
)
def test_options_without_sense_are_refused(options: dict[str, object], message: str) -> None:
    """Each says what is allowed."""
    with pytest.raises(RatingsError, match=message):
        reviewer_drift(dated([[3]] * 20, 5), gold_of([3] * 20), QUALITY, **options)  # type: ignore[arg-type]


def test_time_is_needed() -> None:
    """Without submitted_at there is no drift to see, and the error names the column."""
    with pytest.raises(RatingsError, match="missing submitted_at"):
        reviewer_drift(ratings_of([[3]]), gold_of([3]), QUALITY)
