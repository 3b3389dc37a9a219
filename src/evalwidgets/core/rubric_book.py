"""The versions that a campaign published, read from the log; a published version never changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from evalwidgets.core.rubric_bump import numbers
from evalwidgets.core.rubric_events import Published, RubricEvent
from evalwidgets.errors import RubricError


@dataclass(frozen=True)
class RubricBook:
    """What was published when; `RubricBook()` is a book of rubrics that are as their files came.

    Parameters
    ----------
    log : tuple of Published
        All that was published, in order.
    versions : mapping of str to tuple of Published
        Rubric id to its published versions, oldest first. What was in use before the first
        of them stands in its `before_version`.
    """

    log: tuple[RubricEvent, ...] = ()
    versions: Mapping[str, tuple[Published, ...]] = field(default_factory=dict)

    def latest(self, rubric: str) -> Published | None:
        """Return the newest published version of a rubric; None when there is none."""
        known = self.versions.get(rubric, ())
        return known[-1] if known else None

    def since(self, rubric: str, version: str) -> tuple[Published, ...]:
        """Return what was published of a rubric after a version, oldest first."""
        return tuple(one for one in self.versions.get(rubric, ()) if numbers(one.version) > numbers(version))

    def news(self, rubric: str, version: str, used: Collection[str]) -> tuple[Published, ...]:
        """Return what is new in a version to somebody who has used older ones, oldest first.

        Parameters
        ----------
        rubric, version : str
            What they are about to use.
        used : collection of str
            The versions under which they have worked; nothing is new to a newcomer, nor to
            whom has used this version or a later one.
        """
        if not used:
            return ()
        last = max(used, key=numbers)
        return tuple(one for one in self.since(rubric, last) if numbers(one.version) <= numbers(version))

    def after(self, event: RubricEvent) -> RubricBook:
        """Return the book after one more event.

        Raises
        ------
        RubricError
            If the version was published already, or is not newer than the latest.
        """
        why = _refusal(self, event)
        if why:
            raise RubricError([why])
        known = self.versions.get(event.rubric, ())
        return RubricBook((*self.log, event), {**self.versions, event.rubric: (*known, event)})


def replay_rubrics(events: Iterable[RubricEvent]) -> RubricBook:
    """Return the book that a log tells.

    Raises
    ------
    RubricError
        If an event could not have happened where it stands.
    """
    book = RubricBook()
    for event in events:
        book = book.after(event)
    return book


def _refusal(book: RubricBook, event: Published) -> str:
    """Return why a version is not published now; empty if it is."""
    latest = book.latest(event.rubric)
    where = f"{event.rubric} {event.version}"
    floor = latest.version if latest else event.before_version
    if latest and event.before_hash != latest.rubric_hash:
        return (
            f"{where}: it was made from {event.before_version}, and {latest.version} was published "
            f"meanwhile by {latest.by}. Load that one and repeat your change."
        )
    if numbers(event.version) <= numbers(floor):
        return (
            f"{where}: {floor} is in use already, and a published version never changes. "
            "Give the change a higher version."
        )
    return ""
