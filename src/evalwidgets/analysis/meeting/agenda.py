"""The few tasks that a meeting should discuss: far apart, common in kind, each another pattern."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.causes.causes import Causes
from evalwidgets.analysis.causes.disagreement import Spread, spread
from evalwidgets.analysis.meeting.agenda_cells import divided_cells, with_causes, with_patterns
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import LeftOut, Told, counted, listed
from evalwidgets.analysis.scales import scales_of
from evalwidgets.core.cause import CAUSES
from evalwidgets.errors import RatingsError

BASE, EACH_FURTHER, MOST_FURTHER = 2, 1, 3
"""Minutes to look, hear the extremes, vote again and see gold; for each further criterion, so many."""
TO_SETTLE = {"rule_unclear": 2, "new_pattern": 2, "gold_suspect": 2, "slip": 0, "severity": 0}
"""Minutes to write down the decision, by suggested cause; 1 for others."""
_AGAIN = 0.4  # what a task is worth for each one of the same pattern that is on the agenda already
_FURTHER = 0.1  # what each further divided criterion adds


class Topic(NamedTuple):
    """One task worth discussing; nothing in it tells a reviewer's name or gold."""

    task: str
    criterion: str
    """To begin with."""
    label: str
    also: tuple[str, ...]
    """Ids of the other divided criteria, most divided first."""
    answers: str
    """What was answered on the criterion, and how often."""
    disagreement: float
    """0 to 1: mean distance between reviewers, or from gold where most miss it."""
    cause: str | None
    """Suggested; an id of `evalwidgets.core.cause.CAUSES`."""
    pattern: str
    """What such tasks have in common, in words; empty when nothing is known."""
    n_alike: int
    """How many tasks of the round show the pattern, this one included."""
    score: float
    minutes: int
    reason: str


@dataclass(frozen=True, eq=False, repr=False)
class Agenda(Told):
    """The tasks worth a meeting, and the other divided ones.

    Parameters
    ----------
    topics : tuple of Topic
        To discuss, in this order.
    rest : tuple of Topic
        Also divided, most worthwhile first.
    n_tasks, n_reviewers : int
        What was looked at.
    left_out : tuple of LeftOut
        What was not counted.
    """

    topics: tuple[Topic, ...]
    rest: tuple[Topic, ...]
    n_tasks: int
    n_reviewers: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def tasks(self) -> tuple[str, ...]:
        """The ids of the tasks to discuss, in order."""
        return tuple(topic.task for topic in self.topics)

    @property
    def minutes(self) -> int:
        """How long the topics take, roughly."""
        return sum(topic.minutes for topic in self.topics)

    @property
    def rows(self) -> pd.DataFrame:
        """One row per divided task, the agenda first: the fields of `Topic` and `on_agenda`."""
        table = pd.DataFrame([*self.topics, *self.rest], columns=list(Topic._fields))
        return table.assign(on_agenda=[True] * len(self.topics) + [False] * len(self.rest))

    @property
    def finding(self) -> str:
        """How many tasks to discuss, for how long, and where to begin."""
        if self.n_reviewers < 2:
            return "No task has two reviewers yet, so there is nothing to compare"
        if not self.topics:
            return f"Reviewers agree on {'the task' if self.n_tasks == 1 else f'all {self.n_tasks} tasks'}"
        first = self.topics[0]
        n = len(self.topics)
        return (
            f"{n} of {counted(self.n_tasks, 'task')} {'is' if n == 1 else 'are'} worth the meeting, about "
            f"{self.minutes} min; begin with {first.task} ({first.label})"
        )

    def _repr_html_(self) -> str:
        shown = self.rows[["task", "label", "minutes", "on_agenda", "reason"]]
        return shown.to_html(index=False, border=0, justify="left")


