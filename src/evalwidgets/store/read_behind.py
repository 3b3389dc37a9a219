"""Read-behind: a sample of colleagues' justifications, made into tasks of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from evalwidgets.core.criterion import Criterion, Ordinal
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import content_hash
from evalwidgets.errors import TaskError
from evalwidgets.store.tasks import TaskSet

REVIEW_TAG, CRITERION_TAG = "behind_review", "behind_criterion"
"""Tags by which a grade finds its way back to the note; like all tags they are not shown."""


class _Note(NamedTuple):
    review: Review
    criterion: Criterion
    answer: Answer


def read_behind_tasks(
    reviews: Iterable[Review],
    tasks: TaskSet,
    rubric: Rubric,
    *,
    share: float | None = None,
    count: int | None = None,
    seed: object = 0,
    reviewers: Iterable[str] | None = None,
) -> TaskSet:
    """Return a sample of justifications as tasks to grade by `rubrics/justification-quality.yaml`.

    Parameters
    ----------
    reviews : iterable of Review
        Among which to choose, for example ``store.reviews(campaign)``.
    tasks : TaskSet
        What was reviewed; only edits can be graded so.
    rubric : Rubric
        Under which it was reviewed; reviews under others are left out.
    share : float, optional
        Of each reviewer's notes, how many are read; above 0, at most 1. At least one.
    count : int, optional
        How many of each reviewer are read, in place of a share.
    seed : object
        The same seed gives the same sample; a note's chance does not depend on the others.
    reviewers : iterable of str, optional
        Whose notes; without it everybody's. Leave out whoever reads: nobody grades their own.

    Returns
    -------
    TaskSet
        One task a note: the pictures and the instruction that the colleague saw; the
        criterion, the level given with its name and the note stand in the guideline.
        Nothing names the colleague. Open it with ``open_panel(..., round="read-behind")``.

    Raises
    ------
    TaskError
        If not exactly one of `share` and `count` is given, one is out of range, or there is
        no note to read.

    Notes
    -----
    The sample is drawn for each reviewer by itself, so that whoever writes little is read
    as surely as whoever writes much. Read-behind practice: 5 to 25 % of what is written,
    more for newcomers.
    """
    _check(share, count)
    wanted = None if reviewers is None else set(reviewers)
    by_reviewer: dict[str, list[_Note]] = defaultdict(list)
    edits = {task.id for task in tasks if task.kind == "edit"}
    for review in reviews:
        if (
            review.rubric == rubric.id
            and review.task in edits
            and (wanted is None or review.reviewer in wanted)
        ):
            by_reviewer[review.reviewer] += _notes(review, rubric)
    chosen = [note for name in sorted(by_reviewer) for note in _drawn(by_reviewer[name], share, count, seed)]
    if not chosen:
        msg = f"There is no note under {rubric.id} to read behind; wait for reviews with justifications."
        raise TaskError([msg])
    made = sorted((_task(note, tasks[note.review.task]) for note in chosen), key=lambda one: one.id)
    return TaskSet(made, tasks.folder)


def _check(share: float | None, count: int | None) -> None:
    if (share is None) == (count is None):
        msg = "Give share= (of each reviewer's notes) or count= (of each reviewer), one of the two."
        raise TaskError([msg])
    if share is not None and not 0 < share <= 1:
        msg = f"share: expected a share above 0 and at most 1, got {share!r}"
        raise TaskError([msg])
    if count is not None and count < 1:
        msg = f"count: expected at least 1 note of each reviewer, got {count!r}"
        raise TaskError([msg])


def _notes(review: Review, rubric: Rubric) -> list[_Note]:
    """Return what a review justifies: every answer with a value and words."""
    if review.state != "submitted":
        return []
    return [
        _Note(review, one, answer)
        for one in rubric.all
        if (answer := review.answers.get(one.id)) and answer.value is not None and answer.note.strip()
    ]


def _drawn(notes: list[_Note], share: float | None, count: int | None, seed: object) -> list[_Note]:
    """Return the notes of one reviewer that are read: those of the lowest rank."""
    size = count if count is not None else max(1, round((share or 0) * len(notes)))
    return sorted(notes, key=lambda note: content_hash([str(seed), *_key(note)]))[:size]


def _key(note: _Note) -> tuple[str, str]:
    return note.review.id, note.criterion.id


def _task(note: _Note, task: Task) -> Task:
    """Return the note as a task; a new seed gives the same note the same id, so it is graded once."""
    review, criterion, answer = note
    # Two lines, for the stage shows three of all its texts before one has to scroll.
    level = f"{criterion.label}, given as {_named(criterion, answer.value)}:"
    words = f"\N{LEFT DOUBLE QUOTATION MARK}{answer.note.strip()}\N{RIGHT DOUBLE QUOTATION MARK}"
    return task.model_copy(
        update={
            "id": f"note-{content_hash(_key(note))[:12]}",
            "guideline": f"{level}\n{words}",
            "tags": {REVIEW_TAG: review.id, CRITERION_TAG: criterion.id},
            "source": task.source or task.id,
        }
    )


def _named(criterion: Criterion, value: object) -> str:
    """Return an answer as people read it: a level with its name, an option by its name."""
    if isinstance(criterion, Ordinal) and value in criterion.scale:
        return f"{value} {criterion.level(int(str(value))).name}"
    names = {one.value: one.name for one in getattr(criterion, "options", ())}
    values = value if isinstance(value, list | tuple) else [value]
    return (
        ", ".join(str(names.get(one, one)) if isinstance(one, str) else str(one) for one in values) or "none"
    )
