"""Saved slices: each saving is a version, and none is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evalwidgets.core.slice_book import Saved, Slice, SliceBook, replay_slices, slice_event_from_json
from evalwidgets.errors import UnknownName

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def saved(query: str, name: str = "shadows") -> Saved:
    """Return mia's saving of a query."""
    return Saved(by="mia", at=NOON, name=name, title="Shadows", slice=Slice(query=query))


def test_a_slice_has_all_its_versions() -> None:
    """The newest is taken unless another is named."""
    book = replay_slices([saved("spread > 1"), saved("spread > 2"), saved("n_flags > 0", "flagged")])

    assert book.of("shadows").slice.query == "spread > 2"
    assert book.of("shadows", 1).slice.query == "spread > 1"
    assert list(book.versions) == ["shadows", "flagged"]


def test_what_was_never_saved_is_an_unknown_name() -> None:
    """Name and version say what there is."""
    book = SliceBook().after(saved("spread > 1"))

    with pytest.raises(UnknownName, match="Did you mean 'shadows'"):
        book.of("shadow")
    with pytest.raises(UnknownName, match="No version '2' in slice shadows"):
        book.of("shadows", 2)


def test_an_event_comes_back_from_json() -> None:
    """What the store keeps is what was saved."""
    assert slice_event_from_json(saved("a == 1").model_dump_json()) == saved("a == 1")
