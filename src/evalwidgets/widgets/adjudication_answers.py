"""What reviewers said, as far as it may be compared: cases, their order, and the standing answers of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from evalwidgets.analysis.adjudication.cases import to_adjudicate, with_settled
from evalwidgets.analysis.adjudication.labels import adjudicated_labels
from evalwidgets.analysis.adjudication.standing import major, standing_ratings
from evalwidgets.analysis.meeting.tally_rows import letters_for
from evalwidgets.core.adjudication_book import AdjudicationBook
from evalwidgets.core.cause import CAUSES
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import AdjudicationError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet

Place = tuple[str, str]
WHICH = ("open", "settled", "returned", "all")
_DONE = ("settled", "unresolved")


@dataclass(frozen=True)
class CaseFilter:
    """Which cases the list shows; an empty text asks for nothing."""

    which: str = "open"
    criterion: str = ""
    cause: str = ""

    def with_(self, what: str, value: str) -> CaseFilter:
        """Return the filter with one wish changed."""
        if what not in ("which", "criterion", "cause"):
            raise UnknownName("filter", what, ("which", "criterion", "cause"), "the list")
        if what == "which" and value not in WHICH:
            raise UnknownName("state", value, WHICH, "the list")
        if what == "cause" and value and value not in CAUSES:
            raise UnknownName("cause", value, CAUSES, "the list")
        return replace(self, **{what: value})


class AdjudicationAnswers:
    """Reads answers that may be compared, and keeps which cases they make.

    Parameters
    ----------
    tasks, rubric, store
        As in `AdjudicationPanel`.
    campaign : str
        The body of work.
    round_ : str or None
        Only this round.

    Attributes
    ----------
    opened : frozenset of str
        The rounds of the campaign that were opened on the board; their reviews cannot be returned.
    blind : tuple of str
        Those that are still blind: their answers are not even read.
    judged_now : frozenset of str
        The tasks of the blind rounds.
    cases : DataFrame
        As `to_adjudicate` has them.

    Raises
    ------
    AdjudicationError
        If the round is still blind.
    """

    def __init__(
        self, tasks: TaskSet, rubric: Rubric, store: ReviewStore, campaign: str, round_: str | None
    ) -> None:
        self._tasks = {task.id for task in tasks}
        self._rubric, self._store, self._campaign, self._round = rubric, store, campaign, round_
        self.cases = pd.DataFrame()
        self._ratings = pd.DataFrame()
        self._current: frozenset[str] = frozenset()
        self._waits: dict[Place, str] = {}

    def look(self, book: AdjudicationBook) -> None:
        """Read what may be compared now."""
        rounds = self._store.rounds
        names = rounds.names(self._campaign)
        self.opened = frozenset(names)
        states = [rounds[self._campaign, name] for name in names]
        blind = [one.round for one in states if one.phase == "blind"]
        self.blind = tuple(one.name for one in blind)
        self.judged_now = frozenset(task for one in blind for task in one.tasks)
        if self._round in self.blind:
            msg = (
                f"Round {self._round!r} is still blind: nobody, the lead included, sees answers before all "
                "have committed. Close the blind phase on the calibration board, then settle."
            )
            raise AdjudicationError(msg)
        ratings = self._store.ratings(self._campaign, self._round, rubric=self._rubric.id)
        fits = ratings["task"].isin(self._tasks) & ~ratings["round"].isin(self.blind)
        current = frozenset(ratings["review"][fits])
        if self.cases.empty or current != self._current:  # reviews never change, others replace them
            self._ratings, self._current = ratings[fits], current
            self.cases = to_adjudicate(self._ratings, self._rubric)
        self.mark(book)

    @property
    def withheld(self) -> tuple[str, ...]:
        """The blind rounds whose answers would be here, were they not blind; of a chosen round none."""
        return () if self._round else self.blind

    def mark(self, book: AdjudicationBook) -> None:
        """Mark what the log has settled and sent back."""
        self.cases = with_settled(self.cases, book.settled.values(), self._rubric)
        self._waits = {}
        for one in book.sent_back.values():
            if one.rubric == self._rubric.id:
                state = "waits" if one.review in self._current else "answered"
                self._waits[one.task, one.criterion] = state

    def labels(self, book: AdjudicationBook) -> pd.DataFrame:
        """Return one answer for each task and criterion, with its origin."""
        return adjudicated_labels(self._ratings, book.settled.values(), self._rubric)

    @property
    def progress(self) -> tuple[int, int]:
        """How many cases are settled or left open by a person, of how many."""
        return int(self.cases["state"].isin(_DONE).sum()), len(self.cases)

    def waits(self, place: Place) -> str:
        """Return "waits" for a case of which a review was sent back, "answered" afterwards, else nothing."""
        return self._waits.get(place, self._waits.get((place[0], ""), ""))

    def shown(self, show: CaseFilter) -> pd.DataFrame:
        """Return the cases that a filter lets through."""
        cases = self._about(show)
        places = zip(cases["task"], cases["criterion"], strict=True)
        fits = {
            "open": ~cases["state"].isin(_DONE),
            "settled": cases["state"].isin(_DONE),
            "returned": pd.Series([bool(self.waits(one)) for one in places], cases.index, dtype=bool),
            "all": cases["n"] >= 0,
        }[show.which]
        return cases[fits]

    def order(self, show: CaseFilter) -> list[Place]:
        """Return the cases that a filter lets through, most disagreed first."""
        cases = self.shown(show)
        return list(zip(cases["task"], cases["criterion"], strict=True))

    def next_open(self, place: Place, show: CaseFilter) -> Place | None:
        """Return the next open case of the wished kind; one that waits for a reviewer comes last."""
        cases = self._about(show)
        every = list(zip(cases["task"], cases["criterion"], cases["state"], strict=True))
        here = next((n for n, one in enumerate(every) if one[:2] == place), -1)
        ahead = [one[:2] for one in every[here + 1 :] + every[: max(here, 0)] if one[2] not in _DONE]
        return next((one for one in ahead if self.waits(one) != "waits"), next(iter(ahead), None))

    def _about(self, show: CaseFilter) -> pd.DataFrame:
        """Return the cases of the wished criterion and cause, in whatever state."""
        fits = pd.Series(data=True, index=self.cases.index)
        for column, wish in (("criterion", show.criterion), ("cause", show.cause)):
            fits &= (self.cases[column] == wish) | (wish == "")
        return self.cases[fits]

    # One case -------------------------------------------------------------------------

    def reviews(self, task: str) -> tuple[Review, ...]:
        """Return the standing reviews of a task whose levels mean what the rubric means."""
        stored = self._store.reviews(self._campaign, self._round, task=task, rubric=self._rubric.id)
        return tuple(
            one
            for one in stored
            if one.state == "submitted"
            and one.round not in self.blind
            and major(one.rubric_version) == major(self._rubric.version)
        )

    def letters(self, reviews: Iterable[Review], task: str) -> dict[str, str]:
        """Return reviewer to letter; the same whenever the task is looked at, and others for each task."""
        return letters_for((one.reviewer for one in reviews), [self._campaign, self._rubric.id, task])

    def said(
        self, reviews: Sequence[Review], letters: Mapping[str, str], criterion: str
    ) -> dict[str, tuple[Review, Answer]]:
        """Return letter to the last answer on a criterion and its review, by letter."""
        found = {
            letters[one.reviewer]: (one, one.answer(criterion))
            for one in reviews
            if one.answer(criterion).given
        }
        return dict(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))

    def rows(self, task: str) -> pd.DataFrame:
        """Return the standing ratings of a task."""
        of_task = self._ratings[self._ratings["task"] == task]
        return standing_ratings(of_task, self._rubric).drop(columns=["rubric_version"])
