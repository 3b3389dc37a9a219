"""Mean squares of a complete table of ratings, and the F intervals published for them."""

from __future__ import annotations

from typing import NamedTuple

from scipy.special import fdtri

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import Interval


class MeanSquares(NamedTuple):
    """The mean squares of n tasks by k reviewers, everyone having rated everything."""

    n: int
    k: int
    tasks: float
    reviewers: float
    within: float
    """Within tasks: reviewers and error together."""
    error: float


def mean_squares(table: FloatArray) -> MeanSquares:
    """Return the mean squares of values, shape (tasks, reviewers), two of each at least."""
    n, k = table.shape
    by_task, by_reviewer, mean = table.mean(axis=1), table.mean(axis=0), table.mean()
    residual = table - by_task[:, None] - by_reviewer[None, :] + mean
    return MeanSquares(
        n=n,
        k=k,
        tasks=float(k * ((by_task - mean) ** 2).sum() / (n - 1)),
        reviewers=float(n * ((by_reviewer - mean) ** 2).sum() / (k - 1)),
        within=float(((table - by_task[:, None]) ** 2).sum() / (n * (k - 1))),
        error=float((residual**2).sum() / ((n - 1) * (k - 1))),
    )


def ratio_interval(ms: MeanSquares, *, one_way: bool, confidence_level: float) -> Interval:
    """Return the interval of ICC(1,1) or ICC(C,1), which are functions of one F ratio.

    Notes
    -----
    Source: Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428.
    """
    noise = ms.within if one_way else ms.error
    df = ms.n * (ms.k - 1) if one_way else (ms.n - 1) * (ms.k - 1)
    p = 0.5 + confidence_level / 2
    f = ms.tasks / noise
    low, high = f / fdtri(ms.n - 1, df, p), f * fdtri(df, ms.n - 1, p)
    return Interval(float((low - 1) / (low + ms.k - 1)), float((high - 1) / (high + ms.k - 1)))


def agreement_interval(ms: MeanSquares, *, confidence_level: float) -> Interval:
    """Return the interval of ICC(A,1), whose noise has Satterthwaite's degrees of freedom.

    Notes
    -----
    Source: Shrout & Fleiss (1979); McGraw & Wong (1996), Psychological Methods 1, 30-46.
    """
    n, k = ms.n, ms.k
    # k times ICC(A,1) over n times its complement, written so that ICC = 1 divides nothing by 0.
    odds = k * (ms.tasks - ms.error) / (k * (ms.reviewers - ms.error) + n * k * ms.error)
    from_reviewers, from_error = odds * ms.reviewers, (1 + odds * (n - 1)) * ms.error
    df = (from_reviewers + from_error) ** 2 / (
        from_reviewers**2 / (k - 1) + from_error**2 / ((n - 1) * (k - 1))
    )
    p = 0.5 + confidence_level / 2
    lower, upper = fdtri(n - 1, df, p), fdtri(df, n - 1, p)
    noise = k * ms.reviewers + (k * n - k - n) * ms.error
    low = n * (ms.tasks - lower * ms.error) / (lower * noise + n * ms.tasks)
    high = n * (upper * ms.tasks - ms.error) / (noise + n * upper * ms.tasks)
    return Interval(float(low), float(high))


def of_the_mean(one: float, k: int) -> float:
    """Return the reliability of the mean of k from that of one (Spearman-Brown)."""
    return k * one / (1 + (k - 1) * one)
