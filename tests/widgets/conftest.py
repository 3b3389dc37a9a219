"""A panel and a page that shows it."""

from __future__ import annotations

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel

from .page import Page


@pytest.fixture
def panel(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> ReviewPanel:
    """Return ana's panel on six edit tasks and an empty store."""
    return ReviewPanel(edits, every, work_store, "ana")


@pytest.fixture
def page(panel: ReviewPanel) -> Page:
    """Return a page that shows ana's panel."""
    return Page(panel)
