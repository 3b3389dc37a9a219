"""A campaign on the demo's edits with one ambiguous clause, one hard task and one wrong gold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet, read_tasks

CAMPAIGN = "spring"
MARCH, APRIL = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 4, 6, 8, tzinfo=UTC)
CAMP, OTHERS = ("ana", "ben", "cem"), ("dev", "eva", "fay")
GATES: dict[str, Any] = {"feasibility": "feasible", "safety": "ok", "visible_change": "yes"}
RATED = ("instruction_adherence", "structural_integrity", "preservation", "visual_quality")
HARD, WRONG_GOLD = "edit-002", "edit-003"
WIDE = dict(zip((*CAMP, *OTHERS), (1, 4, 2, 5, 3, 3), strict=True))
STRICT, LENIENT = "The shadow is gone too, which nobody asked for.", "The shadow goes with its owner."


def world_tasks(folder: Path) -> TaskSet:
    """Return three edits with a shadow, and seventeen without."""
    edits = read_tasks(folder / "tasks.jsonl").where(kind="edit")
    with_shadow = [task for task in edits if task.tags.get("shadow")][:3]
    others = [task for task in edits if not task.tags.get("shadow")][:17]
    return TaskSet([*with_shadow, *others], folder)


def right(task: Task) -> dict[str, Any]:
    """Return what is right: levels of all kinds, and untouched where a shadow goes with its owner."""
    number = int(task.id[-3:])
    levels = {name: 2 + (number * (place + 3) + place) % 4 for place, name in enumerate(RATED)}
    if task.tags.get("shadow"):
        levels["preservation"] = 5
    return {**GATES, **levels}


def world_gold(tasks: TaskSet, rubric: Rubric) -> dict[str, Gold]:
    """Return gold of every task; one of them accepts what nobody sees."""
    golds = {}
    for task in tasks:
        accepted = right(task)
        if task.id == WRONG_GOLD:
            accepted["instruction_adherence"] = 5 if accepted["instruction_adherence"] <= 3 else 2
        answers = {name: GoldAnswer(accepted=(value,)) for name, value in accepted.items()}
        golds[task.id] = Gold(task=task.id, rubric=rubric.id, rubric_version=rubric.version, answers=answers)
    return golds


def submit_round(store: ReviewStore, tasks: TaskSet, rubric: Rubric, name: str, start: datetime) -> None:
    """Submit everybody's reviews of a round; under 1.0.0 the camp reads the clause in its own way."""
    store.remember_rubric(rubric)
    for review in _reviews(tasks, rubric, name, start):
        store.submit(review)


def _reviews(tasks: TaskSet, rubric: Rubric, name: str, start: datetime) -> Iterator[Review]:
    for number, reviewer in enumerate((*CAMP, *OTHERS)):
        for position, task in enumerate(tasks):
            at = start + timedelta(days=position // 4, minutes=9 * position + number)
            answers, sure = _answers(task, reviewer, split=rubric.version == "1.0.0")
            yield Review(
                id=str(uuid5(NAMESPACE_URL, f"{name}/{reviewer}/{task.id}")),
                campaign=CAMPAIGN,
                round=name,
                task=task.id,
                task_hash=tasks.hash_of(task),
                rubric=rubric.id,
                rubric_version=rubric.version,
                rubric_hash=rubric.hash,
                reviewer=reviewer,
                answers=answers,
                confidence=sure,
                shown_at=at - timedelta(minutes=1),
                submitted_at=at,
                seconds=50,
                position=position,
            )


def _answers(task: Task, reviewer: str, *, split: bool) -> tuple[dict[str, Answer], int]:
    """Return what somebody says of a task, and how sure they are."""
    answers = {name: Answer(value=value) for name, value in right(task).items()}
    if task.tags.get("shadow"):
        strict = split and reviewer in CAMP
        note = (STRICT if strict else LENIENT) if split else ""
        answers["preservation"] = Answer(value=3 if strict else 5, note=note)
    if task.id == HARD:
        level = WIDE[reviewer]
        answers["visual_quality"] = Answer(value=level, second=level + (1 if level < 5 else -1))
    return answers, 1 if task.id == HARD else 3
