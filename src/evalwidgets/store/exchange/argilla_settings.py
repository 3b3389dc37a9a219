"""A rubric as the settings of an Argilla dataset: which questions it becomes, and what each can hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalwidgets.core.criterion import Count, Criterion, Multi, Ordinal, Regions, Text, Words
from evalwidgets.core.review import Answer
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.exchange.label_studio_controls import options_of
from evalwidgets.store.exchange.work import Work

NOTE, REVIEW_NOTE = "-note", "review-note"
"""What the question for a criterion's note ends in, and the one for the note of the whole."""
TEXTS = ("instruction", "prompt", "guideline")


def is_asked(criterion: Criterion | None, answer: Answer) -> bool:
    """Return whether a question of Argilla can hold the answer."""
    if criterion is None or answer.value in (None, "", []) or isinstance(criterion, Regions | Words):
        return False
    return criterion.explain(answer.value) is None


def settings_of(work: Work, rubric: Rubric) -> dict[str, Any]:
    """Return the fields and questions of the dataset for one version of a rubric."""
    judged = {review.task for review in work.reviews if review.rubric_hash == rubric.hash}
    tasks = [task for task in work.tasks if task.id in judged]
    texts = [name for name in TEXTS if any(getattr(task, name) for task in tasks)]
    roles = dict.fromkeys(role for task in tasks for role in task.images)
    fields = [{"name": name, "type": "text", "required": False} for name in texts]
    fields += [{"name": role, "type": "image", "required": False} for role in roles]
    questions = [one for criterion in rubric.all for one in _questions(criterion)]
    questions.append({"name": REVIEW_NOTE, "title": "Note", "type": "text", "required": False})
    return {
        "guidelines": rubric.instructions or rubric.purpose,
        "fields": fields,
        "questions": questions,
        "metadata": [{"name": "task", "type": "terms"}],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
    }


def _questions(criterion: Criterion) -> Iterator[dict[str, Any]]:
    """Yield the question that asks a criterion, if one can, and the one for its note."""
    plain = {
        "name": criterion.id,
        "title": criterion.label,
        "description": criterion.question,
        "required": False,
    }
    labels = dict(options_of(criterion))
    if isinstance(criterion, Ordinal):
        yield {**plain, "type": "rating", "values": list(criterion.scale)}
    elif isinstance(criterion, Multi):
        yield {**plain, "type": "multi_label_selection", "labels": labels}
    elif isinstance(criterion, Count | Text):
        yield {**plain, "type": "text"}
    elif labels:
        yield {**plain, "type": "label_selection", "labels": labels}
    yield {
        "name": criterion.id + NOTE,
        "title": f"{criterion.label}: why",
        "type": "text",
        "required": False,
    }
