"""What a format of another tool has no place for, as plain JSON that travels beside what it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.json_file import checked, mapping
from evalwidgets.store.exchange.picture_copies import Copies
from evalwidgets.store.exchange.work import Work
from evalwidgets.store.manifest_values import path_problems
from evalwidgets.store.tasks import TaskSet

KEY = "evalwidgets"
"""The one key under which it travels."""

Place = tuple[int, Any]
"""Where something stood in the work, and what it is."""


def task_facts(place: int, task: Task, copies: Copies) -> dict[str, Any]:
    """Return all that a task says, with the paths of the copies, and its place."""
    return {"place": place, "task": {**task.model_dump(mode="json"), "images": copies.images(task)}}


def task_from(facts: Any, where: str) -> tuple[int, Task]:
    """Return a task and its place from `task_facts`.

    Raises
    ------
    ExchangeError
        If it is no task, or a path of a picture leads outside of the folder.
    """
    given = mapping(facts, where)
    task = checked(Task, given.get("task"), f"{where}.task")
    problems = path_problems(task.images)
    if problems:
        raise ExchangeError([f"{where}.task: {problem}" for problem in problems])
    return place_of(given, where), task


def place_of(facts: Mapping[str, Any], where: str) -> int:
    """Return the place that facts state."""
    place = facts.get("place", 0)
    if isinstance(place, bool) or not isinstance(place, int):
        raise ExchangeError([f"{where}.place: expected a whole number, got {place!r:.60}."])
    return place


def review_facts(place: int, review: Review, native: Iterable[str] = ()) -> dict[str, Any]:
    """Return what a review says besides its answers, without the fields that the format holds itself."""
    return {"place": place, **review.model_dump(mode="json", exclude={"answers", *native})}


def review_from(facts: Any, parts: Mapping[str, Any], where: str) -> tuple[int, Review]:
    """Return a review and its place from `review_facts` and what the format itself holds."""
    given = mapping(facts, where)
    place = place_of(given, where)
    return place, checked(Review, {**without(given, "place"), **parts}, where)


def rubric_facts(rubrics: Mapping[str, Rubric]) -> dict[str, Any]:
    """Return each rubric's hash to its content."""
    return {name: one.model_dump(mode="json", by_alias=True) for name, one in rubrics.items()}


def rubrics_from(facts: Any, given: Mapping[str, Rubric] | None, where: str) -> dict[str, Rubric]:
    """Return the rubrics of a file, and those that were given.

    Raises
    ------
    ExchangeError
        If one is no rubric, or not the one that its hash names.
    """
    rubrics = dict(given or {})
    for name, content in mapping(facts or {}, where).items():
        rubric = checked(Rubric, content, f"{where}.{name[:8]}")
        try:
            changed = rubric.hash != name
        except ValueError as error:
            raise ExchangeError([f"{where}.{name[:8]}: {error}."]) from None
        if changed:
            raise ExchangeError([f"{where}.{name[:8]}: the rubric was changed, its hash is {rubric.hash}."])
        rubrics[name] = rubric
    return rubrics


def work_from(
    folder: Path,
    tasks: Iterable[tuple[int, Task]],
    rubrics: Mapping[str, Rubric],
    reviews: Sequence[tuple[int, Review]],
) -> Work:
    """Return work in its first order; only rubrics that a review names stay.

    Raises
    ------
    ExchangeError
        If two tasks share an id, two reviews too, or a review names a task or a rubric that is not there.
    """
    by_id: dict[str, tuple[int, Task]] = {}
    problems: list[str] = []
    for place, task in tasks:
        if by_id.setdefault(task.id, (place, task))[1] != task:
            problems.append(f"{folder}: two tasks have the id {task.id!r} and differ.")
    once: dict[str, tuple[int, Review]] = {}
    for place, review in reviews:
        if once.setdefault(review.id, (place, review))[1] != review:
            problems.append(f"{folder}: two reviews have the id {review.id} and differ.")
        if review.task not in by_id:
            problems.append(f"{folder}: the review {review.id} names the task {review.task!r}: not there.")
        if review.rubric_hash not in rubrics:
            version = f"{review.rubric} {review.rubric_version} ({review.rubric_hash[:8]})"
            problems.append(f"{folder}: no rubric {version}; give it as rubrics={{hash: rubric}}.")
    if problems:
        raise ExchangeError(list(dict.fromkeys(problems))[:20])
    kept = tuple(review for _, review in sorted(once.values(), key=lambda one: one[0]))
    named = {review.rubric_hash for review in kept}
    ordered = [task for _, task in sorted(by_id.values(), key=lambda one: one[0])]
    return Work(TaskSet(ordered, folder), {name: rubrics[name] for name in rubrics if name in named}, kept)


def without(facts: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return a mapping without some keys."""
    return {name: value for name, value in facts.items() if name not in names}
