"""Publishing a rubric in a campaign: the file first, then the log, then the gaps that it closes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from evalwidgets.core.gap_events import Closed
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_diff import diff
from evalwidgets.core.rubric_events import Published
from evalwidgets.core.rubric_release import publishing_problem
from evalwidgets.errors import RubricError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.rubric_writer import publish_rubric

__all__ = ["publish"]


def publish(
    store: ReviewStore,
    campaign: str,
    before: Rubric,
    after: Rubric,
    folder: str | os.PathLike[str],
    *,
    by: str,
    closes: Iterable[str] = (),
    quiz: Sequence[Gold] = (),
) -> Published:
    """Publish a version of a rubric: its file is written, its hash fixed, the campaign's log knows it.

    Parameters
    ----------
    store : ReviewStore
        Where the campaign is.
    campaign : str
        The campaign that uses the version from now on.
    before, after : Rubric
        The version in use, and the new one with its entry in the changelog.
    folder : path
        Where rubrics are.
    by : str
        Who publishes.
    closes : iterable of str
        Decided gaps whose decision the new version says.
    quiz : sequence of Gold
        New gold that shows what changed.

    Returns
    -------
    Published
        The event in the log. Whatever interrupts it, calling it again completes it and
        repeats nothing.

    Raises
    ------
    RubricError
        If the version cannot be published; nothing is written then.
    GapError
        If a gap is not in the register, not decided, or closed by another version.
    StoreError
        If the file cannot be written.
    """
    gaps = tuple(dict.fromkeys(closes))
    event = _published(before, after, by, gaps, quiz)
    known = _known(store, campaign, event)
    _check(store, campaign, event, known)
    publish_rubric(after, folder, before=before)
    store.remember_rubric(before)
    store.remember_rubric(after)
    if known is None:
        store.versions.log(campaign, event)
    for gap in gaps:
        if not _is_closed(store, campaign, gap, event):
            store.gaps.log(campaign, _closed(gap, event))
    return known or event


def _published(
    before: Rubric, after: Rubric, by: str, closes: tuple[str, ...], quiz: Sequence[Gold]
) -> Published:
    problem = publishing_problem(before, after)
    if problem:
        raise RubricError([problem])
    changed = diff(before, after)
    touched = dict.fromkeys(change.criterion for change in changed.changes if change.criterion)
    return Published(
        at=datetime.now(UTC),
        by=by,
        rubric=after.id,
        version=after.version,
        rubric_hash=after.hash,
        before_version=before.version,
        before_hash=before.hash,
        bump=changed.bump or "patch",
        changes=after.changelog[0].changes,
        criteria=tuple(touched),
        closes=closes,
        quiz=tuple(quiz),
    )


def _known(store: ReviewStore, campaign: str, event: Published) -> Published | None:
    """Return what the log says of this very version; None where it was not published."""
    versions = store.versions[campaign].versions.get(event.rubric, ())
    same = (one for one in versions if (one.version, one.rubric_hash) == (event.version, event.rubric_hash))
    return next(same, None)


def _check(store: ReviewStore, campaign: str, event: Published, known: Published | None) -> None:
    """Refuse now what a log would refuse later: a file cannot be taken back."""
    if known is None:
        store.versions[campaign].after(event)
    book = store.gaps[campaign]
    for gap in event.closes:
        if not _is_closed(store, campaign, gap, event):
            book = book.after(_closed(gap, event))


def _is_closed(store: ReviewStore, campaign: str, gap: str, event: Published) -> bool:
    known = store.gaps[campaign].gaps.get(gap)
    by = known.closed if known else None
    return by is not None and (by.version, by.rubric_hash) == (event.version, event.rubric_hash)


def _closed(gap: str, event: Published) -> Closed:
    return Closed(at=event.at, by=event.by, gap=gap, version=event.version, rubric_hash=event.rubric_hash)
