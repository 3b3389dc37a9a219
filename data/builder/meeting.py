"""A second simulated round: all have answered, nobody has compared, so a meeting can begin at once.

Ten tasks hold one cause each that a meeting can settle; which, stands in `truth.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from builder.answers import Sitting
from builder.manifest import write_lines
from builder.meeting_words import CHOICE_NOTES, LEVEL_NOTES
from builder.simulation import (
    CAMP_CRITERIA,
    CAMP_SHIFT,
    CAMPAIGN,
    PANEL,
    SLIP_CRITERION,
    SLIP_LEVEL,
    Reviewer,
    review_of,
)
from evalwidgets.core.check import rule_in_force
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.order import seeded_order
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round import Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks

NAME = "demo-meeting"
OPENED = datetime(2026, 10, 12, 8, 0, tzinfo=UTC)
SLIP, CAMP = "edit-004", ("edit-066", "edit-067", "edit-083")
UNSEEN, WIDE, SUSPECT, TWO_READINGS = "edit-012", "edit-011", "edit-021", "edit-078"
PLAIN = ("edit-077", "edit-081")
SUSPECT_CRITERION, SUSPECT_LEVEL = "structural_integrity", 5
"""What all but the strict see on the task whose gold is in doubt, two levels from gold."""
TASKS = tuple(sorted((SLIP, *CAMP, UNSEEN, WIDE, SUSPECT, TWO_READINGS, *PLAIN)))
NOTICED = ("ana", "ben", "grace")
"""Who saw the small change that the others did not."""
INTERPRETED = ("carla", "dev", "hugo")
"""Who found a reading for the instruction that contradicts itself."""
MISSING = ("elif", "edit-081")
"""The one review that did not come."""
CALMER, WIDER = 0.7, 1.6
"""How noisy everybody is, against the long round: in general, and on the task that is hard."""
CAMP_MORE = -0.4
"""How much further apart the camp lies than in the long round."""
CHATTY = 0.6
"""How often a note is written that the rubric does not ask for."""


def write_meeting(folder: Path, rubric_file: Path) -> None:
    """Write ``meeting_round.json`` and ``meeting_reviews.jsonl``, and add the round to ``truth.json``."""
    rubric = read_rubric(rubric_file)
    tasks, gold = read_tasks(folder / "tasks.jsonl"), read_gold(folder / "gold.jsonl")
    round_ = _round(rubric)
    reviews = [
        review
        for place, reviewer in enumerate(PANEL)
        for review in _reviews_of(reviewer, place, tasks, gold, rubric)
    ]
    reviews.sort(key=lambda review: (review.submitted_at, review.reviewer))
    write_lines(folder / "meeting_reviews.jsonl", (review.model_dump(mode="json") for review in reviews))
    opened = json.dumps(round_.model_dump(mode="json"), indent=2)
    (folder / "meeting_round.json").write_text(opened + "\n", encoding="utf-8")
    truth_file = folder / "truth.json"
    truth = {**json.loads(truth_file.read_text(encoding="utf-8")), "meeting": _truth()}
    truth_file.write_text(json.dumps(truth, indent=2) + "\n", encoding="utf-8")


def _round(rubric: Rubric) -> Round:
    return Round(
        campaign=CAMPAIGN,
        name=NAME,
        mode="calibration",
        rubric=rubric.id,
        rubric_version=rubric.version,
        rubric_hash=rubric.hash,
        tasks=TASKS,
        reviewers=tuple(one.name for one in PANEL),
        lead="lead",
        seed=NAME,
        deadline=OPENED + timedelta(days=4, hours=7),
        opened_at=OPENED,
        note="Simulated reviewers; close the blind phase and run the meeting.",
    )


def _reviews_of(
    reviewer: Reviewer, place: int, tasks: TaskSet, gold: dict[str, Gold], rubric: Rubric
) -> Iterator[Review]:
    rng = np.random.default_rng([2026, 10, place])
    order = seeded_order([tasks[name] for name in TASKS], f"{NAME}/{reviewer.name}")
    clock = OPENED + timedelta(hours=26 * (place % 3) + 1, minutes=11 * place)
    for position, name in enumerate(order):
        clock += timedelta(seconds=float(rng.uniform(75, 260)))
        sitting = Sitting(
            rubric=rubric,
            task=tasks[name],
            gold=_as_seen(reviewer.name, gold[name]),
            rng=rng,
            noise=reviewer.noise * (WIDER if name == WIDE else CALMER),
            # The drift was noticed; half of it is left.
            shift=reviewer.shift + reviewer.weekly[-1] / 2,
            pull=reviewer.pull,
            bent=dict.fromkeys(CAMP_CRITERIA, CAMP_SHIFT + CAMP_MORE)
            if reviewer.camp and name in CAMP
            else {},
            fixed=_fixed(reviewer, name),
        )
        task_hash = tasks.hash_of(tasks[name])
        review = review_of(reviewer, sitting, task_hash, position, clock, round_name=NAME)
        if (reviewer.name, name) != MISSING:
            yield _with_notes(review, rubric, place, rng)


def _fixed(reviewer: Reviewer, task: str) -> dict[str, int]:
    if task == SUSPECT:
        return {SUSPECT_CRITERION: SUSPECT_LEVEL - (reviewer.shift < 0)}
    return {SLIP_CRITERION: SLIP_LEVEL} if task == SLIP and reviewer.slips else {}


def _as_seen(reviewer: str, gold: Gold) -> Gold:
    """Return what a reviewer takes for right, where the meeting has something to settle."""
    seen: dict[str, GoldAnswer] = {}
    if gold.task == UNSEEN:
        level = 3 if reviewer in NOTICED else 5
        seen = dict.fromkeys(("preservation", "character_consistency"), GoldAnswer(accepted=(level,)))
    elif gold.task == TWO_READINGS and reviewer in INTERPRETED:
        levels = {"instruction_adherence": 4, "structural_integrity": 5, "preservation": 5}
        levels |= {"visual_quality": 5, "style_alignment": 5}
        seen = {name: GoldAnswer(accepted=(level,)) for name, level in levels.items()}
        seen |= {"feasibility": GoldAnswer(accepted=("interpreted",))}
    return gold.model_copy(update={"answers": {**gold.answers, **seen}})


def _with_notes(review: Review, rubric: Rubric, place: int, rng: np.random.Generator) -> Review:
    """Return the review with notes that speak of its picture; those asked for, and some more."""
    answers = {
        name: _noted(review.task, name, answer, rubric, place, rng) for name, answer in review.answers.items()
    }
    return review.model_copy(update={"answers": answers})


def _noted(
    task: str, name: str, answer: Answer, rubric: Rubric, place: int, rng: np.random.Generator
) -> Answer:
    bank = CHOICE_NOTES.get((task, name, str(answer.value)), ())
    for low, high, texts in LEVEL_NOTES.get((task, name), ()):
        bank = texts if isinstance(answer.value, int) and low <= answer.value <= high else bank
    needed = rule_in_force(rubric.criterion(name), answer) is not None
    if not bank or not (needed or rng.random() < CHATTY):
        return answer
    return answer.model_copy(update={"note": bank[place % len(bank)]})


def _truth() -> dict[str, object]:
    return {
        "round": NAME,
        "tasks": list(TASKS),
        "slip": {"reviewer": "ana", "task": SLIP, "criterion": SLIP_CRITERION},
        "camp": {"reviewers": [one.name for one in PANEL if one.camp], "tasks": list(CAMP)},
        "gold_suspect": {"task": SUSPECT, "criterion": SUSPECT_CRITERION, "level": SUSPECT_LEVEL},
        "noticed": {"task": UNSEEN, "reviewers": list(NOTICED)},
        "two_readings": {"task": TWO_READINGS, "reviewers": list(INTERPRETED)},
        "hard": WIDE,
        "missing": list(MISSING),
    }
