"""Simulated reviewers with planted causes, so that every statistic has a truth to find.

Nobody rated anything here: each answer is gold, bent by the cause that is planted in its
reviewer, plus noise. Campaign and round carry the word *simulated*.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from builder.answers import Sitting, answers_of, flags_of
from builder.manifest import write_lines
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks

CAMPAIGN = "demo-simulated"
ROUND = "demo-calibration"
START = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
WEEKS = 5
SHARE = 0.75
"""Share of the tasks that each reviewer rates."""
CAMP_SHIFT = -2.0
CAMP_CRITERIA = ("instruction_adherence", "preservation")
SLIP_CRITERION, SLIP_LEVEL = "instruction_adherence", 1


@dataclass(frozen=True)
class Reviewer:
    """A simulated reviewer and the one cause that is planted in them."""

    name: str
    cause: str
    noise: float = 0.42
    shift: float = 0.0
    pull: float = 1.0
    """How much of gold's distance from the middle of the scale is kept."""
    weekly: tuple[float, ...] = (0.0,) * WEEKS
    camp: bool = False
    slips: bool = False


PANEL = (
    Reviewer("ana", "careful, with one slip", noise=0.3, slips=True),
    Reviewer("ben", "strict", shift=-0.9),
    Reviewer("carla", "lenient", shift=0.9),
    Reviewer("dev", "central", pull=0.5),
    Reviewer("elif", "noisy", noise=1.15),
    Reviewer("farid", "drifting", weekly=(0.0, 0.0, -0.3, -0.65, -1.0)),
    Reviewer("grace", "shadow camp", camp=True),
    Reviewer("hugo", "shadow camp", camp=True),
)


def write_reviews(folder: Path, rubric_file: Path) -> None:
    """Write ``simulated_reviews.jsonl`` and ``truth.json`` beside the manifest."""
    rubric = read_rubric(rubric_file)
    tasks, gold = read_tasks(folder / "tasks.jsonl"), read_gold(folder / "gold.jsonl")
    edits = tasks.where(kind="edit")
    slip = next(task.id for task in edits if _is_plain(task, gold[task.id]))
    reviews = [
        review
        for place, reviewer in enumerate(PANEL)
        for review in _reviews_of(reviewer, place, edits, gold, rubric, slip)
    ]
    reviews.sort(key=lambda review: (review.submitted_at, review.reviewer))
    write_lines(folder / "simulated_reviews.jsonl", (review.model_dump(mode="json") for review in reviews))
    truth = json.dumps(_truth(edits, slip), indent=2)
    (folder / "truth.json").write_text(truth + "\n", encoding="utf-8")


def _is_plain(task: Task, gold: Gold) -> bool:
    accepted = gold.answers.get(SLIP_CRITERION)
    return (
        task.tags["planted"] == "clean" and task.tags["difficulty"] == "easy"
        and accepted is not None and accepted.accepted == (5,)
    )  # fmt: skip


def _reviews_of(
    reviewer: Reviewer, place: int, edits: TaskSet, gold: dict[str, Gold], rubric: Rubric, slip: str
) -> Iterator[Review]:
    rng = np.random.default_rng([2026, place])
    chosen = [task for task in edits if _takes(reviewer, task, slip, rng)]
    order = [chosen[k] for k in rng.permutation(len(chosen))]
    for position, task in enumerate(order):
        week = position * WEEKS // len(order)
        clock = _moment(position, len(order), rng)
        sitting = Sitting(
            rubric=rubric,
            task=task,
            gold=gold[task.id],
            rng=rng,
            noise=reviewer.noise,
            shift=reviewer.shift + reviewer.weekly[week],
            pull=reviewer.pull,
            bent=dict.fromkeys(CAMP_CRITERIA, CAMP_SHIFT)
            if reviewer.camp and task.tags.get("shadow")
            else {},
            fixed={SLIP_CRITERION: SLIP_LEVEL} if reviewer.slips and task.id == slip else {},
        )
        yield review_of(reviewer, sitting, edits.hash_of(task), position, clock)


def _takes(reviewer: Reviewer, task: Task, slip: str, rng: np.random.Generator) -> bool:
    """Whether a reviewer rates a task: most of them, and always those that carry their cause."""
    chosen = rng.random() < SHARE
    return bool(chosen or (reviewer.slips and task.id == slip) or (reviewer.camp and task.tags.get("shadow")))


def _moment(position: int, count: int, rng: np.random.Generator) -> datetime:
    """Return when a review was submitted: workdays of five weeks, a few a day."""
    days = WEEKS * 5
    day = position * days // count
    nth = position - -(-day * count // days)
    start = START + timedelta(days=day // 5 * 7 + day % 5)
    return start + timedelta(minutes=6 * nth + float(rng.uniform(0, 4)), seconds=float(rng.uniform(0, 59)))


def review_of(
    reviewer: Reviewer,
    sitting: Sitting,
    task_hash: str,
    position: int,
    clock: datetime,
    *,
    round_name: str = ROUND,
    campaign: str = CAMPAIGN,
) -> Review:
    """Return the review that a reviewer submits at this moment, from the chance of the sitting."""
    rng, task, rubric = sitting.rng, sitting.task, sitting.rubric
    answers = answers_of(sitting)
    hard = {"easy": 0.75, "medium": 1.0, "hard": 1.4}[str(task.tags["difficulty"])]
    seconds = round(float(rng.lognormal(np.log(58 * hard), 0.35)), 1)
    return Review(
        id=str(uuid5(NAMESPACE_URL, f"{campaign}/{round_name}/{reviewer.name}/{task.id}")),
        campaign=campaign,
        round=round_name,
        task=task.id,
        task_hash=task_hash,
        rubric=rubric.id,
        rubric_version=rubric.version,
        rubric_hash=rubric.hash,
        reviewer=reviewer.name,
        answers=answers,
        flags=flags_of(sitting),
        confidence=int(np.clip(round(float(rng.normal({0.75: 2.9, 1.0: 2.4}.get(hard, 1.8), 0.5))), 1, 3)),
        shown_at=clock - timedelta(seconds=seconds * 1.1),
        submitted_at=clock,
        seconds=seconds,
        position=position,
    )


def _truth(edits: TaskSet, slip: str) -> dict[str, object]:
    return {
        "simulated": True,
        "campaign": CAMPAIGN,
        "round": ROUND,
        "rubric": "image-edit",
        "weeks": [(START + timedelta(weeks=week)).date().isoformat() for week in range(WEEKS)],
        "reviewers": {
            one.name: {"cause": one.cause, "shift": one.shift, "noise": one.noise} for one in PANEL
        },
        "strict": [one.name for one in PANEL if one.shift < 0],
        "lenient": [one.name for one in PANEL if one.shift > 0],
        "central": {"reviewers": [one.name for one in PANEL if one.pull != 1], "pull": 0.5},
        "noisy": [one.name for one in PANEL if one.cause == "noisy"],
        "drift": [
            {"reviewer": one.name, "from_week": 3, "weekly": list(one.weekly)}
            for one in PANEL
            if any(one.weekly)
        ],
        "camp": {
            "reviewers": [one.name for one in PANEL if one.camp],
            "tag": "shadow",
            "tasks": [task.id for task in edits if task.tags.get("shadow")],
            "criteria": list(CAMP_CRITERIA),
            "shift": CAMP_SHIFT,
        },
        "slip": {
            "reviewer": "ana",
            "task": slip,
            "criterion": SLIP_CRITERION,
            "given": SLIP_LEVEL,
            "gold": 5,
        },
    }
