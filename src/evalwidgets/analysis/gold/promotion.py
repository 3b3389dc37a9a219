"""Promotion: a candidate gold made of what a panel said of a task, and what is weak about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from evalwidgets.analysis.regions.matching import MatchRule, families_of, outlines
from evalwidgets.core.criterion import Criterion, Ordinal, Regions
from evalwidgets.core.gold import Gold, GoldAnswer, GoldRegion
from evalwidgets.core.gold_changes import with_decisions
from evalwidgets.core.region import Region
from evalwidgets.core.region_rules import read_regions
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round_events import Decided
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task

FEWEST = 3
"""Fewer reviewers than this are opinions, not a consensus."""
DEFENSIBLE = 1 / 3
"""From this share of the panel on, a level beside the middle is accepted as well."""
EASY, HARD = 0.35, 0.8
"""Mean distance of levels from their median below which a task is easy, and from which it is hard."""
SECRET_TAGS = ("model", "truth", "planted", "gold", "difficulty")
"""Tags whose names begin so name a model, tell the truth or have a place of their own: no concepts."""


class Promotion(NamedTuple):
    """A candidate to look at, edit and propose; nothing of it is gold yet."""

    gold: Gold
    weak: tuple[str, ...]
    """What a second pair of eyes should look at, one sentence each; empty where all is well."""
    origin: str
    """Where it comes from, for the log of gold."""


def propose_from(
    reviews: Iterable[Review],
    task: Task,
    rubric: Rubric,
    *,
    by: str,
    decisions: Sequence[Decided] = (),
    before: Gold | None = None,
) -> Promotion:
    """Return a candidate gold for a task that a panel has reviewed.

    Parameters
    ----------
    reviews : iterable of Review
        Of any tasks and revisions: each reviewer's first review of this one counts.
    task : Task
        Whose gold it would be; its tags become concepts, but for those that name a model
        or tell the truth.
    rubric : Rubric
        Under which it was reviewed.
    by : str
        Who makes the candidate.
    decisions : sequence of Decided
        What a meeting decided on gold; it wins over every vote.
    before : Gold, optional
        Gold of the task as it is, whose answers stay where the panel said nothing.

    Notes
    -----
    On levels the median is accepted, both middle ones where they are neighbours, and a
    level beside them that a third of the panel gave, first or as "also defensible". On
    options more than half must agree. What a panel is divided on is left out and said:
    a candidate is no verdict, and gold of an uncertain criterion teaches noise. Places
    are those that more than half of the panel marked. Consensus is not truth: look at
    the picture before proposing.
    """
    panel = _first_reviews(reviews, task.id)
    votes = {one.id: [review.answers.get(one.id, Answer()) for review in panel] for one in rubric.all}
    made = {one.id: _answer(one, votes[one.id], len(panel)) for one in rubric.all if one.scale}
    answers = {name: answer for name, (answer, _) in made.items() if answer}
    gold = Gold(
        task=task.id,
        rubric=rubric.id,
        rubric_version=rubric.version,
        answers={**(before.answers if before else {}), **answers},
        regions=_regions(panel, rubric) or (before.regions if before else ()),
        difficulty=_difficulty([votes[one.id] for one in rubric.all if isinstance(one, Ordinal)]),
        concepts=(before.concepts if before else ()) or _concepts(task),
        by=by,
    )
    ours = [one for one in decisions if one.task == task.id and one.what == "gold"]
    decided = with_decisions({task.id: gold}, ours, rubric)[task.id]
    settled = {one.criterion for one in ours}
    weak = [why for name, (_, why) in made.items() if why and name not in settled]
    said = _rationale(decided, [one.reason for one in ours]) or (before.rationale if before else "")
    return Promotion(
        decided.model_copy(update={"rationale": said}),
        (*_thin(panel), *weak),
        _origin(panel, ours),
    )


def _first_reviews(reviews: Iterable[Review], task: str) -> list[Review]:
    """Return each reviewer's first review of the task: what was said before anything was revealed."""
    first: dict[str, Review] = {}
    for one in sorted(reviews, key=lambda one: (one.submitted_at, one.revision)):
        if one.task == task and one.state == "submitted":
            first.setdefault(one.reviewer, one)
    return [first[name] for name in sorted(first)]


