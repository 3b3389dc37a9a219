"""The lead's work on gold: what lies on the bench, what is drafted, and the acts that the log takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from evalwidgets.analysis.gold.promotion import propose_from
from evalwidgets.core import gold_events as events
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_book import Candidate, Contest, GoldBook
from evalwidgets.core.gold_draft import differences, empty_draft, explained, toggled
from evalwidgets.core.gold_events import GoldEvent
from evalwidgets.core.round_events import Decided
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import GoldError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.settling import made


class GoldWork:
    """Gold of one rubric in the lead's hands; nothing is gold before the log says so.

    Parameters
    ----------
    tasks : TaskSet
        The tasks that may have gold.
    gold : mapping of task to Gold
        As the file has it, with what meetings decided.
    rubric : Rubric
        Whose gold it is.
    store : ReviewStore
        Where the log is.
    campaign, lead : str
        Whose log, and who acts.

    Attributes
    ----------
    task : str
        The task on the bench; empty while there is none.
    draft : Gold or None
        What is being changed; None while a proposal of the task waits, or nothing lies there.
    weak : tuple of str
        What is weak about a draft that was made from reviews, one sentence each.
    """

    def __init__(
        self,
        tasks: TaskSet,
        gold: Mapping[str, Gold],
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str,
        lead: str,
    ) -> None:
        self._tasks, self._store, self._campaign = tasks, store, campaign
        self._file = {name: one for name, one in gold.items() if one.rubric == rubric.id}
        self.rubric, self.lead = rubric, lead
        self.book: GoldBook = store.gold[campaign]
        self.task = ""
        self.draft: Gold | None = None
        self.weak: tuple[str, ...] = ()
        self._contest, self._origin = 0, ""

    @property
    def gold(self) -> dict[str, Gold]:
        """Gold as it counts now, by task."""
        return self.book.applied(self._file, self.rubric.id)

    @property
    def shown(self) -> Task | None:
        """The task on the bench."""
        return self._tasks[self.task] if self.task else None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What waits for a second pair of eyes under this rubric, longest waiting first."""
        return tuple(one for one in self.book.candidates if self._is_ours(one.proposed))

    @property
    def contests(self) -> tuple[Contest, ...]:
        """What is contested under this rubric and not answered, oldest first."""
        return tuple(one for one in self.book.contests if self._is_ours(one.contested))

    @property
    def candidate(self) -> Candidate | None:
        """The proposal of the task on the bench that waits."""
        return self.book.waiting.get((self.task, self.rubric.id))

    @property
    def contest(self) -> Contest | None:
        """The contest that is answered on the bench: the one that was picked, else the oldest of the task."""
        ours = [one for one in self.contests if one.contested.task == self.task]
        return next((one for one in ours if one.number == self._contest), next(iter(ours), None))

    # What the bench asks for ----------------------------------------------------------

    def look(self) -> None:
        """Read the log anew: another lead may have acted."""
        self.book = self._store.gold[self._campaign]
        if self.candidate:
            self.draft = None
        elif self.task and self.draft is None:
            self.discard()

    def turn(self, task: str, contest: int = 0) -> None:
        """Lay a task on the bench, and perhaps one contest of it."""
        self.task, self._contest = self._tasks[task.strip()].id, contest
        self.draft = None
        self.weak, self._origin = (), ""
        self.look()

    def discard(self) -> None:
        """Forget the changes of the draft."""
        now = self.gold.get(self.task)
        self.draft = None if self.candidate else now or empty_draft(self.task, self.rubric, self.lead)
        self.weak, self._origin = (), ""

    def promote(self) -> None:
        """Draft gold from what reviewers said of the task and meetings decided; look at it, then propose."""
        task = self._tasks[self._drafted.task]
        reviews = self._store.reviews(self._campaign, task=task.id, rubric=self.rubric.id, current=False)
        if not reviews:
            msg = (
                f"Nobody has reviewed task {task.id!r} under {self.rubric.id} in campaign {self._campaign!r}."
            )
            raise GoldError(msg)
        now = self.gold.get(task.id)
        made = propose_from(reviews, task, self.rubric, by=self.lead, decisions=self._decisions(), before=now)
        self.draft, self.weak, self._origin = made.gold, made.weak, made.origin

    def accept(self, criterion: str, value: Any) -> None:
        """Accept a value that was not accepted, or no longer."""
        self.draft = toggled(self._drafted, self.rubric.criterion(criterion), value)

    def explain(self, criterion: str, rationale: str) -> None:
        """Say why these values of a criterion are right."""
        self.draft = explained(self._drafted, criterion, rationale)

    def say(self, what: str, text: str) -> None:
        """Write the rationale, the difficulty or the concepts of the task."""
        words = text.strip()
        facts: dict[str, Any] = {
            "rationale": words,
            "difficulty": words,
            "concepts": tuple(dict.fromkeys(filter(None, (one.strip() for one in words.split(","))))),
        }
        if what not in facts:
            msg = f"Gold says no {what!r} of a task; it says {', '.join(facts)}."
            raise GoldError(msg)
        self.draft = self._drafted.model_copy(update={what: facts[what]})

    def propose(self, reason: str) -> None:
        """Propose the draft; the contest on the bench is answered by it."""
        draft, contest = self._drafted, self.contest
        if not differences(self.gold.get(self.task), draft, self.rubric):
            msg = "Nothing differs from gold as it is; change what is accepted, or the words, then propose."
            raise GoldError(msg)
        if not draft.answers:
            msg = "Gold accepts something: pick at least one value of one criterion, or retire it."
            raise GoldError(msg)
        origin = f"contest {contest.number} by {contest.contested.by}" if contest else self._origin
        gold = draft.model_copy(update={"rubric_version": self.rubric.version, "by": self.lead})
        self._log(events.Proposed, gold=gold, reason=_given(reason, "A proposal"), origin=origin)
        if contest:
            self._answer(contest, "changed", reason)
        self.draft = None

    def second(self) -> None:
        """Stand by the proposal that waits: from now on it is gold."""
        self._log(events.Seconded, **self._place, proposal=self._waiting.number)
        self.discard()

    def give_back(self, reason: str) -> None:
        """Return the proposal that waits, with what is to be looked at again."""
        self._log(
            events.Returned,
            **self._place,
            proposal=self._waiting.number,
            reason=_given(reason, "A return"),
        )
        self.discard()

    def keep(self, reason: str) -> None:
        """Answer the contest on the bench: gold stays as it is."""
        contest = self.contest
        if contest is None:
            msg = f"Nothing is contested on task {self.task!r}."
            raise GoldError(msg)
        self._answer(contest, "kept", _given(reason, "An answer to a contest"))

    def retire(self, reason: str) -> None:
        """Use the gold of the task no longer."""
        if self.task not in self.gold:
            msg = f"Task {self.task!r} has no gold that could be retired."
            raise GoldError(msg)
        self._log(events.Retired, **self._place, reason=_given(reason, "Retiring gold"))
        self.discard()

    # ----------------------------------------------------------------------------------

    @property
    def _place(self) -> dict[str, str]:
        return {"task": self.task, "rubric": self.rubric.id}

    @property
    def _drafted(self) -> Gold:
        if self.draft is None:
            waits = self.candidate
            msg = (
                f"Proposal {waits.number} by {waits.proposed.by} waits; second it or give it back first."
                if waits
                else "No task lies on the bench; pick one first."
            )
            raise GoldError(msg)
        return self.draft

    @property
    def _waiting(self) -> Candidate:
        if self.candidate is None:
            msg = f"No proposal waits for task {self.task!r}."
            raise GoldError(msg)
        return self.candidate

    def _decisions(self) -> list[Decided]:
        """Return what meetings on this rubric decided, round by round."""
        rounds = self._store.rounds
        states = [rounds[self._campaign, name] for name in rounds.names(self._campaign)]
        return [one for state in states if state.round.rubric == self.rubric.id for one in state.decisions]

    def _is_ours(self, event: GoldEvent) -> bool:
        return event.rubric == self.rubric.id

    def _answer(self, contest: Contest, what: str, reason: str) -> None:
        self._log(events.Answered, **self._place, contest=contest.number, what=what, reason=reason.strip())

    def _log(self, kind: type[Any], **facts: Any) -> None:
        event = made(kind, by=self.lead, at=datetime.now(UTC), **facts)
        self.book = self._store.gold.log(self._campaign, event)


def _given(reason: str, what: str) -> str:
    """Return a reason that says something."""
    if not reason.strip():
        msg = f"{what} needs its reason in a few words; it is what the next person reads in the log."
        raise GoldError(msg)
    return reason.strip()