def agenda(
    ratings: pd.DataFrame,
    rubric: Any,
    gold: pd.DataFrame | None = None,
    labels: Mapping[str, Sequence[str]] | None = None,
    *,
    causes: Causes | None = None,
    n: int = 4,
) -> Agenda:
    """Return the tasks of a round that are worth discussing, with the time they take.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table of one round; of several revisions the first counts.
    rubric : Rubric, Scale or list of Scale
        The declared scales.
    gold : DataFrame, optional
        The gold table: tasks where most agree against gold become topics too.
    labels : mapping, optional
        Task id to labels (see `task_labels`), for patterns where no cause tells one.
    causes : Causes, optional
        Suggested causes (see `suggest_causes`).
    n : int
        How many topics at most; 3 to 5 fill a meeting.

    Raises
    ------
    RatingsError
        If `n` is no positive number, or a column is missing.

    Notes
    -----
    A topic's score is its disagreement (see `spread`) times the square root of how many
    tasks show the same pattern: a rule that splits the team on every third task comes
    before a louder dispute that occurs once. A slip or a strict reviewer counts half, a
    hard task 0.8: no rule settles it. Each topic that repeats a pattern already on the
    agenda counts 0.4 of its own disagreement, so that four topics are four lessons. Minutes are a
    plan, not a measurement. It misleads with two reviewers, where one slip looks like a
    split team, and it knows nothing of stakes: move a task up if harm hangs on it. Patterns are
    named by labels: pass none that tells a room the model or the truth.
    """
    if n < 1:
        msg = f"n: expected how many topics to choose, at least 1, got {n}."
        raise RatingsError(msg)
    check_ratings(ratings)
    scales, _ = scales_of(rubric)
    distances = spread(ratings, rubric)
    cells = divided_cells(ratings, scales, distances, gold)
    cells = with_patterns(with_causes(cells, causes), labels or {})
    topics = _topics(cells, distances)
    chosen = _diverse(topics, n)
    return Agenda(
        topics=tuple(topic for topic, _ in chosen),
        rest=tuple(topic for topic, _ in topics if topic not in {one for one, _ in chosen}),
        n_tasks=len(distances.table),
        n_reviewers=distances.n_reviewers if distances.table.notna().to_numpy().any() else 0,
        left_out=distances.left_out,
    )


def _topics(cells: pd.DataFrame, distances: Spread) -> list[tuple[Topic, tuple[str, ...]]]:
    """Return a topic and its pattern for each task with a divided cell, best first."""
    ordered = cells.sort_values(["score", "disagreement"], ascending=False, kind="stable")
    found = [_topic(part, distances) for _, part in ordered.groupby("task", sort=False)]
    return sorted(found, key=lambda pair: (-pair[0].score, pair[0].task))


def _topic(cells: pd.DataFrame, distances: Spread) -> tuple[Topic, tuple[str, ...]]:
    """Return the topic of one task; its cells come best first."""
    lead = cells.iloc[0]
    further = tuple(cells["criterion"].iloc[1:])
    answers = str(distances.answers.loc[lead["task"], lead["criterion"]])
    minutes = BASE + EACH_FURTHER * min(len(further), MOST_FURTHER) + TO_SETTLE.get(lead["cause"], 1)
    topic = Topic(
        task=lead["task"],
        criterion=lead["criterion"],
        label=distances.labels[lead["criterion"]],
        also=further,
        answers=answers,
        disagreement=float(lead["disagreement"]),
        cause=lead["cause"],
        pattern=lead["pattern_words"],
        n_alike=int(lead["n_alike"]),
        score=float(lead["score"] * (1 + _FURTHER * len(further))),
        minutes=minutes,
        reason=_reason(lead, further, answers, distances.labels),
    )
    return topic, lead["pattern"]


def _diverse(topics: list[tuple[Topic, tuple[str, ...]]], n: int) -> list[tuple[Topic, tuple[str, ...]]]:
    """Return the best topics, each the less worth the more of its pattern are there already."""
    left, chosen, times = list(topics), list[tuple[Topic, tuple[str, ...]]](), Counter[tuple[str, ...]]()

    def worth(pair: tuple[Topic, tuple[str, ...]]) -> float:
        again = times[pair[1]]
        # That a pattern is common has been heard: a repeat counts for its own disagreement only.
        return pair[0].score * _AGAIN**again / (math.sqrt(pair[0].n_alike) if again else 1.0)

    while left and len(chosen) < n:
        best = max(left, key=worth)
        left.remove(best)
        chosen.append(best)
        times[best[1]] += 1
    return chosen


def _reason(lead: Any, further: tuple[str, ...], answers: str, labels: Mapping[str, str]) -> str:
    """Return why, in one sentence without names and without gold."""
    parts = [f"{labels[lead['criterion']]} is answered {answers}"]
    if lead["against"]:
        parts.append("look closely when gold is revealed")
    if further:
        names = listed([labels[name] for name in further], 3)
        parts.append(f"{names} {'is' if len(further) == 1 else 'are'} divided too")
    if lead["n_alike"] > 1:
        parts.append(_alike(lead))
    return "; ".join(parts)


def _alike(lead: Any) -> str:
    """Return for example "2 more tasks show the same pattern (rule unclear, shadow)"."""
    n = int(lead["n_alike"]) - 1
    cause = CAUSES[lead["cause"]].name if lead["cause"] else ""
    known = ", ".join(filter(None, [cause, lead["pattern_words"]]))
    pattern = f"the same pattern ({known})" if known else "a split on the same criterion"
    return f"{n} more {'task shows' if n == 1 else 'tasks show'} {pattern}"
