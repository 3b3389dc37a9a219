"""A calibration round: the lead, who works on the same store as the reviewers' panels, and what these do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from evalwidgets.core.review import Review
from evalwidgets.core.round import Round
from evalwidgets.core.round_events import Closed, Concluded, RoundEvent, TaskOpened, VoteClosed, VoteOpened
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_part import narrowed
from evalwidgets.store.reviews import ReviewStore

from .page import Page

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE = ("spring", "r2")
OTHERS = ("ben-the-second", "cem-the-third")
TASK = "t01"
BY: dict[str, Any] = {"by": "lee-the-lead", "at": NOON}


Sit = Callable[..., Page]
"""Seats a reviewer, by default ana, at a new panel of the round."""


class Lead:
    """Opens a round of three tasks and logs what the meeting does."""

    def __init__(
        self, store: ReviewStore, rubric: Rubric, criteria: tuple[str, ...] = (), **more: Any
    ) -> None:
        part = narrowed(rubric, criteria)
        store.remember_rubric(part)
        self.store = store
        facts: dict[str, Any] = {
            "tasks": ("t00", "t01", "t03"),
            "reviewers": ("ana", *OTHERS),
            "criteria": criteria,
            "rubric": part.id,
            "rubric_version": part.version,
            "rubric_hash": part.hash,
        }
        campaign, name = PLACE
        store.rounds.open(
            Round(campaign=campaign, name=name, lead=BY["by"], opened_at=NOON, **{**facts, **more})
        )

    def close(self) -> None:
        """Close the blind phase."""
        self._log(Closed(**BY))

    def turn_to(self, task: str) -> None:
        """Turn to a task."""
        self._log(TaskOpened(task=task, **BY))

    def open_vote(self, task: str, criterion: str) -> None:
        """Ask for a re-vote."""
        self._log(VoteOpened(task=task, criterion=criterion, **BY))

    def close_vote(self) -> None:
        """End the re-vote."""
        self._log(VoteClosed(**BY))

    def conclude(self) -> None:
        """End the meeting."""
        self._log(Concluded(**BY))

    def _log(self, event: RoundEvent) -> None:
        self.store.rounds.log(*PLACE, event)


def finish(page: Page, **answers: Any) -> Page:
    """Answer and submit every task."""
    for _ in range(3):
        page.answer_all(**answers)
        page.submit()
    return page


def in_vote(page: Page, lead: Lead, criterion: str = "adherence", task: str = TASK) -> None:
    """Close the blind phase if need be, open a re-vote, and let the page hear of it."""
    if lead.store.rounds[PLACE].phase == "blind":
        lead.close()
    lead.open_vote(task, criterion)
    page.pulse()


def card(page: Page) -> dict[str, Any]:
    """Return the card that lies over the panel."""
    return page.panel._bar.card


def stored(lead: Lead, task: str = TASK, reviewer: str = "ana") -> list[Review]:
    """Return all revisions of a task, first to last."""
    return lead.store.reviews(*PLACE, reviewer, task=task, current=False)
