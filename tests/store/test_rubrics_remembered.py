"""Rubric versions are kept beside the reviews that were made with them."""

from __future__ import annotations

from evalwidgets.store.reviews import ReviewStore

from .samples import a_rubric


def test_a_rubric_is_remembered_once(store: ReviewStore, rubric) -> None:
    """Remembering is idempotent, and the rubric comes back equal under its hash."""
    for _ in range(3):
        store.remember_rubric(rubric)

    assert store.rubrics() == {rubric.hash: rubric}
    assert store.verify() == ()


def test_each_version_is_kept(store: ReviewStore, rubric) -> None:
    """Another version has another hash and does not replace the first."""
    change = {"date": "2026-04-01", "bump": "minor", "changes": ["Clearer words."], "version": "1.1.0"}
    other = a_rubric(version="1.1.0", changelog=[change])

    store.remember_rubric(rubric)
    store.remember_rubric(other)

    assert [kept.version for kept in store.rubrics().values()] == ["1.0.0", "1.1.0"]
