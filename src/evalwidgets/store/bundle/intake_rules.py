"""Whether what comes back still belongs to the work that it was sent for: pure rules, without a store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evalwidgets.core.review import Review
from evalwidgets.store.bundle.merge_report import OddKind
from evalwidgets.store.bundle.waybill import Waybill

_ANEW = "Write the reviewer a new bundle."
_TAKE = "Write the reviewer a new bundle, or merge with stale='take'."
_APART = "Keep the two apart in figures."


class Finding(NamedTuple):
    """Something odd about a review or a whole bundle."""

    kind: OddKind
    what: str
    do: str
    held: bool = True
    """Whether it keeps the review, or all of the bundle, out of the store."""


def of_rubric(waybill: Waybill, *, known: bool, wanted: str, newer: str, take: bool) -> Finding | None:
    """Return what is odd about the rubric of a bundle.

    Parameters
    ----------
    waybill : Waybill
        Names the rubric by which the reviewer judged.
    known : bool
        Whether the store has it.
    wanted : str
        The hash of the rubric of the opened round; empty without one.
    newer : str
        The latest version that the campaign published since; empty without one.
    take : bool
        Whether what is stale is stored all the same.
    """
    named = f"judged by rubric {waybill.rubric} {waybill.rubric_version} ({waybill.rubric_hash[:8]})"
    if not known:
        do = "Merge into the store that it was written from, or give rubric=."
        return Finding("stale rubric", f"{named}, which this store does not know; nothing was stored", do)
    if wanted not in ("", waybill.rubric_hash):
        what = f"{named}, and the round has another one ({wanted[:8]})"
        if take:
            return Finding("stale rubric", f"{what}; stored as such", _APART, held=False)
        return Finding("stale rubric", f"{what}; nothing was stored", _TAKE)
    if newer:
        what = f"{named}; {newer} has been published since; stored as such"
        return Finding("stale rubric", what, _APART, held=False)
    return None


def of_review(
    review: Review, waybill: Waybill, sent: Mapping[str, str], now: Mapping[str, str] | None, *, take: bool
) -> Finding | None:
    """Return what is odd about a review, measured by what its reviewer was sent.

    Parameters
    ----------
    review : Review
        What came back.
    waybill : Waybill
        Of its bundle.
    sent, now : mapping of str to str
        Task to hash: as it was sent, and as it is now; None if nobody knows.
    take : bool
        Whether a review of a task that has changed is stored all the same.
    """
    if (review.campaign, review.round, review.reviewer) != waybill.place:
        what = f"answered by {review.reviewer!r} in round {review.round!r}, which it was not sent to"
        return Finding("other person", what, "Ask who answered; give each person their own bundle.")
    if (review.rubric, review.rubric_hash) != (waybill.rubric, waybill.rubric_hash):
        return Finding("stale rubric", "judged by another rubric than the one that was sent", _ANEW)
    if review.task not in sent:
        return Finding("unknown task", "was not in the bundle", "Ask the reviewer where it is from.")
    if review.task_hash != sent[review.task]:
        return Finding("changed task", "judged in another form than it was sent", _ANEW)
    if now is None or now.get(review.task) == review.task_hash:
        return None
    if review.task not in now:
        return Finding("unknown task", "is not in the manifest", "Merge with the manifest that it is in.")
    what = "the task has changed since the bundle was written"
    if take:
        return Finding("changed task", f"{what}; stored as it was judged", _APART, held=False)
    return Finding("changed task", what, _TAKE)


def differences(given: Review, stored: Review) -> list[str]:
    """Return the parts in which two reviews of one id differ, but for what a merge may number anew."""
    ours, theirs = given.content, stored.content
    return sorted(name for name in ours if name not in ("revision", "reason") and ours[name] != theirs[name])
