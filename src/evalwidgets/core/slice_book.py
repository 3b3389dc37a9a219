"""Named, versioned queries over the tasks: a slice is saved as an event, and each saving is a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from evalwidgets.core.event import Deed
from evalwidgets.core.review import CleanText
from evalwidgets.core.value import Name, Sentence, Slug, Value
from evalwidgets.errors import UnknownName


class Slice(Value):
    """Which tasks to look at: ready-made questions, a query of pandas, or both."""

    presets: tuple[Name, ...] = ()
    """Ready-made slices, all of which must hold; see `analysis.explore`."""
    query: Annotated[CleanText, Field(max_length=2_000)] = ""
    """In the language of `DataFrame.query`, over the explorer's columns."""
    sort: Annotated[CleanText, Field(max_length=200)] = ""
    """A column; with a minus before it the largest come first."""


class Saved(Deed):
    """A slice was given a name, or a new version under its old one."""

    kind: Literal["saved"] = "saved"
    name: Slug
    title: Sentence
    slice: Slice


SliceEvent = Saved

_ANY: TypeAdapter[SliceEvent] = TypeAdapter(SliceEvent)


@dataclass(frozen=True)
class SliceBook:
    """The saved slices of a campaign.

    Parameters
    ----------
    log : tuple of Saved
        All that was saved, in order.
    versions : mapping of str to tuple of Saved
        Name to its versions, oldest first; version 1 is the first.
    """

    log: tuple[SliceEvent, ...] = ()
    versions: Mapping[str, tuple[Saved, ...]] = field(default_factory=dict)

    def of(self, name: str, version: int | None = None) -> Saved:
        """Return a saved slice by name, the newest or the one of a version from 1.

        Raises
        ------
        UnknownName
            If there is no slice of this name or version.
        """
        known = self.versions.get(name)
        if known is None:
            raise UnknownName("slice", name, self.versions)
        place = len(known) if version is None else version
        if not 1 <= place <= len(known):
            raise UnknownName("version", version, range(1, len(known) + 1), f"slice {name}")
        return known[place - 1]

    def after(self, event: SliceEvent) -> SliceBook:
        """Return the book after one more saving."""
        known = self.versions.get(event.name, ())
        return SliceBook((*self.log, event), {**self.versions, event.name: (*known, event)})


def replay_slices(events: Iterable[SliceEvent]) -> SliceBook:
    """Return the slices that a log tells."""
    book = SliceBook()
    for event in events:
        book = book.after(event)
    return book


def slice_event_from_json(text: str) -> SliceEvent:
    """Return the event that a JSON text holds."""
    return _ANY.validate_json(text)
