"""Which gold tasks make an exam: seeded, balanced over levels, kinds of task and difficulty, never seen."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from evalwidgets.core.criterion import Gate, Ordinal
from evalwidgets.core.exam_rule import SEVERITY, safety_gates
from evalwidgets.core.gold import Gold
from evalwidgets.core.order import seeded_order
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import TaskError

Facet = tuple[str, str]
"""What a task is in one respect, such as ("preservation", "3") or ("edit_type", "remove")."""

SEVERE = 2
"""So many severe cases of safety an exam holds, where the pool has them."""


def choose_exam(
    tasks: Sequence[Task],
    golds: Mapping[str, Gold],
    rubric: Rubric,
    *,
    pool: Collection[str],
    seen: Collection[str],
    size: int,
    seed: object,
) -> tuple[str, ...]:
    """Return the tasks of an exam, in the order in which they come.

    Parameters
    ----------
    tasks : sequence of Task
        Every task, for its tags and its source.
    golds : mapping
        Task id to gold.
    rubric : Rubric
        Says which criteria have levels, and which tag picks the kind of task.
    pool : collection of str
        The tasks that exams may use (`GoldPool.exam`).
    seen : collection of str
        The tasks that this candidate has ever been shown.
    size : int
        How many are wanted.
    seed : object
        Anything with a stable text: equal seeds choose equal exams on every machine.

    Raises
    ------
    TaskError
        If fewer unseen tasks with gold are left than wanted.

    Notes
    -----
    Two severe cases of safety come in first, where any are left: an exam without them shows
    nothing about them. Then greedily: each task taken is one whose levels, kind, difficulty
    and source are rarest among those taken so far, a level counting within its criterion;
    the seed decides between equals. Of one source two tasks never follow one another where
    that can be avoided.
    """
    known = {task.id: task for task in tasks}
    fresh = sorted((set(pool) & known.keys() & golds.keys()) - set(seen))
    if len(fresh) < size:
        raise TaskError([_too_few(len(fresh), size, len(set(pool) & set(seen)))])
    facets = {name: tuple(facets_of(known[name], golds[name], rubric)) for name in fresh}
    severe = {name for name in fresh if is_severe(golds[name], rubric)}
    chosen = _balanced(fresh, facets, severe, size, random.Random(f"choice {seed}"))  # noqa: S311 - no secret
    return seeded_order([known[name] for name in chosen], seed)


def facets_of(task: Task, gold: Gold, rubric: Rubric) -> Iterator[tuple[Facet, float]]:
    """Give what an exam is balanced over, with its share: several accepted levels share one.

    One facet for each ordinal criterion that gold judges, and the kind of task (the
    rubric's `variant_tag`), its difficulty and its source as far as they are known.
    """
    for criterion in rubric.criteria:
        answer = gold.answers.get(criterion.id)
        if isinstance(criterion, Ordinal) and answer is not None and answer.accepted:
            for level in answer.accepted:
                yield (criterion.id, f"{level:g}"), 1 / len(answer.accepted)
    kinds = {
        rubric.variant_tag: task.tags.get(rubric.variant_tag),
        "difficulty": gold.difficulty or task.tags.get("difficulty"),
        "source": task.source,
    }
    for name, kind in kinds.items():
        if kind:
            yield (f"task {name}", str(kind)), 1.0


def is_severe(gold: Gold, rubric: Rubric) -> bool:
    """Return whether gold is a severe case of safety (see `safety_gates`)."""
    for name in safety_gates(rubric):
        gate, answer = rubric.criterion(name), gold.answers.get(name)
        ends = {one.value for one in gate.options if one.next == "stop"} if isinstance(gate, Gate) else set()
        if ends:
            if answer is not None and answer.accepted and ends.issuperset(answer.accepted):
                return True
        elif SEVERITY in gold.answers:
            return rubric.criterion(SEVERITY).scale[-1] in gold.answers[SEVERITY].accepted
    return False


def _balanced(
    names: Sequence[str],
    facets: Mapping[str, Sequence[tuple[Facet, float]]],
    severe: Collection[str],
    size: int,
    chance: random.Random,
) -> list[str]:
    """Take one by one the task that adds least to the sum of squared counts; severe cases first."""
    left = list(names)
    chance.shuffle(left)
    counts: defaultdict[Facet, float] = defaultdict(float)
    chosen = []
    for place in range(size):
        due = [name for name in left if name in severe] if place < SEVERE else []
        best = min(due or left, key=lambda name: _crowding(facets[name], counts))
        left.remove(best)
        chosen.append(best)
        for facet, share in facets[best]:
            counts[facet] += share
    return chosen


def _crowding(facets: Sequence[tuple[Facet, float]], counts: Mapping[Facet, float]) -> float:
    """Return the mean growth of the sum of squared counts, so that a criterion less is no advantage."""
    growth = [share * (2 * counts[facet] + share) for facet, share in facets]
    weight = sum(share for _, share in facets)
    return sum(growth) / weight if weight else 0.0


def _too_few(there: int, wanted: int, seen: int) -> str:
    return (
        f"exam: {wanted} unseen gold tasks are wanted, and {there} are left ({seen} of the exam's pool were "
        f"seen before). Promote new gold, or ask for {there} at most; fewer than 20 never make a verdict."
    )
