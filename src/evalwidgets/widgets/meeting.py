"""A round in the lead's hands: what may be done now, done through the log, and the case on the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from evalwidgets.analysis.meeting.room import Room, room
from evalwidgets.analysis.meeting.tally import Tally
from evalwidgets.core import round_events as events
from evalwidgets.core.cause import CAUSES
from evalwidgets.core.gold import Gold
from evalwidgets.core.round import Round
from evalwidgets.core.round_events import RoundEvent
from evalwidgets.core.round_state import RoundState
from evalwidgets.errors import RoundError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.findings import Findings, gold_before, rubric_of
from evalwidgets.widgets.round_answers import RoundAnswers
from evalwidgets.widgets.settling import decided, made


class Meeting:
    """One calibration round: its log, its answers and the case that lies on the table.

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
        If there is no such round, one of its tasks is not among `tasks`, or its rubric is
        not in the store.
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
        self.answers = RoundAnswers(
            store,
            TaskSet([tasks[task] for task in self.round.tasks], tasks.folder),
            gold_before(store, campaign, name, gold),
            rubric_of(self.round, store),
        )
        self._task: str | None = None  # of a round that is concluded: looking again is not logged
        self._criterion: str | None = None

    # What there is ------------------------------------------------------------------

    @property
    def round(self) -> Round:
        """The round as it was opened."""
        return self.state.round

    @property
    def found(self) -> Findings:
        """What the blind answers say; a RoundError as long as the phase is blind."""
        return self.answers.found(self.state)

    @property
    def order(self) -> list[str]:
        """The tasks as the meeting goes through them: the agenda first."""
        agenda = self.found.agenda.tasks
        return [*agenda, *(task for task in self.round.tasks if task not in agenda)]

    @property
    def task(self) -> str:
        """The task that lies on the table; the first of the agenda before any was opened."""
        return self._task or self.state.task or self.order[0]

    @property
    def criterion(self) -> str:
        """The criterion that is looked at: the one chosen, else the agenda's, else the most divided.

        Raises
        ------
        RoundError
            If the rubric has no criterion with declared answers.
        """
        if self._criterion is not None:
            return self._criterion
        agenda = self.found.agenda
        topics = [one.criterion for one in (*agenda.topics, *agenda.rest) if one.task == self.task]
        asked = (*self.round.criteria, *(one.id for one in self.answers.rubric.all))
        for name in (*topics, *self.found.compared(self.task), *asked):
            if self.found.has_levels(name):
                return name
        msg = (
            f"Rubric {self.round.rubric!r} asks nothing with declared answers, so there is no tally to show."
        )
        raise RoundError(msg)

    def room(self) -> Room:
        """Return who has submitted how much, without any answer."""
        return room(self._store.rounds.progress(*self._place))

    def tally(self) -> Tally:
        """Return the tally of the case, gold with it once it is revealed."""
        return self.answers.tally(self.state, self.task, self.criterion)

    # What the lead does -------------------------------------------------------------

    def look(self) -> None:
        """Read the log anew: another board may have gone on."""
        self._stand(self._store.rounds[self._place])

    def close(self) -> None:
        """Close the blind phase, for good."""
        self._log(events.Closed)

    def open_task(self, task: str) -> None:
        """Turn to a task; in a round that is concluded, without a word in its log."""
        if self.state.phase == "concluded":
            self._criterion = self._criterion if task == self.task else None
            self._task = self.answers.tasks[task].id
        elif task != self.state.task:
            self._log(events.TaskOpened, task=task)

    def turn(self, by: int) -> None:
        """Turn to the task that many places further in the order of the meeting."""
        order = self.order
        place = order.index(self.task) + by
        if 0 <= place < len(order):
            self.open_task(order[place])

    def choose(self, criterion: str) -> None:
        """Look at a criterion of the task on the table.

        Raises
        ------
        RoundError
            If it declares no answers, so that no dots can be laid out.
        """
        if not self.found.has_levels(criterion):
            label = self.answers.rubric.criterion(criterion).label
            answers = self.found.spread.answers
            given = answers[criterion].dropna().to_dict() if criterion in answers else {}
            said = given.get(self.task, "none")
            msg = f"{label} has no levels to lay answers out on. The answers to {self.task}: {said}."
            raise RoundError(msg)
        self._criterion = criterion

    def next_criterion(self) -> None:
        """Look at the next criterion that reviewers have in common, after the last the first."""
        names = list(self.found.compared(self.task))
        if names:
            place = names.index(self.criterion) if self.criterion in names else -1
            self._criterion = names[(place + 1) % len(names)]

    def open_vote(self) -> None:
        """Ask reviewers to vote again on the case, in silence."""
        self._log(events.VoteOpened, task=self.task, criterion=self.criterion)

    def close_vote(self) -> None:
        """End the re-vote that is open."""
        self._log(events.VoteClosed)

    def reveal(self) -> None:
        """Reveal gold of the task on the table."""
        self._log(events.GoldRevealed, task=self.task)

    def confirm(self, cause: str) -> None:
        """Confirm why reviewers disagree on the case, or say what it is instead."""
        if cause not in CAUSES:
            raise UnknownName("cause", cause, CAUSES)
        revealed = self.task in self.state.revealed
        suggested = self.found.suggested(self.task, self.criterion, revealed=revealed)
        self._log(
            events.CauseConfirmed,
            task=self.task,
            criterion=self.criterion,
            cause=cause,
            suggested=suggested[0] if suggested else None,
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
        EvalWidgetsError
            If something is missing or does not exist (see `settling.decided`), or gold is
            to be changed before it was revealed. Nothing is logged then.
        """
        decision = decided(
            self.state,
            self.answers.gold,
            self.answers.rubric,
            task=self.task,
            criterion=self.criterion,
            what=what,
            reason=reason,
            accepted=accepted,
            reviewer=reviewer,
            by=self._lead,
            at=datetime.now(UTC),
        )
        self._add(decision)

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
        self._add(made(event, by=self._lead, at=datetime.now(UTC), **facts))

    def _add(self, event: RoundEvent) -> None:
        self._stand(self._store.rounds.log(*self._place, event))

    def _stand(self, state: RoundState) -> None:
        """Go on from a state; whoever turned to another task, its own criterion comes first."""
        if state.task != self.state.task:
            self._criterion = None
        self.state = state
