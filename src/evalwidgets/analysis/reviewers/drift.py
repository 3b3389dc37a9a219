"""Drift: whose ratings move away from where they began, which way, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import NormalDist
from typing import Any, Literal

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.compared import Compared, compare_with_gold
from evalwidgets.analysis.ratings import REQUIRED, require_columns
from evalwidgets.analysis.results import ResultTable, listed, none_of
from evalwidgets.analysis.reviewers.drift_series import (
    COLUMNS,
    MIN_SHIFT,
    MIN_TASKS,
    WEIGHT,
    WIDTH,
    DriftRules,
    drift_rows,
)
from evalwidgets.analysis.reviewers.peers import compare_with_others
from evalwidgets.analysis.reviewers.periods import (
    Mark,
    Period,
    check_period,
    period_name,
    version_marks,
    with_periods,
)
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.errors import RatingsError

Yardstick = Literal["gold", "others"]


@dataclass(frozen=True, eq=False, repr=False)
class DriftTable(ResultTable):
    """Bias and within-tolerance rate over time: one row per reviewer, criterion and period.

    Columns of `rows`:

    - `reviewer, criterion` (`ALL` for all together)`, label, period` (its start)`,
      n_tasks, n` (ratings)`, baseline` (whether it belongs to the centre line);
    - `bias`: mean signed deviation of the period's tasks, in levels; `centre`: that of
      the reviewer's own baseline; `ewma`: the running line, with its limits `low, high`;
    - `within`: share within tolerance, `p_centre` of the baseline, limits `p_low, p_high`;
    - `alarm`: "up", "down" or empty; `since`: the period in which the drift began;
      `within_alarm`: "below", "above" or empty;
    - `note`: why a number is missing or a row cannot alarm.
    """

    period: Period = "W"
    against: Yardstick = "gold"
    marks: tuple[Mark, ...] = field(default=())
    """What happened when: given ones, and changes of the rubric version."""

    @property
    def pooled(self) -> pd.DataFrame:
        """The rows over all criteria."""
        return self.rows[self.rows["criterion"] == ALL]

    @property
    def drifting(self) -> pd.DataFrame:
        """The last alarm of each reviewer over all criteria; `now`: no later period was steady."""
        judged = self.pooled[self.pooled["note"] == ""]
        latest = judged.groupby("reviewer")["period"].transform("max")
        judged = judged.assign(now=judged["period"] == latest)
        return judged[judged["alarm"] != ""].groupby("reviewer", sort=False).tail(1).reset_index(drop=True)

    @property
    def finding(self) -> str:
        """Who drifts, which way and since when."""
        pooled = self.pooled
        if pooled.empty:
            return f"No rating can be set beside {_YARDSTICKS[self.against]} over time yet"
        found = self.drifting
        people = pooled["reviewer"].nunique()
        if len(found):
            said = listed(self.in_words(row) for _, row in found.iterrows())
            others = people - len(found)
            return f"{said}; the other {others} are steady" if others > 1 else said
        judged = pooled[~pooled["baseline"] & (pooled["note"] == "")]
        if judged.empty:
            return "Too few tasks over time to tell whether anybody drifts"
        steady = judged["reviewer"].nunique()
        unsure = f"; of {people - steady} it cannot be told yet" if people > steady else ""
        return none_of(steady, "does not drift", "drift") + unsure

    def in_words(self, row: pd.Series) -> str:
        """Return a row of `drifting` as a clause."""
        since = period_name(row["since"], self.period)
        if row["now"]:
            return f"{row['reviewer']} drifts {row['alarm']} since {since}"
        until = period_name(row["period"], self.period)
        return f"{row['reviewer']} drifted {row['alarm']} from {since} to {until} and came back"

    def _shown(self) -> pd.DataFrame:
        columns = ["reviewer", "period", "n_tasks", "bias", "ewma", "low", "high", "within", "p_low"]
        shown = self.pooled[[*columns, "alarm", "note"]]
        return shown.assign(period=shown["period"].dt.date).round(2)


_NO_ROWS = pd.DataFrame(columns=COLUMNS).astype({"period": "datetime64[us, UTC]"})
_YARDSTICKS = {"gold": "gold", "others": "other reviewers of the same task"}


def reviewer_drift(
    ratings: pd.DataFrame,
    gold: pd.DataFrame | None,
    rubric: Any,
    *,
    period: Period = "W",
    against: Yardstick | None = None,
    by_criterion: bool = False,
    marks: Iterable[tuple[datetime, str]] = (),
    baseline: int = 2,
    min_tasks: int = MIN_TASKS,
    min_shift: float = MIN_SHIFT,
    weight: float = WEIGHT,
    width: float = WIDTH,
) -> DriftTable:
    """Return each reviewer's bias and within-tolerance rate over time, with control limits.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table with `submitted_at`; of several revisions the first counts.
    gold : DataFrame or None
        As in `gold_accuracy`; None where there is none.
    rubric : Rubric, Scale or list of Scale
        Bias needs ordered scales with numbers; the rate counts all.
    period : str or int
        "D", "W", "M", "Q", or a number of tasks of the reviewer.
    against : {"gold", "others"} or None
        What deviations are measured from: gold, or what the others said of the same task
        (see `compare_with_others`). None takes gold where there is any.
    by_criterion : bool
        Whether to add rows for each criterion.
    marks : iterable of (datetime, str)
        What happened when (a round, a break). Changes of the rubric version are added.
    baseline : int
        The centre line is each reviewer's own first periods, this many.
    min_tasks, min_shift, weight, width
        See the constants `MIN_TASKS`, `MIN_SHIFT`, `WEIGHT`, `WIDTH`.

    Raises
    ------
    RatingsError
        If `submitted_at` is missing or an option makes no sense.

    Notes
    -----
    Read `ewma` beside its limits: inside them a movement is what chance makes, outside it
    is not. Drift is a change from one's own beginning: a reviewer who was strict from the first
    day is strict (see `reviewer_severity`) and does not drift. An *alarm* asks that the
    running line leaves its limits, that this period's own mean lies `min_shift` or more
    from the centre, on the same side, and that there are enough tasks. *Since* is the
    first of the unbroken run of periods before the alarm that lie on that side by more
    than one standard error: an estimate, good to about a period.

    Tasks are the unit: criteria of one task hang together. It misleads when the tasks
    change (gold mostly high in one week and mixed in the next moves a reviewer who
    pulls to the middle), when the drift began within the baseline, and, against the
    others, when all drift together. See `ewma_limits` and `rate_limits`.
    """
    _check_options(baseline, weight, width)
    check_period(period)
    require_columns(ratings, (*REQUIRED, "submitted_at"), "ratings")
    against = against or ("gold" if gold is not None and len(gold) else "others")
    compared = _compared(ratings, gold, rubric, against)
    rows, untimed = with_periods(compared.rows, period)
    parts: list[tuple[Scale | None, pd.DataFrame]] = [(None, rows)]
    if by_criterion:
        parts += [(one, rows[rows["criterion"] == one.id]) for one in scales_of(rubric)[0]]
    rules = DriftRules(baseline, min_tasks, min_shift, weight, width)
    table = [drift_rows(part, scale, rules) for scale, part in parts if len(part)]
    given = [Mark(_in_utc(when), str(label)) for when, label in marks]
    return DriftTable(
        rows=pd.concat(table, ignore_index=True) if table else _NO_ROWS,
        left_out=(*compared.left_out, *untimed),
        confidence_level=2 * NormalDist().cdf(width) - 1,
        method=f"EWMA ({weight:g}) and p-chart, limits of {width:g} s.e. from the first {baseline} periods",
        period=period,
        against=against,
        marks=tuple(sorted([*given, *version_marks(ratings)])),
    )


def _check_options(baseline: int, weight: float, width: float) -> None:
    wrong = [
        f"{name}: expected {what}, got {value!r}"
        for name, what, value, fine in (
            ("baseline", "1 period or more", baseline, baseline >= 1),
            ("weight", "more than 0 and at most 1", weight, 0 < weight <= 1),
            ("width", "more than 0 standard errors", width, width > 0),
        )
        if not fine
    ]
    if wrong:
        raise RatingsError("; ".join(wrong) + ".")


def _compared(ratings: pd.DataFrame, gold: pd.DataFrame | None, rubric: Any, against: Yardstick) -> Compared:
    # Versions are what a chart over time is there to show: they are marked, not warned of.
    mixed = ratings.drop(columns="rubric_version", errors="ignore")
    if against == "others":
        return compare_with_others(mixed, rubric)
    if against != "gold":
        msg = f"against: expected 'gold' or 'others', got {against!r}."
        raise RatingsError(msg)
    if gold is None:
        msg = "against: 'gold' needs a gold table, got None. Pass gold, or against='others'."
        raise RatingsError(msg)
    return compare_with_gold(mixed, gold, rubric)


def _in_utc(when: datetime) -> pd.Timestamp:
    """Return a time in UTC; one without a zone is taken as UTC."""
    stamp = pd.Timestamp(when)
    return stamp.tz_localize("UTC") if stamp.tz is None else stamp.tz_convert("UTC")
