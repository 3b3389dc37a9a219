"""What a learner practises next: missed boundaries return, due ones are looked at, weak ones take turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from evalwidgets.core.boundary import Boundary, lacking_gold
from evalwidgets.core.gold import Gold
from evalwidgets.core.mastery import USUAL_RULE, Mastery, MasteryRule, mastery_of
from evalwidgets.core.practice_pool import PracticePool, Target
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.spacing import SOONEST, returning, waiting
from evalwidgets.core.task import Task
from evalwidgets.core.value import Value

Why = Literal["returns", "due", "weak", "new"]


class Pick(Value):
    """The next task, and what it was chosen for."""

    task: str
    boundary: Boundary | None
    """What it was chosen for; None when it decides no boundary, as one that ends at a gate."""
    why: Why
    """Missed a few tasks ago; due by date; tried before; never tried."""


def next_task(
    rubric: Rubric,
    pool: Mapping[str, Gold],
    tasks: Mapping[str, Task],
    past: Sequence[Review],
    sitting: Sequence[Review],
    now: datetime,
    *,
    seed: object,
    focus: frozenset[Boundary] = frozenset(),
    rule: MasteryRule = USUAL_RULE,
) -> Pick | None:
    """Return the task to practise next; None when every task that serves was shown in this sitting.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    pool : mapping
        Task id to gold, of the practice half only.
    tasks : mapping
        Task id to task, for the sources; gold without a task is left out.
    past, sitting : sequence of Review
        The learner's reviews of earlier sittings and of this one, in order.
    now : datetime
        When the sitting begins. Within it the clock is read off the latest review, so that
        a restarted kernel comes up at the same task.
    seed : object
        Anything with a stable text; decides between tasks that serve equally well.
    focus : frozenset of Boundary
        For a refresher: the only boundaries to practise.
    rule : MasteryRule
        The thresholds.

    Notes
    -----
    Missed boundaries come first (see `returning`), then due ones, then weak and new ones in
    turn: the one that was tried least in this sitting, but not one that the latest task
    decided, or that was missed only just now. Boundaries for which gold is lacking come after
    those that can be mastered, mastered ones last. No task comes twice in a sitting, and two
    of one source follow each other only when nothing else is left.
    """
    choice = PracticePool(rubric, pool, tasks, past, sitting, seed=seed, focus=focus)
    if not choice.left:
        return None
    clock = sitting[-1].submitted_at if sitting else now
    standing = mastery_of(rubric, choice.trials, clock, rule)
    targets = [one for one in choice.targets if not focus or one in focus]

    missed = _missed(targets, choice)
    if missed:
        return Pick(task=choice.best(missed[0], missed), boundary=missed[0], why="returns")
    due = _due(standing, targets, choice)
    if due:
        return Pick(task=choice.best(due[0], due), boundary=due[0], why="due")
    weak = _weakest(standing, targets, choice, lacking_gold(rubric, pool.values()))
    open_ = [one for one, mastery in standing.items() if mastery.state in ("new", "learning")]
    untried = weak is None or standing[weak].state == "new"
    return Pick(task=choice.best(weak, open_), boundary=weak, why="new" if untried else "weak")


def _missed(targets: Sequence[Target], choice: PracticePool) -> list[Boundary]:
    """Return what should come back, the longest waiting first; of those, what few tasks can bring back."""
    ago = waiting(choice.sitting)
    missed = [one for one in returning(ago) if one in targets and not choice.just_decided(one)]
    return sorted(missed, key=lambda one: (-ago[one], choice.chances(one), choice.lot(one)))


def _due(
    standing: Mapping[Boundary, Mastery], targets: Sequence[Target], choice: PracticePool
) -> list[Boundary]:
    """Return what is due, the longest overdue first; after the rest what the latest task was about."""
    due = [
        (choice.just_decided(one), at, choice.lot(one), one)
        for one in targets
        if one and (at := standing[one].due) and standing[one].state == "due"
    ]
    return [one for *_, one in sorted(due, key=lambda entry: entry[:3])]


def _weakest(
    standing: Mapping[Boundary, Mastery],
    targets: Sequence[Target],
    choice: PracticePool,
    lacking: Mapping[Boundary, object],
) -> Target:
    """Return whose turn it is."""
    early = [one for one, ago in waiting(choice.sitting).items() if ago < SOONEST]
    return min(
        targets,
        key=lambda one: (
            choice.just_decided(one),
            one in early,
            one is not None and standing[one].state == "mastered",
            one in lacking,
            choice.turns(one),
            (standing[one].sensitivity or 0.0) if one else 0.0,
            choice.lot(one),
        ),
    )
