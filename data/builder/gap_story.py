"""What the campaign of the two rounds remembers: a gap that was closed by a version, and one that waits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from builder.rubric_round import CAMPAIGN, CRITERION, LOWER, QUOTES, SENTENCE, TAG, newer
from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_events import Closed, Decided, Example, Raised, Voted
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_events import Published
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.rubric_writer import publish_rubric
from evalwidgets.store.tasks import read_gold, read_tasks

GAP, OPEN = "shadow-of-what-was-removed", "style-of-a-part-only"
RAISED, DECIDED, PUBLISHED = (datetime(2026, *day, 9, tzinfo=UTC) for day in ((9, 28), (10, 12), (10, 19)))
QUIZ = 3
"""Tasks with which the new version was published."""


def tell_gap_story(store: ReviewStore, folder: Path, old: Rubric) -> None:
    """Log the gaps, and publish the version that closed one into ``rubrics/`` of the folder."""
    new = newer(old)
    _raise(store, _examples(store), old)
    store.gaps.log(CAMPAIGN, Voted(gap=GAP, by="ana", at=RAISED))
    store.gaps.log(CAMPAIGN, Decided(gap=GAP, by="lead", at=DECIDED, decision=SENTENCE))
    (folder / "rubrics").mkdir(exist_ok=True)
    publish_rubric(new, folder / "rubrics", before=old)
    for rubric in (old, new):
        store.remember_rubric(rubric)
    store.versions.log(CAMPAIGN, _published(old, new, _quiz(folder, new)))
    closed = Closed(gap=GAP, by="lead", at=PUBLISHED, version=new.version, rubric_hash=new.hash)
    store.gaps.log(CAMPAIGN, closed)
    _raise_another(store, folder, new)


def _raise(store: ReviewStore, examples: tuple[Example, ...], old: Rubric) -> None:
    store.gaps.log(
        CAMPAIGN,
        Raised(
            gap=GAP,
            by="lead",
            at=RAISED,
            rubric=old.id,
            rubric_version=old.version,
            clause=Clause(criterion=CRITERION, lower=LOWER),
            title="Does a shadow belong to what was added or removed?",
            where={TAG: True},
            examples=examples,
            source="cause",
        ),
    )


def _raise_another(store: ReviewStore, folder: Path, new: Rubric) -> None:
    tasks = read_tasks(folder / "tasks.jsonl").where(kind="edit", edit_type="style")
    store.gaps.log(
        CAMPAIGN,
        Raised(
            gap=OPEN,
            by="carla",
            at=PUBLISHED,
            rubric=new.id,
            rubric_version=new.version,
            clause=Clause(criterion="style_alignment", lower=3),
            title="Is a style met when a part of the picture has kept its old one?",
            where={"edit_type": "style"},
            examples=tuple(Example(task=task.id) for task in tasks[:2]),
        ),
    )
    store.gaps.log(CAMPAIGN, Voted(gap=OPEN, by="dev", at=PUBLISHED))


def _examples(store: ReviewStore) -> tuple[Example, ...]:
    """Return what people wrote at three of the tasks, both readings of each."""
    reviews = store.reviews(CAMPAIGN, "before")
    quoted = [one for one in reviews if _note(one) in QUOTES.values()]
    tasks = sorted({one.task for one in quoted})[:3]
    return tuple(
        Example(task=one.task, review=one.id, quote=_note(one))
        for task in tasks
        for one in quoted
        if one.task == task
    )


def _note(review: Review) -> str:
    return review.answer(CRITERION).note


def _quiz(folder: Path, new: Rubric) -> tuple[Gold, ...]:
    """Return gold of the first tasks with the tag, as the new version explains it."""
    gold = read_gold(folder / "gold.jsonl")
    tasks = [task for task in read_tasks(folder / "tasks.jsonl").where(kind="edit") if task.tags.get(TAG)]
    known = [gold[task.id] for task in tasks if gold[task.id].answers[CRITERION].accepted]
    return tuple(
        Gold(
            task=one.task,
            rubric=new.id,
            rubric_version=new.version,
            answers={CRITERION: one.answers[CRITERION].model_copy(update={"rationale": SENTENCE})},
            rationale=one.rationale,
            by="lead",
        )
        for one in known[:QUIZ]
    )


def _published(old: Rubric, new: Rubric, quiz: tuple[Gold, ...]) -> Published:
    return Published(
        by="lead",
        at=PUBLISHED,
        rubric=new.id,
        version=new.version,
        rubric_hash=new.hash,
        before_version=old.version,
        before_hash=old.hash,
        bump="minor",
        changes=(SENTENCE,),
        criteria=(CRITERION,),
        closes=(GAP,),
        quiz=quiz,
    )
