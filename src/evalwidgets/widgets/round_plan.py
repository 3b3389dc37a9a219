"""The plan of a new round: what the lead has chosen so far, before it is opened for good."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from evalwidgets.analysis.meeting.proposal import Proposal, propose_tasks
from evalwidgets.core.gold import Gold
from evalwidgets.core.round import Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_part import narrowed
from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.identity import clean_reviewer

FEWEST, MOST = 2, 40
"""Tasks that a round may be planned with; 8 to 12 make an hour's meeting."""


@dataclass(frozen=True)
class RoundPlan:
    """What a lead has chosen for a round that is not open yet.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    name : str
        Of the round.
    reviewers : str
        Their names as typed, with commas or lines between them.
    deadline : str
        ISO date and time, or empty.
    criteria : tuple of str
        Criteria to calibrate; all when empty.
    n : int
        How many tasks.
    proposal : Proposal or None
        The tasks that were proposed for all this.
    refused : frozenset of str
        Tasks that were swapped out; they are not proposed again.
    """

    rubric: Rubric
    name: str = ""
    reviewers: str = ""
    deadline: str = ""
    criteria: tuple[str, ...] = ()
    n: int = 10
    proposal: Proposal | None = None
    refused: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The reviewers, each once."""
        typed = self.reviewers.replace("\n", ",").replace(";", ",").split(",")
        composed = (unicodedata.normalize("NFC", one.strip()) for one in typed)
        return tuple(dict.fromkeys(filter(None, composed)))

    @property
    def tasks(self) -> tuple[str, ...]:
        """The ids of the proposed tasks."""
        return self.proposal.ids if self.proposal else ()

    @property
    def part(self) -> Rubric:
        """The rubric as reviewers get it."""
        return narrowed(self.rubric, self.criteria)

    @property
    def problem(self) -> str:
        """What still stands in the way of opening the round; empty when nothing does."""
        if not self.name.strip():
            return "Give the round a name."
        if not self.names:
            return "Name the reviewers, with commas between them."
        if not self.tasks:
            return "No task is proposed; look at the warnings."
        try:
            clean_reviewer(self.name, "The name of the round")
            for name in self.names:
                clean_reviewer(name, "A reviewer's name")
            _moment(self.deadline)
        except EvalWidgetsError as error:
            return str(error)
        except (ValueError, OverflowError):
            return f"The deadline {self.deadline!r} is no date and time."
        return ""

    def proposed(self, tasks: list[Task], gold: Mapping[str, Gold], seen: set[str]) -> RoundPlan:
        """Return the plan with tasks proposed for what is chosen now."""
        left = [task for task in tasks if task.id not in self.refused]
        fresh = propose_tasks(left, gold, self.rubric, n=self.n, criteria=self.criteria, seen=seen)
        return replace(self, proposal=fresh)

    def swapped(self, task: str) -> RoundPlan:
        """Return the plan with one task replaced by the next best."""
        if self.proposal is None:
            return self
        return replace(self, proposal=self.proposal.swapped(task), refused=self.refused | {task})

    def round(self, campaign: str, lead: str) -> Round:
        """Return the round to open."""
        facts: dict[str, Any] = {
            "campaign": campaign,
            "name": clean_reviewer(self.name, "The name of the round"),
            "rubric": self.rubric.id,
            "rubric_version": self.rubric.version,
            "rubric_hash": self.part.hash,
            "criteria": self.criteria,
            "tasks": self.tasks,
            "reviewers": tuple(clean_reviewer(name, "A reviewer's name") for name in self.names),
            "lead": lead,
            "deadline": _moment(self.deadline),
            "opened_at": datetime.now(UTC),
        }
        return Round(**facts)


def _moment(typed: str) -> datetime | None:
    """Return a typed date and time; one without a zone is in the zone of this machine."""
    return datetime.fromisoformat(typed).astimezone(UTC) if typed.strip() else None
