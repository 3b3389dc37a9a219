"""A panel and a page that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_panel import RoundPanel

from .page import Page
from .rounds import PLACE, Lead, Sit, finish


@pytest.fixture
def panel(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> ReviewPanel:
    """Return ana's panel on six edit tasks and an empty store."""
    return ReviewPanel(edits, every, work_store, "ana")


@pytest.fixture
def page(panel: ReviewPanel) -> Page:
    """Return a page that shows ana's panel."""
    return Page(panel)


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody know who reviews."""
    for variable in ("EVALWIDGETS_REVIEWER", "JUPYTERHUB_USER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))


@pytest.fixture
def lead(every: Rubric, work_store: ReviewStore) -> Lead:
    """Return the lead, who has opened a round of three tasks for ana and two others."""
    return Lead(work_store, every)


@pytest.fixture
def sit(edits: TaskSet, lead: Lead) -> Sit:
    """Return what seats a reviewer, by default ana, at a new panel of the round."""
    return lambda name="ana": Page(RoundPanel(edits, lead.store, PLACE[1], name, campaign=PLACE[0]))


@pytest.fixture
def ana(sit: Sit) -> Page:
    """Return the page of ana, who has finished the blind phase."""
    return finish(sit())
