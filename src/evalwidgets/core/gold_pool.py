"""The split of a campaign's gold into a half to practise on and a half to be examined on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from evalwidgets.core.boundary import sides
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import Value
from evalwidgets.errors import EvalWidgetsError

_EASY = ("difficulty", "easy")
_EVERY = "every task"
_MOST_AWAY = 2
"""How many tasks the exam's part may be away from its share at any time."""


class GoldPool(Value):
    """Which gold is for practice and which is kept for the exam, as task ids in the order of the gold."""

    practice: tuple[str, ...]
    exam: tuple[str, ...]


def split_gold(
    golds: Mapping[str, Gold] | Iterable[Gold],
    tasks: Mapping[str, Task],
    rubric: Rubric,
    *,
    seed: object = "",
    exam_share: float = 0.5,
) -> GoldPool:
    """Return one stable, stratified split, so that practice never burns the gold of the exam.

    Parameters
    ----------
    golds : mapping or iterable of Gold
        All gold that was ever made, oldest first and with its first values; gold under another
        rubric or without a task is left out. Take out what was retired *after* the split.
    tasks : mapping
        Task id to task, for the kind of edit.
    rubric : Rubric
        Whose gold is split.
    seed : object
        Anything with a stable text: decides where balance does not. Keep it for a campaign.
    exam_share : float
        The share kept for the exam, from 0 to 1; of gold marked "easy" only half of it, since
        practice may be easier than the exam.

    Raises
    ------
    EvalWidgetsError
        If the share is not from 0 to 1.

    Notes
    -----
    Gold that comes later must not move older gold. A rule that holds for gold added anywhere
    can look at one task alone (were a task's half to depend on another task, adding that one
    would move it), and drawing by a hash like this leaves a boundary's side of four tasks
    without any in one half every eighth time. So the rule looks at *older* gold too: one
    after another, each task goes where it leaves its own strata (sides of boundaries,
    answers of gates, kind of edit, difficulty) nearest to the share: minimisation (Pocock and
    Simon 1975, Biometrics 31:103-115). What comes later is appended, and moves nothing.
    """
    if not 0 <= exam_share <= 1:
        msg = f"exam_share: expected a share from 0 to 1, got {exam_share}"
        raise EvalWidgetsError(msg)
    listed = golds.values() if isinstance(golds, Mapping) else golds
    ours = [gold for gold in listed if gold.rubric == rubric.id and gold.task in tasks]
    seen: Counter[Hashable] = Counter()
    examined: Counter[Hashable] = Counter()
    practice, exam = [], []
    for gold in ours:
        strata = _strata(rubric, gold, tasks[gold.task])
        seen.update(strata)
        if _to_exam(strata, seen, examined, exam_share, f"{seed}|{gold.task}"):
            examined.update(strata)
            exam.append(gold.task)
        else:
            practice.append(gold.task)
    return GoldPool(practice=tuple(practice), exam=tuple(exam))


def _strata(rubric: Rubric, gold: Gold, task: Task) -> list[Hashable]:
    """Return what a task stands for, each of which both halves should have."""
    points = [
        (criterion.id, answer.accepted)
        for criterion in rubric.all
        if (answer := gold.answers.get(criterion.id)) and answer.accepted and criterion.control != "ordinal"
    ]
    return [
        _EVERY,
        ("difficulty", gold.difficulty),
        (rubric.variant_tag, str(task.tags.get(rubric.variant_tag))),
        *((name, str(accepted)) for name, accepted in points),
        *((str(boundary), side) for boundary, side in sides(rubric, gold).items()),
    ]


def _to_exam(
    strata: list[Hashable], seen: Counter[Hashable], examined: Counter[Hashable], share: float, lot: str
) -> bool:
    """Return whether the exam needs a task of these strata more than practice does."""
    if share in (0, 1):
        return share == 1
    away = examined[_EVERY] - share * seen[_EVERY]
    if away + 1 > _MOST_AWAY or away < -_MOST_AWAY:
        return away < 0
    # Each stratum's surplus in the exam, were half of the task to go there, as a share of the stratum;
    # squared (with its sign), so that a rare stratum far off outweighs many that are nearly balanced.
    off = [(examined[one] + 0.5) / seen[one] - (share / 2 if one == _EASY else share) for one in strata]
    surplus = sum(one * abs(one) for one in off)
    if abs(surplus) > 1e-9:
        return surplus < 0
    drawn = int(hashlib.sha256(lot.encode()).hexdigest()[:12], 16) / 16**12
    return drawn < share
