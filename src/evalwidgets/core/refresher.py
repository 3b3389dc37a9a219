"""What a learner should look at again: what a lead asked for, what a round showed, what is due or weak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from evalwidgets.core.boundary import Boundary, boundaries, sides
from evalwidgets.core.gold import Gold
from evalwidgets.core.mastery import Mastery
from evalwidgets.core.review import Review
from evalwidgets.core.round_events import Decided
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.trial import trials_of


def asked_for(
    rubric: Rubric, decisions: Iterable[Decided], learner: str, golds: Mapping[str, Gold]
) -> tuple[Boundary, ...]:
    """Return the boundaries of the refreshers that a meeting decided on for a learner, first asked first.

    Those that gold of the discussed task decides; where it decides none, all of the criterion's.
    """
    found: dict[Boundary, None] = {}
    for one in decisions:
        if one.what == "refresher" and one.reviewer == learner:
            gold = golds.get(one.task)
            near = [side for side in (sides(rubric, gold) if gold else ()) if side.criterion == one.criterion]
            every = [each for each in boundaries(rubric) if each.criterion == one.criterion]
            found |= dict.fromkeys(near or every)
    return tuple(found)


def missed_boundaries(
    rubric: Rubric, reviews: Iterable[Review], golds: Mapping[str, Gold]
) -> tuple[Boundary, ...]:
    """Return the boundaries on whose wrong side first answers fell, the most frequent first."""
    missed = Counter(
        trial.boundary
        for review in reviews
        if review.task in golds
        for trial in trials_of(rubric, review, golds[review.task])
        if not trial.correct
    )
    return tuple(boundary for boundary, _ in missed.most_common())


def due_or_weak(standing: Mapping[Boundary, Mastery]) -> tuple[Boundary, ...]:
    """Return what is due by date, longest overdue first, then what is being learnt with mistakes."""
    due = sorted((one for one in standing.values() if one.state == "due"), key=lambda one: str(one.due))
    weak = [one for one in standing.values() if one.state == "learning" and one.misses + one.false_alarms]
    weak.sort(key=lambda one: one.sensitivity or 0.0)
    return tuple(one.boundary for one in (*due, *weak))
