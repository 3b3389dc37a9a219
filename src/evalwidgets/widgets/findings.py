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
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_changes import with_decisions
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
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
    agenda: Agenda
    severity: SeverityTable

    def without_names(self, text: str, task: str) -> str:
        """Return what is said of a task with the letters of its tally in place of names."""
        letters = dealt_letters(self.ratings[self.ratings["task"] == task], task)
        if not letters:
            return text
        longest_first = sorted(letters, key=len, reverse=True)
        names = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b")
        return names.sub(lambda found: letters[found[1]], text)


def find(
    state: RoundState, store: ReviewStore, tasks: TaskSet, gold: Mapping[str, Gold], rubric: Rubric
) -> Findings:
    """Return the findings of a round whose blind phase is over."""
    round_ = state.round
    ratings = store.ratings(round_.campaign, round_.name, rubric=round_.rubric, current=False)
    chosen = {task: gold[task] for task in round_.tasks if task in gold}
    known = gold_table(chosen)
    labels = _shown_labels(task for task in tasks if task.id in round_.tasks)
    causes = suggest_causes(ratings, rubric, known, labels)
    return Findings(
        ratings=ratings,
        rubric=rubric,
        gold=known,
        headline=headline(ratings, known, rubric),
        spread=spread(ratings, rubric),
        causes=causes,
        agenda=agenda(ratings, rubric, known, labels, causes=causes),
        severity=reviewer_severity(ratings, known, rubric),
    )


def _shown_labels(tasks: Iterable[Task]) -> dict[str, tuple[str, ...]]:
    """Return what tasks have in common, without what names the model or tells the truth: all look at it."""
    return {
        task: tuple(label for label in labels if not label.startswith(_UNSHOWN))
        for task, labels in task_labels(tasks).items()
    }


def gold_before(
    store: ReviewStore, campaign: str, name: str, gold: Mapping[str, Gold], rubric: Rubric
) -> dict[str, Gold]:
    """Return gold as the rounds before this one have left it; this one's own changes come after it."""
    names = store.rounds.names(campaign)
    earlier = names[: names.index(name)] if name in names else names
    decisions = [one for before in earlier for one in store.rounds[campaign, before].decisions]
    return with_decisions(gold, decisions, rubric)
