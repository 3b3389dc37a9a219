"""The answers of a round in the lead's hands: read only once they may be compared, told without names."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from evalwidgets.analysis.causes.hit_rate import CauseHits, cause_hits
from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.analysis.meeting.tally import Tally, tally
from evalwidgets.analysis.reports.minutes import Minutes, minutes
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.findings import Findings, find

_SIDE = 5.6  # inches of a tally beside the pictures


class RoundAnswers:
    """What reviewers said in one round.

    Parameters
    ----------
    store : ReviewStore
        Where the round is.
    tasks : TaskSet
        The tasks of the round.
    gold : dict of task to Gold
        As it was when the round was opened.
    rubric : Rubric
        As reviewers got it.
    """

    def __init__(self, store: ReviewStore, tasks: TaskSet, gold: dict[str, Gold], rubric: Rubric) -> None:
        self._store = store
        self.tasks, self.gold, self.rubric = tasks, gold, rubric
        self._found: Findings | None = None
        self._written: tuple[RoundState, Minutes] | None = None
        self._drawn: dict[tuple[str, str], tuple[Tally, Chart]] = {}

    def found(self, state: RoundState) -> Findings:
        """Return what the blind answers say.

        Raises
        ------
        RoundError
            As long as the phase is blind: nobody, the lead included, sees answers then.
        """
        if state.phase == "blind":
            msg = f"Round {state.round.name!r} is still blind: close the blind phase first, then compare."
            raise RoundError(msg)
        if self._found is None:
            self._found = find(state, self._store, self.tasks, self.gold, self.rubric)
        return self._found

    def tally(self, state: RoundState, task: str, criterion: str) -> Tally:
        """Return the tally of a case, gold with it once it is revealed."""
        was_asked_again = any((vote.task, vote.criterion) == (task, criterion) for vote in state.votes)
        return tally(
            self._ratings(state, task),
            self.rubric,
            task,
            criterion,
            gold=self.found(state).gold if task in state.revealed else None,
            tags=self.tasks[task].tags,
            # A re-vote repeats the whole review: of the other criteria nothing was asked again.
            revote=None if was_asked_again else False,
        )

    def chart(self, state: RoundState, task: str, criterion: str, theme: ThemeName) -> Chart:
        """Return the tally of a case as drawn beside the pictures."""
        return dot_tally(self.tally(state, task, criterion), width=_SIDE, theme=theme)

    def gold_of(self, task: str) -> Gold | None:
        """Return gold of a task as it was before the meeting; None without any under this rubric."""
        gold = self.gold.get(task)
        return gold if gold is not None and gold.rubric == self.rubric.id else None

    def reviews(self, state: RoundState, task: str) -> list[Review]:
        """Return the standing reviews of a task."""
        round_ = state.round
        self.found(state)
        stored = self._store.reviews(round_.campaign, round_.name, task=task, rubric=round_.rubric)
        return [review for review in stored if review.state == "submitted"]

    def minutes(self, state: RoundState) -> Minutes:
        """Return the minutes as they stand; written anew only when something has happened."""
        if self._written is None or self._written[0] != state:
            self._written = (state, self._write(state))
        return self._written[1]

    def _write(self, state: RoundState) -> Minutes:
        found, round_ = self.found(state), state.round
        return minutes(
            state,
            ratings=self._ratings(state),
            rubric=self.rubric,
            gold=self.gold,
            tasks=self.tasks,
            progress=self._store.rounds.progress(round_.campaign, round_.name),
            agenda=found.agenda,
            headline=found.headline,
            hits=_hits(state, found),
            charts={case: self._kept_chart(state, *case) for case in _settled(state)},
        )

    def _kept_chart(self, state: RoundState, task: str, criterion: str) -> Chart:
        """Return the tally of a case as the minutes show it, drawn anew only when it has changed."""
        counted = self.tally(state, task, criterion)
        kept = self._drawn.get((task, criterion))
        if kept is None or kept[0] != counted:
            kept = (counted, cast("Chart", _Drawn(dot_tally(counted))))
            self._drawn[task, criterion] = kept
        return kept[1]

    def _ratings(self, state: RoundState, task: str | None = None) -> pd.DataFrame:
        """Return every revision: first answers, and what was voted again."""
        round_ = state.round
        return self._store.ratings(
            round_.campaign, round_.name, task=task, rubric=round_.rubric, current=False
        )


class _Drawn:
    """A chart as notebooks keep it, drawn once: minutes are written anew after each act."""

    def __init__(self, chart: Chart) -> None:
        self.finding, self.photographic = chart.finding, chart.photographic
        self._bundle = chart._repr_mimebundle_()

    def _repr_mimebundle_(self) -> Any:
        return self._bundle


def _settled(state: RoundState) -> list[tuple[str, str]]:
    """Return the cases that the meeting did something about: voted, confirmed or decided."""
    votes = [(vote.task, vote.criterion) for vote in state.votes]
    decisions = [(decision.task, decision.criterion) for decision in state.decisions]
    return list(dict.fromkeys([*votes, *state.causes, *decisions]))


def _hits(state: RoundState, found: Findings) -> CauseHits | None:
    """Return how often our suggestions were right, by what the lead confirmed so far."""
    confirmed = [(task, criterion, one.cause) for (task, criterion), one in state.causes.items()]
    if not confirmed:
        return None
    return cause_hits(found.causes, pd.DataFrame(confirmed, columns=["task", "criterion", "cause"]))
