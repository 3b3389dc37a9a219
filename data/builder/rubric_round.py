"""Two simulated rounds with a new version of the rubric between them: a gap was found, decided and closed.

Nobody rated anything here. Under 1.0.0 two reviewers read one clause in another way than
the others; under 1.1.0, which says what was decided, all read it alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from builder.answers import Sitting
from builder.manifest import write_lines
from builder.simulation import CAMP_SHIFT, PANEL, Reviewer, review_of
from evalwidgets.core.gold import Gold
from evalwidgets.core.order import seeded_order
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks

CAMPAIGN = "demo-rubric"
ROUNDS = {"before": datetime(2026, 9, 14, 8, tzinfo=UTC), "after": datetime(2026, 10, 26, 8, tzinfo=UTC)}
"""Round to its first day."""
CRITERION, LOWER, TAG = "preservation", 3, "shadow"
"""The clause that is unclear, and the tag of the tasks at which it shows."""
PEOPLE = tuple(one for one in PANEL if one.name in ("ana", "ben", "carla", "grace", "hugo", "dev"))
OTHERS = 14
"""Tasks without the tag."""
CALMER = 0.8
"""How noisy everybody is, against the long round; severity was trained away by then."""
SENTENCE = (
    "A shadow or reflection of what was added or removed belongs to the request: left behind it lowers "
    "adherence, never preservation."
)
"""What the new version says."""
QUOTES = {
    "grace": "The shadow of what was removed is gone too; nobody asked for that.",
    "hugo": "Pavement under the old shadow was repainted outside of the request.",
    "ana": "The shadow goes with its owner; everything else is untouched.",
}


def write_rubric_rounds(folder: Path, rubric_file: Path) -> None:
    """Write ``rubric_reviews.jsonl``, and add the rounds to ``truth.json``."""
    old = read_rubric(rubric_file)
    tasks, gold = read_tasks(folder / "tasks.jsonl"), read_gold(folder / "gold.jsonl")
    edits = chosen(tasks)
    versions = {"before": old, "after": newer(old)}
    reviews = [
        review
        for name, rubric in versions.items()
        for place, reviewer in enumerate(PEOPLE)
        for review in _reviews_of(reviewer, place, edits, gold, rubric, name)
    ]
    reviews.sort(key=lambda review: (review.submitted_at, review.reviewer))
    write_lines(folder / "rubric_reviews.jsonl", (review.model_dump(mode="json") for review in reviews))
    truth_file = folder / "truth.json"
    truth = {**json.loads(truth_file.read_text(encoding="utf-8")), "rubric": _truth(edits)}
    truth_file.write_text(json.dumps(truth, indent=2) + "\n", encoding="utf-8")


def chosen(tasks: TaskSet) -> TaskSet:
    """Return the tasks of both rounds: every edit with a shadow, and some without."""
    edits = tasks.where(kind="edit")
    with_tag = [task for task in edits if task.tags.get(TAG)]
    others = [task for task in edits if not task.tags.get(TAG)]
    return TaskSet([*with_tag, *others[:: len(others) // OTHERS][:OTHERS]], tasks.folder)


def newer(old: Rubric) -> Rubric:
    """Return the next version: one boundary note says what was decided."""
    plain = old.model_dump(mode="json", by_alias=True)
    for criterion in plain["criteria"]:
        if criterion["id"] == CRITERION:
            level = next(one for one in criterion["levels"] if one["value"] == LOWER + 1)
            level["boundary"] = f"{level['boundary']} {SENTENCE}"
    change = {"version": "1.1.0", "date": "2026-10-19", "bump": "minor", "changes": [SENTENCE]}
    return Rubric.model_validate({**plain, "version": "1.1.0", "changelog": [change, *plain["changelog"]]})


def _reviews_of(
    reviewer: Reviewer, place: int, edits: TaskSet, gold: dict[str, Gold], rubric: Rubric, name: str
) -> Iterator[Review]:
    rng = np.random.default_rng([2026, 6, place, len(name)])
    order = seeded_order(list(edits), f"{CAMPAIGN}/{name}/{reviewer.name}")
    for position, task in enumerate(order):
        split = bool(name == "before" and edits[task].tags.get(TAG))
        sitting = Sitting(
            rubric=rubric,
            task=edits[task],
            gold=gold[task],
            rng=rng,
            noise=reviewer.noise * CALMER,
            shift=0.0,
            pull=1.0,
            bent={CRITERION: CAMP_SHIFT} if split and reviewer.camp else {},
            fixed={},
        )
        day, nth = divmod(position, 6)
        clock = ROUNDS[name] + timedelta(days=day, minutes=7 * nth + 40 * place + float(rng.uniform(0, 4)))
        hashed = edits.hash_of(edits[task])
        review = review_of(reviewer, sitting, hashed, position, clock, round_name=name, campaign=CAMPAIGN)
        yield _quoted(review) if split and reviewer.name in QUOTES else review


def _quoted(review: Review) -> Review:
    """Return the review with what this reviewer thinks of shadows beside the answer."""
    answer = review.answers.get(CRITERION)
    if answer is None or answer.value is None:
        return review
    noted = Answer(**{**answer.model_dump(), "note": QUOTES[review.reviewer]})
    asks = {"guideline_silent": "Are shadows part of it?"} if review.reviewer == "hugo" else {}
    changed = {"answers": {**review.answers, CRITERION: noted}, "flags": {**review.flags, **asks}}
    return review.model_copy(update=changed)


def _truth(edits: TaskSet) -> dict[str, object]:
    return {
        "simulated": True,
        "campaign": CAMPAIGN,
        "rounds": list(ROUNDS),
        "clause": f"{CRITERION} {LOWER}|{LOWER + 1}",
        "tag": TAG,
        "tasks": [task.id for task in edits if task.tags.get(TAG)],
        "camp": [one.name for one in PEOPLE if one.camp],
    }
