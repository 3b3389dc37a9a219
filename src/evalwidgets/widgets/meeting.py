"""A round in the lead's hands: what may be done now, done through the log, and what it shows then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from evalwidgets.analysis.causes.hit_rate import CauseHits, cause_hits
from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.analysis.meeting.room import Room, room
from evalwidgets.analysis.meeting.tally import Tally, tally
from evalwidgets.analysis.reports.minutes import Minutes, minutes
from evalwidgets.core import round_events as events
from evalwidgets.core.cause import CAUSES
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.round import Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import case_view
from evalwidgets.widgets.findings import Findings, find, gold_before

_SIDE = 5.6  # inches of a tally beside the pictures


class Meeting:
    """One calibration round: its log, its findings and the case that lies on the table.

    Parameters
    ----------
    store : ReviewStore
        Where the round is.
    tasks : TaskSet
        All tasks of the campaign, with their pictures.
    gold : mapping of task to Gold
        As read from its file; changes that earlier rounds decided are applied here.
    campaign, name : str
        Which round.
    lead : str
        Who acts; written beside everything that is logged.

    Raises
    ------
    UnknownName
        If there is no such round, or its rubric is not in the store.
    """

    def __init__(
        self,
        store: ReviewStore,
        tasks: TaskSet,
        gold: Mapping[str, Gold],
        *,
        campaign: str,
        name: str,
        lead: str,
    ) -> None:
        self._store, self._lead = store, lead
        self._place = (campaign, name)
        self.state = store.rounds[self._place]
        self.rubric = _rubric_of(self.round, store)
        self.tasks = TaskSet([tasks[task] for task in self.round.tasks], tasks.folder)
        self.gold = gold_before(store, campaign, name, gold, self.rubric)
        self._found: Findings | None = None
        self._criterion: str | None = None

    # What there is ------------------------------------------------------------------

    @property
    def round(self) -> Round:
        """The round as it was opened."""
        return self.state.round

    @property
    def found(self) -> Findings:
        """What the blind answers say.

        Raises
        ------
        RoundError
            As long as the phase is blind: nobody, the lead included, sees answers then.
        """
        if self.state.phase == "blind":
            msg = f"Round {self.round.name!r} is still blind: close the blind phase first, then compare."
            raise RoundError(msg)
        if self._found is None:
            self._found = find(self.state, self._store, self.tasks, self.gold, self.rubric)
        return self._found

    @property
    def order(self) -> list[str]:
        """The tasks as the meeting goes through them: the agenda first."""
        return case_view.order_of(self.state, self.found)

    @property
    def task(self) -> str:
        """The task that lies on the table; the first of the agenda before any was opened."""
        return self.state.task or self.order[0]

    @property
    def criterion(self) -> str:
        """The criterion that is looked at: the one chosen, else the one that divides most."""
        divided = self.found.spread.table.loc[self.task].dropna() if self._is_compared(self.task) else None
        if divided is None or divided.empty:
            return self._criterion or self.rubric.criteria[0].id
        if self._criterion in divided.index:
            return str(self._criterion)
        return str(divided.idxmax())

    def room(self) -> Room:
        """Return who has submitted how much, without any answer."""
        return room(self._store.rounds.progress(*self._place))

    def tally(self) -> Tally:
        """Return the tally of the case, gold with it once it is revealed."""
        return self._tally(self.task, self.criterion)

    def chart(self, theme: ThemeName) -> Chart:
        """Return the tally of the case as drawn beside the pictures."""
        return dot_tally(self.tally(), width=_SIDE, theme=theme)

    def reviews(self) -> list[Review]:
        """Return the standing reviews of the task on the table."""
        stored = self._store.reviews(*self._place, task=self.task, rubric=self.round.rubric)
        return [review for review in stored if review.state == "submitted"]

    def minutes(self) -> Minutes:
        """Return the minutes as they stand."""
        charts = {
            (task, criterion): dot_tally(self._tally(task, criterion))
            for task in self.state.discussed
            for criterion in self._settled(task)
        }
        return minutes(
            self.state,
            ratings=self._ratings(),
            rubric=self.rubric,
            gold=self.gold,
            tasks=self.tasks,
            progress=self._store.rounds.progress(*self._place),
            agenda=self.found.agenda,
            headline=self.found.headline,
            hits=self._hits(),
            charts=charts,
        )

    # What the lead does -------------------------------------------------------------

    def look(self) -> None:
        """Read the log anew: another board may have gone on."""
        self.state = self._store.rounds[self._place]

    def close(self) -> None:
        """Close the blind phase, for good."""
        self._log(events.Closed)

    def open_task(self, task: str) -> None:
        """Turn to a task."""
        if task != self.state.task:
            self._criterion = None
            self._log(events.TaskOpened, task=task)

    def turn(self, by: int) -> None:
        """Turn to the task that many places further in the order of the meeting."""
        order = self.order
        place = order.index(self.task) + by
        if 0 <= place < len(order):
            self.open_task(order[place])

    def choose(self, criterion: str) -> None:
        """Look at a criterion of the task on the table."""
        self._criterion = self.rubric.criterion(criterion).id

    def vote(self) -> None:
        """Open a re-vote on the case, or close the one that is open."""
        if self.state.vote:
            self._log(events.VoteClosed)
        else:
            self._log(events.VoteOpened, task=self.task, criterion=self.criterion)

    def reveal(self) -> None:
        """Reveal gold of the task on the table."""
        self._log(events.GoldRevealed, task=self.task)

    def confirm(self, cause: str) -> None:
        """Confirm why reviewers disagree on the case, or say what it is instead."""
        if cause not in CAUSES:
            raise UnknownName("cause", cause, CAUSES)
        suggested = case_view.suggested_cause(self.found, self.task, self.criterion)
        self._log(
            events.CauseConfirmed,
            task=self.task,
            criterion=self.criterion,
            cause=cause,
            suggested=suggested,
        )

    def decide(
        self, what: str, reason: str, accepted: Sequence[Any] = (), reviewer: str | None = None
    ) -> None:
        """Settle the case: gold stands or changes, the rubric has a gap, a reviewer gets a refresher.

        Parameters
        ----------
        what : {"keep", "gold", "gap", "refresher"}
            What the meeting does about the case.
        reason : str
            Why, in a few words.
        accepted : sequence
            For "gold": the values of the criterion that count as right from now on.
        reviewer : str or None
            For "refresher": who gets it.

        Raises
        ------
        RoundError
            If the reason, the values or gold itself are missing.
        """
        values = case_view.accepted_values(accepted, self.rubric, self.criterion)
        if not reason.strip():
            msg = "A decision needs its reason in a few words; it is what the minutes and the next lead read."
            raise RoundError(msg)
        if what == "gold" and not values:
            msg = "Pick at least one level that is accepted from now on."
            raise RoundError(msg)
        self._log(
            events.Decided,
            what=what,
            task=self.task,
            criterion=self.criterion,
            reason=reason.strip(),
            accepted=values,
            reviewer=reviewer or None,
        )

    def remark(self, text: str, is_open: bool = False) -> None:
        """Note something about the task on the table for the minutes."""
        if text.strip():
            self._log(events.Noted, text=text.strip(), task=self.state.task, is_open=is_open)

    def attend(self, reviewers: Sequence[str]) -> None:
        """Note who is at the meeting."""
        self._log(events.Attended, reviewers=tuple(reviewers))

    def conclude(self) -> None:
        """End the meeting; its minutes stand then."""
        self._log(events.Concluded)

    # Inner workings -----------------------------------------------------------------

    def _log(self, event: Any, **facts: Any) -> None:
        happened = event(by=self._lead, at=datetime.now(UTC), **facts)
        self.state = self._store.rounds.log(*self._place, happened)

    def _ratings(self, task: str | None = None) -> pd.DataFrame:
        """Return every revision: first answers, and what was voted again."""
        return self._store.ratings(*self._place, task=task, rubric=self.round.rubric, current=False)

    def _tally(self, task: str, criterion: str) -> Tally:
        return tally(
            self._ratings(task),
            self.rubric,
            task,
            criterion,
            gold=self.found.gold if task in self.state.revealed else None,
            tags=self.tasks[task].tags,
            revote=None if self._was_voted(task, criterion) else False,
        )

    def _hits(self) -> CauseHits | None:
        """Return how often our suggestions were right, by what the lead confirmed so far."""
        confirmed = [(task, criterion, one.cause) for (task, criterion), one in self.state.causes.items()]
        if not confirmed:
            return None
        return cause_hits(self.found.causes, pd.DataFrame(confirmed, columns=["task", "criterion", "cause"]))

    def _was_voted(self, task: str, criterion: str) -> bool:
        """Whether there was a re-vote on a case: its revisions repeat the other criteria unchanged."""
        return any((vote.task, vote.criterion) == (task, criterion) for vote in self.state.votes)

    def _settled(self, task: str) -> list[str]:
        """Return the criteria of a task that the meeting did something about, in the rubric's order."""
        touched = {
            *(vote.criterion for vote in self.state.votes if vote.task == task),
            *(criterion for one, criterion in self.state.causes if one == task),
            *(decision.criterion for decision in self.state.decisions if decision.task == task),
        }
        return [one.id for one in self.rubric.all if one.id in touched]

    def _is_compared(self, task: str) -> bool:
        return task in self.found.spread.table.index


def _rubric_of(round_: Round, store: ReviewStore) -> Rubric:
    known = store.rubrics()
    if round_.rubric_hash not in known:
        names = [f"{one.id} {one.version}" for one in known.values()]
        raise UnknownName("rubric", f"{round_.rubric} {round_.rubric_version}", names, "the store")
    return known[round_.rubric_hash]
