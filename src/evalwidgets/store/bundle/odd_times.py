"""What the clocks of a returned bundle say that cannot be; order is decided by revisions, never by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from evalwidgets.core.review import Review

PATIENCE = timedelta(minutes=5)
"""By how much two machines may differ before it is worth a word."""
_ROUNDING = 2.0  # seconds


def clock_oddities(review: Review, made_at: datetime, now: datetime) -> Iterator[str]:
    """Yield what is odd about the times of a review, in words.

    Parameters
    ----------
    review : Review
        What came back.
    made_at : datetime
        When the bundle was written, by the lead's clock.
    now : datetime
        When it is merged, by the lead's clock.
    """
    at = f"{review.submitted_at:%Y-%m-%d %H:%M} UTC"
    span = (review.submitted_at - review.shown_at).total_seconds()
    if span < 0:
        yield f"submitted {_long(-span)} before it was shown"
    elif review.seconds > span + _ROUNDING:
        yield f"{review.seconds:.0f} active seconds within {span:.0f}"
    if review.submitted_at > now + PATIENCE:
        yield f"submitted in the future ({at})"
    if review.submitted_at < made_at - PATIENCE:
        yield f"submitted ({at}) before the bundle was written"


def at_once(these: Iterable[Review], those: Iterable[Review]) -> list[tuple[Review, Review]]:
    """Return the pairs of reviews, one of each side, on which people were active at the same time."""
    spans = sorted(((_began(one), one) for one in those), key=lambda pair: pair[0])
    return [
        (one, other)
        for one in these
        for began, other in spans
        if began < one.submitted_at and _began(one) < other.submitted_at
    ]


def _began(review: Review) -> datetime:
    """Return when work on a review began at the latest: its active time before its submit."""
    return review.submitted_at - timedelta(seconds=min(review.seconds, 86_400))


def _long(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