def _answer(criterion: Criterion, votes: Sequence[Answer], panel: int) -> tuple[GoldAnswer | None, str]:
    """Return what the panel accepts of a criterion, and what is weak about it."""
    given = [one for one in votes if one.given]
    if 2 * len(given) <= panel:
        return None, ""  # most were not asked: their gates decided
    if 2 * sum(one.na is not None for one in given) > len(given):
        return GoldAnswer(na=True, rationale=_best_note(one for one in given if one.na is not None)), ""
    valued = [one for one in given if one.value is not None]
    accepted = _levels(valued) if isinstance(criterion, Ordinal) else _options(valued)
    if not accepted:
        return None, f"{criterion.label}: split {_split(criterion, valued)}; settle it before it is gold."
    note = _best_note(one for one in valued if one.value in accepted)
    inside = sum(one.value in accepted for one in valued)
    why = (
        "" if 3 * inside >= 2 * len(given) else f"{criterion.label}: only {inside} of {len(given)} within it."
    )
    return GoldAnswer(accepted=tuple(one for one in criterion.scale if one in accepted), rationale=note), why


def _levels(valued: Sequence[Answer]) -> set[Any]:
    """Return the middle levels and their defensible neighbours; none where the middles lie apart."""
    levels = sorted(one.value for one in valued)
    low, high = levels[(len(levels) - 1) // 2], levels[len(levels) // 2]
    if high - low > 1:
        return set()
    support = Counter(levels) + Counter(one.second for one in valued if one.second is not None)
    beside = {low - 1, high + 1}
    return {low, high} | {one for one in beside if support[one] >= DEFENSIBLE * len(valued)}


def _options(valued: Sequence[Answer]) -> set[Any]:
    """Return the option that more than half gave."""
    ((most, count),) = Counter(one.value for one in valued).most_common(1)
    return {most} if 2 * count > len(valued) else set()


def _split(criterion: Criterion, valued: Sequence[Answer]) -> str:
    counts = Counter(one.value for one in valued)
    values = [one for one in criterion.scale if counts[one]]
    return f"{':'.join(str(counts[one]) for one in values)} between {' and '.join(map(str, values))}"


def _best_note(answers: Iterable[Answer]) -> str:
    """Return the fullest note; the longest says what and where more often than not."""
    return max((one.note.strip() for one in answers), key=len, default="")


def _rationale(gold: Gold, reasons: Sequence[str]) -> str:
    """Return what a learner would read: the meeting's reasons, else the fullest notes."""
    notes = sorted({one.rationale for one in gold.answers.values() if one.rationale}, key=len)
    return " ".join(one.strip() for one in (reasons or notes[-2:]))


def _difficulty(votes: Iterable[Sequence[Answer]]) -> str:
    """Return how hard the panel found it, by how far levels lie from their median."""
    spreads = []
    for one in votes:
        levels = [answer.value for answer in one if answer.value is not None]
        if len(levels) > 1:
            spreads.append(float(np.abs(np.asarray(levels) - np.median(levels)).mean()))
    if not spreads:
        return ""
    widest = max(spreads)
    return "easy" if widest < EASY else "hard" if widest >= HARD else "medium"


def _concepts(task: Task) -> tuple[str, ...]:
    """Return what the task is about, by its tags: texts, and the names of those that are simply true."""
    named = {name: tag for name, tag in task.tags.items() if not name.startswith(SECRET_TAGS)}
    pairs = [
        (name, one) for name, tag in named.items() for one in (tag if isinstance(tag, tuple) else (tag,))
    ]
    texts = [name if one is True else one for name, one in pairs]
    return tuple(dict.fromkeys(one for one in texts if isinstance(one, str) and one))


def _regions(panel: Sequence[Review], rubric: Rubric) -> tuple[GoldRegion, ...]:
    """Return the places that more than half of the panel marked, each as one of them drew it."""
    names = [one.id for one in rubric.all if isinstance(one, Regions)]
    marked = [[one for name in names for one in read_regions(review.values.get(name))] for review in panel]
    rule = MatchRule(families_of(rubric))
    kept: list[Region] = []
    for mine in marked:
        for region in mine:
            (outline,) = outlines([region])
            seen = sum(bool(rule.match([outline], outlines(theirs)).pairs) for theirs in marked)
            new = not rule.match([outline], outlines(kept)).pairs
            if 2 * seen > len(panel) and new:
                kept.append(region)
    return tuple(
        GoldRegion(**{**_plain(one), "id": f"g{number}"}) for number, one in enumerate(kept, start=1)
    )


def _plain(region: Region) -> Mapping[str, Any]:
    return {**region.model_dump(), "note": ""}


def _thin(panel: Sequence[Review]) -> list[str]:
    """Return what is weak about the panel itself."""
    if not panel:
        return ["Nobody has reviewed this task."]
    if len(panel) < FEWEST:
        return [f"{len(panel)} reviewer{'s' * (len(panel) > 1)} only: opinions, not a consensus."]
    return []


def _origin(panel: Sequence[Review], decisions: Sequence[Decided]) -> str:
    rounds = sorted({one.round for one in panel})
    where = f"round {', '.join(rounds)}, " if rounds else ""
    settled = f", {len(decisions)} decided in the meeting" if decisions else ""
    return f"{where}consensus of {len(panel)}{settled}"
