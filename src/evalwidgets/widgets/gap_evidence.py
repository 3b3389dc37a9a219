"""What reviews, learners and meetings say of a rubric, read once when a register is opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from evalwidgets.analysis.causes.causes import suggest_causes
from evalwidgets.analysis.gaps.clause_agreement import ClauseAgreement, clause_agreement
from evalwidgets.analysis.gaps.signals import gap_signals
from evalwidgets.analysis.labels import tag_label
from evalwidgets.analysis.meeting.tally_rows import dealt_letters
from evalwidgets.analysis.scales import scales_of
from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_book import Gap
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.round_events import CauseConfirmed, Decided
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import numbers
from evalwidgets.core.task import Tag
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tables import gold_table
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.findings import shown_labels


@dataclass(frozen=True, eq=False)
class GapEvidence:
    """What speaks for gaps, and the ratings by which closing one is judged.

    Parameters
    ----------
    ratings : DataFrame
        Of all versions of the rubric; none of a round that is still blind.
    reviews : mapping of str to tuple of Review
        Those reviews by task.
    signals : DataFrame
        What `gap_signals` made of everything.
    tags : mapping of str to mapping
        The tags of each task.
    labels : mapping
        The same as words, without what names a model.
    """

    ratings: pd.DataFrame
    reviews: Mapping[str, tuple[Review, ...]]
    signals: pd.DataFrame
    tags: Mapping[str, Mapping[str, Tag]]
    labels: Mapping[str, tuple[str, ...]]

    def letters(self, task: str) -> dict[str, str]:
        """Return reviewer to letter, dealt anew for each task, so that nobody can be followed."""
        return dealt_letters(self.ratings[self.ratings["task"] == task], task)

    def letter_of(self, task: str, review: str) -> str:
        """Return the letter of whoever wrote a review; empty for one that is not among them."""
        own = self.ratings[(self.ratings["task"] == task) & (self.ratings["review"] == review)]
        return self.letters(task).get(own["reviewer"].iloc[0], "") if review and len(own) else ""

    def tag_of(self, label: str, tasks: Iterable[str]) -> dict[str, Tag]:
        """Return the tag that a label of these tasks stands for; nothing where there is none."""
        for task in tasks:
            for name, value in self.tags.get(task, {}).items():
                for one in value if isinstance(value, tuple) else (value,):
                    if label and tag_label(name, one) == label:
                        return {name: one}
        return {}

    def tasks_of(self, gap: Gap) -> frozenset[str] | None:
        """Return the tasks that a gap is about; None for all."""
        where = gap.raised.where
        if not where:
            return None
        return frozenset(
            task
            for task, tags in self.tags.items()
            if all(_has(tags.get(name), value) for name, value in where.items())
        )

    def agreement(self, gap: Gap, rubric: Rubric) -> ClauseAgreement | None:
        """Return what closing a gap did; None while it is not closed, or is about nothing that is rated."""
        clause = gap.raised.clause
        if gap.closed is None or not _is_rated(clause, rubric):
            return None
        where = self.tasks_of(gap)
        return clause_agreement(self.ratings, rubric, clause, version=gap.closed.version, where=where)


def gather(
    store: ReviewStore,
    campaign: str,
    tasks: TaskSet,
    rubric: Rubric,
    gold: Mapping[str, Gold],
    ratings: pd.DataFrame | None = None,
) -> GapEvidence:
    """Return what speaks for gaps in a rubric.

    Notes
    -----
    Answers of a round whose blind phase is open are not looked at. Ratings of all versions
    speak, each version for itself: what was unclear under an old one stays on record with
    its date, and is not held against answers under a newer one. Those that are no answers
    of the rubric as it is now are left out of the signals.
    """
    rounds = [store.rounds[campaign, name] for name in store.rounds.names(campaign)]
    blind = {one.round.name for one in rounds if one.phase == "blind"}
    ours = [one for one in rounds if one.round.rubric == rubric.id]
    told: dict[str, list[Decided | CauseConfirmed]] = defaultdict(list)
    for one in ours:
        told[one.round.rubric_version] += [*one.decisions, *one.causes.values()]
    given = ratings is not None
    if ratings is None:
        ratings = store.ratings(campaign, rubric=rubric.id, current=False)
    ratings = ratings[~ratings["round"].isin(blind)]
    reviews = [
        one for one in store.reviews(campaign, rubric=rubric.id, current=False) if one.round not in blind
    ]
    lessons = store.ratings(campaign, rubric=rubric.id, current=False, lessons=True)
    labels = shown_labels(tasks)
    return GapEvidence(
        ratings=ratings,
        reviews={
            task: tuple(one for one in reviews if one.task == task) for task in {one.task for one in reviews}
        },
        signals=_signals(
            ratings, [] if given else reviews, lessons, rubric, store, campaign, told, gold, labels
        ),
        tags={task.id: task.tags for task in tasks},
        labels=labels,
    )


def _signals(
    ratings: pd.DataFrame,
    reviews: list[Review],
    lessons: pd.DataFrame,
    rubric: Rubric,
    store: ReviewStore,
    campaign: str,
    told: Mapping[str, list[Decided | CauseConfirmed]],
    gold: Mapping[str, Gold],
    labels: Mapping[str, tuple[str, ...]],
) -> pd.DataFrame:
    """Return the signals of each version by itself; learners speak of the rubric as it is now."""
    known, rated = gold_table(gold, rubric), _on_scale(ratings, rubric)
    given = {*rated["rubric_version"], *told}
    versions = sorted(map(str, given), key=numbers) or [rubric.version]
    parts = []
    for version in versions:
        own = rated[rated["rubric_version"] == version]
        theirs = [one for one in reviews if one.rubric_version == version]
        is_last = version == versions[-1]
        parts.append(
            gap_signals(
                theirs or own,
                rubric,
                causes=suggest_causes(own, rubric, known, labels) if len(own) else None,
                differences=store.lessons.differences(campaign) if is_last else None,
                decisions=told.get(version, ()),
                lessons=_on_scale(lessons, rubric),
                gold=known,
                labels=labels,
            )
        )
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]


def _on_scale(ratings: pd.DataFrame, rubric: Rubric) -> pd.DataFrame:
    """Return the ratings that are answers of the rubric as it is now."""
    scales = {scale.id: set(scale.levels) for scale in scales_of(rubric)[0]}
    fits = [
        name in scales and (not scales[name] or value is None or value in scales[name])
        for name, value in zip(ratings["criterion"], ratings["value"], strict=True)
    ]
    return ratings[pd.Series(fits, index=ratings.index, dtype=bool)]


def _is_rated(clause: Clause, rubric: Rubric) -> bool:
    return clause.criterion in {scale.id for scale in scales_of(rubric)[0]}


def _has(tag: Tag | None, value: Tag) -> bool:
    return tag == value or (isinstance(tag, tuple) and value in tag)
