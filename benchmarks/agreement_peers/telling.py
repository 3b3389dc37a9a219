"""The figures as lines of a Markdown table, and the targets that they miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from agreement_peers.cases import Case, Way
from agreement_peers.measuring import Figures

_COUNTED_FROM = 100_000
_DENSE_TIMES = 20
# With ten million ratings: CPU seconds and MB.
_LARGE = 10_000_000
_LIMITS = {"alpha_nominal": (2.0, 500.0), "alpha_ordinal": (2.0, 500.0), "bootstrap": (5.0, float("inf"))}

HEAD = (
    "| number | way | CPU s | shaping | extra MB | times ours | values differ by |\n"
    "|---|---|---:|---:|---:|---:|---|"
)


class Row(NamedTuple):
    """One way of one case, beside ours."""

    n: int
    case: Case
    way: Way
    figures: Figures
    base: Figures

    @property
    def is_ours(self) -> bool:
        """Whether this is the way that the others are measured against."""
        return self.figures is self.base

    @property
    def times(self) -> float:
        """How many times longer than ours; nan without figures."""
        return self.figures.seconds / self.base.seconds

    @property
    def apart(self) -> float | None:
        """The largest difference to our values; None without both, inf where only one is a number."""
        ours, theirs = self.base.values, self.figures.values
        if ours is None or theirs is None:
            return None
        if ours.shape != theirs.shape or (np.isnan(ours) != np.isnan(theirs)).any():
            return float("inf")
        return float(np.nanmax(np.abs(ours - theirs), initial=0.0))


def line(row: Row) -> str:
    """Return one line of the table."""
    figures = row.figures
    head = f"| {row.case.name if row.is_ours else ''} | {row.way.name} |"
    if figures.failed:
        return f"{head} {figures.failed} | | | | |"
    shaping = _seconds(figures.shaping) if figures.shaping > 0.01 * figures.seconds else ""
    times = "" if row.is_ours else f"{row.times:.1f}"
    took = f"{_seconds(figures.seconds)} | {shaping} | {figures.megabytes:.0f}"
    return f"{head} {took} | {times} | {_apart(row)} |"


def _seconds(seconds: float) -> str:
    return f"{seconds:.4f}" if seconds < 0.1 else f"{seconds:.2f}"


def _apart(row: Row) -> str:
    if row.is_ours or row.apart is None:
        return ""
    return f"{row.apart:.0e}" + (f" ({row.case.why})" if row.case.why else "")


def missed(rows: Sequence[Row]) -> list[str]:
    """Return a sentence for each target that is missed and each value that differs."""
    return [sentence for row in rows for sentence in (_own(row) if row.is_ours else _beside(row))]


def _own(row: Row) -> Iterator[str]:
    where = f"{row.case.name}, {row.n:,} ratings"
    if row.figures.failed:
        yield f"{where}: ours has no figures, {row.figures.failed}"
    elif row.n == _LARGE and row.case.ours in _LIMITS and row.case.design == "ragged":
        seconds, megabytes = _LIMITS[row.case.ours]
        if row.figures.seconds > seconds or row.figures.megabytes > megabytes:
            took = f"{row.figures.seconds:.2f} s and {row.figures.megabytes:.0f} MB"
            yield f"{where}: ours takes {took}; the limit is {seconds:g} s and {megabytes:g} MB"


def _beside(row: Row) -> Iterator[str]:
    where = f"{row.case.name}, {row.n:,} ratings, {row.way.name}"
    if row.apart is not None and row.apart > row.case.differ_by:
        yield f"{where}: values differ by {row.apart:.1e}, more than {row.case.differ_by:g}"
    target = _DENSE_TIMES if row.way.dense else 1
    if _counts(row) and not row.way.less and row.times < target:
        yield f"{where}: {row.times:.1f} times ours, target {target}"


def faster(rows: Sequence[Row]) -> list[str]:
    """Return a sentence for each way that is faster than ours because it does less."""
    return [
        f"{row.case.name}, {row.n:,} ratings, {row.way.name}: {row.times:.1f} times ours; {row.way.less}"
        for row in rows
        if row.way.less and _counts(row) and row.times < 1
    ]


def _counts(row: Row) -> bool:
    return row.n >= _COUNTED_FROM and not row.figures.failed and not row.base.failed
