"""Blind side-by-side of models: what they made of one instruction, in pairs whose sides are dealt."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from evalwidgets.core.balanced_sides import balanced
from evalwidgets.core.order import REPEAT_OF, seeded_order
from evalwidgets.core.task import JUDGED, Role, Tag, Task
from evalwidgets.core.value import content_hash
from evalwidgets.errors import TaskError

MODEL_A, MODEL_B, SUBJECT = "model_a", "model_b", "subject"
"""Tags of a pair, for leads only: who lies where, and the instruction that both answer."""
MOST_REPEATS = 0.5

Two = tuple[str, str]
"""Two models, or the models at the left and at the right."""


class _Subject(NamedTuple):
    """One instruction for one source, and what each model made of it."""

    key: str
    made: dict[str, Task]


def side_by_side(
    tasks: Iterable[Task],
    *,
    model_tag: str = "model",
    repeats: float = 0.1,
    seed: object = 0,
    pairs: int | None = None,
) -> tuple[Task, ...]:
    """Return pairs of what different models made of the same instruction, to be compared blind.

    Parameters
    ----------
    tasks : iterable of Task
        Edits, or pictures of prompts; others, and those without the tag, are passed over.
        Edits belong together when their instruction and source (where none is named, the
        path of the original) are equal.
    model_tag : str
        The tag that names the model.
    repeats : float
        Share of the pairs that come a second time with exchanged sides, from 0 to 0.5.
    seed : object
        Deals the sides and chooses the repeats; equal seeds give equal pairs.
    pairs : int, optional
        At most so many pairs, without repeats, spread evenly over the pairs of models; all
        by default.

    Returns
    -------
    tuple of Task
        Of kind `pair`, with the roles a, b and, for edits, original. The tags `model_a`, `model_b`
        and `subject` say who lies where, and `repeat_of` marks a repeat; reviewers see no tags.

    Raises
    ------
    TaskError
        If no instruction has pictures of two models, a model has two for one
        instruction, or an option is out of range.

    Notes
    -----
    Among the pairs without the repeats, any two models lie as often one way as the other, and
    each model as often left as right, within one. `evalwidgets.core.order` keeps a repeat away
    from its pair in every reviewer's own order.
    """
    if not 0 <= repeats <= MOST_REPEATS:
        msg = f"repeats: expected a share from 0 to {MOST_REPEATS}, got {repeats!r}"
        raise TaskError([msg])
    if pairs is not None and pairs < 1:
        msg = f"pairs: expected at least 1, or None for all, got {pairs!r}"
        raise TaskError([msg])
    chance = random.Random(f"side by side|{seed}")  # noqa: S311 - a deal, not a secret
    subjects = _subjects(tasks, model_tag)
    met = [(subject, two) for subject in subjects for two in combinations(sorted(subject.made), 2)]
    if not met:
        msg = (
            f"side_by_side: no instruction has pictures of two models (tag {model_tag!r}). Give edits, or "
            "pictures of prompts, with equal source and instruction and different models."
        )
        raise TaskError([msg])
    chance.shuffle(met)
    met = _spread(met)[:pairs]
    sides = balanced([two for _, two in met])
    first = [_pair(subject, dealt, model_tag) for (subject, _), dealt in zip(met, sides, strict=True)]
    again = chance.sample(range(len(first)), round(len(first) * repeats))
    swapped = [_pair(met[at][0], sides[at][::-1], model_tag, repeat_of=first[at].id) for at in again]
    dealt = {task.id: task for task in (*first, *swapped)}
    return tuple(dealt[name] for name in seeded_order(list(dealt.values()), seed))


def _subjects(tasks: Iterable[Task], model_tag: str) -> list[_Subject]:
    """Return the instructions in the order of their keys, each with its pictures by model."""
    found: dict[str, dict[str, Task]] = defaultdict(dict)
    problems = []
    for task in tasks:
        if task.kind not in ("edit", "prompt") or model_tag not in task.tags:
            continue
        made, model = found[_key(task)], str(task.tags[model_tag])
        if model in made:
            problems.append(
                f"{task.id}: {model!r} has the picture of {made[model].id} for the same instruction already; "
                "leave one out, or tell them apart in the model's name"
            )
        made.setdefault(model, task)
    if problems:
        raise TaskError(problems)
    return [_Subject(key, found[key]) for key in sorted(found)]


def _key(task: Task) -> str:
    source = task.source or task.images.get("original", "")
    return content_hash([task.kind, source, task.instruction, task.prompt])[:16]


def _spread(met: Sequence[tuple[_Subject, Two]]) -> list[tuple[_Subject, Two]]:
    """Return the pairs so that any beginning has each two models equally often."""
    seen: Counter[Two] = Counter()
    turns = []
    for place, (_, two) in enumerate(met):
        turns.append((seen[two], place))
        seen[two] += 1
    return [met[place] for _, place in sorted(turns)]


def _pair(subject: _Subject, sides: Two, model_tag: str, *, repeat_of: str = "") -> Task:
    made = [subject.made[model] for model in sides]
    one = made[0]
    images: dict[Role, str] = {side: _judged(task) for side, task in zip(("a", "b"), made, strict=True)}  # type: ignore[misc]
    if "original" in one.images:
        images["original"] = one.images["original"]
    tags: dict[str, Tag] = {**dict(_shared(made, model_tag)), SUBJECT: subject.key}
    tags |= {MODEL_A: sides[0], MODEL_B: sides[1]} | ({REPEAT_OF: repeat_of} if repeat_of else {})
    return Task(
        id=f"pair-{content_hash([subject.key, *sides])[:12]}",
        kind="pair",
        images=images,
        instruction=one.instruction,
        prompt=one.prompt,
        guideline=one.guideline,
        requirements=one.requirements,
        tags=tags,
        source=one.source or subject.key,
        sensitive=any(task.sensitive for task in made),
        content_note=next((task.content_note for task in made if task.content_note), ""),
    )


def _judged(task: Task) -> str:
    return task.images[JUDGED[task.kind] or "image"]


def _shared(made: Sequence[Task], model_tag: str) -> Iterator[tuple[str, Any]]:
    one, other = made
    for name, tag in one.tags.items():
        if name != model_tag and other.tags.get(name) == tag:
            yield name, tag
