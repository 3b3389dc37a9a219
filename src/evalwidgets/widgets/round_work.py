"""A reviewer's work in a calibration round: blind, then whatever the meeting asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalwidgets.core.desk import Desk
from evalwidgets.core.review import Review
from evalwidgets.core.round import RE_VOTE
from evalwidgets.core.round_state import RoundState, Vote
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.vote import Part, part_in_vote, vote_key
from evalwidgets.errors import Conflict, EvalWidgetsError, RoundError, RoundRefusal, StoreError
from evalwidgets.store.identity import clean_reviewer
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import round_card
from evalwidgets.widgets.panel_work import PanelWork, one_at_a_time


class RoundWork(PanelWork):
    """Follows the log of a round and shows what it asks of one reviewer, and nothing of the others.

    Where the reviewer stands follows from the log and from their own reviews alone, so a
    panel that is opened anew in any phase comes up in the right place.
    """

    def __init__(self, tasks: TaskSet, rubric: Rubric, store: ReviewStore, **place: Any) -> None:
        super().__init__(tasks, rubric, store, **place)
        self._state = self._read()
        self._trouble = ""  # why the log could not be read last
        self._turned_away = ""
        self._shown: tuple[Any, str] = (None, "")

    @one_at_a_time
    def look(self) -> None:
        """Look at the log, and show what has changed; a store that cannot be read now is told."""
        self._trouble = ""
        try:
            self._state = self._read()
            if self._shown != (self._moment, ""):
                self._renew()
        except StoreError as error:
            self._trouble = str(error)
        if self._shown != (self._moment, self._trouble):
            self.refresh()

    @one_at_a_time
    def welcome(self, reviewer: str | None) -> None:
        """Take up a reviewer's work; who was named but not invited is told so, anybody else asked."""
        try:
            super().welcome(reviewer)
        except RoundError as error:
            self._turned_away = str(error) if reviewer else ""
            self.refresh(str(error))

    @one_at_a_time
    def show(self, task: str) -> None:
        """Show a task of the blind phase."""
        if self._state.phase != "blind":
            name = self._state.round.name
            msg = f"The blind phase of round {name!r} is over; the meeting decides what is shown."
            raise RoundError(msg)
        super().show(task)

    @one_at_a_time
    def submit(self, task: str | None = None) -> Review:
        """Submit a task's review, or the vote that is open; a vote that is over is refused."""
        desk = self._desk(task)
        if desk.focus:
            self._state = self._read()
            if self._state.vote is None or desk.key != vote_key(self._state, self.session.reviewer):
                msg = "The re-vote is over; your earlier answer stands."
                raise RoundRefusal(msg)
        return super().submit(task)

    @one_at_a_time
    def skip(self, reason: str, task: str | None = None) -> Review:
        """Skip a task of the blind phase, with a reason."""
        if self._desk(task).focus:
            msg = "A re-vote cannot be skipped: keep your answer, or change it."
            raise RoundError(msg)
        return super().skip(reason, task)

    @one_at_a_time
    def refresh(self, refused: str = "") -> None:
        """Show where the round and the session stand, and what was refused."""
        if self._kept is None and self._turned_away:
            self.view.bar.card = round_card.turned_away(self._turned_away)
            return
        if self._kept is not None and self._state.phase != "blind":
            self._follow_meeting()
        self._shown = (self._moment, self._trouble)
        super().refresh(refused or self._trouble)

    # What the browser reports ---------------------------------------------------------

    def _heed(self, content: Mapping[str, Any]) -> None:
        if content.get("type") == "pulse":
            self.look()
        else:
            super()._heed(content)

    def _tell(self, error: EvalWidgetsError) -> None:
        if isinstance(error, RoundRefusal):
            self._state = self._read()
        super()._tell(error)

    def _refuse(self, desk: Desk, error: EvalWidgetsError) -> None:
        if isinstance(error, RoundRefusal):
            self._state = self._read()
        if self._state.phase == "blind" or not isinstance(error, RoundRefusal | Conflict):
            super()._refuse(desk, error)
            return
        self._renew()
        if isinstance(error, Conflict):
            self.refresh("Your vote was stored from another window; it stands.")
            return
        self.view.bar.show_failed(str(error))
        self.refresh(str(error))
        self.view.stage.recall()

    # Where the reviewer stands --------------------------------------------------------

    @property
    def _moment(self) -> tuple[Any, ...]:
        """What of the state a reviewer can notice."""
        return self._state.phase, self._state.votes, self._state.task

    def _read(self) -> RoundState:
        return self._store.rounds[self._place["campaign"], self._place["round"]]

    def _renew(self) -> None:
        """Take note of what another window has stored of the task that is voted on."""
        if self._kept is not None and self._state.votes:
            self._kept.renew(self._state.votes[-1].task)

    def _begin(self, reviewer: str) -> None:
        name = clean_reviewer(reviewer, "the reviewer's name")
        if name not in self._state.round.reviewers:
            msg = (
                f"Round {self._state.round.name!r} was not opened for {name!r}. "
                "Take the name by which your lead invited you, or ask the lead."
            )
            raise RoundError(msg)
        super()._begin(name)

    def _follow_meeting(self) -> None:
        """Lay open what a vote asks of the reviewer, or nothing."""
        vote = self._state.vote
        if vote is not None and self._part(vote) == "to_vote":
            key = vote_key(self._state, self.session.reviewer)
            self.session.ask_again(vote.task, [vote.criterion], key)
        else:
            self.session.rest()

    def _part(self, vote: Vote) -> Part:
        review = self.session.review_of(vote.task)
        return part_in_vote(self._state, self.session.reviewer, review, self._rubric, self._tasks[vote.task])

    def _card(self, refused: str) -> dict[str, Any]:
        state = self._state
        if state.phase == "blind":
            return round_card.waiting(self.session, state.round.deadline)
        if state.phase == "concluded":
            return round_card.concluded(self.session)
        vote = state.votes[-1] if state.votes else None
        if vote is None:
            return round_card.meeting(self.session, refused)
        part = self._part(vote)
        label = self._label(vote)
        if state.vote:
            return round_card.vote_open(part, label, refused)
        if part in ("to_vote", "voted") and state.task in (None, vote.task):
            return round_card.vote_over(part, label)
        return round_card.meeting(self.session, refused)

    def _label(self, vote: Vote) -> str:
        if vote.criterion not in {criterion.id for criterion in self._rubric.all}:
            return vote.criterion
        return self._rubric.worded(vote.criterion, self._tasks[vote.task].tags).label

    def _desk(self, task: str | None) -> Desk:
        return self.session.desk if task is None else self.session.open(task)

    def _reason_of(self, task: str | None) -> str:
        return RE_VOTE if self._desk(task).focus else super()._reason_of(task)
