"""What a round's blind answers say, computed once when they may be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from evalwidgets.analysis.causes.causes import Causes, suggest_causes
from evalwidgets.analysis.causes.disagreement import Spread, spread
from evalwidgets.analysis.gold.headline import Headline, headline
from evalwidgets.analysis.labels import task_labels
from evalwidgets.analysis.meeting.agenda import Agenda, agenda
from evalwidgets.analysis.meeting.tally_rows import dealt_letters
from evalwidgets.analysis.reviewers.severity import SeverityTable, reviewer_severity
from evalwidgets.core.cause import CAUSES, CauseId
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_changes import with_decisions
from evalwidgets.core.round import Round
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tables import gold_table
from evalwidgets.store.tasks import TaskSet

_UNSHOWN = ("model:", "planted:")


@dataclass(frozen=True, eq=False)
class Findings:
    """The figures of a meeting: all of them rest on first answers, none on a re-vote."""

    ratings: pd.DataFrame
    rubric: Rubric
    gold: pd.DataFrame
    headline: Headline
    spread: Spread
    causes: Causes
    blind_causes: Causes
    """What would be suggested without gold: the room hears no other before gold is revealed."""
    agenda: Agenda
    severity: SeverityTable

    def compared(self, task: str) -> dict[str, float]:
        """Return the criteria of a task that two reviewers and more answered, most divided first.

        Returns
        -------
        dict
            Criterion id to spread, 0 to 1; only criteria with declared answers, on which
            dots can be laid.
        """
        if task not in self.spread.table.index:
            return {}
        shares = self.spread.table.loc[[task]].iloc[0].dropna().items()
        apart = {str(name): float(share) for name, share in shares if self.has_levels(str(name))}
        return dict(sorted(apart.items(), key=lambda one: -one[1]))

    def has_levels(self, criterion: str) -> bool:
        """Whether a criterion declares its answers."""
        return bool(self.rubric.criterion(criterion).scale)

    def suggested(self, task: str, criterion: str, *, revealed: bool) -> tuple[CauseId, str] | None:
        """Return the suggested cause of a case and its reason, which names nobody; None without one.

        Parameters
        ----------
        task, criterion : str
            The case.
        revealed : bool
            Whether gold was revealed; before that the suggestion takes no account of it.
        """
        rows = (self.causes if revealed else self.blind_causes).rows
        for row in rows[(rows["task"] == task) & (rows["criterion"] == criterion)].to_dict("records"):
            return CAUSES[row["cause"]].id, self.without_names(row["reason"], task)
        return None

    def letters(self, task: str) -> dict[str, str]:
        """Return reviewer to letter, as the tallies of a task have them."""
        return dealt_letters(self.ratings[self.ratings["task"] == task], task)

    def without_names(self, text: str, task: str) -> str:
        """Return what is said of a task with the letters of its tally in place of names."""
        return without_names(text, self.letters(task))


def without_names(text: str, letters: Mapping[str, str]) -> str:
    """Return a text with a letter in place of each reviewer's name."""
    if not letters:
        return text
    longest_first = sorted(letters, key=len, reverse=True)
    # A name may end in a full stop, after which a word boundary is none.
    names = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
    return names.sub(lambda found: letters[found[1]], text)


def find(
    state: RoundState, store: ReviewStore, tasks: TaskSet, gold: Mapping[str, Gold], rubric: Rubric
) -> Findings:
    """Return the findings of a round whose blind phase is over."""
    round_ = state.round
    ratings = store.ratings(round_.campaign, round_.name, rubric=round_.rubric, current=False)
    known = gold_table({task: gold[task] for task in round_.tasks if task in gold}, rubric)
    labels = shown_labels(task for task in tasks if task.id in round_.tasks)
    causes = suggest_causes(ratings, rubric, known, labels)
    return Findings(
        ratings=ratings,
        rubric=rubric,
        gold=known,
        headline=headline(ratings, known, rubric),
        spread=spread(ratings, rubric),
        causes=causes,
        blind_causes=suggest_causes(ratings, rubric, None, labels),
        # Gold of tasks that nobody answered makes no topic.
        agenda=agenda(ratings, rubric, known if len(ratings) else None, labels, causes=causes),
        severity=reviewer_severity(ratings, known, rubric),
    )


def shown_labels(tasks: Iterable[Task]) -> dict[str, tuple[str, ...]]:
    """Return what tasks have in common, without what names the model or tells the truth: all look at it."""
    return {
        task: tuple(label for label in labels if not label.startswith(_UNSHOWN))
        for task, labels in task_labels(tasks).items()
    }


def gold_before(
    store: ReviewStore, campaign: str, name: str | None, gold: Mapping[str, Gold]
) -> dict[str, Gold]:
    """Return gold as the rounds opened before one, or all (None), have left it.

    Each round's changes are read with the rubric of that round: a campaign may hold
    rounds of several rubrics, and of parts of one.

    Raises
    ------
    UnknownName
        If the store lacks the rubric of a round that changed gold.
    """
    names = store.rounds.names(campaign)
    changed = dict(gold)
    for before in names[: names.index(name)] if name else names:
        state = store.rounds[campaign, before]
        decisions = [one for one in state.decisions if one.what == "gold"]
        if decisions:
            changed = with_decisions(changed, decisions, rubric_of(state.round, store))
    return changed


def rubric_of(round_: Round, store: ReviewStore) -> Rubric:
    """Return the rubric of a round as its reviewers get it.

    Raises
    ------
    UnknownName
        If it is not in the store.
    """
    known = store.rubrics()
    if round_.rubric_hash not in known:
        names = [f"{one.id} {one.version}" for one in known.values()]
        raise UnknownName("rubric", f"{round_.rubric} {round_.rubric_version}", names, "the store")
    return known[round_.rubric_hash]
